import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import type { Location } from './file.ts';
import { gunzipped } from './gzip.ts';

const MOST_BYTES = 1 << 16;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** What a file begins with; of a gzip, what it holds. */
export interface Begin {
  readonly bytes: Uint8Array;
  /** It is the whole file. */
  readonly isAll: boolean;
}

/** @throws what the system or zlib says */
export const readBegin = async ({ path, compressed }: Pick<Location, 'path' | 'compressed'>): Promise<Begin> =>
  compressed ? inflatedBegin(path) : plainBegin(path);

/** A file is read into it at once, and copied: each of thousands of small ones need not clear so much for itself. */
const room = new Uint8Array(MOST_BYTES);

function plainBegin(path: string): Begin {
  const file = openSync(path, 'r');
  try {
    let length = 0;
    for (;;) {
      const count = readSync(file, room, length, MOST_BYTES - length, length);
      length += count;
      if (count === 0 || length === MOST_BYTES) break;
    }
    return { bytes: room.slice(0, length), isAll: length < MOST_BYTES };
  } finally {
    closeSync(file);
  }
}

async function inflatedBegin(path: string): Promise<Begin> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of gunzipped(createReadStream(path, { highWaterMark: MOST_BYTES }))) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= MOST_BYTES) break;
  }
  return { bytes: Buffer.concat(chunks).subarray(0, MOST_BYTES), isAll: length < MOST_BYTES };
}

/** Behind the last line feed; or, where lines end as on old machines, behind the last carriage return. */
export const endOfLines = (bytes: Uint8Array): number =>
  bytes.lastIndexOf(LINE_FEED) + 1 || bytes.lastIndexOf(CARRIAGE_RETURN) + 1;
