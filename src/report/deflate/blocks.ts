import { type CodeLengths, codeLengths, codesOf } from './huffman.ts';
import {
  codedDistanceIn,
  codedLengthIn,
  codeIn,
  DISTANCE_BITS,
  END_OF_BLOCK,
  FIRST_LENGTH,
  isMatch,
  LENGTH_BITS,
  moreIn,
  type Symbols,
} from './symbols.ts';

/** Bits, the lowest first, as DEFLATE wants them. */
export class BitWriter {
  private readonly bytes: Uint8Array;
  private at = 0;

  /** @param most bytes that may be written */
  constructor(most: number) {
    // A code may be written over the end of the last byte of all.
    this.bytes = new Uint8Array(most + 2);
  }

  /** @param bits at most 16 */
  put(value: number, bits: number): void {
    const { bytes, at } = this;
    const shifted = value << (at & 7);
    const place = at >>> 3;
    bytes[place] = (bytes[place] as number) | shifted;
    bytes[place + 1] = (bytes[place + 1] as number) | (shifted >> 8);
    bytes[place + 2] = (bytes[place + 2] as number) | (shifted >> 16);
    this.at = at + bits;
  }

  /** From the next whole byte on. */
  putBytes(bytes: Uint8Array): void {
    this.bytes.set(bytes, this.wholeBytes);
    this.at = 8 * (this.wholeBytes + bytes.length);
  }

  get wholeBytes(): number {
    return Math.ceil(this.at / 8);
  }

  finish(): Uint8Array {
    return this.bytes.subarray(0, this.wholeBytes);
  }
}

interface Code {
  readonly lengths: Uint8Array;
  readonly codes: Uint16Array;
}

const codeOf = (lengths: CodeLengths): Code => ({ lengths: lengths.lengths, codes: codesOf(lengths) });

const STORED = 0;
const FIXED = 1;
const DYNAMIC = 2;

/** RFC 1951 §3.2.6 */
const FIXED_LITERALS: CodeLengths = {
  lengths: Uint8Array.from({ length: 288 }, (_, symbol) =>
    symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
  ),
  longest: 9,
};
const FIXED_DISTANCES: CodeLengths = { lengths: new Uint8Array(32).fill(5), longest: 5 };

const MOST_CODE_BITS = 15;
const MOST_LENGTH_BITS = 7;

/** Writes a block in whichever of the three ways takes fewest bits (RFC 1951 §3.2.3). */
export function putBlock(writer: BitWriter, block: Symbols): void {
  const { literals, distances, moreBits, bytes } = block;
  writer.put(block.isLast ? 1 : 0, 1);
  const ofLiterals = codeLengths(literals, MOST_CODE_BITS);
  const ofDistances = codeLengths(distances, MOST_CODE_BITS);
  const described = describedCodes(ofLiterals.lengths, ofDistances.lengths);
  const storedBits = 8 * (bytes.length + 5);
  const fixedBits = bitsFor(literals, FIXED_LITERALS.lengths) + bitsFor(distances, FIXED_DISTANCES.lengths) + moreBits;
  const dynamicBits =
    bitsFor(literals, ofLiterals.lengths) + bitsFor(distances, ofDistances.lengths) + moreBits + described.bits;
  if (storedBits <= fixedBits && storedBits <= dynamicBits) putStored(writer, bytes);
  else if (dynamicBits < fixedBits) {
    writer.put(DYNAMIC, 2);
    putCodes(writer, described);
    putSymbols(writer, block, codeOf(ofLiterals), codeOf(ofDistances));
  } else {
    writer.put(FIXED, 2);
    putSymbols(writer, block, codeOf(FIXED_LITERALS), codeOf(FIXED_DISTANCES));
  }
}

function bitsFor(counts: Uint16Array, lengths: Uint8Array): number {
  let bits = 0;
  for (let symbol = 0; symbol < lengths.length; symbol++)
    bits += (counts[symbol] as number) * (lengths[symbol] as number);
  return bits;
}

function putStored(writer: BitWriter, bytes: Uint8Array): void {
  writer.put(STORED, 2);
  const [low, high] = [bytes.length & 255, bytes.length >> 8];
  writer.putBytes(Uint8Array.of(low, high, low ^ 255, high ^ 255));
  writer.putBytes(bytes);
}

function putSymbols(writer: BitWriter, { symbols, count }: Symbols, literals: Code, distances: Code): void {
  const put = ({ lengths, codes }: Code, symbol: number): void =>
    writer.put(codes[symbol] as number, lengths[symbol] as number);
  for (let place = 0; place < count; place++) {
    const symbol = symbols[place] as number;
    if (!isMatch(symbol)) {
      put(literals, symbol);
      continue;
    }
    const [length, distance] = [codedLengthIn(symbol), codedDistanceIn(symbol)];
    put(literals, FIRST_LENGTH + codeIn(length));
    writer.put(moreIn(length), LENGTH_BITS[codeIn(length)] as number);
    put(distances, codeIn(distance));
    writer.put(moreIn(distance), DISTANCE_BITS[codeIn(distance)] as number);
  }
  put(literals, END_OF_BLOCK);
}

// ----- The codes of a block ---------------------------------------------------------------------------------------------------

/** Lengths of codes stand in a block as lengths, and as how often one is repeated (RFC 1951 §3.2.7). */
interface Described {
  readonly literals: number;
  readonly distances: number;
  readonly steps: readonly Step[];
  readonly code: CodeLengths;
  /** So many of its lengths are written, in their order. */
  readonly written: number;
  /** Of all of it. */
  readonly bits: number;
}

interface Step {
  readonly symbol: number;
  /** Behind repetitions. */
  readonly more: number;
}

const REPEAT = 16;
const FEW_ZEROS = 17;
const MANY_ZEROS = 18;
const MORE_BITS: Readonly<Record<number, number>> = { [REPEAT]: 2, [FEW_ZEROS]: 3, [MANY_ZEROS]: 7 };
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const LEAST_WRITTEN = 4;

function describedCodes(literals: Uint8Array, distances: Uint8Array): Described {
  // A block without a match has one distance, of no bits.
  const ofDistances = distances.length === 0 ? Uint8Array.of(0) : distances;
  const steps = [...stepsFor(literals), ...stepsFor(ofDistances)];
  const counts = new Uint16Array(ORDER.length);
  for (const { symbol } of steps) counts[symbol] = (counts[symbol] as number) + 1;
  const code = codeLengths(counts, MOST_LENGTH_BITS);
  let written = ORDER.length;
  while (written > LEAST_WRITTEN && !code.lengths[ORDER[written - 1] as number]) written--;
  const moreBits = steps.reduce((sum, { symbol }) => sum + (MORE_BITS[symbol] ?? 0), 0);
  const bits = 14 + 3 * written + bitsFor(counts, code.lengths) + moreBits;
  return { literals: literals.length, distances: ofDistances.length, steps, code, written, bits };
}

function stepsFor(lengths: Uint8Array): readonly Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < lengths.length; ) {
    const length = lengths[at] as number;
    let count = 1;
    while (lengths[at + count] === length) count++;
    at += count;
    if (length === 0) count = putZeros(steps, count);
    else if (count > 3) {
      steps.push({ symbol: length, more: 0 });
      count = putRepeated(steps, count - 1);
    }
    for (; count > 0; count--) steps.push({ symbol: length, more: 0 });
  }
  return steps;
}

/** @returns how many are left, too few for any */
function putZeros(steps: Step[], count: number): number {
  let left = count;
  if (left < 3) return left;
  for (; left > 138; left -= 138) steps.push({ symbol: MANY_ZEROS, more: 127 });
  if (left < 3) return left;
  steps.push(left > 10 ? { symbol: MANY_ZEROS, more: left - 11 } : { symbol: FEW_ZEROS, more: left - 3 });
  return 0;
}

/** @returns how many are left, too few for any */
function putRepeated(steps: Step[], count: number): number {
  let left = count;
  for (; left > 6; left -= 6) steps.push({ symbol: REPEAT, more: 3 });
  if (left < 3) return left;
  steps.push({ symbol: REPEAT, more: left - 3 });
  return 0;
}

function putCodes(writer: BitWriter, { literals, distances, steps, code, written }: Described): void {
  writer.put(literals - FIRST_LENGTH, 5);
  writer.put(distances - 1, 5);
  writer.put(written - LEAST_WRITTEN, 4);
  for (const symbol of ORDER.slice(0, written)) writer.put(code.lengths[symbol] ?? 0, 3);
  const codes = codesOf(code);
  for (const { symbol, more } of steps) {
    writer.put(codes[symbol] as number, code.lengths[symbol] as number);
    if (symbol >= REPEAT) writer.put(more, MORE_BITS[symbol] as number);
  }
}
