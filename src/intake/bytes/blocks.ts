import type { Hash } from 'node:crypto';
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { SLACK as BYTES_BEFORE_A_TEXT } from '../columns/packed-ids.ts';
import { type Encoding, hashed, type Location, MOST_LIKELY_RATIO } from './file.ts';
import { gunzipped } from './gzip.ts';

/** Room in front of a block's bytes for what the one before it left over. */
export const RESERVE = 1 << 20;
/** A file that is one block has none before it, but its first text is read from some bytes before it. */
const LEAST_RESERVE = 16;
export const BLOCK_BYTES = 4 << 20;

const LEAST_BYTES = 1 << 16;
/** A small file needs no large buffers: what is deflated by more comes in several blocks. */
export const blockBytesFor = ({ sizeBytes }: Pick<Location, 'sizeBytes'>): number =>
  Math.min(BLOCK_BYTES, Math.max(LEAST_BYTES, sizeBytes * MOST_LIKELY_RATIO));

export interface Block {
  readonly bytes: Uint8Array;
  /** Where the file's bytes stand; `bytes[to]` exists. */
  readonly from: number;
  readonly to: number;
  readonly last: boolean;
}

/** The file ends before its size says so. */
export class Changed extends Error {}

/** Where blocks are put. */
export interface Buffers {
  readonly blockBytes: number;
  take(): Uint8Array;
}

export const newBuffer = (blockBytes: number): Uint8Array => new Uint8Array(RESERVE + blockBytes + 1);

/** Two in turn: a block's bytes stand until the one after the next is asked for. */
export function twoBuffers(blockBytes: number): Buffers {
  const buffers: Uint8Array[] = [];
  return {
    blockBytes,
    take: () => {
      const buffer = buffers.length < 2 ? newBuffer(blockBytes) : (buffers.shift() as Uint8Array);
      buffers.push(buffer);
      return buffer;
    },
  };
}

/**
 * A plain file's bytes, block by block; the next is read while one is used. All of them go into `hash`.
 *
 * @throws Changed
 */
async function* plainBlocks(path: string, sizeBytes: number, hash: Hash, buffers: Buffers): AsyncGenerator<Block> {
  const { blockBytes } = buffers;
  if (sizeBytes <= blockBytes) {
    yield onlyBlock(path, sizeBytes, hash);
    return;
  }
  const file = await open(path, 'r');
  try {
    const fill = async (at: number) => {
      const bytes = buffers.take();
      return { bytes, to: RESERVE + (await readWhole(file, bytes, RESERVE, Math.min(blockBytes, sizeBytes - at), at)) };
    };
    let next = fill(0);
    for (let at = 0; at < sizeBytes; ) {
      const { bytes, to } = await next;
      at += to - RESERVE;
      if (at < sizeBytes) {
        next = fill(at);
        // If nobody asks for it, it may fail unseen.
        next.catch(() => undefined);
      }
      hash.update(bytes.subarray(RESERVE, to));
      yield { bytes, from: RESERVE, to, last: at >= sizeBytes };
    }
  } finally {
    await file.close();
  }
}

/** A small file is read at once, without waiting for another thread. */
function onlyBlock(path: string, length: number, hash: Hash): Block {
  const bytes = new Uint8Array(LEAST_RESERVE + length + 1);
  const file = openSync(path, 'r');
  try {
    for (let done = 0; done < length; ) {
      const count = readSync(file, bytes, LEAST_RESERVE + done, length - done, done);
      if (count === 0) throw new Changed();
      done += count;
    }
  } finally {
    closeSync(file);
  }
  hash.update(bytes.subarray(LEAST_RESERVE, LEAST_RESERVE + length));
  return { bytes, from: LEAST_RESERVE, to: LEAST_RESERVE + length, last: true };
}

async function readWhole(
  file: FileHandle,
  into: Uint8Array,
  offset: number,
  length: number,
  position: number,
): Promise<number> {
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(into, offset + done, length - done, position + done);
    if (bytesRead === 0) throw new Changed();
    done += bytesRead;
  }
  return length;
}

/** A gzip file's content, block by block, inflated in a thread of its own. The bytes as stored go into `hash`. */
async function* gzipBlocks(path: string, sizeBytes: number, hash: Hash, buffers: Buffers): AsyncGenerator<Block> {
  let stored = 0;
  const highWaterMark = Math.min(BLOCK_BYTES, Math.max(LEAST_BYTES, sizeBytes));
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of hashed(createReadStream(path, { highWaterMark }), hash)) {
      stored += chunk.length;
      yield chunk;
    }
  };
  const content = gunzipped(counted(), { chunkBytes: Math.max(64, buffers.blockBytes) });
  const end = RESERVE + buffers.blockBytes;
  let bytes = buffers.take();
  let to = RESERVE;
  for await (const chunk of content) {
    for (let at = 0; at < chunk.length; ) {
      if (to === end) {
        yield { bytes, from: RESERVE, to, last: false };
        bytes = buffers.take();
        to = RESERVE;
      }
      const part = chunk.subarray(at, at + end - to);
      bytes.set(part, to);
      to += part.length;
      at += part.length;
    }
  }
  if (stored !== sizeBytes) throw new Changed();
  yield { bytes, from: RESERVE, to, last: true };
}

/** A file's content. */
export const blocksOf = (
  { path, sizeBytes, compressed }: Pick<Location, 'path' | 'sizeBytes' | 'compressed'>,
  hash: Hash,
  buffers: Buffers,
): AsyncGenerator<Block> => (compressed ? gzipBlocks : plainBlocks)(path, sizeBytes, hash, buffers);

/** The same bytes in blocks that begin and end where lines do. @throws NoLines */
export async function* wholeLines(blocks: AsyncIterable<Block>): AsyncGenerator<Block> {
  let rest = new Uint8Array(0);
  for await (const { bytes, from: start, to, last } of blocks) {
    if (rest.length + BYTES_BEFORE_A_TEXT > start) throw new NoLines();
    const from = start - rest.length;
    bytes.set(rest, from);
    const end = last ? to : Math.max(from, bytes.subarray(0, to).lastIndexOf(LINE_FEED) + 1);
    rest = new Uint8Array(bytes.subarray(end, to));
    if (end > from || last) yield { bytes, from, to: end, last };
  }
}

/** Lines are too long, or end in something else than a line feed. */
export class NoLines extends Error {}

const LINE_FEED = 0x0a;

/** A file's rows, as blocks of whole lines. */
export interface Lines {
  readonly blocks: AsyncIterable<Block>;
  /** Lines before the first block. */
  readonly before: number;
  readonly likelyBytes: number;
  readonly encoding: Encoding | undefined;
  /** Told when a block's bytes are no longer needed. */
  readonly release: (bytes: Uint8Array) => void;
}
