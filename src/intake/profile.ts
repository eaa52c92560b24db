import { z } from 'zod';
import { dateFormatFault, dateFormatOf } from './date-formats.ts';
import { isReadable } from './date-patterns.ts';
import { JAPAN_MINUTES } from './dates.ts';
import { LAYOUTS } from './layouts.ts';
import { INPUT_KINDS, type InputKind } from './tables.ts';

const dateFormat = z.string().superRefine((pattern, context) => {
  const fault = dateFormatFault(pattern);
  if (fault !== undefined) context.addIssue({ code: 'custom', message: `${fault.ja} / ${fault.en}` });
  else if (!isReadable(pattern))
    context.addIssue({
      code: 'custom',
      message: 'date-fns の日付の書式ではない / is no date-fns pattern of a date',
    });
});

/** `09:30`, or with seconds. */
const TIME = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;
const ZONE = /^(?:UTC|JST|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

const inputSchema = (kind: InputKind, dateFormat: z.ZodType<string>) => {
  const { columns } = LAYOUTS[kind];
  const names = columns.map((column) => column.name) as [string, ...string[]];
  const choices = columns.filter((column) => column.values !== undefined);
  const values = Object.fromEntries(
    choices.map((column) => [
      column.name,
      z
        .record(z.string(), z.enum([...new Set(Object.values(column.values ?? {}))] as [string, ...string[]]))
        .optional(),
    ]),
  );
  const holdsDates = columns.some(({ type }) => type === 'date');
  return z
    .strictObject({
      /** The source's header → our column. */
      headers: z.record(z.string(), z.enum(names)).optional(),
      /** Column → the source's value → ours. */
      values: z.strictObject(values).optional(),
      /** date-fns patterns of a whole date, or of a date and a whole time. Each column is read by one form. */
      dateFormats: z.array(dateFormat).optional(),
      /** The zone of instants that are written without an offset; without it, Japan's. */
      zone: z
        .string()
        .regex(ZONE, { message: 'JST、UTC、+09:00 のどれか / must be JST, UTC, or an offset like +09:00' })
        .optional(),
      /** What time a date alone stands for where an instant is asked. */
      timeOfDatesAlone: z
        .string()
        .regex(TIME, { message: '12:00 のように書く / must be a time like 12:00' })
        .optional(),
      /** What is written where there is no value, in place of the words known out of the box. */
      absent: z.array(z.string().min(1)).optional(),
    })
    .superRefine(({ dateFormats, timeOfDatesAlone }, context) => {
      if (dateFormat === ANY_FORMAT || holdsDates || timeOfDatesAlone !== undefined) return;
      for (const [place, pattern] of (dateFormats ?? []).entries()) {
        if (dateFormatFault(pattern) !== undefined || dateFormatOf(pattern).hasClock) continue;
        context.addIssue({
          code: 'custom',
          path: ['dateFormats', place],
          message:
            '時刻がない。日付だけなら timeOfDatesAlone で時刻を決める / the time is missing; for dates alone say by timeOfDatesAlone what time they stand for',
        });
      }
    });
};

/** What a run of any version recorded: patterns that would not be taken today were all the same its own. */
const ANY_FORMAT: z.ZodType<string> = z.string();

const profileWith = (dateFormat: z.ZodType<string>) =>
  z.strictObject({
    schemaVersion: z.literal(1),
    id: z.string().min(1),
    inputs: z.strictObject(
      Object.fromEntries(INPUT_KINDS.map((kind) => [kind, inputSchema(kind, dateFormat).optional()])) as {
        [K in InputKind]: z.ZodOptional<ReturnType<typeof inputSchema>>;
      },
    ),
  });

/** A profile file: how a source system's headers, values and dates are written. */
export const profileSchema = profileWith(dateFormat);
/** A profile in the manifest of a run. */
export const recordedProfileSchema = profileWith(ANY_FORMAT);
export type Profile = z.infer<typeof profileSchema>;
export type InputProfile = NonNullable<Profile['inputs'][InputKind]>;

/** Minutes that a profile's zone is ahead of UTC. */
export function zoneMinutesOf(zone: string | undefined): number {
  if (zone === undefined || zone === 'JST') return JAPAN_MINUTES;
  if (zone === 'UTC') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
  return zone.startsWith('-') ? -minutes : minutes;
}

/** Microseconds since midnight of a profile's time. */
export function timeOf(written: string | undefined): number | undefined {
  const parts = written === undefined ? null : TIME.exec(written);
  if (parts === null) return undefined;
  return (Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3] ?? '0')) * 1_000_000;
}
