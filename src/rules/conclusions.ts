import { endOfDay } from '../base/instants.ts';
import { namedPayment, reinstatementsOf } from '../ledger/balance.ts';
import type { Case, Payment } from '../ledger/case.ts';
import type { Group } from '../pairing/groups.ts';
import type { Terms } from '../policy/terms.ts';
import type { ApplicationRow } from '../tables/tables.ts';
import type { GroundFound, JudgedFinding } from './finding.ts';
import type { CaseFile } from './rule.ts';

/** The first finding on a group, in the order of the rules, that is a ground or a question: precedence (3-rules.md §4). */
export const conclusionOn = (group: Group, earlier: readonly JudgedFinding[]): JudgedFinding | undefined =>
  earlier.find(
    (finding) => finding.group === group && (finding.ground !== undefined || finding.question !== undefined),
  );

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
  for (const { group } of file.groups) {
    const conclusion = conclusionOn(group, earlier);
    if (conclusion?.ground !== undefined) add(conclusion.ground, counts(file, conclusion.ground));
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

/** A valid claim is in, or regionPAY has already put the money back, or the run was told not to wait (3-rules.md §5). */
function counts(file: CaseFile, ground: GroundFound): boolean {
  if (file.countUnclaimed) return true;
  const { group } = ground;
  if (group === undefined) return false;
  const claimed = file.claims.some(
    ({ claim, valid }) => valid && claim.kind !== 'other' && claim.merchantId === group.merchantId,
  );
  return claimed || isReinstated(file.coupon, group, ground.payments);
}

/** regionPAY has put something back for a group: naming a payment of it, or none, at or after its earliest B payment. */
export function isReinstated(coupon: Case, group: Group, payments: readonly Payment[]): boolean {
  const earliest = Math.min(...payments.map((payment) => payment.occurredAt));
  return reinstatementsOf(coupon).some((reinstatement) => {
    if (reinstatement.relatedId === '') return reinstatement.occurredAt >= earliest;
    const named = namedPayment(coupon, reinstatement);
    return named !== undefined && group.payments.some((payment) => payment.row === named.row);
  });
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

/** Of the cohort of (A), whose balance is read at t1 (3-rules.md §1, §6). */
export const isCohort = (file: CaseFile, terms: Terms): boolean => file.coupon.expiresOn === terms.originalExpiry;

/** valid_until: the last day on which the coupon can be used (3-rules.md §6; R5: an extension never shortens). */
export const validUntil = (file: CaseFile, terms: Terms, standing: Standing): number =>
  lastDayOf(file.coupon.expiresOn, isCohort(file, terms), standing.groundA || standing.countingB, terms);

/** @param extended ground (A) holds, or a (B) ground counts */
export function lastDayOf(expiresOn: number, cohort: boolean, extended: boolean, terms: Terms): number {
  const first = cohort ? (terms.firstExtension ?? expiresOn) : expiresOn;
  const second = extended ? terms.secondExtension : expiresOn;
  return Math.max(expiresOn, first, second);
}

/** The cut-off: t2, or the end of valid_until where that is later (3-rules.md §6). */
export const cutOffOf = (validUntilDate: number, terms: Terms): number =>
  endOfDay(Math.max(terms.secondExtension, validUntilDate));
