import type { Instant } from '../base/instants.ts';
import { disposePaid } from '../intake/dispositions/dispositions.ts';
import type { InputFile, NearlyNamedRow, PaidRow, Tables, UnmatchedRow } from '../tables/tables.ts';
import type { KnownPayout } from './known-payout.ts';

/** Payouts that are known, by their ids. */
export type PartsByPayout = ReadonlyMap<string, KnownPayout>;

/** A paid row that speaks of nothing that is known: of no payout, or of no coupon. */
export interface UnmatchedPaid {
  readonly file: number;
  readonly line: number;
  readonly payoutId: string;
  readonly why: 'no such payout' | 'no such coupon';
}

export interface MatchedPaid {
  /** All paid rows, on the coupons that they mean. */
  readonly paid: readonly PaidRow[];
  /** What tables say of rows without a coupon, but of those that have found theirs. */
  readonly apply: (tables: Tables) => Tables;
  /** Payouts by which a coupon was found. */
  readonly payouts: ReadonlySet<string>;
  /** By file and line, before as-of. */
  readonly unmatched: readonly UnmatchedPaid[];
}

/**
 * Holds paid rows against the payouts that are known. A coupon number that lost its zeros, or all coupons of a payout in one
 * cell, say what they mean by the payout: the row is taken for it. That is safe because no two issued numbers differ in
 * zeros alone.
 *
 * @param parts of all payouts that are known
 * @param chain payouts of the chain; undefined where there is none: then a payout may be of any run
 */
export function matchPaid(
  tables: Tables,
  parts: PartsByPayout,
  chain: ReadonlySet<string> | undefined,
  asOf: Instant,
): MatchedPaid {
  const taken = new Map<PaidRow, PaidRow>();
  for (const row of tables.paid) {
    const couponNumber = meantCoupon(row, parts.get(row.payoutId));
    if (couponNumber !== row.couponNumber) taken.set(row, { ...row, couponNumber });
  }
  const written = [...taken.keys()];
  const payouts = new Set(written.map(({ payoutId }) => payoutId));
  const apply = written.length === 0 ? (all: Tables) => all : foundIn(tables, written);
  const found = tables.paid.map((row) => taken.get(row) ?? row);
  const paid = written.length === 0 ? tables.paid : disposePaid(found, asOf);
  return { paid, apply, payouts, unmatched: unmatchedPaid({ ...apply(tables), paid }, parts, chain) };
}

/** The coupon of the payout that the row means, '' for all of them; what it says, where the payout does not tell. */
function meantCoupon({ couponNumber }: PaidRow, payout: KnownPayout | undefined): string {
  if (payout === undefined || couponNumber === '' || payout.partOf(couponNumber) !== undefined) return couponNumber;
  // Blanks within a number are dropped as it is read: all of them in one cell are one number.
  if (payout.coupons > 1 && payout.allInOne === couponNumber) return '';
  const alike = payout.numbersLike(couponNumber);
  return alike.length === 1 ? (alike[0] as string) : couponNumber;
}

// ----- The tables without what was found ----------------------------------------------------------------------------------------

/** @param rows as they were written */
function foundIn(tables: Tables, rows: readonly PaidRow[]): (tables: Tables) => Tables {
  const places = new Set(rows.map(placeOf));
  const words = new Set(rows.map(({ payoutId, couponNumber }) => `${payoutId}\x1f${couponNumber}`));
  const wereUnknown = [...tables.unmatched].filter((row) => places.has(placeOf(row)));
  const byFile = new Map<number, UnmatchedRow[]>(rows.map(({ file }) => [file, []]));
  for (const row of wereUnknown) byFile.get(row.file)?.push(row);
  return (all) => ({
    ...all,
    files: all.files.map((file, index) => {
      const found = byFile.get(index);
      return found === undefined ? file : withoutUnknown(file, found);
    }),
    unmatched: filtered(all.unmatched, (row) => !places.has(placeOf(row))),
    nearlyNamed: filtered(all.nearlyNamed, (row) => !words.has(wordsOf(row))),
  });
}

const placeOf = ({ file, line }: { readonly file: number; readonly line: number }): string => `${file}:${line}`;

/** Of a paid row: its payout, and the number as it was written. */
const wordsOf = ({ kind, rowId, content }: NearlyNamedRow): string =>
  kind === 'paid' ? `${rowId}\x1f${content.split('\x1f', 1)[0] ?? ''}` : '';

const filtered = <Each>(all: Iterable<Each>, isKept: (each: Each) => boolean): Iterable<Each> => ({
  *[Symbol.iterator]() {
    for (const each of all) if (isKept(each)) yield each;
  },
});

/** The same file, of which these rows have found their coupon. */
function withoutUnknown(file: InputFile, rows: readonly UnmatchedRow[]): InputFile {
  const warnings = [...new Set([...file.warnings, 'COUPON_BY_PAYOUT' as const])];
  if (file.coupons === null) return { ...file, warnings };
  const { unknown, respelled } = file.coupons;
  const yen = rows.reduce((sum, row) => sum + row.yen, 0);
  return {
    ...file,
    warnings,
    coupons: {
      ...file.coupons,
      unknown: { rows: unknown.rows - rows.length, yen: unknown.yen - yen },
      respelled: respelled - rows.filter(({ nearest }) => nearest !== undefined).length,
    },
  };
}

// ----- Rows that match nothing --------------------------------------------------------------------------------------------------

function unmatchedPaid(
  tables: Tables,
  parts: PartsByPayout,
  chain: ReadonlySet<string> | undefined,
): readonly UnmatchedPaid[] {
  const unknown = unknownPlaces(tables);
  return tables.paid.flatMap((row): readonly UnmatchedPaid[] => {
    if (row.disposition === 'after_as_of') return [];
    const { file, line, payoutId } = row;
    if (chain !== undefined && !chain.has(payoutId) && !parts.has(payoutId))
      return [{ file, line, payoutId, why: 'no such payout' }];
    return unknown.has(placeOf(row)) ? [{ file, line, payoutId, why: 'no such coupon' }] : [];
  });
}

/** Looked for only where a file of paid rows has any: of a log they may be many. */
function unknownPlaces({ files, unmatched }: Tables): ReadonlySet<string> {
  const isPaid = (file: number): boolean => files[file]?.kind === 'paid';
  if (!files.some(({ kind, coupons }) => kind === 'paid' && (coupons?.unknown.rows ?? 0) > 0)) return new Set();
  const places = new Set<string>();
  for (const row of unmatched) if (isPaid(row.file)) places.add(placeOf(row));
  return places;
}
