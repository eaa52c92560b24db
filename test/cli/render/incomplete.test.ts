import { describe, expect, test } from 'vitest';
import { dayNumber, type Instant, startOfDay } from '../../../src/base/instants.ts';
import { incompleteProblems, type LetThrough } from '../../../src/cli/render/incomplete.ts';
import { KAGOSHIMA } from '../../../src/policy/kagoshima-2023-02-24.ts';
import type { Terms } from '../../../src/policy/terms.ts';
import type { InputsBefore } from '../../../src/publish/previous.ts';
import type { BulkKind } from '../../../src/tables/kinds/index.ts';
import type { InputDay, InputFile, Tables } from '../../../src/tables/tables.ts';
import { TWO_COHORTS } from '../../rules/rule-tester.ts';

const NOTHING: LetThrough = { cutFile: false, emptyFile: false, missingDays: false, rowsGone: false };
const { terms } = KAGOSHIMA;
const midnight = (year: number, month: number, day: number): Instant => startOfDay(dayNumber(year, month, day));
const MAY = midnight(2023, 5, 10);
const OUTAGE_DAY = dayNumber(2023, 2, 24);

const none = { rows: 0, yen: 0 };
const fileOf = (
  kind: BulkKind,
  rowsRead: number,
  more: Partial<Record<'conflicting' | 'rejected' | 'duplicate', number>> = {},
  cutAtLine?: number,
) =>
  ({
    kind,
    name: `${kind}.csv`,
    rowsRead,
    cutAtLine,
    dispositions: {
      accepted: { rows: rowsRead, yen: 0 },
      out_of_scope: none,
      after_as_of: none,
      duplicate: { rows: more.duplicate ?? 0, yen: 0 },
      conflicting: { rows: more.conflicting ?? 0, yen: 0 },
      rejected: { rows: more.rejected ?? 0, yen: 0 },
    },
  }) as unknown as InputFile;

/** So many rows on each of the days, ending with the last. */
const daysOf = (kind: BulkKind, rows: number, count: number, last: number): readonly InputDay[] =>
  Array.from({ length: count }, (_, at) => ({ kind, date: last - count + 1 + at, rows, yen: 0 }));

interface Case {
  readonly under?: Terms;
  readonly files?: readonly InputFile[];
  readonly days?: readonly InputDay[];
  readonly inOutage?: Partial<Record<BulkKind, number>>;
  readonly before?: InputsBefore;
  readonly asOf?: Instant;
  readonly allowed?: Partial<LetThrough>;
}

const FILES = [fileOf('issuance', 10), fileOf('transactions', 10), fileOf('sales', 10)];
function codesOf({
  files = FILES,
  days = [],
  inOutage = {},
  before,
  asOf = MAY,
  allowed = {},
  under = terms,
}: Case): readonly string[] {
  const tables = {
    files,
    byDay: { days, inOutage: { issuance: 0, transactions: 0, sales: 0, ...inOutage } },
  } as unknown as Tables;
  const problems = incompleteProblems(tables, { terms: under, asOf, before, allowed: { ...NOTHING, ...allowed } });
  for (const { what, advice } of problems)
    for (const words of [what, advice]) expect([words.ja, words.en]).not.toContain('');
  return problems.map(({ code, where }) => `${code} ${where}`);
}

describe('a file that was cut', () => {
  const files = [...FILES.slice(0, 2), fileOf('sales', 10, {}, 11)];
  test('is refused at its last row, and let through once', () => {
    expect(codesOf({ files })).toEqual(['CUT_FILE sales.csv:11']);
    expect(codesOf({ files, allowed: { cutFile: true } })).toEqual([]);
    expect(codesOf({ files, allowed: { emptyFile: true, missingDays: true, rowsGone: true } }).length).toBe(1);
  });
});

describe('an input without rows', () => {
  const files = [fileOf('issuance', 0), fileOf('transactions', 0), fileOf('transactions', 0), fileOf('sales', 0)];
  test('is refused where it is the issuance or the log; shops need not have reported', () => {
    expect(codesOf({ files })).toEqual(['NO_ROWS --issuance', 'NO_ROWS --transactions']);
    expect(codesOf({ files, allowed: { emptyFile: true } })).toEqual([]);
  });

  test('has rows if one of its files has', () => {
    expect(codesOf({ files: [...FILES, fileOf('transactions', 0)] })).toEqual([]);
  });
});

describe('no row in the outage', () => {
  // The outage is 271 minutes of 1,440: of 107 rows a day 20.1 are to be expected, of 106 only 19.9.
  const last = dayNumber(2023, 3, 31);
  test.each([
    [107, ['MISSING_DAYS --transactions']],
    [106, []],
  ])('of %i rows a day is told', (rows, expected) => {
    expect(codesOf({ days: daysOf('transactions', rows, 60, last) })).toEqual(expected);
  });

  test('is none where there is one', () => {
    const days = daysOf('transactions', 1000, 60, last);
    expect(codesOf({ days, inOutage: { transactions: 1 } })).toEqual([]);
    expect(codesOf({ days, allowed: { missingDays: true } })).toEqual([]);
  });

  test('is none before the outage is over', () => {
    const days = daysOf('transactions', 1000, 20, OUTAGE_DAY - 1);
    expect(codesOf({ days, asOf: terms.outageEnd - 1 })).toEqual([]);
    expect(codesOf({ days, asOf: terms.outageEnd })).toEqual(['MISSING_DAYS --transactions']);
  });

  test('is told of shops\u2019 sales by the day of the outage itself, or by 14 days', () => {
    expect(codesOf({ days: daysOf('sales', 107, 1, OUTAGE_DAY) })).toEqual(['MISSING_DAYS --merchant-reports']);
    expect(codesOf({ days: daysOf('sales', 107, 1, OUTAGE_DAY - 1) })).toEqual([]);
    expect(codesOf({ days: daysOf('sales', 107, 13, OUTAGE_DAY - 1) })).toEqual([]);
    expect(codesOf({ days: daysOf('sales', 107, 14, OUTAGE_DAY - 1) })).toEqual(['MISSING_DAYS --merchant-reports']);
  });

  test('one day with very many rows makes no measure', () => {
    const days = [...daysOf('transactions', 5, 20, OUTAGE_DAY - 2), ...daysOf('transactions', 9999, 1, OUTAGE_DAY - 1)];
    expect(codesOf({ days, asOf: terms.outageEnd })).toEqual([]);
  });
});

describe('no row in the last days before the balance is read', () => {
  const inOutage = { transactions: 1 };
  // 3 days of 7 rows are 21; of 6 rows 18.
  test.each([
    [7, 14, dayNumber(2023, 3, 28), ['MISSING_DAYS --transactions']],
    [6, 14, dayNumber(2023, 3, 28), []],
    [7, 13, dayNumber(2023, 3, 28), []],
    [7, 14, dayNumber(2023, 3, 29), []],
    [7, 14, dayNumber(2023, 3, 31), []],
  ])('of %i rows on %i days', (rows, count, last, expected) => {
    expect(codesOf({ days: daysOf('transactions', rows, count, last), inOutage })).toEqual(expected);
  });

  test('is nothing as long as that instant is to come', () => {
    const days = daysOf('transactions', 100, 30, dayNumber(2023, 3, 20));
    expect(codesOf({ days, inOutage, asOf: midnight(2023, 4, 1) - 1 })).toEqual([]);
    expect(codesOf({ days, inOutage, asOf: midnight(2023, 4, 1) })).toEqual(['MISSING_DAYS --transactions']);
  });

  test('is asked of each day on which balances are read', () => {
    const { terms: several } = TWO_COHORTS;
    const days = daysOf('transactions', 100, 30, dayNumber(2023, 3, 19));
    // Read are those of no cohort on 20 March, of the 24th on the 31st and of the 25th on 5 April.
    expect(codesOf({ days, inOutage, asOf: midnight(2023, 4, 1) - 1, under: several })).toEqual([]);
    expect(codesOf({ days, inOutage, asOf: midnight(2023, 4, 1), under: several })).toHaveLength(1);
    expect(codesOf({ days, inOutage, asOf: midnight(2023, 4, 6), under: several })).toHaveLength(2);
  });

  test('later rows do not stand for them', () => {
    const days = [
      ...daysOf('transactions', 100, 30, dayNumber(2023, 3, 20)),
      ...daysOf('transactions', 1, 1, dayNumber(2023, 4, 1)),
    ];
    expect(codesOf({ days, inOutage })).toEqual(['MISSING_DAYS --transactions']);
  });
});

describe('against the run before', () => {
  const had = (rows: number, more: Partial<Record<'conflicting' | 'rejected', number>> = {}): InputsBefore => ({
    files: [fileOf('transactions', rows, more)],
    days: [
      { kind: 'transactions', date: '2023-02-24', rows: rows - 4 },
      { kind: 'transactions', date: '2023-02-25', rows: 4 },
    ],
  });
  const now = (first: number, second: number, more: Parameters<typeof fileOf>[2] = {}): Case => ({
    files: [fileOf('issuance', 1), fileOf('transactions', first + second, more)],
    days: [
      { kind: 'transactions', date: OUTAGE_DAY, rows: first, yen: 0 },
      { kind: 'transactions', date: OUTAGE_DAY + 1, rows: second, yen: 0 },
    ],
  });
  const BOTH = ['FEWER_ROWS --transactions', 'ROWS_GONE --transactions'];

  test.each([
    ['the same rows', now(6, 4), []],
    ['more', now(6, 5), []],
    ['one less', now(6, 3), BOTH],
    ['one less and one more on another day', now(7, 3), ['ROWS_GONE --transactions']],
    ['one that is rejected now', now(5, 4, { rejected: 1 }), []],
    ['one that is rejected now, and one that is gone', now(4, 4, { rejected: 1 }), BOTH],
    ['one that is contradicted now', now(5, 4, { conflicting: 2 }), []],
    ['fewer repeats', now(6, 4, { duplicate: 0 }), []],
  ])('%s', (_, each, expected) => {
    expect(codesOf({ ...each, before: had(10) })).toEqual(expected);
    expect(codesOf({ ...each, before: had(10), allowed: { rowsGone: true } })).toEqual([]);
  });

  test('rows that were rejected then already excuse nothing', () => {
    expect(codesOf({ ...now(5, 4, { rejected: 3 }), before: had(10, { rejected: 3 }) })).toEqual([
      'ROWS_GONE --transactions',
    ]);
  });

  test('a run of an older version says how many there were, not of which day', () => {
    const older = { ...had(10), days: undefined };
    expect(codesOf({ ...now(6, 3), before: older })).toEqual(['FEWER_ROWS --transactions']);
    expect(codesOf({ ...now(7, 3), before: older })).toEqual([]);
  });

  test('an input that it did not say anything of is not asked', () => {
    expect(codesOf({ ...now(6, 4), before: { files: [], days: undefined } })).toEqual([]);
  });

  test('how many are gone, and since when, is said', () => {
    const { files, days } = now(4, 3);
    const tables = {
      files,
      byDay: { days, inOutage: { issuance: 0, transactions: 0, sales: 0 } },
    } as unknown as Tables;
    const told = incompleteProblems(tables, { terms, asOf: MAY, before: had(10), allowed: NOTHING });
    expect(told.map(({ what }) => what.en)).toEqual([
      'the transaction log has 7 rows, fewer than the 10 of the previous run (repeats aside)',
      '3 rows that the transaction log had in the previous run are gone (from 2023-02-24 to 2023-02-25, on 2 days)',
    ]);
  });
});

test('rows that lie on disk are judged once they are counted', () => {
  const tables = { files: FILES, byDay: undefined } as unknown as Tables;
  const before: InputsBefore = { files: [fileOf('transactions', 99)], days: undefined };
  expect(incompleteProblems(tables, { terms, asOf: MAY, before, allowed: NOTHING })).toEqual([]);
});
