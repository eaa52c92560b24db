import type { Format } from './csv-output.ts';

export interface NightOptions extends Format {
  /** Rows of the transaction log, before any is written twice; at least {@link FEWEST_TRANSACTIONS}. */
  readonly transactions: number;
  readonly seed: number;
  /** The share of all coupons whose expiry is that of the (A) cohort. */
  readonly affected: number;
  /** The share of rows that are made unreadable, written twice, or contradicted. */
  readonly errorRate: number;
}

export const FEWEST_TRANSACTIONS = 1000;
export const MOST_TRANSACTIONS = 200_000_000;
