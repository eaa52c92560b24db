import type { CalendarDate } from '../base/instants.ts';
import type { Medium } from '../policy/terms.ts';
import type { SeasonCohort } from './season.ts';

/** Somebody of whose coupons everything is made up on purpose. */
export interface Person {
  readonly place: number;
  readonly account: 'active' | 'withdrawn' | 'none';
  /** Whether the account has one. */
  readonly hasContact: boolean;
}

export interface KnownPayment {
  readonly at: number;
  readonly yen: number;
  readonly shop: number;
  readonly cancelledAt?: number;
}

/** What a shop wrote down of a payment, at its very time. */
export interface KnownSale {
  readonly at: number;
  readonly shop: number;
  readonly couponYen: number;
  readonly cashYen: number;
}

export interface KnownClaim {
  readonly at: number;
  readonly kind: 'double_charge' | 'cash_and_deducted';
  readonly shop: number;
}

export interface KnownApplication {
  readonly at: number;
  readonly method: 'points' | 'bank_transfer';
}

/** A coupon of which everything is known. All that it pays is at shops at which nobody else does. */
export interface KnownCoupon {
  /** What it is made up for. */
  readonly shows: string;
  readonly person: Person;
  readonly medium: Medium;
  readonly prefecture: string;
  readonly isOurs: boolean;
  readonly cohort: SeasonCohort | undefined;
  readonly expiry: CalendarDate;
  readonly issuedAt: number;
  readonly faceYen: number;
  readonly payments: readonly KnownPayment[];
  readonly sales: readonly KnownSale[];
  /** What was deducted wrongly in the outage, as the shop's record proves. */
  readonly wronged: { readonly ground: 'B1' | 'B2'; readonly yen: number } | undefined;
  readonly claim: KnownClaim | undefined;
  readonly application: KnownApplication | undefined;
}

/** The rows of the log that a coupon makes. */
export const rowsOf = ({ payments }: KnownCoupon): number =>
  payments.reduce((rows, { cancelledAt }) => rows + (cancelledAt === undefined ? 1 : 2), 0);

/** What is left on it of what happens before a second. */
export const leftAt = ({ faceYen, payments }: Pick<KnownCoupon, 'faceYen' | 'payments'>, second: number): number =>
  payments.reduce(
    (left, { at, yen, cancelledAt = Number.POSITIVE_INFINITY }) =>
      left - (at < second ? yen : 0) + (cancelledAt < second ? yen : 0),
    faceYen,
  );

/** When the last of it happens. */
export const lastSecondOf = ({ issuedAt, payments, claim, application }: KnownCoupon): number =>
  Math.max(
    issuedAt,
    ...payments.map(({ at, cancelledAt }) => cancelledAt ?? at),
    claim?.at ?? issuedAt,
    application?.at ?? issuedAt,
  );
