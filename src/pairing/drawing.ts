import { firstIndexAt } from './combinations.ts';
import type { PairingPayment, PairingSale } from './maximum-pairing.ts';

/** For each payment the number of its sale, or -1. */
export type DrawnPairing = readonly number[];

/** Two maximum pairings that differ as little as they can: what one group gets in the best case, and in the worst. */
export interface DrawnPairings {
  /** Pairs as many of the group as any maximum pairing of E does. */
  readonly most: DrawnPairing;
  /** Pairs as few: lo. */
  readonly least: DrawnPairing;
}

const NONE = -1;

/**
 * Draws the pairings that a person is shown; a run only counts them. A payment that has a sale keeps one when others are
 * added, so the group goes first. Then a payment outside the group takes the place of one inside wherever an alternating
 * path leads there: where no single exchange is left, none of several is (the sets of payments that can be paired at once
 * form a matroid, Edmonds and Fulkerson 1965).
 *
 * @param payments of one shop and amount, by time
 * @param sales with that amount, by time
 * @param group which of the payments
 */
export function drawPairings(
  payments: readonly PairingPayment[],
  sales: readonly PairingSale[],
  group: ReadonlySet<number>,
  tolerance: number,
): DrawnPairings {
  const pairing = new Drawing(payments, sales, tolerance);
  const [inside, outside] = [true, false].map((is) =>
    Array.from(payments.keys()).filter((payment) => group.has(payment) === is),
  ) as [number[], number[]];
  for (const part of [inside, outside]) pairing.add(part);
  const most = pairing.drawn();
  pairing.replace(outside, group);
  return { most, least: pairing.drawn() };
}

/** A pairing in the making. Sales that a search has seen in vain lead nowhere afterwards either, and stay marked. */
class Drawing {
  private readonly payments: readonly PairingPayment[];
  private readonly sales: readonly PairingSale[];
  private readonly tolerance: number;
  private readonly saleOf: number[];
  private readonly paymentOf: number[];
  private readonly seen: Uint8Array;

  constructor(payments: readonly PairingPayment[], sales: readonly PairingSale[], tolerance: number) {
    this.payments = payments;
    this.sales = sales;
    this.tolerance = tolerance;
    this.saleOf = payments.map(() => NONE);
    this.paymentOf = sales.map(() => NONE);
    this.seen = new Uint8Array(sales.length);
  }

  drawn(): DrawnPairing {
    return [...this.saleOf];
  }

  /** Pairs as many of these payments as can be, beside those that have a sale already. */
  add(payments: readonly number[]): void {
    const isFree = (sale: number): boolean => this.paymentOf[sale] === NONE;
    for (const payment of payments) {
      // The sale that names the coupon is nobody else's; of the others the earliest will be out of reach first.
      const free = this.inReach(payment).filter(isFree);
      const sale = free.find((each) => this.sales[each]?.coupon !== NONE) ?? free[0];
      if (sale !== undefined) this.pair(payment, sale);
    }
    for (const payment of payments) if (this.saleOf[payment] === NONE) this.search(payment, isFree);
  }

  /** Lets unpaired payments take the place of those in the group, as often as can be. */
  replace(outside: readonly number[], group: ReadonlySet<number>): void {
    this.seen.fill(0);
    const isOfGroup = (sale: number): boolean => group.has(this.paymentOf[sale] ?? NONE);
    for (const payment of outside) if (this.saleOf[payment] === NONE) this.search(payment, isOfGroup);
  }

  /** Finds an alternating path to a sale that will do, and moves every payment on it one sale on. */
  private search(root: number, willDo: (sale: number) => boolean): void {
    const queue = [root];
    const cameFrom = new Map<number, number>();
    for (const payment of queue) {
      for (const sale of this.inReach(payment)) {
        if (this.seen[sale] === 1) continue;
        this.seen[sale] = 1;
        cameFrom.set(sale, payment);
        if (!willDo(sale)) {
          queue.push(this.paymentOf[sale] as number);
          continue;
        }
        this.shift(sale, cameFrom);
        for (const looked of cameFrom.keys()) this.seen[looked] = 0;
        return;
      }
    }
  }

  private shift(end: number, cameFrom: ReadonlyMap<number, number>): void {
    const loser = this.paymentOf[end] ?? NONE;
    if (loser !== NONE) this.saleOf[loser] = NONE;
    for (let sale = end; sale !== NONE; ) {
      const payment = cameFrom.get(sale) as number;
      const before = this.saleOf[payment] ?? NONE;
      this.pair(payment, sale);
      sale = before;
    }
  }

  private pair(payment: number, sale: number): void {
    this.saleOf[payment] = sale;
    this.paymentOf[sale] = payment;
  }

  private inReach(payment: number): readonly number[] {
    return salesInReach(this.payments[payment] as PairingPayment, this.sales, this.tolerance);
  }
}

/** The sales that a payment can be paired with (3-rules.md §3). @param sales by time, of the payment's shop and amount */
export function salesInReach(
  { at, coupon }: PairingPayment,
  sales: readonly PairingSale[],
  tolerance: number,
): readonly number[] {
  const found: number[] = [];
  for (let sale = firstIndexAt(sales, at - tolerance); sale < sales.length; sale++) {
    const other = sales[sale] as PairingSale;
    if (other.at > at + tolerance) break;
    if (other.coupon === NONE || other.coupon === coupon) found.push(sale);
  }
  return found;
}
