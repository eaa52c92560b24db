import type { Instant } from '../base/instants.ts';
import { drained, mapped } from '../base/steps.ts';
import { type Book, type Histories, openBook } from '../ledger/book.ts';
import { claimStandings } from '../ledger/claims.ts';
import { type Digest, type IdForm, openReviewLookup, type ReviewLookup } from '../ledger/decisions.ts';
import { type MerchantRecord, merchantRecord } from '../pairing/merchant-record.ts';
import {
  type CaseWithGroups,
  type GroupsByMerchant,
  groupsByMerchant,
  MerchantByMerchant,
  type PairingCase,
} from '../pairing/support.ts';
import { duringOutage, type Policy } from '../policy/policy.ts';
import type { JudgedFinding } from '../rules/finding.ts';
import { isQuiet } from '../rules/group-words.ts';
import { RULES } from '../rules/index.ts';
import { type CaseFile, judgeCase, judgeCaseInSteps, type Rule } from '../rules/rule.ts';
import type { Absent, CouponIndex } from '../tables/pool-index.ts';
import { ABSENT, type Tables } from '../tables/tables.ts';
import { nobodySorted, plainRulesOf, type SortedOut, settlePlain, sortOut } from './fast-path.ts';
import { type LogFigures, logFiguresOf } from './figures.ts';
import { outagePaymentsOf, type SupportMark, supportIn } from './outage-payments.ts';
import { byCoupon, dueOfEach, nothingDue, outcomeOf, type PartitionFacts, type WholeOutcome } from './outcome.ts';
import { PersonCap } from './person-cap.ts';
import { settleCase } from './settle-case.ts';
import type { Settlement } from './settlement.ts';
import { settleWithoutCase } from './without-case.ts';

export type { Outcome, WholeOutcome } from './outcome.ts';

export interface SettleRequest {
  readonly tables: Tables;
  readonly policy: Policy;
  readonly asOf: Instant;
  readonly countUnclaimed: boolean;
  /** An approval counts once another person has confirmed it. */
  readonly requireSecond?: boolean;
  readonly digest: Digest;
  readonly idForm?: IdForm | undefined;
  /** With the secret of the series, where there is one. */
  readonly keyedDigest?: Digest | undefined;
  /**
   * Which coupons are judged, by pool number, or ABSENT for those that no row of the tables names: all, without it. The
   * rows of others are there for what they tell of these.
   */
  readonly isOwn?: (coupon: CouponIndex | Absent) => boolean;
  /** In place of those of the notice, for tests of what a rule more would do. */
  readonly rules?: readonly Rule[];
  /** Ask every rule of every case: what is settled from sums must come to the same. */
  readonly everyRule?: boolean;
  /** The same, and keep what every rule found, for an explanation. */
  readonly keepFindings?: boolean;
  /** How many cases are held against the tills together, and those of one shop more; small in tests. */
  readonly mostAtOnce?: number;
}

const rulesOf = ({ rules }: SettleRequest): readonly Rule[] => rules ?? RULES;

/** The whole of 3-rules.md: from tables to decisions. Pure; the same tables in any order of rows give the same outcome. */
export function settle(request: SettleRequest): WholeOutcome {
  const { tables, policy } = request;
  const { settlements: settled, ...facts } = settleEach(request);
  const cap = new PersonCap(policy.terms);
  const told = [...settled].flatMap((each) => (each === undefined ? [] : (cap.pass(each) ?? [])));
  const settlements = [...told, ...cap.waited()].sort(byCoupon);
  const due = nothingDue();
  for (const settlement of settlements) dueOfEach(due, settlement);
  return { ...outcomeOf(due, [facts], tables.files, policy, request), settlements };
}

/** What a partition of the coupons comes to by itself, settlements one after the other, as they are settled. */
export interface Settling extends PartitionFacts {
  /** To be walked over once. Undefined: none yet; whoever waits for something else meanwhile may have it now. */
  readonly settlements: Iterable<Settlement | undefined>;
}

export const settleEach = (request: SettleRequest): Settling => settleAll(drained(openSettleContext(request)));

/** What is worked out of a run once, whoever is judged. */
export interface SettleContext {
  readonly request: SettleRequest;
  readonly book: Book;
  readonly reviewLookup: ReviewLookup;
  readonly record: MerchantRecord;
  readonly figures: LogFigures;
}

/** In steps, each a walk over the tables. */
export function* openSettleContext(request: SettleRequest): Generator<undefined, SettleContext> {
  const { tables, policy, asOf } = request;
  const book = yield* openBook(tables, policy, asOf, request.isOwn);
  const reviewLookup = openReviewLookup(policy.id, tables.decisions, request.digest, request);
  yield undefined;
  const record = yield* merchantRecord(book);
  yield undefined;
  return { request, book, reviewLookup, record, figures: yield* logFiguresOf(book) };
}

export const settleAll = (settleContext: SettleContext): Settling => ({
  settlements: settlementsIn(settleContext),
  merchantDays: settleContext.record.merchantDays,
  casesJudged: settleContext.book.scope.cases.length,
  paidOnOtherCoupons: countPaidElsewhere(settleContext.book),
  figures: settleContext.figures,
});

function* settlementsIn(settleContext: SettleContext): Iterable<Settlement | undefined> {
  const { request, book, reviewLookup, record } = settleContext;
  const asksEveryRule = request.keepFindings === true || request.everyRule === true;
  const rules = asksEveryRule ? undefined : plainRulesOf(rulesOf(request));
  const sorted = rules === undefined ? nobodySorted(book) : yield* sortOut(book, record, rules);
  yield* settleCases(sorted, yield* openCaseContext(settleContext, sorted.all));
  yield* settleWithoutCase(book, reviewLookup, request.idForm);
}

/** What cases are settled with. */
interface CaseContext extends SettleContext {
  readonly histories: Histories;
  /** The groups of all that claim. */
  readonly claimed: GroupsByMerchant;
  /** Whether the shop reported the day of a payment (R14). */
  readonly isCovered: CaseFile['isCovered'];
  readonly setAsideOn: CaseFile['setAsideOn'];
}

function* openCaseContext(
  settleContext: SettleContext,
  coupons: readonly CouponIndex[],
): Generator<undefined, CaseContext> {
  const { book, reviewLookup, record } = settleContext;
  const claimed = claimedCases(book);
  yield undefined;
  const histories = book.look([...new Set([...coupons, ...claimed])]);
  yield undefined;
  const cases = yield* mapped(claimed, (coupon) => pairingCase(book, reviewLookup, histories, coupon));
  const { merchant } = book.tables.transactions;
  const isCovered: CaseContext['isCovered'] = ({ row, occurredAt }) =>
    record.isCovered(merchant[row] ?? ABSENT, occurredAt);
  const setAsideOn: CaseContext['setAsideOn'] = ({ row, occurredAt }) =>
    record.setAsideOn(merchant[row] ?? ABSENT, occurredAt);
  return { ...settleContext, histories, claimed: yield* groupsByMerchant(cases, book, record), isCovered, setAsideOn };
}

/** Every case that is listed. */
function* settleCases(sorted: SortedOut, caseContext: CaseContext): Iterable<Settlement | undefined> {
  const { book, histories, record } = caseContext;
  // The others of them are of shops that reported nothing.
  const supportOf = (row: number): SupportMark => (record.inE[row] === 1 ? 'supported' : undefined);
  const others = [...sorted.doubtful.keys(), ...sorted.others];
  for (const each of sorted.plain) {
    const settlement = settlePlain(each, sorted.rules, book, histories, supportOf);
    if (settlement === undefined) others.push(each.coupon);
    else yield settlement;
  }
  for (const facts of withGroups(others, caseContext)) {
    yield undefined;
    if (facts === undefined) continue;
    const isLarge = hasManyRows(facts) && mustBeJudged(facts, sorted);
    const settlement = isLarge
      ? yield* judgeAndSettleInSteps(facts, caseContext)
      : settleWithGroups(facts, sorted, caseContext);
    if (settlement?.listed === true) yield settlement;
  }
}

/** A case with more rows takes so long that whoever waits has a turn meanwhile. */
const MANY_ROWS = 1 << 10;

const hasManyRows = ({ case: { movements, claims, applications } }: CaseWithGroups): boolean =>
  movements.length + claims.length + applications.length > MANY_ROWS;

const mustBeJudged = ({ coupon, groups }: CaseWithGroups, { doubtful }: SortedOut): boolean =>
  !doubtful.has(coupon) || !groups.every(isQuiet);

/** Undefined of a plain case of which nothing comes: it is not listed. */
function settleWithGroups(facts: CaseWithGroups, sorted: SortedOut, caseContext: CaseContext): Settlement | undefined {
  const { coupon, groups } = facts;
  const { doubtful, rules } = sorted;
  if (mustBeJudged(facts, sorted)) return judgeAndSettle(facts, caseContext);
  const plain = doubtful.get(coupon);
  if (plain === undefined) return undefined;
  const { book, histories } = caseContext;
  return settlePlain(plain, rules, book, histories, supportIn(groups)) ?? judgeAndSettle(facts, caseContext);
}

/** So few, because a case is large until it is settled. */
const MOST_AT_ONCE = 1 << 12;

/** Cases, and the last shop whose till can be opened once they are at hand. */
interface Batch {
  readonly coupons: readonly CouponIndex[];
  readonly lastMerchant: number;
}

/** In the order of the first of the shops at which each coupon paid in the outage, and those of one shop together. */
function* batchesByMerchant(
  coupons: readonly CouponIndex[],
  most: number,
  caseContext: CaseContext,
): Iterable<Batch | undefined> {
  if (coupons.length <= most) {
    yield { coupons, lastMerchant: Number.POSITIVE_INFINITY };
    return;
  }
  const places = coupons.length;
  // A shop and a place in the list are one number, so that no comparison needs to be called.
  const keys = new Float64Array(places);
  for (const [place, coupon] of coupons.entries()) {
    keys[place] = (firstMerchant(coupon, caseContext) + 1) * places + place;
    if (place % most === 0) yield undefined;
  }
  keys.sort();
  const merchantAt = (at: number): number => Math.floor((keys[at] as number) / places) - 1;
  for (let from = 0; from < places; ) {
    let to = Math.min(places, from + most);
    const lastMerchant = merchantAt(to - 1);
    // Those who paid at no shop wait for none.
    while (lastMerchant !== ABSENT && to < places && merchantAt(to) === lastMerchant) to++;
    const batch = Array.from(keys.subarray(from, to), (key) => coupons[key % places] as CouponIndex);
    yield { coupons: batch, lastMerchant: to === places ? Number.POSITIVE_INFINITY : lastMerchant };
    from = to;
  }
}

/** The lowest number of a shop at which a coupon paid in the outage, or ABSENT. */
function firstMerchant(coupon: CouponIndex, { book, histories }: CaseContext): number {
  const { merchant, occurredAt } = book.tables.transactions;
  let first = ABSENT;
  for (const row of histories.rowsOf(coupon)) {
    const at = merchant[row] as number;
    if (at === ABSENT || (first !== ABSENT && at >= first)) continue;
    if (duringOutage(book.policy.terms, occurredAt[row] as number)) first = at;
  }
  return first;
}

/** Undefined: none is ready yet, as where very many paid at one shop. */
function* withGroups(coupons: readonly CouponIndex[], caseContext: CaseContext): Iterable<CaseWithGroups | undefined> {
  const { book, reviewLookup, record, histories, claimed, request } = caseContext;
  const tills = new MerchantByMerchant(book, record, claimed, request.keepFindings === true);
  for (const batch of batchesByMerchant(coupons, request.mostAtOnce ?? MOST_AT_ONCE, caseContext)) {
    yield undefined;
    for (const coupon of batch?.coupons ?? []) {
      tills.add(pairingCase(book, reviewLookup, histories, coupon));
      yield undefined;
    }
    if (batch !== undefined) yield* tills.open(batch.lastMerchant);
  }
}

function judgeAndSettle(facts: CaseWithGroups, caseContext: CaseContext): Settlement {
  const { reviewLookup, request } = caseContext;
  const file = caseFileOf(facts, caseContext);
  const findings = judgeCase(rulesOf(request), file, request.policy, reviewLookup, request.keepFindings === true);
  return drained(settleJudged(facts, file, findings, caseContext));
}

function* judgeAndSettleInSteps(facts: CaseWithGroups, caseContext: CaseContext): Generator<undefined, Settlement> {
  const { reviewLookup, request } = caseContext;
  const file = caseFileOf(facts, caseContext);
  const whole = request.keepFindings === true;
  const findings = yield* judgeCaseInSteps(rulesOf(request), file, request.policy, reviewLookup, whole);
  const settlement = yield* settleJudged(facts, file, findings, caseContext);
  yield undefined;
  return settlement;
}

const caseFileOf = (facts: CaseWithGroups, { isCovered, setAsideOn, request }: CaseContext): CaseFile => ({
  coupon: facts.case,
  groups: facts.groups,
  claims: facts.claims,
  isCovered,
  setAsideOn,
  asOf: request.asOf,
  countUnclaimed: request.countUnclaimed,
});

// Findings are many and only an explanation needs them: a run keeps none.
const settleJudged = (
  facts: CaseWithGroups,
  file: CaseFile,
  findings: readonly JudgedFinding[],
  { book, histories, reviewLookup, request }: CaseContext,
): Generator<undefined, Settlement> =>
  settleCase(file, findings, request.policy, reviewLookup, {
    keepFindings: request.keepFindings === true,
    outagePayments: () => outagePaymentsOf(histories.rowsOf(facts.coupon), book, supportIn(facts.groups)),
  });

/**
 * Some cases of a run, listed or not, with what every rule found, by their numbers in the pool.
 *
 * @param coupons each once
 */
export function settleCasesOf(
  settleContext: SettleContext,
  coupons: readonly CouponIndex[],
): ReadonlyMap<CouponIndex, Settlement> {
  return new Map([...settlingCasesOf(settleContext, coupons)].filter((each) => each !== undefined));
}

/** The same one by one. Undefined: none yet, as in {@link Settling}. */
export function* settlingCasesOf(
  settleContext: SettleContext,
  coupons: readonly CouponIndex[],
): Iterable<readonly [CouponIndex, Settlement] | undefined> {
  const caseContext = yield* openCaseContext(
    { ...settleContext, request: { ...settleContext.request, keepFindings: true } },
    coupons,
  );
  for (const facts of withGroups(coupons, caseContext)) {
    yield undefined;
    if (facts !== undefined) yield [facts.coupon, yield* judgeAndSettleInSteps(facts, caseContext)];
  }
}

/** Cases with a claim that stands, each once. */
export function claimedCases({ tables, scope }: Book): readonly CouponIndex[] {
  const standing = tables.claims.filter(({ disposition }) => disposition === 'accepted');
  const coupons = new Set(standing.map(({ couponNumber }) => tables.coupons.find(couponNumber)));
  return [...coupons].filter((coupon): coupon is CouponIndex => coupon !== ABSENT && scope.isCase(coupon));
}

function pairingCase(book: Book, reviewLookup: ReviewLookup, histories: Histories, coupon: CouponIndex): PairingCase {
  const facts = histories.caseOf(coupon);
  return { coupon, case: facts, claims: claimStandings(facts, book.policy, reviewLookup) };
}

function countPaidElsewhere({ tables, scope, isOwn }: Book): number {
  const standing = tables.paid.filter((row) => row.disposition === 'accepted' || row.disposition === 'conflicting');
  const coupons = standing.map((row) => tables.coupons.find(row.couponNumber));
  return coupons.filter((coupon) => isOwn(coupon) && (coupon === ABSENT || !scope.isCase(coupon))).length;
}
