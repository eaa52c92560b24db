import { type CalendarDate, endOfDay, formatDate, type Instant, SECOND, startOfDay } from '../base/instants.ts';
import { isTheBalance } from '../policy/compensation.ts';
import { type Cohort, isOffered, type Medium, secondExtensionsOf, type Terms } from '../policy/terms.ts';

/** The generator's clock: whole seconds since 1970-01-01 00:00 in Japan, so that its days are the policy's days. */
export const DAY = 86_400;
export const HOUR = 3_600;
export const MINUTE = 60;

const secondOf = (instant: Instant): number => (instant - startOfDay(0)) / SECOND;
export const dayAt = (second: number): CalendarDate => Math.floor(second / DAY);

/** What the generator knows of an outage and its programme, all of it from the policy's terms. */
export interface Season {
  /** Of a policy that was given. */
  readonly policyId: string | undefined;
  readonly prefecture: string;
  readonly medium: Medium;
  readonly outageFrom: number;
  /** The first second after the outage. */
  readonly outageEnd: number;
  readonly outageDay: CalendarDate;
  readonly outageLastDay: CalendarDate;
  readonly minimumResidualYen: number;
  readonly originalExpiry: CalendarDate;
  readonly firstExtension: CalendarDate;
  readonly firstExpiry: CalendarDate;
  readonly lastExpiry: CalendarDate;
  readonly applicationsOpen: CalendarDate;
  readonly applicationsClose: CalendarDate;
  /** The last day on which both ways of being paid can be applied for. */
  readonly bankApplicationsClose: CalendarDate;
  /** Days on which people call, and on which some deductions are put back. */
  readonly claims: readonly [from: CalendarDate, to: CalendarDate];
  readonly reinstatements: readonly [from: CalendarDate, to: CalendarDate];
  /** So far apart at most two presses are one, and a sale is from its payment, in seconds. */
  readonly repeatPressGap: number;
  readonly matchTolerance: number;
  readonly mostCouponsPerAccount: number;
  /** The first second at which (A) is judged, and at which what is left is read. */
  readonly firstEnd: number;
  readonly secondEnd: number;
}

/** The programme began so long before the original expiry. */
const DAYS_BEFORE = 47;
const APPLICATION_DAYS = 39;
/** People call in so many days up to the last one. */
const CLAIM_DAYS = 24;
/** Days before the balance is read between which a few deductions are put back. */
const REINSTATED_BEFORE = [23, 11] as const;

/** Whether the answers of a made-up night are known under a notice: of what only version 2 of a policy can say they are not. */
export const hasSeason = (terms: Terms): boolean =>
  [terms.outages, terms.prefectures, terms.media, secondExtensionsOf(terms), terms.cohorts].every(
    ({ length }) => length === 1,
  ) &&
  isTheBalance(terms) &&
  isOffered(terms, 'points') &&
  isOffered(terms, 'bank_transfer') &&
  terms.bankApplicationsOpen === terms.applicationsOpen;

export function seasonOf(terms: Terms, policyId?: string): Season {
  const { secondExtension: lastExpiry, minimumResidualYen } = terms;
  const [{ originalExpiry, firstExtension = originalExpiry }] = terms.cohorts as readonly [Cohort];
  const [prefecture = '', medium = 'paper'] = [terms.prefectures[0], terms.media[0]];
  const [outageFrom, outageEnd] = [secondOf(terms.outageFrom), secondOf(terms.outageEnd)];
  const outageLastDay = dayAt(outageEnd - 1);
  const applications = applicationDays(terms);
  return {
    policyId,
    prefecture,
    medium,
    outageFrom,
    outageEnd,
    outageDay: dayAt(outageFrom),
    outageLastDay,
    minimumResidualYen,
    originalExpiry,
    firstExtension,
    firstExpiry: originalExpiry - DAYS_BEFORE,
    lastExpiry,
    ...applications,
    claims: claimDays(terms, outageLastDay),
    reinstatements: reinstatementDays(lastExpiry, outageLastDay),
    repeatPressGap: terms.repeatPressGap / SECOND,
    matchTolerance: terms.matchTolerance / SECOND,
    mostCouponsPerAccount: terms.mostCouponsPerAccount ?? Number.POSITIVE_INFINITY,
    firstEnd: secondOf(endOfDay(firstExtension)),
    secondEnd: secondOf(endOfDay(lastExpiry)),
  };
}

/** Where the notice states no period, people apply once the amount is known, and while points can be received. */
function applicationDays(
  terms: Terms,
): Pick<Season, 'applicationsOpen' | 'applicationsClose' | 'bankApplicationsClose'> {
  const { secondExtension, applicationsClose, bankApplicationsClose, receiveBy } = terms;
  const known = secondExtension + 1;
  const open = terms.applicationsOpen ?? Math.min(known, applicationsClose ?? known, bankApplicationsClose ?? known);
  const close =
    applicationsClose ?? Math.max(open, Math.min(open + APPLICATION_DAYS, receiveBy ?? Number.POSITIVE_INFINITY));
  return {
    applicationsOpen: open,
    applicationsClose: close,
    bankApplicationsClose: Math.min(close, bankApplicationsClose ?? close),
  };
}

function claimDays({ secondExtension, claimsClose }: Terms, outageLastDay: CalendarDate): Season['claims'] {
  const last = Math.min(secondExtension, claimsClose ?? secondExtension);
  return [Math.min(last, Math.max(last - CLAIM_DAYS, outageLastDay + 1)), last];
}

/** Nothing is put back before it was deducted. */
function reinstatementDays(lastExpiry: CalendarDate, outageLastDay: CalendarDate): Season['reinstatements'] {
  const [from, to] = REINSTATED_BEFORE.map((days) => Math.max(lastExpiry - days, outageLastDay + 1));
  return [from ?? lastExpiry, to ?? lastExpiry];
}

/** All that happens has happened by then. */
export const settledBy = ({ applicationsClose, lastExpiry, reinstatements: [, lastPutBack] }: Season): number =>
  (Math.max(applicationsClose, lastExpiry, lastPutBack) + 1) * DAY;

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
