import { ABSENT, type Tables } from '../intake/tables.ts';
import { type Book, type Histories, openBook } from '../ledger/book.ts';
import { claimStandings } from '../ledger/claims.ts';
import { type Desk, type Digest, openDesk } from '../ledger/decisions.ts';
import type { GroupRecord } from '../pairing/groups.ts';
import { type MerchantDay, type ShopRecord, shopRecord } from '../pairing/shop-record.ts';
import { type PairingCase, pairWithShops } from '../pairing/support.ts';
import type { Instant } from '../policy/instants.ts';
import type { Policy } from '../policy/policy.ts';
import type { Problem } from '../policy/problem.ts';
import { compareText } from '../policy/text.ts';
import { RULES } from '../rules/index.ts';
import { type CaseFile, judgeCase } from '../rules/rule.ts';
import { brokenInvariants } from './invariants.ts';
import { type Payout, payoutsOf } from './payouts.ts';
import { settlePlain, sortOut } from './plain-cases.ts';
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
  const whole = request.keepFindings === true;
  const { plain, others } = whole ? { plain: [], others: book.scope.cases } : sortOut(book, record);
  const histories = book.look([...plain.map(({ coupon }) => coupon), ...others]);
  const settled: Settlement[] = [];
  const judged: number[] = [...others];
  for (const each of plain) {
    const settlement = settlePlain(each, book, histories);
    if (settlement === undefined) judged.push(each.coupon);
    else settled.push(settlement);
  }
  for (const settlement of judgeAll(judged, book, desk, record, histories, request)) settled.push(settlement);
  for (const stranger of settleStrangers(book, desk)) settled.push(stranger);
  const settlements = settled.sort((a, b) => compareText(a.couponNumber, b.couponNumber));
  const payouts = payoutsOf(settlements, policy, request.digest);
  return {
    settlements,
    payouts,
    merchantDays: record.merchantDays,
    casesJudged: book.scope.cases.length,
    paidOnOtherCoupons: countPaidElsewhere(book),
    problems: brokenInvariants(settlements, payouts, tables.files),
  };
}

/** Cases rule by rule, and those of them that are listed. */
function* judgeAll(
  coupons: readonly number[],
  book: Book,
  desk: Desk,
  record: ShopRecord,
  histories: Histories,
  request: SettleRequest,
): Iterable<Settlement> {
  const cases = coupons.map((coupon) => pairingCase(book, desk, histories, coupon));
  const groups = pairWithShops(book, record, cases);
  for (const facts of cases) {
    const settled = judgeAndSettle(book, desk, record, facts, groups.get(facts.coupon) ?? [], request);
    if (settled.listed) yield settled;
  }
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
  // Only those who claim can want one and the same sale.
  const together = [...new Set([coupon, ...claimedCases(book)])];
  const histories = book.look(together);
  const cases = together.map((each) => pairingCase(book, desk, histories, each));
  const groups = pairWithShops(book, record, cases).get(coupon) ?? [];
  const facts = cases[0] as PairingCase;
  return judgeAndSettle(book, desk, record, facts, groups, { ...request, keepFindings: true });
}

function claimedCases({ tables, scope }: Book): readonly number[] {
  const standing = tables.claims.filter(({ disposition }) => disposition === 'accepted');
  const coupons = standing.map(({ couponNumber }) => tables.coupons.find(couponNumber));
  return coupons.filter((coupon) => coupon !== ABSENT && scope.isCase(coupon));
}

function pairingCase(book: Book, desk: Desk, histories: Histories, coupon: number): PairingCase {
  const facts = histories.caseOf(coupon);
  return { coupon, case: facts, claims: claimStandings(facts, book.policy, desk) };
}

function caseFile(
  book: Book,
  record: ShopRecord,
  facts: PairingCase,
  groups: readonly GroupRecord[],
  countUnclaimed: boolean,
): CaseFile {
  const { merchant } = book.tables.transactions;
  return {
    coupon: facts.case,
    groups,
    claims: facts.claims,
    isCovered: (payment) => record.isCovered(merchant[payment.row] ?? ABSENT, payment.occurredAt),
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
