import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** More than any file that people write by hand. */
export const MOST_BYTES = 1 << 24;

/** A file is larger than what is read of it: it is another, or has no end. */
export class TooLarge extends Error {
  readonly code = 'TOO_LARGE';
}

/** Nothing came through a pipe. */
export class NothingComes extends Error {
  readonly code = 'NOTHING_COMES';
}

/** So long a pipe is waited for, in milliseconds: where nobody writes into it, and where somebody does and is silent. */
export interface Patience {
  readonly withoutWriter: number;
  readonly silent: number;
}
const PATIENCE: Patience = { withoutWriter: 3000, silent: 30_000 };

/** What came of a path that can be read only once: whoever asks again is told the same. */
const readOnce = new Map<string, Read>();

/** Whether a file has a place, beside which others lie: a pipe that was read has none. */
export const hasPlace = (path: string): boolean => !readOnce.has(path);

/**
 * All of a small file, be it a pipe or a device: an endless one is read no further than any other, and nobody waits for ever.
 *
 * @throws TooLarge, NothingComes, or the system's own error
 */
export function readSmallFile(path: string, patience: Patience = PATIENCE): Buffer {
  const known = readOnce.get(path);
  if (known !== undefined) return contentOf(known);
  // A pipe without a writer would keep the process waiting before it can hear a signal.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = fstatSync(file);
    if (found.isFile() || found.isDirectory()) return readAll(file, IMPATIENT);
    const read = caught(() => readAll(file, found.isFIFO() ? patience : { ...patience, withoutWriter: 0 }));
    readOnce.set(path, read);
    return contentOf(read);
  } finally {
    closeSync(file);
  }
}

type Read = { readonly content: Buffer } | { readonly error: unknown };

function caught(read: () => Buffer): Read {
  try {
    return { content: read() };
  } catch (error) {
    return { error };
  }
}

function contentOf(read: Read): Buffer {
  if ('error' in read) throw read.error;
  return read.content;
}

const IMPATIENT: Patience = { withoutWriter: 0, silent: 0 };
const CHUNK_BYTES = 1 << 16;

function readAll(file: number, patience: Patience): Buffer {
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    // Whoever has written, and writes no more, is at the end.
    const chunk = nextChunk(file, length > 0 ? { ...patience, withoutWriter: 0 } : patience);
    if (chunk.length === 0) return Buffer.concat(chunks);
    chunks.push(chunk);
    length += chunk.length;
    if (length > MOST_BYTES) throw new TooLarge();
  }
}

/** Empty at the end. @throws NothingComes */
function nextChunk(file: number, { withoutWriter, silent }: Patience): Buffer {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let waited = 0; ; waited += pause()) {
    const count = readSome(file, chunk);
    if (count > 0 || (count === 0 && withoutWriter === 0)) return chunk.subarray(0, count);
    if (waited >= (count === 0 ? withoutWriter : silent)) throw new NothingComes();
  }
}

const SILENT = -1;

/** Bytes read; 0 where nobody writes, SILENT where somebody may still. */
function readSome(file: number, into: Buffer): number {
  try {
    return readSync(file, into, 0, into.length, null);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return SILENT;
    throw error;
  }
}

const PAUSE_MILLISECONDS = 20;

function pause(): number {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MILLISECONDS);
  return PAUSE_MILLISECONDS;
}
