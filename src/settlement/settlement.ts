import type { CalendarDate } from '../base/instants.ts';
import type { Text } from '../base/text.ts';
import type { Happening } from '../ledger/case.ts';
import type { GroundId, ReasonCode, ReviewReason, RouteId, Status, Verdict } from '../policy/vocabulary.ts';
import type { Destination } from '../rules/destinations.ts';
import type { JudgedFinding } from '../rules/finding.ts';
import type { OutagePayment } from './outage-payments.ts';

/** A row of review.csv. */
export interface ReviewItem {
  readonly reviewId: string;
  readonly couponNumber: string;
  readonly reason: ReviewReason;
  readonly holds: boolean;
  /** Undefined where nothing can be said of the coupon's yen (contradictory issuance). */
  readonly stakeYen: number | undefined;
  readonly detail: Text;
  /** Sorted ids. */
  readonly evidence: readonly string[];
  readonly evidenceHash: string;
  readonly verdict: Verdict;
  /** The payments that it is about, by time; and the shop of a claim. */
  readonly happenings: readonly Happening[];
}

export interface Reinstatement {
  readonly couponNumber: string;
  readonly transactionId: string;
  readonly merchantId: string;
  readonly amountYen: number;
  /** What was deducted by the payment. */
  readonly deductedYen: number;
  readonly ground: GroundId;
  readonly evidence: readonly string[];
}

export interface Extension {
  readonly couponNumber: string;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly grounds: string;
}

/** Yen columns of eligibility.csv; absent for a coupon that is not judged. */
export interface SettledAmounts {
  readonly faceYen: number;
  readonly validUntil: CalendarDate;
  readonly residualYen: number;
  readonly reinstateYen: number;
  readonly alreadyPaidYen: number;
  readonly payableYen: number;
  /** What a cap a person takes of it; absent where nothing is. */
  readonly cutYen?: number;
}

/** Everything that a run says of one coupon. */
export interface Settlement {
  readonly couponNumber: string;
  /** As the issuance has it; undefined where nothing is judged of the coupon. */
  readonly prefecture: number | undefined;
  readonly listed: boolean;
  readonly status: Status;
  readonly grounds: readonly GroundId[];
  readonly amounts: SettledAmounts | undefined;
  readonly route: RouteId | undefined;
  readonly destination: Destination | undefined;
  /** Under a cap a person: whom what was paid before counts for; absent where nothing was, or nobody is found. */
  readonly paidTo?: Destination | undefined;
  /** Paid although the receiving deadline has passed: with none. */
  readonly withoutDeadline: boolean;
  readonly payoutsNamed: readonly string[];
  /** Sorted. */
  readonly reasons: readonly ReasonCode[];
  readonly evidence: readonly string[];
  readonly items: readonly ReviewItem[];
  readonly reinstatements: readonly Reinstatement[];
  readonly extension: Extension | undefined;
  /** Of its face value, before as-of: payments less cancels and reinstatements. */
  readonly spentYen: number;
  /** By time, then id; none of a coupon that is not listed. */
  readonly outagePayments: readonly OutagePayment[];
  readonly findings: readonly JudgedFinding[];
}
