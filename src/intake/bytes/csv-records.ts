import { parse } from 'csv-parse/sync';
import { NO_DELIMITER } from './file-format.ts';
import { breaksInside } from './line-breaks.ts';

/** Takes one record: its fields and its first physical line (the file's first line is 1). */
export type TakeRecord = (fields: readonly string[], line: number) => void;

/** The longest record that is read, in bytes: no export holds one of a thousandth of it. */
export const MOST_RECORD_BYTES = 1 << 24;

/**
 * How csv-parse, the reference, cuts. All three line ends are given (it would guess from line 1), stray quotes stay in
 * their field (the row is then judged by its values, and the rows after it are not swallowed).
 */
export const CSV_OPTIONS = {
  bom: true,
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  relax_quotes: true,
  max_record_size: MOST_RECORD_BYTES,
};

/**
 * Gives records their lines, and passes blank lines over: csv-parse counts a record's last line, a CRLF inside quotes
 * twice, and its own counters cost more than all of ours.
 */
export class NumberedRecords {
  linesSeen = 0;
  private readonly take: TakeRecord;

  constructor(take: TakeRecord) {
    this.take = take;
  }

  add(fields: readonly string[]): void {
    const line = this.linesSeen + 1;
    this.linesSeen += 1 + breaksInside(fields);
    if (isBlankLine(fields)) return;
    this.take(fields, line);
  }
}

/** A line without anything, or with the quotes of nothing. */
export const isBlankLine = (fields: readonly string[]): boolean => fields.length === 1 && fields[0] === '';

/**
 * Cuts what lies in memory. No record is kept, and nothing of a stream is set up for a few rows.
 *
 * @throws what csv-parse throws; the records before have been taken
 */
export function cutContent(content: Buffer | string, records: NumberedRecords, delimiter: string): void {
  const onRecord = (fields: string[]): null => {
    records.add(fields);
    return null;
  };
  parse(content, { ...csvOptions(delimiter), on_record: onRecord });
}

/** A quote in a line that is no CSV is one. */
export const csvOptions = (delimiter: string) => ({
  ...CSV_OPTIONS,
  delimiter,
  ...(delimiter === NO_DELIMITER ? { quote: null } : {}),
});
