import type { Instant } from '../base/instants.ts';
import type { PayoutPart } from '../publish/known-payout.ts';
import { matchPaid, type UnmatchedPaid } from '../publish/paid-matches.ts';
import { partsByPayout, spreadPaid, withPaid } from '../publish/paid-payouts.ts';
import { type Carried, withCarried } from '../publish/previous.ts';
import type { PaidRow, Tables } from '../tables/tables.ts';

/** What a run knows of the payouts that earlier runs made. */
export interface EarlierPayouts {
  /** By coupon, for paid rows that speak of a payout as a whole. */
  readonly made: readonly PayoutPart[];
  /** What the chain has paid so far; undefined of its first run. */
  readonly carried: readonly Carried[] | undefined;
}

export interface PaidBefore {
  /** Tables as they were read, but for paid rows that have found their coupon by their payout. */
  readonly matched: (tables: Tables) => Tables;
  /** The same, with all that counts as paid. */
  readonly complete: (tables: Tables) => Tables;
  /** Parts of payouts by which paid rows were understood: whoever settles the run again needs no others. */
  readonly paidPayouts: readonly PayoutPart[];
  /** Rows before as-of of whole payouts that no known run made. */
  readonly unknown: readonly PaidRow[];
  /** Paid rows that speak of no payout of the chain, or of no issued coupon. */
  readonly unmatchedPaid: readonly UnmatchedPaid[];
}

/** What counts as paid before a run: the rows that say so, and what earlier runs made. */
export function paidBefore(tables: Tables, { made, carried }: EarlierPayouts, asOf: Instant): PaidBefore {
  const partsOf = partsByPayout(made);
  const chain = carried === undefined ? undefined : new Set(carried.map(({ payoutId }) => payoutId));
  const { paid, apply, payouts, unmatched } = matchPaid(tables, partsOf, chain, asOf);
  const { paid: spread, parts, unknown } = spreadPaid(paid, made, asOf);
  const all = carried === undefined ? spread : withCarried(spread, carried, asOf);
  // Of the chain a run keeps all payouts itself; of other runs those of which it was told.
  const ofOthers = chain === undefined ? [] : paid.map(({ payoutId }) => payoutId).filter((id) => !chain.has(id));
  const kept = new Set([...parts.map(({ payoutId }) => payoutId), ...payouts, ...ofOthers]);
  return {
    matched: apply,
    complete: (each) => withPaid(apply(each), all),
    paidPayouts: [...partsOf].flatMap(([payoutId, own]) => (kept.has(payoutId) ? own.parts() : [])),
    unknown,
    unmatchedPaid: unmatched,
  };
}
