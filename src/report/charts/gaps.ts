import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { grouped } from '../../base/figures.ts';
import { type Text, text } from '../../base/text.ts';
import type { Figures } from '../../publish/figures-file.ts';
import { type Markup, markup } from '../markup.ts';
import { label, percent, plain } from './frame.ts';

type Gaps = Figures['gaps'];

export const GAPS_PIXELS = 220;
const TOP = 34;
const BOTTOM = 26;
const MOST_NAMED = 6;
/** Minutes between named places, as clocks divide them; of a longer span whole hours. */
const STEPS_MINUTES = [1, 2, 5, 10, 15, 30, 60];
const MINUTE_SECONDS = 60;

/** `0:30`, as people read a time between two presses. */
export const minutesAndSeconds = (seconds: number): string =>
  `${Math.floor(seconds / MINUTE_SECONDS)}:${String(seconds % MINUTE_SECONDS).padStart(2, '0')}`;

/** A length of time in words, to the second. */
export function spanWords(seconds: number): Text {
  const [minutes, rest] = [Math.floor(seconds / MINUTE_SECONDS), seconds % MINUTE_SECONDS];
  const parts: Text[] = [];
  if (minutes > 0) parts.push(text(`${minutes}分`, `${minutes} min`));
  if (rest > 0 || minutes === 0) parts.push(text(`${rest}秒`, `${rest} s`));
  return text(parts.map(({ ja }) => ja).join(''), parts.map(({ en }) => en).join(' '));
}

/** Places along the line that are named: few enough to be read. */
function namedSeconds(reachSeconds: number): readonly number[] {
  const minutes = reachSeconds / MINUTE_SECONDS / MOST_NAMED;
  const step = (STEPS_MINUTES.find((each) => each >= minutes) ?? Math.ceil(minutes / 60) * 60) * MINUTE_SECONDS;
  return Array.from({ length: Math.floor(reachSeconds / step) + 1 }, (_, place) => place * step);
}

/** How soon an equal payment followed, with the limit within which it counts as pressed again. */
export function gapsDrawing({ limitSeconds, binSeconds, counts }: Gaps): Markup {
  const bins = Math.max(1, counts.length);
  const most = Math.max(1, max(counts) ?? 0);
  const height = GAPS_PIXELS - TOP - BOTTOM;
  const tall = scaleLinear([0, most], [0, height]);
  const at = (seconds: number): string => percent(seconds / (bins * binSeconds));
  const bars = counts.map((count, bin) => {
    if (count === 0) return markup``;
    const pixels = Number(Math.max(2, tall(count)).toFixed(1));
    // A time at the end of a bin belongs to it.
    const colour = (bin + 1) * binSeconds <= limitSeconds ? 'waits' : 'outside';
    return markup`<rect class="fill-${colour}" x="${at(bin * binSeconds)}" y="${TOP + height - pixels}" width="${percent(0.86 / bins)}" height="${pixels}"/>`;
  });
  const named = namedSeconds(bins * binSeconds);
  const limit = limitSeconds / (bins * binSeconds);
  const isLate = limit > 0.6;
  const words = spanWords(limitSeconds);
  return markup`<line class="base" x1="0" x2="100%" y1="${TOP + height}" y2="${TOP + height}"/>${bars}${label({ words: text(`最多 ${grouped(most)} 件`, `at most ${grouped(most)}`), x: '0', y: 14, isQuiet: true })}${named.map((seconds, place) => label({ words: plain(minutesAndSeconds(seconds)), x: at(seconds), y: GAPS_PIXELS - 8, anchor: place === 0 ? 'start' : seconds === bins * binSeconds ? 'end' : 'middle', isQuiet: true }))}<line class="mark" x1="${percent(limit)}" x2="${percent(limit)}" y1="${TOP - 12}" y2="${TOP + height}"/>${label({ words: text(`二度押しとみなす限度 ${words.ja}`, `pressed again: within ${words.en}`), x: percent(limit), y: TOP - 18, anchor: isLate ? 'end' : 'start' })}`;
}
