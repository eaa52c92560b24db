import { guardOf, withoutGuard, withoutUnseen } from './identifiers.ts';

/** Excel keeps so many digits of a number; LibreOffice rounds to as many. */
export const DIGITS_KEPT = 15;

/** Numbers that are known, and how they are looked up. */
export interface KnownNumbers {
  has(text: string): boolean;
  /** Lengths that they have, and maybe others. */
  readonly lengths: Iterable<number>;
  /** All of them, for whoever must look for those that a spreadsheet would have made one. */
  all(): Iterable<string>;
}

/**
 * Finds the known number that another one most likely is: written with other zeros, a guard, case or width, or with its
 * last digits rounded, as spreadsheets do.
 */
export class Respellings {
  private readonly known: KnownNumbers;
  private readonly lengths: readonly number[];
  private readonly found = new Map<string, readonly string[]>();
  private roundings: ReadonlyMap<string, readonly string[]> | undefined;

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
    const bare = bareOf(written);
    yield bare;
    yield bare.toUpperCase();
    yield bare.toLowerCase();
    const digits = /^(\d+)(?:\.0+)?$/.exec(bare)?.[1];
    if (digits === undefined) return;
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

/** Without all that is no letter and no digit of it. */
function bareOf(written: string): string {
  const seen = withoutUnseen(written.normalize('NFKC')).trim();
  return withoutGuard(seen, guardOf(seen)).replace(/["',\s_\-\u30fc\u2010-\u2015\u2212]/g, '');
}

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
