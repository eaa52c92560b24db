import { isAscii } from 'node:buffer';

/** A table that a run has published, by column: rows are not made into objects, for there may be a million. */
export interface PublishedTable {
  readonly rows: number;
  /** In steps, the cells of a column from the first row on; all empty where the table has no such column. Made once. */
  readonly column: Columns;
}

export type Columns = (name: string) => Generator<undefined, readonly string[]>;

/** A table without rows, where a run has none of the name. */
export const NO_TABLE: PublishedTable = {
  rows: 0,
  *column() {
    yield undefined;
    return [];
  },
};

/** So many rows are looked through at a time, and fewer of long ones: none once there are so many bytes. */
const ROWS_A_STEP = 1 << 10;
const BYTES_A_STEP = 1 << 20;

/** Reads, in steps, what publish/csv-bytes.ts writes: commas, LF, and quotes where a cell needs them. */
export function* tableOf(content: Uint8Array): Generator<undefined, PublishedTable> {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const [header, begin] = headerOf(bytes);
  const stretches: Stretch[] = [];
  let rows = 0;
  for (let at = begin; at < bytes.length; ) {
    const [stretch, end] = stretchOf(bytes, at, header.length);
    stretches.push(stretch);
    rows += stretch.rows;
    at = end;
    yield undefined;
  }
  const made = new Map<string, readonly string[]>();
  return {
    rows,
    *column(name) {
      const known = made.get(name);
      if (known !== undefined) return known;
      const cells: string[] = [];
      const place = header.indexOf(name);
      for (const stretch of stretches) {
        for (let row = 0; row < stretch.rows; row++)
          cells.push(place < 0 ? '' : cellAt(stretch, row * header.length + place));
        yield undefined;
      }
      made.set(name, cells);
      return cells;
    },
  };
}

/** Some rows, and where in them each cell begins and ends; a row has as many as the header, however many stand there. */
interface Stretch {
  readonly bytes: Buffer;
  /** The bytes as text, where each of them is a sign of ASCII: a cell is cut out of it then. */
  readonly text: string | undefined;
  readonly rows: number;
  readonly begins: Int32Array;
  readonly ends: Int32Array;
}

const COMMA = 44;
const LINE_FEED = 10;
const QUOTE = 34;

function headerOf(bytes: Buffer): readonly [names: readonly string[], end: number] {
  const names: string[] = [];
  let at = 0;
  for (let isLast = bytes.length === 0; !isLast; at++) {
    const begin = at;
    at = endOfCell(bytes, begin);
    names.push(unquoted(bytes.toString('utf8', begin, at)));
    isLast = bytes[at] !== COMMA;
  }
  return [names, at];
}

/** Cells are looked up in one walk, and made only of the columns that are asked for. */
function stretchOf(bytes: Buffer, begin: number, width: number): readonly [stretch: Stretch, end: number] {
  const [begins, ends] = [new Int32Array(ROWS_A_STEP * width), new Int32Array(ROWS_A_STEP * width)];
  let [rows, at] = [0, begin];
  while (rows < ROWS_A_STEP && at < bytes.length && at - begin < BYTES_A_STEP) {
    const [first, behind] = [rows * width, (rows + 1) * width];
    let cell = first;
    for (let isLast = false; !isLast; at++) {
      const from = at;
      at = endOfCell(bytes, from);
      // What a row lacks is empty, and behind the cells that the header names there are none of ours.
      if (cell < behind) {
        begins[cell] = from - begin;
        ends[cell++] = at - begin;
      }
      isLast = bytes[at] !== COMMA;
    }
    rows++;
  }
  const own = bytes.subarray(begin, at);
  return [{ bytes: own, text: isAscii(own) ? own.toString('latin1') : undefined, rows, begins, ends }, at];
}

/** Of the comma, the line end or the end of all behind a cell. */
function endOfCell(bytes: Buffer, begin: number): number {
  let at = begin;
  if (bytes[at] === QUOTE) {
    at++;
    while (at < bytes.length && !(bytes[at] === QUOTE && bytes[at + 1] !== QUOTE)) at += bytes[at] === QUOTE ? 2 : 1;
    at++;
  }
  for (; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === COMMA || byte === LINE_FEED) return at;
  }
  return bytes.length;
}

function cellAt({ bytes, text, begins, ends }: Stretch, cell: number): string {
  const [begin, end] = [begins[cell] as number, ends[cell] as number];
  return unquoted(text === undefined ? bytes.toString('utf8', begin, end) : text.slice(begin, end));
}

const unquoted = (cell: string): string =>
  cell.charCodeAt(0) === QUOTE ? cell.slice(1, -1).replaceAll('""', '"') : cell;
