import { type CalendarDate, civilDate, dateOf, type Instant } from '../base/instants.ts';

export type Medium = 'paper' | 'app';

/**
 * The figures of a notice, as the rules use them. Spans are in microseconds, ends are exclusive (R1). The clause of each is
 * told in 1-notice.md, "Terms".
 */
export interface Terms {
  readonly prefecture: string;
  readonly medium: Medium;
  readonly outageFrom: Instant;
  /** First instant after the outage. */
  readonly outageEnd: Instant;
  readonly originalExpiry: CalendarDate;
  readonly firstExtension: CalendarDate | undefined;
  readonly secondExtension: CalendarDate;
  readonly minimumResidualYen: number;
  readonly applicationsOpen: CalendarDate | undefined;
  readonly applicationsClose: CalendarDate | undefined;
  readonly bankApplicationsClose: CalendarDate | undefined;
  readonly claimsClose: CalendarDate | undefined;
  readonly pointsFrom: CalendarDate;
  readonly bankTransfersFrom: CalendarDate;
  readonly receiveBy: CalendarDate | undefined;
  /** G (R7). */
  readonly repeatPressGap: number;
  /** T (R6). */
  readonly matchTolerance: number;
  /** Coupons that one app account can be believed to hold (R15). */
  readonly mostCouponsPerAccount: number | undefined;
}

/** The year of the outage: a date of this year is told without it. */
export const yearOf = ({ outageFrom }: Terms): number => civilDate(dateOf(outageFrom)).year;
