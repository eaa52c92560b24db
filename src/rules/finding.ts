import type { CalendarDate, Instant } from '../base/instants.ts';
import type { Text } from '../base/text.ts';
import type { Evidence, Payment } from '../ledger/case.ts';
import type { ItemIdentity } from '../ledger/decisions.ts';
import type { ClaimantPairing } from '../pairing/claimants.ts';
import type { Group, Support } from '../pairing/groups.ts';
import type { GroundId, ReasonCode, ReviewReason, RouteId } from '../policy/vocabulary.ts';
import type { ApplicationRow } from '../tables/tables.ts';
import type { Destination } from './destinations.ts';

/** A value as a rule saw it; null where the data has none. */
export type Fact = string | number | boolean | null;

/** What a rule saw, by the names that `explain --json` publishes: to be shown, never to be read back. */
export type Facts = Readonly<Record<string, Fact>>;

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
  readonly validUntil: CalendarDate;
  readonly cutOff: Instant;
  readonly residualYen: number;
  readonly reinstateYen: number;
  /** What the notice pays for the residual balance. */
  readonly shareYen: number;
  readonly entitledYen: number;
}

export interface RouteFound {
  readonly route: RouteId;
  readonly destination: Destination;
}

/** What a rule saw, as values. The words of an explanation are made of these, and so are the facts that it shows. */
export type Observed =
  | { readonly kind: 'support'; readonly support: Support }
  | {
      readonly kind: 'claimant';
      /** Whether the nameless bills suffice for all who claim; `no claim` also where nothing was asked. */
      readonly pairing: ClaimantPairing | 'no claim';
      /** The bills that a claim could stand for; empty where they are too many to be told. */
      readonly bills: readonly Evidence[];
    }
  | {
      readonly kind: 'expiry';
      readonly ownExpiry: CalendarDate;
      readonly inCohort: boolean;
      /** When the first extension ended, or at as-of where that comes first. */
      readonly balanceYen: number;
    }
  /** A payout channel that had something to look at. */
  | { readonly kind: 'way'; readonly route: RouteId };

/**
 * What a rule hands over. Its facts and its evidence are made where somebody asks for them, an explanation or a
 * question: most findings of a run settle nothing, and nobody asks.
 */
export interface Finding {
  readonly outcome: 'met' | 'not met' | 'undetermined';
  /** What it is about: a group of payments, a claim, an application; absent for the coupon as a whole. */
  readonly about?: string | undefined;
  readonly facts: () => Facts;
  readonly evidence: () => readonly Evidence[];
  /** What the data does not tell, and who could. */
  readonly missing?: readonly Text[] | undefined;
  readonly observed?: Observed | undefined;
  readonly group?: Group | undefined;
  readonly ground?: GroundFound | undefined;
  readonly question?: Question | undefined;
  readonly reasons?: readonly ReasonCode[] | undefined;
  readonly amounts?: Amounts | undefined;
  /** The application that stands. */
  readonly standing?: ApplicationRow | undefined;
  readonly route?: RouteFound | undefined;
}

/** Names the item that a question becomes and finds what was decided of it. */
export type IdentifyItem = (reason: ReviewReason, evidence: readonly Evidence[]) => ItemIdentity;

const NOTHING_MISSING: readonly Text[] = [];

/**
 * A finding with the rule that made it and, where it asks something, the item and its answer. Only made by
 * {@link judged}: a copy by spread would lose the facts and the evidence, so the private parts keep one from being taken
 * for it.
 */
class NamedFinding {
  readonly ruleId: string;
  readonly outcome: Finding['outcome'];
  readonly about: string | undefined;
  readonly missing: readonly Text[];
  readonly observed: Observed | undefined;
  readonly group: Group | undefined;
  readonly ground: GroundFound | undefined;
  readonly question: Question | undefined;
  readonly reasons: readonly ReasonCode[] | undefined;
  readonly amounts: Amounts | undefined;
  readonly standing: ApplicationRow | undefined;
  readonly route: RouteFound | undefined;
  readonly item: ItemIdentity | undefined;
  readonly #facts: () => Facts;
  readonly #rows: () => readonly Evidence[];
  #evidence: readonly Evidence[] | undefined;

  constructor(ruleId: string, finding: Finding, identify: IdentifyItem) {
    const { question } = finding;
    this.ruleId = ruleId;
    this.outcome = finding.outcome;
    this.about = finding.about;
    this.missing = finding.missing ?? NOTHING_MISSING;
    this.observed = finding.observed;
    this.group = finding.group;
    this.ground = finding.ground;
    this.question = question;
    this.reasons = finding.reasons;
    this.amounts = finding.amounts;
    this.standing = finding.standing;
    this.route = finding.route;
    this.#facts = finding.facts;
    this.#rows = finding.evidence;
    this.item = question === undefined ? undefined : identify(question.reason, this.evidence);
  }

  get facts(): Facts {
    return this.#facts();
  }

  get evidence(): readonly Evidence[] {
    this.#evidence ??= this.#rows();
    return this.#evidence;
  }
}

export type JudgedFinding = NamedFinding;

/** The one place where a finding gets its name and, if it asks something, its answer. */
export const judged = (ruleId: string, finding: Finding, identify: IdentifyItem): JudgedFinding =>
  new NamedFinding(ruleId, finding, identify);
