import { compareText } from '../base/text.ts';
import { type Cells, publishedRows } from './published-rows.ts';

/** A question that an earlier run of the chain asked. A row of asked.csv. */
export interface Asked {
  readonly reviewId: string;
  /** The as-of of the last run before this one that asked it. */
  readonly askedAt: string;
}

export const ASKED_FILE = 'asked.csv';
export const REVIEW_FILE = 'review.csv';

/** The rows of an asked.csv. */
export const parseAsked = (content: string): readonly Asked[] =>
  publishedRows(content).map((row) => ({ reviewId: row.review_id ?? '', askedAt: row.asked_at ?? '' }));

/**
 * What a run hands on: what it was handed, and what it asks itself. Whoever answers a question that a later night no longer
 * asks, as one that is settled otherwise, is told from one who answers a question that there never was.
 *
 * @param review the run’s review.csv
 * @param asOf the run’s
 */
export function askedSoFar(before: readonly Asked[], review: readonly Cells[], asOf: string): readonly Asked[] {
  const askedAt = new Map(before.map((each) => [each.reviewId, each.askedAt]));
  for (const { review_id } of review) if (review_id !== undefined) askedAt.set(review_id, asOf);
  return [...askedAt]
    .map(([reviewId, at]) => ({ reviewId, askedAt: at }))
    .sort((a, b) => compareText(a.reviewId, b.reviewId));
}

/** So many are looked at at a time. */
const ASKED_A_STEP = 1 << 13;

/** In steps. */
export function* idsOf(asked: readonly Asked[]): Generator<undefined, ReadonlySet<string>> {
  const ids = new Set<string>();
  for (const { reviewId } of asked) {
    ids.add(reviewId);
    if (ids.size % ASKED_A_STEP === 0) yield undefined;
  }
  return ids;
}
