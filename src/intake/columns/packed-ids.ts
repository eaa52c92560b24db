import { ABSENT, type TextLookup } from '../../tables/tables.ts';
import { GrowingTextPool, type PackedTexts } from './text-pool.ts';

/** The bytes up to a text's last digit, among which digits become its number; any around them stay in its shape. */
const WINDOW = 12;
export const SPAN = 10 ** WINDOW;
/** As many shapes as leave every key exact in a double. */
const MOST_SHAPES = Math.floor(Number.MAX_SAFE_INTEGER / SPAN) - 1;
/**
 * Of those, shapes with digits before the window, or with anything behind it: addresses have thousands, and must not take
 * the place of the others.
 */
const MOST_OPEN_SHAPES = 1000;
/** Stands for a digit in a shape; a text that holds it is looked up whole. */
export const DIGIT = 0;
const FIRST_WHOLE = -2;
/** No text's key: keys of shapes begin above it. */
export const NO_KEY = 0;
/** Longer texts are not worth a shape. */
export const LONGEST = 48;
/** What a kernel that reads texts must know of them too, by its own names. */
export const SHARED_LIMITS = { LONGEST, SHAPE_WINDOW: WINDOW } as const;
/** Bytes that must stand before a text, whatever they are: it is read four at a time from its end. */
export const SLACK = WINDOW;

/** What all bytes of a text but its digits are, each class within the ones below it. */
export const LETTERS = 3;
/** Printable, and nothing that a spreadsheet makes of an identifier (identifiers.ts). */
export const IDENTIFIER = 2;
export const PRINTABLE = 1;
const ANY = 0;

/**
 * Texts as numbers: the same number if and only if the same text, and nothing hashed. Identifiers are mostly counters in
 * a fixed form, so a text is its shape (each late digit a placeholder) and the value of those digits; a text of a rare
 * shape is looked up whole in a pool and has a negative number. Eight bytes a text in a column, and none beside it.
 */
export class PackedIds implements TextLookup {
  /** The first shape is nobody's, so that no key is NO_KEY. */
  private readonly shapes = new GrowingTextPool();
  private readonly whole = new GrowingTextPool();
  private openShapes = 0;
  private scratch = new Uint8Array(1 << 8);
  private view = new DataView(this.scratch.buffer);
  /** The last shape of each length: most columns have one or two. */
  private readonly last: Shape[] = Array.from({ length: LONGEST + 1 }, () => NO_SHAPE);

  constructor() {
    this.shapes.add('');
  }

  add(text: string): number {
    if (SLACK + text.length * 3 > this.scratch.length) {
      this.scratch = new Uint8Array(SLACK + text.length * 6);
      this.view = new DataView(this.scratch.buffer);
    }
    const { written } = encoder.encodeInto(text, this.scratch.subarray(SLACK));
    return this.addBytes(this.scratch, this.view, SLACK, SLACK + written, ANY);
  }

  /**
   * The key of a text of UTF-8 bytes, or NO_KEY where its bytes are not all of the class (or of a narrower one).
   *
   * @param view of the same bytes; SLACK bytes must stand before `start`
   */
  addBytes(bytes: Uint8Array, view: DataView, start: number, end: number, wanted: number): number {
    const length = end - start;
    const shape = this.shapeOfLength(length);
    if (shape.length !== length || shape.kind < wanted || !isAround(shape, bytes, start))
      return this.addOther(bytes, start, end, wanted);
    const windowEnd = end - shape.after;
    const low = lowDigits(shape, view, windowEnd);
    const middle = windowEnd - start > 4 ? middleDigits(shape, view, windowEnd) : 0;
    const high = windowEnd - start > 8 ? highDigits(shape, view, windowEnd) : 0;
    if (low < 0 || middle < 0 || high < 0) return this.addOther(bytes, start, end, wanted);
    return shape.first + high * 100_000_000 + (middle * 10_000 + low);
  }

  /** The last shape of that length, or one of no length. */
  shapeOfLength(length: number): Shape {
    return this.last[length] ?? NO_SHAPE;
  }

  textOf(key: number): string {
    if (key < 0) return this.whole.textOf(FIRST_WHOLE - key);
    const number = Math.floor(key / SPAN);
    const shape = this.shapes.bytesOf(number);
    const text = shape.length <= WRITTEN.length ? WRITTEN : Buffer.alloc(shape.length);
    const windowEnd = windowEndOf(shape, 0, shape.length);
    let value = key - number * SPAN;
    let isAscii = true;
    for (let at = shape.length - 1; at >= 0; at--) {
      const byte = shape[at] as number;
      const inWindow = at < windowEnd && at >= windowEnd - WINDOW;
      text[at] = byte === DIGIT ? 0x30 + (value % 10) : byte;
      if (inWindow) value = Math.floor(value / 10);
      if (byte >= 0x80) isAscii = false;
    }
    return isAscii ? text.toString('latin1', 0, shape.length) : decoder.decode(text.subarray(0, shape.length));
  }

  /** The key of a text, whether a column holds it or not. */
  find(text: string): number {
    return this.add(text);
  }

  /** All shapes so far, for another thread that begins: so both give most of them the same numbers. */
  packShapes(): PackedTexts {
    return this.shapes.packFrom(0);
  }

  /** Begins with another thread's shapes. */
  beginWith(shapes: PackedTexts): void {
    eachText(shapes, (bytes, start, end) => this.admit(bytes, start, end));
  }

  /** Its texts that came since the last call, to be handed to another thread. */
  packNew(): PackedKeys {
    return { shapes: this.shapes.packNew(), whole: this.whole.packNew() };
  }

  /** Every shape, by its number: a text with DIGIT where its late digits stand. */
  *allShapes(): Generator<{ readonly number: number; readonly bytes: Uint8Array }, void, undefined> {
    for (let number = 1; number < this.shapes.size; number++) yield { number, bytes: this.shapes.bytesOf(number) };
  }

  /** Texts that have no shape, as far as they may matter: the first so many. */
  *wholeTexts(most: number): Generator<string, void, undefined> {
    for (let index = 0; index < Math.min(most, this.whole.size); index++) yield this.whole.textOf(index);
  }

  /** A text of another shape than the last of its length. */
  addOther(bytes: Uint8Array, start: number, end: number, wanted: number): number {
    const own = classOf(bytes, start, end);
    if (own < wanted) return NO_KEY;
    const shape = end - start > LONGEST ? undefined : shapeOf(bytes, start, end);
    const number = shape === undefined ? ABSENT : this.admit(shape, 0, shape.length);
    if (shape === undefined || number === ABSENT) return FIRST_WHOLE - this.whole.addBytes(bytes, start, end);
    this.last[shape.length] = new Shape(shape, number, own);
    return number * SPAN + digitsIn(bytes, start, shape);
  }

  /** A shape's number, or ABSENT where there are too many. */
  admit(shape: Uint8Array, start: number, end: number): number {
    const known = this.shapes.findBytes(shape, start, end);
    if (known !== ABSENT || this.shapes.size >= MOST_SHAPES) return known;
    const windowEnd = windowEndOf(shape, start, end);
    if (windowEnd < end || hasDigit(shape, start, windowEnd - WINDOW)) {
      if (this.openShapes >= MOST_OPEN_SHAPES) return ABSENT;
      this.openShapes++;
    }
    return this.shapes.addBytes(shape, start, end);
  }
}

export interface PackedKeys {
  readonly shapes: PackedTexts;
  readonly whole: PackedTexts;
}

function eachText({ bytes, ends }: PackedTexts, use: (bytes: Uint8Array, start: number, end: number) => void): void {
  for (let index = 0; index < ends.length; index++)
    use(bytes, index === 0 ? 0 : (ends[index - 1] as number), ends[index] as number);
}

/**
 * Another thread's keys in this one's. Shapes and whole texts are few next to rows: two tables are joined without
 * looking at a row's text again.
 */
export class KeyTranslation {
  private readonly own: PackedIds;
  /** The other's shapes, for texts whose shape has no number here. */
  private readonly other = new PackedIds();
  private readonly shapeNumbers: number[] = [];
  private readonly wholeKeys: number[] = [];
  /** Shapes below have the same number in both. */
  private sameBelow = 0;

  constructor(own: PackedIds) {
    this.own = own;
  }

  /** Takes what is new in the other thread's table. */
  take({ shapes, whole }: PackedKeys): void {
    eachText(shapes, (bytes, start, end) => {
      this.other.admit(bytes, start, end);
      const number = this.own.admit(bytes, start, end);
      if (number === this.sameBelow && number === this.shapeNumbers.length) this.sameBelow++;
      this.shapeNumbers.push(number);
    });
    eachText(whole, (bytes, start, end) => this.wholeKeys.push(this.own.addOther(bytes, start, end, ANY)));
  }

  translate(keys: Float64Array): void {
    if (this.sameBelow === this.shapeNumbers.length && this.wholeKeys.length === 0) return;
    const firstOther = this.sameBelow * SPAN;
    const shapeNumbers = this.shapeNumbers;
    const wholeKeys = this.wholeKeys;
    for (let row = 0; row < keys.length; row++) {
      const key = keys[row] as number;
      if (key < firstOther && key > FIRST_WHOLE) continue;
      if (key > 0) {
        const shape = Math.floor(key / SPAN);
        const number = shapeNumbers[shape] as number;
        keys[row] = number === ABSENT ? this.own.add(this.other.textOf(key)) : key + (number - shape) * SPAN;
      } else if (key <= FIRST_WHOLE) keys[row] = wholeKeys[FIRST_WHOLE - key] as number;
    }
  }
}

const WRITTEN = Buffer.alloc(LONGEST);
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A shape as its window is compared, in three words: which bytes are digits, and what the others must be. */
export class Shape {
  readonly length: number;
  /** Bytes behind the window. */
  readonly after: number;
  readonly bytes: Uint8Array;
  readonly first: number;
  readonly kind: number;
  readonly mask0: number;
  readonly mask1: number;
  readonly mask2: number;
  readonly fixed0: number;
  readonly fixed1: number;
  readonly fixed2: number;
  readonly care0: number;
  readonly care1: number;
  readonly care2: number;

  constructor(bytes: Uint8Array, number: number, kind: number) {
    const windowEnd = windowEndOf(bytes, 0, bytes.length);
    this.length = bytes.length;
    this.after = bytes.length - windowEnd;
    this.bytes = bytes;
    this.first = number * SPAN;
    this.kind = kind;
    [this.mask0, this.fixed0, this.care0] = wordOf(bytes, windowEnd - 12);
    [this.mask1, this.fixed1, this.care1] = wordOf(bytes, windowEnd - 8);
    [this.mask2, this.fixed2, this.care2] = wordOf(bytes, windowEnd - 4);
  }
}

/** Whether bytes are a shape's before and behind its window. */
function isAround({ length, after, bytes: wanted }: Shape, bytes: Uint8Array, start: number): boolean {
  for (let at = 0; at < length - after - WINDOW; at++) if (bytes[start + at] !== wanted[at]) return false;
  for (let at = length - after; at < length; at++) if (bytes[start + at] !== wanted[at]) return false;
  return true;
}

/** The digits among the window's last four bytes, the four before them, and those; negative where they are not of the shape. */
const lowDigits = ({ mask2, fixed2, care2 }: Shape, view: DataView, end: number): number =>
  fourDigits(view.getInt32(end - 4, true), mask2, fixed2, care2);
const middleDigits = ({ mask1, fixed1, care1 }: Shape, view: DataView, end: number): number =>
  fourDigits(view.getInt32(end - 8, true), mask1, fixed1, care1);
const highDigits = ({ mask0, fixed0, care0 }: Shape, view: DataView, end: number): number =>
  fourDigits(view.getInt32(end - 12, true), mask0, fixed0, care0);

/** Of the four bytes from `at`: those that are digits, what the others are, and which are others at all. */
function wordOf(shape: Uint8Array, at: number): readonly [mask: number, fixed: number, care: number] {
  let [mask, fixed, care] = [0, 0, 0];
  for (let place = 0; place < 4; place++) {
    const byte = shape[at + place];
    if (byte === undefined) continue;
    if (byte === DIGIT) mask |= 0xff << (place * 8);
    else {
      fixed |= byte << (place * 8);
      care |= 0xff << (place * 8);
    }
  }
  return [mask, fixed, care];
}

const NO_SHAPE = new Shape(new Uint8Array(0), 0, -1);

const ZEROS = 0x30303030;

/** The value of four bytes of which some are digits and the rest must be as they are; negative where they are not. */
function fourDigits(word: number, mask: number, fixed: number, care: number): number {
  if ((word & care) !== fixed) return -1;
  const digits = (word ^ ZEROS) & mask;
  if (((digits | (digits + 0x76767676)) & 0x80808080) !== 0) return -1;
  const pairs = (Math.imul(digits, 10) + (digits >>> 8)) & 0x00ff00ff;
  return (pairs & 0xff) * 100 + (pairs >>> 16);
}

export const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const hasDigit = (bytes: Uint8Array, start: number, end: number): boolean => {
  for (let at = start; at < end; at++) if (isDigit(bytes[at] as number)) return true;
  return false;
};
const isLetter = (byte: number): boolean => (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
/** ASCII that needs no NFKC and no trimming, and can be no separator or quote. */
const isPrintable = (byte: number): boolean => byte > 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x2c;

function classOf(bytes: Uint8Array, start: number, end: number): number {
  let narrowest = LETTERS;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (isDigit(byte) || isLetter(byte)) continue;
    if (!isPrintable(byte)) return ANY;
    narrowest = IDENTIFIER;
  }
  return narrowest === IDENTIFIER && isOfSpreadsheet(bytes, start, end) ? PRINTABLE : narrowest;
}

const SPREADSHEET_STARTS = new Set(["'", '=', '#'].map((character) => character.charCodeAt(0)));
const [PLUS, HYPHEN] = [0x2b, 0x2d];
/** `1-Dec`, `Dec-31` */
const [SHORTEST_DATE, LONGEST_DATE] = [5, 6];
const [LOWER_E, UPPER_E] = ['e', 'E'].map((character) => character.charCodeAt(0));

/**
 * Whether it begins as a guard, a formula or an error does, or may be a number with an exponent, or a day or month with its
 * English name: the same of all texts of a shape.
 */
function isOfSpreadsheet(bytes: Uint8Array, start: number, end: number): boolean {
  if (SPREADSHEET_STARTS.has(bytes[start] as number)) return true;
  const length = end - start;
  const mayBeDate = length >= SHORTEST_DATE && length <= LONGEST_DATE;
  if (mayBeDate && (bytes[start + 3] === HYPHEN || bytes[end - 4] === HYPHEN)) return true;
  if (!isDigit(bytes[start] as number)) return false;
  for (let at = start + 1; at < end - 1; at++) {
    const byte = bytes[at] as number;
    if ((byte === LOWER_E || byte === UPPER_E) && bytes[at + 1] === PLUS) return true;
  }
  return false;
}

/** Undefined where it cannot be told from another's, or a word alone would only fill the list of shapes. */
function shapeOf(bytes: Uint8Array, start: number, end: number): Uint8Array | undefined {
  let windowEnd = end;
  while (windowEnd > start && !isDigit(bytes[windowEnd - 1] as number)) windowEnd--;
  const shape = new Uint8Array(bytes.subarray(start, end));
  if (windowEnd === start || shape.includes(DIGIT)) return undefined;
  for (let at = Math.max(0, windowEnd - start - WINDOW); at < windowEnd - start; at++)
    if (isDigit(shape[at] as number)) shape[at] = DIGIT;
  return shape;
}

/** Behind a shape's last digit, which ends its window. */
function windowEndOf(shape: Uint8Array, start: number, end: number): number {
  let windowEnd = end;
  while (windowEnd > start && shape[windowEnd - 1] !== DIGIT) windowEnd--;
  return windowEnd;
}

/** The window's digits as a number; any other byte counts as a 0. */
function digitsIn(bytes: Uint8Array, start: number, shape: Uint8Array): number {
  const windowEnd = windowEndOf(shape, 0, shape.length);
  let value = 0;
  for (let at = Math.max(0, windowEnd - WINDOW); at < windowEnd; at++)
    value = value * 10 + (shape[at] === DIGIT ? (bytes[start + at] as number) - 0x30 : 0);
  return value;
}
