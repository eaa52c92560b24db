import type { Instant } from '../../base/instants.ts';
import type { Terms } from '../../policy/terms.ts';
import { declarationOf, FEW_ROWS } from '../../tables/kinds/index.ts';
import type { Absent, ByCoupon, CouponIndex } from '../../tables/pool-index.ts';
import { placeInProgramme, programmeOf } from '../../tables/programme.ts';
import {
  ABSENT,
  CHARGE,
  COMPLETED,
  type CouponMatches,
  FAILED,
  FEW_KINDS,
  type FileWarning,
  INPUT_KINDS,
  type InputKind,
  type IssuedCoupons,
  type NearlyNamedRow,
  PAYMENT,
  type UnmatchedRow,
} from '../../tables/tables.ts';
import type { IssuanceRows, TransactionRows } from '../columns/growing-table.ts';
import type { Builder, RowOrigin } from '../schema/decoders.ts';
import type { BulkTables } from './bulk-tables.ts';
import { type MatchCount, MatchCounts, newCount } from './match-counts.ts';
import { nearlyNamedRows } from './nearly-named.ts';
import { TillHours } from './till-hours.ts';
import { ISSUED, UnmatchedRows } from './unmatched-rows.ts';

/** What rows of a run and its issuance know of each other. */
export interface Matches {
  readonly issued: IssuedCoupons;
  /** By file; null where none of its rows names a coupon of the issuance. */
  readonly ofFiles: readonly (CouponMatches | null)[];
  readonly unmatched: Iterable<UnmatchedRow>;
  readonly nearlyNamed: Iterable<NearlyNamedRow>;
  readonly nearestIssued: (couponNumber: string) => string | undefined;
  readonly warnings: readonly (readonly FileWarning[])[];
}

/** A file as far as its rows are matched. */
export interface MatchedFile {
  readonly kind: InputKind;
  /** Not all of its instants say themselves that they are of Japan. */
  readonly mayBeOfAnotherZone: boolean;
}

const IN_SCOPE = 2;
const IN_LOG = 4;

/**
 * Holds every row that names a coupon against the issuance: a row that finds none moves nobody\u2019s balance, and would be
 * missed without a word. A coupon is known here if any row of the issuance names it, whatever became of that row: what is
 * asked is whether the numbers are the same numbers.
 */
export function matchCoupons(
  into: Builder,
  bulk: BulkTables,
  files: readonly MatchedFile[],
  terms: Terms,
  asOf: Instant,
): Matches {
  const flags: ByCoupon = new Uint8Array(into.coupons.size);
  const inScope = flagIssued(into, bulk, terms, flags);
  const counts = files.map(({ kind }) => (NAMING.has(kind) ? newCount() : undefined));
  const rows = new UnmatchedRows(into, flags);
  const hours = files.map(({ kind, mayBeOfAnotherZone }) =>
    TILLS.has(kind) && mayBeOfAnotherZone ? new TillHours() : undefined,
  );
  const matching: Matching = { flags, counts, unmatched: rows, hours };
  const inLog = matchTransactions(bulk, matching);
  matchSales(into, matching);
  matchFew(into, matching);
  return {
    issued: { inScope, neverInLog: inScope - inLog },
    ofFiles: counts.map((count, file) =>
      count === undefined ? null : { ...count, respelled: rows.countRespelled(file) },
    ),
    unmatched: rows,
    nearestIssued: (couponNumber) => rows.nearest(couponNumber),
    nearlyNamed: lazily(() =>
      nearlyNamedRows({
        ...{ into, bulk, asOf },
        lines: rows.nearLines(),
        meant: (text) => rows.meant(text),
        isIssued: (text) => rows.isIssued(text),
      }),
    ),
    warnings: hours.map((of) => (of?.lookLikeUtc() === true ? ['MAY_BE_UTC'] : [])),
  };
}

/** What is known of coupons, and what is found of rows and files. */
interface Matching {
  readonly flags: ByCoupon;
  readonly counts: readonly (MatchCount | undefined)[];
  readonly unmatched: UnmatchedRows;
  readonly hours: readonly (TillHours | undefined)[];
}

/** Worked out for the first who asks: files that are refused may be nothing else. */
function lazily<Each>(work: () => readonly Each[]): Iterable<Each> {
  let done: readonly Each[] | undefined;
  return {
    [Symbol.iterator]: () => {
      done ??= work();
      return done[Symbol.iterator]();
    },
  };
}

/** What is rung up while shops are open. */
const TILLS: ReadonlySet<InputKind> = new Set(['transactions', 'sales']);
/** Kinds whose rows name coupons of the issuance, which is not held against itself. */
const NAMING: ReadonlySet<InputKind> = new Set(
  INPUT_KINDS.filter(
    (kind) => kind !== 'issuance' && Object.values(declarationOf(kind).columns).some(({ type }) => type === 'coupon'),
  ),
);

/** How many of them are in scope. */
function flagIssued({ coupons, rejects }: Builder, bulk: BulkTables, terms: Terms, flags: ByCoupon): number {
  let inScope = 0;
  const ours = programmeOf(terms);
  for (const { rows, columns } of bulk.issuance('coupon', 'medium', 'prefecture'))
    for (let from = 0; from < rows; from += STRETCH)
      inScope += flagStretch(columns, from, Math.min(rows, from + STRETCH), ours, flags);
  for (const { kind, couponNumber } of rejects) {
    const number = kind === 'issuance' && couponNumber !== undefined ? coupons.find(couponNumber) : ABSENT;
    if (number !== ABSENT && number < flags.length) flags[number] = (flags[number] as number) | ISSUED;
  }
  return inScope;
}

function flagStretch(
  { coupon, medium, prefecture }: Pick<IssuanceRows, 'coupon' | 'medium' | 'prefecture'>,
  from: number,
  to: number,
  ours: Uint8Array,
  flags: ByCoupon,
): number {
  let inScope = 0;
  for (let row = from; row < to; row++) {
    const number = coupon[row] as CouponIndex;
    const flag = flags[number] as number;
    const isOurs = ours[placeInProgramme(medium[row] as number, prefecture[row] as number)] === 1;
    if (isOurs && (flag & IN_SCOPE) === 0) inScope++;
    flags[number] = flag | (isOurs ? ISSUED | IN_SCOPE : ISSUED);
  }
  return inScope;
}

type LogColumns = Pick<TransactionRows, (typeof LOGGED)[number]>;
const LOGGED = ['coupon', 'kind', 'status', 'amountYen', 'file', 'line', 'occurredAt'] as const;

/** How many coupons in scope it names. */
function matchTransactions(bulk: BulkTables, { flags, counts, unmatched, hours }: Matching): number {
  const sums = new MatchCounts(counts.length);
  let inLog = 0;
  const watchesHours = hours.some((of) => of !== undefined);
  for (const { rows, columns } of bulk.transactions(...LOGGED)) {
    for (let from = 0; from < rows; from += STRETCH)
      inLog += matchStretch(columns, from, Math.min(rows, from + STRETCH), flags, { sums, unmatched });
    const { kind, status, file, occurredAt } = columns;
    if (watchesHours)
      for (let row = 0; row < rows; row++)
        if (kind[row] === PAYMENT && status[row] === COMPLETED)
          hours[file[row] as number]?.add(occurredAt[row] as number);
  }
  sums.addTo(counts);
  return inLog;
}

/** So many rows a call: a function that is called often is compiled early, one long loop late. */
const STRETCH = 1 << 12;

// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: every row of the log comes by here, and its sums stay in registers.
function matchStretch(
  { coupon, kind, status, amountYen, file, line }: LogColumns,
  from: number,
  to: number,
  flags: ByCoupon,
  { sums, unmatched }: { readonly sums: MatchCounts; readonly unmatched: UnmatchedRows },
): number {
  let [inLog, payments, yen] = [0, 0, 0];
  let current = file[from] as number;
  for (let row = from; row < to; row++) {
    const number = coupon[row] as CouponIndex;
    const flag = flags[number] as number;
    if ((flag & IN_LOG) === 0) {
      flags[number] = flag | IN_LOG;
      if ((flag & IN_SCOPE) !== 0) inLog++;
    }
    const isPayment = kind[row] === PAYMENT && status[row] === COMPLETED;
    if (file[row] !== current) {
      sums.addNamed(current, payments, yen);
      [payments, yen] = [0, 0];
      current = file[row] as number;
    }
    if (isPayment) {
      payments++;
      yen += amountYen[row] as number;
    }
    if ((flag & ISSUED) !== 0) continue;
    if (!isPayment && (kind[row] === CHARGE || status[row] === FAILED)) continue;
    sums.addUnknown(current, amountYen[row] as number, isPayment);
    unmatched.add(current, line[row] as number, number, amountYen[row] as number);
  }
  sums.addNamed(current, payments, yen);
  return inLog;
}

function matchSales({ sales }: Builder, { flags, counts, unmatched, hours }: Matching): void {
  const sums = new MatchCounts(counts.length);
  const { coupon, totalYen, soldAt, file, line } = sales.columns;
  for (let row = 0; row < sales.rows; row++) {
    hours[file[row] as number]?.add(soldAt[row] as number);
    const number = coupon[row] as CouponIndex | Absent;
    if (number === ABSENT) continue;
    const yen = totalYen[row] as number;
    const isUnknown = ((flags[number] as number) & ISSUED) === 0;
    sums.add(file[row] as number, yen, isUnknown);
    if (isUnknown) unmatched.add(file[row] as number, line[row] as number, number, yen);
  }
  sums.addTo(counts);
}

function matchFew({ few, coupons }: Builder, { flags, counts, unmatched }: Matching): void {
  const sums = new MatchCounts(counts.length);
  const match = (couponNumber: string, { file, line }: RowOrigin, yen: number): void => {
    if (couponNumber === '') return;
    const number = coupons.find(couponNumber);
    const isUnknown = number === ABSENT || ((flags[number] ?? 0) & ISSUED) === 0;
    sums.add(file, yen, isUnknown);
    if (isUnknown) unmatched.addText(file, line, couponNumber, yen);
  };
  for (const kind of FEW_KINDS) {
    const { couponOf, yenOf } = FEW_ROWS[kind];
    for (const row of few[kind]) match(couponOf(row), row, yenOf(row));
  }
  sums.addTo(counts);
}
