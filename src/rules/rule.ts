import type { ApplicationRow } from '../intake/tables.ts';
import type { Case, Evidence, Payment } from '../ledger/case.ts';
import type { ClaimStanding } from '../ledger/claims.ts';
import type { Desk, ItemIdentity } from '../ledger/decisions.ts';
import type { Group, GroupRecord } from '../pairing/groups.ts';
import type { SetAsideSale } from '../pairing/set-aside-sales.ts';
import type { ClauseId } from '../policy/clauses.ts';
import type { Instant } from '../policy/instants.ts';
import type { Policy } from '../policy/policy.ts';
import type { ReadingId } from '../policy/readings.ts';
import type { Text } from '../policy/text.ts';
import type { GroundId, ReasonCode, ReviewReason, RouteId } from '../policy/vocabulary.ts';

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

/** A value as a rule saw it; null where the data has none. */
export type Seen = string | number | boolean | null;

/** A payment that was deducted and is to be put back. */
export interface GroundFound {
  readonly id: GroundId;
  /** The group whose payments they are; absent for (A) and for a ground that puts nothing back. */
  readonly group?: Group;
  readonly payments: readonly Payment[];
  /** (A) before the first extension has ended: a ground for the status, but not one that holds yet. */
  readonly pending?: true;
}

/** A question for a person. */
export interface Question {
  readonly reason: ReviewReason;
  /** Yen at stake; absent for a hold, whose stake is what would be payable without any hold (3-rules.md §7). */
  readonly stakeYen?: number;
  readonly detail: Text;
  /** What an "approve" establishes. */
  readonly grants?: readonly GroundFound[];
  /** Whatever the answer, no more than this is paid for the coupon, counting what was paid before; absent: no limit. */
  readonly atMostYen?: number;
  /** Asked only if the search for a route comes by (3-rules.md §8). */
  readonly onRoute?: true;
}

/** Amounts of the coupon, from the rule `residual-balance`. */
export interface Amounts {
  readonly validUntil: number;
  readonly cutOff: Instant;
  readonly residualYen: number;
  readonly reinstateYen: number;
  readonly entitledYen: number;
}

export interface RouteFound {
  readonly route: RouteId;
  readonly recipient: string;
  readonly deliverTo: string;
}

export interface Finding {
  readonly outcome: 'met' | 'not met' | 'undetermined';
  /** What it is about: a group of payments, a claim, an application; absent for the coupon as a whole. */
  readonly about?: string;
  readonly seen: Readonly<Record<string, Seen>>;
  /** What the data does not tell, and who could. */
  readonly missing: readonly Text[];
  readonly evidence: readonly Evidence[];
  readonly group?: Group;
  readonly ground?: GroundFound;
  readonly question?: Question;
  readonly reasons?: readonly ReasonCode[];
  readonly amounts?: Amounts;
  /** The application that stands. */
  readonly standing?: ApplicationRow;
  readonly route?: RouteFound;
}

/** A finding whose words and evidence are made where somebody asks for them: an explanation, or a question. */
export class UnspokenFinding implements Finding {
  readonly outcome: Finding['outcome'];
  readonly missing: readonly Text[];
  readonly about?: string;
  readonly ground?: GroundFound;
  readonly question?: Question;
  readonly reasons?: readonly ReasonCode[];
  readonly amounts?: Amounts;
  readonly route?: RouteFound;
  readonly #words: () => Finding['seen'];
  readonly #rows: () => readonly Evidence[];
  #evidence: readonly Evidence[] | undefined;

  constructor(
    outcome: Finding['outcome'],
    missing: readonly Text[],
    settles: Pick<Finding, 'about' | 'ground' | 'question' | 'reasons' | 'amounts' | 'route'>,
    words: () => Finding['seen'],
    rows: () => readonly Evidence[],
  ) {
    this.outcome = outcome;
    this.missing = missing;
    this.#words = words;
    this.#rows = rows;
    if (settles.about !== undefined) this.about = settles.about;
    if (settles.ground !== undefined) this.ground = settles.ground;
    if (settles.question !== undefined) this.question = settles.question;
    if (settles.reasons !== undefined) this.reasons = settles.reasons;
    if (settles.amounts !== undefined) this.amounts = settles.amounts;
    if (settles.route !== undefined) this.route = settles.route;
  }

  get seen(): Finding['seen'] {
    return this.#words();
  }

  get evidence(): readonly Evidence[] {
    this.#evidence ??= this.#rows();
    return this.#evidence;
  }
}

/** A finding with the rule that made it and, where it asks something, the item and its answer. */
export interface JudgedFinding extends Finding {
  readonly ruleId: string;
  readonly item?: ItemIdentity;
}

/**
 * `silent`: no ground, question, amount, reason or route comes of a plain coupon by this rule. `from its sums`: what it
 * judges is asked of it by settlement/plain-cases.ts, which names it.
 */
export type OnPlainCoupon = 'silent' | 'from its sums';

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
  /** Our reading in one or two sentences, as the docs and `explain` print it. */
  readonly reading: Text;
  /**
   * What it does with a plain coupon: one that was issued and paid with, of which nothing else is known. Most coupons are
   * such, and a run settles them from sums, without their rows becoming objects (settlement/plain-cases.ts). A rule that states
   * nothing, or judges from sums that the fast path does not ask it about, switches that off for everybody.
   */
  readonly onPlainCoupon: OnPlainCoupon;
  readonly judge: (file: CaseFile, policy: Policy, earlier: readonly JudgedFinding[]) => readonly Finding[];
  /**
   * False where the rule can have nothing to say that settles anything: no ground, question, amount, reason or route. A
   * run passes over it there; an explanation never does. Absent: it always may.
   */
  readonly concerns?: (file: CaseFile, earlier: readonly JudgedFinding[]) => boolean;
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
  desk: Desk,
  whole: boolean,
): readonly JudgedFinding[] {
  const findings: JudgedFinding[] = [];
  for (const rule of rules) {
    if (!whole && rule.concerns?.(file, findings) === false) continue;
    for (const finding of rule.judge(file, policy, findings)) findings.push(judged(finding, rule.id, file, desk));
  }
  return findings;
}

/** The finding was made just now and is nobody else's: it is named in place, for a copy of each would be half the work. */
function judged(finding: Finding, ruleId: string, { coupon }: CaseFile, desk: Desk): JudgedFinding {
  const named = finding as { -readonly [Name in keyof JudgedFinding]: JudgedFinding[Name] };
  named.ruleId = ruleId;
  if (finding.question !== undefined) named.item = desk(coupon.couponNumber, finding.question.reason, finding.evidence);
  return named;
}
