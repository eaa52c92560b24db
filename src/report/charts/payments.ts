import { max, range, ticks } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { area, curveStepAfter } from 'd3-shape';
import { grouped } from '../../base/figures.ts';
import { formatInstant, type Instant, MINUTE } from '../../base/instants.ts';
import { text } from '../../base/text.ts';
import type { Figures } from '../../publish/figures-file.ts';
import { type Markup, markup } from '../markup.ts';
import { label, percent, plain } from './frame.ts';

/** Payments by the minute, as they are drawn: what went through upwards, what did not downwards. */
export type MinuteCounts = Omit<Figures['payments'], 'from'> & { readonly from: Instant };

interface Window {
  readonly from: Instant;
  readonly end: Instant;
}

export const PAYMENTS_PIXELS = 300;
const TOP = 34;
const BOTTOM = 26;
const LEFT_GAP = 4;
/** Of the plot, in units of its own: it is stretched to whatever there is. */
const UNITS = 1000;
const MOST_HOURS_NAMED = 7;

const HOUR = 60 * MINUTE;
const clock = (instant: Instant): string =>
  formatInstant(instant).slice('YYYY-MM-DDT'.length, 'YYYY-MM-DDThh:mm'.length);

export function paymentsDrawing(counts: MinuteCounts, outages: readonly Window[]): Markup {
  const bins = counts.completed.length;
  const end = counts.from + bins * counts.binMinutes * MINUTE;
  const up = Math.max(1, max(counts.completed) ?? 0);
  const lost = counts.failed.map((count, bin) => count + (counts.pending[bin] ?? 0));
  const down = max(lost) ?? 0;
  const y = scaleLinear([up, -down], [0, UNITS]);
  const time = scaleLinear([counts.from, end], [0, 1]);
  const plotPixels = PAYMENTS_PIXELS - TOP - BOTTOM;
  const pixelOf = (count: number): number => Number((TOP + (y(count) / UNITS) * plotPixels).toFixed(1));
  const step = (upper: readonly number[], lower: (bin: number) => number): string =>
    area<number>(
      (bin) => bin,
      (bin) => y(lower(bin)),
      (bin) => y(upper[bin] ?? upper.at(-1) ?? 0),
    ).curve(curveStepAfter)(stepsIn(upper)) ?? '';
  const layer = (colour: string, path: string): Markup => markup`<path class="fill-${colour}" d="${path}"/>`;
  const nothing = (): number => 0;
  const plot = markup`<svg x="0" y="${TOP}" width="100%" height="${plotPixels}" viewBox="0 0 ${bins} ${UNITS}" preserveAspectRatio="none">${layer('later', step(counts.completed, nothing))}${layer('waits', step(counts.repeated, nothing))}${layer('held', step(counts.unsupported, nothing))}${layer(
    'outside',
    step(
      lost.map((count) => -count),
      nothing,
    ),
  )}${layer(
    'ink',
    step(
      counts.pending.map((count) => -count),
      nothing,
    ),
  )}</svg>`;
  return markup`${outages.map((outage) => windowOf(outage, time))}${gridOf(up, down, pixelOf)}${plot}<line class="base" x1="0" x2="100%" y1="${pixelOf(0)}" y2="${pixelOf(0)}"/>${hoursOf(counts.from, end, time)}`;
}

/** Bins where a count changes, and both ends: between them there is nothing to draw. */
const stepsIn = (counts: readonly number[]): number[] =>
  range(counts.length + 1).filter((bin) => bin % counts.length === 0 || counts[bin] !== counts[bin - 1]);

type Scale = (value: number) => number;

function windowOf({ from, end }: Window, time: Scale): Markup {
  const height = PAYMENTS_PIXELS - TOP - BOTTOM;
  const words = text(`障害 ${clock(from)}〜${clock(end - MINUTE)}`, `outage ${clock(from)}–${clock(end - MINUTE)}`);
  return markup`<rect class="window" x="${percent(time(from))}" y="${TOP}" width="${percent(time(end) - time(from))}" height="${height}"/>${[from, end].map((at) => markup`<line class="mark" x1="${percent(time(at))}" x2="${percent(time(at))}" y1="${TOP - 8}" y2="${TOP + height}"/>`)}${label({ words, x: percent((time(from) + time(end)) / 2), y: TOP - 14, anchor: 'middle' })}`;
}

/** Lines at whole numbers of payments; what did not go through is counted downwards. */
function gridOf(up: number, down: number, pixelOf: Scale): Markup {
  const whole = [...ticks(0, up, 4), ...ticks(0, down, 2).map((count) => -count)].filter(
    (count) => Number.isInteger(count) && count !== 0,
  );
  return markup`${whole.map((count) => markup`<line class="axis" x1="0" x2="100%" y1="${pixelOf(count)}" y2="${pixelOf(count)}"/>${label({ words: plain(grouped(Math.abs(count))), x: String(LEFT_GAP), y: pixelOf(count) - 3, isQuiet: true })}`)}`;
}

function hoursOf(from: Instant, end: Instant, time: Scale): Markup {
  const hours = Math.ceil((end - from) / HOUR);
  const every = Math.max(1, Math.ceil(hours / MOST_HOURS_NAMED));
  const named = range(0, hours + 1, every).map((hour) => from + hour * HOUR);
  return markup`${named
    .filter((at) => at <= end)
    .map((at) =>
      label({
        words: plain(clock(at)),
        x: percent(time(at)),
        y: PAYMENTS_PIXELS - 8,
        anchor: at === from ? 'start' : at === end ? 'end' : 'middle',
        isQuiet: true,
      }),
    )}`;
}
