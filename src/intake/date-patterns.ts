import { createRequire } from 'node:module';
import type { UTCDate, utc } from '@date-fns/utc';
import type { format } from 'date-fns/format';
import type { parse } from 'date-fns/parse';
import { type CalendarDate, dateOf, type Instant } from '../policy/instants.ts';
import { type DateFormat, dateFormatFault, dateFormatOf } from './date-formats.ts';
import { type Clock, contradicts, instantOf, isPlausible, mayBeReiwa, withoutWeekday } from './dates.ts';
import { normalised } from './identifiers.ts';
import type { Read, ValueProblem } from './read-value.ts';

interface DateFns {
  readonly parse: typeof parse;
  readonly format: typeof format;
  readonly UTCDate: typeof UTCDate;
  readonly utc: typeof utc;
}

const require = createRequire(import.meta.url);
let loaded: DateFns | undefined;

/** Loaded when a profile first asks for it: few do, and it is hundreds of files. */
function dateFns(): DateFns {
  loaded ??= { ...require('date-fns/parse'), ...require('date-fns/format'), ...require('@date-fns/utc') } as DateFns;
  return loaded;
}

/**
 * date-fns in UTC: it otherwise reckons in the machine's zone, even where the text holds an offset. Years of two digits
 * are those nearest to the year that is given.
 */
function parseInUtc(written: string, pattern: string, aroundYear: number): number {
  const { parse, UTCDate, utc } = dateFns();
  return parse(written, pattern, new UTCDate(aroundYear, 0, 1), { in: utc }).getTime();
}

/** A year of the epoch: for patterns that are only tried. */
const ANY_YEAR = 2000;

/** Whether date-fns can read what it writes by this pattern, which says a whole date. */
export function isReadable(pattern: string): boolean {
  if (dateFormatFault(pattern) !== undefined) return false;
  try {
    const { format, UTCDate } = dateFns();
    return !Number.isNaN(parseInUtc(format(new UTCDate(ANY_YEAR, 0, 1), pattern), pattern, ANY_YEAR));
  } catch {
    // A letter twice, or two that contradict each other.
    return false;
  }
}

const DAY_MILLISECONDS = 24 * 3600 * 1000;
interface Written {
  readonly value: string;
  readonly weekday: number | undefined;
  /** A late hour is one of the next day. */
  readonly daysLater: number;
}

/** What a value says once what no pattern can say is taken off: a weekday in brackets, words for AM and PM, a late hour. */
function writtenOf(raw: string, { lateHour }: DateFormat, { lateHours }: Clock): Written {
  const { value, weekday } = withoutWeekday(normalised(raw));
  const halves = value.replace('午前', 'AM').replace('午後', 'PM');
  const late = lateHours ? lateHour?.exec(halves) : undefined;
  if (late === undefined || late === null) return { value: halves, weekday, daysLater: 0 };
  const [, before, hour, after] = late;
  return { value: `${before}${String(Number(hour) - 24).padStart(2, '0')}${after}`, weekday, daysLater: 1 };
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
  const milliseconds = parseInUtc(written.value, format.pattern, clock.aroundYear ?? ANY_YEAR);
  if (Number.isNaN(milliseconds)) return { problem: bad };
  const instant = format.hasOffset ? milliseconds * 1000 : undefined;
  const day = Math.floor(milliseconds / DAY_MILLISECONDS);
  const date = instant === undefined ? day + written.daysLater : dateOf(instant);
  if (!isPlausible(date, clock) || (format.hasShortYear && mayBeReiwa(date, clock)))
    return { problem: 'IMPLAUSIBLE_DATE' };
  // With an offset the date that was written is not known any more.
  if (instant === undefined && contradicts(written.weekday, day)) return { problem: 'WRONG_WEEKDAY' };
  return { value: { date, time: (milliseconds - day * DAY_MILLISECONDS) * 1000, instant } };
}

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
