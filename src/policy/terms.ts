import { type CalendarDate, civilDate, dateOf, type Instant } from '../base/instants.ts';

export type Medium = 'paper' | 'app';

/** One of the times at which an outage lasted. */
export interface OutageWindow {
  readonly from: Instant;
  /** The first instant after it. */
  readonly end: Instant;
}

/** The coupons of one printed expiry, and until when they are extended (3-rules.md §1, §6). */
export interface Cohort {
  readonly originalExpiry: CalendarDate;
  readonly firstExtension: CalendarDate | undefined;
  readonly secondExtension: CalendarDate;
}

/** How a percentage becomes whole yen. */
export type Rounding = 'down' | 'up' | 'half-up';

/** What is paid for what is left on a coupon (3-rules.md §6). */
export type Compensation = (
  | { readonly kind: 'balance' }
  | { readonly kind: 'fixed'; readonly yen: number }
  | { readonly kind: 'percentage'; readonly percent: number; readonly rounding: Rounding }
) & {
  /** Less is not paid; 1 where nothing is stated. */
  readonly minimumYen: number;
  readonly capPerCouponYen: number | undefined;
  /** Of all that one recipient receives (3-rules.md §8). */
  readonly capPerPersonYen: number | undefined;
};

/**
 * The figures of a notice, as the rules use them. Spans are in microseconds, ends are exclusive (R1). The clause of each is
 * told in 1-notice.md, "Terms". Of either version of a policy file: the rules see one shape.
 */
export interface Terms {
  /** By number. */
  readonly prefectures: readonly string[];
  readonly media: readonly Medium[];
  /** When the first window of the outage begins. */
  readonly outageFrom: Instant;
  /** First instant after the last of them: of one window, that is all of it. */
  readonly outageEnd: Instant;
  /** In order. */
  readonly outages: readonly OutageWindow[];
  /** Of (A): one or several, by expiry, each expiry once. */
  readonly cohorts: readonly Cohort[];
  /** Of coupons of no cohort, for which a ground (B) counts. */
  readonly secondExtension: CalendarDate;
  readonly minimumResidualYen: number;
  readonly compensation: Compensation;
  /** Of applications for points, as `applicationsClose`. */
  readonly applicationsOpen: CalendarDate | undefined;
  readonly applicationsClose: CalendarDate | undefined;
  readonly bankApplicationsOpen: CalendarDate | undefined;
  readonly bankApplicationsClose: CalendarDate | undefined;
  readonly claimsClose: CalendarDate | undefined;
  /** Undefined: nothing is paid in points, to an account of the app or upon an application. */
  readonly pointsFrom: CalendarDate | undefined;
  /** Undefined: nothing is paid by bank transfer. */
  readonly bankTransfersFrom: CalendarDate | undefined;
  readonly receiveBy: CalendarDate | undefined;
  /** G (R7). */
  readonly repeatPressGap: number;
  /** T (R6). */
  readonly matchTolerance: number;
  /** Coupons that one app account can be believed to hold (R15). */
  readonly mostCouponsPerAccount: number | undefined;
}

/** The cohort that a coupon is in by its own expiry; undefined of one in none (R2). It is asked of every row. */
export function cohortOf({ cohorts }: Pick<Terms, 'cohorts'>, expiresOn: CalendarDate): Cohort | undefined {
  for (const cohort of cohorts) if (cohort.originalExpiry === expiresOn) return cohort;
  return undefined;
}

/** Until when a coupon of this expiry is extended by way of compensation. */
export const secondExtensionOf = (terms: Terms, expiresOn: CalendarDate): CalendarDate =>
  (cohortOf(terms, expiresOn) ?? terms).secondExtension;

/** Each day until which coupons are extended by way of compensation, once, in order. */
export const secondExtensionsOf = ({ cohorts, secondExtension }: Terms): readonly CalendarDate[] =>
  [...new Set([...cohorts.map((cohort) => cohort.secondExtension), secondExtension])].sort((a, b) => a - b);

/** The year of the outage: a date of this year is told without it. */
export const yearOf = ({ outageFrom }: Terms): number => civilDate(dateOf(outageFrom)).year;

/** How a person can ask for what is due, as applications and the policy know it. */
type PayoutMethod = 'points' | 'bank_transfer';

/** Whether anything is paid so at all. */
export const isOffered = ({ pointsFrom, bankTransfersFrom }: Terms, method: PayoutMethod): boolean =>
  (method === 'points' ? pointsFrom : bankTransfersFrom) !== undefined;
