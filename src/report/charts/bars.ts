import { scaleLinear } from 'd3-scale';
import type { Text } from '../../base/text.ts';
import { type Markup, markup } from '../markup.ts';
import { label, percent } from './frame.ts';

/** A bar with its name and what it comes to above it, so that it can be read at any width. */
export interface Bar {
  readonly name: Text;
  readonly shown: Text;
  readonly size: number;
  readonly colour: string;
  /** Where the mark leads; undefined where there is nothing to look at. */
  readonly href?: string;
}

const ROW_PIXELS = 45;
const TEXT_PIXELS = 15;
const BAR_PIXELS = 12;

export const barsHeight = (bars: readonly Bar[]): number => bars.length * ROW_PIXELS;

/** Bars below one another, on one scale from nothing to the largest. What is not nothing can be seen. */
export function barsDrawing(bars: readonly Bar[]): Markup {
  const largest = Math.max(1, ...bars.map(({ size }) => size));
  const width = scaleLinear([0, largest], [0, 1]);
  const drawn = bars.map(({ name, shown, size, colour, href }, at) => {
    const top = at * ROW_PIXELS;
    const share = percent(width(size));
    const bar = markup`${label({ words: name, x: '0', y: top + TEXT_PIXELS })}${label({ words: shown, x: '100%', y: top + TEXT_PIXELS, anchor: 'end' })}<rect class="fill-soft" x="0" y="${top + TEXT_PIXELS + 6}" width="100%" height="${BAR_PIXELS}" rx="2" opacity=".45"/>${size > 0 ? markup`<rect class="fill-${colour}" x="0" y="${top + TEXT_PIXELS + 6}" width="${share}" height="${BAR_PIXELS}" rx="2"/><rect class="fill-${colour}" x="0" y="${top + TEXT_PIXELS + 6}" width="2" height="${BAR_PIXELS}"/>` : markup``}`;
    return href === undefined ? bar : markup`<a href="${href}">${bar}</a>`;
  });
  return markup`${drawn}`;
}
