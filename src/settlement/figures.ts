import type { Book } from '../ledger/book.ts';
import { duringOutage } from '../policy/policy.ts';
import { cohortOf, type Terms } from '../policy/terms.ts';
import type { ByCoupon, CouponIndex } from '../tables/pool-index.ts';
import {
  ACCEPTED,
  CHARGE,
  COMPLETED,
  PAYMENT,
  TRANSACTION_STATUSES as STATUSES,
  type TransactionTable,
} from '../tables/tables.ts';
import { binOf, endOf, gapBinOf, gapBins, timeBins } from './bins.ts';
import { eachRepeat } from './equal-payments.ts';

/** Coupons, their face value, and what was spent of it: payments less cancels and reinstatements, before as-of. */
export interface CouponSum {
  readonly coupons: number;
  readonly faceYen: number;
  readonly spentYen: number;
}

/** What the log comes to beside all settlements, of a partition's own coupons: it adds up. */
export interface LogFigures {
  /** Accepted payments by {@link timeBins}. */
  readonly completed: readonly number[];
  readonly failed: readonly number[];
  readonly pending: readonly number[];
  /** Of the completed: at most G after an equal one. */
  readonly repeated: readonly number[];
  /** From a completed payment in the outage to the next equal one in it, by {@link gapBins}. */
  readonly gaps: readonly number[];
  readonly longerGaps: number;
  /** Of the policy's medium and prefecture. */
  readonly issued: CouponSum;
  /** Of them those of the cohorts of (A). */
  readonly cohort: CouponSum;
}

/** The same of a run, with what its settlements say. */
export interface RunFigures extends LogFigures {
  /** Of the completed: those of listed coupons that no sale of the shop supports. */
  readonly unsupported: readonly number[];
  /** Listed coupons whose face value is known. */
  readonly listed: CouponSum;
}

/** What each coupon is, as bits. */
const IN_SCOPE = 1;
const COHORT = 2;

/** Counts over columns, without an object for a row; in steps, each a walk. */
export function* logFiguresOf(book: Book): Generator<undefined, LogFigures> {
  const { flags, issued, cohort } = couponsIn(book);
  yield undefined;
  addSpent(book, flags, issued, cohort);
  yield undefined;
  const { completed, failed, pending, rows } = countPayments(book);
  yield undefined;
  return { completed, failed, pending, ...countRepeats(book, rows), issued, cohort };
}

type Adding = { -readonly [Name in keyof CouponSum]: CouponSum[Name] };
const nothing = (): Adding => ({ coupons: 0, faceYen: 0, spentYen: 0 });

interface IssuedHere {
  readonly flags: ByCoupon;
  readonly issued: Adding;
  readonly cohort: Adding;
}

function couponsIn({ tables, policy, isOwn }: Book): IssuedHere {
  const { rows, coupon, disposition, faceYen, expiresOn } = tables.issuance;
  const { terms } = policy;
  const flags: ByCoupon = new Uint8Array(tables.coupons.size);
  let [coupons, yen, cohortCoupons, cohortYen] = [0, 0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const number = coupon[row] as CouponIndex;
    if (disposition[row] !== ACCEPTED || !isOwn(number)) continue;
    flags[number] = IN_SCOPE;
    coupons++;
    yen += faceYen[row] as number;
    if (cohortOf(terms, expiresOn[row] as number) === undefined) continue;
    flags[number] = IN_SCOPE | COHORT;
    cohortCoupons++;
    cohortYen += faceYen[row] as number;
  }
  return {
    flags,
    issued: { coupons, faceYen: yen, spentYen: 0 },
    cohort: { coupons: cohortCoupons, faceYen: cohortYen, spentYen: 0 },
  };
}

/** Of coupons that are flagged. */
function addSpent({ tables }: Book, flags: ByCoupon, issued: Adding, cohort: Adding): void {
  const { rows, coupon, disposition, kind, status, amountYen } = tables.transactions;
  let [spentYen, ofCohort] = [0, 0];
  for (let row = 0; row < rows; row++) {
    if (disposition[row] !== ACCEPTED || status[row] !== COMPLETED || kind[row] === CHARGE) continue;
    const flag = flags[coupon[row] as CouponIndex] as number;
    if (flag === 0) continue;
    const yen = kind[row] === PAYMENT ? (amountYen[row] as number) : -(amountYen[row] as number);
    spentYen += yen;
    if ((flag & COHORT) !== 0) ofCohort += yen;
  }
  issued.spentYen = spentYen;
  cohort.spentYen = ofCohort;
}

interface CountedPayments extends Pick<LogFigures, 'completed' | 'failed' | 'pending'> {
  /** Of completed payments that are in a bin, or may come before an equal one that is. */
  readonly rows: readonly number[];
}

function countPayments({ tables, policy: { terms }, isOwn }: Book): CountedPayments {
  const { rows, coupon, disposition, kind, status, occurredAt } = tables.transactions;
  const bins = timeBins(terms);
  const end = endOf(bins);
  const earliest = bins.from - terms.repeatPressGap;
  const counts = { completed: zeros(bins.count), failed: zeros(bins.count), pending: zeros(bins.count) };
  const found: number[] = [];
  for (let row = 0; row < rows; row++) {
    const at = occurredAt[row] as number;
    if (at >= end || at < earliest || disposition[row] !== ACCEPTED || kind[row] !== PAYMENT) continue;
    if (!isOwn(coupon[row] as CouponIndex)) continue;
    if (status[row] === COMPLETED) found.push(row);
    if (at >= bins.from) addOne(counts[STATUSES[status[row] as number] as keyof typeof counts], binOf(bins, at));
  }
  return { ...counts, rows: found };
}

const zeros = (count: number): number[] => new Array<number>(count).fill(0);

function addOne(counts: number[], place: number): void {
  counts[place] = (counts[place] as number) + 1;
}

function countRepeats(
  { tables, policy: { terms } }: Book,
  rows: readonly number[],
): Pick<LogFigures, 'repeated' | 'gaps' | 'longerGaps'> {
  const { transactions, coupons } = tables;
  const { coupon, occurredAt } = transactions;
  const [bins, gapsIn] = [timeBins(terms), gapBins(terms)];
  const [repeated, gaps] = [zeros(bins.count), zeros(gapsIn.count)];
  let longerGaps = 0;
  const tell = (before: number, row: number, gap: number): void => {
    const [first, at] = [occurredAt[before] as number, occurredAt[row] as number];
    if (at >= bins.from && gap <= terms.repeatPressGap) addOne(repeated, binOf(bins, at));
    if (!duringOutage(terms, first) || !duringOutage(terms, at)) return;
    const place = gapBinOf(gapsIn, gap);
    if (place < gapsIn.count) addOne(gaps, place);
    else longerGaps++;
  };
  for (const own of rowsOfRepeaters(rows, coupon, coupons.size)) eachRepeat(own, transactions, tell);
  return { repeated, gaps, longerGaps };
}

/** Rows of each coupon that has several. */
function* rowsOfRepeaters(rows: readonly number[], coupon: ByRow, coupons: number): Iterable<Int32Array> {
  const seen: ByCoupon = new Uint8Array(coupons);
  for (const row of rows) {
    const number = coupon[row] as CouponIndex;
    seen[number] = Math.min(2, (seen[number] as number) + 1);
  }
  const several = Int32Array.from(rows.filter((row) => seen[coupon[row] as CouponIndex] === 2));
  several.sort((a, b) => (coupon[a] as number) - (coupon[b] as number));
  for (let from = 0, to = 1; from < several.length; from = to++) {
    while (to < several.length && coupon[several[to] as number] === coupon[several[from] as number]) to++;
    yield several.subarray(from, to);
  }
}

type ByRow = TransactionTable['coupon'];

/** What settlements say beside the log. */
export interface ListedFigures {
  readonly listed: CouponSum;
  /** When payments were made that nothing supports. */
  readonly unsupportedAt: readonly number[];
}

/** All partitions of a run. */
export function addedFigures(
  partitions: readonly LogFigures[],
  { listed, unsupportedAt }: ListedFigures,
  terms: Terms,
): RunFigures {
  const bins = timeBins(terms);
  const unsupported = zeros(bins.count);
  for (const at of unsupportedAt) addOne(unsupported, binOf(bins, at));
  const counts = (count: number, of: (figures: LogFigures) => readonly number[]): readonly number[] =>
    partitions.reduce((sums, figures) => sums.map((sum, place) => sum + (of(figures)[place] ?? 0)), zeros(count));
  const coupons = (of: (figures: LogFigures) => CouponSum): CouponSum => partitions.map(of).reduce(bothOf, nothing());
  return {
    completed: counts(bins.count, ({ completed }) => completed),
    failed: counts(bins.count, ({ failed }) => failed),
    pending: counts(bins.count, ({ pending }) => pending),
    repeated: counts(bins.count, ({ repeated }) => repeated),
    unsupported,
    gaps: counts(gapBins(terms).count, ({ gaps }) => gaps),
    longerGaps: partitions.reduce((sum, figures) => sum + figures.longerGaps, 0),
    issued: coupons(({ issued }) => issued),
    cohort: coupons(({ cohort }) => cohort),
    listed,
  };
}

const bothOf = (a: CouponSum, b: CouponSum): CouponSum => ({
  coupons: a.coupons + b.coupons,
  faceYen: a.faceYen + b.faceYen,
  spentYen: a.spentYen + b.spentYen,
});
