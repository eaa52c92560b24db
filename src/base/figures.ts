import { type CalendarDate, civilDate, dateOf, type Instant, MINUTE, startOfDay } from './instants.ts';
import { type Text, text } from './text.ts';

/** Figures as people read them, and read them out: sums grouped, days by their names. */

/** `12,000`, in both languages. */
export const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** `12,000円`, `12,000 yen`. */
export const yenWords = (value: number): Text => text(`${grouped(value)}円`, `${grouped(value)} yen`);

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/**
 * `5月15日`, `15 May`; with its year unless that is the one that goes without saying.
 *
 * @param understood the year that is not said; undefined where each is
 */
export function dayWords(date: CalendarDate, understood: number | undefined): Text {
  const { year, month, day } = civilDate(date);
  const said = year !== understood;
  return text(`${said ? `${year}年` : ''}${month}月${day}日`, `${day} ${MONTHS[month - 1]}${said ? ` ${year}` : ''}`);
}

/** `2月24日18時5分`, `2月24日18時`, `24 February at 18:05`: as somebody names a payment, to the minute. */
export function momentWords(instant: Instant, understood: number | undefined): Text {
  const date = dateOf(instant);
  const day = dayWords(date, understood);
  const minutes = Math.floor((instant - startOfDay(date)) / MINUTE);
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60];
  return text(
    `${day.ja}${hour}時${minute === 0 ? '' : `${minute}分`}`,
    `${day.en} at ${hour}:${String(minute).padStart(2, '0')}`,
  );
}
