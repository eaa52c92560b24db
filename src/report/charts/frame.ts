import type { Text } from '../../base/text.ts';
import { both, drawnText, type Markup, markup, NOTHING } from '../markup.ts';

/** A drawing with what it says in words, and the figures it is drawn from. */
export interface Chart {
  /** Of the page; part of the ids within. */
  readonly id: string;
  readonly title: Text;
  /** What it shows and how to read it. */
  readonly says: Text;
  readonly heightPixels: number;
  readonly drawing: Markup;
  /** Marks of it are links: then it is no single picture. */
  readonly hasLinks?: boolean;
  /** It does not get narrower than it can be read, but is moved sideways. */
  readonly isWide?: boolean;
  readonly legend?: Markup;
  readonly table: Markup;
}

const FIGURES: Text = { ja: '図の数字を表で見る', en: 'The figures as a table' };

export function chartFigure(chart: Chart): Markup {
  const { id, title, says, heightPixels, drawing, legend = NOTHING, table } = chart;
  const role = chart.hasLinks === true ? 'group' : 'img';
  const svg = markup`<svg role="${role}" aria-labelledby="${id}-title" aria-describedby="${id}-says" height="${heightPixels}">${drawing}</svg>`;
  const placed =
    chart.isWide === true
      ? markup`<div class="wide" tabindex="0" role="group" aria-labelledby="${id}-title">${svg}</div>`
      : svg;
  return markup`<figure id="${id}">
<figcaption><h3 id="${id}-title">${both(title)}</h3><p class="quiet" id="${id}-says">${both(says)}</p></figcaption>
${placed}
${legend}
<details><summary>${both(FIGURES)}</summary>${table}</details>
</figure>`;
}

/** A place within a drawing as it grows and shrinks with the page; text keeps its size. */
export const percent = (share: number): string => `${Number((share * 100).toFixed(3))}%`;

export interface Label {
  readonly words: Text;
  readonly x: string;
  readonly y: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly isQuiet?: boolean;
}

export const label = ({ words, x, y, anchor = 'start', isQuiet = false }: Label): Markup => {
  const place = markup`x="${x}" y="${y}" text-anchor="${anchor}"`;
  if (!isQuiet) return drawnText(words, place);
  // The class of the language stands where a class of its own would.
  return markup`<g class="quiet">${drawnText(words, place)}</g>`;
};

/** A figure or a name, the same in both languages. */
export const plain = (shown: string): Text => ({ ja: shown, en: shown });

export interface LegendEntry {
  readonly colour: string;
  readonly words: Text;
}

export const legendOf = (entries: readonly LegendEntry[]): Markup =>
  markup`<ul class="legend">${entries.map(
    ({ colour, words }) => markup`<li><span class="key ink-${colour}"></span>${both(words)}</li>`,
  )}</ul>`;

/** A column of a table; figures stand on the right. */
export interface TableColumn {
  readonly name: Text;
  readonly isNumber?: boolean;
}

/**
 * A table of a section or behind a drawing: the first cell of a row names it.
 *
 * @param isStacked on a narrow screen the cells of a row stand below one another, each with the name of its column
 */
export const tableMarkup = (
  columns: readonly TableColumn[],
  rows: readonly (readonly Markup[])[],
  foot: readonly Markup[] = [],
  isStacked = false,
): Markup => {
  const kind = (place: number): Markup => (columns[place]?.isNumber === true ? markup` class="number"` : NOTHING);
  const nameOf = (place: number): Markup =>
    isStacked
      ? markup`<span class="label" aria-hidden="true">${both(columns[place]?.name ?? plain(''))}: </span>`
      : NOTHING;
  const cells = (row: readonly Markup[]): Markup =>
    markup`<tr>${row.map((cell, place) =>
      place === 0 ? markup`<th scope="row">${cell}</th>` : markup`<td${kind(place)}>${nameOf(place)}${cell}</td>`,
    )}</tr>`;
  const head = columns.map(({ name }, place) => markup`<th scope="col"${kind(place)}>${both(name)}</th>`);
  const total = foot.length === 0 ? NOTHING : markup`<tfoot>${cells(foot)}</tfoot>`;
  // What is moved sideways must be reached by the keyboard: by a link within, or by itself.
  const isReached = rows.some((row) => row.some(({ html }) => html.includes('<a ')));
  return markup`<div class="scroll"${isReached ? NOTHING : markup` tabindex="0" role="group"`}><table${isStacked ? markup` class="stacked"` : NOTHING}><thead><tr>${head}</tr></thead><tbody>${rows.map(cells)}</tbody>${total}</table></div>`;
};
