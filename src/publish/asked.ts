import { sorted } from '../base/steps.ts';
import { compareText } from '../base/text.ts';
import { madeOf, publishedRows, type Rows } from './published-rows.ts';

/** A question that an earlier run of the chain asked. A row of asked.csv. */
export interface Asked {
  readonly reviewId: string;
  /** The as-of of the last run before this one that asked it. */
  readonly askedAt: string;
}

export const ASKED_FILE = 'asked.csv';
export const REVIEW_FILE = 'review.csv';

/** The rows of an asked.csv, in steps. @throws NoTable */
export const parseAsked = (bytes: Iterable<Uint8Array>): Generator<undefined, readonly Asked[]> =>
  madeOf(publishedRows(bytes, ['review_id', 'asked_at']), (row) => ({
    reviewId: row.review_id ?? '',
    askedAt: row.asked_at ?? '',
  }));

/**
 * What a run hands on, in steps: what it was handed, and what it asks itself. Whoever answers a question that a later night no longer
 * asks, as one that is settled otherwise, is told from one who answers a question that there never was.
 *
 * @param review the run’s review.csv
 * @param asOf the run’s
 * @throws what going through the rows throws
 */
export function* askedSoFar(
  before: readonly Asked[],
  review: Rows,
  asOf: string,
): Generator<undefined, readonly Asked[]> {
  const askedAt = new Map<string, string>();
  for (const each of before) askedAt.set(each.reviewId, each.askedAt);
  for (const row of review) {
    if (row === undefined) yield undefined;
    else if (row.review_id !== undefined) askedAt.set(row.review_id, asOf);
  }
  return yield* sorted(askedIn(askedAt), (a, b) => compareText(a.reviewId, b.reviewId));
}

function* askedIn(askedAt: ReadonlyMap<string, string>): Iterable<Asked> {
  for (const [reviewId, at] of askedAt) yield { reviewId, askedAt: at };
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
