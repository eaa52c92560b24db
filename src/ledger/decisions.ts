import { compareText } from '../base/text.ts';
import type { ReviewReason } from '../policy/vocabulary.ts';
import type { DecisionRow } from '../tables/tables.ts';
import type { Evidence } from './case.ts';

/** In order, each once. @param texts a list that is nobody else's */
function sortedOnce(texts: string[]): readonly string[] {
  if (texts.length < 2) return texts;
  return texts.sort(compareText).filter((text, at) => at === 0 || text !== texts[at - 1]);
}

/** A hexadecimal SHA-256; given by the shell, because the core holds no cryptography. */
export type Digest = (content: string) => string;

/** What became of a review item: decided, decided on other evidence, or open. */
export type Verdict = 'approve' | 'reject' | 'stale' | 'open';

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
 */
export function openReviewLookup(policyId: string, decisions: readonly DecisionRow[], digest: Digest): ReviewLookup {
  const standing = new Map(decisions.filter((row) => row.disposition === 'accepted').map((row) => [row.reviewId, row]));
  return (couponNumber, reason, evidence) => {
    const ids = sortedOnce(evidence.map(({ id }) => id));
    const contents = sortedOnce(evidence.map(({ id, content }) => `${id}\x1e${content}`));
    const reviewId = `R${digest(['review', policyId, couponNumber, reason, ...ids].join('\x1d')).slice(0, 16)}`;
    const evidenceHash = digest(['evidence', ...contents].join('\x1d')).slice(0, 32);
    const decision = standing.get(reviewId);
    if (decision === undefined) return { reviewId, evidenceHash, verdict: 'open' };
    return { reviewId, evidenceHash, verdict: decision.evidenceHash === evidenceHash ? decision.decision : 'stale' };
  };
}
