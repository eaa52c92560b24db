import { compareText } from '../base/text.ts';
import type { ReviewReason, Verdict } from '../policy/vocabulary.ts';
import { deciderOf } from '../tables/kinds/decisions.ts';
import type { DecisionRow } from '../tables/tables.ts';
import type { Evidence } from './case.ts';

/** In order, each once. @param texts a list that is nobody else's */
function sortedOnce(texts: string[]): readonly string[] {
  if (texts.length < 2) return texts;
  return texts.sort(compareText).filter((text, at) => at === 0 || text !== texts[at - 1]);
}

/** A hexadecimal SHA-256; given by the shell, because the core holds no cryptography. */
export type Digest = (content: string) => string;

export interface ItemIdentity {
  readonly reviewId: string;
  readonly evidenceHash: string;
  readonly verdict: Verdict;
}

/** Names a review item and finds the decision that binds to it (3-rules.md §7). */
export type ReviewLookup = (couponNumber: string, reason: ReviewReason, evidence: readonly Evidence[]) => ItemIdentity;

/**
 * The review id rests on policy, coupon, reason and the ids of the evidence; the hash on the evidence's content, so that
 * a decision taken on other facts is seen to be stale. Neither knows the program's version.
 *
 * @param requireSecond an approval counts once two people have given it
 */
export function openReviewLookup(
  policyId: string,
  decisions: readonly DecisionRow[],
  digest: Digest,
  requireSecond = false,
): ReviewLookup {
  const standing = standingById(decisions);
  return (couponNumber, reason, evidence) => {
    const ids = sortedOnce(evidence.map(({ id }) => id));
    const contents = sortedOnce(evidence.map(({ id, content }) => `${id}\x1e${content}`));
    const reviewId = `R${digest(['review', policyId, couponNumber, reason, ...ids].join('\x1d')).slice(0, 16)}`;
    const evidenceHash = digest(['evidence', ...contents].join('\x1d')).slice(0, 32);
    const answers = standing.get(reviewId);
    const verdict = answers === undefined ? 'open' : verdictOf(answersOn(answers, evidenceHash), requireSecond);
    return { reviewId, evidenceHash, verdict };
  };
}

/** The rows that count, by the question that they answer. */
function standingById(decisions: readonly DecisionRow[]): ReadonlyMap<string, readonly DecisionRow[]> {
  const standing = new Map<string, DecisionRow[]>();
  for (const row of decisions) {
    if (row.disposition !== 'accepted') continue;
    const known = standing.get(row.reviewId);
    if (known === undefined) standing.set(row.reviewId, [row]);
    else known.push(row);
  }
  return standing;
}

/** Those that were given on the evidence as it is now. */
const answersOn = (answers: readonly DecisionRow[], evidenceHash: string): readonly DecisionRow[] =>
  answers.filter((row) => row.evidenceHash === evidenceHash);

/** @param answers on the evidence at hand: they all say the same, for rows that contradict each other do not count */
function verdictOf(answers: readonly DecisionRow[], requireSecond: boolean): Verdict {
  const [first] = answers;
  if (first === undefined) return 'stale';
  if (first.decision !== 'approve' || !requireSecond) return first.decision;
  const people = new Set(answers.map(({ decidedBy }) => deciderOf(decidedBy)));
  return people.size > 1 ? 'approve' : 'needs_second';
}
