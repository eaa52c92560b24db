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

/** What decisions are bound by. */
export interface Binding {
  /** An approval counts once two people have given it. */
  readonly requireSecond?: boolean | undefined;
  /**
   * Keyed with the secret of the series: evidence that holds something personal is bound as a whole, and nobody without the
   * key can try what it may be. Without one, what is personal is left out.
   */
  readonly keyedDigest?: Digest | undefined;
}

/**
 * The review id rests on policy, coupon, reason and the ids of the evidence; the hash on the evidence's content, so that
 * a decision taken on other facts is seen to be stale. Neither knows the program's version.
 */
export function openReviewLookup(
  policyId: string,
  decisions: readonly DecisionRow[],
  digest: Digest,
  { requireSecond = false, keyedDigest }: Binding = {},
): ReviewLookup {
  const hashOf = evidenceHashBy(digest, keyedDigest);
  const standing = standingById(decisions);
  return (couponNumber, reason, evidence) => {
    const ids = sortedOnce(evidence.map(({ id }) => id));
    const reviewId = `R${digest(['review', policyId, couponNumber, reason, ...ids].join('\x1d')).slice(0, 16)}`;
    const evidenceHash = hashOf(evidence);
    const answers = standing.get(reviewId);
    if (answers === undefined) return { reviewId, evidenceHash, verdict: 'open' };
    const current = answersOn(answers, evidenceHash);
    // Before hashes were without what is personal they were of all of it: who answered then answered on no less.
    const standingAnswers = current.length > 0 ? current : answersOn(answers, hashOfAll(evidence, digest));
    return { reviewId, evidenceHash, verdict: verdictOf(standingAnswers, requireSecond) };
  };
}

const isPersonal = ({ content, openContent }: Evidence): boolean =>
  openContent !== undefined && openContent !== content;

/** What a decision is bound to: all of the evidence by a key, or without one what is not personal in it. */
function evidenceHashBy(digest: Digest, keyedDigest: Digest | undefined): (evidence: readonly Evidence[]) => string {
  return (evidence) => {
    if (keyedDigest !== undefined && evidence.some(isPersonal)) return hashOfAll(evidence, keyedDigest);
    return hashOfContents(
      evidence.map(({ id, content, openContent }) => `${id}\x1e${openContent ?? content}`),
      digest,
    );
  };
}

const hashOfAll = (evidence: readonly Evidence[], digest: Digest): string =>
  hashOfContents(
    evidence.map(({ id, content }) => `${id}\x1e${content}`),
    digest,
  );

const hashOfContents = (contents: string[], digest: Digest): string =>
  digest(['evidence', ...sortedOnce(contents)].join('\x1d')).slice(0, 32);

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
