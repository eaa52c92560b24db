import { firstRecord } from './csv-parse-reader.ts';
import type { Rows } from './text-rows.ts';

/** So many records of a file, or of a chunk of one, are cut by csv-parse one by one. */
const FEW = 1 << 10;
/**
 * And more than that while they are at most this part of the rows. Measured at a million rows: one in 15 takes 3.6 s, one
 * in 10 5.4 s, and the whole file by csv-parse 4.9 s.
 */
const MOST_OF_ROWS = 1 / 16;

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
