import { type CalendarDate, dateOf, type Instant } from '../base/instants.ts';
import type { Book } from '../ledger/book.ts';
import { isCompletedPayment, isVisible } from '../ledger/scope.ts';
import type { Absent, CouponIndex } from '../tables/pool-index.ts';
import { ABSENT, ACCEPTED, CONFLICTING, type SaleTable, type TransactionTable } from '../tables/tables.ts';
import { openRefunds, type RefundsAt } from './open-refunds.ts';
import { paymentsWithOwnSale } from './own-sales.ts';
import { doubtfulDays } from './rejected-sales.ts';
import { ReportedDays } from './reported-days.ts';
import { type SetAsideSales, setAsideSales } from './set-aside-sales.ts';
import { byMerchant, sortByTime, type TillLines, tillLines } from './till-lines.ts';

/** A sale as a shop reported it. `row` is its number in the sale table; */
export interface Sale {
  readonly row: number;
  readonly at: Instant;
  readonly totalYen: number;
  readonly couponYen: number;
  readonly coupon: CouponIndex | Absent;
}

/** A payment of E: completed, coupon money, not undone, on a covered shop-day, near no sale that may have been taken back, of whatever coupon (3-rules.md §3). */
export interface MerchantPayment {
  readonly row: number;
  readonly at: Instant;
  readonly coupon: CouponIndex;
  readonly amountYen: number;
}

/** What a shop's till and its report say, both by time. */
export interface MerchantTill {
  readonly merchant: number;
  readonly sales: readonly Sale[];
  readonly payments: readonly MerchantPayment[];
}

export interface MerchantDay {
  readonly merchantId: string;
  readonly date: CalendarDate;
  logCount: number;
  logYen: number;
  reportCount: number;
  reportYen: number;
}

/** The shops' records of a run. */
export interface MerchantRecord {
  isCovered(merchant: number, at: Instant): boolean;
  /** Rows of the shop’s report that were set aside, for the day of an instant. */
  readonly setAsideOn: SetAsideSales;
  readonly merchantDays: readonly MerchantDay[];
  readonly rowsOfE: Int32Array;
  /** By transaction row: 1 for a payment of E. */
  readonly inE: Uint8Array;
  /** By transaction row: 1 for a payment of E at a shop in the outage that has a sale of its own. */
  readonly hasOwnSale: Uint8Array;
  readonly lines: TillLines;
  /** When each sale was made, by row. */
  readonly soldAt: Float64Array;
  saleAt(row: number): Sale;
  paymentAt(row: number): MerchantPayment;
  /** The rows of a shop's bills that were paid without a coupon, by time. */
  withoutCoupon(merchant: number): Int32Array;
  /** All of a shop's sales and payments of E. */
  tillOf(merchant: number): MerchantTill;
}

/** In steps, each a walk over sales or payments. */
export function* merchantRecord(book: Book): Generator<undefined, MerchantRecord> {
  const { tables, asOf, policy } = book;
  const { sales, transactions } = tables;
  const days = coveredDays(book);
  yield undefined;
  countSales(sales, days);
  yield undefined;
  // Sales at most T from a payment may be its own.
  const refundsAt = openRefunds(tables, policy.terms.matchTolerance);
  const { inE, rowsOfE } = countPayments(transactions, asOf, book.undone, { ...days, refundsAt });
  yield undefined;
  const lines = yield* tillLines(tables, rowsOfE, policy.terms);
  yield undefined;
  const hasOwnSale = paymentsWithOwnSale(tables, lines, policy.terms);
  yield undefined;
  return {
    isCovered: (merchant, at) => days.numbers.find(merchant, at) !== ABSENT && refundsAt(merchant, at).length === 0,
    setAsideOn: setAsideSales(tables, refundsAt),
    merchantDays: days.days,
    rowsOfE,
    inE,
    hasOwnSale,
    lines,
    soldAt: sales.soldAt,
    saleAt: (row) => saleAt(sales, row),
    paymentAt: (row) => paymentAt(transactions, row),
    withoutCoupon: withoutCoupon(sales, tables.merchants.size),
    tillOf: tillIndex(sales, transactions, rowsOfE, tables.merchants.size),
  };
}

interface CoveredDays {
  readonly numbers: ReportedDays;
  /** By number. */
  readonly days: readonly MerchantDay[];
}

/** Covered shop-days: with an accepted sale and none that was rejected or set aside as conflicting (3-rules.md §3). */
function coveredDays({ tables }: Book): CoveredDays {
  const { sales, merchants } = tables;
  const doubtful = new ReportedDays(merchants.size);
  for (let row = 0; row < sales.rows; row++) {
    if (sales.disposition[row] === CONFLICTING)
      doubtful.add(sales.merchant[row] as number, sales.soldAt[row] as number);
  }
  for (const { merchant, at } of doubtfulDays(tables)) doubtful.add(merchant, at);
  const numbers = new ReportedDays(merchants.size);
  const days: MerchantDay[] = [];
  for (let row = 0; row < sales.rows; row++) {
    if (sales.disposition[row] !== ACCEPTED) continue;
    const merchant = sales.merchant[row] as number;
    const at = sales.soldAt[row] as number;
    if (doubtful.size > 0 && doubtful.find(merchant, at) !== ABSENT) continue;
    if (numbers.add(merchant, at) < days.length) continue;
    const merchantId = merchants.textOf(merchant);
    days.push({ merchantId, date: dateOf(at), logCount: 0, logYen: 0, reportCount: 0, reportYen: 0 });
  }
  return { numbers, days };
}

function countSales(sales: SaleTable, { numbers, days }: CoveredDays): void {
  for (let row = 0; row < sales.rows; row++) {
    if (sales.disposition[row] !== ACCEPTED || (sales.couponYen[row] as number) === 0) continue;
    const day = days[numbers.find(sales.merchant[row] as number, sales.soldAt[row] as number)];
    if (day === undefined) continue;
    day.reportCount++;
    day.reportYen += sales.couponYen[row] as number;
  }
}

/** Counts the payments of E by shop-day, and returns which rows they are. */
function countPayments(
  table: TransactionTable,
  asOf: Instant,
  undone: ReadonlySet<number>,
  { numbers, days, refundsAt }: CoveredDays & { readonly refundsAt: RefundsAt },
): Pick<MerchantRecord, 'inE' | 'rowsOfE'> {
  const { rows, merchant, occurredAt, amountYen } = table;
  const { from, end } = numbers;
  const inE = new Uint8Array(rows);
  const found: number[] = [];
  for (let row = 0; row < rows; row++) {
    const at = occurredAt[row] as number;
    if (at < from || at >= end || !isCompletedPayment(table, row)) continue;
    const number = numbers.find(merchant[row] as number, at);
    if (number === ABSENT || !isVisible(table, row, asOf) || undone.has(row)) continue;
    const day = days[number] as MerchantDay;
    day.logCount++;
    day.logYen += amountYen[row] as number;
    if (refundsAt(merchant[row] as number, at).length > 0) continue;
    inE[row] = 1;
    found.push(row);
  }
  return { inE, rowsOfE: Int32Array.from(found) };
}

/** Few shops are asked for theirs, so rows are put in order when the first one is. */
function withoutCoupon(sales: SaleTable, merchants: number): MerchantRecord['withoutCoupon'] {
  let rowsOf: ((merchant: number) => Int32Array) | undefined;
  return (merchant) => {
    rowsOf ??= salesByMerchant(sales, merchants, (couponYen) => couponYen === 0);
    return byTime(rowsOf(merchant), sales.soldAt);
  };
}

/** For an explanation, which shows all of a shop. */
function tillIndex(
  sales: SaleTable,
  table: TransactionTable,
  rowsOfE: Int32Array,
  merchants: number,
): MerchantRecord['tillOf'] {
  let rowsOf:
    | { readonly sales: (merchant: number) => Int32Array; payments: (merchant: number) => Int32Array }
    | undefined;
  return (merchant) => {
    rowsOf ??= {
      sales: salesByMerchant(sales, merchants, () => true),
      payments: byMerchant(rowsOfE, { merchantOf: (row) => table.merchant[row] as number }, merchants),
    };
    return {
      merchant,
      sales: Array.from(byTime(rowsOf.sales(merchant), sales.soldAt), (row) => saleAt(sales, row)),
      payments: Array.from(byTime(rowsOf.payments(merchant), table.occurredAt), (row) => paymentAt(table, row)),
    };
  };
}

function salesByMerchant(
  { rows, disposition, couponYen, merchant }: SaleTable,
  merchants: number,
  isWanted: (couponYen: number) => boolean,
): (merchant: number) => Int32Array {
  const found: number[] = [];
  for (let row = 0; row < rows; row++)
    if (disposition[row] === ACCEPTED && isWanted(couponYen[row] as number)) found.push(row);
  return byMerchant(Int32Array.from(found), { merchantOf: (row) => merchant[row] as number }, merchants);
}

/** The same rows, put in order. */
function byTime(rows: Int32Array, at: Float64Array): Int32Array {
  sortByTime(rows, 0, rows.length, at);
  return rows;
}

const saleAt = (sales: SaleTable, row: number): Sale => ({
  row,
  at: sales.soldAt[row] ?? 0,
  totalYen: sales.totalYen[row] ?? 0,
  couponYen: sales.couponYen[row] ?? 0,
  coupon: sales.coupon[row] ?? ABSENT,
});

const paymentAt = (table: TransactionTable, row: number): MerchantPayment => ({
  row,
  at: table.occurredAt[row] ?? 0,
  coupon: table.coupon[row] as CouponIndex,
  amountYen: table.amountYen[row] ?? 0,
});
