import type { Instant } from '../base/instants.ts';
import { type PayoutPart, spreadPaid, withPaid } from '../publish/paid-payouts.ts';
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
  /** Tables as they were read, with all that counts as paid. */
  readonly complete: (tables: Tables) => Tables;
  /** Parts of the payouts that were spread: whoever settles the run again needs no others. */
  readonly paidPayouts: readonly PayoutPart[];
  /** Rows before as-of of whole payouts that no known run made. */
  readonly unknown: readonly PaidRow[];
}

/** What counts as paid before a run: the rows that say so, and what earlier runs made. */
export function paidBefore({ paid }: Tables, { made, carried }: EarlierPayouts, asOf: Instant): PaidBefore {
  const { paid: spread, parts, unknown } = spreadPaid(paid, made, asOf);
  const all = carried === undefined ? spread : withCarried(spread, carried, asOf);
  return { complete: (tables) => withPaid(tables, all), paidPayouts: parts, unknown };
}
