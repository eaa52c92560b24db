import { expect, it } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { parseUnsent } from '../../src/publish/unsent-payouts.ts';

const HEADER = 'payout_id,route,recipient,deliver_to,amount_yen,coupon_count,coupons,not_before,receive_by';
const ROW = 'P1,app_url,account:A,"a,b@example.jp",2100,2,2 3,2023-04-01,2023-05-31';
const READ = {
  payoutId: 'P1',
  route: 'app_url',
  recipient: 'account:A',
  deliverTo: 'a,b@example.jp',
  amountYen: 2100,
  coupons: ['2', '3'],
  notBefore: '2023-04-01',
  receiveBy: '2023-05-31',
};

it('reads a to_send.csv, whose rows say which night made them', () => {
  const csv = `${HEADER},made_at,due\n${ROW},2023-05-08T02:00:00+09:00,now\n`;
  expect(drained(parseUnsent([Buffer.from(csv)], '2023-05-09T02:00:00+09:00'))).toEqual([
    { ...READ, madeAt: '2023-05-08T02:00:00+09:00' },
  ]);
});

it('reads a payouts.csv of a version without to_send.csv: all of it was made by its run', () => {
  expect(drained(parseUnsent([Buffer.from(`${HEADER}\n${ROW}\n`)], '2023-05-09T02:00:00+09:00'))).toEqual([
    { ...READ, madeAt: '2023-05-09T02:00:00+09:00' },
  ]);
});
