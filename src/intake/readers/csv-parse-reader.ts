import type { Readable } from 'node:stream';
import type { CsvError } from 'csv-parse';
import { parse as parseContent } from 'csv-parse/sync';
import { MOST_RECORD_BYTES } from '../bytes/file.ts';
import { breaksInside } from '../bytes/line-breaks.ts';

/** Takes one record: its fields and its first physical line (the file's first line is 1). */
export type TakeRecord = (fields: readonly string[], line: number) => void;

/** The file ends inside quotes: all that follows the opening quote would be lost. */
export class QuoteNeverClosed extends Error {
  readonly afterLine: number;
  constructor(afterLine: number) {
    super('a quote is never closed');
    this.afterLine = afterLine;
  }
}

/** A record is longer than any is: more of it is not read. */
export class RecordTooLong extends Error {
  readonly line: number;
  constructor(line: number) {
    super('a record is too long');
    this.line = line;
  }
}

/**
 * Reads CSV with csv-parse, the reference reader. All three line ends are given (it would guess from line 1), stray
 * quotes stay in their field (the row is then judged by its values, and the rows after it are not swallowed). Blank lines
 * and line numbers are dealt with here: csv-parse counts a record's last line, a CRLF inside quotes twice, and its own
 * counters cost more than all of ours.
 */
export async function readCsv(bytes: Readable | Buffer, take: TakeRecord, delimiter: ',' | '\t' = ','): Promise<void> {
  const records = new Records(take);
  try {
    if (Buffer.isBuffer(bytes)) readContent(bytes, records, delimiter);
    else await readStream(bytes, records, delimiter);
  } catch (error) {
    const { code } = error as CsvError;
    const line = records.linesSeen + 1;
    if (code === 'CSV_MAX_RECORD_SIZE') throw new RecordTooLong(line);
    throw code === 'CSV_QUOTE_NOT_CLOSED' ? new QuoteNeverClosed(line) : error;
  }
}

const OPTIONS = {
  bom: true,
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  relax_quotes: true,
  max_record_size: MOST_RECORD_BYTES,
};

/** No record is kept, and nothing of a stream is set up for a few rows. */
function readContent(content: Buffer, records: Records, delimiter: string): void {
  const onRecord = (fields: string[]): null => {
    records.add(fields);
    return null;
  };
  parseContent(content, { ...OPTIONS, delimiter, on_record: onRecord });
}

async function readStream(bytes: Readable, records: Records, delimiter: string): Promise<void> {
  const { parse } = await import('csv-parse');
  const parser = parse({ ...OPTIONS, delimiter });
  return new Promise((resolve, reject) => {
    parser.on('data', (fields: string[]) => {
      try {
        records.add(fields);
      } catch (error) {
        parser.destroy(error as Error);
      }
    });
    parser.on('end', resolve);
    parser.on('error', reject);
    bytes.on('error', (error) => parser.destroy(error));
    bytes.pipe(parser);
  });
}

class Records {
  linesSeen = 0;
  private readonly take: TakeRecord;

  constructor(take: TakeRecord) {
    this.take = take;
  }

  add(fields: readonly string[]): void {
    const line = this.linesSeen + 1;
    this.linesSeen += 1 + breaksInside(fields);
    if (fields.length === 1 && fields[0] === '') return;
    this.take(fields, line);
  }
}

/** One record as csv-parse cuts it, in the bytes of the file. */
export interface CutRecord {
  readonly fields: readonly Uint8Array[];
  /** Of the record with its line end. */
  readonly length: number;
}

const LINE_FEED = 0x0a;

/**
 * The record that some bytes begin with, none of them a byte order mark. Undefined where it does not end in them: a line
 * end that is all of them but its second half is no end, unless no bytes follow.
 *
 * @param last no bytes follow
 */
export function firstRecord(bytes: Uint8Array, last: boolean): CutRecord | undefined {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    const [first] = parseContent(content, { ...OPTIONS, bom: false, encoding: null, info: true, to: 1 });
    const { record, info } = first as unknown as { record: readonly Uint8Array[]; info: { readonly bytes: number } };
    const isWhole = last || info.bytes < bytes.length || bytes[bytes.length - 1] === LINE_FEED;
    return isWhole ? { fields: record, length: info.bytes } : undefined;
  } catch (error) {
    if ((error as CsvError).code === 'CSV_QUOTE_NOT_CLOSED') return undefined;
    throw error;
  }
}
