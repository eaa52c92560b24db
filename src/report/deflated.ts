import { createRequire } from 'node:module';
import type { Step } from '../base/steps.ts';

/** Blocks of more signs than this are deflated: a browser takes ten million signs in a second. */
export const MOST_PLAIN_SIGNS = 1_000_000;

/** So many bytes are deflated in no time; more by a thread of their own, so that signals are heard meanwhile. */
export const MOST_BYTES_AT_ONCE = 8_000_000;

/** Loaded where a block is large: most nights have none, and would wait for it. */
const library = (): typeof import('fflate') => createRequire(import.meta.url)('fflate');

/**
 * A block of data as DEFLATE (RFC 1951) in base64 (RFC 4648 §4): less than half the signs, read by the browser's own inflater.
 * By a library whose version is pinned, not by Node's zlib, whose bytes may change from one release to the next; level 3, for
 * a page is written once a night and gains little by more. By another thread it makes the same bytes.
 */
export function* deflated(json: Uint8Array): Generator<Step, string> {
  const bytes = json.length > MOST_BYTES_AT_ONCE ? yield* byAnotherThread(json) : deflatedAtOnce(json);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

const OPTIONS = { level: 3 } as const;

const deflatedAtOnce = (json: Uint8Array): Uint8Array => library().deflateSync(json, OPTIONS);

function* byAnotherThread(json: Uint8Array): Generator<Step, Uint8Array> {
  let made: Uint8Array | undefined;
  let end: (() => void) | undefined;
  const done = new Promise<void>((resolve, fail) => {
    end = library().deflate(json, OPTIONS, (error, bytes) => {
      if (error !== null) return fail(error);
      made = bytes;
      resolve();
    });
  });
  try {
    yield done;
  } finally {
    end?.();
  }
  if (made === undefined) throw new Error('a thread that has ended without what it was to make');
  return made;
}
