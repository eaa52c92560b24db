import { scaleLinear } from 'd3-scale';
import { linkHorizontal } from 'd3-shape';
import type { Text } from '../../base/text.ts';
import { type Markup, markup } from '../markup.ts';
import { label, percent } from './frame.ts';

/** A place that yen pass: in a column, with a name. */
export interface FlowNode {
  readonly id: string;
  readonly column: 0 | 1 | 2;
  readonly name: Text;
  readonly shown: Text;
  readonly colour: string;
  readonly href?: string;
}

export interface FlowLink {
  readonly from: string;
  readonly to: string;
  readonly yen: number;
}

/** All yen together, without what lies between nodes. */
const WHOLE_PIXELS = 300;
const FOOT_PIXELS = 8;
const NODE_WIDTH = 0.016;
/** Where a column stands; the last leaves room for its names. */
const COLUMNS = [0, 0.34, 0.66] as const;
/** Of the height, between two nodes: their names of two lines stand beside them. */
const GAP_PIXELS = 16;
const LEAST_PIXELS = 3;
const NAME_PIXELS = 38;
const UNITS = 1000;

interface Placed extends FlowNode {
  readonly top: number;
  readonly pixels: number;
}

/** One flow from left to right: as thick as there are yen. Nodes without yen are left out. */
export function flowDrawing(
  nodes: readonly FlowNode[],
  links: readonly FlowLink[],
): { readonly drawing: Markup; readonly heightPixels: number } {
  const yenOf = (id: string): number =>
    Math.max(sum(links.filter(({ from }) => from === id)), sum(links.filter(({ to }) => to === id)));
  const used = nodes.filter(({ id }) => yenOf(id) > 0);
  const whole = Math.max(1, ...COLUMNS.map((_, column) => total(used, column, yenOf)));
  const pixelsOf = scaleLinear([0, whole], [0, WHOLE_PIXELS]);
  const placed = new Map(COLUMNS.flatMap((_, column) => placeColumn(used, column, (id) => pixelsOf(yenOf(id)))));
  const ends = [...placed.values()].map(({ top, pixels }) => top + Math.max(pixels, NAME_PIXELS));
  const heightPixels = Math.ceil(Math.max(0, ...ends)) + FOOT_PIXELS;
  const ribbons = ribbonsOf(links, placed, pixelsOf);
  const drawing = markup`<svg x="0" y="0" width="100%" height="${heightPixels}" viewBox="0 0 ${UNITS} ${heightPixels}" preserveAspectRatio="none">${ribbons}</svg><g class="halo">${[...placed.values()].map(nodeDrawing)}</g>`;
  return { drawing, heightPixels };
}

const sum = (links: readonly FlowLink[]): number => links.reduce((yen, link) => yen + link.yen, 0);

const total = (nodes: readonly FlowNode[], column: number, yenOf: (id: string) => number): number =>
  nodes.filter((node) => node.column === column).reduce((yen, { id }) => yen + yenOf(id), 0);

/** Nodes of a column from the top down, none so close to the next that their names would meet. */
function placeColumn(
  nodes: readonly FlowNode[],
  column: number,
  pixelsOf: (id: string) => number,
): readonly (readonly [string, Placed])[] {
  let top = 0;
  return nodes
    .filter((node) => node.column === column)
    .map((node) => {
      const pixels = Math.max(LEAST_PIXELS, pixelsOf(node.id));
      const placed: Placed = { ...node, top, pixels };
      top += Math.max(pixels + GAP_PIXELS, NAME_PIXELS);
      return [node.id, placed] as const;
    });
}

function ribbonsOf(
  links: readonly FlowLink[],
  placed: ReadonlyMap<string, Placed>,
  pixelsOf: (yen: number) => number,
): readonly Markup[] {
  const [out, into] = [new Map<string, number>(), new Map<string, number>()];
  return links.flatMap(({ from, to, yen }) => {
    const [source, target] = [placed.get(from), placed.get(to)];
    if (yen <= 0 || source === undefined || target === undefined) return [];
    const thick = Math.max(1, pixelsOf(yen));
    const [left, right] = [out.get(from) ?? 0, into.get(to) ?? 0];
    out.set(from, left + thick);
    into.set(to, right + thick);
    const ends = (shift: number) => ({
      source: [((COLUMNS[source.column] ?? 0) + NODE_WIDTH) * UNITS, source.top + left + shift] as [number, number],
      target: [(COLUMNS[target.column] ?? 0) * UNITS, target.top + right + shift] as [number, number],
    });
    const line = linkHorizontal().digits(1);
    const upper = line(ends(0)) ?? '';
    const { source: start, target: stop } = ends(thick);
    const lower = (line({ source: stop, target: start }) ?? '').replace(/^M/, 'L');
    return [markup`<path class="ribbon fill-${target.colour}" d="${upper}${lower}Z"/>`];
  });
}

function nodeDrawing({ column, top, pixels, name, shown, colour, href }: Placed): Markup {
  const x = COLUMNS[column] ?? 0;
  const words = percent(x + NODE_WIDTH + 0.008);
  const y = Number(Math.max(top + 13, top + Math.min(pixels / 2, 40) - 4).toFixed(1));
  const drawn = markup`<rect class="fill-${colour}" x="${percent(x)}" y="${Number(top.toFixed(1))}" width="${percent(NODE_WIDTH)}" height="${Number(pixels.toFixed(1))}"/>${label({ words: name, x: words, y })}${label({ words: shown, x: words, y: y + 17 })}`;
  return href === undefined ? drawn : markup`<a href="${href}">${drawn}</a>`;
}
