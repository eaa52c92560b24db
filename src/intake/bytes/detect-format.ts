import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import type { Problem } from '../../base/problem.ts';
import { type Begin, endOfLines, readBegin } from './begin.ts';
import { cutContent, NumberedRecords } from './csv-records.ts';
import { inspect, type Location, locate, problemOf } from './file.ts';
import { DELIMITERS, type DelimiterName, isUtf16, type StatedEncoding } from './file-format.ts';
import { foreignFileOf, workbookProblem } from './foreign-files.ts';
import { utf16Begin, utf16Of } from './utf16.ts';
import { BadWorkbook, sheetNames } from './workbook.ts';

export type LineEnd = 'lf' | 'crlf' | 'cr' | 'mixed' | 'none';

/** What a table in text looks like, by what it begins with. */
export interface TextFormat {
  readonly what: 'text';
  /** Undefined where it is of none that is known. */
  readonly encoding: StatedEncoding | undefined;
  /** The encoding is likely, and only read where it is stated. */
  readonly isToState: boolean;
  readonly hasByteOrderMark: boolean;
  readonly delimiter: DelimiterName;
  readonly lineEnd: LineEnd;
}

/** A workbook, and the names of its sheets in their order. */
export interface WorkbookFormat {
  readonly what: 'workbook';
  readonly sheets: readonly string[];
}

export type DetectedFormat = (TextFormat | WorkbookFormat) & { readonly isGzip: boolean };

/** What a file looks like, or why it is none that can be read. What is detected is proposed, and decides nothing. */
export async function detectFormat(
  path: string,
  name: string,
): Promise<{ readonly format: DetectedFormat } | { readonly problem: Problem }> {
  const found = locate(path, name);
  if ('problem' in found) return found;
  const { location } = found;
  try {
    if (location.isZip) return await workbookFormat(location);
    const begin = await readBegin(location);
    const inspected = foreignFileOf(Buffer.from(begin.bytes)) === undefined ? undefined : await inspect(location, {});
    if (inspected !== undefined && 'problem' in inspected) return inspected;
    return { format: { ...textFormat(begin), isGzip: location.compressed } };
  } catch (error) {
    return { problem: problemOf(error, name) };
  }
}

async function workbookFormat(location: Location): ReturnType<typeof detectFormat> {
  const inspected = await inspect(location, {});
  if ('problem' in inspected) return inspected;
  try {
    const sheets = sheetNames(inspected.source.content ?? Buffer.alloc(0));
    return { format: { what: 'workbook', sheets, isGzip: location.compressed } };
  } catch (error) {
    if (error instanceof BadWorkbook) return { problem: workbookProblem(error.fault, location.name, undefined) };
    throw error;
  }
}

const UTF8_MARK = '\ufeff';

/** The same of a text, by its first bytes. */
export function textFormat({ bytes, isAll }: Begin): TextFormat {
  const marked = utf16Of(bytes);
  const lines = isAll ? bytes : bytes.subarray(0, endOfLines(bytes));
  const { encoding, isToState } =
    marked === undefined ? likelyEncoding(bytes, lines) : { encoding: marked, isToState: false };
  const text = isUtf16(encoding) ? utf16Begin(bytes, encoding, isAll) : decoded(lines, encoding ?? 'utf-8');
  return {
    what: 'text',
    encoding,
    isToState,
    hasByteOrderMark: marked !== undefined || (encoding === 'utf-8' && text.startsWith(UTF8_MARK)),
    delimiter: likelyDelimiter(text),
    lineEnd: lineEndOf(text),
  };
}

const decoded = (bytes: Uint8Array, encoding: StatedEncoding): string =>
  new TextDecoder(encoding === 'windows-31j' ? 'shift_jis' : encoding, { ignoreBOM: true }).decode(bytes);

type LikelyEncoding = Pick<TextFormat, 'encoding' | 'isToState'>;

function likelyEncoding(bytes: Uint8Array, lines: Uint8Array): LikelyEncoding {
  const unmarked = unmarkedUtf16(bytes);
  if (unmarked !== undefined) return { encoding: unmarked, isToState: true };
  if (isAscii(lines) || isUtf8(lines)) return { encoding: 'utf-8', isToState: false };
  const [windows, euc] = [plausibility(lines, 'shift_jis'), plausibility(lines, 'euc-jp')];
  if (windows === undefined && euc === undefined) return { encoding: undefined, isToState: false };
  // Windows-31J is what is read unless something else is stated, so that the other has to be the better one.
  return (euc ?? -1) > (windows ?? -1)
    ? { encoding: 'euc-jp', isToState: true }
    : { encoding: 'windows-31j', isToState: false };
}

/** A table has commas, digits and line ends enough: every other byte of theirs is zero. */
function unmarkedUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  let [even, odd] = [0, 0];
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === 0) at % 2 === 0 ? even++ : odd++;
  const many = bytes.length / 8;
  if (odd > many && even < odd / 8) return 'utf-16le';
  return even > many && odd < even / 8 ? 'utf-16be' : undefined;
}

let common: ReadonlySet<string> | undefined;

/** What Japanese is mostly written in: JIS X 0208's signs, full-width letters, kana, and the kanji of its first level. */
function commonSigns(): ReadonlySet<string> {
  if (common !== undefined) return common;
  const decoder = new TextDecoder('euc-jp');
  const signs = new Set<string>();
  for (let row = 0xa1; row <= 0xcf; row++) {
    if (row > 0xa5 && row < 0xb0) continue;
    for (let cell = 0xa1; cell <= 0xfe; cell++) signs.add(decoder.decode(Uint8Array.of(row, cell)));
  }
  common = signs;
  return signs;
}

/** Names of banks are in half-width kana, but what stands in EUC-JP for kana would be half-width points and brackets. */
const HALF_WIDTH_KANA = /[\uff66-\uff9f]/;
const HALF_AS_LIKELY = 0.5;

/** From 0 to 1: how much of what is not ASCII is as Japanese is written; undefined where it is not of the encoding. */
function plausibility(lines: Uint8Array, label: 'shift_jis' | 'euc-jp'): number | undefined {
  const common = commonSigns();
  let text: string;
  try {
    text = new TextDecoder(label, { fatal: true }).decode(lines);
  } catch {
    return undefined;
  }
  let [all, likely] = [0, 0];
  for (const sign of text) {
    if (sign < '\u0080') continue;
    all++;
    if (common.has(sign)) likely++;
    else if (HALF_WIDTH_KANA.test(sign)) likely += HALF_AS_LIKELY;
  }
  return all === 0 ? 0 : likely / all;
}

const LOOKED_AT = 100;

/** By which most of the first records have the same number of fields, and more than one; then by which they have more. */
function likelyDelimiter(text: string): DelimiterName {
  let best: { readonly name: DelimiterName; readonly records: number; readonly fields: number } | undefined;
  for (const name of Object.keys(DELIMITERS) as DelimiterName[]) {
    const { records, fields } = usualFields(text, DELIMITERS[name]);
    const isBetter = records > (best?.records ?? 0) || (records === best?.records && fields > best.fields);
    if (fields > 1 && isBetter) best = { name, records, fields };
  }
  return best?.name ?? 'comma';
}

function usualFields(text: string, delimiter: string): { readonly records: number; readonly fields: number } {
  const counts = new Map<number, number>();
  let seen = 0;
  const records = new NumberedRecords(({ length }) => {
    if (seen++ < LOOKED_AT) counts.set(length, (counts.get(length) ?? 0) + 1);
  });
  try {
    cutContent(text, records, delimiter);
  } catch {
    // A quote that is never closed, or that this delimiter does not close: what stands before it counts.
  }
  let [most, usual] = [0, 0];
  for (const [length, count] of counts) if (count > most) [most, usual] = [count, length];
  return { records: most, fields: usual };
}

function lineEndOf(text: string): LineEnd {
  const ends = new Set(text.match(/\r\n|\n|\r/g));
  if (ends.size > 1) return 'mixed';
  const [end] = ends;
  return end === undefined ? 'none' : end === '\n' ? 'lf' : end === '\r' ? 'cr' : 'crlf';
}
