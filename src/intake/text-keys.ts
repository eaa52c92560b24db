import { ABSENT, type TextLookup } from './tables.ts';
import { GrowingTextPool } from './text-pool.ts';

/** Digits of a text that become part of its number. */
const MOST_DIGITS = 12;
/** Fewer are no counter: such a text is looked up whole. */
const LEAST_DIGITS = 4;
/** Digit strings of up to MOST_DIGITS digits in one row: the shorter first, leading zeros told apart. */
const FIRST_OF_LENGTH = Array.from({ length: MOST_DIGITS + 2 }, (_, length) => (10 ** length - 1) / 9);
const SPAN = FIRST_OF_LENGTH[MOST_DIGITS + 1] as number;
/** As many patterns as leave every number exact in a double. */
const MOST_PATTERNS = Math.floor(Number.MAX_SAFE_INTEGER / SPAN) - 1;
/** Stands between what is before the digits and what is after them; a text that holds it is looked up whole. */
const SEAM = 0;
const FIRST_WHOLE = -2;

/**
 * Texts as numbers: the same number if and only if the same text, and nothing hashed. Identifiers are mostly a counter
 * behind a few letters, so a text is its pattern (what stands around its last digits) and the value of those digits; any
 * other text is looked up whole in a pool and has a negative number. Eight bytes a text in a column, and none beside it.
 */
export class TextKeys implements TextLookup {
  private readonly patterns = new GrowingTextPool();
  private readonly whole = new GrowingTextPool();
  private scratch = new Uint8Array(1 << 8);
  private lastPattern = ABSENT;
  private lastPrefix = new Uint8Array(64);
  private lastLength = ABSENT;

  add(text: string): number {
    if (text.length * 3 > this.scratch.length) this.scratch = new Uint8Array(text.length * 6);
    const { written } = encoder.encodeInto(text, this.scratch);
    return this.addBytes(this.scratch, 0, written);
  }

  /** The number of a text of UTF-8 bytes. */
  addBytes(bytes: Uint8Array, start: number, end: number): number {
    let from = end;
    const least = Math.max(start, end - MOST_DIGITS);
    while (from > least && isDigit(bytes[from - 1] ?? 0)) from--;
    if (end - from < LEAST_DIGITS) return this.addAround(bytes, start, end);
    const pattern = from === start ? this.patternOf(bytes, start, start) : this.prefixOf(bytes, start, from);
    if (pattern === ABSENT) return FIRST_WHOLE - this.whole.addBytes(bytes, start, end);
    return pattern * SPAN + (FIRST_OF_LENGTH[end - from] ?? 0) + digitsOf(bytes, from, end);
  }

  textOf(key: number): string {
    if (key < 0) return this.whole.textOf(FIRST_WHOLE - key);
    const pattern = Math.floor(key / SPAN);
    const place = key - pattern * SPAN;
    let length = LEAST_DIGITS;
    while (length < MOST_DIGITS && place >= (FIRST_OF_LENGTH[length + 1] ?? 0)) length++;
    const digits = String(place - (FIRST_OF_LENGTH[length] ?? 0)).padStart(length, '0');
    const around = this.patterns.textOf(pattern);
    const seam = around.indexOf('\0');
    return seam < 0 ? around + digits : around.slice(0, seam) + digits + around.slice(seam + 1);
  }

  /**
   * This one's number for each text of another: a function from the other's numbers. Patterns and whole texts are few
   * next to rows, so two tables are joined without looking at a row's bytes again.
   */
  adopt(other: TextKeys): (key: number) => number {
    const patterns = Array.from({ length: other.patterns.size }, (_, index) => {
      const around = other.patterns.bytesOf(index);
      return this.admit(around, 0, around.length);
    });
    const whole = Array.from({ length: other.whole.size }, (_, index) => {
      const bytes = other.whole.bytesOf(index);
      return this.addBytes(bytes, 0, bytes.length);
    });
    return (key) => {
      if (key < 0) return key === ABSENT ? ABSENT : (whole[FIRST_WHOLE - key] ?? ABSENT);
      const old = Math.floor(key / SPAN);
      const pattern = patterns[old] ?? ABSENT;
      return pattern === ABSENT ? this.add(other.textOf(key)) : key + (pattern - old) * SPAN;
    };
  }

  /** The texts so far, for another thread. */
  snapshot(): readonly [patterns: readonly string[], whole: readonly string[]] {
    const list = (pool: GrowingTextPool) => Array.from({ length: pool.size }, (_, index) => pool.textOf(index));
    return [list(this.patterns), list(this.whole)];
  }

  static from([patterns, whole]: ReturnType<TextKeys['snapshot']>): TextKeys {
    const keys = new TextKeys();
    for (const pattern of patterns) keys.patterns.add(pattern);
    for (const text of whole) keys.whole.add(text);
    return keys;
  }

  /** The pattern of what stands before the digits, with nothing after them. */
  private prefixOf(bytes: Uint8Array, start: number, end: number): number {
    const { lastPrefix } = this;
    if (end - start === this.lastLength) {
      let at = 0;
      while (at < this.lastLength && lastPrefix[at] === bytes[start + at]) at++;
      if (at === this.lastLength) return this.lastPattern;
    }
    const pattern = this.patternOf(bytes, start, end);
    if (pattern !== ABSENT && end - start <= lastPrefix.length) {
      lastPrefix.set(bytes.subarray(start, end));
      this.lastLength = end - start;
      this.lastPattern = pattern;
    }
    return pattern;
  }

  private patternOf(bytes: Uint8Array, start: number, end: number): number {
    for (let at = start; at < end; at++) if (bytes[at] === SEAM) return ABSENT;
    return this.admit(bytes, start, end);
  }

  private admit(bytes: Uint8Array, start: number, end: number): number {
    if (this.patterns.size < MOST_PATTERNS) return this.patterns.addBytes(bytes, start, end);
    return this.patterns.findBytes(bytes, start, end);
  }

  /** A text with something behind its last digits, or with few of them. */
  private addAround(bytes: Uint8Array, start: number, end: number): number {
    let to = end;
    while (to > start && !isDigit(bytes[to - 1] ?? 0)) to--;
    let from = to;
    const least = Math.max(start, to - MOST_DIGITS);
    while (from > least && isDigit(bytes[from - 1] ?? 0)) from--;
    const pattern = to - from < LEAST_DIGITS ? ABSENT : this.patternAround(bytes, start, from, to, end);
    if (pattern === ABSENT) return FIRST_WHOLE - this.whole.addBytes(bytes, start, end);
    return pattern * SPAN + (FIRST_OF_LENGTH[to - from] ?? 0) + digitsOf(bytes, from, to);
  }

  private patternAround(bytes: Uint8Array, start: number, from: number, to: number, end: number): number {
    for (let at = start; at < end; at++) if (bytes[at] === SEAM) return ABSENT;
    const around = new Uint8Array(from - start + 1 + end - to);
    around.set(bytes.subarray(start, from));
    around[from - start] = SEAM;
    around.set(bytes.subarray(to, end), from - start + 1);
    return this.admit(around, 0, around.length);
  }
}

const encoder = new TextEncoder();

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

/** Whole numbers of up to six digits are summed as such: only the last step is one of doubles. */
function digitsOf(bytes: Uint8Array, start: number, end: number): number {
  const middle = Math.max(start, end - 6);
  let high = 0;
  for (let at = start; at < middle; at++) high = high * 10 + (bytes[at] ?? 0) - 0x30;
  let low = 0;
  for (let at = middle; at < end; at++) low = low * 10 + (bytes[at] ?? 0) - 0x30;
  return high * 1_000_000 + low;
}
