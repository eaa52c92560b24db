import { createHash } from 'node:crypto';
import {
  type Block,
  type Buffers,
  blockBytesFor,
  blocksOf,
  type Lines,
  newBuffer,
  twoBuffers,
  wholeLines,
} from '../bytes/blocks.ts';
import { EncodingGuess } from '../bytes/encoding.ts';
import { type Encoding, type Location, likelyContentBytes } from '../bytes/file.ts';
import { RecordCutter } from '../bytes/record-cutter.ts';
import { SLACK } from '../columns/packed-ids.ts';
import type { Rows } from './text-rows.ts';

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

/** Whatever reads a file's rows, once its header is known; undefined where the header is at fault. */
export type Open = (
  header: readonly string[],
  textOf: (bytes: Uint8Array) => string,
  batchRecords: number | undefined,
) => Rows | undefined;

/**
 * Reads a file once: its hash, its encoding and its rows. Returns undefined where anything stands in it that the
 * reference reader must judge (a quote never closed, many out of place, two encodings, a faulty header, a damaged gzip): what was taken of
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
  const blocks = blocksOf(location, hash, twoBuffers(sizes.blockBytes ?? blockBytesFor(location)));
  const likelyBytes = likelyContentBytes(location);
  const reading = new FileReading(asked, open, likelyBytes, { batchRecords: batchFor(location.sizeBytes), ...sizes });
  try {
    for await (const block of blocks) {
      if (!(await reading.take(block))) return undefined;
      onBlock(reading.rows?.rowsRead ?? 0);
    }
  } finally {
    reading.rows?.end();
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

class FileReading {
  rows: Rows | undefined;
  readonly guess: EncodingGuess;
  /** What the blocks so far end with, and is no whole record. */
  rest = new Uint8Array(0);
  private readonly open: Open;
  private readonly likelyBytes: number;
  private readonly sizes: Sizes;

  constructor(asked: Encoding | undefined, open: Open, likelyBytes: number, sizes: Sizes) {
    this.guess = new EncodingGuess(asked);
    this.open = open;
    this.likelyBytes = likelyBytes;
    this.sizes = sizes;
  }

  /** Reads the records that are whole. False where the reference reader must take over. */
  async take({ bytes, from: start, to, last }: Block): Promise<boolean> {
    const carried = this.rest;
    if (carried.length > start - SLACK) return false;
    const from = start - carried.length;
    bytes.set(carried, from);
    const whole = last ? to : lastLineEnd(bytes, from, to);
    if (whole > from && !this.guess.takes(bytes.subarray(from, whole))) return false;
    const begin = this.rows === undefined ? this.takeHeader(bytes, from, whole, last) : from;
    if (begin === undefined || this.rows === undefined) return false;
    const next = await readWith(this.rows, bytes, begin, whole, last);
    if (next === undefined) return false;
    // The block's bytes are overwritten while the next one is used.
    this.rest = new Uint8Array(bytes.subarray(next, to));
    return true;
  }

  /** Returns where the rows begin. */
  private takeHeader(bytes: Uint8Array, from: number, to: number, last: boolean): number | undefined {
    const header = cutHeader(bytes, from, to, last, this.guess);
    const textOf = (field: Uint8Array): string => this.guess.textOf(field);
    const rows = header === undefined ? undefined : this.open(header.fields, textOf, this.sizes.batchRecords);
    if (header === undefined || rows === undefined) return undefined;
    this.rows = rows;
    this.rows.begin(this.likelyBytes);
    this.rows.batch.line = header.line;
    return header.next;
  }
}

/** The same as {@link Rows.read}; csv-parse is only loaded where it is needed. */
async function readWith(
  rows: Rows,
  bytes: Uint8Array,
  from: number,
  to: number,
  last: boolean,
): Promise<number | undefined> {
  const next = rows.read(bytes, from, to, last);
  if (next !== undefined) return next;
  const { readOver } = await import('./quote-fallback.ts');
  return readOver(rows, bytes, rows.batch.next, to, last);
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
  const batch = new RecordCutter(1);
  batch.take(bytes);
  batch.next = isMarked ? from + BYTE_ORDER_MARK.length : from;
  batch.cut(to, last);
  if (batch.count === 0) return undefined;
  const fields = batch.fieldsOf(0, to).map((field) => guess.textOf(field));
  return { fields, next: batch.next, line: batch.line };
}

/** A file that can be read in chunks: its header, and its rows in blocks of whole lines. */
export interface FileInChunks {
  readonly fields: readonly string[];
  readonly lines: Lines;
  /** Of all bytes as stored, once the last block was given. */
  readonly sha256: () => string;
}

/**
 * Reads a file in chunks; undefined where its first block says that it is not to be read so.
 *
 * @throws Changed, NoLines
 */
export async function readChunks<T>(
  location: Location,
  asked: Encoding | undefined,
  chunkBytes: number,
  read: (file: FileInChunks) => Promise<T | undefined>,
): Promise<T | undefined> {
  const hash = createHash('sha256');
  const free: Uint8Array[] = [];
  const buffers: Buffers = { blockBytes: chunkBytes, take: () => free.pop() ?? newBuffer(chunkBytes) };
  const blocks = wholeLines(blocksOf(location, hash, buffers));
  try {
    const { value: first } = await blocks.next();
    const guess = new EncodingGuess(asked);
    if (first === undefined || !guess.takes(first.bytes.subarray(first.from, first.to))) return undefined;
    const header = cutHeader(first.bytes, first.from, first.to, first.last, guess);
    if (header === undefined) return undefined;
    const lines = {
      blocks: chained({ ...first, from: header.next }, blocks),
      before: header.line - 1,
      likelyBytes: likelyContentBytes(location),
      encoding: guess.encoding ?? asked,
      release: (bytes: Uint8Array) => free.push(bytes),
    };
    return await read({ fields: header.fields, lines, sha256: () => hash.digest('hex') });
  } finally {
    await blocks.return(undefined);
  }
}

async function* chained<T>(first: T, others: AsyncIterable<T>): AsyncGenerator<T> {
  yield first;
  yield* others;
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
