import { DIGITS_KEPT } from '../values/respellings.ts';
import { DIGIT, type PackedIds, SPAN } from './packed-ids.ts';

/** What a number, or a word and a number in letters of one case, has in common with its other spellings. */
export type Canonical = number | string;

/**
 * `000501`, `501`; what programs that reckon in fractions, or group digits, make of it: `501.0`, `1,501`; and what people put
 * around it: `501.`, `’501`, `¥501`, `No.501`, `501円`.
 */
const NUMBER = /^(?:No\.? ?|[¥\\#"'‘’“”`+])?(\d{1,3}(?:,\d{3})+|\d+)(?:\.0*|,0{0,2})?["”;]?$/i;

/** The digits of a number, however it is written; undefined of anything else, and of zeros alone, which stand for no number. */
function digitsIn(text: string): string | undefined {
  const digits = NUMBER.exec(text)?.[1]?.replaceAll(',', '').replace(/^0+/, '');
  return digits === '' ? undefined : digits;
}
/** Above, whole numbers are not exact in a double. */
const MOST_EXACT_DIGITS = 15;

export const isNumber = (canonical: Canonical): boolean => typeof canonical === 'number' || /^\d+$/.test(canonical);

const decoder = new TextDecoder();
/** In the place of any digit of a shape. */
const A_DIGIT = 0x31;

/** Undefined where a text has no other spelling that a spreadsheet, or somebody who types, would give it. */
export function canonicalOf(text: string): Canonical | undefined {
  const digits = digitsIn(text);
  if (digits !== undefined) return digits.length <= MOST_EXACT_DIGITS ? Number(digits) : digits;
  return isOfOneCase(text) ? text.toLowerCase().replace(DASHES, '-') : undefined;
}

/** Hyphens and dashes of all lengths, and the sign that makes vowels long. */
const DASHES = /[\u2010-\u2015\u2212\u30fc]/g;

/** Identifiers that count on their case are full of both. */
const isOfOneCase = (text: string): boolean =>
  /[A-Za-z]/.test(text) && (text === text.toLowerCase() || text === text.toUpperCase());

/** Whether the number may be one of which a spreadsheet kept no more digits than it can. */
export const looksRounded = (text: string): boolean => isLongNumber(text) && /^0+$/.test(text.slice(DIGITS_KEPT));

export const isLongNumber = (text: string): boolean => text.length > DIGITS_KEPT && /^\d+$/.test(text);

/** Texts that may be spellings of one another: numbers, or words that differ in case alone. */
export const NUMBERS = 1;
const FIRST_WORDS = 2;
const NOBODYS = 0;
/** Stands for the shape of texts that have none. */
const WHOLE = 0;

/**
 * The shapes of a column\u2019s texts, put together by what their texts may be spellings of. Exports write all of a column
 * alike, and then no two shapes belong together and no row needs to be looked at.
 */
export class SpellingClasses {
  /** By shape. */
  private readonly classes: Int32Array;
  private readonly lengths: Int32Array;
  private readonly texts: PackedIds;
  readonly count: number;

  constructor(texts: PackedIds) {
    this.texts = texts;
    const shapes = [...texts.allShapes()];
    this.classes = new Int32Array(shapes.length + 1);
    this.lengths = new Int32Array(shapes.length + 1);
    const words = new Map<string, number>();
    for (const { number, bytes } of shapes) {
      const pattern = decoder.decode(bytes.map((byte) => (byte === DIGIT ? A_DIGIT : byte)));
      this.lengths[number] = bytes.every((byte) => byte === DIGIT) ? bytes.length : 0;
      if (NUMBER.test(pattern.replace(/([.,])1+$/, '$10')) || NUMBER.test(pattern)) this.classes[number] = NUMBERS;
      else if (isOfOneCase(pattern)) {
        const word = pattern.toLowerCase().replace(DASHES, '-');
        const known = words.get(word) ?? FIRST_WORDS + words.size;
        words.set(word, known);
        this.classes[number] = known;
      }
    }
    if ([...texts.wholeTexts(MOST_LOOKED_AT)].some((text) => /^\d+$/.test(text))) this.classes[WHOLE] = NUMBERS;
    this.count = FIRST_WORDS + words.size;
    this.leaveOutLone();
  }

  /** Whether any two texts may be spellings of one another. */
  get any(): boolean {
    return this.classes.some((each) => each !== NOBODYS);
  }

  shapeOf(key: number): number {
    return key > 0 ? Math.floor(key / SPAN) : WHOLE;
  }

  /** Below `count`; 0 where its texts have no other spelling here. */
  classOf(shape: number): number {
    return this.classes[shape] ?? NOBODYS;
  }

  get shapes(): number {
    return this.classes.length;
  }

  canonical(key: number): Canonical | undefined {
    const shape = this.shapeOf(key);
    // All digits of a short number are its key\u2019s.
    if ((this.lengths[shape] ?? 0) === 0) return canonicalOf(this.texts.textOf(key));
    return key - shape * SPAN || undefined;
  }

  /** Whether a number is written as none is that has only been counted: with zeros in front, or behind a point. */
  isPadded(key: number): boolean {
    const shape = this.shapeOf(key);
    const length = this.lengths[shape] ?? 0;
    if (length > 0) return length > 1 && key - shape * SPAN < 10 ** (length - 1);
    return /^0\d|[^\d]/.test(this.texts.textOf(key));
  }

  /** A shape that is the only one of its class: its texts differ in more than their spelling. */
  private leaveOutLone(): void {
    const members = new Int32Array(this.count);
    for (const each of this.classes) members[each] = (members[each] as number) + 1;
    // Texts without a shape may be of several lengths among themselves.
    if (this.classes[WHOLE] === NUMBERS) members[NUMBERS] = 2;
    this.classes.forEach((each, shape) => {
      if (members[each] === 1) this.classes[shape] = NOBODYS;
    });
  }
}

const MOST_LOOKED_AT = 1000;
