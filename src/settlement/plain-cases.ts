import { ACCEPTED, COMPLETED, type IssuanceTable, PAYMENT } from '../intake/tables.ts';
import type { Book, Histories } from '../ledger/book.ts';
import { NONE } from '../ledger/case.ts';
import { type Glance, glanceAt } from '../ledger/glance.ts';
import { isCompletedPayment } from '../ledger/scope.ts';
import type { ShopRecord } from '../pairing/shop-record.ts';
import { endOfDay, type Instant } from '../policy/instants.ts';
import { duringOutage, firstExtensionEnd } from '../policy/policy.ts';
import type { Terms } from '../policy/terms.ts';
import { compareText } from '../policy/text.ts';
import type { ReasonCode } from '../policy/vocabulary.ts';
import { cutOffOf, lastDayOf, type Standing } from '../rules/conclusions.ts';
import { appRoute, deliveryRoute } from '../rules/delivery-route.ts';
import { expiryExtension, isLeftOver } from '../rules/expiry-extension.ts';
import type { RouteFound } from '../rules/finding.ts';
import { entitledOf, residualBalance } from '../rules/residual-balance.ts';
import type { Rule } from '../rules/rule.ts';
import { isOutside, isOverdrawn, soundLedger } from '../rules/sound-ledger.ts';
import { extensionOf, groundsShown, isPast, pointsAreClosed, statusOf } from './settle-case.ts';
import type { Settlement } from './settlement.ts';

/**
 * Cases that are settled at a glance: a coupon that was issued and paid with, of which nothing else is known, and whose
 * payments in the outage leave no question. Of these only ground (A) can come, or nothing. Every judgement here is the
 * rules' own (isLeftOver, isOverdrawn, …); what is saved is asking all the others, and making objects of rows.
 * Whoever is not plain is judged rule by rule, and an explanation does so with everybody: both must come to the same.
 */
export interface PlainCase {
  readonly coupon: number;
  readonly residualYen: number;
  readonly standing: Standing;
}

/** Rules whose judgement of a plain coupon is asked for below, by their own leaves. */
const ASKED: ReadonlySet<string> = new Set(
  [expiryExtension, soundLedger, residualBalance, deliveryRoute].map(({ id }) => id),
);

/** Whether all that these rules say of a plain coupon is known here: each states it, and none judges that is not asked. */
export const settlesPlainCoupons = (rules: readonly Rule[]): boolean =>
  rules.every(
    ({ id, onPlainCoupon }) => onPlainCoupon === 'silent' || (onPlainCoupon === 'from its sums' && ASKED.has(id)),
  );

const WITH_A: Standing = { groundA: true, pendingA: false, grounds: [], countingB: false };
const WITH_PENDING_A: Standing = { groundA: false, pendingA: true, grounds: [], countingB: false };

export interface SortedOut {
  /** With ground (A); the plain cases without are not listed. */
  readonly plain: readonly PlainCase[];
  /** Plain but for what the tills say; those without ground (A) have no plain case. */
  readonly doubtful: ReadonlyMap<number, PlainCase | undefined>;
  readonly others: readonly number[];
  /** Those whose history will be looked at. */
  readonly all: readonly number[];
}

/** For an explanation, which asks every rule. */
export const nobodySorted = ({ scope }: Book): SortedOut => ({
  plain: [],
  doubtful: new Map(),
  others: scope.cases,
  all: scope.cases,
});

export function sortOut(book: Book, record: ShopRecord): SortedOut {
  const { tables, scope, asOf } = book;
  const reading = readingOf(book.policy.terms, asOf);
  const glance = glanceAt(tables, scope, reading.first, reading.second);
  const isDoubtful = doubtfulAtShops(book, record, glance);
  const plain: PlainCase[] = [];
  const doubtful = new Map<number, PlainCase | undefined>();
  const others: number[] = [];
  scope.cases.forEach((coupon, place) => {
    const seen = glance.hasMore[place] === 1 ? 'for the rules' : plainCase(coupon, place, glance, reading, book);
    if (seen === 'for the rules') others.push(coupon);
    else if (isDoubtful[place] === 1) doubtful.set(coupon, seen);
    else if (seen !== undefined) plain.push(seen);
  });
  return { plain, doubtful, others, all: [...plain.map(({ coupon }) => coupon), ...doubtful.keys(), ...others] };
}

/** Undefined where ground (A) does not hold: then nothing comes of the coupon. */
function plainCase(
  coupon: number,
  place: number,
  glance: Glance,
  reading: Reading,
  { tables, scope, policy }: Book,
): PlainCase | undefined | 'for the rules' {
  const { terms } = policy;
  const { issuance } = tables;
  const row = scope.issuanceRow[coupon] as number;
  const face = issuance.faceYen[row] as number;
  const cohort = issuance.expiresOn[row] === terms.originalExpiry;
  const leftOver = isLeftOver(cohort, face - (glance.spentBeforeFirstYen[place] as number), terms);
  const end = endOfDay(lastDay(issuance, row, leftOver, reading, terms));
  if (!isSound(glance, place, issuance, row, end)) return 'for the rules';
  if (!leftOver) return undefined;
  const residualYen = face - (glance.spentBeforeSecondYen[place] as number);
  return { coupon, residualYen, standing: reading.isPending ? WITH_PENDING_A : WITH_A };
}

/** The two instants at which a coupon of the cohort is read, if (A) holds. */
interface Reading {
  readonly first: Instant;
  readonly second: Instant;
  /** The first extension has not ended yet. */
  readonly isPending: boolean;
}

function readingOf(terms: Terms, asOf: Instant): Reading {
  const end = firstExtensionEnd(terms);
  const isPending = asOf < end;
  const cutOff = cutOffOf(lastDayOf(terms.originalExpiry, true, !isPending, terms), terms);
  return { first: Math.min(asOf, end), second: Math.min(asOf, cutOff), isPending };
}

function lastDay(table: IssuanceTable, row: number, leftOver: boolean, { isPending }: Reading, terms: Terms): number {
  const expiresOn = table.expiresOn[row] as number;
  return lastDayOf(expiresOn, expiresOn === terms.originalExpiry, leftOver && !isPending, terms);
}

/** Without credits the balance only falls, so the last one is the lowest. */
const isSound = (glance: Glance, place: number, table: IssuanceTable, row: number, end: Instant): boolean => {
  if (isOverdrawn((table.faceYen[row] as number) - (glance.spentYen[place] as number))) return false;
  if (glance.spentYen[place] === 0) return true;
  const issuedAt = table.issuedAt[row] as number;
  return (
    !isOutside(glance.firstPaidAt[place] as number, issuedAt, end) &&
    !isOutside(glance.lastPaidAt[place] as number, issuedAt, end)
  );
};

/** By case: 1 where a payment in the outage has no sale of its own, or of several one is on a day without a report. */
function doubtfulAtShops(
  { tables, policy, scope }: Book,
  { inE, hasOwnSale }: ShopRecord,
  { placeOf, hasMore }: Glance,
): Uint8Array {
  const { transactions } = tables;
  const { coupon, disposition, occurredAt } = transactions;
  const isDoubtful = new Uint8Array(hasMore.length);
  const hasPaid = new Uint8Array(hasMore.length);
  const isUncovered = new Uint8Array(hasMore.length);
  for (const row of scope.rowsOfCases) {
    if (!duringOutage(policy.terms, occurredAt[row] as number) || !isCompletedPayment(transactions, row)) continue;
    if (disposition[row] !== ACCEPTED) continue;
    const place = placeOf[coupon[row] as number] as number;
    const isAgain = hasPaid[place] === 1;
    hasPaid[place] = 1;
    if (inE[row] === 0) isUncovered[place] = 1;
    else if (hasOwnSale[row] === 0) isDoubtful[place] = 1;
    if (isAgain && isUncovered[place] === 1) isDoubtful[place] = 1;
  }
  return isDoubtful;
}

const POINTS_CLOSED: readonly ReasonCode[] = ['POINTS_APPLICATIONS_CLOSED'];

/** Undefined where there is a question after all: where to send it, or what is due to a coupon that outlives the notice. */
export function settlePlain(
  { coupon, residualYen, standing }: PlainCase,
  book: Book,
  histories: Histories,
): Settlement | undefined {
  const { tables, asOf, scope } = book;
  const { terms } = book.policy;
  const row = scope.issuanceRow[coupon] as number;
  const expiresOn = tables.issuance.expiresOn[row] as number;
  const validUntil = lastDayOf(expiresOn, true, standing.groundA, terms);
  const cutOff = cutOffOf(validUntil, terms);
  const payableYen = standing.groundA ? entitledOf(asOf, cutOff, residualYen) : 0;
  if (payableYen > 0 && validUntil > terms.secondExtension) return undefined;
  const route = payableYen > 0 ? routeOf(coupon, histories, asOf, terms) : undefined;
  if (route === 'for a person') return undefined;
  const status = statusOf({
    asOf,
    alreadyPaidYen: 0,
    items: NONE,
    standing,
    hasGround: true,
    payableYen,
    routed: route !== undefined,
    cutOff,
    terms,
  });
  const couponNumber = tables.coupons.textOf(coupon);
  const grounds = groundsShown(standing);
  return {
    couponNumber,
    listed: true,
    status,
    grounds,
    amounts: {
      faceYen: tables.issuance.faceYen[row] as number,
      validUntil,
      residualYen,
      reinstateYen: 0,
      alreadyPaidYen: 0,
      payableYen,
    },
    route: route?.route,
    destination: route?.destination,
    withoutDeadline: false,
    payoutsNamed: NONE,
    reasons: pointsAreClosed(status, asOf, terms) ? POINTS_CLOSED : NONE,
    evidence: spentBefore(Math.min(asOf, firstExtensionEnd(terms)), histories.rowsOf(coupon), book),
    items: NONE,
    reinstatements: NONE,
    extension: extensionOf({ couponNumber, expiresOn }, standing, validUntil, grounds),
    findings: NONE,
  };
}

function routeOf(
  coupon: number,
  histories: Histories,
  asOf: Instant,
  terms: Terms,
): RouteFound | 'for a person' | undefined {
  const account = histories.accountOf(coupon);
  if (account === undefined || !account.active) return undefined;
  const route = appRoute(account, terms);
  return route === undefined || isPast(asOf, terms.receiveBy) ? 'for a person' : route;
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
