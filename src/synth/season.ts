import {
  type CalendarDate,
  civilDate,
  dayNumber,
  endOfDay,
  formatDate,
  type Instant,
  isWritable,
  SECOND,
  startOfDay,
} from '../base/instants.ts';
import { isTheBalance } from '../policy/compensation.ts';
import { isOffered, type Medium, secondExtensionsOf, type Terms } from '../policy/terms.ts';

/** The generator's clock: whole seconds since 1970-01-01 00:00 in Japan, so that its days are the policy's days. */
export const DAY = 86_400;
export const HOUR = 3_600;
export const MINUTE = 60;

const secondOf = (instant: Instant): number => (instant - startOfDay(0)) / SECOND;
export const dayAt = (second: number): CalendarDate => Math.floor(second / DAY);

/** A time at which the outage lasted. */
export interface Window {
  readonly from: number;
  /** The first second after it. */
  readonly end: number;
}

export type Days = readonly [from: CalendarDate, to: CalendarDate];

/** Of the coupons of one printed expiry that are in (A). */
export interface SeasonCohort {
  readonly expiry: CalendarDate;
  /** Their expiry, where they were extended once alone. */
  readonly firstExtension: CalendarDate;
  readonly secondExtension: CalendarDate;
  /** The first second at which (A) is judged, and at which what is left is read. */
  readonly firstEnd: number;
  readonly secondEnd: number;
}

/** What the generator knows of an outage and its programme, all of it from the policy's terms. */
export interface Season {
  /** Of a policy that was given. */
  readonly policyId: string | undefined;
  readonly prefectures: readonly string[];
  readonly media: readonly Medium[];
  /** In order. */
  readonly windows: readonly [Window, ...Window[]];
  /** Each day of the outage, in order. */
  readonly outageDays: readonly CalendarDate[];
  readonly minimumResidualYen: number;
  readonly cohorts: readonly SeasonCohort[];
  readonly firstExpiry: CalendarDate;
  /** The last day until which any coupon is extended. */
  readonly lastExpiry: CalendarDate;
  /** Days on which people apply, by what for. */
  readonly applications: Readonly<Record<'points' | 'bank_transfer', Days>>;
  /** What is sent in points can be received by then, and a row of a later day could not be read; nothing that is made up happens later. */
  readonly lastDay: CalendarDate;
  /** Days on which people call, and on which some deductions are put back. */
  readonly claims: Days;
  /** So far apart at most two presses are one, and a sale is from its payment, in seconds. */
  readonly repeatPressGap: number;
  readonly matchTolerance: number;
  readonly mostCouponsPerAccount: number;
}

/** The programme began so long before the first original expiry. */
const DAYS_BEFORE = 47;
/** Coupons are issued at most so long before their expiry. */
const LONGEST_VALIDITY = 3;
const APPLICATION_DAYS = 39;
/** People call in so many days up to the last one. */
const CLAIM_DAYS = 24;
/** Days before the balance is read between which a few deductions are put back. */
const REINSTATED_BEFORE = [23, 11] as const;
/** Dates further from the year of the outage are no dates of inputs (2-data.md). */
const MOST_YEARS_AWAY = 20;

/** Whether version 1 of a policy file can say it: then the answers are what they were before there was another. */
export const isOfVersion1 = (terms: Terms): boolean =>
  [terms.outages, terms.prefectures, terms.media, secondExtensionsOf(terms), terms.cohorts].every(
    ({ length }) => length === 1,
  ) &&
  isTheBalance(terms) &&
  isOffered(terms, 'points') &&
  isOffered(terms, 'bank_transfer') &&
  terms.bankApplicationsOpen === terms.applicationsOpen;

export function seasonOf(terms: Terms, policyId?: string): Season {
  const windows = terms.outages.map(({ from, end }) => ({ from: secondOf(from), end: secondOf(end) }));
  const cohorts = terms.cohorts.map(({ originalExpiry, firstExtension = originalExpiry, secondExtension }) => ({
    expiry: originalExpiry,
    firstExtension,
    secondExtension,
    firstEnd: secondOf(endOfDay(firstExtension)),
    secondEnd: secondOf(endOfDay(secondExtension)),
  }));
  const outageDays = [...new Set(windows.flatMap(daysOf))];
  const lastExpiry = Math.max(...secondExtensionsOf(terms));
  const lastDay = lastDayOf(terms);
  return {
    policyId,
    prefectures: terms.prefectures,
    media: terms.media,
    windows: windows as [Window, ...Window[]],
    outageDays,
    minimumResidualYen: terms.minimumResidualYen,
    cohorts,
    firstExpiry: Math.min(...cohorts.map(({ expiry }) => expiry)) - DAYS_BEFORE,
    lastExpiry,
    applications: isOfVersion1(terms) ? daysOfOnePeriod(terms, lastDay) : daysOfEachKind(terms, lastExpiry, lastDay),
    lastDay,
    claims: claimDays(lastExpiry, terms.claimsClose, lastOf(outageDays)),
    repeatPressGap: terms.repeatPressGap / SECOND,
    matchTolerance: terms.matchTolerance / SECOND,
    mostCouponsPerAccount: terms.mostCouponsPerAccount ?? Number.POSITIVE_INFINITY,
  };
}

const daysOf = ({ from, end }: Window): CalendarDate[] =>
  Array.from({ length: dayAt(end - 1) - dayAt(from) + 1 }, (_, place) => dayAt(from) + place);

export const lastOf = (days: readonly CalendarDate[]): CalendarDate => days.at(-1) as CalendarDate;

const yearOfOutage = ({ outageFrom }: Terms): number => civilDate(dayAt(secondOf(outageFrom))).year;

/**
 * Of a season in which everybody who is to be paid points can be: the day by which they are received. Where transfers can
 * only be applied for later, that is too early.
 */
function lastDayOf(terms: Terms): CalendarDate {
  const readable = dayNumber(yearOfOutage(terms) + MOST_YEARS_AWAY, 12, 31);
  const { receiveBy, bankApplicationsOpen } = terms;
  const isTooEarly = receiveBy === undefined || isOfVersion1(terms) || (bankApplicationsOpen ?? 0) > receiveBy;
  return isTooEarly ? readable : Math.min(readable, receiveBy);
}

/** Where the notice states no period, people apply once the amount is known, and while points can be received. */
function daysOfOnePeriod(terms: Terms, lastDay: CalendarDate): Season['applications'] {
  const { secondExtension, applicationsClose, bankApplicationsClose, receiveBy } = terms;
  const known = secondExtension + 1;
  const open = terms.applicationsOpen ?? Math.min(known, applicationsClose ?? known, bankApplicationsClose ?? known);
  const close =
    applicationsClose ?? Math.max(open, Math.min(open + APPLICATION_DAYS, receiveBy ?? Number.POSITIVE_INFINITY));
  return {
    points: within([open, close], lastDay),
    bank_transfer: within([open, Math.min(close, bankApplicationsClose ?? close)], lastDay),
  };
}

/** Whoever asks for what is not offered does so while the other is. */
function daysOfEachKind(terms: Terms, lastExpiry: CalendarDate, lastDay: CalendarDate): Season['applications'] {
  const points = periodOf(terms.applicationsOpen, terms.applicationsClose, lastExpiry, lastDay);
  const bank = periodOf(terms.bankApplicationsOpen, terms.bankApplicationsClose, lastExpiry, lastDay);
  return {
    points: isOffered(terms, 'points') ? points : bank,
    bank_transfer: isOffered(terms, 'bank_transfer') ? bank : points,
  };
}

function periodOf(
  opens: CalendarDate | undefined,
  closes: CalendarDate | undefined,
  lastExpiry: CalendarDate,
  lastDay: CalendarDate,
): Days {
  const known = lastExpiry + 1;
  const open = opens ?? Math.min(known, closes ?? known);
  return within([open, closes ?? open + APPLICATION_DAYS], lastDay);
}

const within = ([from, to]: Days, lastDay: CalendarDate): Days => [from, Math.max(from, Math.min(to, lastDay))];

function claimDays(lastExpiry: CalendarDate, claimsClose: CalendarDate | undefined, outageLastDay: CalendarDate): Days {
  const last = Math.min(lastExpiry, claimsClose ?? lastExpiry);
  return [Math.min(last, Math.max(last - CLAIM_DAYS, outageLastDay + 1)), last];
}

/** Days on which deductions from a coupon that is extended to a day are put back: not before they were made. */
export function reinstatementDays({ outageDays }: Season, secondExtension: CalendarDate): Days {
  const [from, to] = REINSTATED_BEFORE.map((days) => Math.max(secondExtension - days, lastOf(outageDays) + 1));
  return [from ?? secondExtension, to ?? secondExtension];
}

/** All that the season itself says has happened by then, whatever the dice say: a second of the generator's clock. */
export function settledBy(season: Season): number {
  const { applications, lastExpiry } = season;
  const [, lastPutBack] = reinstatementDays(season, lastExpiry);
  return (Math.max(applications.points[1], applications.bank_transfer[1], lastExpiry, lastPutBack) + 1) * DAY;
}

/**
 * The days of a season that no row can be of: dates more than twenty years from the outage are slips to whoever reads them,
 * and a year has four digits. Undefined where there are none.
 */
export function unreadableDays(terms: Terms): Days | undefined {
  const season = seasonOf(terms);
  const expiries = season.cohorts.map(({ expiry }) => expiry);
  const [first, last] = [
    season.firstExpiry - LONGEST_VALIDITY,
    Math.max(season.lastExpiry + 1, ...expiries, ...season.outageDays, dayAt(settledBy(season)) - 1),
  ];
  const year = yearOfOutage(terms);
  const isReadable = (day: CalendarDate): boolean =>
    isWritable(day) && isWritable(day + 1) && Math.abs(civilDate(day).year - year) <= MOST_YEARS_AWAY;
  return isReadable(first) && isReadable(last) ? undefined : [first, last];
}

const DATES = new Map<CalendarDate, string>();
export function dateText(day: CalendarDate): string {
  const known = DATES.get(day);
  if (known !== undefined) return known;
  const made = formatDate(day);
  DATES.set(day, made);
  return made;
}

const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** As exports write it: `2031-01-31T17:45:03+09:00`. */
export function instantText(second: number): string {
  const ofDay = second % DAY;
  const [hour, minute] = [Math.floor(ofDay / HOUR), Math.floor((ofDay % HOUR) / MINUTE)];
  return `${dateText(dayAt(second))}T${two(hour)}:${two(minute)}:${two(ofDay % MINUTE)}+09:00`;
}
