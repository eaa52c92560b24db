/**
 * Instants are whole microseconds since 1970-01-01T00:00:00Z; dates are whole days since 1970-01-01, read in
 * Japan Standard Time (reading R1). JST has had no offset change since 1951, so both are plain integers.
 */
export type Instant = number;
export type CalendarDate = number;

export const SECOND = 1_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const JAPAN_OFFSET = 9 * HOUR;

export const startOfDay = (date: CalendarDate): Instant => date * DAY - JAPAN_OFFSET;
/** The first instant that is no longer that day: "23:59" includes its whole minute (R1). */
export const endOfDay = (date: CalendarDate): Instant => startOfDay(date + 1);
export const dateOf = (instant: Instant): CalendarDate => Math.floor((instant + JAPAN_OFFSET) / DAY);

/** Days since 1970-01-01 of a proleptic Gregorian date (Hinnant, "chrono-compatible low-level date algorithms"). */
export function dayNumber(year: number, month: number, day: number): CalendarDate {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The inverse of {@link dayNumber}. */
export function civilDate(date: CalendarDate): CivilDate {
  const shifted = date + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1,
  };
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** The date, or undefined where the calendar has no such day (2023-02-30). */
export function existingDate(year: number, month: number, day: number): CalendarDate | undefined {
  if (month < 1 || month > 12 || day < 1) return undefined;
  const length = month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0);
  return day > length ? undefined : dayNumber(year, month, day);
}

const [FIRST_DATE, LAST_DATE] = [dayNumber(1, 1, 1), dayNumber(9999, 12, 31)];

/** Whether a date is written with four digits of a year, so that it can be read back: from 0001-01-01 to 9999-12-31. */
export const isWritable = (date: CalendarDate): boolean => date >= FIRST_DATE && date <= LAST_DATE;

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/** A programme's dates are few, and written millions of times. */
const WRITTEN_DATES = new Map<CalendarDate, string>();
const MOST_WRITTEN = 10_000;

/** `2023-03-31` */
export function formatDate(date: CalendarDate): string {
  const known = WRITTEN_DATES.get(date);
  if (known !== undefined) return known;
  const { year, month, day } = civilDate(date);
  const written = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  if (WRITTEN_DATES.size < MOST_WRITTEN) WRITTEN_DATES.set(date, written);
  return written;
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, value) => pad(value, 2));

/** `17:45:03`, or with the fraction where the instant has one. */
function formatTime(instant: Instant): string {
  const sinceMidnight = instant - startOfDay(dateOf(instant));
  const seconds = Math.floor(sinceMidnight / SECOND);
  const fraction = sinceMidnight - seconds * SECOND;
  const [hour, minute, second] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const whole = `${TWO_DIGITS[hour]}:${TWO_DIGITS[minute]}:${TWO_DIGITS[second]}`;
  return fraction === 0 ? whole : `${whole}.${pad(fraction, 6).replace(/0+$/, '')}`;
}

/** `2023-02-24T17:45:03+09:00` */
export const formatInstant = (instant: Instant): string =>
  `${formatDate(dateOf(instant))}T${formatTime(instant)}+09:00`;

/** `2023-02-24 17:45:03`, as a person reads it in Japan. */
export const readableInstant = (instant: Instant): string => `${formatDate(dateOf(instant))} ${formatTime(instant)}`;
