import { createRequire } from 'node:module';
import type { UTCDate, utc } from '@date-fns/utc';
import type { format } from 'date-fns/format';
import type { parse } from 'date-fns/parse';
import type { CalendarDate, Instant } from '../policy/instants.ts';
import { normalised } from './values.ts';

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

const ZONE_TOKEN = /[Xx]/;
const TIME_TOKEN = /[Hhks]/;

/** date-fns in UTC: it otherwise reckons in the machine's zone, even where the text holds an offset. */
function parseInUtc(written: string, pattern: string): number {
  const { parse, UTCDate, utc } = dateFns();
  return parse(written, pattern, new UTCDate(0), { in: utc }).getTime();
}

/** Days of the year (D) and week years (Y) are no dates of a calendar; and a time alone is no instant. */
function holdsDate(pattern: string): boolean {
  const tokens = pattern.replace(/'[^']*'/g, '');
  return /[yuPtT]/.test(tokens) && !/[DY]/.test(tokens);
}

/** Whether date-fns can read what it writes by this pattern, and that holds a date. */
export function isDateFormat(pattern: string): boolean {
  if (!holdsDate(pattern)) return false;
  try {
    const { format, UTCDate } = dateFns();
    const epoch = new UTCDate(0);
    // What the pattern writes it must read; a letter that means nothing, or days for dates (DD, YYYY), throws.
    return !Number.isNaN(parseInUtc(format(epoch, pattern), pattern));
  } catch {
    return false;
  }
}

const JAPAN_OFFSET_MILLISECONDS = 9 * 3600 * 1000;

/** Reads an instant by a source's own pattern; without an offset in it, Japan Standard Time. */
export function readByPattern(raw: string, pattern: string): Instant | undefined {
  if (!TIME_TOKEN.test(pattern) || !holdsDate(pattern)) return undefined;
  const milliseconds =
    parseInUtc(normalised(raw), pattern) - (ZONE_TOKEN.test(pattern) ? 0 : JAPAN_OFFSET_MILLISECONDS);
  return Number.isNaN(milliseconds) ? undefined : milliseconds * 1000;
}

const PATTERN_OFFSET = /\s?[Xx]+$/;
const WRITTEN_OFFSET = /\s?(?:[Zz]|[+-]\d{2}:?(?:\d{2})?)$/;

/** Reads a date by a source's own pattern; one given with a time, and even an offset, keeps its date as written. */
export function readDateByPattern(raw: string, pattern: string): CalendarDate | undefined {
  const withOffset = PATTERN_OFFSET.test(pattern);
  const written = withOffset ? normalised(raw).replace(WRITTEN_OFFSET, '') : normalised(raw);
  const milliseconds = parseInUtc(written, withOffset ? pattern.replace(PATTERN_OFFSET, '') : pattern);
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / (24 * 3600 * 1000));
}
