import { type CalendarDate, endOfDay, formatDate, type Instant, SECOND, startOfDay } from '../base/instants.ts';
import type { Medium, Terms } from '../policy/terms.ts';

/** The generator's clock: whole seconds since 1970-01-01 00:00 in Japan, so that its days are the policy's days. */
export const DAY = 86_400;
export const HOUR = 3_600;
export const MINUTE = 60;

const secondOf = (instant: Instant): number => (instant - startOfDay(0)) / SECOND;
export const dayAt = (second: number): CalendarDate => Math.floor(second / DAY);

/** What the generator knows of an outage and its programme, all of it from the policy's terms. */
export interface Season {
  readonly prefecture: string;
  readonly medium: Medium;
  readonly outageFrom: number;
  /** The first second after the outage. */
  readonly outageEnd: number;
  readonly outageDay: CalendarDate;
  readonly minimumResidualYen: number;
  readonly originalExpiry: CalendarDate;
  readonly firstExtension: CalendarDate;
  readonly firstExpiry: CalendarDate;
  readonly lastExpiry: CalendarDate;
  readonly applicationsOpen: CalendarDate;
  readonly applicationsClose: CalendarDate;
  /** The first second at which (A) is judged, and at which what is left is read. */
  readonly firstEnd: number;
  readonly secondEnd: number;
}

/** The programme began so long before the original expiry. */
const DAYS_BEFORE = 47;
const APPLICATION_DAYS = 39;

export function seasonOf(terms: Terms): Season {
  const { originalExpiry, secondExtension: lastExpiry, minimumResidualYen } = terms;
  const [prefecture = '', medium = 'paper'] = [terms.prefectures[0], terms.media[0]];
  const outageFrom = secondOf(terms.outageFrom);
  const firstExtension = terms.firstExtension ?? originalExpiry;
  const applicationsOpen = terms.applicationsOpen ?? lastExpiry + 1;
  return {
    prefecture,
    medium,
    outageFrom,
    outageEnd: secondOf(terms.outageEnd),
    outageDay: dayAt(outageFrom),
    minimumResidualYen,
    originalExpiry,
    firstExtension,
    firstExpiry: originalExpiry - DAYS_BEFORE,
    lastExpiry,
    applicationsOpen,
    applicationsClose: terms.applicationsClose ?? applicationsOpen + APPLICATION_DAYS,
    firstEnd: secondOf(endOfDay(firstExtension)),
    secondEnd: secondOf(endOfDay(lastExpiry)),
  };
}

/** All that happens has happened by then. */
export const settledBy = ({ applicationsClose, lastExpiry }: Season): number =>
  (Math.max(applicationsClose, lastExpiry) + 1) * DAY;

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
