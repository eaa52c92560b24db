import { lowerBound } from '../base/lower-bound.ts';
import type { Absent, CouponIndex } from '../tables/pool-index.ts';

/** Things in the order of their coupons, and of one coupon by time: each coupon has a stretch of places. */
export interface ByCouponOrder {
  /** By place: which thing stands there. */
  readonly things: Int32Array;
  /** By thing: where it stands, or -1 if it names no coupon. */
  readonly placeOf: Int32Array;
  /** Where a coupon's begin and end; the same place twice where it has none. */
  stretchOf(coupon: CouponIndex | Absent): Stretch;
}

export interface Stretch {
  readonly from: number;
  readonly end: number;
}

/** @param all by time */
export function byCouponOrder(all: readonly { readonly coupon: CouponIndex | Absent }[]): ByCouponOrder {
  const keys = sortedKeys(all);
  const places = keys.length;
  const things = new Int32Array(places);
  const couponAt = new Int32Array(places);
  const placeOf = new Int32Array(all.length).fill(-1);
  for (let place = 0; place < places; place++) {
    const key = keys[place] as number;
    const thing = key % all.length;
    things[place] = thing;
    couponAt[place] = (key - thing) / all.length;
    placeOf[thing] = place;
  }
  const firstFrom = (coupon: number): number => lowerBound(places, coupon, (place) => couponAt[place] as number);
  return {
    things,
    placeOf,
    stretchOf: (coupon) => {
      const from = firstFrom(coupon);
      return { from, end: couponAt[from] === coupon ? firstFrom(coupon + 1) : from };
    },
  };
}

/**
 * A coupon and a thing of it are one number, so that no comparison needs to be called: exact up to 2^53, which a hundred
 * million coupons and as many things at one till would only come to.
 */
function sortedKeys(all: readonly { readonly coupon: CouponIndex | Absent }[]): Float64Array {
  const keys = new Float64Array(all.length);
  let count = 0;
  for (let thing = 0; thing < all.length; thing++) {
    const coupon = all[thing]?.coupon as number;
    if (coupon >= 0) keys[count++] = coupon * all.length + thing;
  }
  return keys.subarray(0, count).sort();
}
