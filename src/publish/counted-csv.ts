import { CsvBytes } from './csv-bytes.ts';
import { type Column, cellsOf, type YenColumn, yenColumnsOf } from './output-table.ts';

/** Rows of a table as CSV, counted, with the sums of their yen columns for the control totals. */
export class CountedCsv<Thing> {
  rows = 0;
  /** Of the yen columns. */
  readonly sums: number[];
  private readonly csv: CsvBytes<Thing>;
  private readonly yenOf: readonly YenColumn<Thing>['yenOf'][];

  constructor(columns: readonly Column<Thing>[]) {
    this.csv = new CsvBytes(cellsOf(columns));
    this.yenOf = yenColumnsOf(columns).map(({ yenOf }) => yenOf);
    this.sums = this.yenOf.map(() => 0);
  }

  /** Bytes so far. */
  get written(): number {
    return this.csv.written;
  }

  /** @param payoutId of the payout that the coupon stands in, or empty */
  add(thing: Thing, payoutId: string): void {
    this.csv.add(thing, payoutId);
    this.count(thing);
  }

  /** Adds a row and says where one of its cells begins. */
  addAndFind(thing: Thing, payoutId: string, column: number): number {
    this.count(thing);
    return this.csv.addAndFind(thing, payoutId, column);
  }

  private count(thing: Thing): void {
    const { sums, yenOf } = this;
    this.rows++;
    for (let index = 0; index < sums.length; index++)
      sums[index] = (sums[index] as number) + ((yenOf[index] as YenColumn<Thing>['yenOf'])(thing) ?? 0);
  }

  /** Without the header. */
  finish(): Buffer {
    return this.csv.finish();
  }
}
