import { range } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { type CalendarDate, civilDate, dayNumber } from '../../base/instants.ts';
import { type Text, text } from '../../base/text.ts';
import { type Markup, markup } from '../markup.ts';
import { label, percent } from './frame.ts';

/** Something that is on for some days; of one day where both are the same; open where no end is stated. */
export interface Span {
  readonly name: Text;
  readonly shown: Text;
  readonly from: CalendarDate;
  readonly to: CalendarDate | undefined;
  readonly colour: string;
}

const TOP = 44;
const ROW_PIXELS = 44;
const TEXT_PIXELS = 14;
const BAR_PIXELS = 10;

export const calendarHeight = (spans: readonly Span[]): number => TOP + spans.length * ROW_PIXELS;

/** Days of a notice below one another on one line of time, and the day of the run across them. */
export function calendarDrawing(spans: readonly Span[], today: CalendarDate): Markup {
  const days = [today, ...spans.flatMap(({ from, to }) => (to === undefined ? [from] : [from, to]))];
  const [first, last] = [Math.min(...days) - 3, Math.max(...days) + 8];
  const place = scaleLinear([first, last], [0, 1]);
  const bottom = calendarHeight(spans);
  const months = monthsBetween(first, last).map(
    (day) =>
      markup`<line class="axis" x1="${percent(place(day))}" x2="${percent(place(day))}" y1="${TOP - 12}" y2="${bottom}"/>${label({ words: monthName(day), x: percent(place(day)), y: TOP - 18, isQuiet: true })}`,
  );
  const drawn = spans.map(({ name, shown, from, to, colour }, row) => {
    const top = TOP + row * ROW_PIXELS;
    const [start, end] = [place(from), place(to === undefined ? last : to + 1)];
    const bar = markup`<rect class="fill-${colour}" x="${percent(start)}" y="${top + TEXT_PIXELS + 6}" width="${percent(end - start)}" height="${BAR_PIXELS}" rx="2"${to === undefined ? markup` opacity=".5"` : markup``}/><rect class="fill-${colour}" x="${percent(start)}" y="${top + TEXT_PIXELS + 6}" width="4" height="${BAR_PIXELS}" rx="2"/>`;
    const words = markup`${label({ words: name, x: '0', y: top + TEXT_PIXELS })}${label({ words: shown, x: '100%', y: top + TEXT_PIXELS, anchor: 'end' })}`;
    return { bar, words };
  });
  const now = place(today + 0.5);
  const side = now > 0.7 ? 'end' : now < 0.1 ? 'start' : 'middle';
  return markup`${months}${drawn.map(({ bar }) => bar)}<line class="mark" x1="${percent(now)}" x2="${percent(now)}" y1="16" y2="${bottom}"/>${label({ words: text('この実行の日', 'day of this run'), x: percent(now), y: 11, anchor: side })}<g class="halo">${drawn.map(({ words }) => words)}</g>`;
}

/** First days of months; of a long span fewer. */
function monthsBetween(first: CalendarDate, last: CalendarDate): readonly CalendarDate[] {
  const { year, month } = civilDate(first);
  const months = Math.ceil((last - first) / 28) + 1;
  const every = Math.max(1, Math.ceil(months / 7));
  return range(0, months + 1, every)
    .map((more) => dayNumber(year + Math.floor((month - 1 + more) / 12), ((month - 1 + more) % 12) + 1, 1))
    .filter((day) => day >= first && day <= last);
}

const NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const monthName = (day: CalendarDate): Text => {
  const { month } = civilDate(day);
  return text(`${month}月`, NAMES[month - 1] ?? '');
};
