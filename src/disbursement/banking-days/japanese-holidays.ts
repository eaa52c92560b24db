import { type CalendarDate, civilDate, dayNumber } from '../../base/instants.ts';
import { type Text, text } from '../../base/text.ts';

/** A holiday of Japan, by 国民の祝日に関する法律 (昭和23年法律第178号) as it is in force. */
export interface Holiday {
  readonly name: Text;
  /** It rests on an equinox that was not announced yet, but reckoned: the announcement may come out otherwise. */
  readonly isReckoned: boolean;
}

/** 天皇誕生日 is 02-23 from 2020 on; nobody knows the law much longer than a generation ahead. */
export const FIRST_YEAR = 2020;
export const LAST_YEAR = 2050;

/**
 * 暦要項 of the National Astronomical Observatory, in the official gazette of each February for the year after: `[March,
 * September]`, from {@link FIRST_YEAR} to 2027.
 */
const ANNOUNCED_EQUINOXES: readonly (readonly [vernal: number, autumnal: number])[] = [
  [20, 22],
  [20, 23],
  [21, 23],
  [21, 23],
  [20, 22],
  [20, 23],
  [20, 23],
  [21, 23],
];
const announcedOf = (year: number) => ANNOUNCED_EQUINOXES[year - FIRST_YEAR];

/** 海上保安庁水路部 暦計算研究会編「新こよみ便利帳」: the days of 1980 to 2099. */
const reckoned = (year: number, of1980: number): number =>
  Math.floor(of1980 + 0.242194 * (year - 1980) - Math.floor((year - 1980) / 4));

const equinoxesOf = (year: number): readonly [number, number] =>
  announcedOf(year) ?? [reckoned(year, 20.8431), reckoned(year, 23.2488)];

type MonthDay = readonly [month: number, day: number];

/** Of the Olympic years alone: 平成三十二年東京オリンピック競技大会・東京パラリンピック競技大会特別措置法 第29条, as amended in 2020. */
const MOVED: Readonly<Record<number, Readonly<Record<'marine' | 'mountain' | 'sports', MonthDay>>>> = {
  2020: { marine: [7, 23], mountain: [8, 10], sports: [7, 24] },
  2021: { marine: [7, 22], mountain: [8, 8], sports: [7, 23] },
};

/** 0 is a Sunday: 1970-01-01, day 0, was a Thursday. */
export const weekdayOf = (date: CalendarDate): number => (((date + 4) % 7) + 7) % 7;

function nthMonday(year: number, month: number, nth: number): MonthDay {
  const first = weekdayOf(dayNumber(year, month, 1));
  return [month, 1 + ((8 - first) % 7) + (nth - 1) * 7];
}

/** 第2条: the holidays that have a name of their own, in their order. */
function namedIn(year: number): readonly (readonly [at: MonthDay, name: Text])[] {
  const [vernal, autumnal] = equinoxesOf(year);
  const moved = MOVED[year];
  return [
    [[1, 1], text('元日', 'New Year\u2019s Day')],
    [nthMonday(year, 1, 2), text('成人の日', 'Coming of Age Day')],
    [[2, 11], text('建国記念の日', 'National Foundation Day')],
    [[2, 23], text('天皇誕生日', 'The Emperor\u2019s Birthday')],
    [[3, vernal], text('春分の日', 'Vernal Equinox Day')],
    [[4, 29], text('昭和の日', 'Showa Day')],
    [[5, 3], text('憲法記念日', 'Constitution Day')],
    [[5, 4], text('みどりの日', 'Greenery Day')],
    [[5, 5], text('こどもの日', 'Children\u2019s Day')],
    [moved?.marine ?? nthMonday(year, 7, 3), text('海の日', 'Marine Day')],
    [moved?.mountain ?? [8, 11], text('山の日', 'Mountain Day')],
    [nthMonday(year, 9, 3), text('敬老の日', 'Respect for the Aged Day')],
    [[9, autumnal], text('秋分の日', 'Autumnal Equinox Day')],
    [moved?.sports ?? nthMonday(year, 10, 2), text('スポーツの日', 'Sports Day')],
    [[11, 3], text('文化の日', 'Culture Day')],
    [[11, 23], text('勤労感謝の日', 'Labour Thanksgiving Day')],
  ];
}

const SUBSTITUTE = text('振替休日', 'substitute holiday');
const BRIDGE = text('国民の休日', 'national day of rest');

function holidaysIn(year: number): ReadonlyMap<CalendarDate, Holiday> {
  const isAnnounced = announcedOf(year) !== undefined;
  const named = new Map<CalendarDate, Holiday>();
  for (const [[month, day], name] of namedIn(year)) {
    const isEquinox = name.en.includes('Equinox');
    named.set(dayNumber(year, month, day), { name, isReckoned: isEquinox && !isAnnounced });
  }
  const all = new Map(named);
  for (const [date, { isReckoned }] of named) {
    // 第3条第2項: the next day that is none of these, behind one on a Sunday.
    if (weekdayOf(date) === 0) {
      let next = date + 1;
      while (named.has(next)) next++;
      all.set(next, { name: SUBSTITUTE, isReckoned });
    }
    // 第3条第3項: a day that is none of these, between two that are.
    const after = named.get(date + 2);
    if (after !== undefined && !all.has(date + 1))
      all.set(date + 1, { name: BRIDGE, isReckoned: isReckoned || after.isReckoned });
  }
  return all;
}

const BY_YEAR = new Map<number, ReadonlyMap<CalendarDate, Holiday>>();

/** All of a year; `undefined` outside {@link FIRST_YEAR} to {@link LAST_YEAR}, of which nothing is known. */
export function holidaysOf(year: number): ReadonlyMap<CalendarDate, Holiday> | undefined {
  if (year < FIRST_YEAR || year > LAST_YEAR) return undefined;
  const known = BY_YEAR.get(year) ?? holidaysIn(year);
  BY_YEAR.set(year, known);
  return known;
}

/** Of a day: its holiday, that it is none, or that its year is not known. */
export function holidayOn(date: CalendarDate): Holiday | 'none' | 'unknown' {
  const holidays = holidaysOf(civilDate(date).year);
  if (holidays === undefined) return 'unknown';
  return holidays.get(date) ?? 'none';
}
