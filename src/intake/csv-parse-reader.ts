import type { Readable } from 'node:stream';
import type { CsvError } from 'csv-parse';
import { parse as parseContent } from 'csv-parse/sync';

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

const LINE_BREAK = /\r\n|\n|\r/g;

/**
 * Reads CSV with csv-parse, the reference reader. All three line ends are given (it would guess from line 1), stray
 * quotes stay in their field (the row is then judged by its values, and the rows after it are not swallowed). Blank lines
 * and line numbers are dealt with here: csv-parse counts a record's last line, a CRLF inside quotes twice, and its own
 * counters cost more than all of ours.
 */
export async function readCsv(bytes: Readable | Buffer, take: TakeRecord): Promise<void> {
  const records = new Records(take);
  try {
    if (Buffer.isBuffer(bytes)) readContent(bytes, records);
    else await readStream(bytes, records);
  } catch (error) {
    throw (error as CsvError).code === 'CSV_QUOTE_NOT_CLOSED' ? new QuoteNeverClosed(records.linesSeen + 1) : error;
  }
}

const OPTIONS = {
  bom: true,
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  relax_quotes: true,
};

/** No record is kept, and nothing of a stream is set up for a few rows. */
function readContent(content: Buffer, records: Records): void {
  const onRecord = (fields: string[]): null => {
    records.add(fields);
    return null;
  };
  parseContent(content, { ...OPTIONS, on_record: onRecord });
}

async function readStream(bytes: Readable, records: Records): Promise<void> {
  const { parse } = await import('csv-parse');
  const parser = parse(OPTIONS);
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

function breaksInside(fields: readonly string[]): number {
  let count = 0;
  for (const field of fields) {
    if (field.includes('\n') || field.includes('\r')) count += field.match(LINE_BREAK)?.length ?? 0;
  }
  return count;
}
