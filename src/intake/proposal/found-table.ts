import type { InputKind } from '../../tables/tables.ts';
import type { SampleRecord } from '../bytes/sample.ts';
import type { TableForm } from '../mapping/mapping-schema.ts';
import { type TableBegin, tableBegin } from '../mapping/table-begin.ts';
import { comparedHeader } from '../schema/header.ts';
import { holdsData, looksLikeHeader, shownHeaders } from '../schema/header-names.ts';
import type { Clock } from '../values/dates.ts';
import { normalised } from '../values/identifiers.ts';
import { isBlank, isTotal } from '../values/total-rows.ts';
import { type ColumnFacts, columnFacts } from './column-facts.ts';
import { type FileBegin, statedBy } from './file-begin.ts';
import { isKnownHeader } from './header-weights.ts';
import { isOpenWord } from './open-words.ts';
import { TRANSFER_FORM, transfersOf } from './transfer-records.ts';

export interface FoundColumn {
  readonly position: number;
  /** As it is compared with others. */
  readonly header: string;
  /** As it can be shown. */
  readonly shown: string;
  /** It can be shown, and written into a profile, and stands once. */
  readonly isOpen: boolean;
  readonly facts: ColumnFacts;
}

/** The table of a file, by what it begins with. */
export interface FoundTable {
  readonly name: string;
  readonly columns: readonly FoundColumn[];
  /** What a profile must state of it. */
  readonly form: TableForm;
  /** The line of its headers. */
  readonly line: number;
  /** Lines above it, each as one text. */
  readonly titles: readonly string[];
  /** Records of the sample that are rows, each with the fields of the header. */
  readonly rows: readonly (readonly string[])[];
  readonly sheets: readonly string[];
}

/** A file as it is looked at. */
export interface LookedAtFile {
  readonly name: string;
  /** Undefined where no row of headers is found. */
  readonly table: FoundTable | undefined;
  /** Its first line as it can be shown. */
  readonly shown: readonly string[];
  /** What whoever has it says that it is. */
  readonly said: InputKind | undefined;
}

/** @param said what it is; without it, that is found out */
export const lookAt = (begin: FileBegin, clock: Clock, said?: InputKind): LookedAtFile => ({
  name: begin.name,
  table: tableAs(begin, clock, said),
  shown: shownHeaders((begin.records[0]?.fields ?? []).slice(0, MOST_SHOWN).map(comparedHeader), isKnownHeader),
  said,
});

/** What is said to be a table has one, whatever its first line is. */
function tableAs(begin: FileBegin, clock: Clock, said: InputKind | undefined): FoundTable | undefined {
  if (said === undefined) return foundTable(begin, clock);
  const transfers = said === 'paid' ? transfersOf(begin.records) : undefined;
  if (transfers !== undefined) return tableOfTransfers(begin, transfers, clock);
  return foundTable(begin, clock) ?? tableBelow(begin, 0, clock);
}

function tableOfTransfers({ name, format }: FileBegin, rows: FoundTable['rows'], clock: Clock): FoundTable {
  const headers = TRANSFER_FORM.fixedWidth.map((field) => field.name);
  const { encoding } = statedBy(format);
  return {
    name,
    columns: columnsOf(headers, rows, clock).map((column) => ({ ...column, shown: column.header, isOpen: true })),
    form: { ...(encoding === undefined ? {} : { encoding }), ...TRANSFER_FORM },
    line: 0,
    titles: [],
    rows,
    sheets: [],
  };
}

const MOST_SHOWN = 12;
const MOST_TITLES = 100;
const LEAST_HEADERS = 2;

/** Undefined where no row of headers is found. */
export function foundTable(begin: FileBegin, clock: Clock): FoundTable | undefined {
  const place = placeOfHeaders(begin.records);
  return place < 0 ? undefined : tableBelow(begin, isGroups(begin.records, place - 1) ? place - 1 : place, clock);
}

/** @param place of the record of headers, or of the first of two */
function tableBelow({ name, format, records }: FileBegin, place: number, clock: Clock): FoundTable | undefined {
  const record = records[place];
  if (record === undefined) return undefined;
  const rows = isSecondRow(record, records[place + 1]) || isGroups(records, place) ? 2 : 1;
  const header = place === 0 && rows === 1 ? undefined : headerForm(records, place, rows);
  const begin = header === undefined ? firstRecord(record) : tableBegin(records, { header });
  if (begin === undefined) return undefined;
  const headers = begin.header.map(comparedHeader);
  const below = records.filter(({ line }) => line > begin.lastLine).map(({ fields }) => fields);
  const trailing = hasTrailing(below, headers.length);
  const all = below.flatMap((fields) => cut(fields, headers.length)).filter((fields) => isRow(fields, begin));
  const totals = totalsOf(all);
  const counted = all.filter((fields) => !fields.some((field) => totals.includes(normalised(field))));
  return {
    name,
    columns: columnsOf(headers, counted, clock),
    form: {
      ...statedBy(format),
      ...(header === undefined ? {} : { header }),
      ...(trailing ? { trailingCommas: true as const } : {}),
      ...(totals.length === 0 ? {} : { totals: [...totals] }),
    },
    line: begin.lastLine,
    titles: begin.titles,
    rows: counted,
    sheets: format.what === 'workbook' ? format.sheets : [],
  };
}

/** The same table of some of its rows. */
export function tableWith(
  table: FoundTable,
  isMeant: (fields: readonly string[]) => boolean,
  clock: Clock,
): FoundTable {
  const rows = table.rows.filter(isMeant);
  const { columns: all } = table;
  const facts = all.map(({ position }) => columnFacts(columnCells(rows, position), clock));
  return { ...table, rows, columns: all.map((column, at) => ({ ...column, facts: facts[at] ?? column.facts })) };
}

const columnCells = (rows: FoundTable['rows'], position: number): readonly string[] =>
  rows.map((fields) => fields[position] ?? '');

/** Tables of one form with the same headers, as one. */
export function joinedTables(tables: readonly [FoundTable, ...FoundTable[]], clock: Clock): FoundTable {
  const [first] = tables;
  if (tables.length === 1) return first;
  const rows = tables.flatMap((table) => table.rows);
  const columns = columnsOf(
    first.columns.map(({ header }) => header),
    rows,
    clock,
  );
  return { ...first, rows, columns };
}

const isHeader = (field: string): boolean => {
  const header = comparedHeader(field);
  return isKnownHeader(header) || looksLikeHeader(header);
};

const headersIn = ({ fields }: SampleRecord): number => new Set(fields.filter(isHeader)).size;

/** The first of those records of which most is headers. -1 where there is none. */
function placeOfHeaders(records: readonly SampleRecord[]): number {
  const counts = records.slice(0, MOST_TITLES).map((record) => {
    const written = record.fields.filter((field) => !isBlank(field)).length;
    const headers = headersIn(record);
    return headers >= LEAST_HEADERS && headers * 2 >= written ? headers : 0;
  });
  const most = Math.max(0, ...counts);
  return most === 0 ? -1 : counts.findIndex((count) => count >= most * ENOUGH);
}
const ENOUGH = 0.6;

/** Above it groups of columns are named: a group over several columns leaves cells blank. */
function isSecondRow(first: SampleRecord, second: SampleRecord | undefined): boolean {
  if (second === undefined || second.line !== first.line + 1) return false;
  const written = second.fields.filter((field) => !isBlank(field)).length;
  return first.fields.some(isBlank) && headersIn(second) >= LEAST_HEADERS && headersIn(second) === written;
}

/** Groups above headers some of which stand twice: what is written there begins behind blanks, too, which no title does. */
function isGroups(records: readonly SampleRecord[], place: number): boolean {
  const [upper, lower] = [records[place], records[place + 1]];
  if (upper === undefined || lower === undefined || lower.line !== upper.line + 1) return false;
  const written = lower.fields.filter((field) => !isBlank(field)).map(comparedHeader);
  if (upper.fields.length !== lower.fields.length || !written.every(isHeader)) return false;
  const isBehindBlank = (field: string, at: number): boolean =>
    at > 0 && !isBlank(field) && isBlank(upper.fields[at - 1] ?? '');
  return (
    !isBlank(upper.fields[0] ?? '') &&
    upper.fields.some(isBehindBlank) &&
    !holdsData(upper.fields.map(comparedHeader)) &&
    new Set(written).size < written.length
  );
}

const MOST_WORDS = 3;

/** By words that no record above it has all of, so that more or fewer titles do no harm; else by its row. */
function headerForm(records: readonly SampleRecord[], place: number, rows: 1 | 2): TableForm['header'] {
  const record = records[place] as SampleRecord;
  const words = [...new Set(record.fields.map(comparedHeader).filter((header) => isHeader(header)))].slice(
    0,
    MOST_WORDS,
  );
  const above = records.slice(0, place).map(({ fields }) => new Set(fields.map((field) => normalised(field))));
  const isAlone = !above.some((found) => words.every((word) => found.has(normalised(word))));
  const two = rows === 2 ? { rows } : {};
  return isAlone && words.length > 1 ? { words, ...two } : { row: record.line, ...two };
}

const firstRecord = ({ fields, line }: SampleRecord): TableBegin => ({
  header: fields,
  headerRecords: [fields],
  titles: [],
  lastLine: line,
});

const hasTrailing = (records: readonly (readonly string[])[], width: number): boolean =>
  records.some(
    (fields) =>
      (fields.length > width && fields.slice(width).every(isBlank)) ||
      (fields.length < width && fields.length * 2 > width && fields.length > 1),
  );

function cut(fields: readonly string[], width: number): readonly (readonly string[])[] {
  if (fields.length === width) return [fields];
  if (fields.length > width) return fields.slice(width).every(isBlank) ? [fields.slice(0, width)] : [];
  return fields.length > 1 ? [[...fields, ...Array.from({ length: width - fields.length }, () => '')]] : [];
}

function isRow(fields: readonly string[], { headerRecords }: TableBegin): boolean {
  const isRepeated = headerRecords.some((header) =>
    header.every((name, at) => name.trim() === (fields[at] ?? '').trim()),
  );
  return !isRepeated && !fields.every(isBlank) && !isTotal(fields);
}

const LEAST_ROWS = 2;

/**
 * Words of rows that add up others, or say what is paid for them: most fields that other rows have are blank in them, the
 * first among them.
 */
function totalsOf(rows: readonly (readonly string[])[]): readonly string[] {
  const written = (fields: readonly string[]): number => fields.filter((field) => !isBlank(field)).length;
  const usual = Math.max(0, ...rows.map(written));
  const isShort = (fields: readonly string[]): boolean => isBlank(fields[0] ?? '') && written(fields) * 2 <= usual;
  if (rows.filter((fields) => !isShort(fields)).length < LEAST_ROWS) return [];
  const words = rows.filter(isShort).flatMap((fields) => {
    const first = normalised(fields.find((field) => !isBlank(field)) ?? '');
    return isOpenWord(first) && !/^\d/.test(first) ? [first] : [];
  });
  const inRows = new Set(rows.filter((fields) => !isShort(fields)).flatMap((fields) => fields.map(normalised)));
  return [...new Set(words)].filter((word) => !inRows.has(word));
}

function columnsOf(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  clock: Clock,
): readonly FoundColumn[] {
  const shown = shownHeaders(headers, isKnownHeader);
  const hidesAll = holdsData(headers.filter((header) => !isKnownHeader(header)));
  return headers.map((header, position) => ({
    position,
    header,
    shown: shown[position] ?? '',
    isOpen:
      header !== '' &&
      headers.filter((each) => each === header).length === 1 &&
      (isKnownHeader(header) || (!hidesAll && looksLikeHeader(header))),
    facts: columnFacts(columnCells(rows, position), clock),
  }));
}
