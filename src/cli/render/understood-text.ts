import { type Text, text } from '../../base/text.ts';
import { visibleInLine } from '../../base/visible-text.ts';
import type { InputFile } from '../../tables/tables.ts';
import type {
  ColumnOrigin,
  HeaderValues,
  LeftOutRows,
  OriginPart,
  UnderstoodColumn,
  UnderstoodFile,
  UnderstoodValue,
} from '../../tables/understood-file.ts';
import type { Translate } from '../terminal/language.ts';
import type { ColumnMeanings } from './losses.ts';
import { padded, widthOf } from './summary-text.ts';
import { grouped } from './yen-words.ts';

const DELIMITER_WORDS = {
  comma: text('カンマ区切り', 'commas'),
  tab: text('タブ区切り', 'tabs'),
  semicolon: text('セミコロン区切り', 'semicolons'),
  none: text('桁で区切る', 'fixed widths'),
} as const;

/** How a file is written, beside its encoding. */
export function formatWords({ byteOrderMark, delimiter, sheet, ...header }: UnderstoodFile, t: Translate): string {
  const parts = [
    ...(byteOrderMark ? [text('BOM あり', 'BOM')] : []),
    ...(delimiter === null ? [] : [DELIMITER_WORDS[delimiter]]),
    ...(sheet === null ? [] : [text(`シート「${visibleInLine(sheet)}」`, `sheet "${visibleInLine(sheet)}"`)]),
    headerWords(header),
  ];
  return parts.map((part) => t(part)).join(', ');
}

function headerWords({ headerLine, headerRows }: Pick<UnderstoodFile, 'headerLine' | 'headerRows'>): Text {
  if (headerLine === null) return text('見出しなし', 'no header');
  return headerRows > 1
    ? text(`見出しは ${headerLine} 行目までの ${headerRows} 行`, `${headerRows} rows of headers to line ${headerLine}`)
    : text(`見出しは ${headerLine} 行目`, `header on line ${headerLine}`);
}

/** Each column of ours that a file has: what it is made of, and a value; then those that it has not. */
export function columnLines({ understood }: Pick<InputFile, 'understood'>, t: Translate): readonly string[] {
  const columns = understood?.columns ?? [];
  const here = columns.filter(({ origin }) => origin.from !== 'not_in_file');
  const missing = columns.filter(({ origin }) => origin.from === 'not_in_file').map(({ column }) => column);
  const rows = here.map((each): Row => [each.column, originWords(each, t), exampleWords(each, t).slice(0, 1)]);
  const title = t(text('ファイルにない列', 'not in the file'));
  return [...aligned(rows), ...(missing.length === 0 ? [] : [`${title}: ${missing.join(t(text('、', ', ')))}`])];
}

/** The same in full: all values that are told, the form of dates, and what follows where a column is missing. */
export const allColumnLines = (
  { kind, understood }: Pick<InputFile, 'kind' | 'understood'>,
  { without }: ColumnMeanings,
  t: Translate,
): readonly string[] =>
  aligned(
    (understood?.columns ?? []).map((each): Row => {
      if (each.origin.from !== 'not_in_file') return [each.column, originWords(each, t), valuesAndForm(each, t)];
      const meaning = without(kind, each.column);
      return [
        each.column,
        t(text('ファイルにない', 'not in the file')),
        [`(${meaning === undefined ? '' : t(meaning)})`],
      ];
    }),
  );

/** Whether the columns of two files are made alike: what is told of one need not be told of the other. */
export const areMadeAlike = (a: InputFile, b: InputFile): boolean => a.kind === b.kind && made(a) === made(b);

const made = ({ understood }: InputFile): string =>
  JSON.stringify(understood?.columns.map(({ column, origin, dates }) => ({ column, origin, dates })));

/** A column, what it is made of, and one line or several of what is told of it. */
type Row = readonly [column: string, origin: string, lines: readonly string[]];

/** What is longer moves what stands behind it in its own line only. */
const WIDEST = 24;

function aligned(rows: readonly Row[]): readonly string[] {
  const widest = (words: readonly string[]): number =>
    Math.max(0, ...words.map(widthOf).filter((width) => width <= WIDEST));
  const columns = widest(rows.map(([column]) => column));
  const isAllSame = rows.every(([, origin]) => origin === SAME);
  const origins = widest(rows.map(([, origin]) => origin));
  return rows.flatMap(([column, origin, [first = '', ...others]]) => {
    const head = `${padded(column, columns)}  ${isAllSame ? '' : `${padded(origin, origins)}  `}`;
    return [`${head}${first}`.trimEnd(), ...others.map((line) => `${' '.repeat(widthOf(head))}${line}`)];
  });
}

// ----- What a column is made of ----------------------------------------------------------------------------------------------

/** The header is our name. */
const SAME = '=';

function originWords({ column, origin }: UnderstoodColumn, t: Translate): string {
  const { from, parts } = origin;
  const conditions = conditionWords(origin, t);
  switch (from) {
    case 'constant':
      return t(text(`いつも「${partsOf(parts, t)}」`, `always "${partsOf(parts, t)}"`));
    case 'file_name':
      return t(text('ファイル名から', 'from the file’s name'));
    case 'title':
      return t(text('見出しの上の行から', 'from above the headers'));
    default: {
      const made = partsOf(parts, t);
      return made === column && conditions === '' ? SAME : `${made}${conditions}`;
    }
  }
}

const partsOf = (parts: readonly OriginPart[], t: Translate): string =>
  parts.map((part, place) => `${place === 0 ? '' : 'minus' in part ? ' − ' : ' + '}${partWords(part, t)}`).join('');

function partWords(part: OriginPart, t: Translate): string {
  if ('header' in part) return visibleInLine(part.header);
  if ('minus' in part) return visibleInLine(part.minus);
  return 'constant' in part ? visibleInLine(part.constant) : t(text('行番号', 'line number'));
}

function conditionWords({ when, unless }: ColumnOrigin, t: Translate): string {
  const parts = [
    ...when.map((each) => text(`${valuesWords(each)} の行`, `where ${valuesWords(each)}`)),
    ...unless.map((each) => text(`${valuesWords(each)} でない行`, `unless ${valuesWords(each)}`)),
  ];
  return parts.length === 0 ? '' : t(text(`(${joined(parts, 'ja')})`, ` (${joined(parts, 'en')})`));
}

const joined = (parts: readonly Text[], language: 'ja' | 'en'): string =>
  parts.map((part) => part[language]).join(language === 'ja' ? '、' : ', ');

const valuesWords = ({ header, values }: HeaderValues): string =>
  visibleInLine(`${header} = ${values.map((value) => (value === '' ? '""' : value)).join(' | ')}`);

// ----- What was read ---------------------------------------------------------------------------------------------------------

function exampleWords({ examples }: UnderstoodColumn, t: Translate): readonly string[] {
  if (examples.length === 0) return [t(text('(はじめの行では空)', '(empty in the first rows)'))];
  return examples.map((example) => valueWords(example, t));
}

/** Values that were read as they stand are short, and are told in one line. */
function valuesAndForm(column: UnderstoodColumn, t: Translate): readonly string[] {
  const words = exampleWords(column, t);
  const lines = column.examples.every(({ written, read }) => written === read)
    ? [words.join(t(text('、', ', ')))]
    : words;
  if (column.dates === undefined) return lines;
  const { form, zone } = column.dates;
  return [...lines, `[${form === 'known' ? t(text('既定の書き方', 'the usual forms')) : `"${form}"`}, ${zone}]`];
}

/** `2023/2/24 18:00 → 2023-02-24 18:00` */
function valueWords({ written, read, code }: UnderstoodValue, t: Translate): string {
  const shown = visibleInLine(written);
  if (read === null) return t(text(`${shown} 読めない(${code ?? ''})`, `${shown} cannot be read (${code ?? ''})`));
  return read === written ? shown : `${shown} → ${visibleInLine(read)}`;
}

/** The rows that were asked for, each by column. */
export const sampleText = (files: readonly InputFile[], t: Translate): string =>
  files
    .flatMap(({ name, understood }) =>
      (understood?.sample ?? []).map(({ line, values }) => {
        const cells = Object.entries(values).map(([column, value]): Row => [column, SAME, [valueWords(value, t)]]);
        return [`  ${visibleInLine(name)}:${line}`, ...aligned(cells).map((cell) => `    ${cell}`)].join('\n');
      }),
    )
    .join('\n');

/** Why rows were left out, with how many: a reason that fits no row may be one that was written wrong. */
export const leftOutWords = (leftOut: readonly LeftOutRows[], t: Translate): readonly string[] =>
  leftOut.map(({ rule, rows, ...values }) => {
    const words = valuesWords(values);
    const meant = rule === 'only' ? t(text(`${words} でない`, `not ${words}`)) : words;
    return `${meant}: ${grouped(rows)}`;
  });
