import type { CalendarDate, Instant } from '../base/instants.ts';
import type { ByCoupon, CouponIndex } from '../tables/pool-index.ts';
import {
  ABSENT,
  ACCEPTED,
  CHARGE,
  COMPLETED,
  CONFLICTING,
  PAYMENT,
  PENDING,
  type Tables,
  type TransactionTable,
} from '../tables/tables.ts';
import type { Scope } from './scope.ts';

/**
 * What one walk over the log adds up of every case, before any row becomes an object: enough to judge a coupon of which
 * nothing is known but that it was issued and paid with. Most cases are such.
 */
export interface CaseSums {
  /** By coupon: where its figures stand below, or ABSENT where it is no case. */
  readonly placeOf: ByCoupon;
  /** 1 where there is more than completed payments: a cancel, a claim, an unreadable row… */
  readonly hasMore: Uint8Array;
  /** Completed payments in all, before the first instant, and before the second. */
  readonly spentYen: Float64Array;
  readonly spentBeforeFirstYen: Float64Array;
  readonly spentBeforeSecondYen: Float64Array;
  /** Of the first and the last payment; +∞ and −∞ where there is none. */
  readonly firstPaidAt: Float64Array;
  readonly lastPaidAt: Float64Array;
}

/** The two instants at which coupons of a cohort are read, if (A) holds. */
export interface Readings {
  readonly expiresOn: CalendarDate;
  readonly first: Instant;
  readonly second: Instant;
}

/** @param readings of each cohort; a coupon of none has no ground to be read for, and stands with the first */
export function caseSumsAt(tables: Tables, scope: Scope, readings: readonly Readings[]): CaseSums {
  const count = scope.cases.length;
  const caseSums: CaseSums = {
    placeOf: new Int32Array(tables.coupons.size).fill(ABSENT),
    hasMore: new Uint8Array(count),
    spentYen: new Float64Array(count),
    spentBeforeFirstYen: new Float64Array(count),
    spentBeforeSecondYen: new Float64Array(count),
    firstPaidAt: new Float64Array(count).fill(Number.POSITIVE_INFINITY),
    lastPaidAt: new Float64Array(count).fill(Number.NEGATIVE_INFINITY),
  };
  scope.cases.forEach((coupon, place) => {
    caseSums.placeOf[coupon] = place;
  });
  addUp(tables.transactions, scope.rowsOfCases, caseSums, readingsByCase(tables, scope, readings));
  for (const couponNumber of named(tables)) {
    const place = caseSums.placeOf[tables.coupons.find(couponNumber)] ?? ABSENT;
    if (place !== ABSENT) caseSums.hasMore[place] = 1;
  }
  return caseSums;
}

interface ReadingsByCase {
  /** By the place of a case: which of the readings is its cohort\u2019s. */
  readonly readingOf: Uint16Array;
  readonly firsts: Float64Array;
  readonly seconds: Float64Array;
}

function readingsByCase({ issuance }: Tables, scope: Scope, readings: readonly Readings[]): ReadingsByCase {
  const readingOf = new Uint16Array(scope.cases.length);
  // Of one cohort there is nothing to look up.
  if (readings.length > 1) {
    const places = new Map(readings.map(({ expiresOn }, place) => [expiresOn, place]));
    scope.cases.forEach((coupon, place) => {
      const expiresOn = issuance.expiresOn[scope.issuanceRow[coupon] as number] as number;
      readingOf[place] = places.get(expiresOn) ?? 0;
    });
  }
  return {
    readingOf,
    firsts: Float64Array.from(readings, ({ first }) => first),
    seconds: Float64Array.from(readings, ({ second }) => second),
  };
}

/** One loop over columns, without an object for a row. */
function addUp(table: TransactionTable, rows: Int32Array, caseSums: CaseSums, readings: ReadingsByCase): void {
  const { readingOf, firsts, seconds } = readings;
  const { coupon, disposition, kind, status, amountYen, occurredAt } = table;
  const { placeOf, hasMore, spentYen, spentBeforeFirstYen, spentBeforeSecondYen, firstPaidAt, lastPaidAt } = caseSums;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    const place = placeOf[coupon[row] as CouponIndex] as number;
    if (!isOfInterest(disposition[row] as number, kind[row] as number, status[row] as number)) continue;
    if (disposition[row] !== ACCEPTED || status[row] !== COMPLETED || kind[row] !== PAYMENT) {
      hasMore[place] = 1;
      continue;
    }
    const yen = amountYen[row] as number;
    const paidAt = occurredAt[row] as number;
    const reading = readingOf[place] as number;
    spentYen[place] = (spentYen[place] as number) + yen;
    if (paidAt < (firsts[reading] as number)) spentBeforeFirstYen[place] = (spentBeforeFirstYen[place] as number) + yen;
    if (paidAt < (seconds[reading] as number))
      spentBeforeSecondYen[place] = (spentBeforeSecondYen[place] as number) + yen;
    if (paidAt < (firstPaidAt[place] as number)) firstPaidAt[place] = paidAt;
    if (paidAt > (lastPaidAt[place] as number)) lastPaidAt[place] = paidAt;
  }
}

/** A row that moves the balance, or leaves it open whether it does (3-rules.md §2). */
function isOfInterest(disposition: number, kind: number, status: number): boolean {
  if (disposition === CONFLICTING) return true;
  if (disposition !== ACCEPTED || kind === CHARGE) return false;
  return status === COMPLETED || (status === PENDING && kind === PAYMENT);
}

/** Coupons that some row beside the log names, whatever became of that row. */
function named(tables: Tables): readonly string[] {
  const rows = [...tables.claims, ...tables.applications, ...tables.paid, ...tables.rejects, ...tables.nearlyNamed];
  return rows.flatMap(({ couponNumber }) => (couponNumber === undefined ? [] : [couponNumber]));
}
