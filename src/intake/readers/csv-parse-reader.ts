import type { Readable } from 'node:stream';
import type { CsvError } from 'csv-parse';
import { parse as parseContent } from 'csv-parse/sync';
import { CSV_OPTIONS, csvOptions, cutContent, NumberedRecords, type TakeRecord } from '../bytes/csv-records.ts';
import type { Delimiter } from '../bytes/file-format.ts';

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

/** Reads CSV with csv-parse, the reference reader. */
export async function readCsv(bytes: Readable | Buffer, take: TakeRecord, delimiter: Delimiter = ','): Promise<void> {
  const records = new NumberedRecords(take);
  try {
    if (Buffer.isBuffer(bytes)) cutContent(bytes, records, delimiter);
    else await readStream(bytes, records, delimiter);
  } catch (error) {
    const { code } = error as CsvError;
    const line = records.linesSeen + 1;
    if (code === 'CSV_MAX_RECORD_SIZE') throw new RecordTooLong(line);
    throw code === 'CSV_QUOTE_NOT_CLOSED' ? new QuoteNeverClosed(line) : error;
  }
}

async function readStream(bytes: Readable, records: NumberedRecords, delimiter: string): Promise<void> {
  const { parse } = await import('csv-parse');
  const parser = parse(csvOptions(delimiter));
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
    const [first] = parseContent(content, { ...CSV_OPTIONS, bom: false, encoding: null, info: true, to: 1 });
    const { record, info } = first as unknown as { record: readonly Uint8Array[]; info: { readonly bytes: number } };
    const isWhole = last || info.bytes < bytes.length || bytes[bytes.length - 1] === LINE_FEED;
    return isWhole ? { fields: record, length: info.bytes } : undefined;
  } catch (error) {
    if ((error as CsvError).code === 'CSV_QUOTE_NOT_CLOSED') return undefined;
    throw error;
  }
}
