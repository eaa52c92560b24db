import { expect, test } from 'vitest';
import { byCouponOrder } from '../../src/pairing/by-coupon.ts';
import type { Absent } from '../../src/tables/pool-index.ts';
import { ABSENT } from '../../src/tables/tables.ts';
import { couponAt } from '../support/coupon-index.ts';

test('each coupon has a stretch of its things, in their order; those that name none stand nowhere', () => {
  const of = [couponAt(7), ABSENT as Absent, couponAt(2), couponAt(7), couponAt(2)].map((coupon) => ({ coupon }));
  const { things, placeOf, stretchOf } = byCouponOrder(of);
  const thingsOf = (coupon: number) => {
    const { from, end } = stretchOf(couponAt(coupon));
    return [...things.subarray(from, end)];
  };
  expect(thingsOf(7)).toEqual([0, 3]);
  expect(thingsOf(2)).toEqual([2, 4]);
  expect(thingsOf(5)).toEqual([]);
  expect(things).toHaveLength(4);
  expect(placeOf[1]).toBe(-1);
  expect([0, 2, 3, 4].map((thing) => things[placeOf[thing] ?? -1])).toEqual([0, 2, 3, 4]);
});
