import { expect, it } from 'vitest';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { settleEach } from '../../src/settlement/settle.ts';
import { csv, instant, ROW, readTables } from '../intake/read-files.ts';
import { digest } from '../support/run-tables.ts';

/** What comes of so many payments in the outage on a coupon that nobody issued: settlements, and how often a turn was given. */
async function unknownNight(payments: number) {
  const rows = Array.from({ length: payments }, (_, at) =>
    ROW.transactions.replace('T1', `T${at}`).replace('0001', '7777777'),
  );
  const tables = await readTables({
    issuance: csv('issuance', ROW.issuance),
    transactions: csv('transactions', ...rows),
    sales: csv('sales', ROW.sales),
  });
  const asOf = instant('2023-05-10T02:00:00+09:00');
  const told = [...settleEach({ tables, policy: KAGOSHIMA, asOf, countUnclaimed: false, digest }).settlements];
  return {
    settled: told.flatMap((each) => (each?.couponNumber === '7777777' ? [each] : [])),
    turns: told.filter((each) => each === undefined).length,
  };
}

it('a coupon that nobody issued is one settlement, with a question for each payment', async () => {
  const { settled } = await unknownNight(3);
  expect(settled.map(({ status, reasons, items }) => [status, reasons, items.length])).toEqual([
    ['in_review', ['UNKNOWN_COUPON'], 3],
  ]);
  expect(settled[0]?.evidence).toEqual(['tx:T0', 'tx:T1', 'tx:T2']);
});

it('and a turn is given between its questions, however many they are', async () => {
  const [few, many] = [await unknownNight(10), await unknownNight(500)];
  expect(many.settled[0]?.items).toHaveLength(500);
  expect(many.turns - few.turns).toBeGreaterThanOrEqual(490);
});
