import { type CalendarDate, civilDate } from '../../base/instants.ts';
import { type Text, text } from '../../base/text.ts';
import { holidayOn, weekdayOf } from './japanese-holidays.ts';

/** Whether banks transfer on a day; `unknown` where the table of holidays has no such year. */
export type BankingDay =
  | { readonly kind: 'open'; readonly isReckoned: boolean }
  /** `next`: the first day after it on which they do; undefined where the table ends before. */
  | { readonly kind: 'closed'; readonly why: Text; readonly next: CalendarDate | undefined }
  | { readonly kind: 'unknown' };

const SUNDAY = text('日曜日', 'a Sunday');
const SATURDAY = text('土曜日', 'a Saturday');
const TURN_OF_THE_YEAR = text('年末年始(12/31~1/3)', 'at the turn of the year (12-31 to 01-03)');

/** 銀行法施行令 第5条第1項: Sundays, holidays, 12-31 to 01-03 and Saturdays are no banking days. */
export function bankingDayOf(date: CalendarDate): BankingDay {
  const why = whyClosed(date);
  if (why === 'unknown') return { kind: 'unknown' };
  if (why === undefined) return { kind: 'open', isReckoned: isNearReckoned(date) };
  return { kind: 'closed', why, next: nextOpen(date) };
}

function whyClosed(date: CalendarDate): Text | 'unknown' | undefined {
  const holiday = holidayOn(date);
  if (holiday === 'unknown') return 'unknown';
  const { month, day } = civilDate(date);
  if (holiday !== 'none') return holiday.name;
  if ((month === 12 && day === 31) || (month === 1 && day <= 3)) return TURN_OF_THE_YEAR;
  const weekday = weekdayOf(date);
  if (weekday === 0) return SUNDAY;
  return weekday === 6 ? SATURDAY : undefined;
}

function nextOpen(date: CalendarDate): CalendarDate | undefined {
  for (let next = date + 1; ; next++) {
    const why = whyClosed(next);
    if (why === undefined) return next;
    if (why === 'unknown') return undefined;
  }
}

/** A reckoned equinox a day earlier or later moves the holidays beside it: what is open there may be closed. */
const isNearReckoned = (date: CalendarDate): boolean =>
  [-2, -1, 1, 2].some((distance) => {
    const near = holidayOn(date + distance);
    return typeof near === 'object' && near.isReckoned;
  });
