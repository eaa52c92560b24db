import type { Read, ValueProblem } from './read-value.ts';

/**
 * Identifiers as people's files hold them: what is not one must never be taken for one, because two that look alike, or
 * that a spreadsheet made alike, would be one coupon, one account, one payment.
 */

const PLAIN_ASCII = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
/** Anything but the full-width digits that NFKC would silently turn into a digit: ①, ², ⑴, 🄁. */
const DIGIT_LOOKALIKE = /[^\uff10-\uff19\x30-\x39]/gu;

/** NFKC and trim; plain ASCII, nearly every value, is left alone. */
export const normalised = (raw: string): string =>
  raw === '' || PLAIN_ASCII.test(raw) ? raw : raw.normalize('NFKC').trim();

/**
 * Signs of JIS X 0208 that Windows-31J and other tables give different code points (Unicode's mapping tables CP932.TXT and
 * SHIFTJIS.TXT): of one shop's name the log of one system and the report of another hold both. After NFKC, which has made
 * the full-width ones of Windows-31J ASCII.
 */
const OF_OTHER_TABLES: Readonly<Record<string, string>> = {
  '\u2212': '-',
  '\u301c': '~',
  '\u2014': '\u2015',
  '\u2016': '\u2225',
};
const fromOneTable = (value: string): string =>
  value.replace(/[\u2212\u301c\u2014\u2016]/g, (sign) => OF_OTHER_TABLES[sign] ?? sign);

export function hasDisguisedDigit(raw: string): boolean {
  if (raw === '' || PLAIN_ASCII.test(raw)) return false;
  for (const character of raw.match(DIGIT_LOOKALIKE) ?? []) {
    if (character > '\x7f' && /\d/.test(character.normalize('NFKC'))) return true;
  }
  return false;
}

/**
 * Characters that nobody sees: Unicode's Cc and Cf, line and paragraph separators, whatever a program may leave out when
 * it draws a text (Default_Ignorable_Code_Point, variation selectors among them), and the empty braille cell.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;
/** What is trimmed, and is no blank that nobody sees: U+FEFF, which platforms trim too, stands for no space. */
const SPACE_AROUND = /^(?:(?!\ufeff)\s)+|(?:(?!\ufeff)\s)+$/gu;

/** The first character that nobody sees, space around the value aside: `U+200B`. Undefined where there is none. */
export function unseenCharacter(raw: string): string | undefined {
  if (PLAIN_ASCII.test(raw)) return undefined;
  const found = UNSEEN.exec(raw.replace(SPACE_AROUND, ''))?.[0];
  if (found === undefined) return undefined;
  return `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The value without all that nobody sees. */
export const withoutUnseen = (raw: string): string => raw.replace(new RegExp(UNSEEN.source, 'gu'), '');

// ----- What spreadsheets do -------------------------------------------------------------------------------------------

/** How a column keeps a spreadsheet from taking its numbers for numbers: a leading apostrophe, or a formula of one text. */
export const GUARDS = ['none', 'apostrophe', 'formula'] as const;
export type Guard = (typeof GUARDS)[number];

const APOSTROPHE = /^\s*['\uff07]/;
const FORMULA = /^\s*="([^"]*)"\s*$/;

/** The guard that a written value has. */
export function guardOf(raw: string): Guard {
  if (APOSTROPHE.test(raw)) return 'apostrophe';
  return FORMULA.test(raw) ? 'formula' : 'none';
}

/** A value without its guard. */
export function withoutGuard(raw: string, guard: Guard): string {
  if (guard === 'apostrophe') return raw.replace(APOSTROPHE, '');
  return guard === 'formula' ? (FORMULA.exec(raw)?.[1] ?? raw) : raw;
}

/** What begins as a formula or a guard does, or is no value but a spreadsheet's word for an error. */
const SPREADSHEET_START = /^[='#]/;
const SPREADSHEET_ERROR = /^(?:#+|#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!))$/;
/** What spreadsheets show of 12-1 and 1/2, which they take for dates: in Japanese, and in English. */
const MONTHS = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';
const SPREADSHEET_DATE = new RegExp(`^(?:\\d{1,2}月\\d{1,2}日|\\d{1,2}-(?:${MONTHS})|(?:${MONTHS})[- ]\\d{1,2})$`, 'i');
const EXPONENT = /^\d(?:[.,]\d+)?E\+\d+$/i;

/** What a spreadsheet made of an identifier, as far as the value alone tells. */
function spreadsheetProblem(value: string): ValueProblem | undefined {
  if (EXPONENT.test(value)) return 'EXCEL_NUMBER';
  if (SPREADSHEET_DATE.test(value)) return 'SPREADSHEET_DATE';
  if (!SPREADSHEET_START.test(value)) return undefined;
  if (SPREADSHEET_ERROR.test(value)) return 'SPREADSHEET_ERROR';
  return value.startsWith('#') ? undefined : 'SPREADSHEET_GUARD';
}

// ----- Reading ----------------------------------------------------------------------------------------------------------

/** An identifier without its guard: NFKC, trimmed, opaque. Empty where absent. */
export function readIdentifier(raw: string): Read<string> {
  if (raw === '') return { value: raw };
  const unseen = unseenCharacter(raw);
  if (unseen !== undefined) return { problem: 'INVISIBLE_CHARACTER', detail: unseen };
  if (hasDisguisedDigit(raw)) return { problem: 'CIRCLED_DIGIT' };
  const value = PLAIN_ASCII.test(raw) ? raw : fromOneTable(normalised(raw));
  const spoiled = spreadsheetProblem(value);
  if (spoiled !== undefined) return { problem: spoiled };
  return value.includes('"') ? { problem: 'STRAY_QUOTE' } : { value };
}

const HYPHENS_AND_SPACES = /[-\u2010-\u2015\u2212\s]/g;

/** A coupon number: an identifier without its hyphens and spaces; leading zeros stay. */
export function readCouponNumber(raw: string): Read<string> {
  if (/^\d+$/.test(raw)) return { value: raw };
  const identifier = readIdentifier(raw);
  return 'problem' in identifier ? identifier : { value: identifier.value.replace(HYPHENS_AND_SPACES, '') };
}

/**
 * The coupon that a number which cannot be read most likely means: so that a row which is set aside still holds somebody,
 * and nobody is paid for what it says. Empty where it means none.
 */
export function likelyCouponNumber(raw: string): string {
  const seen = withoutUnseen(raw);
  const value = withoutGuard(seen, guardOf(seen)).normalize('NFKC').replace(/["'=]/g, '');
  return EXPONENT.test(value.trim()) ? '' : value.replace(HYPHENS_AND_SPACES, '');
}

/** The same of any identifier: whose row it most likely is. */
export function likelyIdentifier(raw: string): string {
  const seen = withoutUnseen(raw);
  const value = withoutGuard(seen, guardOf(seen)).replace(/["'=]/g, '');
  const read = readIdentifier(value);
  return 'value' in read ? read.value : '';
}
