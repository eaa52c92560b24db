import { type CalendarDate, endOfDay, type Instant } from '../base/instants.ts';
import { mapped, sorted } from '../base/steps.ts';
import { compareText, text } from '../base/text.ts';
import { namedPayment, reinstatementsOf, signedYen } from '../ledger/balance.ts';
import { type Case, type Evidence, type Happening, NONE } from '../ledger/case.ts';
import type { ItemIdentity, ReviewLookup } from '../ledger/decisions.ts';
import { applicationEvidence, claimEvidence } from '../ledger/evidence.ts';
import { namedAmong } from '../ledger/many-rows.ts';
import { type Policy, secondExtensionEnd } from '../policy/policy.ts';
import { isOffered, type Terms } from '../policy/terms.ts';
import { type GroundId, isUnanswered, REVIEW_REASONS, type ReasonCode, type Status } from '../policy/vocabulary.ts';
import { channelOf } from '../rules/channels/index.ts';
import {
  type BGround,
  concludes,
  conclusionOn,
  payableInAll,
  type Standing,
  standingOf,
} from '../rules/conclusions.ts';
import type { Amounts, JudgedFinding, Question, RouteFound } from '../rules/finding.ts';
import type { CaseFile } from '../rules/rule.ts';
import type { OutagePayment } from './outage-payments.ts';
import type { Extension, Reinstatement, ReviewItem, Settlement } from './settlement.ts';

/** What is told of a case beside what comes of it. */
export interface ToldBeside {
  readonly keepFindings: boolean;
  /** Asked of a listed coupon. */
  readonly outagePayments: () => readonly OutagePayment[];
}

/** From findings to what is done: items, holds, route, yen, status (3-rules.md §6 to §8). In steps: findings may be very many. */
export function* settleCase(
  file: CaseFile,
  findings: readonly JudgedFinding[],
  policy: Policy,
  reviewLookup: ReviewLookup,
  { keepFindings, outagePayments }: ToldBeside,
): Generator<undefined, Settlement> {
  const { coupon } = file;
  const amounts = amountsIn(findings);
  const standing = standingOf(file, findings);
  const dueYen = Math.max(0, payableInAll(findings) - coupon.alreadyPaidYen);
  const stakeOfHolds = file.asOf >= amounts.cutOff ? dueYen : Math.max(0, amounts.shareYen + amounts.reinstateYen);
  const items = yield* itemsAsked(coupon.couponNumber, findings, stakeOfHolds);
  const sought = dueYen > 0 && !items.some(isHolding);
  const search = sought ? seekRoute(file, findings, policy.terms, reviewLookup) : NOT_SOUGHT;
  for (const { finding, question, item } of search.questions)
    items.push(itemOf(coupon.couponNumber, finding.evidence, question, item, stakeOfHolds));
  const payableYen = items.some(isHolding) ? 0 : dueYen;
  const hasGround = standing.groundA || standing.pendingA || standing.grounds.length > 0;
  const status = statusOf({
    asOf: file.asOf,
    alreadyPaidYen: coupon.alreadyPaidYen,
    items,
    standing,
    hasGround,
    payableYen,
    routed: search.route !== undefined,
    extendedTo: secondExtensionEnd(policy.terms, coupon.expiresOn),
    cutOff: amounts.cutOff,
    terms: policy.terms,
  });
  const grounds = groundsShown(standing);
  yield undefined;
  const reasons = reasonsOf(file, { findings, items, standing, hasGround, status }, policy.terms);
  yield undefined;
  const evidence = yield* evidenceShown(file, findings, items, standing);
  yield undefined;
  const listed =
    hasGround ||
    items.length > 0 ||
    coupon.claims.length > 0 ||
    coupon.applications.length > 0 ||
    coupon.payoutsNamed.length > 0;
  return {
    couponNumber: coupon.couponNumber,
    prefecture: Number(coupon.prefecture),
    listed,
    status,
    grounds,
    amounts: {
      faceYen: coupon.faceYen,
      validUntil: amounts.validUntil,
      residualYen: amounts.residualYen,
      reinstateYen: amounts.reinstateYen,
      alreadyPaidYen: coupon.alreadyPaidYen,
      payableYen,
    },
    route: search.route?.route,
    destination: search.route?.destination,
    ...(isPaidUnderCap(coupon, policy.terms)
      ? { paidTo: seekRoute(file, findings, policy.terms, reviewLookup).route?.destination }
      : {}),
    withoutDeadline: search.withoutDeadline,
    payoutsNamed: coupon.payoutsNamed,
    reasons,
    evidence,
    items: items.length === 0 ? NONE : items,
    reinstatements:
      file.asOf < amounts.cutOff ? reinstatementsDue(file, standing.grounds, amounts.reinstateYen, findings) : NONE,
    extension: extensionOf(coupon, standing, amounts.validUntil, grounds),
    spentYen: coupon.movements.reduce((sum, movement) => sum - signedYen(movement), 0),
    outagePayments: listed ? outagePayments() : NONE,
    findings: keepFindings ? findings : NONE,
  };
}

/** So many items are made at a time. */
const ITEMS_A_STEP = 1 << 10;

/** What is asked whatever route is found. */
function* itemsAsked(
  couponNumber: string,
  findings: readonly JudgedFinding[],
  stakeOfHolds: number,
): Generator<undefined, ReviewItem[]> {
  const items: ReviewItem[] = [];
  for (const finding of findings) {
    const { question, item } = finding;
    if (question === undefined || item === undefined || question.onRoute === true) continue;
    if (!concludes(finding, findings)) continue;
    items.push(itemOf(couponNumber, finding.evidence, question, item, stakeOfHolds));
    if (items.length % ITEMS_A_STEP === 0) yield undefined;
  }
  return items;
}

function amountsIn(findings: readonly JudgedFinding[]): Amounts {
  for (const { amounts } of findings) if (amounts !== undefined) return amounts;
  throw new Error('no rule read the coupon\u2019s balance');
}

const isHolding = (item: ReviewItem): boolean => item.holds && item.verdict !== 'approve';
const isOpen = (item: ReviewItem): boolean => isUnanswered(item.verdict);

export const sortedIds = (evidence: readonly Evidence[]): readonly string[] =>
  distinctInOrder(evidence.map(({ id }) => id));

/** So few texts are put in order quicker than a set of them is made. */
const FEW_WORDS = 1 << 6;

/** Each text once, by code point. Most lists of evidence are short: neighbours are compared, and no set is made. */
function distinctInOrder<Word extends string>(words: readonly Word[]): readonly Word[] {
  if (words.length < 2) return words;
  // Very many are mostly the same few, of question after question.
  if (words.length > FEW_WORDS) return [...new Set(words)].sort(compareText);
  const sorted = [...words].sort(compareText);
  return sorted.every((word, at) => at === 0 || word !== sorted[at - 1])
    ? sorted
    : sorted.filter((word, at) => at === 0 || word !== sorted[at - 1]);
}

/** The same in steps: of a coupon with very many rows. */
export function* distinctInSteps(words: readonly string[]): Generator<undefined, readonly string[]> {
  if (words.length <= FEW_WORDS) return distinctInOrder(words);
  const distinct = new Set<string>();
  for (const [place, word] of words.entries()) {
    distinct.add(word);
    if (place % WORDS_A_STEP === 0) yield undefined;
  }
  return yield* sorted(distinct, compareText);
}

/** So many words take no time. */
const WORDS_A_STEP = 1 << 14;

function itemOf(
  couponNumber: string,
  evidence: readonly Evidence[],
  question: Question,
  item: ItemIdentity,
  stakeOfHolds: number,
): ReviewItem {
  const { holds } = REVIEW_REASONS[question.reason];
  return {
    reviewId: item.reviewId,
    evidenceHash: item.evidenceHash,
    verdict: item.verdict,
    couponNumber,
    reason: question.reason,
    holds,
    stakeYen: question.stakeYen ?? (holds ? stakeOfHolds : 0),
    detail: question.detail,
    evidence: sortedIds(evidence),
    happenings: happeningsIn(evidence),
  };
}

/** What people are told of a question\u2019s rows, by time. */
export const happeningsIn = (evidence: readonly Evidence[]): readonly Happening[] =>
  evidence
    .flatMap(({ happening }) => (happening === undefined ? [] : [happening]))
    .sort((a, b) => (a.occurredAt ?? 0) - (b.occurredAt ?? 0) || compareText(a.merchantId, b.merchantId));

interface AskedOnRoute {
  readonly finding: JudgedFinding;
  readonly question: Question;
  readonly item: ItemIdentity;
}

interface RouteSearch {
  readonly questions: readonly AskedOnRoute[];
  readonly route: RouteFound | undefined;
  readonly withoutDeadline: boolean;
}

/** Then a way is sought whatever is due, and whatever holds the coupon: by it what was paid counts for a person. */
const isPaidUnderCap = ({ alreadyPaidYen }: Case, { compensation }: Terms): boolean =>
  compensation.capPerPersonYen !== undefined && alreadyPaidYen > 0;

const NOT_SOUGHT: RouteSearch = { questions: [], route: undefined, withoutDeadline: false };

/** Walks the ways in their order; an open question ends the search, an approved one passes that way over. */
function seekRoute(
  file: CaseFile,
  findings: readonly JudgedFinding[],
  terms: Terms,
  reviewLookup: ReviewLookup,
): RouteSearch {
  const questions: AskedOnRoute[] = [];
  for (const finding of findings) {
    const { route } = finding;
    if (route !== undefined && isTooLate(route, file.asOf, terms))
      return pastDeadline(file, finding, route, questions, reviewLookup);
    if (route !== undefined) return { questions, route, withoutDeadline: false };
    if (finding.question?.onRoute !== true || finding.item === undefined) continue;
    questions.push({ finding, question: finding.question, item: finding.item });
    if (finding.item.verdict !== 'approve') break;
  }
  return { questions, route: undefined, withoutDeadline: false };
}

/** What the office did not send in time does not lapse by itself (R13). */
function pastDeadline(
  file: CaseFile,
  finding: JudgedFinding,
  route: RouteFound,
  questions: readonly AskedOnRoute[],
  reviewLookup: ReviewLookup,
): RouteSearch {
  const question: Question = {
    reason: 'PAST_RECEIVE_BY',
    detail: text('受取期限を過ぎて未送付', 'not sent by the receiving deadline'),
  };
  const item = reviewLookup(file.coupon.couponNumber, question.reason, finding.evidence);
  return { questions: [...questions, { finding, question, item }], route, withoutDeadline: item.verdict === 'approve' };
}

export interface StatusFacts {
  readonly asOf: Instant;
  readonly alreadyPaidYen: number;
  readonly items: readonly ReviewItem[];
  readonly standing: Standing;
  readonly hasGround: boolean;
  readonly payableYen: number;
  readonly routed: boolean;
  /** t2 of the coupon. */
  readonly extendedTo: Instant;
  readonly cutOff: Instant;
  readonly terms: Terms;
}

/** B grounds at most, and none that counts. */
const hasOnlyUncalled = ({ groundA, pendingA, countingB }: Standing): boolean => !groundA && !pendingA && !countingB;

/** The first that fits of 3-rules.md §8. */
export function statusOf(facts: StatusFacts): Status {
  const { asOf, items, standing, terms } = facts;
  const awaitsClaim = hasOnlyUncalled(standing);
  const isUncalled = awaitsClaim && isPast(asOf, terms.claimsClose);
  // Without a ground nothing counts either: what nobody can call about any more is none for a question to wait beside.
  const hasNone = isUncalled || !facts.hasGround;
  if (items.some((item) => isOpen(item) && (item.holds || hasNone))) return 'in_review';
  if (!facts.hasGround || items.some((item) => item.holds && item.verdict === 'reject')) return 'not_eligible';
  if (awaitsClaim) return isUncalled ? 'lapsed' : 'awaiting_claim';
  if (standing.pendingA && !standing.countingB) return 'pending';
  return statusOfCovered(facts);
}

/** Of a coupon that (A) or a (B) that counts covers: by the day, and by what is left to pay. */
function statusOfCovered(facts: StatusFacts): Status {
  const { asOf, terms } = facts;
  if (asOf < facts.extendedTo) return 'extended';
  if (asOf < facts.cutOff) return 'still_valid';
  if (facts.payableYen === 0) return facts.alreadyPaidYen > 0 ? 'settled' : 'used_up';
  if (facts.routed) return 'payable';
  return isPastAllDeadlines(asOf, terms) ? 'lapsed' : 'awaiting_application';
}

const isPast = (asOf: Instant, close: number | undefined): boolean => close !== undefined && asOf >= endOfDay(close);

/** What is sent this way had to be received by now. */
export const isTooLate = ({ route }: RouteFound, asOf: Instant, terms: Terms): boolean =>
  channelOf(route).hasDeadline && isPast(asOf, terms.receiveBy);

/** A way in which nothing is paid is closed. */
const isPastAllDeadlines = (asOf: Instant, terms: Terms): boolean =>
  (!isOffered(terms, 'points') || isPast(asOf, terms.applicationsClose)) &&
  (!isOffered(terms, 'bank_transfer') || isPast(asOf, terms.bankApplicationsClose));

const GROUND_A: readonly GroundId[] = ['A'];

/** In the order A, B1, B2. */
export function groundsShown({ groundA, grounds }: Standing): readonly GroundId[] {
  const a = groundA ? GROUND_A : NONE;
  if (grounds.length === 0) return a;
  return [...a, ...(['B1', 'B2'] as const).filter((id) => grounds.some((ground) => ground.id === id))];
}

export const pointsAreClosed = (status: Status, asOf: Instant, terms: Terms): boolean =>
  status === 'awaiting_application' && isPast(asOf, terms.applicationsClose);

/** What a case has come to. */
interface Concluded {
  readonly findings: readonly JudgedFinding[];
  readonly items: readonly ReviewItem[];
  readonly standing: Standing;
  readonly hasGround: boolean;
  readonly status: Status;
}

function reasonsOf(
  file: CaseFile,
  { findings, items, standing, hasGround, status }: Concluded,
  terms: Terms,
): readonly ReasonCode[] {
  const reasons: ReasonCode[] = items.map((item) => item.reason);
  for (const finding of findings) if (finding.reasons !== undefined) reasons.push(...finding.reasons);
  if (standing.grounds.some((ground) => !ground.counts))
    reasons.push(isPast(file.asOf, terms.claimsClose) ? 'CLAIMS_CLOSED' : 'CLAIM_AWAITED');
  if (!hasGround && file.coupon.applications.length > 0) reasons.push('NO_GROUND');
  if (items.some((item) => item.holds && item.verdict === 'reject')) reasons.push('REJECTED');
  if (pointsAreClosed(status, file.asOf, terms)) reasons.push('POINTS_APPLICATIONS_CLOSED');
  return distinctInOrder(reasons);
}

function* evidenceShown(
  file: CaseFile,
  findings: readonly JudgedFinding[],
  items: readonly ReviewItem[],
  standing: Standing,
): Generator<undefined, readonly string[]> {
  const ids: string[] = [];
  const show = ({ id }: Evidence): void => {
    ids.push(id);
  };
  (yield* mapped(file.coupon.claims, claimEvidence)).forEach(show);
  (yield* mapped(file.coupon.applications, applicationEvidence)).forEach(show);
  for (const finding of findings) {
    if (finding.ground !== undefined && concludes(finding, findings)) finding.evidence.forEach(show);
  }
  for (const ground of standing.grounds) for (const payment of ground.payments) show(payment.evidence);
  for (const item of items) for (const id of item.evidence) ids.push(id);
  return yield* distinctInSteps(ids);
}

/** The B payments that count, those that no reinstatement names first, each time latest first, as far as the yen go. */
function reinstatementsDue(
  file: CaseFile,
  grounds: readonly BGround[],
  reinstateYen: number,
  findings: readonly JudgedFinding[],
): readonly Reinstatement[] {
  const { coupon } = file;
  const named = new Set(reinstatementsOf(coupon).map((movement) => namedPayment(coupon, movement)?.row));
  const candidates = grounds
    .filter((ground) => ground.counts)
    .flatMap((ground) => ground.payments.map((payment) => ({ ground, payment })))
    .sort(
      (a, b) =>
        Number(named.has(a.payment.row)) - Number(named.has(b.payment.row)) ||
        b.payment.occurredAt - a.payment.occurredAt ||
        compareText(b.payment.transactionId, a.payment.transactionId),
    );
  const evidenceOf = evidenceOfGrounds(findings);
  const due: Reinstatement[] = [];
  let left = reinstateYen;
  for (const { ground, payment } of candidates) {
    const amountYen = Math.min(left, payment.amountYen);
    if (amountYen <= 0) break;
    left -= amountYen;
    due.push({
      couponNumber: coupon.couponNumber,
      transactionId: payment.transactionId,
      merchantId: payment.merchantId,
      amountYen,
      deductedYen: payment.amountYen,
      ground: ground.id,
      evidence: sortedIds([...evidenceOf(ground), payment.evidence]),
    });
  }
  if (left > 0) throw new Error('more is to be put back than was deducted');
  return due.sort((a, b) => compareText(a.transactionId, b.transactionId));
}

/** The rows that a ground rests on, as each payment that is put back for it names them. */
function evidenceOfGrounds(findings: readonly JudgedFinding[]): (ground: BGround) => readonly Evidence[] {
  const known = new Map<BGround, readonly Evidence[]>();
  return (ground) => {
    const basis = ground.group === undefined ? undefined : conclusionOn(ground.group, findings);
    const evidence = known.get(ground) ?? namedAmong(basis?.evidence ?? []);
    known.set(ground, evidence);
    return evidence;
  };
}

export function extensionOf(
  { couponNumber, expiresOn }: Pick<Case, 'couponNumber' | 'expiresOn'>,
  standing: Standing,
  validUntil: CalendarDate,
  grounds: readonly GroundId[],
): Extension | undefined {
  const extended = standing.groundA || standing.pendingA || standing.countingB;
  if (!extended || validUntil === expiresOn) return undefined;
  return { couponNumber, from: expiresOn, to: validUntil, grounds: grounds.join('+') };
}
