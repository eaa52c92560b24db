import { parse } from 'date-fns';
import { z } from 'zod';
import { existingDate, type Instant } from '../policy/instants.ts';
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
    dateFormats: z.array(z.string().refine(isDateFormat, { message: 'is no date-fns pattern' })).optional(),
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
const SAMPLE = new Date(0);

function isDateFormat(pattern: string): boolean {
  try {
    parse('', pattern, SAMPLE);
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads an instant by a source's own pattern. The offset is put into the text, so that date-fns never consults the
 * machine's zone (a time that New York's clock skips in March would silently move by an hour).
 */
export function readByPattern(raw: string, pattern: string): Instant | undefined {
  if (!TIME_TOKEN.test(pattern)) return undefined;
  const written = normalised(raw);
  const result = ZONE_TOKEN.test(pattern)
    ? parse(written, pattern, SAMPLE)
    : parse(`${written} +09:00`, `${pattern} xxx`, SAMPLE);
  const milliseconds = result.getTime();
  return Number.isNaN(milliseconds) ? undefined : milliseconds * 1000;
}

/** Reads a date by a source's own pattern; a time in it is dropped. */
export function readDateByPattern(raw: string, pattern: string): number | undefined {
  const result = parse(`${normalised(raw)} +00:00`, `${pattern} xxx`, SAMPLE);
  if (Number.isNaN(result.getTime())) return undefined;
  return existingDate(result.getUTCFullYear(), result.getUTCMonth() + 1, result.getUTCDate());
}
