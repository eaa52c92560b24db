import * as z from 'zod';
import { said, type Text, text } from '../../base/text.ts';
import { DELIMITERS, type DelimiterName, STATED_ENCODINGS } from '../bytes/file-format.ts';
import { hasOneGroup, isPattern } from './patterns.ts';

/** Header → the values that are meant, or a pattern that is found in them, compared after NFKC and trim. */
const conditions = z
  .record(
    z.string(),
    z.union([
      z.array(z.string()).min(1),
      z.strictObject({
        pattern: z
          .string()
          .refine(isPattern, {
            error: '繰り返しの ( ) のない正規表現を書く / must be a regular expression in which no group is repeated',
          })
          .meta(said('値の中に見つかればよい正規表現', 'a regular expression that is found in the value')),
      }),
    ]),
  )
  .meta({ id: 'conditions' });
export type Conditions = z.infer<typeof conditions>;

const dateFormat = z
  .string()
  .optional()
  .meta(
    said(
      '日付の書式(date-fns。例: yyyy/MM/dd HH:mm)',
      'how its dates are written, as date-fns has it: yyyy/MM/dd HH:mm',
    ),
  );
const header = z.string().meta(said('元のファイルの見出し', 'the header of the source'));
const constant = z.string().meta(said('どの行でも同じ値', 'the same value in each row'));

/** What a part of a joined value is: a source's header, a text, or the number of the line. */
const part = z.union([
  z.string(),
  z.strictObject({ constant }),
  z.strictObject({ line: z.literal(true).meta(said('行の番号', 'the number of the line')) }),
]);
export type JoinedPart = z.infer<typeof part>;

const when = {
  when: conditions
    .optional()
    .meta(
      said(
        'すべてに当たる行だけから読む。ほかの行では値なし(金額なら 0)',
        'only of rows that meet all of this; of others there is no value, or 0 yen',
      ),
    ),
  unless: conditions.optional().meta(said('どれかに当たる行からは読まない', 'not of rows that meet any of this')),
};

/** What is added up: an amount, of all rows or of some. */
const addend = z.union([z.string(), z.strictObject({ from: header, ...when })]);
export type Addend = z.infer<typeof addend>;

/** What one of our columns is made of. Written once in the JSON Schema, whose columns all are made of it. */
const source = z
  .union([
    /** The source's header. */
    z.string(),
    z.strictObject({
      from: header,
      pattern: z
        .string()
        .optional()
        .meta(
          said(
            '値のうち、( ) ひとつで囲んだ部分を取り出す正規表現。見つからなければ値なし',
            'a regular expression whose one group is taken of the value; nothing where it is not found',
          ),
        ),
      ...when,
      dateFormat,
    }),
    /** Of amounts: what is left of one once others are taken from it. */
    z.strictObject({
      from: header,
      minus: z
        .array(z.string())
        .min(1)
        .meta(said('差し引く金額の見出し', 'the headers of the amounts to be taken from it')),
    }),
    z.strictObject({ constant }),
    z.strictObject({
      fileName: z
        .string()
        .meta(
          said(
            'ファイル名から ( ) ひとつで取り出す正規表現',
            'a regular expression whose one group is taken of the file’s name',
          ),
        ),
    }),
    z.strictObject({
      title: z
        .string()
        .meta(
          said(
            '見出しより上の行から ( ) ひとつで取り出す正規表現',
            'a regular expression whose one group is taken of a line above the headers',
          ),
        ),
    }),
    z.strictObject({
      join: z
        .array(part)
        .min(1)
        .meta(said('つなげる見出し・文字・行の番号', 'headers, texts and line numbers to be joined')),
      with: z
        .string()
        .optional()
        .meta(said('間に入れる文字(既定は何も入れない)', 'what stands between them; nothing if left out')),
      dateFormat,
    }),
    z.strictObject({
      sum: z.array(addend).min(1).meta(said('足し合わせる金額', 'the amounts to be added up')),
      ...when,
    }),
  ])
  .meta({ id: 'source' });
export type SourceOfColumn = z.infer<typeof source>;

const field = z.strictObject({
  name: z
    .string()
    .min(1)
    .meta(said('この列の名前(見出しの代わり)', 'what the column is called here, in place of a header')),
  from: z.int().min(1).meta(said('何文字目から(行の最初は 1)', 'its first character; that of the line is 1')),
  length: z.int().min(1).meta(said('何文字か', 'how many characters it has')),
});

const headerRows = {
  rows: z
    .union([z.literal(1), z.literal(2)])
    .optional()
    .meta(said('見出しが何行か(既定は 1)', 'how many rows the headers take; 1 if left out')),
};

/** How a file is written, and where its table begins and ends. */
const table = z.strictObject({
  encoding: z.enum(STATED_ENCODINGS).optional().meta(said('文字コード(既定は自動)', 'its encoding; found if left out')),
  delimiter: z
    .enum(Object.keys(DELIMITERS) as [DelimiterName, ...DelimiterName[]])
    .optional()
    .meta(said('区切り文字(既定は自動)', 'what stands between fields; found if left out')),
  sheet: z
    .string()
    .min(1)
    .optional()
    .meta(said('ブックのシート名(既定は最初)', 'the sheet of a workbook; the first if left out')),
  header: z
    .union([
      z.literal('none'),
      z.strictObject({
        row: z
          .int()
          .min(1)
          .max(100)
          .meta(said('見出しの行。それより上は表題', 'the row that holds the headers; rows above it are titles')),
        ...headerRows,
      }),
      z.strictObject({
        words: z
          .array(z.string().min(1))
          .min(1)
          .meta(said('これらがすべてある最初の行が見出し', 'the headers are the first row that holds all of these')),
        ...headerRows,
      }),
    ])
    .optional()
    .meta(said('見出しの場所。なければ "none"', 'where the headers are; "none" where there are none')),
  names: z
    .array(z.string())
    .min(1)
    .optional()
    .meta(
      said(
        '見出しのない表の、列の名前を左から',
        'without headers: what the columns are called here, from the first on',
      ),
    ),
  fixedWidth: z
    .array(field)
    .min(1)
    .optional()
    .meta(said('区切りのない行の、どこに何があるか', 'of lines without delimiters: what stands where')),
  trailingCommas: z
    .literal(true)
    .optional()
    .meta(
      said(
        '行末の空の項目が多くても少なくても読む',
        'rows with empty fields too many or too few at their end are read all the same',
      ),
    ),
  totals: z
    .array(z.string().min(1))
    .optional()
    .meta(
      said(
        '合計の行にある語(合計・小計などに加えて)',
        'what a row of totals holds in a field, beside 合計, 小計 and the like',
      ),
    ),
});
export type TableForm = z.infer<typeof table>;

const rows = z.strictObject({
  only: conditions.optional().meta(said('すべてに当たる行だけを数える', 'only rows that meet all of this count')),
  leaveOut: conditions.optional().meta(said('どれかに当たる行を除く', 'rows that meet any of this are left out')),
});
export type CountedRows = z.infer<typeof rows>;

const refunds = z.strictObject({
  when: conditions
    .optional()
    .meta(said('すべてに当たる行は、ほかの行の取り消し', 'rows that meet all of this undo another')),
  negative: z
    .literal(true)
    .optional()
    .meta(said('金額が負の行は、ほかの行の取り消し', 'rows whose amount is negative undo another')),
  of: source.optional().meta(said('取り消される行の番号', 'the id of the row that is undone')),
  id: source
    .optional()
    .meta(said('取り消しの行そのものの番号(別の列にあれば)', 'the id of the row itself, where it is not its own')),
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
  const columns = Object.fromEntries(
    names.map((name) => [name, source.optional().meta(said(`${name} を何から読むか`, `what ${name} is made of`))]),
  );
  return {
    table: table.optional().meta(said('表の書き方と範囲', 'how the table is written, and where it begins and ends')),
    columns: z
      .strictObject(columns)
      .optional()
      .meta(said('この道具の列を、それぞれ何から読むか', 'what each of our columns is made of')),
    rows: rows.optional().meta(said('数える行と除く行', 'which rows count, and which are left out')),
    ...(hasRefunds
      ? {
          refunds: refunds
            .optional()
            .meta(said('ほかの行を取り消す行', 'which rows undo another, and how they name it')),
        }
      : {}),
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
