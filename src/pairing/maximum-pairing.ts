import { lowerBound } from '../base/lower-bound.ts';
import { drained } from '../base/steps.ts';
import type { Absent, CouponIndex } from '../tables/pool-index.ts';
import { type ByCouponOrder, byCouponOrder, type Stretch } from './by-coupon.ts';
import { NamelessPairing } from './nameless-pairing.ts';
import { Unvisited } from './unvisited.ts';

/**
 * The equal pairing of one amount at one shop: payments against sales, exact and near-linear (3-rules.md §3).
 *
 * Sales that name no coupon pair with every payment in their time window; sales that name one only with its payments.
 * Both neighbourhoods are index ranges, so a search visits each vertex once and never lists the edges (a thousand equal
 * sales in an hour would have a million).
 *
 * Method: greedy by earliest end where intervals all have one width (Glover 1967), then augmenting searches in phases
 * with shared marks (Pothen and Fan 1990); what every maximum pairing agrees on by alternating paths from what it leaves
 * out (Dulmage and Mendelsohn 1958).
 */
export interface PairingPayment {
  readonly at: number;
  readonly coupon: CouponIndex;
}

export interface PairingSale {
  readonly at: number;
  /** The coupon that the shop wrote down. */
  readonly coupon: CouponIndex | Absent;
}

const NONE = -1;

/**
 * A maximum pairing and the questions asked of it. Payments and sales are numbered as they were given, which must be
 * in order of time.
 */
export class MaximumPairing {
  private readonly payments: readonly PairingPayment[];
  private readonly sales: readonly PairingSale[];
  private readonly tolerance: number;
  /** Numbers of the sales that name no coupon, by time; and of those that do, by coupon. */
  private readonly nameless: Int32Array;
  private readonly named: ByCouponOrder;
  private readonly paymentsByCoupon: ByCouponOrder;
  private readonly saleOf: Int32Array;
  private readonly paymentOf: Int32Array;
  private readonly unvisitedNameless: Unvisited;
  /** By their places in the order of coupons. */
  private readonly unvisitedNamed: Unvisited;
  private readonly unvisitedPayments: Unvisited;
  /** The same payments by their places in the order of coupons. */
  private readonly unvisitedOfCoupons: Unvisited;
  /** By sale: from which payment a search came to it; of no other sale is it asked. */
  private readonly cameFrom: Int32Array;
  /** Payments that have no sale, by time. */
  private unpaired: Int32Array = NOBODY;
  private sparePayments: Uint8Array = NONE_SPARE;
  private spareSales: Uint8Array | undefined;
  /** Payments that want a nameless sale; undefined where it is not for one coupon by itself to say which of its own do. */
  private left: Int32Array | undefined;
  private leftPairing: LeftPairing | undefined;

  private constructor(payments: readonly PairingPayment[], sales: readonly PairingSale[], tolerance: number) {
    this.payments = payments;
    this.sales = sales;
    this.tolerance = tolerance;
    this.nameless = placesWhere(sales.length, (sale) => sales[sale]?.coupon === NONE);
    this.named = byCouponOrder(sales);
    this.paymentsByCoupon = byCouponOrder(payments);
    this.saleOf = new Int32Array(payments.length).fill(NONE);
    this.paymentOf = new Int32Array(sales.length).fill(NONE);
    this.cameFrom = new Int32Array(sales.length);
    this.unvisitedNameless = new Unvisited(this.nameless.length);
    this.unvisitedPayments = new Unvisited(payments.length);
    this.unvisitedNamed = new Unvisited(sales.length);
    this.unvisitedOfCoupons = new Unvisited(payments.length);
  }

  static of(payments: readonly PairingPayment[], sales: readonly PairingSale[], tolerance: number): MaximumPairing {
    return drained(MaximumPairing.inSteps(payments, sales, tolerance));
  }

  /** The same in steps: at one till there may be a million. */
  static *inSteps(
    payments: readonly PairingPayment[],
    sales: readonly PairingSale[],
    tolerance: number,
  ): Generator<undefined, MaximumPairing> {
    const pairing = new MaximumPairing(payments, sales, tolerance);
    yield undefined;
    yield* pairing.pairAll();
    return pairing;
  }

  private *pairAll(): Generator<undefined, void> {
    this.pairNamedFirst();
    yield undefined;
    this.left = this.leftForNameless();
    this.pairNameless();
    do yield undefined;
    while (yield* this.augmentOnce());
    this.unpaired = this.withoutSale();
    this.sparePayments = yield* this.findSparePayments();
  }

  /** r of all payments. */
  get size(): number {
    return this.payments.length - this.unpaired.length;
  }

  /** Spare payments: those that some maximum pairing leaves out. */
  get sparePayment(): Uint8Array {
    return this.sparePayments;
  }

  /** lo = r(all) − r(all without the group): how many of the group's payments every maximum pairing must pair. */
  lowest(group: readonly number[]): number {
    const spare = group.filter((payment) => this.sparePayment[payment] === 1);
    // A payment that is not spare is paired by every maximum pairing, whatever else is left out.
    const never = group.length - spare.length;
    if (spare.length <= 1) return never;
    if (this.left !== undefined) return this.lowestOfLeft(group, this.left);
    const leaving = new Set(group);
    const undo: Change[] = [];
    const freed = spare.map((payment) => this.saleOf[payment] ?? NONE).filter((sale) => sale !== NONE);
    const lost = this.refillAll(freed, leaving, undo);
    for (const change of undo.reverse()) {
      this.saleOf[change.payment] = change.saleBefore;
      this.paymentOf[change.sale] = change.paymentBefore;
    }
    return never + lost;
  }

  private pair(payment: number, sale: number): void {
    this.saleOf[payment] = sale;
    this.paymentOf[sale] = payment;
  }

  private near(payment: number, sale: number): boolean {
    return Math.abs((this.payments[payment]?.at ?? 0) - (this.sales[sale]?.at ?? 0)) <= this.tolerance;
  }

  private pairNamedFirst(): void {
    const named = this.named;
    const paymentsByCoupon = this.paymentsByCoupon;
    for (let at = 0; at < named.things.length; ) {
      const coupon = this.sales[named.things[at] as number]?.coupon ?? NONE;
      const { from, end } = named.stretchOf(coupon);
      const own = paymentsByCoupon.stretchOf(coupon);
      this.pairInOrder(paymentsByCoupon.things.subarray(own.from, own.end), named.things.subarray(from, end));
      at = end;
    }
  }

  /** A coupon that has sales of its own for all its payments, or for none, leaves no choice which of them want another. */
  private leftForNameless(): Int32Array | undefined {
    const named = this.named;
    const paymentsByCoupon = this.paymentsByCoupon;
    for (let at = 0; at < named.things.length; ) {
      const coupon = this.sales[named.things[at] as number]?.coupon ?? NONE;
      const { from, end } = paymentsByCoupon.stretchOf(coupon);
      const own = Array.from(paymentsByCoupon.things.subarray(from, end), (payment) => this.saleOf[payment] === NONE);
      if (own.includes(true) && own.includes(false)) return undefined;
      at = named.stretchOf(coupon).end;
    }
    return this.withoutSale();
  }

  /** The same as by searching: those with a sale of their own are always paired. */
  private lowestOfLeft(group: readonly number[], left: Int32Array): number {
    this.leftPairing ??= {
      placeOf: placesOf(left, this.payments.length),
      pairing: new NamelessPairing(
        Float64Array.from(left, (payment) => this.payments[payment]?.at ?? 0),
        Float64Array.from(this.nameless, (sale) => this.sales[sale]?.at ?? 0),
        this.tolerance,
      ),
    };
    const { placeOf, pairing } = this.leftPairing;
    const leaving = group
      .map((payment) => placeOf[payment] as number)
      .filter((place) => place !== NONE)
      .sort((a, b) => a - b);
    return group.length - leaving.length + pairing.lostWithout(leaving);
  }

  private pairNameless(): void {
    this.pairInOrder(this.withoutSale(), this.nameless);
  }

  private withoutSale(): Int32Array {
    return placesWhere(this.payments.length, (payment) => this.saleOf[payment] === NONE);
  }

  /** Maximum where every one of the payments may pair with every one of the sales in its window. */
  private pairInOrder(payments: Iterable<number>, sales: ArrayLike<number>): void {
    let next = 0;
    for (const payment of payments) {
      const from = (this.payments[payment]?.at ?? 0) - this.tolerance;
      while (next < sales.length && (this.sales[sales[next] ?? 0]?.at ?? 0) < from) next++;
      const sale = sales[next];
      if (sale === undefined || !this.near(payment, sale)) continue;
      this.pair(payment, sale);
      next++;
    }
  }

  private resetSales(): void {
    this.unvisitedNameless.reset();
    this.unvisitedNamed.reset();
  }

  private resetPayments(): void {
    this.unvisitedPayments.reset();
    this.unvisitedOfCoupons.reset();
  }

  /** Calls back with each sale not yet visited that the payment can pair with; stops at true. */
  private eachSale(payment: number, visit: (sale: number) => boolean): boolean {
    const { at, coupon } = this.payments[payment] as PairingPayment;
    const { nameless } = this;
    const named = this.named;
    const own = named.stretchOf(coupon);
    const namedAt = (place: number): number => this.sales[named.things[place] ?? 0]?.at ?? 0;
    let place = this.unvisitedNamed.from(firstIn(own, at - this.tolerance, namedAt));
    while (place < own.end && namedAt(place) <= at + this.tolerance) {
      this.unvisitedNamed.visit(place);
      if (visit(named.things[place] ?? 0)) return true;
      place = this.unvisitedNamed.from(place);
    }
    const atOf = (index: number): number => this.sales[nameless[index] ?? 0]?.at ?? 0;
    let index = this.unvisitedNameless.from(lowerBound(nameless.length, at - this.tolerance, atOf));
    while (index < nameless.length && atOf(index) <= at + this.tolerance) {
      this.unvisitedNameless.visit(index);
      if (visit(nameless[index] ?? 0)) return true;
      index = this.unvisitedNameless.from(index);
    }
    return false;
  }

  /** Calls back with each payment not yet visited that the sale can pair with; stops at true. */
  private eachPayment(sale: number, visit: (payment: number) => boolean): boolean {
    const { at, coupon } = this.sales[sale] as PairingSale;
    const payments = this.payments;
    const paymentsByCoupon = this.paymentsByCoupon;
    const visitOne = (payment: number): boolean => {
      this.unvisitedPayments.visit(payment);
      this.unvisitedOfCoupons.visit(paymentsByCoupon.placeOf[payment] as number);
      return visit(payment);
    };
    const [from, until] = [at - this.tolerance, at + this.tolerance];
    if (coupon !== NONE) {
      const own = paymentsByCoupon.stretchOf(coupon);
      const ownAt = (place: number): number => payments[paymentsByCoupon.things[place] ?? 0]?.at ?? 0;
      let place = this.unvisitedOfCoupons.from(firstIn(own, from, ownAt));
      while (place < own.end && ownAt(place) <= until) {
        if (visitOne(paymentsByCoupon.things[place] ?? 0)) return true;
        place = this.unvisitedOfCoupons.from(place);
      }
      return false;
    }
    const atOf = (index: number): number => payments[index]?.at ?? 0;
    let index = this.unvisitedPayments.from(lowerBound(payments.length, from, atOf));
    while (index < payments.length && atOf(index) <= until) {
      if (visitOne(index)) return true;
      index = this.unvisitedPayments.from(index);
    }
    return false;
  }

  /** One phase: a search from every unpaired payment, over sales that no other search of the phase has seen. */
  private *augmentOnce(): Generator<undefined, boolean> {
    this.resetSales();
    let augmented = false;
    for (const [searches, payment] of this.withoutSale().entries()) {
      if (this.augmentFrom(payment)) augmented = true;
      if (searches % SEARCHES_A_STEP === 0) yield undefined;
    }
    return augmented;
  }

  private augmentFrom(root: number): boolean {
    const queue = [root];
    for (let head = 0; head < queue.length; head++) {
      const payment = queue[head] as number;
      let free = NONE;
      this.eachSale(payment, (sale) => {
        this.cameFrom[sale] = payment;
        const mate = this.paymentOf[sale] ?? NONE;
        if (mate === NONE) free = sale;
        else queue.push(mate);
        return mate === NONE;
      });
      if (free === NONE) continue;
      for (let sale = free; sale !== NONE; ) {
        const payer = this.cameFrom[sale] as number;
        const before = this.saleOf[payer] ?? NONE;
        this.pair(payer, sale);
        sale = before;
      }
      return true;
    }
    return false;
  }

  /** Payments at the even end of an alternating path from an unpaired one. */
  private *findSparePayments(): Generator<undefined, Uint8Array> {
    const spare = new Uint8Array(this.payments.length);
    this.resetSales();
    const queue = Array.from(this.unpaired);
    for (const payment of queue) spare[payment] = 1;
    for (let head = 0; head < queue.length; head++) {
      this.eachSale(queue[head] as number, (sale) => {
        const mate = this.paymentOf[sale] ?? NONE;
        if (mate === NONE) throw new Error('the pairing is not maximum: an augmenting path is left');
        if (spare[mate] === 0) queue.push(mate);
        spare[mate] = 1;
        return false;
      });
      if (head % SEARCHES_A_STEP === 0) yield undefined;
    }
    return spare;
  }

  /** Spare sales: those that some maximum pairing leaves out. Found once, whoever asks. */
  *findSpareSales(): Generator<undefined, Uint8Array> {
    if (this.spareSales !== undefined) return this.spareSales;
    const spare = new Uint8Array(this.sales.length);
    this.resetPayments();
    const queue = Array.from(placesWhere(this.sales.length, (sale) => this.paymentOf[sale] === NONE));
    for (const sale of queue) spare[sale] = 1;
    for (let head = 0; head < queue.length; head++) {
      this.eachPayment(queue[head] as number, (payment) => {
        const mate = this.saleOf[payment] ?? NONE;
        if (mate === NONE) throw new Error('the pairing is not maximum: an augmenting path is left');
        if (spare[mate] === 0) queue.push(mate);
        spare[mate] = 1;
        return false;
      });
      if (head % SEARCHES_A_STEP === 0) yield undefined;
    }
    this.spareSales = spare;
    return spare;
  }

  /** Pairs as many freed sales again as can be, and returns how many are left: in phases, as when the pairing was made. */
  private refillAll(freed: readonly number[], leaving: ReadonlySet<number>, undo: Change[]): number {
    let left = leaving.size > MOST_LOOKED_UP ? freed : freed.filter((sale) => !this.refillNear(sale, leaving, undo));
    for (;;) {
      this.resetPayments();
      const still = left.filter((sale) => !this.refill(sale, leaving, undo));
      if (still.length === 0 || still.length === left.length) return still.length;
      left = still;
    }
  }

  /** Pairs a freed sale with a payment near it that has none, if there is one: in a busy till there mostly is. */
  private refillNear(freed: number, leaving: ReadonlySet<number>, undo: Change[]): boolean {
    const { at, coupon } = this.sales[freed] as PairingSale;
    if (coupon !== NONE) return false;
    const { unpaired } = this;
    const atOf = (place: number): number => this.payments[unpaired[place] ?? 0]?.at ?? 0;
    let place = lowerBound(unpaired.length, at - this.tolerance, atOf);
    for (; place < unpaired.length && atOf(place) <= at + this.tolerance; place++) {
      const payment = unpaired[place] as number;
      if (leaving.has(payment) || this.saleOf[payment] !== NONE) continue;
      this.shift(payment, freed, new Map([[payment, freed]]), undo);
      return true;
    }
    return false;
  }

  /**
   * Pairs a freed sale again, along an alternating path to an unpaired payment outside the group, if there is one. What
   * another search of the phase has seen in vain leads nowhere.
   */
  private refill(freed: number, leaving: ReadonlySet<number>, undo: Change[]): boolean {
    const queue = [freed];
    const cameFrom = new Map<number, number>();
    for (let head = 0; head < queue.length; head++) {
      const sale = queue[head] as number;
      let free = NONE;
      this.eachPayment(sale, (payment) => {
        if (leaving.has(payment)) return false;
        cameFrom.set(payment, sale);
        const mate = this.saleOf[payment] ?? NONE;
        if (mate === NONE) free = payment;
        else queue.push(mate);
        return mate === NONE;
      });
      if (free === NONE) continue;
      this.shift(free, freed, cameFrom, undo);
      return true;
    }
    return false;
  }

  /** Moves each payment of the path one sale on, from the unpaired end to the freed sale. */
  private shift(free: number, freed: number, cameFrom: ReadonlyMap<number, number>, undo: Change[]): void {
    let payment = free;
    for (;;) {
      const sale = cameFrom.get(payment) as number;
      const payer = this.paymentOf[sale] ?? NONE;
      undo.push({ payment, saleBefore: this.saleOf[payment] ?? NONE, sale, paymentBefore: payer });
      this.pair(payment, sale);
      if (sale === freed) return;
      payment = payer;
    }
  }
}

/** So many searches are one step; most are short. */
const SEARCHES_A_STEP = 1 << 10;

const NOBODY = new Int32Array(0);
const NONE_SPARE = new Uint8Array(0);

/** Which of the first so many numbers it is true of, ascending. */
function placesWhere(count: number, isWanted: (number: number) => boolean): Int32Array {
  const found = new Int32Array(count);
  let places = 0;
  for (let number = 0; number < count; number++) if (isWanted(number)) found[places++] = number;
  return found.slice(0, places);
}

/** By number: its place in the list, or NONE. */
function placesOf(list: Int32Array, count: number): Int32Array {
  const placeOf = new Int32Array(count).fill(NONE);
  for (let place = 0; place < list.length; place++) placeOf[list[place] as number] = place;
  return placeOf;
}

/** The pairing of those that want a nameless sale, by their places among them. */
interface LeftPairing {
  readonly placeOf: Int32Array;
  readonly pairing: NamelessPairing;
}

/** What a pairing step replaced. */
interface Change {
  readonly payment: number;
  readonly saleBefore: number;
  readonly sale: number;
  readonly paymentBefore: number;
}

/** Of a larger group payments without a sale are not looked up one by one. */
const MOST_LOOKED_UP = 64;

/** The first place of a stretch at or after an instant. */
const firstIn = ({ from, end }: Stretch, atLeast: number, atOf: (place: number) => number): number =>
  from + lowerBound(end - from, atLeast, (place) => atOf(from + place));
