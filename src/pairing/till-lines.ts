import { type RowsByNumber, rowsByNumber, rowsOfNumber } from '../base/rows-by-number.ts';
import { duringOutage } from '../policy/policy.ts';
import type { Terms } from '../policy/terms.ts';
import { ABSENT, ACCEPTED, type SaleTable, type Tables } from '../tables/tables.ts';
import { PairNumbers } from './pair-numbers.ts';

/**
 * The lines of the tills at which somebody paid in W. A line is what a shop's till and its report hold of one
 * amount: payments of E, and accepted sales with so much coupon money.
 */
export interface TillLines {
  readonly size: number;
  readonly payments: RowsByNumber;
  readonly sales: RowsByNumber;
  /** The line's number, or ABSENT. */
  find(merchant: number, amountYen: number): number;
  /** The numbers of a shop's lines. */
  linesOf(merchant: number): Int32Array;
}

/** @param rowsOfE transaction rows of the payments of E */
export function* tillLines(tables: Tables, rowsOfE: Int32Array, terms: Terms): Generator<undefined, TillLines> {
  const { transactions, sales, merchants } = tables;
  const isConcerned = new Uint8Array(merchants.size);
  for (const row of rowsOfE) {
    if (duringOutage(terms, transactions.occurredAt[row] as number))
      isConcerned[transactions.merchant[row] as number] = 1;
  }
  const numbers = new PairNumbers();
  const payments = rowsOfE.filter((row) => isConcerned[transactions.merchant[row] as number] === 1);
  const lineOfPayment = numbered(payments, transactions.merchant, transactions.amountYen, numbers);
  yield undefined;
  const billed = salesWithCoupon(sales, isConcerned);
  const lineOfSale = numbered(billed, sales.merchant, sales.couponYen, numbers);
  yield undefined;
  let linesByMerchant: ((merchant: number) => Int32Array) | undefined;
  return {
    size: numbers.size,
    payments: yield* byLine(payments, lineOfPayment, numbers.size, transactions.occurredAt),
    sales: yield* byLine(billed, lineOfSale, numbers.size, sales.soldAt),
    find: (merchant, amountYen) => numbers.find(merchant, amountYen),
    linesOf: (merchant) => {
      linesByMerchant ??= byMerchant(
        Int32Array.from({ length: numbers.size }, (_, line) => line),
        numbers,
        merchants.size,
      );
      return linesByMerchant(merchant);
    },
  };
}

function salesWithCoupon({ rows, disposition, couponYen, merchant }: SaleTable, isConcerned: Uint8Array): Int32Array {
  const found = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if (disposition[row] !== ACCEPTED || (couponYen[row] as number) <= 0) continue;
    if (isConcerned[merchant[row] as number] === 1) found[count++] = row;
  }
  return found.subarray(0, count);
}

function numbered(rows: Int32Array, merchant: Int32Array, yen: Float64Array, numbers: PairNumbers): Int32Array {
  const lineOf = new Int32Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    lineOf[at] = numbers.add(merchant[row] as number, yen[row] as number);
  }
  return lineOf;
}

/** By line, and in a line by time. */
function* byLine(
  rows: Int32Array,
  lineOf: Int32Array,
  lines: number,
  at: Float64Array,
): Generator<undefined, RowsByNumber> {
  const sorted = rowsByNumber(rows, lineOf, lines);
  yield undefined;
  const { starts } = sorted;
  for (let line = 0; line < lines; line++)
    sortByTime(sorted.rows, starts[line] as number, starts[line + 1] as number, at);
  return sorted;
}

/** Logs mostly come by time. */
export function sortByTime(rows: Int32Array, from: number, to: number, at: Float64Array): void {
  for (let place = from + 1; place < to; place++) {
    if ((at[rows[place] as number] as number) >= (at[rows[place - 1] as number] as number)) continue;
    rows.subarray(from, to).sort((a, b) => (at[a] as number) - (at[b] as number) || a - b);
    return;
  }
}

/** Things by their shop. */
export function byMerchant(
  things: Int32Array,
  { merchantOf }: { readonly merchantOf: (thing: number) => number },
  merchants: number,
): (merchant: number) => Int32Array {
  const sorted = rowsByNumber(things, things.map(merchantOf), merchants);
  return (merchant) => (merchant === ABSENT ? NO_ROWS : rowsOfNumber(sorted, merchant));
}

const NO_ROWS = new Int32Array(0);
