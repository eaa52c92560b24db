import { expect, it } from 'vitest';
import { unmatchedPaidProblems, unmatchedPaidText } from '../../../src/cli/render/unmatched-paid.ts';
import { translateTo } from '../../../src/cli/terminal/language.ts';
import type { UnmatchedPaid } from '../../../src/publish/paid-matches.ts';
import type { InputFile } from '../../../src/tables/tables.ts';

const FILES = [{ name: 'paid.csv', rowsRead: 200 } as InputFile, { name: 'more.csv', rowsRead: 10 } as InputFile];
const row = (file: number, line: number): UnmatchedPaid => ({
  file,
  line,
  payoutId: 'P0123456789abcdef',
  why: 'no such payout',
});
const problems = (rows: readonly UnmatchedPaid[], limit: Parameters<typeof unmatchedPaidProblems>[2]) =>
  unmatchedPaidProblems({ files: FILES }, rows, limit).map(({ code, where }) => `${code} ${where}`);
const SHARE = { parts: 5, of: 1000 };

it('refuses a file with more than the limit allows, and no other', () => {
  // 0.5 % of 200 rows is one.
  expect(problems([row(0, 2)], SHARE)).toEqual([]);
  expect(problems([row(0, 2), row(0, 3)], SHARE)).toEqual([
    'TOO_MANY_UNMATCHED paid.csv',
    'UNKNOWN_PAYOUT paid.csv:2:payout_id',
    'UNKNOWN_PAYOUT paid.csv:3:payout_id',
  ]);
  expect(problems([row(1, 2)], SHARE)[0]).toBe('TOO_MANY_UNMATCHED more.csv');
  expect(problems([row(1, 2)], { rows: 1 })).toEqual([]);
});

it('shows five rows of a file, and no number that may be anything else', () => {
  const rows = Array.from({ length: 9 }, (_, place) => ({ ...row(1, place + 2), payoutId: '09012345678' }));
  const [, ...shown] = unmatchedPaidProblems({ files: FILES }, rows, SHARE);
  expect(shown.length).toBe(5);
  expect(JSON.stringify(shown)).not.toContain('09012345678');
});

it('is silent where every row matches', () => {
  expect(unmatchedPaidText({ unmatchedPaid: { rows: 0, first: [] } }, translateTo('ja'))).toBe('');
});

it('says why a row matches nothing', () => {
  const first = [{ place: 'paid.csv:2', payoutId: 'P1', why: 'no such coupon' as const }];
  expect(unmatchedPaidText({ unmatchedPaid: { rows: 1200, first } }, translateTo('en'))).toBe(
    '■ Paid rows that match no payout: 1,200\n  paid.csv:2  P1  its coupon was never issued',
  );
});
