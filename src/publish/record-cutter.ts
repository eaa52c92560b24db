/** What is no table: somebody else than a run wrote it. */
export class NoTable extends Error {
  constructor() {
    super('no table');
  }
}

/** The byte order mark, byte by byte. */
const MARK = '\u00ef\u00bb\u00bf';

/**
 * Cuts a table into its records, wherever the pieces of it end: a line end in quotes ends none. Texts hold one character for
 * each byte, so that a piece may end within a character.
 */
export class RecordCutter {
  private lineEnd: string | undefined;
  private open = '';
  private inQuotes = false;

  /** @param lineEnd of a table that begins with a mark, or may have other ones, that of its first record */
  constructor(lineEnd?: string) {
    this.lineEnd = lineEnd;
  }

  /** The records that end in the next piece. No piece ends between two characters of a line end. */
  take(piece: string): readonly string[] {
    if (this.lineEnd === undefined) return this.begin(piece);
    const lines = piece.split(this.lineEnd);
    if (this.inQuotes || piece.includes('"')) return this.joined(lines, this.lineEnd);
    lines[0] = this.open + lines[0];
    this.open = lines.pop() ?? '';
    return lines;
  }

  /** What no line end has followed yet. */
  get rest(): string {
    return this.lineEnd === undefined ? withoutMark(this.open) : this.open;
  }

  private begin(piece: string): readonly string[] {
    const head = this.open + piece;
    this.open = head;
    this.lineEnd = this.lineEndIn(piece);
    if (this.lineEnd === undefined) return [];
    this.open = '';
    this.inQuotes = false;
    return this.take(withoutMark(head));
  }

  /** The first that stands in no quotes. */
  private lineEndIn(piece: string): string | undefined {
    for (let at = 0; at < piece.length; at++) {
      const character = piece[at];
      if (character === '"') this.inQuotes = !this.inQuotes;
      else if (character === '\n' && !this.inQuotes) return '\n';
      else if (character === '\r' && !this.inQuotes) return piece[at + 1] === '\n' ? '\r\n' : '\r';
    }
    return undefined;
  }

  private joined(lines: readonly string[], lineEnd: string): readonly string[] {
    const records: string[] = [];
    const last = lines.length - 1;
    for (const [place, line] of lines.entries()) {
      const record = this.open + line;
      this.inQuotes = hasOddQuotes(line) !== this.inQuotes;
      if (place < last && !this.inQuotes) {
        records.push(record);
        this.open = '';
      } else this.open = place < last ? record + lineEnd : record;
    }
    return records;
  }
}

const withoutMark = (text: string): string => (text.startsWith(MARK) ? text.slice(MARK.length) : text);

function hasOddQuotes(line: string): boolean {
  let odd = false;
  for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) odd = !odd;
  return odd;
}

const QUOTE = 34;
const COMMA = 44;

/** The cells of a record, still one character for each byte. @throws NoTable where quotes stand where none may */
export function cellsOf(record: string): readonly string[] {
  if (!record.includes('"')) return record.split(',');
  const cells: string[] = [];
  for (let at = 0; ; ) {
    const isQuoted = record.charCodeAt(at) === QUOTE;
    const end = isQuoted ? endOfQuoted(record, at) : endOfPlain(record, at);
    cells.push(isQuoted ? record.slice(at + 1, end - 1).replaceAll('""', '"') : record.slice(at, end));
    if (end === record.length) return cells;
    if (record.charCodeAt(end) !== COMMA) throw new NoTable();
    at = end + 1;
  }
}

/** Behind the quote that closes it. */
function endOfQuoted(record: string, begin: number): number {
  let at = record.indexOf('"', begin + 1);
  while (at >= 0 && record.charCodeAt(at + 1) === QUOTE) at = record.indexOf('"', at + 2);
  if (at < 0) throw new NoTable();
  return at + 1;
}

function endOfPlain(record: string, begin: number): number {
  const comma = record.indexOf(',', begin);
  const end = comma < 0 ? record.length : comma;
  const quote = record.indexOf('"', begin);
  if (quote >= 0 && quote < end) throw new NoTable();
  return end;
}

/** A slice of fewer characters is copied by itself; a longer one holds all that it was cut from. */
const SHORT = 13;

/** A cell as the text that it means, which holds nothing of the piece that it was cut from. */
export const textOf = (cell: string): string =>
  cell.length < SHORT && !NOT_ASCII.test(cell) ? cell : Buffer.from(cell, 'latin1').toString('utf8');

const NOT_ASCII = /[\u0080-\u00ff]/;
