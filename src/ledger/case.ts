import type { CalendarDate, Instant } from '../base/instants.ts';
import type { Medium } from '../policy/terms.ts';
import type { ApplicationRow, ClaimRow, PaidRow } from '../tables/tables.ts';

/** Nearly every case has none of most things: one list for all of them. */
export const NONE: readonly never[] = [];

/** A row that a finding rests on: its id as outputs name it, and its content as decisions are bound to it. */
export interface Evidence {
  /** `tx:…`, `sale:…`, `claim:…`, `application:…`, `paid:…`, `coupon:…` */
  readonly id: string;
  readonly content: string;
  /** The content without what is personal in it, where it holds any: what is hashed where there is no key. */
  readonly openContent?: string | undefined;
  /** Where and when, and of how much, if the row says so: for people to read, and nothing a decision is bound to. */
  readonly happening?: Happening | undefined;
  /** All the rows that are bound to by a word for those which are too many to be named (many-rows.ts). */
  readonly standsFor?: readonly Evidence[];
}

/** What a payment, or another row of a shop, tells a person first. */
export interface Happening {
  readonly merchantId: string;
  /** Of a claim undefined: it is not when it was received that is asked. */
  readonly occurredAt: Instant | undefined;
  readonly amountYen: number | undefined;
}

/** A completed row that moves the coupon's balance (`funding = coupon`). */
export interface Movement {
  /** Row number in the transaction table. */
  readonly row: number;
  readonly transactionId: string;
  readonly occurredAt: Instant;
  readonly kind: 'payment' | 'cancel' | 'reinstatement';
  readonly amountYen: number;
  readonly merchantId: string;
  /** What a cancel or reinstatement says it reverses; '' where it names nothing. */
  readonly relatedId: string;
  readonly evidence: Evidence;
}

export interface Payment extends Movement {
  readonly kind: 'payment';
  /** Completed cancels that name it add up to its amount or more. */
  readonly undone: boolean;
}

/** What is known of the app account that a coupon was charged to. */
export interface Account {
  readonly accountId: string;
  /** Of this coupon's own issuance row. */
  readonly active: boolean;
  /** How many coupons in scope it has. */
  readonly couponCount: number;
  /** Those of all the account's coupons in scope, distinct and not empty, sorted. */
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  /** The account's coupons, as evidence of a contradiction: of many this one, those that first show each contact, and a word. */
  readonly coupons: readonly Evidence[];
}

export interface Case {
  readonly couponNumber: string;
  readonly medium: Medium;
  readonly prefecture: string;
  readonly faceYen: number;
  readonly issuedAt: Instant;
  readonly expiresOn: CalendarDate;
  readonly issuance: Evidence;
  readonly account: Account | undefined;
  /** In order: by instant, credits first, then by transaction id. */
  readonly movements: readonly Movement[];
  /** The payments among them, by instant, then transaction id. */
  readonly payments: readonly Payment[];
  readonly pending: readonly Evidence[];
  readonly conflicting: readonly Evidence[];
  readonly rejected: readonly Evidence[];
  readonly claims: readonly ClaimRow[];
  readonly applications: readonly ApplicationRow[];
  /** Paid rows that count as paid: standing and not failed, or conflicting (the larger amount, once). */
  readonly paid: readonly PaidRow[];
  readonly alreadyPaidYen: number;
  /** The payout ids that paid rows name for this coupon, whatever became of them. */
  readonly payoutsNamed: readonly string[];
}
