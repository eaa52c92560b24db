import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { type Cells, madeOf, publishedRows } from '../../src/publish/published-rows.ts';
import { NoTable } from '../../src/publish/record-cutter.ts';

const rowsIn = (content: string, ends: readonly number[] = []): readonly Cells[] => {
  const bytes = Buffer.from(content);
  const cuts = [0, ...ends.map((end) => end % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const pieces = cuts.slice(1).map((end, place) => bytes.subarray(cuts[place], end));
  return drained(madeOf(publishedRows(pieces), (row) => row));
};

const byCsvParse = (content: string): unknown => {
  try {
    return parse(content, { columns: true, bom: true });
  } catch {
    return 'no table';
  }
};
const byUs = (content: string, ends: readonly number[]): unknown => {
  try {
    return rowsIn(content, ends);
  } catch {
    return 'no table';
  }
};

const cell = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', '12', '', ' ', 'あ') },
  { weight: 1, arbitrary: fc.constantFrom('"a"', '"a,b"', '"a\nb"', 'a"b', '"a""b"', '\uFEFF', 'a\r') },
);
const line = fc.array(cell, { minLength: 1, maxLength: 3 }).map((cells) => cells.join(','));
const lineEnd = fc.oneof(
  { weight: 12, arbitrary: fc.constant('\n') },
  { weight: 1, arbitrary: fc.constantFrom('\r\n', '\r', '\n\n', '') },
);
const table = fc
  .array(fc.tuple(line, lineEnd), { maxLength: 5 })
  .map((lines) => lines.map(([cells, end]) => cells + end).join(''));

test('a published table is read as csv-parse reads it, whatever stands in it, wherever its pieces end', () => {
  fc.assert(
    fc.property(table, fc.array(fc.nat(60), { maxLength: 4 }), (content, ends) => {
      expect(byUs(content, ends)).toEqual(byCsvParse(content));
    }),
    { numRuns: 3000 },
  );
});

test.each([
  ['no rows', 'a,b\n', []],
  [
    'rows',
    'a,b\n1,\n,2\n',
    [
      { a: '1', b: '' },
      { a: '', b: '2' },
    ],
  ],
  ['no last line end', 'a,b\n1,2', [{ a: '1', b: '2' }]],
  ['a quoted comma', 'a,b\n"1,5",2\n', [{ a: '1,5', b: '2' }]],
  ['the byte order mark and line ends of the copy for Excel', '\uFEFFa,b\r\n1,2\r\n', [{ a: '1', b: '2' }]],
  ['one column that is empty', 'a\n\n1\n', [{ a: '' }, { a: '1' }]],
  ['a column twice', 'a,a\n1,2\n', [{ a: '2' }]],
  ['nothing', '', []],
])('a published table with %s', (_, content, rows) => {
  expect(rowsIn(content)).toEqual(rows);
});

test('a row of another length is no table', () => {
  expect(() => rowsIn('a,b\n1\n')).toThrow(NoTable);
});

test('of columns that are asked for there is nothing else', () => {
  const rows = publishedRows([Buffer.from('a,b,c\n1,2,3\n')], ['c', 'a', 'd']);
  expect(drained(madeOf(rows, (row) => row))).toEqual([{ a: '1', c: '3' }]);
});

test('a large table is read in many steps, few rows at a time', () => {
  const bytes = Buffer.from(`a,b\n${'12345678901234567,"あ\nい"\n'.repeat(100_000)}`);
  let [rows, most, steps] = [0, 0, 0];
  for (const row of publishedRows([bytes])) {
    rows = row === undefined ? 0 : rows + 1;
    if (row === undefined) steps++;
    most = Math.max(most, rows);
  }
  expect(steps).toBeGreaterThan(10);
  expect(most).toBeLessThan(10_000);
});
