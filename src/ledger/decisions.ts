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
 * What ids and hashes rest on. Runs of earlier versions made them of contacts too, and an auditor who executes such a run
 * again must come to the same bytes.
 */
export type IdForm = 'without contacts' | 'with contacts';

/** How ids and hashes are made. */
export interface Hashing {
  readonly digest: Digest;
  /** Of every run that is made now: without contacts. */
  readonly idForm?: IdForm | undefined;
}

/** What decisions are bound by. */
export interface Binding {
  /** An approval counts once two people have given it. */
  readonly requireSecond?: boolean | undefined;
  /**
   * Keyed with the secret of the series: evidence that holds something personal is bound as a whole, and nobody without the
   * key can try what it may be. Without one, what is personal is left out.
   */
  readonly keyedDigest?: Digest | undefined;
  readonly idForm?: IdForm | undefined;
}

/**
 * The review id rests on policy, coupon, reason and the ids of the evidence; the hash on the evidence's content, so that
 * a decision taken on other facts is seen to be stale. Neither knows the program's version.
 */
export function openReviewLookup(
  policyId: string,
  decisions: readonly DecisionRow[],
  digest: Digest,
  { requireSecond = false, keyedDigest, idForm }: Binding = {},
): ReviewLookup {
  const standing = standingById(decisions);
  const openOf = openIdentification(digest, idForm === 'with contacts' ? all : open);
  const allOf = openIdentification(digest, all);
  return (couponNumber, reason, evidence) => {
    const { ids, contents } = openOf(evidence);
    const reviewId = `R${digest(['review', policyId, couponNumber, reason, ...ids].join('\x1d')).slice(0, 16)}`;
    const evidenceHash =
      keyedDigest !== undefined && evidence.some(isPersonal)
        ? hashOf(allOf(evidence).contents, keyedDigest)
        : hashOf(contents, digest);
    const answers = standing.get(reviewId);
    if (answers === undefined) return { reviewId, evidenceHash, verdict: 'open' };
    const current = answersOn(answers, evidenceHash);
    // Before hashes were without what is personal they were of all of it: who answered then answered on no less.
    const standingAnswers = current.length > 0 ? current : answersOn(answers, hashOf(allOf(evidence).contents, digest));
    return { reviewId, evidenceHash, verdict: verdictOf(standingAnswers, requireSecond) };
  };
}

/** What evidence is bound to a decision by: all that it says, or what is not personal in it. */
type Said = (evidence: Evidence) => string;
const all: Said = ({ content }) => content;
const open: Said = ({ content, openContent }) => openContent ?? content;

/** Whether there is something personal in it, or in a row that it stands for. */
function isPersonal(evidence: Evidence): boolean {
  // What stands for many rows says nothing by itself.
  if (evidence.standsFor !== undefined) return isAnyPersonal(evidence.standsFor);
  return evidence.openContent !== undefined && evidence.openContent !== evidence.content;
}

function isAnyPersonal(rows: readonly Evidence[]): boolean {
  const found = knownPersonal.get(rows) ?? rows.some(isPersonal);
  knownPersonal.set(rows, found);
  return found;
}

/** One list stands for the rows of an account in the questions of all of its coupons. */
const knownPersonal = new WeakMap<readonly Evidence[], boolean>();

const hashOf = (contents: readonly string[], digest: Digest): string =>
  digest(['evidence', ...contents].join('\x1d')).slice(0, 32);

/** What a review id and an evidence hash are made of. */
interface Identification {
  readonly ids: readonly string[];
  readonly contents: readonly string[];
}

/** Of rows that one word stands for the digests of their ids and contents are taken, once for however many questions. */
function openIdentification(digest: Digest, said: Said): (evidence: readonly Evidence[]) => Identification {
  const digests = new WeakMap<readonly Evidence[], { readonly ofIds: string; readonly ofContents: string }>();
  const digestsOf = (rows: readonly Evidence[]) => {
    const { ids, contents } = identify(rows);
    return { ofIds: digest(ids.join('\x1d')), ofContents: digest(contents.join('\x1d')) };
  };
  const identify = (evidence: readonly Evidence[]): Identification => {
    const [ids, contents]: [string[], string[]] = [[], []];
    for (const each of evidence) {
      const { id, standsFor } = each;
      if (standsFor === undefined) {
        ids.push(id);
        contents.push(`${id}\x1e${said(each)}`);
        continue;
      }
      const known = digests.get(standsFor) ?? digestsOf(standsFor);
      digests.set(standsFor, known);
      ids.push(`${id}\x1f${known.ofIds}`);
      contents.push(`${id}\x1e${known.ofContents}`);
    }
    return { ids: sortedOnce(ids), contents: sortedOnce(contents) };
  };
  return identify;
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
