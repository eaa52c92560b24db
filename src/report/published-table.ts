/** A table that a run has published, by column: rows are not made into objects, for there may be a hundred thousand. */
export interface PublishedTable {
  readonly rows: number;
  /** The cells of a column from the first row on; all empty where the table has no such column. */
  readonly column: (name: string) => readonly string[];
}

/** A table without rows, where a run has none of the name. */
export const NO_TABLE: PublishedTable = { rows: 0, column: () => [] };

/** Reads what publish/csv-bytes.ts writes: commas, LF, and quotes where a cell needs them. */
export function tableOf(content: string): PublishedTable {
  const lines = content.includes('"') ? linesOf(content) : content.split('\n');
  const [first = ''] = lines;
  const header = cellsOf(first);
  const columns: string[][] = header.map(() => []);
  let rows = 0;
  for (let at = 1; at < lines.length; at++) {
    const line = lines[at] as string;
    if (line === '') continue;
    const cells = cellsOf(line);
    for (let place = 0; place < columns.length; place++) (columns[place] as string[]).push(cells[place] ?? '');
    rows++;
  }
  return { rows, column: (name) => columns[header.indexOf(name)] ?? new Array<string>(rows).fill('') };
}

/** Lines, where a quoted cell may hold a line end. */
function linesOf(content: string): readonly string[] {
  const lines: string[] = [];
  let open = '';
  for (const line of content.split('\n')) {
    const whole = open === '' ? line : `${open}\n${line}`;
    // Quotes come in pairs, but within a cell that goes on.
    if (isWithinQuotes(whole)) open = whole;
    else {
      lines.push(whole);
      open = '';
    }
  }
  return lines;
}

function isWithinQuotes(line: string): boolean {
  let isWithin = false;
  for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) isWithin = !isWithin;
  return isWithin;
}

function cellsOf(line: string): readonly string[] {
  if (!line.includes('"')) return line.split(',');
  const cells: string[] = [];
  let at = 0;
  while (at <= line.length) {
    const end = line[at] === '"' ? closingQuote(line, at) + 1 : endOf(line, at);
    cells.push(line[at] === '"' ? line.slice(at + 1, end - 1).replaceAll('""', '"') : line.slice(at, end));
    at = end + 1;
  }
  return cells;
}

function endOf(line: string, at: number): number {
  const comma = line.indexOf(',', at);
  return comma < 0 ? line.length : comma;
}

function closingQuote(line: string, at: number): number {
  let quote = line.indexOf('"', at + 1);
  while (quote >= 0 && line[quote + 1] === '"') quote = line.indexOf('"', quote + 2);
  return quote < 0 ? line.length : quote;
}
