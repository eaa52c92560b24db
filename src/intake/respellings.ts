import { guardOf, withoutGuard, withoutUnseen } from './identifiers.ts';

/** Excel keeps so many digits of a number; LibreOffice rounds to as many. */
export const DIGITS_KEPT = 15;
/** Beyond it a rounded number may be one of too many. */
const MOST_DIGITS = 18;

/**
 * Finds the known number that another one most likely is: written with other zeros, a guard, case or width, or with its
 * last digits rounded, as spreadsheets do.
 */
export class Respellings {
  private readonly isKnown: (text: string) => boolean;
  private readonly lengths: readonly number[];
  private readonly found = new Map<string, string | undefined>();

  /** @param lengths that known numbers have, and maybe others */
  constructor(isKnown: (text: string) => boolean, lengths: Iterable<number>) {
    this.isKnown = isKnown;
    this.lengths = [...new Set(lengths)].sort((a, b) => a - b);
  }

  nearest(written: string): string | undefined {
    if (this.found.has(written)) return this.found.get(written);
    let nearest: string | undefined;
    for (const candidate of this.candidates(written)) {
      if (candidate === written || candidate === '' || !this.isKnown(candidate)) continue;
      nearest = candidate;
      break;
    }
    if (this.found.size < MOST_REMEMBERED) this.found.set(written, nearest);
    return nearest;
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
    if (digits.length > DIGITS_KEPT && digits.length <= MOST_DIGITS) yield* roundedAlike(digits);
  }

  private *withOtherZeros(digits: string): Iterable<string> {
    const significant = digits.replace(/^0+(?=\d)/, '');
    yield significant;
    for (const length of this.lengths) if (length > significant.length) yield significant.padStart(length, '0');
  }
}

const MOST_REMEMBERED = 1 << 16;

/** Without all that is no letter and no digit of it. */
function bareOf(written: string): string {
  const seen = withoutUnseen(written.normalize('NFKC')).trim();
  return withoutGuard(seen, guardOf(seen)).replace(/["',\s_\-\u30fc\u2010-\u2015\u2212]/g, '');
}

/** Numbers that a spreadsheet would keep as this one, and what it would keep of this one; the nearest first. */
function* roundedAlike(digits: string): Iterable<string> {
  const unit = 10n ** BigInt(digits.length - DIGITS_KEPT);
  const value = BigInt(digits);
  const written = (number: bigint): string => number.toString().padStart(digits.length, '0');
  if (value % unit !== 0n) {
    yield written(value - (value % unit));
    yield written(value - (value % unit) + unit);
    return;
  }
  for (let step = 1n; step < unit; step++) {
    yield written(value + step);
    if (value >= step) yield written(value - step);
  }
}
