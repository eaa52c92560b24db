import type { CsvError } from 'csv-parse';
import { type Begin, endOfLines, readBegin } from './begin.ts';
import { cutContent, isBlankLine, NumberedRecords } from './csv-records.ts';
import { EncodingGuess } from './encoding.ts';
import { type Encoding, inspect, type Location } from './file.ts';
import {
  DELIMITERS,
  type Delimiter,
  type DelimiterName,
  type FileFormat,
  formatInBytes,
  isUtf16,
  type StatedEncoding,
  statedDelimiter,
} from './file-format.ts';
import { IRREGULAR, RecordCutter } from './record-cutter.ts';
import { delimiterOf, utf16Begin, utf16Of } from './utf16.ts';

/** The records that a file begins with, the header aside: what is decided for a whole file is decided by them. */
export interface Sample {
  /** Whether any of it may be a spreadsheet\u2019s guard: most files hold none of the characters. */
  readonly mayHoldGuards: boolean;
  readonly form: SampleForm;
  /** On average; 0 where there is none. */
  readonly bytesPerRecord: number;
  /** What stands at one position of the records with so many fields, from the first record on. */
  values(position: number, fieldCount: number): Iterable<string>;
  /** All of them from the file's first line on, the header and what stands above it included, as csv-parse would cut them. */
  records(): readonly SampleRecord[];
}

/** How it is written, beside its encoding. */
export interface SampleForm {
  readonly byteOrderMark: boolean;
  /** Null of a workbook. */
  readonly delimiter: DelimiterName | 'none' | null;
  /** Of a workbook. */
  readonly sheet?: string;
}

export interface SampleRecord {
  readonly fields: readonly string[];
  /** Its first; the file's first line is 1. */
  readonly line: number;
}

const MOST_RECORDS = 1000;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * Reads the records that a file begins with: as many as fit, the same whoever reads the file afterwards. What is wrong
 * with it is told by whoever does.
 */
export async function readSample(location: Location, format: FileFormat): Promise<Sample> {
  try {
    if (location.isZip) return await workbookSample(location, format);
    const begin = await readBegin(location);
    const marked = format.encoding === undefined ? utf16Of(begin.bytes) : undefined;
    const inBytes = marked === undefined ? formatInBytes(format) : undefined;
    return inBytes === undefined
      ? textSample(begin, { ...format, encoding: marked ?? format.encoding })
      : recordsOf(begin, inBytes.encoding);
  } catch {
    // Not to be read at all, or damaged: the reader will say.
    return NOTHING;
  }
}

async function workbookSample(location: Location, format: FileFormat): Promise<Sample> {
  const inspected = await inspect(location, format);
  if ('problem' in inspected || inspected.source.content === undefined) return NOTHING;
  const { fieldsOf, readSheet } = await import('./workbook.ts');
  const { name, rows, columns } = readSheet(inspected.source.content, format.sheet);
  const records = rows
    .slice(0, HEADER_RECORDS + MOST_RECORDS)
    .map((row) => ({ fields: fieldsOf(row, columns), line: row.line }));
  const form = { byteOrderMark: false, delimiter: null, sheet: name };
  return new TextSample(records, form, location.sizeBytes / Math.max(1, rows.length));
}

/** Of a file that the reference reader alone reads. */
function textSample(begin: Begin, format: FileFormat): Sample {
  const content = textOf(begin, format.encoding);
  const delimiter = statedDelimiter(format) ?? (isUtf16(format.encoding) ? delimiterOf(content) : ',');
  const records = recordsByReference(content, delimiter);
  const form = { byteOrderMark: isMarked(begin.bytes), delimiter: nameOf(delimiter) };
  return new TextSample(records, form, Buffer.byteLength(content) / Math.max(1, records.length));
}

const isMarked = (bytes: Uint8Array): boolean =>
  utf16Of(bytes) !== undefined || BYTE_ORDER_MARK.every((byte, at) => bytes[at] === byte);

const nameOf = (delimiter: Delimiter): DelimiterName | 'none' =>
  (Object.keys(DELIMITERS) as DelimiterName[]).find((name) => DELIMITERS[name] === delimiter) ?? 'none';

/** The whole lines that a file begins with. @throws where they are not of their encoding */
function textOf({ bytes, isAll }: Begin, encoding: StatedEncoding | undefined): string {
  if (isUtf16(encoding)) return utf16Begin(bytes, encoding, isAll);
  const lines = isAll ? bytes : bytes.subarray(0, endOfLines(bytes));
  if (encoding === 'euc-jp') return new TextDecoder(encoding, { fatal: true }).decode(lines);
  const guess = new EncodingGuess(encoding);
  return guess.takes(lines) ? guess.textOf(lines) : '';
}

const NOTHING: Sample = {
  mayHoldGuards: false,
  form: { byteOrderMark: false, delimiter: 'comma' },
  bytesPerRecord: 0,
  values: () => [],
  records: () => [],
};

function recordsOf({ bytes, isAll }: Begin, asked: Encoding | undefined): Sample {
  // No character of either encoding lies across the end of a line.
  const to = isAll ? bytes.length : endOfLines(bytes);
  const guess = new EncodingGuess(asked);
  const room = new Uint8Array(to + 1);
  room.set(bytes.subarray(0, to));
  if (to === 0 || !guess.takes(room.subarray(0, to))) return NOTHING;
  const byteOrderMark = BYTE_ORDER_MARK.every((byte, at) => room[at] === byte);
  const from = byteOrderMark ? BYTE_ORDER_MARK.length : 0;
  // None is without a byte.
  const batch = new RecordCutter(Math.min(HEADER_RECORDS + MOST_RECORDS, to));
  batch.take(room);
  batch.next = from;
  // Where only csv-parse could say what stands there, the records before it are those that values are taken of.
  const isIrregular = batch.cut(to, true) === IRREGULAR;
  // A full-width apostrophe is one too.
  const mayHoldGuards = guess.encoding !== undefined || room.includes(APOSTROPHE) || room.includes(EQUALS);
  const cut = { batch, to, guess };
  const records = isIrregular
    ? () => recordsByReference(guess.textOf(room.subarray(from, to)), ',')
    : () => recordsAsCut(cut);
  return new CutSample(cut, { mayHoldGuards, byteOrderMark }, records);
}

const HEADER_RECORDS = 1;
const [APOSTROPHE, EQUALS] = [0x27, 0x3d];

interface Cut {
  readonly batch: RecordCutter;
  readonly to: number;
  readonly guess: EncodingGuess;
}

/** Records are cut into fields, and fields decoded, as they are asked for. */
class CutSample implements Sample {
  readonly mayHoldGuards: boolean;
  readonly form: SampleForm;
  readonly bytesPerRecord: number;
  private readonly cut: Cut;
  private readonly fields: (readonly Uint8Array[])[] = [];
  private readonly decode: () => readonly SampleRecord[];
  private decoded: readonly SampleRecord[] | undefined;

  constructor(
    cut: Cut,
    { mayHoldGuards, byteOrderMark }: { readonly mayHoldGuards: boolean; readonly byteOrderMark: boolean },
    decode: () => readonly SampleRecord[],
  ) {
    this.cut = cut;
    this.mayHoldGuards = mayHoldGuards;
    this.form = { byteOrderMark, delimiter: 'comma' };
    this.bytesPerRecord = cut.batch.next / Math.max(1, cut.batch.count);
    this.decode = decode;
  }

  *values(position: number, fieldCount: number): Iterable<string> {
    const { batch, to, guess } = this.cut;
    for (let record = HEADER_RECORDS; record < batch.count; record++) {
      this.fields[record] ??= batch.fieldsOf(record, to);
      const fields = this.fields[record];
      const field = fields?.[position];
      if (fields?.length === fieldCount && field !== undefined && field.length > 0) yield guess.textOf(field);
    }
  }

  records(): readonly SampleRecord[] {
    this.decoded ??= this.decode();
    return this.decoded;
  }
}

const GUARDS = /['=\u0080-\uffff]/;

/** Records that are texts already. */
class TextSample implements Sample {
  readonly mayHoldGuards: boolean;
  readonly form: SampleForm;
  readonly bytesPerRecord: number;
  private readonly all: readonly SampleRecord[];

  constructor(records: readonly SampleRecord[], form: SampleForm, bytesPerRecord: number) {
    this.all = records;
    this.form = form;
    this.bytesPerRecord = bytesPerRecord;
    this.mayHoldGuards = records.some(({ fields }) => fields.some((field) => GUARDS.test(field)));
  }

  *values(position: number, fieldCount: number): Iterable<string> {
    for (const { fields } of this.all.slice(HEADER_RECORDS)) {
      const field = fields[position];
      if (fields.length === fieldCount && field !== undefined && field !== '') yield field;
    }
  }

  records(): readonly SampleRecord[] {
    return this.all;
  }
}

function recordsAsCut({ batch, to, guess }: Cut): readonly SampleRecord[] {
  const records: SampleRecord[] = [];
  for (let record = 0; record < batch.count; record++) {
    const fields = batch.fieldsOf(record, to).map((field) => guess.textOf(field));
    if (!isBlankLine(fields)) records.push({ fields, line: batch.lines[record] ?? 0 });
  }
  return records;
}

/** The same where quotes stand out of place: what is cut before a quote that is never closed. */
function recordsByReference(content: string, delimiter: Delimiter): readonly SampleRecord[] {
  const records: SampleRecord[] = [];
  try {
    cutContent(content, new NumberedRecords((fields, line) => records.push({ fields, line })), delimiter);
  } catch (error) {
    if ((error as CsvError).code !== 'CSV_QUOTE_NOT_CLOSED') throw error;
  }
  return records.slice(0, HEADER_RECORDS + MOST_RECORDS);
}
