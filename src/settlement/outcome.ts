import type { Problem } from '../base/problem.ts';
import { compareText } from '../base/text.ts';
import type { Hashing } from '../ledger/decisions.ts';
import type { MerchantDay } from '../pairing/merchant-record.ts';
import type { Policy } from '../policy/policy.ts';
import type { InputFile } from '../tables/tables.ts';
import { addedFigures, type CouponSum, type LogFigures, type RunFigures } from './figures.ts';
import { brokenInvariants, couponLimits } from './invariants.ts';
import { type Payable, type Payout, payableOf, payoutsOf } from './payouts.ts';
import type { Settlement } from './settlement.ts';

/** What a run comes to, before anything is written; what it says of each coupon aside. */
export interface Outcome {
  readonly payouts: readonly Payout[];
  readonly merchantDays: readonly MerchantDay[];
  readonly casesJudged: number;
  /** Paid rows on coupons that are no case: counted, nothing more. */
  readonly paidOnOtherCoupons: number;
  readonly figures: RunFigures;
  readonly problems: readonly Problem[];
}

/** What a run comes to whose settlements all lie in memory. */
export interface WholeOutcome extends Outcome {
  /** Listed coupons and those with a review item, by coupon number. */
  readonly settlements: readonly Settlement[];
}

/** What is known of a partition of the coupons, settlements aside. */
export interface PartitionFacts {
  /** Of all coupons, the same in every partition: it holds every payment of E. */
  readonly merchantDays: readonly MerchantDay[];
  readonly casesJudged: number;
  readonly paidOnOtherCoupons: number;
  readonly figures: LogFigures;
}

export const byCoupon = (a: Settlement, b: Settlement): number => compareText(a.couponNumber, b.couponNumber);

/** What settlements are due, and what is broken in them. */
export interface Due {
  readonly payables: Payable[];
  readonly problems: Problem[];
  readonly listed: { -readonly [Name in keyof CouponSum]: number };
  /** When payments of listed coupons were made that no sale supports. */
  readonly unsupportedAt: number[];
}

export const nothingDue = (): Due => ({
  payables: [],
  problems: [],
  listed: { coupons: 0, faceYen: 0, spentYen: 0 },
  unsupportedAt: [],
});

/** Adds what one is. */
export function dueOfEach({ payables, problems, listed, unsupportedAt }: Due, settlement: Settlement): void {
  if (settlement.status === 'payable') payables.push(payableOf(settlement));
  for (const problem of couponLimits(settlement)) problems.push(problem);
  for (const { support, occurredAt } of settlement.outagePayments)
    if (support === 'unsupported') unsupportedAt.push(occurredAt);
  const { amounts, spentYen } = settlement;
  if (!settlement.listed || amounts === undefined) return;
  listed.coupons++;
  listed.faceYen += amounts.faceYen;
  listed.spentYen += spentYen;
}

/** A recipient's coupons may lie in several partitions, so nothing is paid before all are settled. */
export function outcomeOf(
  due: Due,
  partitions: readonly PartitionFacts[],
  files: readonly InputFile[],
  policy: Policy,
  hashing: Hashing,
): Outcome {
  const payouts = payoutsOf(due.payables, policy, hashing);
  const sumOf = (count: (partition: PartitionFacts) => number): number =>
    partitions.reduce((sum, partition) => sum + count(partition), 0);
  return {
    payouts,
    merchantDays: partitions[0]?.merchantDays ?? [],
    casesJudged: sumOf((partition) => partition.casesJudged),
    paidOnOtherCoupons: sumOf((partition) => partition.paidOnOtherCoupons),
    figures: addedFigures(
      partitions.map(({ figures }) => figures),
      due,
      policy.terms,
    ),
    problems: brokenInvariants(due.payables, payouts, due.problems, files, policy.terms.compensation.capPerPersonYen),
  };
}
