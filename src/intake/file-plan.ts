import { civilDate, dateOf } from '../policy/instants.ts';
import type { Problem } from '../policy/problem.ts';
import type { Terms } from '../policy/terms.ts';
import { AbsentWords } from './absent-words.ts';
import { dateFormatFault, dateFormatOf } from './date-formats.ts';
import { readByPattern, readDateByPattern } from './date-patterns.ts';
import { type Clock, JAPAN_MINUTES, readDate, readInstant } from './dates.ts';
import { type HeaderPlan, readHeader } from './header.ts';
import { type Guard, guardOf, withoutGuard } from './identifiers.ts';
import { type ColumnLayout, LAYOUTS } from './layouts.ts';
import { type InputProfile, timeOf, zoneMinutesOf } from './profile.ts';
import type { Sample } from './sample.ts';
import type { InputKind } from './tables.ts';

/** Everything that is decided of a file before its rows are read, so that no row is read another way than the others. */
export interface FilePlan extends HeaderPlan {
  /** By layout order. */
  readonly forms: readonly ColumnForm[];
  readonly clock: Clock;
  /** Its rows may be read from their bytes: written as exports write them, and no number stands for nothing. */
  readonly isPlain: boolean;
}

/** How the values of one column are written. */
export interface ColumnForm {
  readonly guard: Guard;
  /** Of dates and instants: the pattern of the profile by which they are read; without it, the forms known to all. */
  readonly pattern?: string;
  /** Of instants: the values seen have no offset of their own. */
  readonly isLocal?: boolean;
}

const UNGUARDED: ColumnForm = { guard: 'none' };

export type FilePlanResult = { readonly plan: FilePlan } | { readonly problems: readonly Problem[] };

/** Reads a file's header, and finds how its columns are written by what its first records hold. */
export function planFile(
  kind: InputKind,
  name: string,
  fields: readonly string[],
  profile: InputProfile | undefined,
  sample: Sample,
  terms: Terms,
): FilePlanResult {
  const header = readHeader(kind, name, fields, profile);
  if ('problems' in header) return header;
  const { plan } = header;
  const clock = clockOf(kind, profile, terms);
  const absent = new AbsentWords(profile?.absent);
  const forms = LAYOUTS[kind].columns.map((column, index) => {
    const position = plan.positions[index] ?? -1;
    const values = position < 0 ? [] : valuesAt(sample, position, plan.fieldCount, column, absent);
    return position < 0 ? UNGUARDED : formOf(column, values, profile, clock);
  });
  const isPlain =
    hasPlainForms(kind, forms, clock) && !(profile?.absent ?? []).some((word) => /\d/.test(word.normalize('NFKC')));
  return { plan: { ...plan, forms, clock, isPlain } };
}

/** Shops that close after midnight count its hours on, in their journals and where they ring up. */
const LATE_KINDS: ReadonlySet<InputKind> = new Set(['transactions', 'sales']);

function clockOf(kind: InputKind, profile: InputProfile | undefined, terms: Terms): Clock {
  const timeOfDatesAlone = timeOf(profile?.timeOfDatesAlone);
  return {
    zoneMinutes: zoneMinutesOf(profile?.zone),
    lateHours: LATE_KINDS.has(kind),
    aroundYear: civilDate(dateOf(terms.outageFrom)).year,
    ...(timeOfDatesAlone === undefined ? {} : { timeOfDatesAlone }),
  };
}

function valuesAt(
  sample: Sample,
  position: number,
  fieldCount: number,
  column: ColumnLayout,
  absent: AbsentWords,
): readonly string[] {
  const values = sample.filter(({ length }) => length === fieldCount).map((record) => record[position] ?? '');
  return values.filter((value) => value.trim() !== '' && !absent.includes(value, column.name, column.required));
}

function formOf(
  column: ColumnLayout,
  written: readonly string[],
  profile: InputProfile | undefined,
  clock: Clock,
): ColumnForm {
  const guard = column.type === 'verbatim' ? 'none' : commonGuard(written);
  if (column.type !== 'date' && column.type !== 'instant') return guard === 'none' ? UNGUARDED : { guard };
  const values = written.map((value) => withoutGuard(value, guard));
  const pattern = commonPattern(values, column.type, profile?.dateFormats ?? [], clock);
  const isLocal = column.type === 'instant' && values.some((value) => !hasOffset(value, pattern));
  return { guard, ...(pattern === undefined ? {} : { pattern }), ...(isLocal ? { isLocal } : {}) };
}

/** The guard that all of the values have. */
function commonGuard(values: readonly string[]): Guard {
  const [first, ...others] = values;
  const guard = first === undefined ? 'none' : guardOf(first);
  return guard !== 'none' && others.every((value) => guardOf(value) === guard) ? guard : 'none';
}

const WRITTEN_OFFSET = /:\d{2}(?:[.,]\d+)?\s?(?:[Zz]|[+-]\d{2}(?::?\d{2})?)$/;

const hasOffset = (value: string, pattern: string | undefined): boolean =>
  pattern === undefined ? WRITTEN_OFFSET.test(value.trim()) : dateFormatOf(pattern).hasOffset;

/**
 * The one form by which a column is read: of the profile's patterns, in their order, and after them the forms that are
 * known to all, the one that reads most of the values.
 */
function commonPattern(
  values: readonly string[],
  type: 'date' | 'instant',
  patterns: readonly string[],
  clock: Clock,
): string | undefined {
  const usable = patterns.filter(
    (pattern) =>
      dateFormatFault(pattern) === undefined &&
      (type === 'date' || dateFormatOf(pattern).hasClock || clock.timeOfDatesAlone !== undefined),
  );
  if (usable.length === 0) return undefined;
  let best: { readonly pattern: string | undefined; readonly count: number } | undefined;
  for (const pattern of [...usable, undefined]) {
    const count = values.filter((value) => isReadBy(value, type, pattern, clock)).length;
    if (best === undefined || count > best.count) best = { pattern, count };
  }
  return best?.pattern;
}

function isReadBy(value: string, type: 'date' | 'instant', pattern: string | undefined, clock: Clock): boolean {
  if (pattern === undefined) return 'value' in (type === 'date' ? readDate(value, clock) : readInstant(value, clock));
  return 'value' in (type === 'date' ? readDateByPattern(value, pattern, clock) : readByPattern(value, pattern, clock));
}

const hasPlainForms = (kind: InputKind, forms: readonly ColumnForm[], { zoneMinutes }: Clock): boolean =>
  zoneMinutes === JAPAN_MINUTES &&
  forms.every(
    ({ guard, pattern }, index) =>
      guard === 'none' && (pattern === undefined || LAYOUTS[kind].columns[index]?.type !== 'instant'),
  );
