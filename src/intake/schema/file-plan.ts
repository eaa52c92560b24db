import { civilDate, dateOf } from '../../base/instants.ts';
import type { Problem } from '../../base/problem.ts';
import { type Text, text } from '../../base/text.ts';
import type { Terms } from '../../policy/terms.ts';
import type { FewKindDeclaration } from '../../tables/kinds/column.ts';
import { DECLARATIONS } from '../../tables/kinds/index.ts';
import type { InputKind } from '../../tables/tables.ts';
import type { Sample } from '../bytes/sample.ts';
import { type FileMapping, fileMapping, isPlainMapping, MappedRows, type PlainUse } from '../mapping/file-mapping.ts';
import { type TableBegin, tableBegin } from '../mapping/table-begin.ts';
import { AbsentWords } from '../values/absent-words.ts';
import { dateFormatFault, dateFormatOf } from '../values/date-formats.ts';
import { readByPattern, readDateByPattern } from '../values/date-patterns.ts';
import { type Clock, JAPAN_MINUTES, readDate, readInstant } from '../values/dates.ts';
import { type Guard, guardOf, withoutGuard } from '../values/identifiers.ts';
import { type HeaderPlan, readHeader } from './header.ts';
import { type ColumnLayout, LAYOUTS } from './layouts.ts';
import { type InputProfile, mappingOf, timeOf, zoneMinutesOf } from './profile.ts';

/** Everything that is decided of a file before its rows are read, so that no row is read another way than the others. */
export interface FilePlan extends HeaderPlan {
  /** By layout order. */
  readonly forms: readonly ColumnForm[];
  readonly clock: Clock;
  /** Its rows may be read from their bytes: written as exports write them, and no number stands for nothing. */
  readonly isPlain: boolean;
  /** Where a profile of version 2 says more than headers, values and dates. */
  readonly mapping: FileMapping | undefined;
}

/** How the values of one column are written. */
export interface ColumnForm {
  readonly guard: Guard;
  /** Of dates and instants: the pattern of the profile by which they are read; without it, the forms known to all. */
  readonly pattern?: string;
  /** Of instants: not all values seen say that they are of Japan. */
  readonly mayBeOfAnotherZone?: boolean;
}

/** Whether a column of ours is read from a field of the file, or made for it by a mapping. @param column by layout order */
export const isInFile = ({ positions, mapping }: FilePlan, column: number): boolean =>
  mapping === undefined ? (positions[column] ?? -1) >= 0 : mapping.sources[column] !== undefined;

const UNGUARDED: ColumnForm = { guard: 'none' };

export type FilePlanResult = { readonly plan: FilePlan } | { readonly problems: readonly Problem[] };

/** A file of which the header is known. */
export interface PlannedFile {
  readonly kind: InputKind;
  readonly name: string;
  readonly sample: Sample;
}

/** Reads a file's header, and finds how its columns are written by what its first records hold. */
export function planFile(
  file: PlannedFile,
  fields: readonly string[],
  profile: InputProfile | undefined,
  terms: Terms,
): FilePlanResult {
  const begin = beginOf(file, fields, profile);
  if (begin === undefined) return { problems: [noTable(file, profile)] };
  const header = readHeader(file.kind, file.name, begin.header, profile);
  if ('problems' in header) return { problems: header.problems.map((problem) => onLine(problem, file, begin)) };
  const { plan } = header;
  const mapping = mappingIn(file, plan, begin, profile);
  if (mapping !== undefined && 'problems' in mapping) return mapping;
  return planColumns(file, plan, profile, { clock: clockOf(file.kind, profile, terms), mapping });
}

const beginOf = (
  { sample }: PlannedFile,
  fields: readonly string[],
  profile: InputProfile | undefined,
): TableBegin | undefined =>
  profile?.table?.header === undefined
    ? { header: fields, headerRecords: [fields], titles: [], lastLine: 1 }
    : tableBegin(sample.records(), profile.table);

/** What is said of the first line is said of the one that holds the headers. */
const onLine = (problem: Problem, { name }: PlannedFile, { lastLine }: TableBegin): Problem =>
  lastLine > 1 && problem.where.startsWith(`${name}:1`)
    ? { ...problem, where: `${name}:${lastLine}${problem.where.slice(name.length + 2)}` }
    : problem;

const noTable = ({ name }: PlannedFile, profile: InputProfile | undefined): Problem => {
  const header = profile?.table?.header;
  const words = typeof header === 'object' && 'words' in header ? header.words.join(', ') : '';
  return {
    code: 'MISSING_COLUMN',
    where: `${name}:1`,
    what: text(
      `profile の table.header が言う見出しの行がありません${words === '' ? '' : `(${words})`}`,
      `the row of headers that the profile\u2019s table.header tells is not here${words === '' ? '' : ` (${words})`}`,
    ),
    advice: text(
      'ファイルを開いて見出しの行を確かめ、profile の header をそれに合わせてください',
      'open the file, look which row holds the headers, and write the profile\u2019s header as it is',
    ),
  };
};

type MappingResult = FileMapping | { readonly problems: readonly Problem[] } | undefined;

function mappingIn(
  { kind, name }: PlannedFile,
  { positions, mapped }: HeaderPlan,
  begin: TableBegin,
  profile: InputProfile | undefined,
): MappingResult {
  const stated = mappingOf(profile);
  if (stated === undefined) return undefined;
  const { columns, yenColumn } = LAYOUTS[kind];
  const ours = columns.map((column, index) => ({
    name: column.name,
    isAmount: column.type === 'amount',
    position: positions[index] ?? -1,
  }));
  const yen = columns.findIndex(({ name }) => name === yenColumn);
  const mapping = fileMapping(stated, ours, yen, { name, ...begin }, (header) => mapped.get(header) ?? -1);
  const problems = columns.flatMap((column, index) =>
    mapping.sources[index] === undefined && stated.columns?.[column.name] !== undefined
      ? [nothingFound(name, column.name)]
      : [],
  );
  return problems.length > 0 ? { problems } : mapping;
}

const nothingFound = (file: string, column: string): Problem => ({
  code: 'MISSING_COLUMN',
  where: `${file}:1:${column}`,
  what: text(
    'profile のパターンに合うものが、ファイルの名前にも見出しの上の行にもありません',
    'the profile\u2019s pattern finds nothing in the file\u2019s name, or in the lines above its headers',
  ),
  advice: text(
    'ファイルの名前か題名の行を確かめるか、profile の fileName や title を直してください',
    'check the file\u2019s name or title lines, or mend fileName or title in the profile',
  ),
});

/** What is known of a file once its headers are read. */
interface KnownOfFile {
  readonly clock: Clock;
  readonly mapping: FileMapping | undefined;
}

function planColumns(
  { kind, name, sample }: PlannedFile,
  plan: HeaderPlan,
  profile: InputProfile | undefined,
  { clock, mapping }: KnownOfFile,
): FilePlanResult {
  const absent = new AbsentWords(profile?.absent);
  const problems: Problem[] = [];
  const mappedTexts = mapping === undefined ? undefined : textsOfSample(sample, mapping, plan.fieldCount);
  const forms = LAYOUTS[kind].columns.map((column, index) => {
    const position = plan.positions[index] ?? -1;
    if (position < 0 && mapping?.sources[index] === undefined) return UNGUARDED;
    const texts = () => mappedTexts?.(index) ?? sample.values(position, plan.fieldCount);
    const values: Values = () => valuesOf(texts(), column, absent);
    const { rival, ...form } = formOf(column, values, sample, profile, clock);
    if (rival !== undefined) problems.push(ambiguousDates(name, column.name, form.pattern ?? KNOWN, rival));
    return form;
  });
  if (problems.length > 0) return { problems };
  const isPlain =
    hasPlainForms(kind, forms, clock) &&
    !(profile?.absent ?? []).some((word) => /\d/.test(word.normalize('NFKC'))) &&
    (mapping === undefined || isPlainMapping(mapping, LAYOUTS[kind].columns.map(plainUse)));
  return { plan: { ...plan, forms, clock, isPlain, mapping } };
}

/** What the byte reader can take for a column beside one field of its own. */
const plainUse = (column: ColumnLayout): PlainUse => ({
  mayBeCondition: column.type === 'choice',
  takesConstant: (constant) => {
    if (column.type === 'amount') return /^\d{1,9}$/.test(constant);
    if (column.type === 'choice') return Object.values(column.values ?? {}).includes(constant);
    return column.type === 'identifier' && /^[\w-]+$/.test(constant);
  },
});

/** By column of ours: what the first rows hold for it. */
function textsOfSample(
  sample: Sample,
  mapping: FileMapping,
  fieldCount: number,
): (column: number) => readonly string[] {
  const rows = new MappedRows(mapping);
  const texts: string[][] = [];
  for (const { fields, line } of sample.records()) {
    const cut = rows.cut(fields, fieldCount);
    if (line <= mapping.lastLine || cut.length !== fieldCount || rows.open(cut, line) !== undefined) continue;
    texts.push(mapping.sources.map((_, column) => rows.textOf(column)));
  }
  return (column) => texts.map((row) => row[column] ?? '');
}

/** Shops that close after midnight count its hours on, in their journals and where they ring up. */
const LATE_KINDS: ReadonlySet<InputKind> = new Set(['transactions', 'sales']);

function clockOf(kind: InputKind, profile: InputProfile | undefined, terms: Terms): Clock {
  const { timeOfDatesAlone: byKind } = DECLARATIONS[kind] as Partial<FewKindDeclaration>;
  const timeOfDatesAlone = timeOf(profile?.timeOfDatesAlone ?? byKind);
  return {
    zoneMinutes: zoneMinutesOf(profile?.zone),
    lateHours: LATE_KINDS.has(kind),
    aroundYear: civilDate(dateOf(terms.outageFrom)).year,
    ...(timeOfDatesAlone === undefined ? {} : { timeOfDatesAlone }),
  };
}

/** What a column holds in the sample, where it holds a value. */
type Values = () => Iterable<string>;

function* valuesOf(texts: Iterable<string>, column: ColumnLayout, absent: AbsentWords): Iterable<string> {
  for (const value of texts)
    if (value.trim() !== '' && !absent.includes(value, column.name, column.required)) yield value;
}

function formOf(
  column: ColumnLayout,
  written: Values,
  { mayHoldGuards }: Sample,
  profile: InputProfile | undefined,
  clock: Clock,
): ColumnForm & { readonly rival?: string } {
  const guard = column.type === 'verbatim' || !mayHoldGuards ? 'none' : commonGuard(written());
  if (column.type !== 'date' && column.type !== 'instant') return guard === 'none' ? UNGUARDED : { guard };
  const values: Values = function* () {
    for (const value of written()) yield withoutGuard(value, guard);
  };
  const own = ownPattern(column, profile);
  const { pattern, rival } =
    own === undefined ? commonPattern(values, column.type, patternsOf(profile), clock) : { pattern: own };
  // Of what is rung up, where late hours may stand too; a time that the profile states for dates alone is no hour of anybody\u2019s.
  const tellsHours = column.type === 'instant' && clock.lateHours && clock.timeOfDatesAlone === undefined;
  const isOfAnotherZone = tellsHours && mayBeOfAnotherZone(values());
  return {
    guard,
    ...(pattern === undefined ? {} : { pattern }),
    ...(isOfAnotherZone ? { mayBeOfAnotherZone: true } : {}),
    ...(rival === undefined ? {} : { rival }),
  };
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

const JAPANS_OFFSET = /\+09(?::?00)?$/;
const MOST_ASKED_FOR_OFFSETS = 100;

/** Whether any of the first values does not say itself that it is of Japan: it may be of another zone, or be taken for one. */
function mayBeOfAnotherZone(values: Iterable<string>): boolean {
  let asked = 0;
  for (const value of values) {
    if (!JAPANS_OFFSET.test(value.trimEnd())) return true;
    if (++asked === MOST_ASKED_FOR_OFFSETS) break;
  }
  return false;
}

type Dated = 'date' | 'instant';

/**
 * The one form by which a column is read: of the profile's patterns, in their order, and after them the forms that are
 * known to all, the one that reads most of the values. Two that read as many, but to other dates, are no decision.
 */
function commonPattern(
  values: Values,
  type: Dated,
  whole: readonly string[],
  clock: Clock,
): { readonly pattern: string | undefined; readonly rival?: string | undefined } {
  if (whole.length === 0) return { pattern: undefined };
  const hasTime = (pattern: string): boolean =>
    type === 'date' || dateFormatOf(pattern).hasClock || clock.timeOfDatesAlone !== undefined;
  const usable = whole.filter(hasTime);
  const written = [...values()];
  const tried = [...usable, undefined].map((pattern) => {
    const read = written.map((value) => readBy(value, type, pattern, clock));
    return { pattern, read, count: read.filter((value) => value !== undefined).length };
  });
  const most = Math.max(...tried.map(({ count }) => count));
  // A date alone is no instant, and is to be told as such.
  if (most === 0) return { pattern: whole.find((pattern) => readsDates(written, pattern, clock)) ?? tried[0]?.pattern };
  const [best, ...rivals] = tried.filter(({ count }) => count === most);
  const rival = rivals.find(({ read }) => read.some((value, at) => differ(value, best?.read[at])));
  return rival === undefined ? { pattern: best?.pattern } : { pattern: best?.pattern, rival: rival.pattern ?? KNOWN };
}

/** The one pattern that is stated for a column by itself. */
function ownPattern({ name }: ColumnLayout, profile: InputProfile | undefined): string | undefined {
  const source = profile?.columns?.[name];
  const own = typeof source === 'object' && 'dateFormat' in source ? source.dateFormat : undefined;
  return own !== undefined && isWhole(own, profile) ? own : undefined;
}

const patternsOf = (profile: InputProfile | undefined): readonly string[] =>
  (profile?.dateFormats ?? []).filter((pattern) => isWhole(pattern, profile));

/** Profiles in the manifests of older runs hold others, which were not taken then either. */
const isWhole = (pattern: string, profile: InputProfile | undefined): boolean =>
  dateFormatFault(pattern, profile?.zone !== undefined) === undefined;

const readsDates = (written: readonly string[], pattern: string, clock: Clock): boolean =>
  written.some((value) => 'value' in readDateByPattern(value, pattern, clock));

const KNOWN = 'known';
const differ = (a: number | undefined, b: number | undefined): boolean => a !== undefined && b !== undefined && a !== b;

function readBy(value: string, type: Dated, pattern: string | undefined, clock: Clock): number | undefined {
  const byPattern = type === 'date' ? readDateByPattern : readByPattern;
  const byForm = type === 'date' ? readDate : readInstant;
  const read = pattern === undefined ? byForm(value, clock) : byPattern(value, pattern, clock);
  return 'value' in read ? read.value : undefined;
}

const namedForm = (pattern: string): Text =>
  pattern === KNOWN ? text('既定の書き方', 'the usual forms') : text(`「${pattern}」`, pattern);

const ambiguousDates = (file: string, column: string, pattern: string, rival: string): Problem => ({
  code: 'AMBIGUOUS_DATES',
  where: `${file}:1:${column}`,
  what: text(
    `この列の日付は${namedForm(pattern).ja}でも${namedForm(rival).ja}でも読め、別の日時になります`,
    `the dates of this column can be read by ${namedForm(pattern).en} and by ${namedForm(rival).en}, to other dates`,
  ),
  advice: text(
    'profile の dateFormats にはこのファイルの書式だけを書いてください',
    'leave in the profile\u2019s dateFormats only the one that this file is written by',
  ),
});

const hasPlainForms = (kind: InputKind, forms: readonly ColumnForm[], { zoneMinutes }: Clock): boolean =>
  zoneMinutes === JAPAN_MINUTES &&
  forms.every(
    ({ guard, pattern }, index) =>
      guard === 'none' && (pattern === undefined || LAYOUTS[kind].columns[index]?.type !== 'instant'),
  );
