import { expect, test } from 'vitest';
import { DayCounts } from '../../../src/intake/dispositions/rows-by-day.ts';
import { readInstant } from '../../../src/intake/values/dates.ts';
import { KAGOSHIMA } from '../../../src/policy/kagoshima-2023-02-24.ts';
import {
  ACCEPTED,
  AFTER_AS_OF,
  CONFLICTING,
  DUPLICATE,
  OUT_OF_SCOPE,
  type TransactionTable,
} from '../../../src/tables/tables.ts';

const at = (written: string): number => {
  const read = readInstant(written);
  if ('problem' in read) throw new Error(written);
  return read.value;
};
const dayOf = (written: string): number => Math.floor((at(written) + at('1970-01-01 18:00')) / at('1970-01-02 09:00'));

type Row = readonly [file: number, disposition: number, occurredAt: string, yen: number];
const tableOf = (rows: readonly Row[]): TransactionTable =>
  ({
    rows: rows.length,
    file: Int32Array.from(rows, ([file]) => file),
    disposition: Uint8Array.from(rows, ([, disposition]) => disposition),
    occurredAt: Float64Array.from(rows, ([, , occurredAt]) => at(occurredAt)),
    amountYen: Float64Array.from(rows, ([, , , yen]) => yen),
  }) as unknown as TransactionTable;

const counted = (rows: readonly Row[], isCounted?: (row: number) => boolean) => {
  const counts = new DayCounts(3, KAGOSHIMA.terms, at('2023-03-01 02:00'));
  counts.addTransactions(tableOf(rows), isCounted);
  return counts;
};

test('a day is a date in Japan: its first instant is of it, the first of the next is not', () => {
  const { days } = counted([
    [0, ACCEPTED, '2023-02-24 00:00', 1],
    [0, ACCEPTED, '2023-02-24 23:59:59.999999', 2],
    [0, ACCEPTED, '2023-02-25 00:00', 4],
    [0, ACCEPTED, '2023-02-23T14:59:59Z', 8],
  ]).finish();
  expect(days).toEqual([
    { kind: 'transactions', date: dayOf('2023-02-23 12:00'), rows: 1, yen: 8 },
    { kind: 'transactions', date: dayOf('2023-02-24 12:00'), rows: 2, yen: 3 },
    { kind: 'transactions', date: dayOf('2023-02-25 12:00'), rows: 1, yen: 4 },
  ]);
});

test('rows count that are accepted or out of scope, and before as-of', () => {
  const { days } = counted([
    [0, ACCEPTED, '2023-02-24 10:00', 1],
    [0, OUT_OF_SCOPE, '2023-02-24 10:00', 2],
    [0, DUPLICATE, '2023-02-24 10:00', 4],
    [0, CONFLICTING, '2023-02-24 10:00', 8],
    [0, AFTER_AS_OF, '2023-03-01 02:00', 16],
    // Out of scope comes before after as-of: its instant says it.
    [0, OUT_OF_SCOPE, '2023-03-01 02:00', 32],
  ]).finish();
  expect(days.map(({ rows, yen }) => [rows, yen])).toEqual([[2, 3]]);
});

test.each([
  ['2023-02-24 17:44:59', 0],
  ['2023-02-24 17:45:00', 1],
  ['2023-02-24 22:15:59', 1],
  ['2023-02-24 22:16:00', 0],
])('%s is %i row of the outage', (written, rows) => {
  expect(counted([[0, ACCEPTED, written, 1]]).finish().inOutage.transactions).toBe(rows);
});

test('the span of a file is that of all its rows, whatever became of them', () => {
  const counts = counted([
    [1, DUPLICATE, '2023-02-24 10:00', 1],
    [0, ACCEPTED, '2023-02-20 10:00', 1],
    [1, AFTER_AS_OF, '2023-03-05 10:00', 1],
    [1, CONFLICTING, '2023-02-21 10:00', 1],
  ]);
  expect(counts.spanOf(0)).toEqual({ firstAt: at('2023-02-20 10:00'), lastAt: at('2023-02-20 10:00') });
  expect(counts.spanOf(1)).toEqual({ firstAt: at('2023-02-21 10:00'), lastAt: at('2023-03-05 10:00') });
  expect(counts.spanOf(2)).toEqual({ firstAt: undefined, lastAt: undefined });
  counts.addInstant(2, 5);
  counts.addInstant(2, 3);
  expect(counts.spanOf(2)).toEqual({ firstAt: 3, lastAt: 5 });
});

test('rows that are counted elsewhere are not counted here', () => {
  const rows: Row[] = [
    [0, ACCEPTED, '2023-02-24 18:00', 1],
    [0, ACCEPTED, '2023-02-25 18:00', 2],
  ];
  const counts = counted(rows, (row) => row === 1);
  expect(counts.finish().days.map(({ yen }) => yen)).toEqual([2]);
  expect(counts.finish().inOutage.transactions).toBe(0);
  expect(counts.spanOf(0).firstAt).toBe(at('2023-02-25 18:00'));
});
