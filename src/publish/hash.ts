import { createHash, hash } from 'node:crypto';

/** SHA-256 in hexadecimal, of bytes, or of text as UTF-8. */
export const sha256 = (content: string | Uint8Array): string => hash('sha256', content);

/** So many bytes are hashed at a time. */
const PIECE_BYTES = 1 << 22;

/** The same of many bytes, in steps. @throws what going through the pieces throws */
export function* sha256Of(pieces: Iterable<Uint8Array>): Generator<undefined, string> {
  const all = createHash('sha256');
  for (const piece of pieces)
    for (let at = 0; at < piece.length; at += PIECE_BYTES) {
      all.update(piece.subarray(at, at + PIECE_BYTES));
      yield undefined;
    }
  return all.digest('hex');
}
