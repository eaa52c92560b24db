import { type Instant, MINUTE, SECOND } from '../base/instants.ts';
import type { Terms } from '../policy/terms.ts';

/** Stretches of time of one length, side by side, in which payments are counted. */
export interface TimeBins {
  readonly from: Instant;
  readonly binMinutes: number;
  readonly count: number;
}

const HOUR = 60 * MINUTE;
/** A day's minutes. */
const MOST_BINS = 1440;

/**
 * From the last full hour before the outage to the first one after it, neither of which is part of it: what was usual shows
 * beside what was not. Hours are those of Japan, which is whole hours from UTC.
 */
export function timeBins({ outageFrom, outageEnd }: Terms): TimeBins {
  const from = Math.floor((outageFrom - 1) / HOUR) * HOUR;
  const to = (Math.floor(outageEnd / HOUR) + 1) * HOUR;
  const minutes = (to - from) / MINUTE;
  const binMinutes = Math.ceil(minutes / MOST_BINS);
  return { from, binMinutes, count: Math.ceil(minutes / binMinutes) };
}

/** After the last one. */
export const endOf = ({ from, binMinutes, count }: TimeBins): Instant => from + count * binMinutes * MINUTE;

/** The bin of an instant from the first to the end of the last. */
export const binOf = ({ from, binMinutes }: TimeBins, at: Instant): number =>
  Math.floor((at - from) / (binMinutes * MINUTE));

/** In which times between equal payments are counted: ten up to the policy's limit, so that it stands between two. */
export interface GapBins {
  readonly limitSeconds: number;
  readonly binSeconds: number;
  readonly count: number;
}

const BINS_TO_LIMIT = 10;
const GAP_BINS = 4 * BINS_TO_LIMIT;

export function gapBins({ repeatPressGap }: Terms): GapBins {
  const limitSeconds = repeatPressGap / SECOND;
  return { limitSeconds, binSeconds: limitSeconds === 0 ? 1 : limitSeconds / BINS_TO_LIMIT, count: GAP_BINS };
}

/** A time at the end of a bin belongs to it, as one at the limit is within the limit; `count` or more: longer than all. */
export const gapBinOf = ({ binSeconds }: GapBins, gap: number): number =>
  gap === 0 ? 0 : Math.ceil(gap / Math.round(binSeconds * SECOND)) - 1;
