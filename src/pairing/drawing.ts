import type { PairingPayment, PairingSale } from './maximum-pairing.ts';
import { PlacesLeft } from './places-left.ts';
import { type ListStretch, SalesInReach } from './sales-in-reach.ts';

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
export function* drawPairings(
  payments: readonly PairingPayment[],
  sales: readonly PairingSale[],
  group: ReadonlySet<number>,
  tolerance: number,
): Generator<undefined, DrawnPairings> {
  const pairing = new Drawing(payments, sales, tolerance);
  const [inside, outside] = [true, false].map((is) =>
    Array.from(payments.keys()).filter((payment) => group.has(payment) === is),
  ) as [number[], number[]];
  for (const part of [inside, outside]) {
    yield undefined;
    yield* pairing.add(part);
  }
  const most = pairing.drawn();
  yield undefined;
  yield* pairing.replace(outside, group);
  return { most, least: pairing.drawn() };
}

/** So many payments are paired, or searched for, in a step. */
const PAYMENTS_A_STEP = 1 << 12;

/** Sales of which some are left, as they are asked for: those that name no coupon, and those that name one, each by time. */
class SalesLeft {
  private readonly reach: SalesInReach;
  /** Where a sale stands among those that name no coupon, or that name its own. */
  private readonly placeOf: Int32Array;
  private readonly nameless: PlacesLeft;
  private readonly named = new Map<PairingSale['coupon'], PlacesLeft>();
  private readonly sales: readonly PairingSale[];

  constructor(sales: readonly PairingSale[], reach: SalesInReach) {
    this.reach = reach;
    this.sales = sales;
    this.placeOf = new Int32Array(sales.length);
    this.nameless = new PlacesLeft(reach.nameless.length);
    reach.nameless.forEach((sale, place) => {
      this.placeOf[sale] = place;
    });
    for (const { coupon } of sales) {
      if (coupon < 0 || this.named.has(coupon)) continue;
      const own = reach.namedFor(coupon);
      own.forEach((sale, place) => {
        this.placeOf[sale] = place;
      });
      this.named.set(coupon, new PlacesLeft(own.length));
    }
  }

  take(sale: number): void {
    this.amongWhich(sale).take(this.placeOf[sale] as number);
  }

  putBack(sale: number): void {
    this.amongWhich(sale).putBack(this.placeOf[sale] as number);
  }

  /** The earliest that is left of those that name no coupon, and of those that name the payment's own; Infinity for none. */
  firstNameless(payment: PairingPayment): number {
    return firstLeft(this.reach.namelessOf(payment), this.nameless);
  }

  firstNamed(payment: PairingPayment): number {
    const left = this.named.get(payment.coupon);
    return left === undefined ? Number.POSITIVE_INFINITY : firstLeft(this.reach.namedOf(payment), left);
  }

  private amongWhich(sale: number): PlacesLeft {
    return this.named.get(this.sales[sale]?.coupon ?? NONE) ?? this.nameless;
  }
}

function firstLeft({ list, from, end }: ListStretch, left: PlacesLeft): number {
  const place = left.from(from);
  return place < end ? (list[place] as number) : Number.POSITIVE_INFINITY;
}

/** A pairing in the making. Sales that a search has seen in vain lead nowhere afterwards either, and stay marked. */
class Drawing {
  private readonly payments: readonly PairingPayment[];
  private readonly sales: readonly PairingSale[];
  private readonly saleOf: number[];
  private readonly paymentOf: number[];
  private readonly reach: SalesInReach;
  private unseen: SalesLeft;

  constructor(payments: readonly PairingPayment[], sales: readonly PairingSale[], tolerance: number) {
    this.payments = payments;
    this.sales = sales;
    this.saleOf = payments.map(() => NONE);
    this.paymentOf = sales.map(() => NONE);
    this.reach = new SalesInReach(sales, tolerance);
    this.unseen = new SalesLeft(sales, this.reach);
  }

  drawn(): DrawnPairing {
    return [...this.saleOf];
  }

  /** Pairs as many of these payments as can be, beside those that have a sale already. */
  *add(payments: readonly number[]): Generator<undefined, void> {
    const free = new SalesLeft(this.sales, this.reach);
    this.paymentOf.forEach((payment, sale) => {
      if (payment !== NONE) free.take(sale);
    });
    for (const [place, payment] of payments.entries()) {
      if (place % PAYMENTS_A_STEP === 0) yield undefined;
      // The sale that names the coupon is nobody else's; of the others the earliest will be out of reach first.
      const own = free.firstNamed(this.paymentAt(payment));
      const sale = Number.isFinite(own) ? own : free.firstNameless(this.paymentAt(payment));
      if (!Number.isFinite(sale)) continue;
      this.pair(payment, sale);
      free.take(sale);
    }
    const isFree = (sale: number): boolean => this.paymentOf[sale] === NONE;
    yield* this.searchAll(payments, isFree);
  }

  /** Lets unpaired payments take the place of those in the group, as often as can be. */
  *replace(outside: readonly number[], group: ReadonlySet<number>): Generator<undefined, void> {
    this.unseen = new SalesLeft(this.sales, this.reach);
    const isOfGroup = (sale: number): boolean => group.has(this.paymentOf[sale] ?? NONE);
    yield* this.searchAll(outside, isOfGroup);
  }

  /** From each of the payments that has no sale. */
  private *searchAll(payments: readonly number[], willDo: (sale: number) => boolean): Generator<undefined, void> {
    for (const [place, payment] of payments.entries()) {
      if (this.saleOf[payment] === NONE) this.search(payment, willDo);
      if (place % PAYMENTS_A_STEP === 0) yield undefined;
    }
  }

  /** Finds an alternating path to a sale that will do, and moves every payment on it one sale on. */
  private search(root: number, willDo: (sale: number) => boolean): void {
    const queue = [root];
    const cameFrom = new Map<number, number>();
    for (const payment of queue) {
      for (let sale = this.firstUnseen(payment); Number.isFinite(sale); sale = this.firstUnseen(payment)) {
        this.unseen.take(sale);
        cameFrom.set(sale, payment);
        if (!willDo(sale)) {
          queue.push(this.paymentOf[sale] as number);
          continue;
        }
        this.shift(sale, cameFrom);
        for (const looked of cameFrom.keys()) this.unseen.putBack(looked);
        return;
      }
    }
  }

  private firstUnseen(payment: number): number {
    const of = this.paymentAt(payment);
    return Math.min(this.unseen.firstNameless(of), this.unseen.firstNamed(of));
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

  private paymentAt(payment: number): PairingPayment {
    return this.payments[payment] as PairingPayment;
  }
}
