import type { Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';

/** Room in front of a block's bytes for what the one before it left over, and one byte behind them. */
export const RESERVE = 1 << 20;
export const BLOCK_BYTES = 4 << 20;

export interface Block {
  readonly bytes: Uint8Array;
  /** The file's bytes stand in RESERVE … to; `bytes[to]` exists. */
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
  const file = await open(path, 'r');
  try {
    const room = Math.min(blockBytes, to - from);
    const buffers = [0, 1].slice(0, room < to - from ? 2 : 1).map(() => new Uint8Array(RESERVE + room + 1));
    const fill = (turn: number, at: number) =>
      readWhole(file, buffers[turn % buffers.length] as Uint8Array, Math.min(room, to - at), at);
    let next = fill(0, from);
    for (let turn = 0, at = from; ; turn++) {
      const bytes = buffers[turn % buffers.length] as Uint8Array;
      const length = await next;
      at += length;
      if (at < to) {
        next = fill(turn + 1, at);
        // If nobody asks for it, it may fail unseen.
        next.catch(() => undefined);
      }
      hash?.update(bytes.subarray(RESERVE, RESERVE + length));
      yield { bytes, to: RESERVE + length, last: isEnd && at >= to };
      if (at >= to) break;
    }
  } finally {
    await file.close();
  }
}

async function readWhole(file: FileHandle, into: Uint8Array, length: number, position: number): Promise<number> {
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(into, RESERVE + done, length - done, position + done);
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
  return { bytes, to: RESERVE + chunk.length, last };
}
