import { createHash } from 'node:crypto';
import { type Block, gzipBlocks, plainBlocks, RESERVE } from './blocks.ts';
import { type BulkFile, BulkRows } from './bulk-rows.ts';
import { EncodingGuess } from './encoding-guess.ts';
import { RecordBatch } from './record-batch.ts';
import type { Encoding, Location } from './source.ts';
import { SLACK } from './text-keys.ts';

/** What reading a file from bytes came to. */
export interface BytesRead {
  readonly sha256: string;
  readonly encoding: Encoding;
  readonly rowsRead: number;
  readonly yenRead: number;
}

/** How a file's rows are to be read, once its header is known; undefined where the header is at fault. */
export type Open = (header: readonly string[], textOf: (bytes: Uint8Array) => string) => BulkFile | undefined;

/**
 * Reads a bulk file once: its hash, its encoding and its rows. Returns undefined where anything stands in it that the
 * reference reader must judge (quotes out of place, two encodings, a faulty header, a damaged gzip): what was taken of
 * the file until then is to be forgotten.
 *
 * @throws Changed
 */
export async function readBytes(
  location: Location,
  asked: Encoding | undefined,
  open: Open,
  onBlock: (rowsRead: number) => void,
): Promise<BytesRead | undefined> {
  const hash = createHash('sha256');
  const blocks = location.compressed
    ? gzipBlocks(location.path, location.sizeBytes, hash)
    : plainBlocks(location.path, location.sizeBytes, hash);
  const reading = new Reading(asked, open);
  for await (const block of blocks) {
    if (!reading.take(block)) return undefined;
    onBlock(reading.rows?.rowsRead ?? 0);
  }
  const { rows, guess } = reading;
  if (rows === undefined) return undefined;
  const { rowsRead, yenRead } = rows;
  return { sha256: hash.digest('hex'), encoding: guess.encoding ?? asked ?? 'utf-8', rowsRead, yenRead };
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

class Reading {
  rows: BulkRows | undefined;
  readonly guess: EncodingGuess;
  private readonly open: Open;
  private rest: Uint8Array | undefined;

  constructor(asked: Encoding | undefined, open: Open) {
    this.guess = new EncodingGuess(asked);
    this.open = open;
  }

  /** Reads the records that are whole. False where the reference reader must take over. */
  take({ bytes, to, last }: Block): boolean {
    const carried = this.rest ?? new Uint8Array(0);
    if (carried.length > RESERVE - SLACK) return false;
    const from = RESERVE - carried.length;
    bytes.set(carried, from);
    const whole = last ? to : lastLineEnd(bytes, from, to);
    if (whole > from && !this.guess.takes(bytes.subarray(from, whole))) return false;
    const begin = this.rows === undefined ? this.takeHeader(bytes, from, whole, last) : from;
    if (begin === undefined || this.rows === undefined) return false;
    const next = this.rows.read(bytes, begin, whole, last);
    if (next === undefined) return false;
    // The block's bytes are overwritten while the next one is used.
    this.rest = new Uint8Array(bytes.subarray(next, to));
    return true;
  }

  /** Returns where the rows begin. */
  private takeHeader(bytes: Uint8Array, from: number, to: number, last: boolean): number | undefined {
    const isMarked = this.guess.encoding === 'utf-8' && BYTE_ORDER_MARK.every((byte, at) => bytes[from + at] === byte);
    const batch = new RecordBatch(1, 1);
    batch.take(bytes);
    batch.next = isMarked ? from + BYTE_ORDER_MARK.length : from;
    batch.cut(to, last);
    if (batch.count === 0) return undefined;
    const textOf = (field: Uint8Array): string => this.guess.textOf(field);
    const file = this.open(batch.fieldsOf(0, to).map(textOf), textOf);
    if (file === undefined) return undefined;
    this.rows = new BulkRows(file);
    this.rows.batch.line = batch.line;
    return batch.next;
  }
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Behind the last line end: no character of either encoding lies across it. */
function lastLineEnd(bytes: Uint8Array, from: number, to: number): number {
  const block = bytes.subarray(0, to);
  const feed = block.lastIndexOf(LINE_FEED);
  if (feed >= from) return feed + 1;
  const back = block.lastIndexOf(CARRIAGE_RETURN);
  return back >= from ? back + 1 : from;
}
