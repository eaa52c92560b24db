import type { InputFile } from '../intake/tables.ts';
import type { Digest } from '../ledger/decisions.ts';
import type { MerchantDay } from '../pairing/shop-record.ts';
import type { Policy } from '../policy/policy.ts';
import type { Problem } from '../policy/problem.ts';
import { compareText } from '../policy/text.ts';
import { brokenInvariants } from './invariants.ts';
import { type Payout, payoutsOf } from './payouts.ts';
import type { Settlement } from './settlement.ts';

/** What a run comes to, before anything is written. */
export interface Outcome<Settlements extends Iterable<Settlement> = Iterable<Settlement>> {
  /** Listed coupons and those with a review item, by coupon number. Many: whoever walks over them keeps none. */
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

/**
 * A recipient's coupons may lie in several parts, so nothing is paid before all are settled.
 *
 * @param settlements of all parts, by coupon number
 */
export function putTogether<Settlements extends Iterable<Settlement>>(
  settlements: Settlements,
  parts: readonly Omit<PartOutcome, 'settlements'>[],
  files: readonly InputFile[],
  policy: Policy,
  digest: Digest,
): Outcome<Settlements> {
  const payouts = payoutsOf(settlements, policy, digest);
  const sumOf = (count: (part: (typeof parts)[number]) => number): number =>
    parts.reduce((sum, part) => sum + count(part), 0);
  return {
    settlements,
    payouts,
    merchantDays: parts[0]?.merchantDays ?? [],
    casesJudged: sumOf((part) => part.casesJudged),
    paidOnOtherCoupons: sumOf((part) => part.paidOnOtherCoupons),
    problems: brokenInvariants(settlements, payouts, files),
  };
}
