import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { comparePassage, type Tally } from '../../../src/audit/diff/compare-passage.ts';
import { withFolder } from '../../support/program.ts';

const HEADER =
  'coupon_number,status,grounds,valid_until,residual_yen,reinstate_yen,already_paid_yen,payable_yen,route,payout_id,reasons,evidence';
const row = (number: string, status: string, payableYen: number, alreadyPaidYen = 0): string =>
  `${number},${status},A,2023-02-25,2000,0,${alreadyPaidYen},${payableYen},,,IN,`;

const tallyOf = (files: readonly (readonly string[])[]): Promise<Tally> =>
  withFolder((folder) => {
    const paths = files.map((rows, at) => {
      const path = join(folder, `${at}.csv`);
      writeFileSync(path, `${[HEADER, ...rows].join('\n')}\n`);
      return path;
    });
    return comparePassage({ files: paths, steps: [] }, ['as-of'], 1);
  });

test('tells from which status to which coupons went, with what each way comes to, sorted', async () => {
  const { moves, couponsDiffering, netYen, coupons } = await tallyOf([
    [row('1', 'payable', 2000), row('2', 'payable', 1000), row('3', 'payable', 700), row('5', 'payable', 5)],
    [row('1', 'settled', 0, 2000), row('2', 'settled', 0, 1000), row('3', 'payable', 900), row('4', 'payable', 40)],
  ]);
  expect(moves.map(({ before, after, coupons, netYen }) => [before, after, coupons, netYen])).toEqual([
    ['', 'payable', 1, 40],
    ['payable', '', 1, -5],
    ['payable', 'payable', 1, 200],
    ['payable', 'settled', 2, -3000],
  ]);
  // Every coupon that differs moves once, whichever are shown.
  expect([couponsDiffering, netYen, coupons.length]).toEqual([5, -2765, 1]);
});

test('counts what is kept where a coupon is used further, and is no move where nothing changes', async () => {
  const { moves } = await tallyOf([
    [row('1', 'extended', 0), row('2', 'payable', 10)],
    [row('1', 'payable', 2000), row('2', 'payable', 10)],
  ]);
  // What was kept on the coupon, 2,000 yen, is now to be paid.
  expect(moves).toEqual([
    { before: 'extended', after: 'payable', coupons: 1, netYen: 2000, netReinstateYen: 0, netKeptYen: -2000 },
  ]);
});
