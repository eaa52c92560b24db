import { expect, test } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { readInstant } from '../../src/intake/values/dates.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { openSettleContext, settleCasesOf } from '../../src/settlement/settle.ts';
import type { CouponIndex } from '../../src/tables/pool-index.ts';
import { digest, runTables } from '../support/run-tables.ts';

const lines = (...rows: readonly string[]): string => `${rows.join('\n')}\n`;
const AS_OF = '2023-03-20T02:00:00+09:00';

/** Two people paid 1,000 yen at one shop while the coupon was deducted, and both say so. */
const night = (...bills: readonly string[]) => ({
  issuance: lines(
    'coupon_number,medium,prefecture,face_yen,issued_at,expires_on',
    'C1,paper,46,2000,2023-02-20T10:00:00+09:00,2023-03-10',
    'C2,paper,46,2000,2023-02-20T10:00:00+09:00,2023-03-10',
  ),
  transactions: lines(
    'transaction_id,coupon_number,occurred_at,kind,status,amount_yen,merchant_id',
    'T1,C1,2023-02-24T18:00:00+09:00,payment,completed,1000,M1',
    'T2,C2,2023-02-24T18:05:00+09:00,payment,completed,1000,M1',
  ),
  sales: lines('report_id,merchant_id,sold_at,total_yen,coupon_yen,cash_yen', ...bills),
  claims: lines(
    'claim_id,received_at,kind,coupon_number,expires_on,prefecture,merchant_id',
    'CL1,2023-03-10T10:00:00+09:00,cash_and_deducted,C1,2023-03-10,46,M1',
    'CL2,2023-03-10T10:00:00+09:00,cash_and_deducted,C2,2023-03-10,46,M1',
  ),
});

test('one nameless bill for two who claim it is a question for both', async () => {
  const { rows } = await runTables(night('S1,M1,2023-02-24T18:02:00+09:00,1000,0,1000'), { asOf: AS_OF });
  expect(rows('review.csv').map((row) => `${row.coupon_number} ${row.reason}`)).toEqual([
    'C1 AMBIGUOUS_SUPPORT',
    'C2 AMBIGUOUS_SUPPORT',
  ]);
});

test('who is looked at alone still shares the bill with the other who claims it', async () => {
  const { tables } = await runTables(night('S1,M1,2023-02-24T18:02:00+09:00,1000,0,1000'), { asOf: AS_OF });
  const asOf = readInstant(AS_OF);
  if ('problem' in asOf) throw new Error('no instant');
  const request = { tables, policy: KAGOSHIMA, asOf: asOf.value, countUnclaimed: false, digest };
  for (const couponNumber of ['C1', 'C2']) {
    const coupon = tables.coupons.find(couponNumber) as CouponIndex;
    const settled = settleCasesOf(drained(openSettleContext(request)), [coupon]);
    expect([...settled.keys()]).toEqual([coupon]);
    expect(settled.get(coupon)?.items.map(({ reason }) => reason)).toEqual(['AMBIGUOUS_SUPPORT']);
  }
});

test('two nameless bills suffice for both', async () => {
  const { rows } = await runTables(
    night('S1,M1,2023-02-24T18:02:00+09:00,1000,0,1000', 'S2,M1,2023-02-24T18:06:00+09:00,1000,0,1000'),
    { asOf: AS_OF },
  );
  expect(rows('eligibility.csv').map((row) => `${row.coupon_number} ${row.grounds}`)).toEqual(['C1 B1', 'C2 B1']);
});
