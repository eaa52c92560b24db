/** How a cell shows its number, as far as that says what the number is. */
export type NumberForm =
  | { readonly what: 'number' }
  /** Shown with zeros in front, up to so many digits. */
  | { readonly what: 'digits'; readonly count: number }
  | { readonly what: 'date'; readonly hasClock: boolean };

export const PLAIN: NumberForm = { what: 'number' };

/** Formats that have a number and no text of their own, in Japanese Excel: of dates, and of dates or times with a clock. */
const DATES: readonly (readonly [from: number, to: number])[] = [
  [14, 17],
  [27, 31],
  [34, 36],
  [50, 58],
];
const CLOCKS: readonly (readonly [from: number, to: number])[] = [
  [18, 22],
  [32, 33],
  [45, 47],
];
const isAmong = (ranges: typeof DATES, id: number): boolean => ranges.some(([from, to]) => id >= from && id <= to);

/** By a format's number, and its text where it has one of its own. */
export function numberFormOf(id: number, code: string | undefined): NumberForm {
  if (code !== undefined) return formOfCode(code);
  if (isAmong(CLOCKS, id)) return { what: 'date', hasClock: true };
  return isAmong(DATES, id) ? { what: 'date', hasClock: false } : PLAIN;
}

/** What is only shown: quoted, escaped, as wide as a sign, repeated; and conditions, colours and locales, but for `[h]`. */
const SHOWN = /"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi;

function formOfCode(code: string): NumberForm {
  const [first = ''] = code.replace(SHOWN, '').split(';');
  if (/^0{2,}$/.test(first)) return { what: 'digits', count: first.length };
  const letters = first.replace(/general|e[+-]/gi, '').replace(/am\/pm|a\/p/gi, 'h');
  if (!/[ymdhsge]/i.test(letters)) return PLAIN;
  return { what: 'date', hasClock: /[hs]/i.test(letters) };
}

/**
 * A number as text: of a whole number all digits, however many, as they are written.
 *
 * @param written as the sheet has it
 */
export function numberText(written: string, form: NumberForm, is1904: boolean): string {
  if (form.what === 'date') return dateText(Number(written), form.hasClock, is1904) ?? decimalText(written);
  const text = decimalText(written);
  return form.what === 'digits' && /^\d+$/.test(text) ? text.padStart(form.count, '0') : text;
}

/** Excel writes 0.1 as 0.10000000000000001, and 10^21 as 1E+21: the shortest that is the same number, without an exponent. */
function decimalText(written: string): string {
  if (/^-?\d+$/.test(written)) return BigInt(written).toString();
  const number = Number(written);
  if (written.trim() === '' || !Number.isFinite(number)) return written;
  return withoutExponent(String(number));
}

/** Zeros take the place of the digits that nobody knows, so that they are found to be rounded. */
function withoutExponent(shortest: string): string {
  const [, sign = '', whole = '', fraction = '', exponent] = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(shortest) ?? [];
  if (exponent === undefined) return shortest;
  const digits = whole + fraction;
  const places = Number(exponent);
  return places > 0 ? sign + digits.padEnd(places + 1, '0') : `${sign}0.${'0'.repeat(-places - 1)}${digits}`;
}

const DAY_MS = 86_400_000;
/** Days from the day before 1900-01-01 to 1970-01-01; Excel knows a 1900-02-29, so that it is one more from then on. */
const DAYS_TO_1970 = 25_568;
const NO_SUCH_DAY = 60;
/** What days are counted from on old Macs. */
const DAYS_TO_1904 = 1462;
/** 9999-12-31. */
const MOST_DAYS = 2_958_465;

/** A day, and the time where the format shows one or the number has one; a time alone below the first day. */
function dateText(serial: number, hasClock: boolean, is1904: boolean): string | undefined {
  const days = is1904 ? serial + DAYS_TO_1904 : serial;
  if (!(serial >= 0 && days < MOST_DAYS + 1)) return undefined;
  const shift = days >= NO_SUCH_DAY ? DAYS_TO_1970 + 1 : DAYS_TO_1970;
  const at = new Date(Math.round((days - shift) * DAY_MS));
  const [day, time = ''] = at.toISOString().split(/[TZ]/);
  const clock = time.replace(/\.000$/, '');
  if (serial < 1 && hasClock) return clock;
  return hasClock || clock !== '00:00:00' ? `${day} ${clock}` : day;
}
