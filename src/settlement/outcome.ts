import type { InputFile } from '../intake/tables.ts';
import type { Digest } from '../ledger/decisions.ts';
import type { MerchantDay } from '../pairing/shop-record.ts';
import type { Policy } from '../policy/policy.ts';
import type { Problem } from '../policy/problem.ts';
import { compareText } from '../policy/text.ts';
import { brokenInvariants, couponLimits } from './invariants.ts';
import { type Payable, type Payout, payableOf, payoutsOf } from './payouts.ts';
import type { Settlement } from './settlement.ts';

/** What a run comes to, before anything is written. */
export interface Outcome<Settlements extends Iterable<Settlement> = Iterable<Settlement>> {
  /**
   * Listed coupons and those with a review item, by coupon number; but for those that another thread keeps. Many: whoever
   * walks over them keeps none.
   */
  readonly settlements: Settlements;
  readonly payouts: readonly Payout[];
  readonly merchantDays: readonly MerchantDay[];
  readonly casesJudged: number;
  /** Paid rows on coupons that are no case: counted, nothing more. */
  readonly paidOnOtherCoupons: number;
  readonly problems: readonly Problem[];
}

/** What a run comes to whose settlements all lie in memory. */
export type WholeOutcome = Outcome<readonly Settlement[]>;

/** What a part of the coupons comes to: all that can be said of each without the others. */
export interface PartOutcome {
  /** By coupon number. */
  readonly settlements: readonly Settlement[];
  /** Of all coupons, the same in every part: it holds every payment of E. */
  readonly merchantDays: readonly MerchantDay[];
  readonly casesJudged: number;
  readonly paidOnOtherCoupons: number;
}

export const byCoupon = (a: Settlement, b: Settlement): number => compareText(a.couponNumber, b.couponNumber);

/** What settlements are due, and what is broken in them. Values only, so that another thread can hand it over. */
export interface Due {
  readonly payables: readonly Payable[];
  readonly problems: readonly Problem[];
}

/** Walks over settlements once: they may have to be read from disk. */
export function dueOf(settlements: Iterable<Settlement>): Due {
  const payables: Payable[] = [];
  const problems: Problem[] = [];
  for (const settlement of settlements) {
    if (settlement.status === 'payable') payables.push(payableOf(settlement));
    for (const problem of couponLimits(settlement)) problems.push(problem);
  }
  return { payables, problems };
}

/**
 * A recipient's coupons may lie in several parts, so nothing is paid before all are settled.
 *
 * @param settlements of all parts, by coupon number
 * @param elsewhere what is due of settlements that another thread keeps
 */
export function putTogether<Settlements extends Iterable<Settlement>>(
  settlements: Settlements,
  parts: readonly Omit<PartOutcome, 'settlements'>[],
  files: readonly InputFile[],
  policy: Policy,
  digest: Digest,
  elsewhere: Due = NOTHING_DUE,
): Outcome<Settlements> {
  const own = dueOf(settlements);
  const payables = elsewhere.payables.length === 0 ? own.payables : [...own.payables, ...elsewhere.payables];
  const payouts = payoutsOf(payables, policy, digest);
  const sumOf = (count: (part: (typeof parts)[number]) => number): number =>
    parts.reduce((sum, part) => sum + count(part), 0);
  return {
    settlements,
    payouts,
    merchantDays: parts[0]?.merchantDays ?? [],
    casesJudged: sumOf((part) => part.casesJudged),
    paidOnOtherCoupons: sumOf((part) => part.paidOnOtherCoupons),
    problems: brokenInvariants(payables, payouts, [...own.problems, ...elsewhere.problems], files),
  };
}

const NOTHING_DUE: Due = { payables: [], problems: [] };
