import { hasDisguisedDigit, normalised } from './identifiers.ts';
import type { Read, ValueProblem } from './read-value.ts';

const problem = (code: ValueProblem): { readonly problem: ValueProblem } => ({ problem: code });

const AMOUNT = /^(?:[¥\\](\d+|\d{1,3}(?:,\d{3})+)|(\d+|\d{1,3}(?:,\d{3})+)円?)$/;
/** Sums over 10^3 files of 10^6 such rows would still be far from a person's coupon; beyond it, a typing error. */
const LARGEST_AMOUNT = 1e12;

/** Whole yen ≥ 0. `\` is how Windows-31J writes the yen sign. */
export function readAmount(raw: string): Read<number> {
  if (/^\d{1,9}$/.test(raw)) return { value: Number(raw) };
  if (hasDisguisedDigit(raw)) return problem('BAD_AMOUNT');
  const parts = AMOUNT.exec(normalised(raw));
  const digits = parts?.[1] ?? parts?.[2];
  if (digits === undefined) return problem('BAD_AMOUNT');
  const amount = Number(digits.replaceAll(',', ''));
  return amount > LARGEST_AMOUNT ? problem('AMOUNT_TOO_LARGE') : { value: amount };
}

/** Contact and bank fields are not judged here: NFKC and trim, but a circled digit stays what it is. */
export const readUnjudged = (raw: string): string => (hasDisguisedDigit(raw) ? raw.trim() : normalised(raw));
