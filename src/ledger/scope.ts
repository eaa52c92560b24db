import type { Instant } from '../base/instants.ts';
import { duringOutage, type Policy } from '../policy/policy.ts';
import { cohortOf, type Terms } from '../policy/terms.ts';
import type { Absent, ByCoupon, CouponIndex } from '../tables/pool-index.ts';
import { placeInProgramme, programmeOf } from '../tables/programme.ts';
import {
  ABSENT,
  ACCEPTED,
  COMPLETED,
  CONFLICTING,
  type IssuanceTable,
  OUT_OF_SCOPE,
  OWN,
  PAYMENT,
  type Tables,
  type TransactionTable,
} from '../tables/tables.ts';

/** What each coupon of the pool is, as bits. */
const IN_SCOPE = 1;
const KNOWN = 2;
const CONFLICTING_ISSUANCE = 4;
const COHORT = 8;
const PAID_IN_OUTAGE = 16;
const NAMED = 32;
/** Some row of a contradictory issuance would put it in a cohort. */
const COHORT_BY_SOME_ROW = 64;

/** A transaction that the run sees: coupon money, before as_of, not set aside, of a coupon in scope or not. */
export function isVisible(table: TransactionTable, row: number, asOf: Instant): boolean {
  const disposition = table.disposition[row];
  if (disposition !== ACCEPTED && disposition !== OUT_OF_SCOPE) return false;
  return table.funding[row] !== OWN && (table.occurredAt[row] ?? asOf) < asOf;
}

export const isCompletedPayment = (table: TransactionTable, row: number): boolean =>
  table.kind[row] === PAYMENT && table.status[row] === COMPLETED;

/** Which coupons are cases (3-rules.md §1), which are known, and which cannot be judged. */
export interface Scope {
  /** Pool numbers, in no particular order. */
  readonly cases: readonly CouponIndex[];
  /** Coupons whose issuance rows conflict and that someone could ask about (§2). */
  readonly contradictory: readonly CouponIndex[];
  /** Rows of completed payments in the outage on coupons that are not known (§2). */
  readonly unknownPayments: readonly number[];
  isKnown(couponNumber: string): boolean;
  isOutOfScope(couponNumber: string): boolean;
  isCase(coupon: CouponIndex): boolean;
  /** Transaction rows of cases that are accepted or set aside as conflicting, ascending: few of all. */
  readonly rowsOfCases: Int32Array;
  /** The accepted issuance row of each coupon, or -1. */
  readonly issuanceRow: ByCoupon;
}

/** @param isOwn whether a coupon is judged here, known or not */
export function* scopeOf(
  tables: Tables,
  policy: Policy,
  asOf: Instant,
  isOwn: (coupon: CouponIndex | Absent) => boolean,
): Generator<undefined, Scope> {
  const { coupons } = tables;
  const flags: ByCoupon = new Uint8Array(coupons.size);
  const issuanceRow: ByCoupon = new Int32Array(coupons.size).fill(-1);
  flagIssuance(tables.issuance, policy, flags, issuanceRow);
  yield undefined;
  const unissued = flagPayments(tables.transactions, policy, asOf, flags);
  const unknownPayments = unissued.filter((row) => isOwn(tables.transactions.coupon[row] ?? ABSENT));
  yield undefined;
  flagNamed(tables, flags);
  yield undefined;
  const cases: CouponIndex[] = [];
  const contradictory: CouponIndex[] = [];
  const isCase = (coupon: CouponIndex): boolean => {
    const flag = flags[coupon] ?? 0;
    return (flag & IN_SCOPE) !== 0 && (flag & (COHORT | PAID_IN_OUTAGE | NAMED)) !== 0;
  };
  for (let coupon = 0 as CouponIndex; coupon < flags.length; coupon++) {
    const flag = flags[coupon] ?? 0;
    if (isCase(coupon)) cases.push(coupon);
    if ((flag & CONFLICTING_ISSUANCE) !== 0 && (flag & (COHORT_BY_SOME_ROW | PAID_IN_OUTAGE | NAMED)) !== 0)
      contradictory.push(coupon);
  }
  yield undefined;
  const flagOf = (couponNumber: string): number => flags[coupons.find(couponNumber)] ?? 0;
  return {
    cases,
    contradictory,
    unknownPayments,
    issuanceRow,
    isKnown: (couponNumber) => (flagOf(couponNumber) & KNOWN) !== 0,
    isOutOfScope: (couponNumber) => (flagOf(couponNumber) & (KNOWN | IN_SCOPE | CONFLICTING_ISSUANCE)) === KNOWN,
    isCase,
    rowsOfCases: rowsOfCases(tables.transactions, isCase),
  };
}

/** One walk over the log for all that is asked of cases. Pages of the array that no row comes to lie in are never touched. */
function rowsOfCases({ rows, coupon, disposition }: TransactionTable, isCase: Scope['isCase']): Int32Array {
  const found = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const isHistory = disposition[row] === ACCEPTED || disposition[row] === CONFLICTING;
    if (isHistory && isCase(coupon[row] as CouponIndex)) found[count++] = row;
  }
  return found.subarray(0, count);
}

function flagIssuance(table: IssuanceTable, { terms }: Policy, flags: ByCoupon, issuanceRow: ByCoupon): void {
  const ours = programmeOf(terms);
  for (let row = 0; row < table.rows; row++) {
    const coupon = table.coupon[row] as CouponIndex;
    flags[coupon] = (flags[coupon] ?? 0) | issuanceFlags(table, row, terms, ours);
    if (table.disposition[row] === ACCEPTED) issuanceRow[coupon] = row;
  }
}

/** What one issuance row says of its coupon. */
function issuanceFlags(
  { disposition, expiresOn, medium, prefecture }: IssuanceTable,
  row: number,
  terms: Terms,
  ours: Uint8Array,
): number {
  const cohort = cohortOf(terms, expiresOn[row] as number) !== undefined;
  switch (disposition[row]) {
    case ACCEPTED:
      return IN_SCOPE | KNOWN | (cohort ? COHORT : 0);
    case OUT_OF_SCOPE:
      return KNOWN;
    case CONFLICTING: {
      const isOurs = ours[placeInProgramme(medium[row] as number, prefecture[row] as number)] === 1;
      return KNOWN | CONFLICTING_ISSUANCE | (isOurs && cohort ? COHORT_BY_SOME_ROW : 0);
    }
    default:
      return 0;
  }
}

/** Returns the rows of payments on unknown coupons. */
function flagPayments(table: TransactionTable, { terms }: Policy, asOf: Instant, flags: ByCoupon): number[] {
  const unknown: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    if (!duringOutage(terms, table.occurredAt[row] as number)) continue;
    if (!isCompletedPayment(table, row) || !isVisible(table, row, asOf)) continue;
    const coupon = table.coupon[row] as CouponIndex;
    flags[coupon] = (flags[coupon] ?? 0) | PAID_IN_OUTAGE;
    if (((flags[coupon] ?? 0) & KNOWN) === 0) unknown.push(row);
  }
  return unknown;
}

/** A conflicting claim, application or paid row names its coupon too (§1). */
function flagNamed(tables: Tables, flags: ByCoupon): void {
  for (const rows of [tables.claims, tables.applications, tables.paid]) {
    for (const row of rows) {
      if (row.disposition !== 'accepted' && row.disposition !== 'conflicting') continue;
      const coupon = tables.coupons.find(row.couponNumber);
      if (coupon !== ABSENT) flags[coupon] = (flags[coupon] ?? 0) | NAMED;
    }
  }
}
