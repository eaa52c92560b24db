import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dayNumber, formatDate } from '../../../src/base/instants.ts';
import {
  FIRST_YEAR,
  holidayOn,
  holidaysOf,
  LAST_YEAR,
  weekdayOf,
} from '../../../src/disbursement/banking-days/japanese-holidays.ts';
import { ROOT } from '../../support/program.ts';

const named = (written: string): string => {
  const [year = 0, month = 0, day = 0] = written.split('-').map(Number);
  const holiday = holidayOn(dayNumber(year, month, day));
  return typeof holiday === 'string' ? holiday : `${holiday.name.ja}${holiday.isReckoned ? '(計算)' : ''}`;
};

const YEARS = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, index) => FIRST_YEAR + index);
const OWN: readonly string[] = YEARS.flatMap((year) => [...(holidaysOf(year)?.keys() ?? [])].sort((a, b) => a - b)).map(
  formatDate,
);

describe('a holiday', () => {
  // As the calendars of these years have them: the law, and the gazette for the equinoxes.
  test.each([
    ['2023-05-03', '憲法記念日'],
    ['2023-01-01', '元日'],
    ['2023-01-02', '振替休日'], // 01-01 was a Sunday
    ['2023-05-15', 'none'],
    ['2020-05-06', '振替休日'], // 05-03 was a Sunday; 05-04 and 05-05 are holidays themselves
    ['2020-07-23', '海の日'], // moved for the Olympic Games, as are the next four
    ['2020-08-10', '山の日'],
    ['2020-08-11', 'none'],
    ['2021-07-23', 'スポーツの日'],
    ['2021-08-09', '振替休日'], // 08-08 was a Sunday
    ['2021-10-11', 'none'],
    ['2026-09-22', '国民の休日'], // between 敬老の日 and 秋分の日
    ['2027-03-21', '春分の日'], // a Sunday
    ['2027-03-22', '振替休日'],
    ['2032-09-21', '国民の休日(計算)'], // date-holidays 3.37.0 lacks it
    ['2032-09-22', '秋分の日(計算)'],
    ['2032-12-25', 'none'],
    ['2031-02-24', '振替休日'], // no equinox in it: nothing is reckoned
    ['2019-05-01', 'unknown'],
    ['2051-01-01', 'unknown'], // @holiday-jp/holiday_jp says that it is none
  ])('%s is %s', (date, name) => {
    expect(named(date)).toBe(name);
  });

  test('of a year outside of the table is not known, whatever the day', () => {
    expect(holidaysOf(FIRST_YEAR - 1)).toBeUndefined();
    expect(holidaysOf(LAST_YEAR + 1)).toBeUndefined();
    expect(OWN[0]).toBe('2020-01-01');
    expect(OWN.at(-1)).toBe('2050-11-23');
  });

  test('weekdays begin with Sunday', () => {
    // 1970-01-01 was a Thursday, 2023-05-14 a Sunday, 1969-12-31 a Wednesday.
    expect([0, dayNumber(2023, 5, 14), -1].map(weekdayOf)).toEqual([4, 0, 3]);
  });
});

/** What others say, by day: read without a Date, which would ask the machine for its zone. */
const require = createRequire(import.meta.url);

function holidayJp(): readonly string[] {
  const { holidays } = require('@holiday-jp/holiday_jp') as { readonly holidays: Readonly<Record<string, unknown>> };
  return Object.keys(holidays).filter((date) => date >= `${FIRST_YEAR}` && date < `${LAST_YEAR + 1}`);
}

function japaneseHolidays(): readonly string[] {
  const { getHolidaysOf } = require('japanese-holidays') as {
    readonly getHolidaysOf: (year: number) => readonly { readonly month: number; readonly date: number }[];
  };
  return YEARS.flatMap((year) =>
    getHolidaysOf(year).map(({ month, date }) => formatDate(dayNumber(year, month, date))),
  );
}

const debian = (): readonly string[] =>
  (
    JSON.parse(readFileSync(join(ROOT, 'test/disbursement/banking-days/debian-holidays.json'), 'utf8')) as {
      readonly dates: readonly string[];
    }
  ).dates;

/** Days on which another is otherwise, each with the reason why we stay with ours. */
interface Differences {
  readonly ours: Readonly<Record<string, string>>;
  readonly theirs: Readonly<Record<string, string>>;
}
const NONE: Differences = { ours: {}, theirs: {} };
const OLYMPIC = 'the package is older than the amendment of December 2020, which moved three holidays of 2021';
const SUBSTITUTE =
  '02-23 is a Sunday: 第3条第2項; the package has no substitute of the Emperor\u2019s Birthday but in 2020';

const DEBIAN: Differences = {
  ours: {
    '2021-07-22': OLYMPIC,
    '2021-07-23': OLYMPIC,
    '2021-08-08': OLYMPIC,
    '2021-08-09': OLYMPIC,
    '2025-02-24': SUBSTITUTE,
    '2031-02-24': SUBSTITUTE,
    '2042-02-24': SUBSTITUTE,
    '2048-02-24': SUBSTITUTE,
  },
  theirs: { '2021-07-19': OLYMPIC, '2021-08-11': OLYMPIC, '2021-10-11': OLYMPIC },
};

describe('every day of the table is what others say', () => {
  test.each([
    ['@holiday-jp/holiday_jp 2.5.1', holidayJp, NONE],
    ['japanese-holidays 1.0.10', japaneseHolidays, NONE],
    ['python3-holidays 0.10.1-3 of Debian', debian, DEBIAN],
  ] as const)('%s', (_, read, { ours, theirs }) => {
    const others = new Set(read());
    const own = new Set(OWN);
    expect(others.size).toBeGreaterThan(500);
    expect(OWN.filter((date) => !others.has(date))).toEqual(Object.keys(ours));
    expect([...others].filter((date) => !own.has(date))).toEqual(Object.keys(theirs));
  });
});
