/** So many bytes are copied in a few milliseconds. */
const BYTES_A_STEP = 1 << 22;

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += BYTES_A_STEP) yield bytes.subarray(from, from + BYTES_A_STEP);
}

/** Copies bytes to a place among others. */
export function* putInSteps(into: Uint8Array, bytes: Uint8Array, at: number): Generator<undefined, void> {
  let put = at;
  for (const piece of piecesOf(bytes)) {
    into.set(piece, put);
    put += piece.length;
    if (piece.length === BYTES_A_STEP) yield undefined;
  }
}

/** One behind the other. */
export function* joinedInSteps(parts: readonly Uint8Array[]): Generator<undefined, Uint8Array> {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    yield* putInSteps(joined, part, at);
    at += part.length;
  }
  return joined;
}
