import { type CalendarDate, existingDate, type Instant, MINUTE, SECOND, startOfDay } from '../policy/instants.ts';

/** Why a value cannot be read; the words are in reject-codes.ts. */
export type ValueProblem =
  | 'MISSING_VALUE'
  | 'CIRCLED_DIGIT'
  | 'STRAY_QUOTE'
  | 'EXCEL_NUMBER'
  | 'BAD_AMOUNT'
  | 'ZERO_AMOUNT'
  | 'AMOUNT_TOO_LARGE'
  | 'BAD_INSTANT'
  | 'BAD_DATE'
  | 'NO_SUCH_DATE'
  | 'BAD_VALUE'
  | 'BAD_PREFECTURE';

/** A value, or why there is none. Never thrown. */
export type Read<T> = { readonly value: T } | { readonly problem: ValueProblem };
const problem = (code: ValueProblem): { readonly problem: ValueProblem } => ({ problem: code });

const PLAIN_ASCII = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
/** Anything but the full-width digits that NFKC would silently turn into a digit: ①, ², ⑴, 🄁. */
const DIGIT_LOOKALIKE = /[^\uff10-\uff19\x30-\x39]/gu;

/** NFKC and trim; plain ASCII, nearly every value, is left alone. */
export const normalised = (raw: string): string =>
  raw === '' || PLAIN_ASCII.test(raw) ? raw : raw.normalize('NFKC').trim();

function hasDisguisedDigit(raw: string): boolean {
  if (raw === '' || PLAIN_ASCII.test(raw)) return false;
  for (const character of raw.match(DIGIT_LOOKALIKE) ?? []) {
    if (character > '\x7f' && /\d/.test(character.normalize('NFKC'))) return true;
  }
  return false;
}

/** An identifier: NFKC, trimmed, opaque. Empty where absent. */
export function readIdentifier(raw: string): Read<string> {
  if (raw === '' || (PLAIN_ASCII.test(raw) && !raw.includes('"'))) return { value: raw };
  if (hasDisguisedDigit(raw)) return problem('CIRCLED_DIGIT');
  const value = normalised(raw);
  return value.includes('"') ? problem('STRAY_QUOTE') : { value };
}

const EXCEL_NUMBER = /^\d(?:\.\d+)?E\+\d+$/i;
const HYPHENS_AND_SPACES = /[-\u2010-\u2015\u2212\s]/g;

/** A coupon number: an identifier without its hyphens and spaces; leading zeros stay. */
export function readCouponNumber(raw: string): Read<string> {
  if (/^\d+$/.test(raw)) return { value: raw };
  const identifier = readIdentifier(raw);
  if ('problem' in identifier) return identifier;
  if (EXCEL_NUMBER.test(identifier.value)) return problem('EXCEL_NUMBER');
  return { value: identifier.value.replace(HYPHENS_AND_SPACES, '') };
}

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

const DATE_PART = '(?:(\\d{4})([-/])(\\d{1,2})\\2(\\d{1,2})|(令和)?(元|\\d{1,4})年(\\d{1,2})月(\\d{1,2})日)';
const TIME_PART = '(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?';
const DATE_ONLY = new RegExp(`^${DATE_PART}$`);
const INSTANT = new RegExp(`^${DATE_PART}(?:[Tt]|\\s+)${TIME_PART}\\s?([Zz]|[+-]\\d{2}(?::?\\d{2})?)?$`);
const REIWA_FIRST_YEAR = 2019;
const REIWA_FROM = existingDate(REIWA_FIRST_YEAR, 5, 1) ?? 0;

/** The date in groups 1 to 8 of a match. ISO dates need two digits a part; only slashes allow one. */
function dateFrom(parts: RegExpExecArray): CalendarDate | undefined | 'malformed' {
  if (parts[1] !== undefined) {
    const [month, day] = [parts[3] ?? '', parts[4] ?? ''];
    if (parts[2] === '-' && (month.length !== 2 || day.length !== 2)) return 'malformed';
    return existingDate(Number(parts[1]), Number(month), Number(day));
  }
  const year = parts[6] === '元' ? 1 : Number(parts[6]);
  const [month, day] = [Number(parts[7]), Number(parts[8])];
  if (parts[5] === undefined) return parts[6]?.length === 4 ? existingDate(year, month, day) : 'malformed';
  if (year < 1) return undefined;
  const date = existingDate(REIWA_FIRST_YEAR - 1 + year, month, day);
  return date === undefined || date < REIWA_FROM ? undefined : date;
}

/** Microseconds since midnight, or undefined where the clock has no such time. Groups 9 to 12. */
function timeFrom(parts: RegExpExecArray): number | undefined {
  const [hour, minute, second] = [Number(parts[9]), Number(parts[10]), Number(parts[11] ?? '0')];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const fraction = Number((parts[12] ?? '').padEnd(6, '0').slice(0, 6));
  return (hour * 60 + minute) * MINUTE + second * SECOND + fraction;
}

const JAPAN_OFFSET_MINUTES = 540;

function offsetMinutes(offset: string | undefined): number | undefined {
  if (offset === undefined) return JAPAN_OFFSET_MINUTES;
  if (offset === 'Z' || offset === 'z') return 0;
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(3).replace(':', '') || '0')];
  if (hours > 23 || minutes > 59) return undefined;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** An instant in any form of 2-data.md; without an offset it is Japan Standard Time. */
export function readInstant(raw: string): Read<Instant> {
  const plain = readPlainInstant(raw);
  if (plain !== undefined) return { value: plain };
  if (hasDisguisedDigit(raw)) return problem('BAD_INSTANT');
  const parts = INSTANT.exec(normalised(raw));
  if (parts === null) return problem('BAD_INSTANT');
  const date = dateFrom(parts);
  if (date === 'malformed') return problem('BAD_INSTANT');
  if (date === undefined) return problem('NO_SUCH_DATE');
  const [time, offset] = [timeFrom(parts), offsetMinutes(parts[13])];
  if (time === undefined || offset === undefined) return problem('BAD_INSTANT');
  return { value: startOfDay(date) + time + (JAPAN_OFFSET_MINUTES - offset) * MINUTE };
}

const digitAt = (raw: string, at: number): number => raw.charCodeAt(at) - 48;
const pairAt = (raw: string, at: number): number => {
  const [tens, ones] = [digitAt(raw, at), digitAt(raw, at + 1)];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
};

/** The form that exports use, without a regular expression: `2023-02-24T17:45:03+09:00`. Else undefined. */
function readPlainInstant(raw: string): Instant | undefined {
  if (raw.length !== 25 || !raw.endsWith('+09:00') || raw[10] !== 'T') return undefined;
  if (raw[4] !== '-' || raw[7] !== '-' || raw[13] !== ':' || raw[16] !== ':') return undefined;
  const date = existingDate(pairAt(raw, 0) * 100 + pairAt(raw, 2), pairAt(raw, 5), pairAt(raw, 8));
  const [hour, minute, second] = [pairAt(raw, 11), pairAt(raw, 14), pairAt(raw, 17)];
  if (date === undefined || !(hour <= 23 && minute <= 59 && second <= 59)) return undefined;
  const instant = startOfDay(date) + (hour * 60 + minute) * MINUTE + second * SECOND;
  return Number.isNaN(instant) ? undefined : instant;
}

/** `2031-01-31` or `2031/01/31` without a regular expression; else undefined. */
export function readPlainDate(raw: string): CalendarDate | undefined {
  if (raw.length !== 10 || (raw[4] !== '-' && raw[4] !== '/') || raw[7] !== raw[4]) return undefined;
  const date = existingDate(pairAt(raw, 0) * 100 + pairAt(raw, 2), pairAt(raw, 5), pairAt(raw, 8));
  return Number.isNaN(date) ? undefined : date;
}

/** A date; one given with a time keeps its date, as it is written. */
export function readDate(raw: string): Read<CalendarDate> {
  const plain = readPlainDate(raw);
  if (plain !== undefined) return { value: plain };
  if (hasDisguisedDigit(raw)) return problem('BAD_DATE');
  const value = normalised(raw);
  const parts = DATE_ONLY.exec(value) ?? INSTANT.exec(value);
  if (parts === null) return problem('BAD_DATE');
  const date = dateFrom(parts);
  if (date === 'malformed') return problem('BAD_DATE');
  if (date === undefined) return problem('NO_SUCH_DATE');
  if (parts[9] !== undefined && (timeFrom(parts) === undefined || offsetMinutes(parts[13]) === undefined))
    return problem('BAD_DATE');
  return { value: date };
}

/** Contact and bank fields are not judged here: NFKC and trim, but a circled digit stays what it is. */
export const readUnjudged = (raw: string): string => (hasDisguisedDigit(raw) ? raw.trim() : normalised(raw));
