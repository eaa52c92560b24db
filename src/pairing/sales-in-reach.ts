import { lowerBound } from '../base/lower-bound.ts';
import type { Absent, CouponIndex } from '../tables/pool-index.ts';
import type { PairingPayment, PairingSale } from './maximum-pairing.ts';

/** Places of a list, the end not among them. */
export interface ListStretch {
  readonly list: readonly number[];
  readonly from: number;
  readonly end: number;
}

/**
 * Which sales a payment can be paired with (3-rules.md §3), of one shop and amount: those at most T away that name no coupon,
 * and those that name its own. Both are stretches, so that a busy till's millions of pairs are never listed.
 */
export class SalesInReach {
  /** Numbers of the sales that name no coupon, by time. */
  readonly nameless: readonly number[];
  private readonly byCoupon = new Map<CouponIndex | Absent, number[]>();
  private readonly sales: readonly PairingSale[];
  private readonly tolerance: number;

  /** @param sales by time */
  constructor(sales: readonly PairingSale[], tolerance: number) {
    this.sales = sales;
    this.tolerance = tolerance;
    const nameless: number[] = [];
    sales.forEach(({ coupon }, sale) => {
      if (coupon < 0) nameless.push(sale);
      else this.naming(coupon).push(sale);
    });
    this.nameless = nameless;
  }

  private naming(coupon: CouponIndex | Absent): number[] {
    const known = this.byCoupon.get(coupon);
    if (known !== undefined) return known;
    const list: number[] = [];
    this.byCoupon.set(coupon, list);
    return list;
  }

  /** Numbers of the sales that name a coupon, by time. */
  namedFor(coupon: CouponIndex | Absent): readonly number[] {
    return this.byCoupon.get(coupon) ?? NOTHING;
  }

  namelessOf({ at }: PairingPayment): ListStretch {
    return this.around(at, this.nameless);
  }

  namedOf({ at, coupon }: PairingPayment): ListStretch {
    return this.around(at, this.namedFor(coupon));
  }

  count(payment: PairingPayment): number {
    const [nameless, named] = [this.namelessOf(payment), this.namedOf(payment)];
    return nameless.end - nameless.from + named.end - named.from;
  }

  /** The first so many of them, by time. */
  firstOf(payment: PairingPayment, most: number): readonly number[] {
    const first = ({ list, from, end }: ListStretch): readonly number[] => list.slice(from, Math.min(end, from + most));
    return [...first(this.namelessOf(payment)), ...first(this.namedOf(payment))].sort((a, b) => a - b).slice(0, most);
  }

  private around(at: number, list: readonly number[]): ListStretch {
    if (list.length === 0) return NOWHERE;
    const firstAt = (atLeast: number): number =>
      lowerBound(list.length, atLeast, (place) => this.sales[list[place] as number]?.at ?? 0);
    // Instants are whole microseconds.
    return { list, from: firstAt(at - this.tolerance), end: firstAt(at + this.tolerance + 1) };
  }
}

const NOTHING: readonly number[] = [];
const NOWHERE: ListStretch = { list: NOTHING, from: 0, end: 0 };
