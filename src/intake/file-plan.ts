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
    if (position < 0) return UNGUARDED;
    return formOf(column, () => valuesAt(sample, position, plan.fieldCount, column, absent), sample, profile, clock);
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

/** What a column holds in the sample, where it holds a value. */
type Values = () => Iterable<string>;

function* valuesAt(
  sample: Sample,
  position: number,
  fieldCount: number,
  column: ColumnLayout,
  absent: AbsentWords,
): Iterable<string> {
  for (const value of sample.values(position, fieldCount))
    if (value.trim() !== '' && !absent.includes(value, column.name, column.required)) yield value;
}

function formOf(
  column: ColumnLayout,
  written: Values,
  { mayHoldGuards }: Sample,
  profile: InputProfile | undefined,
  clock: Clock,
): ColumnForm {
  const guard = column.type === 'verbatim' || !mayHoldGuards ? 'none' : commonGuard(written());
  if (column.type !== 'date' && column.type !== 'instant') return guard === 'none' ? UNGUARDED : { guard };
  const values: Values = function* () {
    for (const value of written()) yield withoutGuard(value, guard);
  };
  const pattern = commonPattern(values, column.type, profile?.dateFormats ?? [], clock);
  const isLocal = column.type === 'instant' && hasLocal(values(), pattern);
  return { guard, ...(pattern === undefined ? {} : { pattern }), ...(isLocal ? { isLocal } : {}) };
}

/** The guard that all of the values have. */
function commonGuard(values: Iterable<string>): Guard {
  let common: Guard | undefined;
  for (const value of values) {
    const guard = guardOf(value);
    if (guard === 'none' || guard !== (common ?? guard)) return 'none';
    common = guard;
  }
  return common ?? 'none';
}

const WRITTEN_OFFSET = /:\d{2}(?:[.,]\d+)?\s?(?:[Zz]|[+-]\d{2}(?::?\d{2})?)$/;
const MOST_ASKED_FOR_OFFSETS = 100;

/** Whether any of the first values is without an offset of its own. */
function hasLocal(values: Iterable<string>, pattern: string | undefined): boolean {
  if (pattern !== undefined) return !dateFormatOf(pattern).hasOffset;
  let asked = 0;
  for (const value of values) {
    if (!WRITTEN_OFFSET.test(value.trim())) return true;
    if (++asked === MOST_ASKED_FOR_OFFSETS) break;
  }
  return false;
}

/**
 * The one form by which a column is read: of the profile's patterns, in their order, and after them the forms that are
 * known to all, the one that reads most of the values.
 */
function commonPattern(
  values: Values,
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
  const tried = [...values()];
  for (const pattern of [...usable, undefined]) {
    const count = tried.filter((value) => isReadBy(value, type, pattern, clock)).length;
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
