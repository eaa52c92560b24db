import { shapeOf, shownUnlessPersonal } from '../../policy/personal-data.ts';
import type { InputKind } from '../../tables/tables.ts';
import type {
  ColumnOrigin,
  HeaderValues,
  LeftOutRows,
  OriginPart,
  UnderstoodColumn,
  UnderstoodFile,
  UnderstoodRow,
  UnderstoodValue,
} from '../../tables/understood-file.ts';
import type { Sample } from '../bytes/sample.ts';
import { reasonsToLeaveOut } from '../mapping/file-mapping.ts';
import type { Addend, Conditions, JoinedPart, SourceOfColumn } from '../mapping/mapping-schema.ts';
import { isBlank } from '../values/total-rows.ts';
import { type FilePlan, isInFile } from './file-plan.ts';
import { looksLikeHeader } from './header-names.ts';
import { type ColumnLayout, LAYOUTS } from './layouts.ts';
import type { InputProfile } from './profile.ts';
import { RowReader } from './row-reader.ts';
import { shownByColumn, understoodValue } from './shown-values.ts';

/** A file whose rows were read. */
export interface FileToUnderstand {
  readonly kind: InputKind;
  readonly sample: Sample;
  readonly plan: FilePlan;
  /** By the number of the reason: rows that the profile leaves out. */
  readonly leftOut: readonly number[];
}

/** How it was understood, by the records that it begins with. @param rows how many of them are to be shown */
export function understoodFile(
  file: FileToUnderstand,
  profile: InputProfile | undefined,
  rows: number,
): UnderstoodFile {
  const { sample, plan } = file;
  const { byteOrderMark, delimiter, sheet } = sample.form;
  const read = rowsUnderstood(file, profile);
  const { mapping } = plan;
  const lastLine = mapping?.lastLine ?? sample.records()[0]?.line ?? 1;
  return {
    byteOrderMark,
    delimiter,
    sheet: sheet === undefined ? null : shownSheet(sheet, profile),
    headerLine: lastLine === 0 ? null : lastLine,
    headerRows: mapping?.headerRecords.length ?? 1,
    columns: columnsUnderstood(file, profile, read),
    leftOut: leftOutRows(file),
    sample: spread(read, rows),
  };
}

/** A sheet may be called after somebody. */
const shownSheet = (sheet: string, profile: InputProfile | undefined): string =>
  sheet === profile?.table?.sheet || /^(?:Sheet|シート)\d*$/.test(sheet) || looksLikeHeader(sheet.normalize('NFKC'))
    ? sheet
    : `<${shapeOf(sheet)}>`;

/** The rows that a file begins with, as far as they have the fields of its header. */
function rowsUnderstood(
  { kind, sample, plan }: FileToUnderstand,
  profile: InputProfile | undefined,
): readonly UnderstoodRow[] {
  const row = new RowReader(LAYOUTS[kind], plan, profile);
  const shown = shownByColumn(kind);
  const [first, ...others] = sample.records();
  const records = plan.mapping === undefined ? others : first === undefined ? [] : [first, ...others];
  return records.flatMap(({ fields, line }) => {
    if (line <= (plan.mapping?.lastLine ?? 0)) return [];
    const cut = row.cut(fields);
    if (cut.length !== plan.fieldCount || cut.every(isBlank)) return [];
    row.open(cut, line);
    if (row.isPassedOver) return [];
    const values = LAYOUTS[kind].columns.flatMap(({ name }, column) => {
      const value = understoodValue(row, column, shown[column] ?? ((text) => text));
      return value === undefined ? [] : [[name, value] as const];
    });
    return [{ line, values: Object.fromEntries(values) }];
  });
}

const MOST_EXAMPLES = 3;

function columnsUnderstood(
  { kind, plan }: FileToUnderstand,
  profile: InputProfile | undefined,
  rows: readonly UnderstoodRow[],
): readonly UnderstoodColumn[] {
  return LAYOUTS[kind].columns.map((column, index) => {
    const { name, type, required } = column;
    const isDated = (type === 'date' || type === 'instant') && isInFile(plan, index);
    const form = plan.forms[index]?.pattern ?? 'known';
    return {
      column: name,
      required,
      origin: originOf(column, index, plan, profile),
      ...(isDated ? { dates: { form, zone: profile?.zone ?? 'JST' } } : {}),
      examples: differing(rows, name),
    };
  });
}

function differing(rows: readonly UnderstoodRow[], column: string): UnderstoodColumn['examples'] {
  const found = new Map<string, UnderstoodValue & { readonly line: number }>();
  for (const { line, values } of rows) {
    const value = values[column];
    if (value === undefined || found.has(value.written)) continue;
    found.set(value.written, { line, ...value });
    if (found.size === MOST_EXAMPLES) break;
  }
  return [...found.values()];
}

/** So many rows, the first and the last of them included, as far apart as can be. */
function spread(rows: readonly UnderstoodRow[], count: number): readonly UnderstoodRow[] {
  if (rows.length <= count) return rows;
  const step = count < 2 ? 0 : (rows.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, at) => rows[Math.round(at * step)] as UnderstoodRow);
}

function leftOutRows({ plan, leftOut }: FileToUnderstand): readonly LeftOutRows[] {
  const { mapping, columns } = plan;
  if (mapping === undefined) return [];
  return reasonsToLeaveOut(mapping).map(({ rule, position, values, pattern }, reason) => ({
    rule,
    header: columns[position] ?? '',
    values: pattern === undefined ? values : [shownPattern(pattern)],
    rows: leftOut[reason] ?? 0,
  }));
}

const NO_CONDITIONS = { when: [], unless: [] };

function originOf(
  { name }: ColumnLayout,
  column: number,
  plan: FilePlan,
  profile: InputProfile | undefined,
): ColumnOrigin {
  const stated = plan.mapping === undefined ? undefined : profile?.columns?.[name];
  if (stated !== undefined) return statedOrigin(stated);
  const position = plan.positions[column] ?? -1;
  if (position < 0) return { from: 'not_in_file', parts: [], ...NO_CONDITIONS };
  return { from: 'header', parts: [{ header: plan.columns[position] ?? '' }], ...NO_CONDITIONS };
}

/** What a profile says of a column: its headers are no secret, for they stand in the profile. */
function statedOrigin(source: SourceOfColumn): ColumnOrigin {
  if (typeof source === 'string') return { from: 'header', parts: [{ header: source }], ...NO_CONDITIONS };
  if ('constant' in source) return { from: 'constant', parts: [constantPart(source.constant)], ...NO_CONDITIONS };
  if ('fileName' in source) return { from: 'file_name', parts: [], ...NO_CONDITIONS };
  if ('title' in source) return { from: 'title', parts: [], ...NO_CONDITIONS };
  if ('join' in source) return { from: 'join', parts: source.join.map(joinedPart), ...NO_CONDITIONS };
  if ('minus' in source) {
    const minus = source.minus.map((header) => ({ minus: header }));
    return { from: 'sum', parts: [{ header: source.from }, ...minus], ...NO_CONDITIONS };
  }
  const conditions = { when: headerValues(source.when), unless: headerValues(source.unless) };
  if ('sum' in source) return { from: 'sum', parts: source.sum.map(summedPart), ...conditions };
  return { from: 'header', parts: [{ header: source.from }], ...conditions };
}

/** A field that is added, and of which rows it is. */
const summedPart = (part: Addend): OriginPart => {
  if (typeof part === 'string') return { header: part };
  const said = [
    ...headerValues(part.when).map(({ header, values }) => `${header} = ${values.join(' | ')}`),
    ...headerValues(part.unless).map(({ header, values }) => `${header} \u2260 ${values.join(' | ')}`),
  ];
  return { header: said.length === 0 ? part.from : `${part.from} (${said.join(', ')})` };
};

const headerValues = (stated: Conditions | undefined): readonly HeaderValues[] =>
  Object.entries(stated ?? {}).map(([header, meant]) => ({ header, values: valuesMeant(meant) }));

/** A pattern stands as it is written in most languages. */
const valuesMeant = (meant: Conditions[string]): readonly string[] =>
  'pattern' in meant ? [shownPattern(meant.pattern)] : meant;

const shownPattern = (pattern: string): string => `/${pattern}/`;

const joinedPart = (part: JoinedPart): OriginPart => {
  if (typeof part === 'string') return { header: part };
  return 'line' in part ? part : constantPart(part.constant);
};

const constantPart = (constant: string): OriginPart => ({ constant: shownUnlessPersonal(constant) });
