import { endOfDay, type Instant } from '../base/instants.ts';
import { namedPayment, reinstatementsOf } from '../ledger/balance.ts';
import type { Case, Payment } from '../ledger/case.ts';
import type { Group } from '../pairing/groups.ts';
import { cohortOf, secondExtensionOf, type Terms } from '../policy/terms.ts';
import type { ApplicationRow } from '../tables/tables.ts';
import type { GroundFound, JudgedFinding } from './finding.ts';
import type { CaseFile } from './rule.ts';

/** The first finding on a group, in the order of the rules, that is a ground or a question: precedence (3-rules.md §4). */
export function conclusionOn(group: Group, earlier: readonly JudgedFinding[]): JudgedFinding | undefined {
  if (earlier.length > FEW_FINDINGS) return conclusionsIn(earlier).get(group);
  return earlier.find((finding) => finding.group === group && isConclusion(finding));
}

const isConclusion = ({ ground, question }: JudgedFinding): boolean => ground !== undefined || question !== undefined;

/** So few findings are looked through quicker than an index of them is made. */
const FEW_FINDINGS = 32;

/** Conclusions by their groups, among the first so many findings of a list. */
interface Conclusions {
  readonly byGroup: Map<Group, JudgedFinding>;
  seen: number;
}

/** A list of findings only grows, at its end, while a case is judged: what was seen of it stays as it is. */
const CONCLUSIONS = new WeakMap<readonly JudgedFinding[], Conclusions>();

function conclusionsIn(findings: readonly JudgedFinding[]): ReadonlyMap<Group, JudgedFinding> {
  let known = CONCLUSIONS.get(findings);
  if (known === undefined) {
    known = { byGroup: new Map(), seen: 0 };
    CONCLUSIONS.set(findings, known);
  }
  for (; known.seen < findings.length; known.seen++) {
    const finding = findings[known.seen] as JudgedFinding;
    if (finding.group !== undefined && isConclusion(finding) && !known.byGroup.has(finding.group))
      known.byGroup.set(finding.group, finding);
  }
  return known.byGroup;
}

/** Of the questions and grounds on one group of payments only that of the rule that comes first stands. */
export const concludes = (finding: JudgedFinding, findings: readonly JudgedFinding[]): boolean =>
  finding.group === undefined || conclusionOn(finding.group, findings) === finding;

/** A (B) ground with its payments, and whether it counts (3-rules.md §5). */
export interface BGround extends GroundFound {
  readonly id: 'B1' | 'B2';
  readonly counts: boolean;
}

/**
 * The (B) grounds that the findings so far amount to: those the machine found, by precedence, and those a person
 * granted. A payment has at most one ground: the first keeps it.
 */
export function bGrounds(file: CaseFile, earlier: readonly JudgedFinding[]): readonly BGround[] {
  if (!earlier.some(mayBeGround)) return NO_GROUNDS;
  const grounds: BGround[] = [];
  const taken = new Set<Payment>();
  const add = (ground: GroundFound, counts: boolean) => {
    const payments = ground.payments.filter((payment) => !taken.has(payment));
    // Only what a person grants without naming a payment may stand on none.
    const empty = payments.length === 0 && (ground.payments.length > 0 || ground.group !== undefined);
    if (ground.id === 'A' || empty) return;
    for (const payment of payments) taken.add(payment);
    grounds.push({ ...ground, id: ground.id, payments, counts });
  };
  const claimedAt = merchantsClaimed(file);
  for (const { group } of file.groups) {
    const conclusion = conclusionOn(group, earlier);
    if (conclusion?.ground !== undefined) add(conclusion.ground, counts(file, conclusion.ground, claimedAt));
  }
  const granted = earlier.flatMap((finding) => {
    if (finding.item?.verdict !== 'approve') return [];
    return concludes(finding, earlier) ? (finding.question?.grants ?? []) : [];
  });
  // As between rules, (B)① comes before (B)②, where two claims on the same payments were both approved.
  for (const id of ['B1', 'B2']) for (const ground of granted) if (ground.id === id) add(ground, true);
  return grounds;
}

const NO_GROUNDS: readonly BGround[] = [];

const mayBeGround = ({ ground, item }: JudgedFinding): boolean =>
  (ground !== undefined && ground.id !== 'A') || item?.verdict === 'approve';

/** The shops that a valid claim names, of a double charge or of cash. */
const merchantsClaimed = ({ claims }: CaseFile): ReadonlySet<string> =>
  new Set(claims.filter(({ claim, valid }) => valid && claim.kind !== 'other').map(({ claim }) => claim.merchantId));

/** A valid claim is in, or regionPAY has already put the money back, or the run was told not to wait (3-rules.md §5). */
function counts(file: CaseFile, { group, payments }: GroundFound, claimedAt: ReadonlySet<string>): boolean {
  if (file.countUnclaimed) return true;
  if (group === undefined) return false;
  return claimedAt.has(group.merchantId) || isReinstated(file.coupon, group, payments);
}

/** regionPAY has put something back for a group: naming a payment of it, or none, at or after its earliest B payment. */
export function isReinstated(coupon: Case, group: Group, payments: readonly Payment[]): boolean {
  const { latestNameless, namedRows } = putBackOn(coupon);
  return latestNameless >= earliestOf(payments) || group.payments.some(({ row }) => namedRows.has(row));
}

/** +∞ of none. */
export const earliestOf = (payments: readonly Payment[]): Instant =>
  payments.reduce((earliest, { occurredAt }) => Math.min(earliest, occurredAt), Number.POSITIVE_INFINITY);

interface PutBack {
  /** Of the reinstatements that name nothing; −∞ where there is none. */
  readonly latestNameless: Instant;
  /** Rows of the payments that the others name. */
  readonly namedRows: ReadonlySet<number>;
}

const NOTHING_BACK: PutBack = { latestNameless: Number.NEGATIVE_INFINITY, namedRows: new Set() };

/** By the movements of a coupon, which never change. */
const PUT_BACK = new WeakMap<Case['movements'], PutBack>();

/** What regionPAY has put back on a coupon: gathered once, however many groups it has. */
function putBackOn(coupon: Case): PutBack {
  const known = PUT_BACK.get(coupon.movements);
  if (known !== undefined) return known;
  const reinstatements = reinstatementsOf(coupon);
  if (reinstatements.length === 0) return NOTHING_BACK;
  const nameless = reinstatements.filter(({ relatedId }) => relatedId === '');
  const putBack = {
    latestNameless: nameless.reduce((latest, { occurredAt }) => Math.max(latest, occurredAt), Number.NEGATIVE_INFINITY),
    namedRows: new Set(reinstatements.flatMap((movement) => namedPayment(coupon, movement)?.row ?? [])),
  };
  PUT_BACK.set(coupon.movements, putBack);
  return putBack;
}

export interface Standing {
  /** (A) holds; a pending (A) is not yet one that holds. */
  readonly groundA: boolean;
  readonly pendingA: boolean;
  readonly grounds: readonly BGround[];
  readonly countingB: boolean;
}

export function standingOf(file: CaseFile, earlier: readonly JudgedFinding[]): Standing {
  const grounds = bGrounds(file, earlier);
  const a = earlier.find((finding) => finding.ground?.id === 'A')?.ground;
  return {
    groundA: a !== undefined && a.pending !== true,
    pendingA: a?.pending === true,
    grounds,
    countingB: grounds.some((ground) => ground.counts),
  };
}

/** The application that stands; of several that differ only once a person has said so. */
export function standingApplicationIn(findings: readonly JudgedFinding[]): ApplicationRow | undefined {
  const finding = findings.find((other) => other.standing !== undefined);
  return finding?.outcome === 'met' || finding?.item?.verdict === 'approve' ? finding.standing : undefined;
}

/** What is paid for the coupon in all: what it is entitled to, within every limit that a question sets. */
export function payableInAll(findings: readonly JudgedFinding[]): number {
  let yen = findings.find((finding) => finding.amounts !== undefined)?.amounts?.entitledYen ?? 0;
  for (const { question } of findings) yen = Math.min(yen, question?.atMostYen ?? yen);
  return yen;
}

/** valid_until: the last day on which the coupon can be used (3-rules.md §6; R5: an extension never shortens). */
export const validUntil = (file: CaseFile, terms: Terms, standing: Standing): number =>
  lastDayOf(file.coupon.expiresOn, standing.groundA || standing.countingB, terms);

/** @param extended ground (A) holds, or a (B) ground counts */
export function lastDayOf(expiresOn: number, extended: boolean, terms: Terms): number {
  const cohort = cohortOf(terms, expiresOn);
  const first = cohort?.firstExtension ?? expiresOn;
  const second = extended ? (cohort ?? terms).secondExtension : expiresOn;
  return Math.max(expiresOn, first, second);
}

/** The cut-off: t2, or the end of valid_until where that is later (3-rules.md §6). */
export const cutOffOf = (validUntilDate: number, expiresOn: number, terms: Terms): number =>
  endOfDay(Math.max(secondExtensionOf(terms, expiresOn), validUntilDate));
