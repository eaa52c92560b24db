import type { CalendarDate, Instant } from '../base/instants.ts';
import { compareText } from '../base/text.ts';
import type { Book, Histories } from '../ledger/book.ts';
import { type Account, NONE } from '../ledger/case.ts';
import { type CaseSums, caseSumsAt, type Readings } from '../ledger/case-sums.ts';
import { isCompletedPayment } from '../ledger/scope.ts';
import type { MerchantRecord } from '../pairing/merchant-record.ts';
import { duringOutage, firstExtensionEnd, secondExtensionEnd } from '../policy/policy.ts';
import { type Cohort, cohortOf, type Terms } from '../policy/terms.ts';
import type { ReasonCode } from '../policy/vocabulary.ts';
import { cutOffOf, lastDayOf, type Standing } from '../rules/conclusions.ts';
import type { Amounts, RouteFound } from '../rules/finding.ts';
import type { ForTheRules, PlainBalance, PlainGround, PlainStatement } from '../rules/plain-coupon.ts';
import type { Rule } from '../rules/rule.ts';
import type { CouponIndex } from '../tables/pool-index.ts';
import { ACCEPTED, COMPLETED, PAYMENT, type TransactionTable } from '../tables/tables.ts';
import { outagePaymentsOf, type SupportMark } from './outage-payments.ts';
import { SumsOfCases } from './plain-sums.ts';
import { extensionOf, groundsShown, isTooLate, pointsAreClosed, statusOf } from './settle-case.ts';
import type { Settlement } from './settlement.ts';

/**
 * Cases that are settled from sums: a coupon that was issued and paid with, of which nothing else is known, and whose
 * payments in the outage leave no question. Of these only ground (A) can come, or nothing. Every judgement here is the
 * rules' own (`onPlainCoupon`); what is saved is asking those that are silent, and making objects of rows. Whoever is not
 * plain is judged rule by rule, and an explanation does so with everybody: both must come to the same.
 */
export interface PlainCase {
  readonly coupon: CouponIndex;
  /** At the cut-off, or at as-of where that comes first. */
  readonly residualYen: number;
  readonly ground: PlainGround;
}

/** What rules state of a plain coupon, by what it is about, each in their order. */
export interface PlainRules {
  readonly grounds: readonly StatementOf<'a ground'>['groundOf'][];
  readonly objections: readonly StatementOf<'an objection'>['objects'][];
  readonly amounts: readonly StatementOf<'amounts'>['amountsOf'][];
  readonly routes: readonly StatementOf<'a route'>['routeOf'][];
}

type StatementOf<What extends PlainStatement['states']> = Extract<PlainStatement, { readonly states: What }>;

/** Undefined where a rule states nothing that is known here: then nobody is settled from sums. */
export function plainRulesOf(rules: readonly Rule[]): PlainRules | undefined {
  const grounds: PlainRules['grounds'][number][] = [];
  const objections: PlainRules['objections'][number][] = [];
  const amounts: PlainRules['amounts'][number][] = [];
  const routes: PlainRules['routes'][number][] = [];
  for (const { onPlainCoupon } of rules) {
    if (onPlainCoupon === 'silent') continue;
    // The type demands a statement; of a rule that came around it, nothing is taken for granted.
    switch (onPlainCoupon?.states) {
      case 'a ground':
        grounds.push(onPlainCoupon.groundOf);
        break;
      case 'an objection':
        objections.push(onPlainCoupon.objects);
        break;
      case 'amounts':
        amounts.push(onPlainCoupon.amountsOf);
        break;
      case 'a route':
        routes.push(onPlainCoupon.routeOf);
        break;
      default:
        return undefined;
    }
  }
  return { grounds, objections, amounts, routes };
}

const STANDINGS: Readonly<Record<PlainGround, Standing>> = {
  A: { groundA: true, pendingA: false, grounds: [], countingB: false },
  'pending A': { groundA: false, pendingA: true, grounds: [], countingB: false },
  none: { groundA: false, pendingA: false, grounds: [], countingB: false },
};

export interface SortedOut {
  /** By which the plain cases are settled. */
  readonly rules: PlainRules;
  /** With ground (A); the plain cases without are not listed. */
  readonly plain: readonly PlainCase[];
  /** Plain but for what the tills say; those without ground (A) have no plain case. */
  readonly doubtful: ReadonlyMap<CouponIndex, PlainCase | undefined>;
  readonly others: readonly CouponIndex[];
  /** Those whose history will be looked at. */
  readonly all: readonly CouponIndex[];
}

/** For an explanation, which asks every rule. */
export const nobodySorted = ({ scope }: Book): SortedOut => ({
  rules: { grounds: NONE, objections: NONE, amounts: NONE, routes: NONE },
  plain: [],
  doubtful: new Map(),
  others: scope.cases,
  all: scope.cases,
});

/** In steps: very many coupons may be cases. */
export function* sortOut(book: Book, record: MerchantRecord, rules: PlainRules): Generator<undefined, SortedOut> {
  const { tables, scope, asOf, policy } = book;
  const caseSums = caseSumsAt(tables, scope, readingsOf(policy.terms, asOf));
  yield undefined;
  const sums = new SumsOfCases(book, caseSums);
  const isDoubtful = doubtfulAtMerchants(book, record, caseSums);
  yield undefined;
  const plain: PlainCase[] = [];
  const doubtful = new Map<CouponIndex, PlainCase | undefined>();
  const others: CouponIndex[] = [];
  for (const [place, coupon] of scope.cases.entries()) {
    if (place % CASES_A_STEP === 0) yield undefined;
    sums.moveTo(coupon, place);
    const seen = caseSums.hasMore[place] === 1 ? 'for the rules' : plainCase(coupon, sums, rules, book);
    if (seen === 'for the rules') others.push(coupon);
    else if (isDoubtful[place] === 1) doubtful.set(coupon, seen);
    else if (seen !== undefined) plain.push(seen);
  }
  return { rules, plain, doubtful, others, all: [...plain.map(({ coupon }) => coupon), ...doubtful.keys(), ...others] };
}

/** So many cases are sorted out at a time. */
const CASES_A_STEP = 1 << 14;

/** Undefined where ground (A) does not hold: then nothing comes of the coupon. */
function plainCase(
  coupon: CouponIndex,
  sums: SumsOfCases,
  { grounds, objections }: PlainRules,
  { policy, asOf }: Book,
): PlainCase | undefined | ForTheRules {
  const { terms } = policy;
  let ground: PlainGround = 'none';
  for (const groundOf of grounds) {
    ground = groundOf(sums, terms, asOf);
    if (ground !== 'none') break;
  }
  for (const objects of objections) if (objects(sums, terms, ground)) return 'for the rules';
  return ground === 'none' ? undefined : { coupon, residualYen: sums.leftAtCutOffYen, ground };
}

/** When the coupons of each cohort are read, if (A) holds. */
const readingsOf = (terms: Terms, asOf: Instant): readonly Readings[] =>
  terms.cohorts.map((cohort) => {
    const expiresOn = cohort.originalExpiry;
    const end = firstExtensionEnd(cohort);
    const cutOff = cutOffOf(lastDayOf(expiresOn, asOf >= end, terms), expiresOn, terms);
    return { expiresOn, first: Math.min(asOf, end), second: Math.min(asOf, cutOff) };
  });

/** Only a coupon of a cohort has a ground without any rule being asked. */
function cohortOfPlain(expiresOn: CalendarDate, terms: Terms): Cohort {
  const cohort = cohortOf(terms, expiresOn);
  if (cohort === undefined) throw new Error('a ground (A) on a coupon of no cohort');
  return cohort;
}

/** By case: 1 where a payment in the outage has no sale of its own, or of several one is on a day without a report. */
function doubtfulAtMerchants(
  { tables, policy, scope }: Book,
  { inE, hasOwnSale }: MerchantRecord,
  { placeOf, hasMore }: CaseSums,
): Uint8Array {
  const { transactions } = tables;
  const { coupon, disposition, occurredAt } = transactions;
  const isDoubtful = new Uint8Array(hasMore.length);
  const hasPaid = new Uint8Array(hasMore.length);
  const isUncovered = new Uint8Array(hasMore.length);
  for (const row of scope.rowsOfCases) {
    if (!duringOutage(policy.terms, occurredAt[row] as number) || !isCompletedPayment(transactions, row)) continue;
    if (disposition[row] !== ACCEPTED) continue;
    const place = placeOf[coupon[row] as CouponIndex] as number;
    const isAgain = hasPaid[place] === 1;
    hasPaid[place] = 1;
    if (inE[row] === 0) isUncovered[place] = 1;
    else if (hasOwnSale[row] === 0) isDoubtful[place] = 1;
    if (isAgain && isUncovered[place] === 1) isDoubtful[place] = 1;
  }
  return isDoubtful;
}

const POINTS_CLOSED: readonly ReasonCode[] = ['POINTS_APPLICATIONS_CLOSED'];

/**
 * Undefined where there is a question after all: where to send it, or what is due to a coupon that outlives the notice.
 *
 * @param supportOf what the shop\u2019s record says of a payment, by its row
 */
export function settlePlain(
  { coupon, residualYen, ground }: PlainCase,
  rules: PlainRules,
  book: Book,
  histories: Histories,
  supportOf: (row: number) => SupportMark,
): Settlement | undefined {
  const { tables, asOf, scope } = book;
  const { terms } = book.policy;
  const row = scope.issuanceRow[coupon] as number;
  const expiresOn = tables.issuance.expiresOn[row] as number;
  const amounts = amountsBy(rules, { expiresOn, residualYen, ground }, terms, asOf);
  if (amounts === 'for the rules') return undefined;
  const { validUntil, cutOff, entitledYen: payableYen } = amounts;
  const route = payableYen > 0 ? routeBy(rules, histories.accountOf(coupon), terms) : undefined;
  if (route === 'for the rules') return undefined;
  // What was not sent in time is asked about.
  if (route !== undefined && isTooLate(route, asOf, terms)) return undefined;
  const standing = STANDINGS[ground];
  const status = statusOf({
    asOf,
    alreadyPaidYen: 0,
    items: NONE,
    standing,
    hasGround: true,
    payableYen,
    routed: route !== undefined,
    extendedTo: secondExtensionEnd(terms, expiresOn),
    cutOff,
    terms,
  });
  const couponNumber = tables.coupons.textOf(coupon);
  const grounds = groundsShown(standing);
  const rows = histories.rowsOf(coupon);
  return {
    couponNumber,
    prefecture: tables.issuance.prefecture[row],
    listed: true,
    status,
    grounds,
    amounts: {
      faceYen: tables.issuance.faceYen[row] as number,
      validUntil,
      residualYen: amounts.residualYen,
      reinstateYen: amounts.reinstateYen,
      alreadyPaidYen: 0,
      payableYen,
    },
    route: route?.route,
    destination: route?.destination,
    withoutDeadline: false,
    payoutsNamed: NONE,
    reasons: pointsAreClosed(status, asOf, terms) ? POINTS_CLOSED : NONE,
    evidence: spentBefore(Math.min(asOf, firstExtensionEnd(cohortOfPlain(expiresOn, terms))), rows, book),
    items: NONE,
    reinstatements: NONE,
    extension: extensionOf({ couponNumber, expiresOn }, standing, validUntil, grounds),
    spentYen: spentIn(rows, tables.transactions),
    outagePayments: outagePaymentsOf(rows, book, supportOf),
    findings: NONE,
  };
}

/** What the first rule that reads the balance says of it. */
function amountsBy(rules: PlainRules, balance: PlainBalance, terms: Terms, asOf: Instant): Amounts | ForTheRules {
  let first: Amounts | undefined;
  for (const amountsOf of rules.amounts) {
    const amounts = amountsOf(balance, terms, asOf);
    if (amounts === 'for the rules') return amounts;
    first ??= amounts;
  }
  return first ?? 'for the rules';
}

function routeBy(rules: PlainRules, account: Account | undefined, terms: Terms): RouteFound | ForTheRules | undefined {
  for (const routeOf of rules.routes) {
    const route = routeOf(account, terms);
    if (route !== undefined) return route;
  }
  return undefined;
}

/** Of what moves a plain coupon\u2019s balance there is nothing but completed payments. */
function spentIn(rows: Int32Array, table: TransactionTable): number {
  let yen = 0;
  for (const row of rows)
    if (table.disposition[row] === ACCEPTED && isCompletedPayment(table, row)) yen += table.amountYen[row] as number;
  return yen;
}

/** Ids of the payments that the first balance rests on, sorted. */
function spentBefore(first: Instant, rows: Int32Array, { tables, evidence }: Book): readonly string[] {
  const { kind, status, disposition, occurredAt } = tables.transactions;
  const ids: string[] = [];
  for (const row of rows) {
    const isSpent = kind[row] === PAYMENT && status[row] === COMPLETED && disposition[row] === ACCEPTED;
    if (isSpent && (occurredAt[row] ?? first) < first) ids.push(evidence.transaction(row).id);
  }
  return ids.length < 2 ? ids : ids.sort(compareText);
}
