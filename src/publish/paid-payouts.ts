import type { Instant } from '../base/instants.ts';
import { compareText } from '../base/text.ts';
import { disposePaid } from '../intake/dispositions/dispositions.ts';
import { DISPOSITIONS, type Disposition, type DispositionCount, type PaidRow, type Tables } from '../tables/tables.ts';
import { KnownPayout, type PayoutPart } from './known-payout.ts';
import { madeOf, publishedRows, wholeYen } from './published-rows.ts';

export const PAID_PAYOUTS_FILE = 'paid_payouts.csv';

/** Paid rows with those of whole payouts spread over their coupons. */
export interface SpreadPaid {
  readonly paid: readonly PaidRow[];
  /** Parts of the payouts that were spread, in order: whoever spreads them again needs no others. */
  readonly parts: readonly PayoutPart[];
  /** Rows before as-of of whole payouts that no known run made. */
  readonly unknown: readonly PaidRow[];
}

/**
 * A bank or a provider answers for a payout, not for each of its coupons: a row without a coupon, or one on a coupon of
 * several with the yen of all of them, is spread as the run that made the payout had it. A row whose yen are neither the
 * coupon\u2019s nor the payout\u2019s, or whose coupon is none of the payout\u2019s, contradicts that run: it holds all coupons that it may speak of, and counts as what was made.
 *
 * @param made parts of all payouts that are known
 */
export function spreadPaid(paid: readonly PaidRow[], made: readonly PayoutPart[], asOf: Instant): SpreadPaid {
  const partsOf = partsByPayout(made);
  const used = new Set<string>();
  const unknown: PaidRow[] = [];
  const contradicting = new Set<PaidRow>();
  const named = new Set(paid.map(({ payoutId, couponNumber }) => `${payoutId} ${couponNumber}`));
  const rows = paid.flatMap((row): readonly PaidRow[] => {
    const payout = partsOf.get(row.payoutId);
    const isNamed = (couponNumber: string): boolean => named.has(`${row.payoutId} ${couponNumber}`);
    const spread = payout === undefined ? undefined : spreadRow(row, payout, isNamed);
    if (spread === undefined) {
      if (row.couponNumber === '' && row.sentAt < asOf) unknown.push(row);
      return [row];
    }
    used.add(row.payoutId);
    if (spread.contradicts) for (const each of spread.rows) contradicting.add(each);
    return spread.rows;
  });
  if (used.size === 0) return { paid, parts: [], unknown };
  const disposed = disposePaid(rows, asOf).map((row, place) =>
    contradicting.has(rows[place] as PaidRow) && row.disposition !== 'after_as_of'
      ? { ...row, disposition: 'conflicting' as const, contradictsRun: true }
      : row,
  );
  const parts = [...partsOf].flatMap(([payoutId, payout]) => (used.has(payoutId) ? payout.parts() : []));
  return { paid: disposed, parts, unknown };
}

/** In their own order, not in that of the runs they come from: a run that is executed again has them from one file. */
export function partsByPayout(made: readonly PayoutPart[]): ReadonlyMap<string, KnownPayout> {
  const partsOf = new Map<string, KnownPayout>();
  for (const part of [...made].sort(byPayout)) {
    const payout = partsOf.get(part.payoutId) ?? new KnownPayout();
    partsOf.set(part.payoutId, payout);
    payout.add(part);
  }
  return partsOf;
}

const byPayout = (a: PayoutPart, b: PayoutPart): number =>
  compareText(a.payoutId, b.payoutId) || compareText(a.couponNumber, b.couponNumber);

/** Undefined where the row speaks of one coupon, or of a payout that nobody knows. */
function spreadRow(
  row: PaidRow,
  payout: KnownPayout,
  isNamed: (couponNumber: string) => boolean,
): { readonly rows: readonly PaidRow[]; readonly contradicts: boolean } | undefined {
  const own = payout.partOf(row.couponNumber);
  const isWhole = row.couponNumber === '';
  if (row.amountYen === own?.amountYen) return undefined;
  if (own !== undefined && payout.coupons === 1) return undefined;
  const whole = (): readonly PaidRow[] =>
    payout.parts().map(({ couponNumber, amountYen }) => ({ ...row, couponNumber, amountYen }));
  // The coupon is none of the payout\u2019s: either of the two numbers is wrong. Of coupons with rows of their own those speak.
  if (own === undefined && !isWhole)
    return { rows: [...whole().filter(({ couponNumber }) => !isNamed(couponNumber)), row], contradicts: true };
  const contradicts = row.amountYen !== payout.yen;
  // Of two amounts the larger counts as paid, as elsewhere.
  if (contradicts && own !== undefined)
    return { rows: [{ ...row, amountYen: Math.max(row.amountYen, own.amountYen) }], contradicts };
  return { rows: whole(), contradicts };
}

/** Of the rows that one line came to, what is told of the line: the first of these that any of them is. */
const TOLD_FIRST: readonly Disposition[] = ['conflicting', 'accepted', 'after_as_of', 'duplicate'];

/** The same tables with other paid rows, and the lines of their files counted by what became of them. */
export function withPaid(tables: Tables, paid: readonly PaidRow[]): Tables {
  if (paid === tables.paid) return tables;
  const becameOf = new Map<string, Set<Disposition>>();
  const lineOf = ({ file, line }: PaidRow): string => `${file}:${line}`;
  for (const row of paid) {
    const became = becameOf.get(lineOf(row)) ?? new Set();
    becameOf.set(lineOf(row), became.add(row.disposition));
  }
  const counts = new Map<number, Record<Disposition, DispositionCount>>();
  for (const row of tables.paid) {
    const count = counts.get(row.file) ?? noCounts();
    counts.set(row.file, count);
    const became = becameOf.get(lineOf(row));
    const written = count[TOLD_FIRST.find((each) => became?.has(each)) ?? row.disposition];
    written.rows++;
    written.yen += row.amountYen;
  }
  const files = tables.files.map((file, index) => {
    const count = counts.get(index);
    return count === undefined ? file : { ...file, dispositions: { ...count, rejected: file.dispositions.rejected } };
  });
  return { ...tables, files, paid };
}

const noCounts = (): Record<Disposition, DispositionCount> =>
  Object.fromEntries(DISPOSITIONS.map((name) => [name, { rows: 0, yen: 0 }])) as Record<Disposition, DispositionCount>;

/** The rows of a paid_payouts.csv, in steps. @throws Error where one is not what a run writes */
export const parsePaidPayouts = (bytes: Iterable<Uint8Array>): Generator<undefined, readonly PayoutPart[]> =>
  madeOf(publishedRows(bytes), (row) => ({
    payoutId: row.payout_id ?? '',
    couponNumber: row.coupon_number ?? '',
    amountYen: wholeYen(row.amount_yen),
  }));
