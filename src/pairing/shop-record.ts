import { ABSENT, ACCEPTED, CONFLICTING, type SaleTable, type TransactionTable } from '../intake/tables.ts';
import type { Book } from '../ledger/book.ts';
import { isCompletedPayment, isVisible } from '../ledger/scope.ts';
import { type CalendarDate, dateOf, type Instant } from '../policy/instants.ts';
import { duringOutage } from '../policy/policy.ts';
import type { Terms } from '../policy/terms.ts';

/** A sale as a shop reported it. `row` is its number in the sale table; `coupon` a pool number or -1. */
export interface Sale {
  readonly row: number;
  readonly at: Instant;
  readonly totalYen: number;
  readonly couponYen: number;
  readonly coupon: number;
}

/** A payment of E: completed, coupon money, not undone, on a covered shop-day, of whatever coupon (3-rules.md §3). */
export interface ShopPayment {
  readonly row: number;
  readonly at: Instant;
  readonly coupon: number;
  readonly amountYen: number;
}

/** What a shop's till and its report say, both by time. */
export interface Shop {
  readonly merchant: number;
  readonly sales: readonly Sale[];
  readonly payments: readonly ShopPayment[];
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
export interface ShopRecord {
  isCovered(merchant: number, date: CalendarDate): boolean;
  readonly merchantDays: readonly MerchantDay[];
  /** Every shop with a payment of E in the outage, with its sales and payments. */
  shopsInOutage(): ReadonlyMap<number, Shop>;
}

/** A shop and a date in one number; dates stay far below 10^6 days. */
const DATES = 1_000_000;
const shopDay = (merchant: number, date: CalendarDate): number => merchant * DATES + date;

export function shopRecord(book: Book): ShopRecord {
  const { tables, asOf, policy } = book;
  const days = coveredDays(book);
  countSales(tables.sales, days);
  const inE = countPayments(tables.transactions, asOf, book.undone, days);
  return {
    isCovered: (merchant, date) => days.has(shopDay(merchant, date)),
    merchantDays: [...days.values()],
    shopsInOutage: () =>
      collectShops(merchantsInOutage(tables.transactions, inE, policy.terms), tables.sales, tables.transactions, inE),
  };
}

function merchantsInOutage(table: TransactionTable, inE: Uint8Array, terms: Terms): ReadonlySet<number> {
  const merchants = new Set<number>();
  for (let row = 0; row < table.rows; row++) {
    if (inE[row] === 1 && duringOutage(terms, table.occurredAt[row] ?? 0)) merchants.add(table.merchant[row] ?? ABSENT);
  }
  return merchants;
}

/** Shop-days with an accepted sale and none that was rejected or set aside as conflicting. */
function coveredDays({ tables }: Book): Map<number, MerchantDay> {
  const { sales, merchants } = tables;
  const doubtful = new Set<number>();
  for (let row = 0; row < sales.rows; row++) {
    if (sales.disposition[row] === CONFLICTING)
      doubtful.add(shopDay(sales.merchant[row] ?? 0, dateOf(sales.soldAt[row] ?? 0)));
  }
  for (const reject of tables.rejects) {
    const merchant = reject.merchantId === undefined ? ABSENT : merchants.find(reject.merchantId);
    if (reject.kind === 'sales' && merchant !== ABSENT && reject.soldOn !== undefined)
      doubtful.add(shopDay(merchant, reject.soldOn));
  }
  const days = new Map<number, MerchantDay>();
  for (let row = 0; row < sales.rows; row++) {
    if (sales.disposition[row] !== ACCEPTED) continue;
    const merchant = sales.merchant[row] ?? 0;
    const date = dateOf(sales.soldAt[row] ?? 0);
    const key = shopDay(merchant, date);
    if (doubtful.has(key) || days.has(key)) continue;
    days.set(key, {
      merchantId: merchants.textOf(merchant),
      date,
      logCount: 0,
      logYen: 0,
      reportCount: 0,
      reportYen: 0,
    });
  }
  return days;
}

function countSales(sales: SaleTable, days: Map<number, MerchantDay>): void {
  for (let row = 0; row < sales.rows; row++) {
    if (sales.disposition[row] !== ACCEPTED || (sales.couponYen[row] ?? 0) === 0) continue;
    const day = days.get(shopDay(sales.merchant[row] ?? 0, dateOf(sales.soldAt[row] ?? 0)));
    if (day === undefined) continue;
    day.reportCount++;
    day.reportYen += sales.couponYen[row] ?? 0;
  }
}

/** Counts the payments of E by shop-day, and returns which rows they are. */
function countPayments(
  table: TransactionTable,
  asOf: Instant,
  undone: ReadonlySet<number>,
  days: Map<number, MerchantDay>,
): Uint8Array {
  const inE = new Uint8Array(table.rows);
  if (days.size === 0) return inE;
  for (let row = 0; row < table.rows; row++) {
    if (!isCompletedPayment(table, row) || !isVisible(table, row, asOf) || undone.has(row)) continue;
    const day = days.get(shopDay(table.merchant[row] ?? 0, dateOf(table.occurredAt[row] ?? 0)));
    if (day === undefined) continue;
    inE[row] = 1;
    day.logCount++;
    day.logYen += table.amountYen[row] ?? 0;
  }
  return inE;
}

function collectShops(
  merchants: ReadonlySet<number>,
  sales: SaleTable,
  table: TransactionTable,
  inE: Uint8Array,
): ReadonlyMap<number, Shop> {
  const shops = new Map<number, { merchant: number; sales: Sale[]; payments: ShopPayment[] }>();
  for (const merchant of merchants) shops.set(merchant, { merchant, sales: [], payments: [] });
  for (let row = 0; row < sales.rows; row++) {
    if (sales.disposition[row] !== ACCEPTED) continue;
    shops.get(sales.merchant[row] ?? ABSENT)?.sales.push({
      row,
      at: sales.soldAt[row] ?? 0,
      totalYen: sales.totalYen[row] ?? 0,
      couponYen: sales.couponYen[row] ?? 0,
      coupon: sales.coupon[row] ?? ABSENT,
    });
  }
  for (let row = 0; row < table.rows; row++) {
    if (inE[row] === 0) continue;
    shops.get(table.merchant[row] ?? ABSENT)?.payments.push({
      row,
      at: table.occurredAt[row] ?? 0,
      coupon: table.coupon[row] ?? ABSENT,
      amountYen: table.amountYen[row] ?? 0,
    });
  }
  for (const shop of shops.values()) {
    shop.sales.sort((a, b) => a.at - b.at || a.row - b.row);
    shop.payments.sort((a, b) => a.at - b.at || a.row - b.row);
  }
  return shops;
}
