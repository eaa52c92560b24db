import * as z from 'zod';
import { type Text, text } from '../../base/text.ts';
import { DELIMITERS, type DelimiterName, STATED_ENCODINGS } from '../bytes/file-format.ts';
import { hasOneGroup, isPattern } from './patterns.ts';

/** Header → the values that are meant, or a pattern that is found in them, compared after NFKC and trim. */
const conditions = z
  .record(
    z.string(),
    z.union([
      z.array(z.string()).min(1),
      z.strictObject({
        pattern: z.string().refine(isPattern, {
          error: '繰り返しの ( ) のない正規表現を書く / must be a regular expression in which no group is repeated',
        }),
      }),
    ]),
  )
  .meta({ id: 'conditions' });
export type Conditions = z.infer<typeof conditions>;

const dateFormat = z.string().optional();

/** What a part of a joined value is: a source's header, a text, or the number of the line. */
const part = z.union([z.string(), z.strictObject({ constant: z.string() }), z.strictObject({ line: z.literal(true) })]);
export type JoinedPart = z.infer<typeof part>;

const when = {
  /** Only of rows that meet all of this; of others there is no value, or 0 yen. */
  when: conditions.optional(),
  /** Not of rows that meet any of this. */
  unless: conditions.optional(),
};

/** What is added up: an amount, of all rows or of some. */
const addend = z.union([z.string(), z.strictObject({ from: z.string(), ...when })]);
export type Addend = z.infer<typeof addend>;

/** What one of our columns is made of. Written once in the JSON Schema, whose columns all are made of it. */
const source = z
  .union([
    /** The source's header. */
    z.string(),
    z.strictObject({
      from: z.string(),
      /** The one group of a pattern in the field; nothing where it is not found. */
      pattern: z.string().optional(),
      ...when,
      dateFormat,
    }),
    /** Of amounts: what is left of one once others are taken from it. */
    z.strictObject({ from: z.string(), minus: z.array(z.string()).min(1) }),
    /** The same in each row. */
    z.strictObject({ constant: z.string() }),
    /** The one group of a pattern in the file's name. */
    z.strictObject({ fileName: z.string() }),
    /** The one group of a pattern in a line above the headers. */
    z.strictObject({ title: z.string() }),
    z.strictObject({ join: z.array(part).min(1), with: z.string().optional(), dateFormat }),
    /** Of amounts. */
    z.strictObject({ sum: z.array(addend).min(1), ...when }),
  ])
  .meta({ id: 'source' });
export type SourceOfColumn = z.infer<typeof source>;

const field = z.strictObject({
  name: z.string().min(1),
  /** The first character of the line is 1. */
  from: z.int().min(1),
  length: z.int().min(1),
});

const headerRows = { rows: z.union([z.literal(1), z.literal(2)]).optional() };

/** How a file is written, and where its table begins and ends. */
const table = z.strictObject({
  encoding: z.enum(STATED_ENCODINGS).optional(),
  delimiter: z.enum(Object.keys(DELIMITERS) as [DelimiterName, ...DelimiterName[]]).optional(),
  /** Of a workbook; without it, the first. */
  sheet: z.string().min(1).optional(),
  header: z
    .union([
      z.literal('none'),
      /** The row that holds the headers; rows above it are titles. */
      z.strictObject({ row: z.int().min(1).max(100), ...headerRows }),
      /** The first row that holds all of these. */
      z.strictObject({ words: z.array(z.string().min(1)).min(1), ...headerRows }),
    ])
    .optional(),
  /** Without a header: what the columns are called here, from the first on. */
  names: z.array(z.string()).min(1).optional(),
  /** Of lines without delimiters: what stands where. */
  fixedWidth: z.array(field).min(1).optional(),
  /** Rows with empty fields too many or too few at their end are read all the same. */
  trailingCommas: z.literal(true).optional(),
  /** Beside 合計, 小計 and the like: what a row of totals holds in one of its fields. */
  totals: z.array(z.string().min(1)).optional(),
});
export type TableForm = z.infer<typeof table>;

const rows = z.strictObject({
  /** Rows count that meet all of this. */
  only: conditions.optional(),
  /** Rows that meet any of this are left out. */
  leaveOut: conditions.optional(),
});
export type CountedRows = z.infer<typeof rows>;

const refunds = z.strictObject({
  /** Rows that meet all of this undo another. */
  when: conditions.optional(),
  /** Rows whose amount is negative do. */
  negative: z.literal(true).optional(),
  /** The id of the row that is undone. */
  of: source.optional(),
  /** The id of the row itself, where it is not its own. */
  id: source.optional(),
});
export type RefundForm = z.infer<typeof refunds>;

export interface Mapping {
  readonly table?: TableForm | undefined;
  readonly columns?: Readonly<Partial<Record<string, SourceOfColumn>>> | undefined;
  readonly rows?: CountedRows | undefined;
  readonly refunds?: RefundForm | undefined;
}

/** What version 2 adds to an input of a profile. @param names our columns @param hasRefunds rows of its kind can be undone */
export function mappingShape(names: readonly [string, ...string[]], hasRefunds: boolean) {
  const columns = Object.fromEntries(names.map((name) => [name, source.optional()]));
  return {
    table: table.optional(),
    columns: z.strictObject(columns).optional(),
    rows: rows.optional(),
    ...(hasRefunds ? { refunds: refunds.optional() } : {}),
  };
}

/** What is wrong with a part of a profile, by its place in it. */
export interface MappingFault {
  readonly path: readonly (string | number)[];
  readonly what: Text;
}

/** What of a mapping cannot be, beyond its form. @param amounts our columns that hold amounts */
export function mappingFaults(
  mapping: Mapping,
  headers: Readonly<Record<string, string>>,
  amounts: ReadonlySet<string>,
): readonly MappingFault[] {
  return [
    ...tableFaults(mapping.table),
    ...Object.entries(mapping.columns ?? {}).flatMap(([name, source]) =>
      source === undefined ? [] : columnFaults(name, source, headers, amounts),
    ),
    ...refundFaults(mapping.refunds),
  ];
}

function tableFaults(table: TableForm | undefined): readonly MappingFault[] {
  if (table === undefined) return [];
  const faults: MappingFault[] = [];
  const fault = (key: string, ja: string, en: string) => faults.push({ path: ['table', key], what: text(ja, en) });
  const named = table.names !== undefined || table.fixedWidth !== undefined;
  if (table.header === 'none' && !named)
    fault(
      'header',
      '見出しがないなら names か fixedWidth に列の名前を書く',
      'without a header, names or fixedWidth must name the columns',
    );
  if (table.names !== undefined && table.header !== 'none')
    fault('names', 'names は header を "none" とするときだけ使う', 'names is only for a table whose header is "none"');
  if (
    table.fixedWidth !== undefined &&
    (table.delimiter !== undefined || table.names !== undefined || table.header !== 'none')
  )
    fault(
      'fixedWidth',
      'fixedWidth は header を "none" とし、delimiter と names なしで使う',
      'fixedWidth is for a table whose header is "none", without delimiter and names',
    );
  return faults;
}

function columnFaults(
  name: string,
  source: SourceOfColumn,
  headers: Readonly<Record<string, string>>,
  amounts: ReadonlySet<string>,
): readonly MappingFault[] {
  const path = ['columns', name];
  const faults: MappingFault[] = [];
  const fault = (ja: string, en: string) => faults.push({ path, what: text(ja, en) });
  if (Object.values(headers).includes(name))
    fault(
      'headers でも同じ列を決めている。どちらかを消す',
      'headers says what this column is, too: take one of them out',
    );
  if (typeof source === 'string') return faults;
  if (('sum' in source || 'minus' in source) && !amounts.has(name))
    fault('足し引きできるのは金額の列だけ', 'only amounts can be summed, or taken from each other');
  const pattern = patternIn(source);
  if (pattern !== undefined && !hasOneGroup(pattern))
    fault(
      '取り出す部分を ( ) ひとつで囲んだ正規表現を書く',
      'must be a regular expression with one group in parentheses',
    );
  return faults;
}

function patternIn(source: Exclude<SourceOfColumn, string>): string | undefined {
  if ('fileName' in source) return source.fileName;
  if ('title' in source) return source.title;
  return 'pattern' in source ? source.pattern : undefined;
}

function refundFaults(refunds: RefundForm | undefined): readonly MappingFault[] {
  if (refunds === undefined || refunds.when !== undefined || refunds.negative !== undefined) return [];
  return [
    {
      path: ['refunds'],
      what: text('どの行が返金か、when か negative で決める', 'when or negative must say which rows are refunds'),
    },
  ];
}

/** The headers of the source that a mapping names, each once. */
export function headersNamed({ columns, rows, refunds }: Mapping): readonly string[] {
  const named = [
    ...Object.values(columns ?? {}).flatMap((source) => (source === undefined ? [] : headersOf(source))),
    ...Object.keys({ ...rows?.only, ...rows?.leaveOut, ...refunds?.when }),
    ...[refunds?.of, refunds?.id].flatMap((source) => (source === undefined ? [] : headersOf(source))),
  ];
  return [...new Set(named)];
}

function headersOf(source: SourceOfColumn): readonly string[] {
  if (typeof source === 'string') return [source];
  if ('join' in source) return source.join.filter((each) => typeof each === 'string');
  const conditions = 'when' in source || 'unless' in source ? { ...source.when, ...source.unless } : {};
  if ('minus' in source) return [source.from, ...source.minus];
  const own = 'from' in source ? [source.from] : 'sum' in source ? source.sum.flatMap(headersOf) : [];
  return [...own, ...Object.keys(conditions)];
}
