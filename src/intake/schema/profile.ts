import { z } from 'zod';
import { type Text, text } from '../../base/text.ts';
import { INPUT_KINDS, type InputKind } from '../../tables/tables.ts';
import { dateFormatFault, dateFormatOf } from '../values/date-formats.ts';
import { isReadable } from '../values/date-patterns.ts';
import { JAPAN_MINUTES } from '../values/dates.ts';
import { LAYOUTS } from './layouts.ts';

/** `09:30`, or with seconds. */
const TIME = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;
const ZONE = /^(?:UTC|JST|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

const inputSchema = (kind: InputKind, isRecorded: boolean) => {
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
      dateFormats: z.array(z.string()).optional(),
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
      /** What is written where there is no value, beside the words known out of the box. */
      absent: z.array(z.string().min(1)).optional(),
    })
    .superRefine(({ dateFormats, timeOfDatesAlone, zone }, context) => {
      if (isRecorded) return;
      const needsClock = !holdsDates && timeOfDatesAlone === undefined;
      for (const [place, pattern] of (dateFormats ?? []).entries()) {
        const fault = formatFault(pattern, zone !== undefined, needsClock);
        if (fault === undefined) continue;
        context.addIssue({ code: 'custom', path: ['dateFormats', place], message: `${fault.ja} / ${fault.en}` });
      }
    });
};

function formatFault(pattern: string, hasZone: boolean, needsClock: boolean): Text | undefined {
  const fault = dateFormatFault(pattern, hasZone);
  if (fault !== undefined) return fault;
  if (!isReadable(pattern)) return text('date-fns の日付の書式ではない', 'is no date-fns pattern of a date');
  if (!needsClock || dateFormatOf(pattern).hasClock) return undefined;
  return text(
    '時刻がない。日付だけなら timeOfDatesAlone で時刻を決める',
    'the time is missing; for dates alone say by timeOfDatesAlone what time they stand for',
  );
}

/** @param isRecorded by a run of any version: patterns that would not be taken today were all the same its own */
const profileWith = (isRecorded: boolean) =>
  z.strictObject({
    schemaVersion: z.literal(1),
    id: z.string().min(1),
    inputs: z.strictObject(
      Object.fromEntries(INPUT_KINDS.map((kind) => [kind, inputSchema(kind, isRecorded).optional()])) as {
        [K in InputKind]: z.ZodOptional<ReturnType<typeof inputSchema>>;
      },
    ),
  });

type ProfileSchema = ReturnType<typeof profileWith>;
let [schema, recordedSchema]: (ProfileSchema | undefined)[] = [];

/** A profile file: how a source system's headers, values and dates are written. Made when it is asked for: most runs have none. */
export function profileSchema(): ProfileSchema {
  schema ??= profileWith(false);
  return schema;
}

/** A profile in the manifest of a run. */
export function recordedProfileSchema(): ProfileSchema {
  recordedSchema ??= profileWith(true);
  return recordedSchema;
}

export type Profile = z.infer<ProfileSchema>;
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
