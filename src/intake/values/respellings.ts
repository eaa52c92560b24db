import { withoutUnseen } from './identifiers.ts';

/** Excel keeps so many digits of a number; LibreOffice rounds to as many. */
export const DIGITS_KEPT = 15;

/** Numbers that are known, and how they are looked up. */
export interface KnownNumbers {
  has(text: string): boolean;
  /** Lengths that they have, and maybe others. */
  readonly lengths: Iterable<number>;
  /** Whether any of them may hold another sign than letters and digits. */
  readonly mayBeOdd: boolean;
  /** All of them, for whoever must look for those that a spreadsheet would have made one. */
  all(): Iterable<string>;
}

/**
 * Finds the known number that another one most likely is: written with other zeros, signs, case or width, or with its
 * last digits rounded, as spreadsheets do.
 */
export class Respellings {
  private readonly known: KnownNumbers;
  private readonly lengths: readonly number[];
  private readonly found = new Map<string, readonly string[]>();
  private roundings: ReadonlyMap<string, readonly string[]> | undefined;
  private odd: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(known: KnownNumbers) {
    this.known = known;
    this.lengths = [...new Set(known.lengths)].sort((a, b) => a - b);
  }

  nearest(written: string): string | undefined {
    return this.meant(written)[0];
  }

  /** All known numbers that it may mean, the nearest first; of very many the first. */
  meant(written: string): readonly string[] {
    const known = this.found.get(written);
    if (known !== undefined) return known;
    const meant = new Set<string>();
    for (const candidate of this.candidates(written)) {
      if (candidate !== written && candidate !== '' && this.known.has(candidate)) meant.add(candidate);
      if (meant.size === MOST_MEANT) break;
    }
    const found = meant.size === 0 ? NONE : [...meant];
    if (this.found.size < MOST_REMEMBERED) this.found.set(written, found);
    return found;
  }

  private *candidates(written: string): Iterable<string> {
    const seen = withoutUnseen(written.normalize('NFKC')).trim();
    for (const form of new Set([seen.replace(FRACTION, ''), seen])) {
      const bare = form.replace(NO_LETTER_OR_DIGIT, '');
      yield bare;
      yield bare.toUpperCase();
      yield bare.toLowerCase();
      for (const digits of digitsOf(bare)) yield* this.numbersOf(digits);
    }
    this.odd ??= oddNumbers(this.known);
    yield* this.odd.get(plainForm(seen)) ?? NONE;
  }

  private *numbersOf(digits: string): Iterable<string> {
    yield digits;
    yield* this.withOtherZeros(digits);
    if (digits.length <= DIGITS_KEPT) return;
    yield* roundedForms(digits);
    // Numbers that a spreadsheet would keep as this one.
    this.roundings ??= roundingsOf(this.known.all());
    yield* this.roundings.get(digits) ?? NONE;
  }

  private *withOtherZeros(digits: string): Iterable<string> {
    const significant = digits.replace(/^0+(?=\d)/, '');
    yield significant;
    for (const length of this.lengths) if (length > significant.length) yield significant.padStart(length, '0');
  }
}

const NONE: readonly string[] = [];
const MOST_REMEMBERED = 1 << 16;
const MOST_MEANT = 100;

/** Signs, spaces, guards, quotes, what currencies are written by: all that is no letter and no digit, and the sign for long vowels. */
const NO_LETTER_OR_DIGIT = /[^\p{L}\p{N}]|\u30fc/gu;
/** What programs that reckon in fractions put behind a whole number. */
const FRACTION = /(?:\.0*|,0{0,2})$/;
/** So few digits among letters are no number. */
const LEAST_AMONG_LETTERS = 6;

/** What of a word is, or may be, the number: all of it, its digits among letters, letters that look like digits. */
function* digitsOf(bare: string): Iterable<string> {
  if (/^\d+$/.test(bare)) yield bare;
  const digits = bare.replace(/\D/g, '');
  if (digits.length >= LEAST_AMONG_LETTERS && digits !== bare) yield digits;
  const read = bare.replace(/[Oo]/g, '0').replace(/[Il]/g, '1');
  if (read !== bare && /^\d+$/.test(read)) yield read;
}

/** A number without zeros in front, or a word in small letters, without any sign. */
function plainForm(text: string): string {
  const bare = withoutUnseen(text.normalize('NFKC')).trim().replace(FRACTION, '').replace(NO_LETTER_OR_DIGIT, '');
  return bare.toLowerCase().replace(/^0+(?=\d+$)/, '');
}

/** Known numbers that have signs themselves, by their plain form: mostly there are none. */
function oddNumbers({ mayBeOdd, all }: KnownNumbers): ReadonlyMap<string, readonly string[]> {
  const odd = new Map<string, string[]>();
  if (mayBeOdd)
    for (const number of [...all()].filter((each) => !PLAIN.test(each)).sort()) put(odd, plainForm(number), number);
  return odd;
}

const PLAIN = /^[A-Za-z0-9]+$/;

/** What spreadsheets keep of a number of more digits than they can: cut off, or rounded up. */
function roundedForms(digits: string): readonly string[] {
  const [kept, zeros] = [digits.slice(0, DIGITS_KEPT), '0'.repeat(digits.length - DIGITS_KEPT)];
  const up = String(Number(kept) + 1).padStart(DIGITS_KEPT, '0');
  return up.length > DIGITS_KEPT ? [kept + zeros] : [kept + zeros, up + zeros];
}

/** By what a spreadsheet would have kept of them the numbers, those that it cuts off before those that it rounds up. */
function roundingsOf(numbers: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const [cutOff, roundedUp] = [new Map<string, string[]>(), new Map<string, string[]>()];
  // In their own order, whatever that of the files is.
  for (const number of [...numbers].filter(isLongNumber).sort()) {
    const [down, up] = roundedForms(number);
    put(cutOff, down as string, number);
    if (up !== undefined && (number[DIGITS_KEPT] as string) >= '5') put(roundedUp, up, number);
  }
  for (const [form, up] of roundedUp) cutOff.set(form, [...(cutOff.get(form) ?? []), ...up]);
  return cutOff;
}

const isLongNumber = (number: string): boolean => number.length > DIGITS_KEPT && /^\d+$/.test(number);

function put(forms: Map<string, string[]>, form: string, number: string): void {
  const numbers = forms.get(form);
  if (numbers === undefined) forms.set(form, [number]);
  else numbers.push(number);
}
