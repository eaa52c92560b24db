import type { Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';

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
export function readCsv(bytes: Readable | Buffer, take: TakeRecord): Promise<void> {
  let linesSeen = 0;
  const parser = parse({
    bom: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
  });
  return new Promise((resolve, reject) => {
    parser.on('data', (fields: string[]) => {
      const line = linesSeen + 1;
      linesSeen += 1 + breaksInside(fields);
      if (fields.length === 1 && fields[0] === '') return;
      try {
        take(fields, line);
      } catch (error) {
        parser.destroy(error as Error);
      }
    });
    parser.on('end', resolve);
    parser.on('error', (error: CsvError) =>
      reject(error.code === 'CSV_QUOTE_NOT_CLOSED' ? new QuoteNeverClosed(linesSeen + 1) : error),
    );
    if (Buffer.isBuffer(bytes)) {
      parser.end(bytes);
      return;
    }
    bytes.on('error', (error) => parser.destroy(error));
    bytes.pipe(parser);
  });
}

function breaksInside(fields: readonly string[]): number {
  let count = 0;
  for (const field of fields) {
    if (field.includes('\n') || field.includes('\r')) count += field.match(LINE_BREAK)?.length ?? 0;
  }
  return count;
}
