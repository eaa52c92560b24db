import { ACCEPTED, type SaleTable, type Tables } from '../intake/tables.ts';
import { duringOutage } from '../policy/policy.ts';
import type { Terms } from '../policy/terms.ts';
import { PairNumbers } from './pair-numbers.ts';

/**
 * Payments that have a sale of their own whatever else is paired: those of a stretch of the till in which one pairing
 * takes in every payment. There each group's lo, hi and n are equal and none of its payments is spare, so nothing is
 * unsupported and nothing is ambiguous (3-rules.md §3). Nearly all payments are such, and only the others need to be
 * looked into.
 *
 * @param rowsOfE transaction rows of the payments of E
 * @returns by transaction row: 1 where a payment at a shop in the outage has its sale
 */
export function paymentsWithOwnSale(tables: Tables, rowsOfE: Int32Array, terms: Terms): Uint8Array {
  const { transactions, sales, merchants } = tables;
  const found = new Uint8Array(transactions.rows);
  const concerned = new Uint8Array(merchants.size);
  for (const row of rowsOfE) {
    if (duringOutage(terms, transactions.occurredAt[row] as number))
      concerned[transactions.merchant[row] as number] = 1;
  }
  const lines = new PairNumbers();
  const payments = rowsOfE.filter((row) => concerned[transactions.merchant[row] as number] === 1);
  const lineOf = new Int32Array(payments.length);
  for (let at = 0; at < payments.length; at++) {
    const row = payments[at] as number;
    lineOf[at] = lines.add(transactions.merchant[row] as number, transactions.amountYen[row] as number);
  }
  const billed = acceptedSales(sales, 1);
  const saleLineOf = new Int32Array(billed.length);
  for (let at = 0; at < billed.length; at++) {
    const row = billed[at] as number;
    saleLineOf[at] = lines.find(sales.merchant[row] as number, sales.couponYen[row] as number);
  }
  const till = {
    payments: byLine(payments, lineOf, lines.size, transactions.occurredAt),
    sales: byLine(billed, saleLineOf, lines.size, sales.soldAt),
  };
  const stretches = new Stretches(tables, terms, till.payments.rows, till.sales.rows, found);
  for (let line = 0; line < lines.size; line++) {
    const [from, saleFrom] = [till.payments.starts[line] as number, till.sales.starts[line] as number];
    stretches.walk(from, till.payments.starts[line + 1] as number, saleFrom, till.sales.starts[line + 1] as number);
  }
  return found;
}

/** Rows of accepted sales with at least so much coupon money. */
export function acceptedSales({ rows, disposition, couponYen }: SaleTable, leastYen: number): Int32Array {
  const found = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if (disposition[row] === ACCEPTED && (couponYen[row] as number) >= leastYen) found[count++] = row;
  }
  return found.subarray(0, count);
}

interface Lines {
  /** Where each line's rows begin. */
  readonly starts: Int32Array;
  readonly rows: Int32Array;
}

/** Rows by line, and in a line by time; rows of no line are left out. */
function byLine(rows: Int32Array, lineOf: Int32Array, lines: number, at: Float64Array): Lines {
  const starts = new Int32Array(lines + 1);
  for (let place = 0; place < rows.length; place++) {
    const line = lineOf[place] as number;
    if (line >= 0) starts[line + 1] = (starts[line + 1] as number) + 1;
  }
  for (let line = 1; line <= lines; line++) starts[line] = (starts[line] as number) + (starts[line - 1] as number);
  const sorted = new Int32Array(starts[lines] as number);
  const next = starts.slice();
  for (let place = 0; place < rows.length; place++) {
    const line = lineOf[place] as number;
    if (line < 0) continue;
    const to = next[line] as number;
    sorted[to] = rows[place] as number;
    next[line] = to + 1;
  }
  for (let line = 0; line < lines; line++) sortByTime(sorted.subarray(starts[line], starts[line + 1]), at);
  return { starts, rows: sorted };
}

/** Logs mostly come by time. */
function sortByTime(rows: Int32Array, at: Float64Array): void {
  for (let place = 1; place < rows.length; place++) {
    if ((at[rows[place] as number] as number) >= (at[rows[place - 1] as number] as number)) continue;
    rows.sort((a, b) => (at[a] as number) - (at[b] as number) || a - b);
    return;
  }
}

/** A named sale looks at so many payments for its own before the stretch is left to the exact pairing. */
const MOST_LOOKED_AT = 64;

/** One line of the till after the other, cut where two neighbours lie further apart than a payment and its sale may. */
class Stretches {
  private readonly terms: Terms;
  private readonly paidAt: Float64Array;
  private readonly soldAt: Float64Array;
  private readonly paidWith: Int32Array;
  private readonly soldFor: Int32Array;
  private readonly payments: Int32Array;
  private readonly sales: Int32Array;
  private readonly found: Uint8Array;
  /** By place among the payments: 1 where a sale that names the coupon is its own. */
  private readonly named: Uint8Array;

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
    let payment = from;
    let sale = saleFrom;
    while (payment < to) {
      const [firstPayment, firstSale] = [payment, sale];
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
      if (payment > firstPayment && this.takesInAll(firstPayment, payment, firstSale, sale))
        for (let place = firstPayment; place < payment; place++) this.found[this.payments[place] as number] = 1;
    }
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
      for (let payment = first; payment < to && this.paymentAt(payment) <= at + this.terms.matchTolerance; payment++) {
        if (payment - first >= MOST_LOOKED_AT) return false;
        if (this.named[payment] === 1 || this.paidWith[this.payments[payment] as number] !== coupon) continue;
        this.named[payment] = 1;
        break;
      }
    }
    return true;
  }
}
