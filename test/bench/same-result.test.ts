import { describe, expect, test } from 'vitest';
import { compareResults } from '../../bench/same-result.ts';
import { put } from '../cli/command.ts';
import { withFolder } from '../support/program.ts';

const ELIGIBILITY = ['coupon_number,grounds,residual_yen', '1,A,500', '2,A+B2,0', '3,B1,100', '4,,30', ''];
const REDUCED = [
  'coupon_number,residual_yen,ground_a,grounds_b',
  '1,500,A,',
  '2,0,A,B2',
  '3,100,,?',
  '4,30,,',
  '5,0,,',
  '',
];

const compare = (eligibility: readonly string[], reduced: readonly string[]) =>
  withFolder((folder) =>
    compareResults(
      put(folder, 'eligibility.csv', eligibility.join('\n')),
      put(folder, 'reduced.csv', reduced.join('\n')),
    ),
  );
const changed = (lines: readonly string[], from: string, to: string): string[] =>
  lines.map((line) => (line === from ? to : line));

describe('the results of the program and of SQL', () => {
  test('agree where both decide', () => {
    expect(compare(ELIGIBILITY, REDUCED)).toEqual({ coupons: 2, yen: 500, doublyPaid: 1, leftOpen: 1 });
  });

  test.each([
    ['another balance', ELIGIBILITY, changed(REDUCED, '1,500,A,', '1,501,A,'), '1 residual_yen'],
    ['no (A)', ELIGIBILITY, changed(REDUCED, '1,500,A,', '1,500,,'), '1 (A)'],
    ['another (B)', changed(ELIGIBILITY, '2,A+B2,0', '2,A+B1,0'), REDUCED, '2 (B)'],
    ['a coupon that is not listed', ELIGIBILITY, changed(REDUCED, '5,0,,', '5,7,A,'), '5 (A)'],
    ['a coupon that SQL does not know', [...ELIGIBILITY.slice(0, -1), '6,A,1', ''], REDUCED, '6: the program finds A'],
  ])('differ: %s', (_, eligibility, reduced, words) => {
    expect(() => compare(eligibility, reduced)).toThrow(words);
  });
});
