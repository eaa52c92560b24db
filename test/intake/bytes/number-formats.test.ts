import { describe, expect, it } from 'vitest';
import { numberFormOf, numberText, PLAIN } from '../../../src/intake/bytes/number-formats.ts';

const DAY = { what: 'date', hasClock: false };
const CLOCK = { what: 'date', hasClock: true };

describe('the format of a number', () => {
  it.each<[number, string | undefined, unknown]>([
    [0, undefined, PLAIN],
    [1, undefined, PLAIN],
    [9, undefined, PLAIN],
    [11, undefined, PLAIN],
    [14, undefined, DAY],
    [20, undefined, CLOCK],
    [22, undefined, CLOCK],
    [31, undefined, DAY],
    [33, undefined, CLOCK],
    [49, undefined, PLAIN],
    [58, undefined, DAY],
    [164, 'yyyy/m/d', DAY],
    [164, 'yyyy"年"m"月"d"日"', DAY],
    [164, '[$-411]ggge"年"m"月"d"日";@', DAY],
    [164, 'yyyy/m/d\\ h:mm:ss', CLOCK],
    [164, '[h]:mm', CLOCK],
    [164, 'AM/PM h:mm', CLOCK],
    [164, '#,##0"円"', PLAIN],
    [164, '#,##0_);[Red]\\(#,##0\\)', PLAIN],
    [164, '"ドル" 0.00E+00', PLAIN],
    [164, 'General', PLAIN],
    [164, '[$¥-411]#,##0', PLAIN],
    [164, '0', PLAIN],
    [164, '00000000', { what: 'digits', count: 8 }],
    // What a format of one's own is called says nothing, even where the number is a date's.
    [14, '0.0', PLAIN],
  ])('%i %s', (id, code, form) => {
    expect(numberFormOf(id, code)).toEqual(form);
  });
});

describe('a number as text', () => {
  it.each<[string, string]>([
    ['500', '500'],
    ['-3', '-3'],
    ['0.10000000000000001', '0.1'],
    ['1999.9999999999998', '1999.9999999999998'],
    ['1E+21', '1000000000000000000000'],
    ['1.2345678901234499E+18', '1234567890123449900'],
    ['1234567890123450', '1234567890123450'],
    // Nothing is lost that the file still has.
    ['12345678901234567890', '12345678901234567890'],
    ['-4.6012345678901E+24', '-4601234567890100000000000'],
    ['1.5E-7', '0.00000015'],
    ['no number', 'no number'],
  ])('%s is %s', (written, text) => {
    expect(numberText(written, PLAIN, false)).toBe(text);
  });

  it('has the zeros in front that its format shows', () => {
    const form = numberFormOf(164, '0000');
    expect(['7', '12345', '0.5', '-7'].map((each) => numberText(each, form, false))).toEqual([
      '0007',
      '12345',
      '0.5',
      '-7',
    ]);
  });

  // 2023-02-24 is 44,981 days after 1899-12-30: 123 years of 365 days, 30 leap days, and 24 + 31 days into the year,
  // 2 for the day before 1900-01-01 and the leap day of 1900 that Excel knows: 44895 + 30 + 54 + 2.
  it.each<[string, string, boolean, string]>([
    ['44981', 'yyyy/m/d', false, '2023-02-24'],
    ['44981.75', 'yyyy/m/d', false, '2023-02-24 18:00:00'],
    ['44981', 'yyyy/m/d h:mm', false, '2023-02-24 00:00:00'],
    // As near as a double comes to 17:45:03, which is 63903/86400 of a day.
    ['44981.739618055559', 'yyyy/m/d h:mm', false, '2023-02-24 17:45:03'],
    ['44981.500005787035', 'h:mm', false, '2023-02-24 12:00:00.500'],
    ['0.75', 'h:mm', false, '18:00:00'],
    ['1', 'yyyy/m/d', false, '1900-01-01'],
    ['59', 'yyyy/m/d', false, '1900-02-28'],
    ['61', 'yyyy/m/d', false, '1900-03-01'],
    ['43519', 'yyyy/m/d', true, '2023-02-24'],
    ['2958465', 'yyyy/m/d', false, '9999-12-31'],
    ['2958466', 'yyyy/m/d', false, '2958466'],
    ['-1', 'yyyy/m/d', false, '-1'],
  ])('%s as %s, from 1904 %s, is %s', (written, code, is1904, text) => {
    expect(numberText(written, numberFormOf(164, code), is1904)).toBe(text);
  });
});
