import { expect, it, test } from 'vitest';
import { placesOf } from '../../../src/audit/record/places.ts';
import type { CouponIndex } from '../../../src/tables/pool-index.ts';
import * as rows from '../../settlement/tables.ts';
import { runTables } from '../../support/run-tables.ts';

const night = rows.inputsOf({
  issuance: [rows.issue('1'), rows.issue('2'), rows.issue('1')],
  transactions: [
    rows.pay('T1', '1', '18:00:00'),
    rows.pay('T 2', '1', '18:10:00'),
    rows.pay('T%202', '2', '18:20:00'),
    rows.pay('T1', '1', '18:00:00'),
    rows.pay('決済', '2', '18:30:00'),
    rows.pay('T9', '2', '18:40:00', 500, { occurred_at: 'never' }),
  ],
  sales: [rows.sale('S1', '18:01:00', 500)],
  claims: [rows.claim('CL1', '1', 'other')],
  applications: [rows.apply('AP1', '2')],
});
const { tables } = await runTables(night, { asOf: '2023-05-10T02:00:00+09:00' });
const places = placesOf(tables);
const at = (file: string, ...lines: readonly number[]) => lines.map((line) => `${file}-0.csv:${line}`);
const coupon = (n: number): string => `coupon:${tables.coupons.textOf(tables.issuance.coupon[n] as CouponIndex)}`;

it.each<[string, string, readonly string[]]>([
  ['a transaction that comes twice stands where both rows do', 'tx:T1', at('transactions', 2, 5)],
  ['a blank in an id is one of evidence, and so is what stands for it', 'tx:T%202', at('transactions', 3, 4)],
  ['an id of other letters', 'tx:決済', at('transactions', 6)],
  ['a row that was set aside', 'tx:T9', at('transactions', 7)],
  ['a coupon that was issued twice', coupon(0), at('issuance', 2, 4)],
  ['a coupon that was issued once', coupon(1), at('issuance', 3)],
  ['a sale', 'sale:S1', at('sales', 2)],
  ['a claim', 'claim:CL1', at('claims', 2)],
  ['an application', 'application:AP1', at('applications', 2)],
  ['an id that no row has stands nowhere', 'tx:T3', []],
  ['nor does one with a blank', 'tx:T%203', []],
  ['nor one of another kind', 'sale:T1', []],
  ['nor what is no id', 'T1', []],
])('%s', (_, id, expected) => {
  expect(places(id)).toEqual(expected);
  expect(places(id), 'asked again').toEqual(expected);
});

test('of very many ids each stands where its rows do, however often they are asked for', async () => {
  const count = 300;
  const payments = Array.from({ length: count }, (_, n) => rows.pay(`T${n}`, '1', '18:00:00'));
  const again = payments.slice(0, 10);
  const long = await runTables(rows.inputsOf({ issuance: [rows.issue('1')], transactions: [...payments, ...again] }), {
    asOf: '2023-05-10T02:00:00+09:00',
  });
  const placesOfAll = placesOf(long.tables);
  // The header is line 1; the first ten come once more behind all.
  const expected = payments.map((_, n) => at('transactions', ...(n < 10 ? [n + 2, count + n + 2] : [n + 2])));
  expect(payments.map((_, n) => placesOfAll(`tx:T${n}`))).toEqual(expected);
  expect(placesOfAll(`tx:T${count}`)).toEqual([]);
});
