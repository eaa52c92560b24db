import { expect, it } from 'vitest';
import { compareText } from '../../src/base/text.ts';
import { readInstant } from '../../src/intake/values/dates.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { openSettleContext, settleAll } from '../../src/settlement/settle.ts';
import { distinctInSteps } from '../../src/settlement/settle-case.ts';
import { digest, runTables } from '../support/run-tables.ts';

const AS_OF = '2023-05-10T02:00:00+09:00';
const MANY = 5000;

/** So many coupons that paid at one shop within two hours, each the same, of which the shop has sold half. */
async function crowdedTill() {
  const coupons = Array.from({ length: MANY }, (_, at) => String(at + 1).padStart(12, '0'));
  const time = (at: number): string => {
    const seconds = 18 * 3600 + Math.floor((at * 7200) / MANY);
    const [hour, minute, second] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    return `2023-02-24T${[hour, minute, second].map((each) => String(each).padStart(2, '0')).join(':')}+09:00`;
  };
  const { tables } = await runTables(
    {
      issuance: [
        'coupon_number,medium,prefecture,face_yen,issued_at,expires_on',
        ...coupons.map((coupon) => `${coupon},paper,46,2000,2023-02-20T10:00:00+09:00,2023-02-24`),
        '',
      ].join('\n'),
      transactions: [
        'transaction_id,coupon_number,occurred_at,kind,status,amount_yen,merchant_id',
        ...coupons.map((coupon, at) => `T${at},${coupon},${time(at)},payment,completed,500,M1`),
        '',
      ].join('\n'),
      sales: [
        'report_id,merchant_id,sold_at,total_yen,coupon_yen,cash_yen',
        ...Array.from({ length: MANY / 2 }, (_, at) => `S${at},M1,${time(2 * at)},500,500,0`),
        '',
      ].join('\n'),
    },
    { asOf: AS_OF, isSettledOnce: true },
  );
  const asOf = readInstant(AS_OF);
  if ('problem' in asOf) throw new Error(AS_OF);
  return { tables, policy: KAGOSHIMA, asOf: asOf.value, countUnclaimed: false, digest };
}

it('others have turns while it is worked out what all coupons are settled with, and before the first is settled', async () => {
  const steps = openSettleContext(await crowdedTill());
  let turns = 0;
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) turns++;
  expect(turns).toBeGreaterThan(15);
  const settled = [...settleAll(step.value).settlements];
  const before = settled.findIndex((each) => each !== undefined);
  // Two for each coupon, and those of what they are paired with.
  expect(before).toBeGreaterThan(2 * MANY);
  expect(settled.filter((each) => each !== undefined).length).toBe(MANY);
});

it('very many words are put in order, each once, with turns meanwhile, and few at once', () => {
  const words = Array.from({ length: 60_000 }, (_, at) => `T${(at * 7919) % 20_000}`);
  const steps = distinctInSteps(words);
  let turns = 0;
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) turns++;
  expect(step.value).toEqual([...new Set(words)].sort(compareText));
  expect(turns).toBeGreaterThan(5);
  expect(distinctInSteps(['b', 'a', 'b']).next()).toEqual({ done: true, value: ['a', 'b'] });
});
