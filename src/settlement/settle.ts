import type { Tables } from '../intake/tables.ts';
import { type Book, openBook } from '../ledger/book.ts';
import { claimStandings } from '../ledger/claims.ts';
import { type Desk, type Digest, openDesk } from '../ledger/decisions.ts';
import type { GroupRecord } from '../pairing/groups.ts';
import { type MerchantDay, type ShopRecord, shopRecord } from '../pairing/shop-record.ts';
import { type PairingCase, pairWithShops } from '../pairing/support.ts';
import { dateOf, type Instant } from '../policy/instants.ts';
import { duringOutage, type Policy } from '../policy/policy.ts';
import type { Problem } from '../policy/problem.ts';
import { compareText } from '../policy/text.ts';
import { RULES } from '../rules/index.ts';
import { type CaseFile, judgeCase } from '../rules/rule.ts';
import { brokenInvariants } from './invariants.ts';
import { type Payout, payoutsOf } from './payouts.ts';
import { settleCase } from './settle-case.ts';
import type { Settlement } from './settlement.ts';
import { settleStrangers } from './strangers.ts';

export interface SettleRequest {
  readonly tables: Tables;
  readonly policy: Policy;
  readonly asOf: Instant;
  readonly countUnclaimed: boolean;
  readonly digest: Digest;
  /** Keep what every rule found, for an explanation. */
  readonly keepFindings?: boolean;
}

/** What a run comes to, before anything is written. */
export interface Outcome {
  /** Listed coupons and those with a review item, by coupon number. */
  readonly settlements: readonly Settlement[];
  readonly payouts: readonly Payout[];
  readonly merchantDays: readonly MerchantDay[];
  readonly casesJudged: number;
  /** Paid rows on coupons that are no case: counted, nothing more. */
  readonly paidOnOtherCoupons: number;
  readonly problems: readonly Problem[];
}

/** The whole of 3-rules.md: from tables to decisions. Pure; the same tables in any order of rows give the same outcome. */
export function settle(request: SettleRequest): Outcome {
  const { tables, policy, asOf } = request;
  const book = openBook(tables, policy, asOf);
  const desk = openDesk(policy.id, tables.decisions, request.digest);
  const record = shopRecord(book);
  const { cases, groups } = pairWithShops(book, record, casesInOutage(book, desk), request.keepFindings === true);
  const listed: Settlement[] = [];
  for (const coupon of book.cases) {
    const facts = cases.get(coupon) ?? pairingCase(book, desk, coupon);
    const settled = judgeAndSettle(book, desk, record, facts, groups.get(coupon) ?? [], request);
    if (settled.listed) listed.push(settled);
  }
  const settlements = [...listed, ...settleStrangers(book, desk)].sort((a, b) =>
    compareText(a.couponNumber, b.couponNumber),
  );
  const payouts = payoutsOf(settlements, policy, request.digest);
  return {
    settlements,
    payouts,
    merchantDays: record.merchantDays,
    casesJudged: book.cases.length,
    paidOnOtherCoupons: countPaidElsewhere(book),
    problems: brokenInvariants(settlements, payouts, tables.files),
  };
}

function judgeAndSettle(
  book: Book,
  desk: Desk,
  record: ShopRecord,
  facts: PairingCase,
  groups: readonly GroupRecord[],
  { policy, countUnclaimed, keepFindings }: SettleRequest,
): Settlement {
  const file = caseFile(book, record, facts, groups, countUnclaimed);
  const whole = keepFindings === true;
  // Findings are many and only an explanation needs them: a run keeps none.
  return settleCase(file, judgeCase(RULES, file, policy, desk, whole), policy, desk, whole);
}

/** One case of a run, listed or not. @param coupon its number in the pool */
export function settleCaseOf(request: SettleRequest, coupon: number): Settlement {
  const book = openBook(request.tables, request.policy, request.asOf);
  const desk = openDesk(request.policy.id, request.tables.decisions, request.digest);
  const record = shopRecord(book);
  const { cases, groups } = pairWithShops(book, record, casesInOutage(book, desk), true);
  const facts = cases.get(coupon) ?? pairingCase(book, desk, coupon);
  return judgeAndSettle(book, desk, record, facts, groups.get(coupon) ?? [], { ...request, keepFindings: true });
}

/** Cases with a payment in the outage: the only ones that are held against the shops. */
function* casesInOutage(book: Book, desk: Desk): Iterable<PairingCase> {
  const { transactions, coupons } = book.tables;
  const wanted = new Uint8Array(coupons.size);
  for (let row = 0; row < transactions.rows; row++) {
    if (duringOutage(book.policy.terms, transactions.occurredAt[row] ?? 0)) wanted[transactions.coupon[row] ?? 0] = 1;
  }
  for (const coupon of book.cases) if (wanted[coupon] === 1) yield pairingCase(book, desk, coupon);
}

function pairingCase(book: Book, desk: Desk, coupon: number): PairingCase {
  const facts = book.caseOf(coupon);
  return { coupon, case: facts, claims: claimStandings(facts, book.policy, desk) };
}

function caseFile(
  book: Book,
  record: ShopRecord,
  facts: PairingCase,
  groups: readonly GroupRecord[],
  countUnclaimed: boolean,
): CaseFile {
  const { merchants } = book.tables;
  return {
    coupon: facts.case,
    groups,
    claims: facts.claims,
    isCovered: (payment) => record.isCovered(merchants.find(payment.merchantId), dateOf(payment.occurredAt)),
    asOf: book.asOf,
    countUnclaimed,
  };
}

function countPaidElsewhere(book: Book): number {
  const standing = book.tables.paid.filter(
    (row) => row.disposition === 'accepted' || row.disposition === 'conflicting',
  );
  return standing.filter((row) => !book.scope.isCase(book.tables.coupons.find(row.couponNumber))).length;
}
