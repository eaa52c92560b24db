import { formatInstant } from '../base/instants.ts';
import type { Terms } from '../policy/terms.ts';
import { gapBins, timeBins } from '../settlement/bins.ts';
import type { CouponSum, RunFigures } from '../settlement/figures.ts';
import { canonicalJson } from './canonical-json.ts';

export const FIGURES_FILE = 'figures.json';

/** figures.json: what the page draws and summary.json does not say. */
export interface Figures {
  readonly schemaVersion: 1;
  /** Accepted payments of the log, by when they occurred. */
  readonly payments: {
    /** The first instant drawn. */
    readonly from: string;
    readonly binMinutes: number;
    readonly completed: readonly number[];
    readonly failed: readonly number[];
    readonly pending: readonly number[];
    /** Of the completed: those that follow an equal one (coupon, shop, yen) within the policy's limit. */
    readonly repeated: readonly number[];
    /** Of the completed: those of listed coupons in the outage that no sale of the shop supports. */
    readonly unsupported: readonly number[];
  };
  /** From a completed payment in the outage to the next equal one in it. A time at the end of a bin belongs to it. */
  readonly gaps: {
    readonly limitSeconds: number;
    readonly binSeconds: number;
    readonly counts: readonly number[];
    readonly longer: number;
  };
  /** Face value of coupons in scope, and what was spent of it at as-of: payments less cancels and reinstatements. */
  readonly balance: { readonly issued: CouponSum; readonly cohort: CouponSum; readonly listed: CouponSum };
}

export function figuresOf(figures: RunFigures, terms: Terms): Figures {
  const { from, binMinutes } = timeBins(terms);
  const { limitSeconds, binSeconds } = gapBins(terms);
  const { completed, failed, pending, repeated, unsupported, gaps, longerGaps, issued, cohort, listed } = figures;
  return {
    schemaVersion: 1,
    payments: { from: formatInstant(from), binMinutes, completed, failed, pending, repeated, unsupported },
    gaps: { limitSeconds, binSeconds, counts: gaps, longer: longerGaps },
    balance: { issued, cohort, listed },
  };
}

export const figuresText = (figures: RunFigures, terms: Terms): string => canonicalJson(figuresOf(figures, terms));
