import { expect, test } from 'vitest';
import type { Histories } from '../../src/ledger/book.ts';
import type { Scope } from '../../src/ledger/scope.ts';
import type { ByCoupon, CouponIndex } from '../../src/tables/pool-index.ts';
import { ABSENT, type Tables } from '../../src/tables/tables.ts';
import { csv, ROW, readTables } from '../intake/read-files.ts';

interface Known {
  readonly tables: Tables;
  readonly scope: Scope;
  readonly histories: Histories;
}

/**
 * Each of these is for the compiler, and none is called: `npm run types` fails where a line that must not be taken is, for
 * then there is no error to be expected.
 */
const MIXED_UP: Readonly<Record<string, (known: Known, row: number, listed: Map<CouponIndex, string>) => unknown>> = {
  // @ts-expect-error a row is no coupon
  'a row, for its text': ({ tables }, row) => tables.coupons.textOf(row),
  // @ts-expect-error a row is no coupon
  'a row, for a case': ({ scope }, row) => scope.isCase(row),
  // @ts-expect-error a row is no coupon
  'a row, for a history': ({ histories }, row) => histories.caseOf(row),
  // @ts-expect-error a row is no coupon
  'a row, in a list by coupon': (_, row, listed) => listed.get(row),
  // @ts-expect-error a row is no coupon
  'a row, among what is kept by coupon': ({ scope }, row) => scope.issuanceRow[row],
  // @ts-expect-error a merchant is no coupon
  'a merchant of a row': ({ tables: { coupons, sales } }, row) => coupons.textOf(sales.merchant[row] ?? 0),
  // @ts-expect-error a merchant is no coupon
  'a merchant of its pool': ({ tables, scope }) => scope.isCase(tables.merchants.find('M1')),
  // @ts-expect-error a key is no coupon
  'a key': ({ tables: { coupons, transactions } }, row) => coupons.textOf(transactions.transaction[row] ?? 0),
  // @ts-expect-error a number of nobody is no coupon
  'a number': () => [0] satisfies readonly CouponIndex[],
  // @ts-expect-error a number that may be ABSENT is to be compared with it first
  'none, of the pool': ({ tables, scope }) => scope.isCase(tables.coupons.find('0009')),
  // @ts-expect-error a sale may name no coupon
  'none, of a sale': ({ tables: { coupons, sales } }, row) => coupons.textOf(sales.coupon[row] ?? ABSENT),
};

/** And what is to be taken. */
function namesOf({ coupons, transactions, sales }: Tables): readonly string[] {
  const names: string[] = [];
  for (let row = 0; row < transactions.rows; row++) names.push(coupons.textOf(transactions.coupon[row] as CouponIndex));
  for (let row = 0; row < sales.rows; row++) {
    const coupon = sales.coupon[row] ?? ABSENT;
    names.push(coupon === ABSENT ? '-' : coupons.textOf(coupon));
  }
  return names;
}

test('a coupon’s number is what its pool and the columns of coupons give, and nothing else', async () => {
  expect(Object.values(MIXED_UP).every((line) => typeof line === 'function')).toBe(true);
  const tables = await readTables({
    transactions: csv('transactions', ROW.transactions),
    sales: csv('sales', ROW.sales, 'S2,M1,2023-02-24T18:00:00+09:00,700,500,200,0,'),
  });
  const seen: ByCoupon = new Uint8Array(tables.coupons.size);
  const coupon = tables.coupons.find('0001');
  if (coupon !== ABSENT) seen[coupon] = 1;
  expect(seen[coupon]).toBe(1);
  expect(tables.coupons.find('0009')).toBe(ABSENT);
  expect(namesOf(tables)).toEqual(['0001', '0001', '-']);
});
