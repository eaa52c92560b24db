import {
  type CalendarDate,
  civilDate,
  DAY,
  dateOf,
  existingDate,
  type Instant,
  isWritable,
  MINUTE,
  SECOND,
  startOfDay,
} from '../../base/instants.ts';
import { hasDisguisedDigit, normalised } from './identifiers.ts';
import type { Read, ValueProblem } from './read-value.ts';

/** What is known of how a column writes its dates and times, beside their form. */
export interface Clock {
  /** Minutes by which the zone of instants without an offset is ahead of UTC. */
  readonly zoneMinutes: number;
  /** 24:30 is half past midnight of the next day, as shops that close late write it. */
  readonly lateHours: boolean;
  /** What time a date alone stands for, in microseconds since midnight; without it, a date alone is no instant. */
  readonly timeOfDatesAlone?: number;
  /** The year of the policy; without it no date is too far away. */
  readonly aroundYear?: number;
}

export const JAPAN_MINUTES = 540;
export const JAPAN: Clock = { zoneMinutes: JAPAN_MINUTES, lateHours: false };

/** Dates further from the policy's year are typing errors, or nobody's: no coupon of the notice can rest on them. */
export const MOST_YEARS_AWAY = 20;

export const isPlausible = (date: CalendarDate, { aroundYear }: Clock): boolean =>
  aroundYear === undefined || Math.abs(civilDate(date).year - aroundYear) <= MOST_YEARS_AWAY;

const REIWA_FIRST_YEAR = 2019;

/** Whether the last two digits of a date\u2019s year are, as a year of Reiwa, nearer to the policy\u2019s: 05 for 2023. */
export function mayBeReiwa(date: CalendarDate, { aroundYear }: Clock): boolean {
  if (aroundYear === undefined) return false;
  const { year } = civilDate(date);
  return Math.abs(REIWA_FIRST_YEAR - 1 + (year % 100) - aroundYear) < Math.abs(year - aroundYear);
}

const problem = (code: ValueProblem): { readonly problem: ValueProblem } => ({ problem: code });

// ----- Weekdays in brackets ---------------------------------------------------------------------------------------------

const WEEKDAYS = '日月火水木金土';
const ENGLISH_WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const JAPANESE_DAY = '([日月火水木金土])';
const ENGLISH_DAY = '(sun|mon|tue|wed|thu|fri|sat)[a-z]*\\.?';
/** Behind a date: (金), (金曜日), (木・祝), (Fri), (Friday). NFKC has made the brackets ASCII, and ㈮ one of them. */
const BRACKETED = new RegExp(
  `\\s*\\((?:${JAPANESE_DAY}(?:曜日?)?(?:[・･、,/ ]?(?:祝日?|休日?|振休))?|${ENGLISH_DAY})\\)\\s*`,
  'i',
);
/** Without brackets: `金曜日` behind a date, `Fri,` before one. */
const BARE = new RegExp(`\\s*${JAPANESE_DAY}曜日?\\s*|^${ENGLISH_DAY},?\\s+`, 'i');

interface WithoutWeekday {
  readonly value: string;
  /** The same without a blank where the weekday was. */
  readonly joined: string;
  /** From 0 for Sunday; undefined where none was written. */
  readonly weekday: number | undefined;
}

/** @param value after NFKC */
export function withoutWeekday(value: string): WithoutWeekday {
  const found = BRACKETED.exec(value) ?? BARE.exec(value);
  if (found === null) return { value, joined: value, weekday: undefined };
  const [whole, japanese, english] = found;
  const weekday =
    japanese === undefined ? ENGLISH_WEEKDAYS.indexOf((english ?? '').toLowerCase()) : WEEKDAYS.indexOf(japanese);
  return { value: value.replace(whole, ' ').trim(), joined: value.replace(whole, ''), weekday };
}

/** 1970-01-01 was a Thursday. */
export const weekdayOf = (date: CalendarDate): number => (((date + 4) % 7) + 7) % 7;

export const contradicts = (weekday: number | undefined, date: CalendarDate): boolean =>
  weekday !== undefined && weekday !== weekdayOf(date);

// ----- The forms that are known without a profile -------------------------------------------------------------------------

const WESTERN = '(?:(?<year>\\d{4})(?<mark>[-/])(?<month>\\d{1,2})\\k<mark>(?<day>\\d{1,2}))';
const WORDED = '(?:(?<wordedYear>\\d{4})年(?<wordedMonth>\\d{1,2})月(?<wordedDay>\\d{1,2})日)';
/** 令和5年2月24日, R5.2.24, R05/02/24. */
const REIWA =
  '(?:(?:令和|令|[Rr])\\s?(?<eraYear>元|\\d{1,4})(?:年(?<eraMonth>\\d{1,2})月(?<eraDay>\\d{1,2})日|(?<eraMark>[-./])(?<markedMonth>\\d{1,2})\\k<eraMark>(?<markedDay>\\d{1,2})))';
const DATE_PART = `(?:${WESTERN}|${WORDED}|${REIWA})`;
const TIME_PART = '(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:[.,](?<fraction>\\d{1,9}))?)?';
const DATE_ONLY = new RegExp(`^${DATE_PART}$`);
const INSTANT = new RegExp(`^${DATE_PART}(?:[Tt]|\\s+)${TIME_PART}\\s?(?<offset>[Zz]|[+-]\\d{2}(?::?\\d{2})?)?$`);
/** 5/8, 5月8日, with a time behind them or not. */
const WITHOUT_YEAR = /^(?:\d{1,2}\/\d{1,2}|\d{1,2}月\d{1,2}日)(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?$/;
const REIWA_FROM = existingDate(REIWA_FIRST_YEAR, 5, 1) ?? 0;

type Groups = Readonly<Record<string, string | undefined>>;

/** ISO dates need two digits a part; only slashes allow one. */
function dateFrom(parts: Groups): CalendarDate | undefined | 'malformed' {
  if (parts.year !== undefined) {
    const [month, day] = [parts.month ?? '', parts.day ?? ''];
    if (parts.mark === '-' && (month.length !== 2 || day.length !== 2)) return 'malformed';
    return existingDate(Number(parts.year), Number(month), Number(day));
  }
  if (parts.wordedYear !== undefined)
    return existingDate(Number(parts.wordedYear), Number(parts.wordedMonth), Number(parts.wordedDay));
  const year = parts.eraYear === '元' ? 1 : Number(parts.eraYear);
  if (year < 1) return undefined;
  const [month, day] = [Number(parts.eraMonth ?? parts.markedMonth), Number(parts.eraDay ?? parts.markedDay)];
  const date = existingDate(REIWA_FIRST_YEAR - 1 + year, month, day);
  return date === undefined || date < REIWA_FROM ? undefined : date;
}

const LAST_LATE_HOUR = 29;

/** Microseconds since midnight, or undefined where the clock has no such time. */
function timeFrom(parts: Groups, lateHours: boolean): number | undefined {
  const [hour, minute, second] = [Number(parts.hour), Number(parts.minute), Number(parts.second ?? '0')];
  if (hour > (lateHours ? LAST_LATE_HOUR : 23) || minute > 59 || second > 59) return undefined;
  const fraction = Number((parts.fraction ?? '').padEnd(6, '0').slice(0, 6));
  return (hour * 60 + minute) * MINUTE + second * SECOND + fraction;
}

/** Minutes ahead of UTC; undefined where it is no offset. */
function minutesOf(offset: string): number | undefined {
  if (offset === 'Z' || offset === 'z') return 0;
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(3).replace(':', '') || '0')];
  if (hours > 23 || minutes > 59) return undefined;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

interface Written {
  readonly date: CalendarDate;
  /** Since midnight; undefined of a date alone. */
  readonly time: number | undefined;
  readonly offset: string | undefined;
}

/** A value as it is written, before it is asked what it is needed for. @param bad the code of what is in no known form */
function readWritten(raw: string, clock: Clock, bad: 'BAD_DATE' | 'BAD_INSTANT'): Read<Written> {
  if (hasDisguisedDigit(raw)) return problem(bad);
  const { value, weekday } = withoutWeekday(normalised(raw));
  const parts = (DATE_ONLY.exec(value) ?? INSTANT.exec(value))?.groups;
  if (parts === undefined) return problem(WITHOUT_YEAR.test(value) ? 'DATE_WITHOUT_YEAR' : bad);
  const date = dateFrom(parts);
  if (date === 'malformed') return problem(bad);
  if (date === undefined) return problem('NO_SUCH_DATE');
  if (!isPlausible(date, clock)) return problem('IMPLAUSIBLE_DATE');
  if (contradicts(weekday, date)) return problem('WRONG_WEEKDAY');
  if (parts.hour === undefined) return { value: { date, time: undefined, offset: undefined } };
  const time = timeFrom(parts, clock.lateHours);
  if (time === undefined || (parts.offset !== undefined && minutesOf(parts.offset) === undefined)) return problem(bad);
  return { value: { date, time, offset: parts.offset } };
}

/** An instant in any form of 2-data.md. */
export function readInstant(raw: string, clock: Clock = JAPAN): Read<Instant> {
  const plain = readPlainInstant(raw, clock);
  if (plain !== undefined) return { value: plain };
  const written = readWritten(raw, clock, 'BAD_INSTANT');
  if ('problem' in written) return written;
  const { date, time = clock.timeOfDatesAlone, offset } = written.value;
  if (time === undefined) return problem('DATE_WITHOUT_TIME');
  // A late hour belongs to the day of a shop, which no other zone has.
  if (time >= DAY && offset !== undefined && minutesOf(offset) !== JAPAN_MINUTES) return problem('BAD_INSTANT');
  const zoneMinutes = offset === undefined ? clock.zoneMinutes : (minutesOf(offset) ?? JAPAN_MINUTES);
  const instant = instantOf(date, time, zoneMinutes);
  return isWritable(dateOf(instant)) ? { value: instant } : problem('IMPLAUSIBLE_DATE');
}

/** The instant of a local time in a zone so many minutes ahead of UTC. */
export const instantOf = (date: CalendarDate, time: number, zoneMinutes: number): Instant =>
  startOfDay(date) + time + (JAPAN_MINUTES - zoneMinutes) * MINUTE;

const digitAt = (raw: string, at: number): number => raw.charCodeAt(at) - 48;
const pairAt = (raw: string, at: number): number => {
  const [tens, ones] = [digitAt(raw, at), digitAt(raw, at + 1)];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
};

/** The form that exports use, without a regular expression: `2031-01-31T17:45:03+09:00`. Else undefined. */
function readPlainInstant(raw: string, clock: Clock): Instant | undefined {
  if (raw.length !== 25 || !raw.endsWith('+09:00') || raw[10] !== 'T') return undefined;
  if (raw[4] !== '-' || raw[7] !== '-' || raw[13] !== ':' || raw[16] !== ':') return undefined;
  const date = existingDate(pairAt(raw, 0) * 100 + pairAt(raw, 2), pairAt(raw, 5), pairAt(raw, 8));
  const [hour, minute, second] = [pairAt(raw, 11), pairAt(raw, 14), pairAt(raw, 17)];
  if (date === undefined || !(hour <= 23 && minute <= 59 && second <= 59)) return undefined;
  const instant = startOfDay(date) + (hour * 60 + minute) * MINUTE + second * SECOND;
  return Number.isNaN(instant) || !isPlausible(date, clock) ? undefined : instant;
}

/** `2031-01-31` or `2031/01/31` without a regular expression; else undefined. */
export function readPlainDate(raw: string): CalendarDate | undefined {
  if (raw.length !== 10 || (raw[4] !== '-' && raw[4] !== '/') || raw[7] !== raw[4]) return undefined;
  const date = existingDate(pairAt(raw, 0) * 100 + pairAt(raw, 2), pairAt(raw, 5), pairAt(raw, 8));
  return Number.isNaN(date) ? undefined : date;
}

/**
 * A date. One given with a time keeps its date as it is written, unless the time is of another zone than Japan's: then it
 * is the date that it was in Japan.
 */
export function readDate(raw: string, clock: Clock = JAPAN): Read<CalendarDate> {
  const plain = readPlainDate(raw);
  if (plain !== undefined && isPlausible(plain, clock)) return { value: plain };
  const written = readWritten(raw, { ...clock, lateHours: true }, 'BAD_DATE');
  if ('problem' in written) return written;
  const { date, time, offset } = written.value;
  if (time === undefined) return isWritable(date) ? { value: date } : problem('IMPLAUSIBLE_DATE');
  // 24:00 is the end of the day that is written; no date is later on the clock.
  if (time >= DAY) return time === DAY && offset === undefined ? { value: date } : problem('BAD_DATE');
  const zoneMinutes = offset === undefined ? clock.zoneMinutes : (minutesOf(offset) ?? JAPAN_MINUTES);
  const inJapan = dateOf(instantOf(date, time, zoneMinutes));
  return isWritable(inJapan) ? { value: inJapan } : problem('IMPLAUSIBLE_DATE');
}
