import type { Instant } from '../base/instants.ts';
import type { Text } from '../base/text.ts';
import type { Case, Payment } from '../ledger/case.ts';
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
  readonly judge: (file: CaseFile, policy: Policy, earlier: readonly JudgedFinding[]) => readonly Finding[];
  /**
   * False where the rule can have nothing to say that settles anything: no ground, question, amount, reason or route. A
   * run passes over it there; an explanation never does. Absent: it always may.
   */
  readonly concerns?: (file: CaseFile, earlier: readonly JudgedFinding[], terms: Terms) => boolean;
}

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
  const { couponNumber } = file.coupon;
  const identify: IdentifyItem = (reason, evidence) => reviewLookup(couponNumber, reason, evidence);
  const findings: JudgedFinding[] = [];
  for (const rule of rules) {
    if (!whole && rule.concerns?.(file, findings, policy.terms) === false) continue;
    for (const finding of rule.judge(file, policy, findings)) findings.push(judged(rule.id, finding, identify));
  }
  return findings;
}
