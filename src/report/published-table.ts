/** A table that a run has published, by column: rows are not made into objects, for there may be a hundred thousand. */
export interface PublishedTable {
  readonly rows: number;
  /** The cells of a column from the first row on; all empty where the table has no such column. Made once. */
  readonly column: (name: string) => readonly string[];
}

/** A table without rows, where a run has none of the name. */
export const NO_TABLE: PublishedTable = { rows: 0, column: () => [] };

/** Reads what publish/csv-bytes.ts writes: commas, LF, and quotes where a cell needs them. */
export function tableOf(content: string): PublishedTable {
  const places = placesOf(content);
  const [widthOfHeader, header] = headerOf(content, places);
  const rows = places.rows - 1;
  const made = new Map<string, readonly string[]>();
  return {
    rows: Math.max(0, rows),
    column: (name) => {
      const known = made.get(name);
      if (known !== undefined) return known;
      const place = header.indexOf(name);
      const cells: string[] = [];
      for (let row = 1; row <= rows; row++)
        cells.push(place < 0 ? '' : cellAt(content, places, row * widthOfHeader + place));
      made.set(name, cells);
      return cells;
    },
  };
}

function headerOf(content: string, places: Places): readonly [width: number, names: readonly string[]] {
  return [places.width, Array.from({ length: places.width }, (_, place) => cellAt(content, places, place))];
}

/** Where each cell begins and ends, row by row; a row has as many as the header, however many stand there. */
interface Places {
  readonly width: number;
  readonly rows: number;
  readonly begins: Int32Array;
  readonly ends: Int32Array;
}

const COMMA = 44;
const LINE_FEED = 10;
const QUOTE = 34;

/** Cells are looked up in one walk, and made only of the columns that are asked for. */
function placesOf(content: string): Places {
  let [begins, ends] = [new Int32Array(1 << 12), new Int32Array(1 << 12)];
  let [width, rows, cells, at] = [0, 0, 0, 0];
  while (at < content.length) {
    if (cells + Math.max(width, 1) >= begins.length) [begins, ends] = [grown(begins), grown(ends)];
    const begin = at;
    at = endOfCell(content, at);
    const isLast = content.charCodeAt(at) !== COMMA;
    // Behind the cells that the header names there are none of ours.
    if (rows === 0 || cells < (rows + 1) * width) {
      begins[cells] = begin;
      ends[cells++] = at;
    }
    at++;
    if (!isLast) continue;
    rows++;
    if (rows === 1) width = cells;
    // What a row lacks is empty, and so is the place for it.
    cells = rows * width;
    if (cells >= begins.length) [begins, ends] = [grown(begins), grown(ends)];
  }
  return { width, rows, begins, ends };
}

function grown(places: Int32Array): Int32Array<ArrayBuffer> {
  const more = new Int32Array(2 * places.length);
  more.set(places);
  return more;
}

/** Of the comma, the line end or the end of all behind a cell. */
function endOfCell(content: string, begin: number): number {
  let at = begin;
  if (content.charCodeAt(at) === QUOTE) {
    at++;
    while (at < content.length && !(content.charCodeAt(at) === QUOTE && content.charCodeAt(at + 1) !== QUOTE))
      at += content.charCodeAt(at) === QUOTE ? 2 : 1;
    at++;
  }
  for (; at < content.length; at++) {
    const code = content.charCodeAt(at);
    if (code === COMMA || code === LINE_FEED) return at;
  }
  return content.length;
}

function cellAt(content: string, { begins, ends }: Places, cell: number): string {
  const [begin, end] = [begins[cell] as number, ends[cell] as number];
  if (begin < end && content.charCodeAt(begin) === QUOTE)
    return content.slice(begin + 1, end - 1).replaceAll('""', '"');
  return content.slice(begin, end);
}
