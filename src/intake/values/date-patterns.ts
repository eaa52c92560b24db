// The whole of UTCDate makes formats of every start, which are asked for by none.
import { UTCDateMini } from '@date-fns/utc/date/mini';
import { format } from 'date-fns/format';
import { parse } from 'date-fns/parse';
import { type CalendarDate, dateOf, type Instant } from '../../base/instants.ts';
import { type DateFormat, dateFormatFault, dateFormatOf } from './date-formats.ts';
import { type Clock, contradicts, instantOf, isPlausible, mayBeReiwa, withoutWeekday } from './dates.ts';
import { normalised } from './identifiers.ts';
import type { Read, ValueProblem } from './read-value.ts';

const inUtc = (value: Date | number | string) => new UTCDateMini(+new Date(value));

/**
 * date-fns in UTC: it otherwise reckons in the machine's zone, even where the text holds an offset. Years of two digits
 * are those nearest to the year that is given.
 */
function parseInUtc(written: string, pattern: string, aroundYear: number): number {
  return parse(written, pattern, new UTCDateMini(aroundYear, 0, 1), { in: inUtc }).getTime();
}

/** A year of the epoch: for patterns that are only tried. */
const ANY_YEAR = 2000;

/** Whether date-fns can read what it writes by this pattern, which says a whole date. */
export function isReadable(pattern: string): boolean {
  if (dateFormatFault(pattern, true) !== undefined) return false;
  try {
    return !Number.isNaN(parseInUtc(format(new UTCDateMini(ANY_YEAR, 0, 1), pattern), pattern, ANY_YEAR));
  } catch {
    // A letter twice, or two that contradict each other.
    return false;
  }
}

const DAY_MILLISECONDS = 24 * 3600 * 1000;
interface Written {
  /** Several where a weekday was taken out, with a blank in its place and without, or where noon may be 0 or 12. */
  readonly values: readonly string[];
  readonly weekday: number | undefined;
  /** A late hour is one of the next day. */
  readonly daysLater: number;
}

/** What a value says once what no pattern can say is taken off: a weekday in brackets, words for AM and PM, a late hour. */
function writtenOf(raw: string, { lateHour }: DateFormat, { lateHours }: Clock): Written {
  const { value, joined, weekday } = withoutWeekday(normalised(raw));
  const halves = (value === joined ? [value] : [value, joined]).flatMap(inEnglishHalves);
  for (const half of halves) {
    const late = lateHours ? lateHour?.exec(half) : undefined;
    if (late === undefined || late === null) continue;
    const [, before, hour, after] = late;
    const early = `${before}${String(Number(hour) - 24).padStart(2, '0')}${after}`;
    return { values: [early], weekday, daysLater: 1 };
  }
  return { values: halves, weekday, daysLater: 0 };
}

const NOUGHT = /(午[前後]\s*)00?(?=\D)/;

/** 午前 and 午後, of which 0:30 and 12:30 are the same. */
function inEnglishHalves(value: string): readonly string[] {
  const written = NOUGHT.test(value) ? [value, value.replace(NOUGHT, '$112')] : [value];
  return written.map((each) => each.replace('午前', 'AM').replace('午後', 'PM'));
}

const WRITTEN_OFFSET = /(?:(z)|([+-])(\d{2}):?(\d{2})?)$/i;

/** Minutes of the offset that a value ends with. */
function offsetOf(value: string): number | undefined {
  const found = WRITTEN_OFFSET.exec(value);
  if (found === null) return undefined;
  const [, zulu, sign, hours, minutes] = found;
  return zulu === undefined ? (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? '0')) : 0;
}

interface Local {
  readonly date: CalendarDate;
  /** Microseconds since midnight. */
  readonly time: number;
  /** Where the value has an offset of its own. */
  readonly instant: Instant | undefined;
}

function readLocal(raw: string, format: DateFormat, clock: Clock, bad: ValueProblem): Read<Local> {
  const written = writtenOf(raw, format, clock);
  const around = clock.aroundYear ?? ANY_YEAR;
  const value = written.values.find((each) => !Number.isNaN(parseInUtc(each, format.pattern, around)));
  if (value === undefined) return { problem: bad };
  const milliseconds = parseInUtc(value, format.pattern, around);
  const instant = format.hasOffset ? milliseconds * 1000 : undefined;
  const day = Math.floor(milliseconds / DAY_MILLISECONDS);
  const date = instant === undefined ? day + written.daysLater : dateOf(instant);
  if (!isPlausible(date, clock)) return { problem: 'IMPLAUSIBLE_DATE' };
  if (format.hasShortYear && mayBeReiwa(date, clock)) return { problem: 'SHORT_YEAR' };
  // The weekday is that of the date as it is written.
  const writtenDay = instant === undefined ? day : dayAt(milliseconds, offsetOf(value) ?? 0);
  if (contradicts(written.weekday, writtenDay)) return { problem: 'WRONG_WEEKDAY' };
  return { value: { date, time: (milliseconds - day * DAY_MILLISECONDS) * 1000, instant } };
}

const MINUTE_MILLISECONDS = 60_000;
const dayAt = (milliseconds: number, offsetMinutes: number): number =>
  Math.floor((milliseconds + offsetMinutes * MINUTE_MILLISECONDS) / DAY_MILLISECONDS);

const formats = new Map<string, DateFormat>();

function formatOf(pattern: string): DateFormat {
  const format = formats.get(pattern) ?? dateFormatOf(pattern);
  formats.set(pattern, format);
  return format;
}

/** Reads an instant by a source's own pattern. */
export function readByPattern(raw: string, pattern: string, clock: Clock): Read<Instant> {
  const format = formatOf(pattern);
  const local = readLocal(raw, format, clock, 'BAD_INSTANT');
  if ('problem' in local) return local;
  const { date, instant } = local.value;
  if (instant !== undefined) return { value: instant };
  const time = format.hasClock ? local.value.time : clock.timeOfDatesAlone;
  return time === undefined ? { problem: 'DATE_WITHOUT_TIME' } : { value: instantOf(date, time, clock.zoneMinutes) };
}

/** Reads a date by a source's own pattern; one given with a time of another zone is the date that it was in Japan. */
export function readDateByPattern(raw: string, pattern: string, clock: Clock): Read<CalendarDate> {
  const format = formatOf(pattern);
  const local = readLocal(raw, format, { ...clock, lateHours: false }, 'BAD_DATE');
  if ('problem' in local) return local;
  const { date, time, instant } = local.value;
  return { value: format.hasClock && instant === undefined ? dateOf(instantOf(date, time, clock.zoneMinutes)) : date };
}
