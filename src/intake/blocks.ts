import type { Hash } from 'node:crypto';
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';

/** Room in front of a block's bytes for what the one before it left over. */
export const RESERVE = 1 << 20;
/** A file that is one block has none before it, but its first text is read from some bytes before it. */
const LEAST_RESERVE = 16;
export const BLOCK_BYTES = 4 << 20;

export interface Block {
  readonly bytes: Uint8Array;
  /** Where the file's bytes stand; `bytes[to]` exists. */
  readonly from: number;
  readonly to: number;
  readonly last: boolean;
}

/** The file ends before its size says so. */
export class Changed extends Error {}

/** Where a piece of a file begins and ends. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * A plain file's bytes, block by block; the next is read while one is used. All of them go into `hash`.
 *
 * @param isEnd the range ends where the file does
 * @throws Changed
 */
export async function* plainBlocks(
  path: string,
  { from, to }: Range,
  isEnd: boolean,
  hash?: Hash,
  blockBytes = BLOCK_BYTES,
): AsyncGenerator<Block> {
  const room = Math.min(blockBytes, to - from);
  if (room === to - from) {
    yield { ...onlyBlock(path, from, to, hash), last: isEnd };
    return;
  }
  const file = await open(path, 'r');
  try {
    const buffers = [0, 1].map(() => new Uint8Array(RESERVE + room + 1));
    const fill = (turn: number, at: number) =>
      readWhole(file, buffers[turn % 2] as Uint8Array, RESERVE, Math.min(room, to - at), at);
    let next = fill(0, from);
    for (let turn = 0, at = from; ; turn++) {
      const bytes = buffers[turn % 2] as Uint8Array;
      const length = await next;
      at += length;
      if (at < to) {
        next = fill(turn + 1, at);
        // If nobody asks for it, it may fail unseen.
        next.catch(() => undefined);
      }
      hash?.update(bytes.subarray(RESERVE, RESERVE + length));
      yield { bytes, from: RESERVE, to: RESERVE + length, last: isEnd && at >= to };
      if (at >= to) break;
    }
  } finally {
    await file.close();
  }
}

/** A small file is read at once, without waiting for another thread. */
function onlyBlock(path: string, from: number, to: number, hash: Hash | undefined): Omit<Block, 'last'> {
  const length = to - from;
  const bytes = new Uint8Array(LEAST_RESERVE + length + 1);
  const file = openSync(path, 'r');
  try {
    for (let done = 0; done < length; ) {
      const count = readSync(file, bytes, LEAST_RESERVE + done, length - done, from + done);
      if (count === 0) throw new Changed();
      done += count;
    }
  } finally {
    closeSync(file);
  }
  hash?.update(bytes.subarray(LEAST_RESERVE, LEAST_RESERVE + length));
  return { bytes, from: LEAST_RESERVE, to: LEAST_RESERVE + length };
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
export async function* gzipBlocks(
  path: string,
  sizeBytes: number,
  hash: Hash,
  blockBytes = BLOCK_BYTES,
): AsyncGenerator<Block> {
  const file = createReadStream(path, { highWaterMark: BLOCK_BYTES });
  let stored = 0;
  file.on('data', (chunk) => {
    stored += chunk.length;
    hash.update(chunk);
  });
  const content = file.pipe(createGunzip({ chunkSize: Math.max(64, blockBytes / 4) }));
  file.on('error', (error) => content.destroy(error));
  let held: Buffer | undefined;
  for await (const chunk of content) {
    if (held !== undefined) yield blockOf(held, false);
    held = chunk as Buffer;
  }
  if (stored !== sizeBytes) throw new Changed();
  yield blockOf(held ?? Buffer.alloc(0), true);
}

function blockOf(chunk: Buffer, last: boolean): Block {
  const bytes = new Uint8Array(RESERVE + chunk.length + 1);
  bytes.set(chunk, RESERVE);
  return { bytes, from: RESERVE, to: RESERVE + chunk.length, last };
}
