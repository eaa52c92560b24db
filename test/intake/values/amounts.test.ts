import { formatInTimeZone } from 'date-fns-tz';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilDate, dateOf, dayNumber, existingDate, formatDate, formatInstant } from '../../../src/base/instants.ts';
import { readAmount, readUnjudged } from '../../../src/intake/values/amounts.ts';
import { type Clock, JAPAN, readDate, readInstant } from '../../../src/intake/values/dates.ts';
import {
  likelyCouponNumber,
  normalised,
  readCouponNumber,
  readIdentifier,
} from '../../../src/intake/values/identifiers.ts';
import type { Read, ValueProblem } from '../../../src/intake/values/read-value.ts';

type Case<T> = readonly [sentence: string, raw: string, expected: T];
type Refusal = readonly [sentence: string, raw: string, problem: ValueProblem];

const value = <T>(read: Read<T>): T | string => ('value' in read ? read.value : `refused: ${read.problem}`);
const problem = <T>(read: Read<T>): string => ('problem' in read ? read.problem : `read as ${String(read.value)}`);

/** Microseconds, by the platform's own reader of ISO 8601. */
const at = (iso: string, micros = 0): number => Date.parse(iso) * 1000 + micros;
/** Days since 1970, by the platform's own calendar. */
const day = (year: number, month: number, date: number): number => Date.UTC(year, month - 1, date) / 86_400_000;

describe('an amount', () => {
  const accepted: readonly Case<number>[] = [
    ['is plain digits', '1000', 1000],
    ['may be 0', '0', 0],
    ['may have commas every three digits', '1,000', 1000],
    ['may have several commas', '1,234,567', 1_234_567],
    ['may have a yen sign (U+00A5)', '¥1,000', 1000],
    ['may have a full-width yen sign', '￥1000', 1000],
    ['may have a backslash, which is the yen sign of Windows-31J', '\\1,000', 1000],
    ['may have a full-width backslash', '＼１０００', 1000],
    ['may be full-width, commas too', '１，０００', 1000],
    ['may end in 円', '1000円', 1000],
    ['may end in 円 and have commas', '1,000円', 1000],
    ['may be full-width and end in 円', '２，０００円', 2000],
    ['is trimmed', '  500 ', 500],
    ['is trimmed of full-width space', '\u3000500\u3000', 500],
    ['may be one yen', '1', 1],
    ['may have nine digits', '999999999', 999_999_999],
    ['may have ten digits', '9999999999', 9_999_999_999],
    ['may be 10^12, the largest that is believed', '1000000000000', 1e12],
    ['may mix half and full width', '1０00', 1000],
  ];
  it.each(accepted)('%s: %s', (_, raw, expected) => expect(value(readAmount(raw))).toBe(expected));

  const refused: readonly Refusal[] = [
    ['with a fraction is never rounded', '12.5', 'BAD_AMOUNT'],
    ['with a fraction of nothing is refused all the same', '1000.0', 'BAD_AMOUNT'],
    ['below 0 is refused', '-1', 'BAD_AMOUNT'],
    ['below 0 in the accountant\u2019s way is refused', '(1000)', 'BAD_AMOUNT'],
    ['below 0 with a triangle is refused', '▲1000', 'BAD_AMOUNT'],
    ['with a full-width minus is refused', '－1', 'BAD_AMOUNT'],
    ['with a plus is refused', '+1000', 'BAD_AMOUNT'],
    ['with an exponent is refused', '1e3', 'BAD_AMOUNT'],
    ['that Excel turned into an exponent is refused', '1.0E+03', 'BAD_AMOUNT'],
    ['with a comma after two digits is refused', '1,00', 'BAD_AMOUNT'],
    ['with a comma before four digits is refused', '1,0000', 'BAD_AMOUNT'],
    ['with commas in some places only is refused', '1,000000', 'BAD_AMOUNT'],
    ['with four digits before a comma is refused', '1000,000', 'BAD_AMOUNT'],
    ['that begins with a comma is refused', ',100', 'BAD_AMOUNT'],
    ['that ends with a comma is refused', '100,', 'BAD_AMOUNT'],
    ['with a point for thousands is refused', '1.000', 'BAD_AMOUNT'],
    ['with a space for thousands is refused', '1 000', 'BAD_AMOUNT'],
    ['of a circled digit is refused', '①', 'BAD_AMOUNT'],
    ['with a raised digit is refused', '10²', 'BAD_AMOUNT'],
    ['of a vulgar fraction is refused', '½', 'BAD_AMOUNT'],
    ['in hexadecimal is refused', '0x10', 'BAD_AMOUNT'],
    ['in another currency is refused', '$1000', 'BAD_AMOUNT'],
    ['in Arabic digits is refused', '١٠٠', 'BAD_AMOUNT'],
    ['in kanji is refused', '千円', 'BAD_AMOUNT'],
    ['that is a word is refused', 'abc', 'BAD_AMOUNT'],
    ['of a yen sign alone is refused', '¥', 'BAD_AMOUNT'],
    ['of 円 alone is refused', '円', 'BAD_AMOUNT'],
    ['with a yen sign and 円 is none of the forms', '¥1,000円', 'BAD_AMOUNT'],
    ['with a sign on the wrong side is refused', '1000¥', 'BAD_AMOUNT'],
    ['NaN is refused', 'NaN', 'BAD_AMOUNT'],
    ['Infinity is refused', 'Infinity', 'BAD_AMOUNT'],
    ['of two lines is refused', '10\n00', 'BAD_AMOUNT'],
    ['with a NUL is refused', '10\u00000', 'BAD_AMOUNT'],
    ['above 10^12 is a typing error', '1000000000001', 'AMOUNT_TOO_LARGE'],
    ['too long for a double is refused', '9'.repeat(400), 'AMOUNT_TOO_LARGE'],
  ];
  it.each(refused)('%s: %s', (_, raw, expected) => expect(problem(readAmount(raw))).toBe(expected));

  it('is read back whatever way it was written', () => {
    const digits = (text: string): string => text.replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d)));
    const grouped = (text: string): string => text.replace(/\B(?=(\d{3})+$)/g, ',');
    const ways: readonly ((text: string) => string)[] = [
      (text) => text,
      (text) => grouped(text),
      (text) => `¥${grouped(text)}`,
      (text) => `￥${text}`,
      (text) => `\\${text}`,
      (text) => `${grouped(text)}円`,
      (text) => digits(text),
      (text) => `${digits(grouped(text)).replaceAll(',', '，')}円`,
      (text) => ` ${text}\u3000`,
    ];
    fc.assert(
      fc.property(fc.nat(1_000_000_000_000), fc.constantFrom(...ways), (yen, write) => {
        expect(readAmount(write(String(yen)))).toEqual({ value: yen });
      }),
    );
  });
});

describe('a coupon number', () => {
  const accepted: readonly Case<string>[] = [
    ['is opaque text', 'ABC-1', 'ABC1'],
    ['keeps its leading zeros', '000000000123', '000000000123'],
    ['may be longer than a number can be', '12345678901234567890', '12345678901234567890'],
    ['loses its hyphens', '1234-5678-9012', '123456789012'],
    ['loses its spaces', '1234 5678 9012', '123456789012'],
    ['loses full-width spaces', '1234\u30005678', '12345678'],
    ['loses a full-width hyphen', '1234－5678', '12345678'],
    ['loses a typographic hyphen', '1234\u20105678', '12345678'],
    ['loses a dash', '1234\u20135678', '12345678'],
    ['loses a minus sign', '1234\u22125678', '12345678'],
    ['loses a no-break space', '1234\u00a05678', '12345678'],
    ['is written in ASCII digits', '０１２３', '0123'],
    ['is written in ASCII letters', 'ＡＢ１', 'AB1'],
    ['is trimmed', '\t 0123 ', '0123'],
    ['may be a number that looks like an exponent without its sign', '1E11', '1E11'],
    ['may be empty, which is absent', '', ''],
    ['of nothing but hyphens is absent', ' --- ', ''],
  ];
  it.each(accepted)('%s: %s', (_, raw, expected) => expect(value(readCouponNumber(raw))).toBe(expected));

  const refused: readonly Refusal[] = [
    ['that Excel destroyed is refused with its own reason', '1.23457E+11', 'EXCEL_NUMBER'],
    ['that Excel destroyed without a fraction is refused too', '1E+11', 'EXCEL_NUMBER'],
    ['that Excel destroyed, in small letters', '1.23457e+11', 'EXCEL_NUMBER'],
    ['that Excel destroyed, then made full-width', '１．２３４５７Ｅ＋１１', 'EXCEL_NUMBER'],
    ['that Excel destroyed, with a space around it', ' 1.23457E+11 ', 'EXCEL_NUMBER'],
    ['with a circled digit is refused', '12①', 'CIRCLED_DIGIT'],
    ['with a raised digit is refused', '12²', 'CIRCLED_DIGIT'],
    ['with a lowered digit is refused', '12₂', 'CIRCLED_DIGIT'],
    ['with a digit in brackets is refused', '⑴2', 'CIRCLED_DIGIT'],
    ['with a mathematical digit is refused', '\u{1d7cf}2', 'CIRCLED_DIGIT'],
    ['with a digit and a comma in one sign is refused', '🄂3', 'CIRCLED_DIGIT'],
    ['with a circled twelve is refused', '⑫', 'CIRCLED_DIGIT'],
    ['with a stray quote is refused', '12"3', 'STRAY_QUOTE'],
  ];
  it.each(refused)('%s: %s', (_, raw, expected) => expect(problem(readCouponNumber(raw))).toBe(expected));

  it('is the same however hyphens, spaces and width are chosen', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^\d{12}$/),
        fc.constantFrom('', '-', ' ', '－', '\u3000', '\u2010'),
        fc.boolean(),
        (number, between, wide) => {
          const grouped = [number.slice(0, 4), number.slice(4, 8), number.slice(8)].join(between);
          const raw = wide ? grouped.replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d))) : grouped;
          expect(readCouponNumber(raw)).toEqual({ value: number });
        },
      ),
    );
  });
});

describe('an identifier', () => {
  const accepted: readonly Case<string>[] = [
    ['is opaque text', 'T-0001', 'T-0001'],
    ['keeps hyphens and inner spaces', 'A - 1', 'A - 1'],
    ['keeps leading zeros', '007', '007'],
    ['is trimmed', ' M01 ', 'M01'],
    ['is NFKC: full-width letters and digits', 'Ｔ０１', 'T01'],
    ['is NFKC: half-width katakana', 'ﾃﾝﾎﾟ1', 'テンポ1'],
    ['may hold kanji', '本店１', '本店1'],
    ['may hold a kanji numeral, which is no disguised digit', '二号店', '二号店'],
    ['may be empty', '', ''],
    // One sign of JIS X 0208: U+301C and U+2212 in SHIFTJIS.TXT, U+FF5E and U+FF0D in CP932.TXT.
    ['is alike whichever table a wave came from', '肉〜魚', '肉~魚'],
    ['is alike whichever table a wave came from, as Windows has it', '肉～魚', '肉~魚'],
    ['is alike whichever table a minus came from', 'A\u2212B', 'A-B'],
    ['is alike whichever table a minus came from, as Windows has it', 'A\uff0dB', 'A-B'],
    ['is alike whichever table a dash came from', '本\u2014店', '本\u2015店'],
    ['may have letters and digits that are no exponent', '1E5', '1E5'],
    ['may begin with a hash, as order numbers do', '#1024', '#1024'],
    ['may be two numbers with a hyphen', '12-1', '12-1'],
    ['may hold the name of a month', 'DEC-2023-01', 'DEC-2023-01'],
    ['may be a day with its year', '2023/2/24', '2023/2/24'],
    ['may hold an apostrophe that does not lead', "O'1", "O'1"],
    ['has blanks of any width around it taken off', '\u3000\u00a0\u2003M01\u2009', 'M01'],
    ['has a tab or a line end around it taken off', '\tM01\r\n', 'M01'],
  ];
  it.each(accepted)('%s: %s', (_, raw, expected) => expect(value(readIdentifier(raw))).toBe(expected));

  const refused: readonly Refusal[] = [
    ['with a circled digit is refused, not turned into a digit', 'M①', 'CIRCLED_DIGIT'],
    ['with a raised digit is refused', 'M²', 'CIRCLED_DIGIT'],
    ['with a fraction is refused', 'M½', 'CIRCLED_DIGIT'],
    ['with a stray quote is refused', 'M"1', 'STRAY_QUOTE'],
    ['with a full-width quote is refused', 'M＂1', 'STRAY_QUOTE'],
    ['that a spreadsheet destroyed is refused', '1.23457E+11', 'EXCEL_NUMBER'],
    ['that a spreadsheet destroyed, with sixteen digits, is refused', '1.23457E+15', 'EXCEL_NUMBER'],
    ['that a spreadsheet destroyed where decimals have a comma is refused', '1,23457E+11', 'EXCEL_NUMBER'],
    ['that a spreadsheet took for a day is refused', '12月1日', 'SPREADSHEET_DATE'],
    ['that a spreadsheet took for a day is refused, in English', '1-Dec', 'SPREADSHEET_DATE'],
    ['that a spreadsheet took for a month is refused', 'Dec-01', 'SPREADSHEET_DATE'],
    ['that LibreOffice took for a day is refused', 'Dec 01', 'SPREADSHEET_DATE'],
    ['that a spreadsheet could not look up is refused', '#N/A', 'SPREADSHEET_ERROR'],
    ['of a column that was too narrow is refused', '########', 'SPREADSHEET_ERROR'],
    ['with a leading apostrophe is refused', "'M01", 'SPREADSHEET_GUARD'],
    ['that is a formula of one text is refused', '="M01"', 'SPREADSHEET_GUARD'],
    ['with a full-width apostrophe in front is refused', '＇M01', 'SPREADSHEET_GUARD'],
  ];
  it.each(refused)('%s: %s', (_, raw, expected) => expect(problem(readIdentifier(raw))).toBe(expected));

  // Unicode: Cc, Cf, Zl and Zp, what is left out when drawn, and the braille cell without dots.
  const unseen: readonly (readonly [string, number])[] = [
    ['NUL', 0x0000],
    ['BELL', 0x0007],
    ['DELETE', 0x007f],
    ['a C1 control', 0x0085],
    ['SOFT HYPHEN', 0x00ad],
    ['COMBINING GRAPHEME JOINER', 0x034f],
    ['ARABIC LETTER MARK', 0x061c],
    ['HANGUL FILLER', 0x3164],
    ['MONGOLIAN VOWEL SEPARATOR', 0x180e],
    ['ZERO WIDTH SPACE', 0x200b],
    ['ZERO WIDTH JOINER', 0x200d],
    ['LEFT-TO-RIGHT MARK', 0x200e],
    ['LINE SEPARATOR', 0x2028],
    ['RIGHT-TO-LEFT OVERRIDE', 0x202e],
    ['WORD JOINER', 0x2060],
    ['POP DIRECTIONAL ISOLATE', 0x2069],
    ['BRAILLE PATTERN BLANK', 0x2800],
    ['VARIATION SELECTOR-16', 0xfe0f],
    ['BYTE ORDER MARK', 0xfeff],
    ['a TAG character', 0xe0041],
    ['VARIATION SELECTOR-17', 0xe0100],
  ];
  it.each(unseen)('with %s in it is refused, and its code point is named', (_, point) => {
    const character = String.fromCodePoint(point);
    const name = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
    const read = readIdentifier(`M0${character}1`);
    expect(read).toEqual({ problem: 'INVISIBLE_CHARACTER', detail: name });
    expect(readCouponNumber(`0000${character}0001`)).toEqual({ problem: 'INVISIBLE_CHARACTER', detail: name });
  });

  it.each(
    unseen.filter(([, point]) => point === 0xfeff || !/\s/.test(String.fromCodePoint(point))),
  )('with %s around it is refused too: it is no blank', (_, point) => {
    expect(problem(readIdentifier(`${String.fromCodePoint(point)}M01`))).toBe('INVISIBLE_CHARACTER');
    expect(problem(readIdentifier(`M01${String.fromCodePoint(point)}`))).toBe('INVISIBLE_CHARACTER');
  });

  it('reads alike what is alike under NFKC, or refuses it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (raw) => {
        const read = readIdentifier(raw);
        const known = raw.normalize('NFKC').trim().replaceAll('\u2212', '-').replaceAll('\u301c', '~');
        if ('value' in read)
          expect(read.value).toBe(known.replaceAll('\u2014', '\u2015').replaceAll('\u2016', '\u2225'));
        else
          expect([
            'CIRCLED_DIGIT',
            'STRAY_QUOTE',
            'INVISIBLE_CHARACTER',
            'SPREADSHEET_GUARD',
            'SPREADSHEET_ERROR',
            'SPREADSHEET_DATE',
            'EXCEL_NUMBER',
          ]).toContain(read.problem);
      }),
    );
  });

  it('holds nothing that nobody sees, if it is read at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (raw) => {
        const read = readIdentifier(raw);
        if ('value' in read) expect(read.value).not.toMatch(/[\p{Cc}\p{Cf}\p{Variation_Selector}]/u);
      }),
    );
  });
});

describe('the coupon that a number which cannot be read most likely means', () => {
  it.each([
    ['the number without what nobody sees', '0000\u200b00000001', '000000000001'],
    ['the number without its apostrophe', "'000000000001", '000000000001'],
    ['the number without its formula', '="000000000001"', '000000000001'],
    ['the number without a stray quote', '000000"000001', '000000000001'],
    ['the number without its hyphens', '0000-0000-0001', '000000000001'],
    ['a plain digit for a disguised one', '00000000000①', '000000000001'],
    ['the number without half a formula', '=000000000001', '000000000001'],
    ['none, where a spreadsheet kept six digits', '1.23457E+11', ''],
  ])('is %s: %s', (_, raw, expected) => expect(likelyCouponNumber(raw)).toBe(expected));
});

describe('a contact or bank field', () => {
  const cases: readonly Case<string>[] = [
    ['is NFKC and trimmed', '　０９０－１２３４－５６７８ ', '090-1234-5678'],
    ['is not judged', 'none', 'none'],
    ['keeps a circled digit as it is', ' 090①2345678 ', '090①2345678'],
    ['may hold a quote', '090"1', '090"1'],
  ];
  it.each(cases)('%s: %s', (_, raw, expected) => expect(readUnjudged(raw)).toBe(expected));
});

describe('normalised text', () => {
  it('is the same as NFKC and trim, also where plain ASCII takes the short way', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (raw) => {
        expect(normalised(raw)).toBe(raw.normalize('NFKC').trim());
      }),
    );
    fc.assert(
      fc.property(fc.string(), (raw) => {
        expect(normalised(raw)).toBe(raw.normalize('NFKC').trim());
      }),
    );
  });
});

describe('an instant', () => {
  const evening = at('2023-02-24T17:45:03+09:00');
  const accepted: readonly Case<number>[] = [
    ['is ISO 8601 with the offset of Japan', '2023-02-24T17:45:03+09:00', evening],
    ['is ISO 8601 with Z', '2023-02-24T08:45:03Z', evening],
    ['is ISO 8601 with a small z and t', '2023-02-24t08:45:03z', evening],
    ['is Japan\u2019s without an offset', '2023-02-24T17:45:03', evening],
    ['may have another offset', '2023-02-24T03:45:03-05:00', evening],
    ['may have an offset of half an hour', '2023-02-24T14:15:03+05:30', evening],
    ['may have the offset of the other side of the world', '2023-02-23T20:45:03-12:00', evening],
    ['may have an offset without a colon', '2023-02-24T17:45:03+0900', evening],
    ['may have an offset of hours only', '2023-02-24T17:45:03+09', evening],
    ['may have a space for the T', '2023-02-24 17:45:03', evening],
    ['may have a space before the offset', '2023-02-24 17:45:03 +09:00', evening],
    ['may lack seconds', '2023-02-24T17:45+09:00', at('2023-02-24T17:45:00+09:00')],
    ['may have slashes', '2023/2/24 17:45', at('2023-02-24T17:45:00+09:00')],
    ['may have slashes and seconds', '2023/2/24 17:45:03', evening],
    ['may have slashes and two digits', '2023/02/24 17:45:03', evening],
    ['may have slashes and one digit for the hour', '2023/2/4 7:05', at('2023-02-04T07:05:00+09:00')],
    ['may be of the Japanese calendar', '令和5年2月24日 17:45:03', evening],
    ['may be of the Japanese calendar, full-width', '令和５年２月２４日　１７：４５：０３', evening],
    ['may be of the Japanese calendar without seconds', '令和5年2月24日 17:45', at('2023-02-24T17:45:00+09:00')],
    ['may be of the Japanese calendar in one sign', '㋿5年2月24日 17:45:03', evening],
    ['may be on the first day of Reiwa', '令和元年5月1日 0:00', at('2019-05-01T00:00:00+09:00')],
    ['may be in the first year written as 1', '令和1年5月1日 00:00:00', at('2019-05-01T00:00:00+09:00')],
    ['may have tenths', '2023-02-24T17:45:03.5+09:00', evening + 500_000],
    ['may have milliseconds', '2023-02-24T17:45:03.123+09:00', evening + 123_000],
    ['may have microseconds', '2023-02-24T17:45:03.000001+09:00', evening + 1],
    ['may have a comma before the fraction', '2023-02-24T17:45:03,25Z', at('2023-02-24T17:45:03Z', 250_000)],
    ['is cut, never rounded up, below microseconds', '2023-02-24T17:45:03.999999999+09:00', evening + 999_999],
    ['may be full-width', '２０２３－０２－２４Ｔ１７：４５：０３', evening],
    ['is trimmed', ' 2023-02-24T17:45:03 ', evening],
    ['may be on 29 February of a leap year', '2024-02-29T00:00:00+09:00', at('2024-02-29T00:00:00+09:00')],
    ['may be on 29 February 2000, a leap year', '2000-02-29 00:00', at('2000-02-29T00:00:00+09:00')],
    ['may be the last second of a day', '2023-02-24T23:59:59+09:00', at('2023-02-24T23:59:59+09:00')],
    ['may be midnight', '2023-02-24T00:00:00+09:00', at('2023-02-24T00:00:00+09:00')],
    ['may lie before 1970', '1969-12-31T23:59:59Z', at('1969-12-31T23:59:59Z')],
  ];
  it.each(accepted)('%s: %s', (_, raw, expected) => expect(value(readInstant(raw))).toBe(expected));

  const refused: readonly Refusal[] = [
    ['on 30 February is refused', '2023-02-30T10:00:00+09:00', 'NO_SUCH_DATE'],
    ['on 29 February of no leap year is refused', '2023-02-29 10:00', 'NO_SUCH_DATE'],
    ['on 29 February 1900, no leap year, is refused', '1900-02-29 10:00', 'NO_SUCH_DATE'],
    ['on 31 April is refused', '2023/4/31 10:00', 'NO_SUCH_DATE'],
    ['in month 13 is refused', '2023-13-01T10:00:00Z', 'NO_SUCH_DATE'],
    ['in month 0 is refused', '2023-00-01T10:00:00Z', 'NO_SUCH_DATE'],
    ['on day 0 is refused', '2023-02-00T10:00:00+09:00', 'NO_SUCH_DATE'],
    ['on 30 February of Reiwa is refused', '令和5年2月30日 10:00', 'NO_SUCH_DATE'],
    ['on the last day of Heisei is not of Reiwa', '令和元年4月30日 10:00', 'NO_SUCH_DATE'],
    ['of the year 0 of Reiwa is refused', '令和0年5月1日 10:00', 'NO_SUCH_DATE'],
    ['at 24:00 is refused', '2023-02-24T24:00:00+09:00', 'BAD_INSTANT'],
    ['at 24:00 with slashes is refused', '2023/2/24 24:00', 'BAD_INSTANT'],
    ['at minute 60 is refused', '2023-02-24T17:60:00+09:00', 'BAD_INSTANT'],
    ['at second 60 is refused', '2023-02-24T17:59:60+09:00', 'BAD_INSTANT'],
    ['without a time is no instant', '2023-02-24', 'DATE_WITHOUT_TIME'],
    ['of Reiwa without a time is no instant', 'R5.2.24', 'DATE_WITHOUT_TIME'],
    ['without a date is no instant', '17:45:03', 'BAD_INSTANT'],
    ['with an hour only is refused', '2023-02-24T17', 'BAD_INSTANT'],
    ['with hyphens and one digit is neither form', '2023-2-24 17:45', 'BAD_INSTANT'],
    ['with mixed separators is refused', '2023-02/24 17:45', 'BAD_INSTANT'],
    ['with a two-digit year is refused', '23/2/24 17:45', 'BAD_INSTANT'],
    ['in American order is refused', '2/24/2023 17:45', 'BAD_INSTANT'],
    ['with a.m. or p.m. is refused', '2023/2/24 5:45 PM', 'BAD_INSTANT'],
    ['with an offset of 24 hours is refused', '2023-02-24T17:45:03+24:00', 'BAD_INSTANT'],
    ['with an offset of 60 minutes is refused', '2023-02-24T17:45:03+09:60', 'BAD_INSTANT'],
    ['with the name of a zone is refused', '2023-02-24T17:45:03 JST', 'BAD_INSTANT'],
    ['with a point and no fraction is refused', '2023-02-24T17:45:03.Z', 'BAD_INSTANT'],
    ['with a fraction of a minute is refused', '2023-02-24T17:45.5Z', 'BAD_INSTANT'],
    ['of another era is refused', '平成31年4月30日 10:00', 'BAD_INSTANT'],
    ['with a circled digit is refused', '2023/2/②4 17:45', 'BAD_INSTANT'],
    ['that Excel left as a serial number is refused', '44981.739618', 'BAD_INSTANT'],
    ['of words is refused', 'yesterday', 'BAD_INSTANT'],
    ['of seconds since 1970 is refused', '1677228303', 'BAD_INSTANT'],
    ['followed by something is refused', '2023-02-24T17:45:03+09:00x', 'BAD_INSTANT'],
    ['with a sign in a digit\u2019s place is refused', '2023-02-24T17:45:+3+09:00', 'BAD_INSTANT'],
  ];
  it.each(refused)('%s: %s', (_, raw, expected) => expect(problem(readInstant(raw))).toBe(expected));

  /** Whole seconds of 1990 to 2099. */
  const second = fc.integer({
    min: Date.UTC(1990, 0, 1) / 1000,
    max: Date.UTC(2100, 0, 1) / 1000 - 1,
  });

  it('is read back from what date-fns-tz writes for Tokyo', () => {
    fc.assert(
      fc.property(second, (seconds) => {
        const written = formatInTimeZone(seconds * 1000, 'Asia/Tokyo', "yyyy-MM-dd'T'HH:mm:ssXXX");
        expect(readInstant(written)).toEqual({ value: seconds * 1_000_000 });
        expect(formatInstant(seconds * 1_000_000)).toBe(written);
      }),
      { numRuns: 1000 },
    );
  });

  it('is read back in every form, and from every offset', () => {
    const forms: readonly ((seconds: number) => string)[] = [
      (seconds) => new Date(seconds * 1000).toISOString(),
      (seconds) => formatInTimeZone(seconds * 1000, 'Asia/Tokyo', 'yyyy/M/d H:mm:ss'),
      (seconds) => formatInTimeZone(seconds * 1000, 'Asia/Tokyo', 'yyyy-MM-dd HH:mm:ss'),
      (seconds) => formatInTimeZone(seconds * 1000, 'Asia/Tokyo', 'yyyy年M月d日 HH:mm:ss'),
      (seconds) => formatInTimeZone(seconds * 1000, 'America/New_York', "yyyy-MM-dd'T'HH:mm:ssXXX"),
      (seconds) => formatInTimeZone(seconds * 1000, 'Asia/Kathmandu', "yyyy-MM-dd'T'HH:mm:ssXX"),
    ];
    fc.assert(
      fc.property(second, fc.constantFrom(...forms), (seconds, write) => {
        expect(readInstant(write(seconds))).toEqual({ value: seconds * 1_000_000 });
      }),
      { numRuns: 600 },
    );
  });

  it('with microseconds is written and read back', () => {
    fc.assert(
      fc.property(second, fc.nat(999_999), (seconds, micros) => {
        const instant = seconds * 1_000_000 + micros;
        expect(readInstant(formatInstant(instant))).toEqual({ value: instant });
      }),
    );
  });

  it('that the short way refuses is refused by the long way too, digit by digit', () => {
    const good = '2023-02-24T17:45:03+09:00';
    fc.assert(
      fc.property(
        fc.nat(good.length - 1),
        fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 1 }),
        (place, sign) => {
          const raw = good.slice(0, place) + sign + good.slice(place + 1);
          const [short, long] = [readInstant(raw), readInstant(` ${raw}`)];
          // A space in front takes the regular expression; both must agree.
          if (raw.trim() === raw) expect(short).toEqual(long);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('a date', () => {
  const accepted: readonly Case<number>[] = [
    ['is ISO 8601', '2023-02-24', day(2023, 2, 24)],
    ['may have slashes', '2023/2/24', day(2023, 2, 24)],
    ['may have slashes and two digits', '2023/02/04', day(2023, 2, 4)],
    ['may be written 年月日', '2023年2月24日', day(2023, 2, 24)],
    ['may be of the Japanese calendar', '令和5年2月24日', day(2023, 2, 24)],
    ['may be the first day of Reiwa', '令和元年5月1日', day(2019, 5, 1)],
    ['may be full-width', '２０２３／２／２４', day(2023, 2, 24)],
    ['may be 29 February of a leap year', '2024-02-29', day(2024, 2, 29)],
    ['keeps its date when it has a time', '2023-02-24T23:59:59+09:00', day(2023, 2, 24)],
    ['keeps its date when it has a time without an offset', '2023/2/24 0:00', day(2023, 2, 24)],
    ['is that of Japan, where the time is of another zone', '2023-02-24T23:59:59Z', day(2023, 2, 25)],
    ['is that of Japan: 15:00 UTC is its midnight', '2023-02-23T15:00:00Z', day(2023, 2, 24)],
    [
      'is that of Japan: a microsecond before 15:00 UTC is the day before',
      '2023-02-23T14:59:59.999999Z',
      day(2023, 2, 23),
    ],
    ['may be of Reiwa in letters and points', 'R5.2.24', day(2023, 2, 24)],
    ['may be of Reiwa in letters, two digits and slashes', 'R05/02/24', day(2023, 2, 24)],
    ['may be of Reiwa in letters and hyphens', 'r5-2-24', day(2023, 2, 24)],
    ['may be of Reiwa by its first sign', '令5.2.24', day(2023, 2, 24)],
    ['may be of the first year of Reiwa in letters', 'R元/5/1', day(2019, 5, 1)],
    ['may have its weekday in brackets', '2023/2/24(金)', day(2023, 2, 24)],
    ['may have its weekday in full, in wide brackets', '2023年2月24日（金曜日）', day(2023, 2, 24)],
    ['may have its weekday as one sign', '2023/2/24㈮', day(2023, 2, 24)],
    ['may have its weekday with the word for a holiday', '2023/2/23(木・祝)', day(2023, 2, 23)],
    ['may have its weekday in English', '2023/2/24 (Fri)', day(2023, 2, 24)],
    ['may have its weekday without brackets', '2023年2月24日 金曜日', day(2023, 2, 24)],
    ['may have its weekday in English in front', 'Fri, 2023/2/24', day(2023, 2, 24)],
    ['that ends at 24:00 is that day', '2023/2/24 24:00', day(2023, 2, 24)],
    ['that ends at 24:00:00 is that day', '2023/02/24 24:00:00', day(2023, 2, 24)],
    ['is trimmed', ' 2023-02-24 ', day(2023, 2, 24)],
  ];
  it.each(accepted)('%s: %s', (_, raw, expected) => expect(value(readDate(raw))).toBe(expected));

  const refused: readonly Refusal[] = [
    ['that does not exist is refused', '2023-02-30', 'NO_SUCH_DATE'],
    ['29 February 2023 does not exist', '2023/2/29', 'NO_SUCH_DATE'],
    ['29 February 2100 does not exist', '2100-02-29', 'NO_SUCH_DATE'],
    ['that does not exist is refused with a time too', '2023-02-30T10:00:00Z', 'NO_SUCH_DATE'],
    ['the last day of Heisei is not of Reiwa', '令和元年4月30日', 'NO_SUCH_DATE'],
    ['month 13 does not exist', '2023/13/1', 'NO_SUCH_DATE'],
    ['with hyphens and one digit is neither form', '2023-2-24', 'BAD_DATE'],
    ['with a time that no clock shows is refused', '2023-02-24T24:00:00+09:00', 'BAD_DATE'],
    ['with an offset that is none is refused', '2023-02-24T10:00:00+25:00', 'BAD_DATE'],
    ['of year and month only is refused', '2023-02', 'BAD_DATE'],
    ['of two digits a part is refused', '23/02/24', 'BAD_DATE'],
    ['with a two-digit year and no era is refused', '5年2月24日', 'BAD_DATE'],
    ['with a circled digit is refused', '2023/2/②', 'BAD_DATE'],
    ['that is a number is refused', '44981', 'BAD_DATE'],
    ['that is a word is refused', 'none', 'BAD_DATE'],
    ['whose weekday is another is refused', '2023/2/24(木)', 'WRONG_WEEKDAY'],
    ['that ends a minute after 24:00 is refused', '2023/2/24 24:01', 'BAD_DATE'],
    ['whose weekday without brackets is another is refused', '2023年2月24日 木曜日', 'WRONG_WEEKDAY'],
    ['whose English weekday is another is refused', '2023/2/24 (Thu)', 'WRONG_WEEKDAY'],
    ['with something else in brackets is refused', '2023/2/24(仮)', 'BAD_DATE'],
    ['of Reiwa with mixed marks is refused', 'R5.2/24', 'BAD_DATE'],
    ['of Heisei in letters is refused', 'H31.4.30', 'BAD_DATE'],
  ];
  it.each(refused)('%s: %s', (_, raw, expected) => expect(problem(readDate(raw))).toBe(expected));

  // Twenty years around 2023: 2003 to 2043.
  const around: Clock = { ...JAPAN, aroundYear: 2023 };
  it.each([
    ['2003-01-01', 'read'],
    ['2002-12-31', 'IMPLAUSIBLE_DATE'],
    ['2043-12-31', 'read'],
    ['2044-01-01', 'IMPLAUSIBLE_DATE'],
    ['9999/12/31', 'IMPLAUSIBLE_DATE'],
    ['0023-02-24', 'IMPLAUSIBLE_DATE'],
    ['R25.12.31', 'read'],
    ['R26.1.1', 'IMPLAUSIBLE_DATE'],
    ['R2023.2.24', 'IMPLAUSIBLE_DATE'],
  ])('%s is %s, where the policy is of 2023', (raw, expected) => {
    const read = readDate(raw, around);
    expect('value' in read ? 'read' : read.problem).toBe(expected);
    const instant = readInstant(`${raw} 12:00`, around);
    expect('value' in instant ? 'read' : instant.problem).toBe(expected);
  });
});

describe('an instant of a shop', () => {
  const late: Clock = { ...JAPAN, lateHours: true };
  it.each([
    ['2023/2/24 24:00', at('2023-02-25T00:00:00+09:00')],
    ['2023/2/24 24:30', at('2023-02-25T00:30:00+09:00')],
    ['2023-02-24T24:30:00+09:00', at('2023-02-25T00:30:00+09:00')],
    ['2023/2/28 25:15:30', at('2023-03-01T01:15:30+09:00')],
    ['2023年12月31日 29:59', at('2024-01-01T05:59:00+09:00')],
  ])('that closes late may be of the next day: %s', (raw, expected) =>
    expect(value(readInstant(raw, late))).toBe(expected));

  it.each([
    ['2023/2/24 30:00', 'BAD_INSTANT'],
    ['2023/2/24 24:60', 'BAD_INSTANT'],
    // Which day would it be there?
    ['2023-02-24T24:30:00Z', 'BAD_INSTANT'],
  ])('is refused where no shop would write it: %s', (raw, expected) =>
    expect(problem(readInstant(raw, late))).toBe(expected));

  it('has a weekday that is of the day before the late hour', () => {
    expect(value(readInstant('2023/2/24(金) 24:30', late))).toBe(at('2023-02-25T00:30:00+09:00'));
    expect(problem(readInstant('2023/2/24(土) 24:30', late))).toBe('WRONG_WEEKDAY');
  });
});

describe('an instant without an offset', () => {
  it.each([
    ['is of Japan', 540, '2023-02-24 17:45', at('2023-02-24T17:45:00+09:00')],
    ['is of the zone that a profile states', 0, '2023-02-24 08:45', at('2023-02-24T17:45:00+09:00')],
    ['is of the zone that a profile states, over midnight', 0, '2023-02-24 15:00', at('2023-02-25T00:00:00+09:00')],
    ['is of a zone west of Greenwich', -300, '2023-02-24 03:45', at('2023-02-24T17:45:00+09:00')],
    [
      'keeps its own offset, whatever the profile says',
      0,
      '2023-02-24T17:45:00+09:00',
      at('2023-02-24T17:45:00+09:00'),
    ],
  ])('%s', (_, zoneMinutes, raw, expected) =>
    expect(value(readInstant(raw, { ...JAPAN, zoneMinutes }))).toBe(expected));

  it('may be a date alone, if it is said what time that stands for', () => {
    const noon: Clock = { ...JAPAN, timeOfDatesAlone: 12 * 3600 * 1_000_000 };
    expect(value(readInstant('2023/2/24', noon))).toBe(at('2023-02-24T12:00:00+09:00'));
    expect(value(readInstant('2023/2/24 09:00', noon))).toBe(at('2023-02-24T09:00:00+09:00'));
  });
});

describe('the calendar', () => {
  const civil = fc.record({
    year: fc.integer({ min: 100, max: 9999 }),
    month: fc.integer({ min: 1, max: 12 }),
    date: fc.integer({ min: 1, max: 31 }),
  });

  it('numbers days as Date.UTC does, and knows the same days', () => {
    fc.assert(
      fc.property(civil, ({ year, month, date }) => {
        const platform = new Date(Date.UTC(year, month - 1, date));
        const exists = platform.getUTCMonth() === month - 1;
        expect(existingDate(year, month, date)).toBe(exists ? platform.getTime() / 86_400_000 : undefined);
        if (exists) expect(dayNumber(year, month, date)).toBe(platform.getTime() / 86_400_000);
      }),
      { numRuns: 1000 },
    );
  });

  it('turns a day\u2019s number back into the same date', () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (number) => {
        const { year, month, day: date } = civilDate(number);
        const platform = new Date(number * 86_400_000);
        expect([year, month, date]).toEqual([
          platform.getUTCFullYear(),
          platform.getUTCMonth() + 1,
          platform.getUTCDate(),
        ]);
        expect(dayNumber(year, month, date)).toBe(number);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives an instant the date that clocks in Japan show', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2099, 11, 31) }), (milliseconds) => {
        expect(formatDate(dateOf(milliseconds * 1000))).toBe(
          formatInTimeZone(milliseconds, 'Asia/Tokyo', 'yyyy-MM-dd'),
        );
      }),
    );
  });
});
