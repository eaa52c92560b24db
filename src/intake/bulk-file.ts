import { createHash } from 'node:crypto';
import { type Block, gzipBlocks, plainBlocks, type Range } from './blocks.ts';
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

/** How much is taken at a time: small in tests, so that borders lie everywhere. */
export interface Sizes {
  readonly blockBytes?: number;
  readonly batchRecords?: number;
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
  sizes: Sizes = {},
): Promise<BytesRead | undefined> {
  const hash = createHash('sha256');
  const blocks = location.compressed
    ? gzipBlocks(location.path, location.sizeBytes, hash, sizes.blockBytes)
    : plainBlocks(location.path, { from: 0, to: location.sizeBytes }, true, hash, sizes.blockBytes);
  const reading = new Reading(asked, open, { batchRecords: batchFor(location.sizeBytes), ...sizes });
  for await (const block of blocks) {
    if (!reading.take(block)) return undefined;
    onBlock(reading.rows?.rowsRead ?? 0);
  }
  const { rows, guess } = reading;
  if (rows === undefined) return undefined;
  const { rowsRead, yenRead } = rows;
  return { sha256: hash.digest('hex'), encoding: guess.encoding ?? asked ?? 'utf-8', rowsRead, yenRead };
}

/** A small file needs no room for many records. */
const batchFor = (sizeBytes: number): number => Math.max(16, Math.min(MOST_RECORDS, sizeBytes >>> 5));
const MOST_RECORDS = 1024;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

class Reading {
  rows: BulkRows | undefined;
  readonly guess: EncodingGuess;
  /** What the blocks so far end with, and is no whole record. */
  rest = new Uint8Array(0);
  private readonly open: Open;
  private readonly sizes: Sizes;

  constructor(asked: Encoding | undefined, open: Open, sizes: Sizes) {
    this.guess = new EncodingGuess(asked);
    this.open = open;
    this.sizes = sizes;
  }

  /** Reads the records that are whole. False where the reference reader must take over. */
  take({ bytes, from: start, to, last }: Block): boolean {
    const carried = this.rest;
    if (carried.length > start - SLACK) return false;
    const from = start - carried.length;
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
    const header = cutHeader(bytes, from, to, last, this.guess);
    const textOf = (field: Uint8Array): string => this.guess.textOf(field);
    const file = header === undefined ? undefined : this.open(header.fields, textOf);
    if (header === undefined || file === undefined) return undefined;
    this.rows = new BulkRows(file, this.sizes.batchRecords);
    this.rows.batch.line = header.line;
    return header.next;
  }
}

interface Header {
  readonly fields: readonly string[];
  /** Where the rows begin, and on which line. */
  readonly next: number;
  readonly line: number;
}

function cutHeader(
  bytes: Uint8Array,
  from: number,
  to: number,
  last: boolean,
  guess: EncodingGuess,
): Header | undefined {
  const isMarked = guess.encoding === 'utf-8' && BYTE_ORDER_MARK.every((byte, at) => bytes[from + at] === byte);
  const batch = new RecordBatch(1, 1);
  batch.take(bytes);
  batch.next = isMarked ? from + BYTE_ORDER_MARK.length : from;
  batch.cut(to, last);
  if (batch.count === 0) return undefined;
  const fields = batch.fieldsOf(0, to).map((field) => guess.textOf(field));
  return { fields, next: batch.next, line: batch.line };
}

/** A plain file's header, and where in the file its rows begin; undefined where it is not within the first block. */
export async function readHead(
  location: Location,
  asked: Encoding | undefined,
): Promise<(Header & { readonly encoding: Encoding | undefined }) | undefined> {
  const to = Math.min(location.sizeBytes, HEAD_BYTES);
  const guess = new EncodingGuess(asked);
  for await (const block of plainBlocks(location.path, { from: 0, to }, to === location.sizeBytes)) {
    const { bytes, from, to: end, last } = block;
    const whole = last ? end : lastLineEnd(bytes, from, end);
    if (whole === from || !guess.takes(bytes.subarray(from, whole))) return undefined;
    const header = cutHeader(bytes, from, whole, last, guess);
    return header === undefined ? undefined : { ...header, next: header.next - from, encoding: guess.encoding };
  }
  return undefined;
}

const HEAD_BYTES = 1 << 16;

/** What reading a range came to; undefined where it does not begin and end with records that the byte reader can read. */
export async function readRange(
  path: string,
  range: Range,
  isEnd: boolean,
  asked: Encoding | undefined,
  open: (textOf: (bytes: Uint8Array) => string) => BulkFile,
): Promise<{ rows: BulkRows; encoding: Encoding | undefined } | undefined> {
  const reading = new Reading(asked, () => undefined, {});
  const rows = new BulkRows(open((bytes) => reading.guess.textOf(bytes)));
  reading.rows = rows;
  for await (const block of plainBlocks(path, range, isEnd)) if (!reading.take(block)) return undefined;
  return reading.rest.length > 0 ? undefined : { rows, encoding: reading.guess.encoding };
}

/** Behind the first line feed at or after a place of the file; its end where there is none. */
export async function lineStartAfter(path: string, place: number, sizeBytes: number): Promise<number> {
  for (let from = place; from < sizeBytes; from += HEAD_BYTES) {
    const range = { from, to: Math.min(sizeBytes, from + HEAD_BYTES) };
    for await (const { bytes, from: start, to } of plainBlocks(path, range, false)) {
      const found = bytes.subarray(0, to).indexOf(LINE_FEED, start);
      if (found >= 0) return from + found - start + 1;
    }
  }
  return sizeBytes;
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
