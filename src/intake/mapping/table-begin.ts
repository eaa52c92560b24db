import type { SampleRecord } from '../bytes/sample.ts';
import { normalised } from '../values/identifiers.ts';
import type { TableForm } from './mapping-schema.ts';

/** Where a table begins. */
export interface TableBegin {
  readonly header: readonly string[];
  /** The records that are its headers, as they stand there: printed again on each page, they are no rows. */
  readonly headerRecords: readonly (readonly string[])[];
  /** The lines above the headers, each as one text. */
  readonly titles: readonly string[];
  /** What stands up to this line is no row; 0 where rows begin at once. */
  readonly lastLine: number;
}

/** Titles are few: what has no header in so many records has none. */
const MOST_TITLES = 100;

/** Undefined where the headers that the form asks for are not among the first records. */
export function tableBegin(records: readonly SampleRecord[], form: TableForm | undefined): TableBegin | undefined {
  const header = form?.header;
  if (header === 'none') return namedByPosition(form);
  const first =
    header === undefined ? 0 : records.slice(0, MOST_TITLES).findIndex((record) => isHeader(record, header));
  const record = records[first];
  if (record === undefined) return undefined;
  const second = header?.rows === 2 ? records[first + 1] : undefined;
  if (header?.rows === 2 && second === undefined) return undefined;
  const headerRecords = [record, ...(second === undefined ? [] : [second])];
  return {
    header: second === undefined ? record.fields : twoRows(record.fields, second.fields),
    headerRecords: headerRecords.map(({ fields }) => fields),
    titles: records.slice(0, first).map(({ fields }) => fields.join(',')),
    lastLine: (headerRecords.at(-1) ?? record).line,
  };
}

const namedByPosition = (form: TableForm | undefined): TableBegin => ({
  header: form?.names ?? form?.fixedWidth?.map(({ name }) => name) ?? [],
  headerRecords: [],
  titles: [],
  lastLine: 0,
});

type HeaderRule = Exclude<NonNullable<TableForm['header']>, 'none'>;

function isHeader({ fields, line }: SampleRecord, rule: HeaderRule): boolean {
  if ('row' in rule) return line >= rule.row;
  const found = new Set(fields.map((field) => normalised(field)));
  return rule.words.every((word) => found.has(normalised(word)));
}

/** Of two rows of headers the lower one names a column, with the upper one before it where that is not enough. */
function twoRows(upper: readonly string[], lower: readonly string[]): readonly string[] {
  const { length } = upper.length > lower.length ? upper : lower;
  const above = carriedOn(upper, length);
  const below = Array.from({ length }, (_, index) => (lower[index] ?? '').trim());
  const isAlone = (name: string) => below.filter((other) => other === name).length === 1;
  return below.map((name, index) => {
    const over = above[index] ?? '';
    if (name === '') return (upper[index] ?? '').trim();
    return over === '' || isAlone(name) ? name : `${over} ${name}`;
  });
}

/** A cell over several columns is written in the first of them. */
function carriedOn(cells: readonly string[], length: number): readonly string[] {
  let last = '';
  return Array.from({ length }, (_, index) => {
    last = (cells[index] ?? '').trim() || last;
    return last;
  });
}

/** The fields of a line whose columns have fixed widths. */
export const cutByWidth = (line: string, fields: NonNullable<TableForm['fixedWidth']>): readonly string[] =>
  fields.map(({ from, length }) => line.slice(from - 1, from - 1 + length).trim());
