/** A file of rows, as it is changed before it is written. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export type Tables = Readonly<Record<string, CsvTable>>;

const field = (value: string): string =>
  /[",\r\n]/.test(value) || value !== value.trim() ? `"${value.replaceAll('"', '""')}"` : value;

export const csvOf = ({ header, rows }: CsvTable): string =>
  [header, ...rows].map((row) => `${row.map(field).join(',')}\n`).join('');
