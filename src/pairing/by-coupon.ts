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

const NOWHERE: Stretch = { from: 0, end: 0 };

/** @param all by time */
export function byCouponOrder(all: readonly { readonly coupon: CouponIndex | Absent }[]): ByCouponOrder {
  const lists = new Map<CouponIndex | Absent, number[]>();
  all.forEach(({ coupon }, thing) => {
    if (coupon < 0) return;
    const list = lists.get(coupon);
    if (list === undefined) lists.set(coupon, [thing]);
    else list.push(thing);
  });
  const things = new Int32Array(all.length);
  const placeOf = new Int32Array(all.length).fill(-1);
  const stretches = new Map<CouponIndex | Absent, Stretch>();
  let place = 0;
  for (const [coupon, list] of lists) {
    stretches.set(coupon, { from: place, end: place + list.length });
    for (const thing of list) {
      things[place] = thing;
      placeOf[thing] = place++;
    }
  }
  return { things: things.subarray(0, place), placeOf, stretchOf: (coupon) => stretches.get(coupon) ?? NOWHERE };
}
