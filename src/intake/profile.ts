import { UTCDate, utc } from '@date-fns/utc';
import { format, parse } from 'date-fns';
import { z } from 'zod';
import type { CalendarDate, Instant } from '../policy/instants.ts';
import { LAYOUTS } from './layouts.ts';
import { INPUT_KINDS, type InputKind } from './tables.ts';
import { normalised } from './values.ts';

const inputSchema = (kind: InputKind) => {
  const names = LAYOUTS[kind].columns.map((column) => column.name) as [string, ...string[]];
  const choices = LAYOUTS[kind].columns.filter((column) => column.values !== undefined);
  const values = Object.fromEntries(
    choices.map((column) => [
      column.name,
      z
        .record(z.string(), z.enum([...new Set(Object.values(column.values ?? {}))] as [string, ...string[]]))
        .optional(),
    ]),
  );
  return z.strictObject({
    /** The source's header → our column. */
    headers: z.record(z.string(), z.enum(names)).optional(),
    /** Column → the source's value → ours. */
    values: z.strictObject(values).optional(),
    /** date-fns patterns, tried before the built-in forms; without a zone they are Japan Standard Time. */
    dateFormats: z
      .array(
        z
          .string()
          .refine(isDateFormat, { message: 'date-fns の日付の書式ではない / is no date-fns pattern of a date' }),
      )
      .optional(),
  });
};

/** A profile file: how a source system's headers, values and dates are written. */
export const profileSchema = z.strictObject({
  schemaVersion: z.literal(1),
  id: z.string().min(1),
  inputs: z.strictObject(
    Object.fromEntries(INPUT_KINDS.map((kind) => [kind, inputSchema(kind).optional()])) as {
      [K in InputKind]: z.ZodOptional<ReturnType<typeof inputSchema>>;
    },
  ),
});
export type Profile = z.infer<typeof profileSchema>;
export type InputProfile = NonNullable<Profile['inputs'][InputKind]>;

const ZONE_TOKEN = /[Xx]/;
const TIME_TOKEN = /[Hhks]/;
const EPOCH = new UTCDate(0);

/** date-fns in UTC: it otherwise reckons in the machine's zone, even where the text holds an offset. */
const parseInUtc = (written: string, pattern: string): number => parse(written, pattern, EPOCH, { in: utc }).getTime();

/** Days of the year (D) and week years (Y) are no dates of a calendar; and a time alone is no instant. */
function holdsDate(pattern: string): boolean {
  const tokens = pattern.replace(/'[^']*'/g, '');
  return /[yuPtT]/.test(tokens) && !/[DY]/.test(tokens);
}

function isDateFormat(pattern: string): boolean {
  if (!holdsDate(pattern)) return false;
  try {
    // What the pattern writes it must read; a letter that means nothing, or days for dates (DD, YYYY), throws.
    return !Number.isNaN(parseInUtc(format(EPOCH, pattern), pattern));
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
