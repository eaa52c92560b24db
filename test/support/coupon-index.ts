import type { CouponIndex } from '../../src/tables/pool-index.ts';

/** A coupon that has this number in some pool. */
export const couponAt = (number: number): CouponIndex => number as CouponIndex;
