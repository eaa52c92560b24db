/** A table that a run has published, by column: rows are not made into objects, for there may be a hundred thousand. */
export interface PublishedTable {
  readonly rows: number;
  /** The cells of a column from the first row on; all empty where the table has no such column. */
  readonly column: (name: string) => readonly string[];
}

/** A table without rows, where a run has none of the name. */
export const NO_TABLE: PublishedTable = { rows: 0, column: () => [] };

/** Reads what publish/csv-bytes.ts writes: commas, LF, and quotes where a cell needs them. */
export const tableOf = (content: string): PublishedTable =>
  content.includes('"') ? quotedTable(content) : plainTable(content);

/** Where nothing is quoted: where each cell ends is looked up once, and only cells of columns that are asked for are made. */
function plainTable(content: string): PublishedTable {
  const headerEnd = lineEnd(content, 0);
  const header = content.slice(0, headerEnd).split(',');
  const ends: number[] = [];
  for (let at = headerEnd + 1; at < content.length; ) {
    const end = lineEnd(content, at);
    for (let place = 1; place < header.length; place++) {
      const comma = content.indexOf(',', at);
      // A line with fewer cells than headers is none of ours; what it lacks is empty.
      const cellEnd = comma < 0 || comma > end ? end : comma;
      ends.push(cellEnd);
      at = Math.min(cellEnd + 1, end);
    }
    ends.push(end);
    at = end + 1;
  }
  const rows = ends.length / header.length;
  return {
    rows,
    column: (name) => {
      const place = header.indexOf(name);
      if (place < 0) return new Array<string>(rows).fill('');
      return Array.from({ length: rows }, (_, row) => {
        const cell = row * header.length + place;
        const end = ends[cell] ?? 0;
        return content.slice(Math.min(end, (ends[cell - 1] ?? headerEnd) + 1), end);
      });
    },
  };
}

function lineEnd(content: string, at: number): number {
  const end = content.indexOf('\n', at);
  return end < 0 ? content.length : end;
}

function quotedTable(content: string): PublishedTable {
  const [first = '', ...lines] = linesOf(content).filter((line) => line !== '');
  const header = cellsOf(first);
  const cells = lines.map(cellsOf);
  return {
    rows: cells.length,
    column: (name) => {
      const place = header.indexOf(name);
      return cells.map((row) => row[place] ?? '');
    },
  };
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
