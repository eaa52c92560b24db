import { BitWriter, putBlock } from './deflate/blocks.ts';
import { Matches } from './deflate/matches.ts';

/** Blocks of more signs than this are deflated: a browser takes ten million signs in a second. */
export const MOST_PLAIN_SIGNS = 1_000_000;

/** DEFLATE keeps what cannot be told shorter, with so few bytes beside each block of at least so many. */
const MOST_BESIDE = 5;
const LEAST_BLOCK = 7_000;

/**
 * A block of data as DEFLATE (RFC 1951) in base64 (RFC 4648 §4): less than half the signs, read by the browser's own inflater.
 * Not by Node's zlib, whose bytes may change from one release to the next, but the bytes that fflate 0.8.3 makes at its level
 * 3, which earlier versions had it make: in steps, of which the library knows none.
 */
export function* deflated(json: Uint8Array): Generator<undefined, string> {
  const writer = new BitWriter(json.length + MOST_BESIDE * (1 + Math.ceil(json.length / LEAST_BLOCK)));
  const matches = new Matches(json);
  for (let block = matches.nextBlock(); block !== undefined; block = matches.nextBlock()) {
    putBlock(writer, block);
    yield undefined;
  }
  const { buffer, byteOffset, byteLength } = writer.finish();
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}
