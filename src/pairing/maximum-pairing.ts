import { lowerBound } from '../base/lower-bound.ts';
import type { Absent, CouponIndex } from '../tables/pool-index.ts';
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

/** Skips what is already visited: a union-find over indices 0..size, with the touched ones remembered for reset. */
class Unvisited {
  private readonly next: Int32Array;
  private readonly touched: number[] = [];

  constructor(size: number) {
    this.next = new Int32Array(size + 1);
    for (let index = 0; index <= size; index++) this.next[index] = index;
  }

  /** The first unvisited index at or after `from`. */
  from(from: number): number {
    let root = from;
    while (this.next[root] !== root) root = this.next[root] ?? root;
    let at = from;
    while (at !== root) {
      const following = this.next[at] ?? root;
      this.set(at, root);
      at = following;
    }
    return root;
  }

  visit(index: number): void {
    this.set(index, index + 1);
  }

  isVisited(index: number): boolean {
    return this.next[index] !== index;
  }

  reset(): void {
    for (const index of this.touched) this.next[index] = index;
    this.touched.length = 0;
  }

  private set(index: number, to: number): void {
    if (this.next[index] === index) this.touched.push(index);
    this.next[index] = to;
  }
}

/**
 * A maximum pairing and the questions asked of it. Payments and sales are numbered as they were given, which must be
 * in order of time.
 */
export class MaximumPairing {
  /** r of all payments. */
  readonly size: number;
  /** Spare payments: those that some maximum pairing leaves out. */
  readonly sparePayment: Uint8Array;

  private readonly payments: readonly PairingPayment[];
  private readonly sales: readonly PairingSale[];
  private readonly tolerance: number;
  /** Sales that name no coupon, by time; and those that do, by coupon. Values are sale numbers. */
  private readonly nameless: readonly number[];
  private readonly namedBy: ReadonlyMap<CouponIndex, readonly number[]>;
  private readonly paymentsOf: ReadonlyMap<CouponIndex, readonly number[]>;
  private readonly saleOf: Int32Array;
  private readonly paymentOf: Int32Array;
  private readonly unvisitedNameless: Unvisited;
  private readonly unvisitedPayments: Unvisited;
  private readonly visitedNamed: Uint8Array;
  private spareSales: Uint8Array | undefined;

  constructor(payments: readonly PairingPayment[], sales: readonly PairingSale[], tolerance: number) {
    this.payments = payments;
    this.sales = sales;
    this.tolerance = tolerance;
    this.nameless = sales.flatMap((sale, index) => (sale.coupon === NONE ? [index] : []));
    this.namedBy = indexBy(sales);
    this.paymentsOf = indexBy(payments);
    this.saleOf = new Int32Array(payments.length).fill(NONE);
    this.paymentOf = new Int32Array(sales.length).fill(NONE);
    this.unvisitedNameless = new Unvisited(this.nameless.length);
    this.unvisitedPayments = new Unvisited(payments.length);
    this.visitedNamed = new Uint8Array(sales.length);
    this.pairNamedFirst();
    this.pairNameless();
    while (this.augmentOnce()) {}
    this.size = this.saleOf.reduce((count, sale) => count + (sale === NONE ? 0 : 1), 0);
    this.sparePayment = this.findSparePayments();
  }

  /** Spare sales: those that some maximum pairing leaves out. */
  get spareSale(): Uint8Array {
    this.spareSales ??= this.findSpareSales();
    return this.spareSales;
  }

  /** lo = r(all) − r(all without the group): how many of the group's payments every maximum pairing must pair. */
  lowest(group: readonly number[]): number {
    const spare = group.filter((payment) => this.sparePayment[payment] === 1);
    // A payment that is not spare is paired by every maximum pairing, whatever else is left out.
    const never = group.length - spare.length;
    if (spare.length <= 1) return never;
    const leaving = new Set(group);
    const undo: Change[] = [];
    const freed = spare.map((payment) => this.saleOf[payment] ?? NONE).filter((sale) => sale !== NONE);
    const lost = freed.filter((sale) => !this.refill(sale, leaving, undo)).length;
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
    for (const [coupon, named] of this.namedBy) this.pairInOrder(this.paymentsOf.get(coupon) ?? [], named);
  }

  private pairNameless(): void {
    const unpaired = Array.from(this.payments.keys()).filter((payment) => this.saleOf[payment] === NONE);
    this.pairInOrder(unpaired, this.nameless);
  }

  /** Maximum where every one of the payments may pair with every one of the sales in its window. */
  private pairInOrder(payments: readonly number[], sales: readonly number[]): void {
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
    this.visitedNamed.fill(0);
  }

  /** Calls back with each sale not yet visited that the payment can pair with; stops at true. */
  private eachSale(payment: number, visit: (sale: number) => boolean): boolean {
    const { at, coupon } = this.payments[payment] as PairingPayment;
    for (const sale of this.namedBy.get(coupon) ?? []) {
      if (this.visitedNamed[sale] === 1 || !this.near(payment, sale)) continue;
      this.visitedNamed[sale] = 1;
      if (visit(sale)) return true;
    }
    const { nameless } = this;
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
    if (coupon !== NONE) {
      for (const payment of this.paymentsOf.get(coupon) ?? []) {
        if (this.unvisitedPayments.isVisited(payment) || !this.near(payment, sale)) continue;
        this.unvisitedPayments.visit(payment);
        if (visit(payment)) return true;
      }
      return false;
    }
    const { payments } = this;
    const atOf = (index: number): number => payments[index]?.at ?? 0;
    let index = this.unvisitedPayments.from(lowerBound(payments.length, at - this.tolerance, atOf));
    while (index < payments.length && atOf(index) <= at + this.tolerance) {
      this.unvisitedPayments.visit(index);
      if (visit(index)) return true;
      index = this.unvisitedPayments.from(index);
    }
    return false;
  }

  /** One phase: a search from every unpaired payment, over sales that no other search of the phase has seen. */
  private augmentOnce(): boolean {
    this.resetSales();
    let augmented = false;
    for (let payment = 0; payment < this.payments.length; payment++) {
      if (this.saleOf[payment] === NONE && this.augmentFrom(payment)) augmented = true;
    }
    return augmented;
  }

  private augmentFrom(root: number): boolean {
    const queue = [root];
    const cameFrom = new Map<number, number>();
    for (let head = 0; head < queue.length; head++) {
      const payment = queue[head] as number;
      let free = NONE;
      this.eachSale(payment, (sale) => {
        cameFrom.set(sale, payment);
        const mate = this.paymentOf[sale] ?? NONE;
        if (mate === NONE) free = sale;
        else queue.push(mate);
        return mate === NONE;
      });
      if (free === NONE) continue;
      for (let sale = free; sale !== NONE; ) {
        const payer = cameFrom.get(sale) as number;
        const before = this.saleOf[payer] ?? NONE;
        this.pair(payer, sale);
        sale = before;
      }
      return true;
    }
    return false;
  }

  /** Payments at the even end of an alternating path from an unpaired one. */
  private findSparePayments(): Uint8Array {
    const spare = new Uint8Array(this.payments.length);
    this.resetSales();
    const queue = Array.from(this.payments.keys()).filter((payment) => this.saleOf[payment] === NONE);
    for (const payment of queue) spare[payment] = 1;
    for (let head = 0; head < queue.length; head++) {
      this.eachSale(queue[head] as number, (sale) => {
        const mate = this.paymentOf[sale] ?? NONE;
        if (mate === NONE) throw new Error('the pairing is not maximum: an augmenting path is left');
        if (spare[mate] === 0) queue.push(mate);
        spare[mate] = 1;
        return false;
      });
    }
    return spare;
  }

  private findSpareSales(): Uint8Array {
    const spare = new Uint8Array(this.sales.length);
    this.unvisitedPayments.reset();
    const queue = Array.from(this.sales.keys()).filter((sale) => this.paymentOf[sale] === NONE);
    for (const sale of queue) spare[sale] = 1;
    for (let head = 0; head < queue.length; head++) {
      this.eachPayment(queue[head] as number, (payment) => {
        const mate = this.saleOf[payment] ?? NONE;
        if (mate === NONE) throw new Error('the pairing is not maximum: an augmenting path is left');
        if (spare[mate] === 0) queue.push(mate);
        spare[mate] = 1;
        return false;
      });
    }
    return spare;
  }

  /** Pairs a freed sale again, along an alternating path to an unpaired payment outside the group, if there is one. */
  private refill(freed: number, leaving: ReadonlySet<number>, undo: Change[]): boolean {
    this.unvisitedPayments.reset();
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

/** What a pairing step replaced. */
interface Change {
  readonly payment: number;
  readonly saleBefore: number;
  readonly sale: number;
  readonly paymentBefore: number;
}

function indexBy(
  things: readonly { readonly coupon: CouponIndex | Absent }[],
): ReadonlyMap<CouponIndex, readonly number[]> {
  const index = new Map<CouponIndex, number[]>();
  things.forEach(({ coupon }, at) => {
    if (coupon === NONE) return;
    const list = index.get(coupon);
    if (list === undefined) index.set(coupon, [at]);
    else list.push(at);
  });
  return index;
}
