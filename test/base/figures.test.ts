import { describe, expect, test } from 'vitest';
import { dayWords, grouped, momentWords, yenWords } from '../../src/base/figures.ts';
import { dayNumber, MINUTE, SECOND, startOfDay } from '../../src/base/instants.ts';

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [-1000, '-1,000'],
  [1234567, '1,234,567'],
])('a sum of %i is grouped by thousands', (value, written) => {
  expect(grouped(value)).toBe(written);
  expect(yenWords(value)).toEqual({ ja: `${written}円`, en: `${written} yen` });
});

describe('a day', () => {
  const day = dayNumber(2023, 5, 15);
  test('is said without the year that goes without saying, and with any other', () => {
    expect(dayWords(day, 2023)).toEqual({ ja: '5月15日', en: '15 May' });
    expect(dayWords(day, 2024)).toEqual({ ja: '2023年5月15日', en: '15 May 2023' });
    expect(dayWords(day, undefined)).toEqual({ ja: '2023年5月15日', en: '15 May 2023' });
    expect(dayWords(dayNumber(2024, 1, 1), 2023)).toEqual({ ja: '2024年1月1日', en: '1 January 2024' });
  });

  test('has its minute where a payment is named by it, cut off and not rounded', () => {
    const at = startOfDay(day) + (18 * 60 + 5) * MINUTE + 59 * SECOND;
    expect(momentWords(at, 2023)).toEqual({ ja: '5月15日18時5分', en: '15 May at 18:05' });
    expect(momentWords(startOfDay(day), 2023)).toEqual({ ja: '5月15日0時', en: '15 May at 0:00' });
  });
});
