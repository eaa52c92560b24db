import * as z from 'zod';
import { said, type Text, text } from '../../base/text.ts';
import { declarationOf } from '../../tables/kinds/index.ts';
import { INPUT_KINDS, type InputKind } from '../../tables/tables.ts';
import { type Mapping, mappingFaults, mappingShape } from '../mapping/mapping-schema.ts';
import { dateFormatFault, dateFormatOf } from '../values/date-formats.ts';
import { isReadable } from '../values/date-patterns.ts';
import { JAPAN_MINUTES } from '../values/dates.ts';
import { LAYOUTS } from './layouts.ts';

/** `09:30`, or with seconds. */
const TIME = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;
const ZONE = /^(?:UTC|JST|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/** Rows of these kinds can be undone by others of their files. */
const UNDONE_KINDS: ReadonlySet<InputKind> = new Set(['transactions', 'sales']);

/** What an input of version 1 says. */
function inputShape(kind: InputKind) {
  const { columns } = LAYOUTS[kind];
  const choices = columns.filter((column) => column.values !== undefined);
  const values = Object.fromEntries(
    choices.map((column) => [
      column.name,
      z
        .record(z.string(), z.enum([...new Set(Object.values(column.values ?? {}))] as [string, ...string[]]))
        .optional()
        .meta(said(`元の値 → この道具の ${column.name} の値`, `the source’s value → ours of ${column.name}`)),
    ]),
  );
  return {
    headers: z
      .record(z.string(), z.enum(namesOf(kind)))
      .optional()
      .meta(said('元の見出し → この道具の列', 'the source’s header → our column')),
    values: z
      .strictObject(values)
      .optional()
      .meta(said('列ごとに、元の値 → この道具の値', 'of each column, the source’s value → ours')),
    /** Each column is read by one form. */
    dateFormats: z
      .array(z.string())
      .optional()
      .meta(
        said(
          '日付、または日付と時刻の書式(date-fns。例: yyyy/MM/dd HH:mm)',
          'how dates, or dates with a time, are written, as date-fns has it: yyyy/MM/dd HH:mm',
        ),
      ),
    zone: z
      .string()
      .regex(ZONE, { message: 'JST、UTC、+09:00 のどれか / must be JST, UTC, or an offset like +09:00' })
      .optional()
      .meta(
        said(
          '時差の書かれていない日時の時間帯(既定は日本時間)',
          'the zone of instants that are written without an offset; Japan’s if left out',
        ),
      ),
    timeOfDatesAlone: z
      .string()
      .regex(TIME, { message: '12:00 のように書く / must be a time like 12:00' })
      .optional()
      .meta(said('日付だけの日時を何時とみなすか', 'what time a date alone stands for where an instant is asked')),
    absent: z
      .array(z.string().min(1))
      .optional()
      .meta(
        said(
          '値がないことを表す語(はじめから知っている語に加えて)',
          'what is written where there is no value, beside the words known out of the box',
        ),
      ),
  };
}

const namesOf = (kind: InputKind) => LAYOUTS[kind].columns.map(({ name }) => name) as [string, ...string[]];

const inputSchema = (kind: InputKind, isRecorded: boolean) =>
  z.strictObject(inputShape(kind)).superRefine((input, context) => {
    if (isRecorded) return;
    for (const { path, what } of dateFaults(kind, input))
      context.addIssue({ code: 'custom', path: [...path], message: bilingual(what) });
  });

const mappedInputSchema = (kind: InputKind, isRecorded: boolean) =>
  z
    .strictObject({ ...inputShape(kind), ...mappingShape(namesOf(kind), UNDONE_KINDS.has(kind)) })
    .superRefine((input, context) => {
      if (isRecorded) return;
      const amounts = new Set(LAYOUTS[kind].columns.flatMap(({ name, type }) => (type === 'amount' ? [name] : [])));
      const faults = [...dateFaults(kind, input), ...mappingFaults(input as Mapping, input.headers ?? {}, amounts)];
      for (const { path, what } of faults)
        context.addIssue({ code: 'custom', path: [...path], message: bilingual(what) });
    });

const bilingual = ({ ja, en }: Text): string => `${ja} / ${en}`;

interface Dated {
  readonly dateFormats?: readonly string[] | undefined;
  readonly timeOfDatesAlone?: string | undefined;
  readonly zone?: string | undefined;
  readonly columns?: unknown;
}

/** What is wrong with patterns of dates. */
function dateFaults(
  kind: InputKind,
  { dateFormats, timeOfDatesAlone, zone, columns }: Dated,
): readonly { readonly path: readonly (string | number)[]; readonly what: Text }[] {
  const holdsDates = LAYOUTS[kind].columns.some(({ type }) => type === 'date');
  const needsClock = !holdsDates && timeOfDatesAlone === undefined;
  const patterns = [
    ...(dateFormats ?? []).map((pattern, place) => ({ path: ['dateFormats', place], pattern })),
    ...Object.entries((columns ?? {}) as NonNullable<Mapping['columns']>).flatMap(([name, source]) =>
      typeof source === 'object' && 'dateFormat' in source && source.dateFormat !== undefined
        ? [{ path: ['columns', name, 'dateFormat'], pattern: source.dateFormat }]
        : [],
    ),
  ];
  return patterns.flatMap(({ path, pattern }) => {
    const what = formatFault(pattern, zone !== undefined, needsClock);
    return what === undefined ? [] : [{ path, what }];
  });
}

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

type InputsOf<Input extends z.ZodType> = { [K in InputKind]: z.ZodOptional<Input> };

const inputsOf = <Input extends z.ZodType>(schemaOf: (kind: InputKind) => Input) =>
  z
    .strictObject(
      Object.fromEntries(
        INPUT_KINDS.map((kind) => {
          const { words } = declarationOf(kind).option;
          return [kind, schemaOf(kind).optional().meta(said(words.ja, words.en))];
        }),
      ) as InputsOf<Input>,
    )
    .meta(said('入力の種類ごとの読み方', 'how each kind of input is read'));

const ID = z.string().min(1).meta(said('このプロファイルの名前', 'what the profile is called'));
const VERSION = said('この形の版', 'the version of this form');

/** @param isRecorded by a run of any version: patterns that would not be taken today were all the same its own */
const profileWith = (isRecorded: boolean) =>
  z.discriminatedUnion('schemaVersion', [
    z.strictObject({
      schemaVersion: z.literal(1).meta(VERSION),
      id: ID,
      inputs: inputsOf((kind) => inputSchema(kind, isRecorded)),
    }),
    z.strictObject({
      schemaVersion: z.literal(2).meta(VERSION),
      id: ID,
      title: z
        .strictObject({
          ja: z.string().meta(said('日本語で', 'in Japanese')),
          en: z.string().meta(said('英語で', 'in English')),
        })
        .optional()
        .meta(said('何の書き出しか', 'which export it reads')),
      source: z
        .strictObject({
          url: z.string().meta(said('ページの場所', 'its address')),
          readOn: z.string().meta(said('見た日', 'the day on which it was looked at')),
        })
        .optional()
        .meta(said('書き出しの形が書かれているページ', 'where the layout is documented')),
      inputs: inputsOf((kind) => mappedInputSchema(kind, isRecorded)),
    }),
  ]);

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
type InputV1 = NonNullable<Extract<Profile, { schemaVersion: 1 }>['inputs'][InputKind]>;
/** What a profile says of an input; of version 1 without a mapping. */
export type InputProfile = InputV1 & Mapping;

/** What a profile of version 2 says beyond headers, values and dates. */
export function mappingOf(profile: InputProfile | undefined): Mapping | undefined {
  if (profile === undefined) return undefined;
  const { table, columns, rows, refunds } = profile;
  return [table, columns, rows, refunds].some((part) => part !== undefined) ? profile : undefined;
}

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
