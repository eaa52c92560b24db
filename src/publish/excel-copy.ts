import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

/**
 * The copy of a table for a spreadsheet: BOM and CRLF; formulas disarmed where no machine pays from it; and where a column
 * holds a text that a spreadsheet would take for a number or a date, `="…"` around all that stands in it. Saved from there as
 * CSV, every cell is read again as what it was.
 */
export function excelText(csv: string, forMachines: boolean): string {
  const [header = [], ...rows]: string[][] = parse(csv);
  const guarded = header.map((_, column) => rows.some((row) => isTakenForAnother(row[column] ?? '')));
  const cellOf = (cell: string, column: number): string => {
    if (guarded[column] === true && cell !== '' && cell.length <= LONGEST_IN_FORMULA)
      return `="${cell.replaceAll('"', '""')}"`;
    return forMachines ? cell : disarmed(cell);
  };
  // The library knows one line end, and leaves a cell bare that holds another one.
  return stringify([header, ...rows.map((row) => row.map(cellOf))], {
    bom: true,
    record_delimiter: '\r\n',
    quoted_match: /[\r\n]/,
  });
}

/** A formula holds no longer text, and no number is as long. */
const LONGEST_IN_FORMULA = 255;

/** What a spreadsheet changes without a word: zeros in front, more than 15 digits, exponents, what it takes for a date. */
const TAKEN_FOR_ANOTHER = [
  /^[+-]?0\d/,
  /^\+?\d{16,}$/,
  /^\d+(?:\.\d+)?[eE][+-]?\d+$/,
  /^\d{1,2}[-/]\d{1,2}(?:[-/]\d{1,4})?$/,
];
const isTakenForAnother = (cell: string): boolean => TAKEN_FOR_ANOTHER.some((pattern) => pattern.test(cell));

/** What a formula begins with, in any width. */
const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const NUMBER = /^-\d+$/;
const disarmed = (cell: string): string => (FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell);
