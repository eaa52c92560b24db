import { stringify } from 'csv-stringify/sync';

export type Row = readonly string[];

/** What stands in a cell of a thing’s row. @param more what the cells of a row are told beside the thing */
export type CellOf<Thing> = (thing: Thing, more: string) => string;

/** Rows that wait for csv-stringify together: it sets itself up anew for each call. */
const MOST_WAITING = 1 << 10;

/** A separator, a quote or a line end makes a cell one that must be quoted; so does a blank before it. */
const NEEDS_CARE = new Uint8Array(0x80);
for (const character of '",\r\n') NEEDS_CARE[character.charCodeAt(0)] = 1;
const BLANK = /^\s/;

/**
 * CSV in UTF-8 and LF, as programs read it, written byte by byte: texts of millions of cells would be garbage at once, and
 * so would their rows: a cell is asked for where it is written. csv-stringify writes the rows with a cell that begins with
 * a blank, or holds a carriage return; for these, cells are asked for once more.
 */
export class CsvBytes<Thing> {
  private readonly cells: readonly CellOf<Thing>[];
  private bytes = Buffer.allocUnsafeSlow(1 << 16);
  private length = 0;
  private waiting: Row[] = [];
  /** Where each cell of the row that was put last begins. */
  private readonly starts: number[] = [];

  constructor(cells: readonly CellOf<Thing>[]) {
    this.cells = cells;
  }

  add(thing: Thing, more: string): void {
    const end = this.cells.length < 2 ? CARE : this.putPlain(thing, more);
    if (end === CARE) {
      this.waiting.push(this.rowOf(thing, more));
      if (this.waiting.length === MOST_WAITING) this.putWaiting();
    } else if (this.waiting.length > 0) {
      // What was written of it stands where those that wait belong.
      this.putWaiting();
      this.length = this.putPlain(thing, more);
    } else this.length = end;
  }

  private rowOf(thing: Thing, more: string): Row {
    return this.cells.map((cellOf) => cellOf(thing, more));
  }

  /** Bytes so far. */
  get written(): number {
    this.putWaiting();
    return this.length;
  }

  /** Adds a row and says where one of its cells begins. */
  addAndFind(thing: Thing, more: string, column: number): number {
    const begin = this.written;
    const end = this.putPlain(thing, more);
    if (end !== CARE) {
      this.length = end;
      return this.starts[column] as number;
    }
    const row = this.rowOf(thing, more);
    this.waiting.push(row);
    // The line end of the cells before it stands for the separator.
    return begin + Buffer.byteLength(asText([row.slice(0, column)]));
  }

  finish(): Buffer {
    this.putWaiting();
    return this.bytes.subarray(0, this.length);
  }

  /** Puts a row behind what is written, and returns where it ends, or CARE. */
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: every character of every output comes by here.
  private putPlain(thing: Thing, more: string): number {
    const { cells } = this;
    let at = this.length;
    for (let index = 0; index < cells.length; index++) {
      const cell = (cells[index] as CellOf<Thing>)(thing, more);
      if (at + cell.length * 3 + 2 > this.bytes.length) this.lengthen(at + cell.length * 3 + 2);
      const { bytes } = this;
      if (index > 0) bytes[at++] = COMMA;
      const start = at;
      this.starts[index] = start;
      for (let place = 0; place < cell.length; place++) {
        const unit = cell.charCodeAt(place);
        if (unit >= 0x80 || NEEDS_CARE[unit] === 1) {
          const written = writtenForm(cell);
          if (written === undefined) return CARE;
          if (start + written.length * 3 + 2 > bytes.length) this.lengthen(start + written.length * 3 + 2);
          at = start + this.bytes.write(written, start, 'utf8');
          break;
        }
        bytes[at++] = unit;
      }
      if (cell.length > 0 && (this.bytes[start] as number) <= SPACE && BLANK.test(cell)) return CARE;
    }
    this.bytes[at++] = LINE_END;
    return at;
  }

  private putWaiting(): void {
    if (this.waiting.length === 0) return;
    const text = asText(this.waiting);
    this.waiting = [];
    if (this.length + text.length * 3 > this.bytes.length) this.lengthen(this.length + text.length * 3);
    this.length += this.bytes.write(text, this.length, 'utf8');
  }

  private lengthen(atLeast: number): void {
    const longer = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, atLeast));
    longer.set(this.bytes);
    this.bytes = longer;
  }
}

const asText = (rows: readonly Row[]): string => stringify(rows as string[][], { record_delimiter: '\n' });

/** No end of a row. */
const CARE = -1;
const COMMA = 0x2c;
const LINE_END = 0x0a;
const SPACE = 0x20;

const FOR_THE_LIBRARY = /^\s|\r/;
const QUOTED = /[",\n]/;

/** A cell as it stands in the file; undefined where csv-stringify is to say how. */
function writtenForm(cell: string): string | undefined {
  if (FOR_THE_LIBRARY.test(cell)) return undefined;
  return QUOTED.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A whole table. */
export function csvBytes(header: Row, rows: Iterable<Row>): Uint8Array {
  const csv = new CsvBytes<Row>(header.map((_, index) => (row) => row[index] as string));
  csv.add(header, '');
  for (const row of rows) csv.add(row, '');
  return csv.finish();
}
