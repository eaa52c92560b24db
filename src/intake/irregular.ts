import { firstRecord } from './csv-parse-reader.ts';
import type { Rows } from './text-record.ts';

/** So many records of a file are cut by csv-parse one by one. */
const FEW = 1 << 10;
/** Of more rows than that, this part at most: beyond it a file is read faster by csv-parse as a whole. */
const MOST_OF_ROWS = 1 / 64;

/**
 * Reads records as {@link Rows.read} does, and those whose quotes stand where only csv-parse says what they mean as
 * csv-parse cuts them, each by itself: what is around them stays fast. Undefined where the whole file is for csv-parse.
 */
export function readOver(rows: Rows, bytes: Uint8Array, from: number, to: number, last: boolean): number | undefined {
  let next = rows.read(bytes, from, to, last);
  while (next === undefined) {
    const { irregularRows, rowsRead, batch } = rows;
    if (irregularRows >= FEW && irregularRows > rowsRead * MOST_OF_ROWS) return undefined;
    const record = firstRecord(bytes.subarray(batch.next, to), last);
    // Its end may come with more bytes; where none come, csv-parse says what is wrong.
    if (record === undefined) return last ? undefined : batch.next;
    rows.takeIrregular(record);
    next = rows.read(bytes, batch.next, to, last);
  }
  return next;
}
