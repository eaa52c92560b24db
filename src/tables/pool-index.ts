/**
 * Numbers of texts in a pool. To the machine they are numbers like any; the brand is for the compiler, which does not take a
 * row, a key or a merchant’s number for a coupon’s, and goes with the other types. A number gets it where the pool gives
 * it, where a column of coupons is read, and where all that the pool holds are counted through.
 */
declare const brand: unique symbol;

/** A coupon by its number in the pool of coupons; what is printed on it, its `couponNumber`, is a text. */
export type CouponIndex = number & { readonly [brand]: 'coupon' };

/**
 * ABSENT has no brand: where there may be no coupon the type says so (`CouponIndex | Absent`), and comparing with ABSENT is
 * all that it takes to tell. Were it a coupon like the others, whoever forgot to compare would judge nobody.
 */
export type Absent = -1;

/** A column of such numbers: an Int32Array that says whose they are. */
export interface IndexColumn<Index extends number> extends Int32Array {
  readonly [row: number]: Index;
}

/** What is kept of each coupon, at its number: no other number finds a place in it, and there is nothing at ABSENT. */
export interface ByCoupon {
  [coupon: CouponIndex]: number;
  readonly '-1'?: undefined;
  readonly length: number;
}
