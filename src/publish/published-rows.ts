import { cellsOf, NoTable, RecordCutter, textOf } from './record-cutter.ts';

/** A row of a published table, by column. */
export type Cells = Record<string, string>;

/** Rows as they come, and undefined where somebody else may have a turn. */
export type Rows = Iterable<Cells | undefined>;

/** So much of a table is cut into records at a time. */
const PIECE_BYTES = 1 << 18;

/**
 * The rows of a table that a run published, in steps: with a million questions it has hundreds of megabytes. It is read as
 * csv-parse reads it, whatever stands in it.
 *
 * @param bytes all of it, one piece after the other
 * @param columns those that are asked for; without them, all
 * @throws NoTable where it is none, and what reading the bytes throws
 */
export function* publishedRows(
  bytes: Iterable<Uint8Array>,
  columns?: readonly string[],
): Generator<Cells | undefined, void> {
  let rowOf: RowOf | undefined;
  for (const cells of recordsIn(bytes)) {
    if (cells === undefined) yield undefined;
    else if (rowOf === undefined) rowOf = rowsUnder(cells, columns);
    else yield rowOf(cells);
  }
}

/**
 * The records of such a table as they stand there, its header first, and undefined now and then.
 *
 * @throws NoTable where it is none, and what reading the bytes throws
 */
export function* publishedRecords(bytes: Iterable<Uint8Array>): Generator<readonly string[] | undefined, void> {
  for (const cells of recordsIn(bytes)) yield cells?.map(textOf);
}

/** One character for each byte; all have as many cells as the first. */
function* recordsIn(bytes: Iterable<Uint8Array>): Generator<readonly string[] | undefined, void> {
  const cutter = new RecordCutter();
  let width: number | undefined;
  const cut = (record: string): readonly string[] => {
    const cells = cellsOf(record);
    width ??= cells.length;
    if (cells.length !== width) throw new NoTable();
    return cells;
  };
  for (const piece of textsOf(bytes)) {
    yield undefined;
    for (const record of cutter.take(piece)) yield cut(record);
  }
  if (cutter.rest !== '') yield cut(cutter.rest);
}

/** One character for each byte. What may be half a line end waits for the other half. */
function* textsOf(bytes: Iterable<Uint8Array>): Generator<string> {
  let held = '';
  for (const whole of bytes)
    for (let at = 0; at < whole.length; at += PIECE_BYTES) {
      const { buffer, byteOffset, length } = whole.subarray(at, at + PIECE_BYTES);
      const text = held + Buffer.from(buffer, byteOffset, length).toString('latin1');
      held = text.endsWith('\r') ? '\r' : '';
      yield held === '' ? text : text.slice(0, -1);
    }
  if (held !== '') yield held;
}

type RowOf = (cells: readonly string[]) => Cells;

function rowsUnder(header: readonly string[], columns: readonly string[] | undefined): RowOf {
  const asked = header
    .map((cell, place) => ({ name: textOf(cell), place }))
    .filter(({ name }) => columns === undefined || columns.includes(name));
  return (cells) => {
    const row: Cells = {};
    for (const { name, place } of asked) row[name] = textOf(cells[place] as string);
    return row;
  };
}

/** What is made of each row, in steps. @throws what going through the rows throws, and what making throws */
export function* madeOf<Made>(rows: Rows, of: (row: Cells) => Made): Generator<undefined, readonly Made[]> {
  const made: Made[] = [];
  for (const row of rows) {
    if (row === undefined) yield undefined;
    else made.push(of(row));
  }
  return made;
}

/** Yen as a run writes them. @throws Error */
export function wholeYen(cell: string | undefined): number {
  const yen = /^-?(?:0|[1-9]\d*)$/.test(cell ?? '') ? Number(cell) : Number.NaN;
  if (!Number.isSafeInteger(yen)) throw new Error('no whole yen');
  return yen;
}
