/** Bits that follow a code of a length (RFC 1951 §3.2.5), and those that follow one of a distance. */
export const LENGTH_BITS = Uint8Array.of(
  ...[0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0],
);
export const DISTANCE_BITS = Uint8Array.of(
  ...[0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13],
);

export const MOST_LENGTH = 258;
export const MOST_DISTANCE = (1 << 15) - 1;

const CODE_BITS = 5;
const CODE = (1 << CODE_BITS) - 1;

/** Of each value its code, and above that what the bits behind the code say. */
function coded(bits: Uint8Array, least: number, most: number): Uint32Array {
  const values = new Uint32Array(most + 1);
  let begin = least;
  for (const [code, few] of bits.entries()) {
    for (let more = 0; more < 1 << few && begin + more <= most; more++)
      values[begin + more] = (more << CODE_BITS) | code;
    begin += 1 << few;
  }
  return values;
}

const CODED_LENGTHS = coded(LENGTH_BITS, 3, MOST_LENGTH);
/** The longest has a code of its own, and none of the bits that the code before it would take. */
CODED_LENGTHS[MOST_LENGTH] = LENGTH_BITS.length - 1;
const CODED_DISTANCES = coded(DISTANCE_BITS, 1, MOST_DISTANCE);

export const codeIn = (coded: number): number => coded & CODE;
export const moreIn = (coded: number): number => coded >> CODE_BITS;

/** A match as one number, beside which a literal is one. */
const IS_MATCH = 1 << 28;
const LENGTH_SHIFT = 18;

export const isMatch = (symbol: number): boolean => symbol >= IS_MATCH;
export const codedLengthIn = (symbol: number): number => (symbol & ~IS_MATCH) >> LENGTH_SHIFT;
export const codedDistanceIn = (symbol: number): number => symbol & ((1 << LENGTH_SHIFT) - 1);

/** Codes of lengths stand behind the literals and the end of the block. */
export const END_OF_BLOCK = 256;
export const FIRST_LENGTH = 257;
const LITERALS = 288;
const DISTANCES = 32;
/** More than a block takes. */
const MOST_SYMBOLS = 25_000;

/** A block as literals and matches, and how often each code occurs. */
export class Symbols {
  /** Of which the first {@link count} are. */
  readonly symbols = new Int32Array(MOST_SYMBOLS);
  count = 0;
  matches = 0;
  readonly literals = new Uint16Array(LITERALS);
  readonly distances = new Uint16Array(DISTANCES);
  /** That follow the codes. */
  moreBits = 0;
  /** What the block stands for, once it is finished. */
  bytes: Uint8Array;
  isLast = false;
  private readonly all: Uint8Array;
  private from = 0;

  constructor(bytes: Uint8Array) {
    this.all = bytes;
    this.bytes = bytes.subarray(0, 0);
  }

  begin(at: number): void {
    this.from = at;
    this.count = 0;
    this.matches = 0;
    this.moreBits = 0;
    this.literals.fill(0);
    this.distances.fill(0);
  }

  addLiteral(byte: number): void {
    const { literals } = this;
    this.symbols[this.count++] = byte;
    literals[byte] = (literals[byte] as number) + 1;
  }

  addMatch(length: number, distance: number): void {
    const { literals, distances } = this;
    const [codedLength, codedDistance] = [CODED_LENGTHS[length] as number, CODED_DISTANCES[distance] as number];
    const [ofLength, ofDistance] = [codeIn(codedLength), codeIn(codedDistance)];
    this.symbols[this.count++] = IS_MATCH | (codedLength << LENGTH_SHIFT) | codedDistance;
    this.matches++;
    this.moreBits += (LENGTH_BITS[ofLength] as number) + (DISTANCE_BITS[ofDistance] as number);
    literals[FIRST_LENGTH + ofLength] = (literals[FIRST_LENGTH + ofLength] as number) + 1;
    distances[ofDistance] = (distances[ofDistance] as number) + 1;
  }

  /** @param end of the block, and of all where it is the last */
  finish(end: number, isLast: boolean): this {
    this.bytes = this.all.subarray(this.from, end);
    this.isLast = isLast;
    this.literals[END_OF_BLOCK] = 1;
    return this;
  }
}
