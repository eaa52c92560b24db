import type { Terms } from '../policy/terms.ts';
import type { Absent, CouponIndex, IndexColumn } from '../tables/pool-index.ts';
import type { Tables } from '../tables/tables.ts';
import type { TillLines } from './till-lines.ts';

/**
 * Payments that have a sale of their own whatever else is paired: those of a stretch of the till in which one pairing
 * takes in every payment. There each group's lo, hi and n are equal and none of its payments is spare, so nothing is
 * unsupported and nothing is ambiguous (3-rules.md §3). Nearly all payments are such, and only the others need to be
 * looked into.
 *
 * @returns by transaction row: 1 where a payment at a shop in the outage has its sale
 */
export function paymentsWithOwnSale(tables: Tables, { size, payments, sales }: TillLines, terms: Terms): Uint8Array {
  const found = new Uint8Array(tables.transactions.rows);
  const stretches = new Stretches(tables, terms, payments.rows, sales.rows, found);
  for (let line = 0; line < size; line++) {
    const [from, saleFrom] = [payments.starts[line] as number, sales.starts[line] as number];
    stretches.walk(from, payments.starts[line + 1] as number, saleFrom, sales.starts[line + 1] as number);
  }
  return found;
}

/** A named sale looks at so many payments for its own before the stretch is left to the exact pairing. */
const MOST_LOOKED_AT = 64;
const NONE = -1;
const TOO_FAR = -2;

/** One line of the till after the other, cut where two neighbours lie further apart than T. */
class Stretches {
  private readonly terms: Terms;
  private readonly paidAt: Float64Array;
  private readonly soldAt: Float64Array;
  private readonly paidWith: IndexColumn<CouponIndex>;
  private readonly soldFor: IndexColumn<CouponIndex | Absent>;
  private readonly payments: Int32Array;
  private readonly sales: Int32Array;
  private readonly found: Uint8Array;
  /** By place among the payments: 1 where a sale that names the coupon is its own. */
  private readonly named: Uint8Array;
  /** Where the walk is, among the payments and among the sales. */
  private payment = 0;
  private sale = 0;

  constructor(tables: Tables, terms: Terms, payments: Int32Array, sales: Int32Array, found: Uint8Array) {
    this.terms = terms;
    this.paidAt = tables.transactions.occurredAt;
    this.soldAt = tables.sales.soldAt;
    this.paidWith = tables.transactions.coupon;
    this.soldFor = tables.sales.coupon;
    this.payments = payments;
    this.sales = sales;
    this.found = found;
    this.named = new Uint8Array(payments.length);
  }

  walk(from: number, to: number, saleFrom: number, saleTo: number): void {
    this.payment = from;
    this.sale = saleFrom;
    while (this.payment < to) {
      const [firstPayment, firstSale] = [this.payment, this.sale];
      this.toEndOfStretch(to, saleTo);
      if (this.payment > firstPayment && this.takesInAll(firstPayment, this.payment, firstSale, this.sale))
        for (let place = firstPayment; place < this.payment; place++) this.found[this.payments[place] as number] = 1;
    }
  }

  /** Goes on to where the next of either lies further from the one before it than a payment and its sale may. */
  private toEndOfStretch(to: number, saleTo: number): void {
    let { payment, sale } = this;
    let last = Number.NaN;
    for (;;) {
      const paid = payment < to ? this.paymentAt(payment) : Number.POSITIVE_INFINITY;
      const sold = sale < saleTo ? this.saleAt(sale) : Number.POSITIVE_INFINITY;
      const at = Math.min(paid, sold);
      if (at === Number.POSITIVE_INFINITY || at - last > this.terms.matchTolerance) break;
      if (paid <= sold) payment++;
      else sale++;
      last = at;
    }
    this.payment = payment;
    this.sale = sale;
  }

  private paymentAt(place: number): number {
    return this.paidAt[this.payments[place] as number] as number;
  }

  private saleAt(place: number): number {
    return this.soldAt[this.sales[place] as number] as number;
  }

  /** Whether one pairing of the stretch is found that leaves no payment out. */
  private takesInAll(from: number, to: number, saleFrom: number, saleTo: number): boolean {
    if (saleTo - saleFrom < to - from || !this.pairNamed(from, to, saleFrom, saleTo)) return false;
    let sale = saleFrom;
    for (let payment = from; payment < to; payment++) {
      if (this.named[payment] === 1) continue;
      const at = this.paymentAt(payment);
      while (sale < saleTo && (this.isNamed(sale) || this.saleAt(sale) < at - this.terms.matchTolerance)) sale++;
      if (sale >= saleTo || this.saleAt(sale) > at + this.terms.matchTolerance) return false;
      sale++;
    }
    return true;
  }

  private isNamed(sale: number): boolean {
    return (this.soldFor[this.sales[sale] as number] as number) >= 0;
  }

  /** Gives each sale that names a coupon a payment of it. False where that would take long to find. */
  private pairNamed(from: number, to: number, saleFrom: number, saleTo: number): boolean {
    let first = from;
    for (let sale = saleFrom; sale < saleTo; sale++) {
      if (!this.isNamed(sale)) continue;
      const coupon = this.soldFor[this.sales[sale] as number];
      const at = this.saleAt(sale);
      while (first < to && this.paymentAt(first) < at - this.terms.matchTolerance) first++;
      const own = this.firstOf(coupon as CouponIndex, first, to, at + this.terms.matchTolerance);
      if (own === TOO_FAR) return false;
      if (own !== NONE) this.named[own] = 1;
    }
    return true;
  }

  /** The first payment of a coupon that no sale has, up to an instant; NONE, or TOO_FAR. */
  private firstOf(coupon: CouponIndex, first: number, to: number, until: number): number {
    for (let payment = first; payment < to && this.paymentAt(payment) <= until; payment++) {
      if (payment - first >= MOST_LOOKED_AT) return TOO_FAR;
      if (this.named[payment] === 0 && this.paidWith[this.payments[payment] as number] === coupon) return payment;
    }
    return NONE;
  }
}
