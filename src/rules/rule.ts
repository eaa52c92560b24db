import type { Instant } from '../base/instants.ts';
import type { Text } from '../base/text.ts';
import { type Case, NONE, type Payment } from '../ledger/case.ts';
import type { ClaimStanding } from '../ledger/claims.ts';
import type { ReviewLookup } from '../ledger/decisions.ts';
import type { GroupRecord } from '../pairing/groups.ts';
import type { SetAsideSale } from '../pairing/rejected-sales.ts';
import type { ClauseId } from '../policy/clauses.ts';
import type { Policy } from '../policy/policy.ts';
import type { ReadingId } from '../policy/readings.ts';
import type { Terms } from '../policy/terms.ts';
import type { Wording } from '../policy/wording.ts';
import { type Finding, type IdentifyItem, type JudgedFinding, judged } from './finding.ts';
import type { OnPlainCoupon } from './plain-coupon.ts';

/** Everything that is known of one coupon when it is judged. */
export interface CaseFile {
  readonly coupon: Case;
  readonly groups: readonly GroupRecord[];
  readonly claims: readonly ClaimStanding[];
  /** Whether the shop reported the day of a payment (R14). */
  readonly isCovered: (payment: Payment) => boolean;
  /** Rows of the shop’s report of that day that were set aside: the day is not covered for their sake. */
  readonly setAsideOn: (payment: Payment) => readonly SetAsideSale[];
  readonly asOf: Instant;
  /** A (B) ground counts without a call (`--count-unclaimed`). */
  readonly countUnclaimed: boolean;
}

/**
 * One rule: what it rests on, and a pure function. `earlier` holds the findings of the rules before it in the list, with
 * what people have decided of them.
 */
export interface Rule {
  readonly id: string;
  /** Raised whenever the rule would judge some case differently; part of the rule-set hash. */
  readonly version: number;
  readonly title: Text;
  readonly clauses: readonly ClauseId[];
  readonly readings: readonly ReadingId[];
  /** Our reading in one or two sentences, as the docs and `explain` print it; it may be made from the terms in force. */
  readonly reading: Wording;
  /**
   * What it does with a plain coupon, of which nothing is known but that it was issued and paid with. A run settles most
   * coupons by what the rules state here; a rule that states nothing switches that off for everybody.
   */
  readonly onPlainCoupon: OnPlainCoupon;
  /** Of a case with very many rows its findings may be made as they are asked for. */
  readonly judge: (file: CaseFile, policy: Policy, earlier: readonly JudgedFinding[]) => Iterable<Finding>;
  /**
   * False where the rule can have nothing to say that settles anything: no ground, question, amount, reason or route. A
   * run passes over it there; an explanation never does. Absent: it always may.
   */
  readonly concerns?: (file: CaseFile, earlier: readonly JudgedFinding[], terms: Terms) => boolean;
}

/** What a case is judged with. */
interface Judging {
  readonly file: CaseFile;
  readonly policy: Policy;
  /** Also what settles nothing, for an explanation. */
  readonly whole: boolean;
}

const foundBy = (
  { judge, concerns }: Rule,
  { file, policy, whole }: Judging,
  earlier: readonly JudgedFinding[],
): Iterable<Finding> =>
  !whole && concerns?.(file, earlier, policy.terms) === false ? NONE : judge(file, policy, earlier);

/** All of a rule's are made before the first is named: it knows of those before it, and not of its own. */
const allOf = (found: Iterable<Finding>): readonly Finding[] => (Array.isArray(found) ? found : Array.from(found));

const identifying =
  ({ coupon: { couponNumber } }: CaseFile, reviewLookup: ReviewLookup): IdentifyItem =>
  (reason, evidence) =>
    reviewLookup(couponNumber, reason, evidence);

/**
 * The pipeline: a plain fold over the rules, each finding named and looked up among the decisions as it is made.
 *
 * @param whole also what settles nothing, for an explanation
 */
export function judgeCase(
  rules: readonly Rule[],
  file: CaseFile,
  policy: Policy,
  reviewLookup: ReviewLookup,
  whole: boolean,
): readonly JudgedFinding[] {
  const identify = identifying(file, reviewLookup);
  const judging = { file, policy, whole };
  const findings: JudgedFinding[] = [];
  for (const rule of rules)
    for (const finding of allOf(foundBy(rule, judging, findings))) findings.push(judged(rule.id, finding, identify));
  return findings;
}

/** So many findings are made, or named, at a time. */
const FINDINGS_A_STEP = 1 << 11;

/** The same of a case with so many rows that something else may want a turn meanwhile. */
export function* judgeCaseInSteps(
  rules: readonly Rule[],
  file: CaseFile,
  policy: Policy,
  reviewLookup: ReviewLookup,
  whole: boolean,
): Generator<undefined, readonly JudgedFinding[]> {
  const identify = identifying(file, reviewLookup);
  const judging = { file, policy, whole };
  const findings: JudgedFinding[] = [];
  for (const rule of rules) {
    const found: Finding[] = [];
    for (const finding of foundBy(rule, judging, findings)) {
      found.push(finding);
      if (found.length % FINDINGS_A_STEP === 0) yield undefined;
    }
    yield undefined;
    for (const [place, finding] of found.entries()) {
      findings.push(judged(rule.id, finding, identify));
      if (place % FINDINGS_A_STEP === FINDINGS_A_STEP - 1) yield undefined;
    }
  }
  return findings;
}
