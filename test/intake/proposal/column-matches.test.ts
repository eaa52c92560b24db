import { describe, expect, test } from 'vitest';
import {
  columnMatches,
  couponTest,
  type KnownNumbers,
  rivalsFor,
} from '../../../src/intake/proposal/column-matches.ts';
import { tableOf } from './tables.ts';

const NOTHING: KnownNumbers = { isCoupon: undefined, merchants: new Set() };
const named = (known: KnownNumbers, ...lines: string[]) =>
  Object.fromEntries(
    [...columnMatches('sales', tableOf(...lines), known)].map(([name, { column, by }]) => [
      name,
      `${column.header} by ${by}`,
    ]),
  );

describe('columnMatches', () => {
  test('goes by headers, and by what cells are', () => {
    // 決済金額 holds amounts and is the total; a total without amounts is none.
    expect(named(NOTHING, '請求ID,決済日,決済金額,合計', 'C1,2023/02/24,1500,なし金額')).toEqual({
      report_id: '請求ID by header',
      sold_at: '決済日 by header',
      total_yen: '決済金額 by header',
    });
  });

  test('finds coupons and shops by the numbers of other files, whatever their headers say', () => {
    const known = { isCoupon: couponTest(['460000000201', '460000000202']), merchants: new Set(['M01']) };
    expect(named(known, '備考,店舗名,合計', '460000000201,M01,5')).toMatchObject({
      coupon_number: '備考 by coupons',
      merchant_id: '店舗名 by merchants',
    });
  });

  test('takes no column of contacts for a number', () => {
    expect(named(NOTHING, '取引ID,合計', '09000000001,5', '09000000002,5')).not.toHaveProperty('report_id');
  });
});

test('a shop\u2019s own id comes before that of its chain', () => {
  const rivals = rivalsFor('sales', 'merchant_id', tableOf('加盟店ID,店舗ID,合計', '7,M01,5'), NOTHING);
  expect(rivals.map(({ column }) => column.header)).toEqual(['店舗ID', '加盟店ID']);
});

test.each([
  [['460000000201', '460000000202'], '460000009999', true],
  [['460000000201', '460000000202'], '990000009999', false],
  // Numbers that are not written alike say nothing of others.
  [['460000000201', '12'], '460000009999', false],
  [['12'], '12', true],
])('of the coupons %o, %s is one: %s', (numbers, number, is) => {
  expect(couponTest(numbers)?.(number)).toBe(is);
});
