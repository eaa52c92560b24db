import { createRequire } from 'node:module';

/** Blocks of more signs than this are deflated: a browser takes ten million signs in a second. */
export const MOST_PLAIN_SIGNS = 1_000_000;

/** Loaded where a block is large: most nights have none, and would wait for it. */
const library = (): typeof import('fflate') => createRequire(import.meta.url)('fflate');

/**
 * A block of data as DEFLATE (RFC 1951) in base64 (RFC 4648 §4): less than half the signs, read by the browser's own inflater.
 * By a library whose version is pinned, not by Node's zlib, whose bytes may change from one release to the next; level 3, for
 * a page is written once a night and gains little by more.
 */
export function deflated(json: string): string {
  const { deflateSync, strToU8 } = library();
  return Buffer.from(deflateSync(strToU8(json), { level: 3 })).toString('base64');
}
