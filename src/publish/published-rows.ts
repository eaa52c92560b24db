import { parse } from 'csv-parse/sync';

/** A row of a published table, by column. */
export type Cells = Record<string, string>;

/**
 * The rows of a table that a run published. Mostly nothing in it is quoted, and cutting it at its commas is all there is
 * to do; whatever else it may be, csv-parse says.
 *
 * @throws what csv-parse throws, where it is no table
 */
export function publishedRows(content: string): readonly Cells[] {
  return plainRows(content) ?? parse(content, { columns: true, bom: true });
}

const NOT_PLAIN = /["\r\uFEFF]/;

function plainRows(content: string): readonly Cells[] | undefined {
  if (!content.endsWith('\n') || NOT_PLAIN.test(content)) return undefined;
  const [first = '', ...lines] = content.slice(0, -1).split('\n');
  const header = first.split(',');
  if (first === '' || new Set(header).size < header.length || header.includes('__proto__')) return undefined;
  const rows: Cells[] = [];
  for (const line of lines) {
    const fields = line.split(',');
    if (line === '' || fields.length !== header.length) return undefined;
    const row: Cells = {};
    for (let index = 0; index < fields.length; index++) row[header[index] as string] = fields[index] as string;
    rows.push(row);
  }
  return rows;
}

/** Yen as a run writes them. @throws Error */
export function wholeYen(cell: string | undefined): number {
  const yen = /^-?(?:0|[1-9]\d*)$/.test(cell ?? '') ? Number(cell) : Number.NaN;
  if (!Number.isSafeInteger(yen)) throw new Error('no whole yen');
  return yen;
}
