import { CsvBytes, type Row } from './csv-bytes.ts';

/** Rows of a table as CSV, counted, with the sums of their yen columns for the control totals. */
export class CountedCsv {
  rows = 0;
  readonly sums: number[];
  private readonly csv = new CsvBytes();
  private readonly places: readonly number[];

  constructor({ header, yenColumns }: { readonly header: Row; readonly yenColumns: readonly string[] }) {
    this.places = yenColumns.map((column) => header.indexOf(column));
    this.sums = yenColumns.map(() => 0);
  }

  /** Bytes so far. */
  get written(): number {
    return this.csv.written;
  }

  add(row: Row): void {
    this.csv.add(row);
    this.count(row);
  }

  /** Adds a row and says where one of its cells begins. */
  addAndFind(row: Row, column: number): number {
    this.count(row);
    return this.csv.addAndFind(row, column);
  }

  private count(row: Row): void {
    this.rows++;
    for (let index = 0; index < this.places.length; index++)
      this.sums[index] = (this.sums[index] as number) + Number(row[this.places[index] as number] ?? 0);
  }

  /** Without the header. */
  finish(): Buffer {
    return this.csv.finish();
  }
}
