import { DISPOSITIONS, type Disposition, type DispositionCount } from '../../tables/tables.ts';

interface CountedRows {
  readonly rows: number;
  readonly file: Int32Array;
  readonly disposition: Uint8Array;
}

export type Counts = Record<Exclude<Disposition, 'refund'>, DispositionCount> & {
  refund?: DispositionCount | undefined;
};

/** Rows and yen by file and disposition. */
export class DispositionSums {
  private readonly rows: Float64Array;
  private readonly yen: Float64Array;

  constructor(files: number) {
    this.rows = new Float64Array(files * DISPOSITIONS.length);
    this.yen = new Float64Array(files * DISPOSITIONS.length);
  }

  addRow(file: number, disposition: Disposition, yen: number): void {
    const place = this.placeOf(file, DISPOSITIONS.indexOf(disposition));
    this.rows[place] = (this.rows[place] as number) + 1;
    this.yen[place] = (this.yen[place] as number) + yen;
  }

  /** @param isCounted whether a row is: all are, without it */
  addTable({ rows, file, disposition }: CountedRows, yen: Float64Array, isCounted?: (row: number) => boolean): void {
    this.addColumns(rows, file, disposition, yen, isCounted);
  }

  /** By itself, for tables are of many forms, and columns of one: what is made fast for the first serves all. */
  private addColumns(
    count: number,
    file: Int32Array,
    disposition: Uint8Array,
    yen: Float64Array,
    isCounted: ((row: number) => boolean) | undefined,
  ): void {
    const { rows, yen: sums } = this;
    for (let row = 0; row < count; row++) {
      if (isCounted?.(row) === false) continue;
      const place = this.placeOf(file[row] as number, disposition[row] as number);
      rows[place] = (rows[place] as number) + 1;
      sums[place] = (sums[place] as number) + (yen[row] as number);
    }
  }

  private placeOf(file: number, disposition: number): number {
    const place = file * DISPOSITIONS.length + disposition;
    if (place >= this.rows.length) throw new Error(`a row of no file (${file})`);
    return place;
  }

  of(file: number): Counts {
    const place = (index: number): number => file * DISPOSITIONS.length + index;
    const counts = DISPOSITIONS.map((name, index) => [
      name,
      { rows: this.rows[place(index)] as number, yen: this.yen[place(index)] as number },
    ]);
    const { refund, ...others } = Object.fromEntries(counts) as Required<Counts>;
    return refund === undefined || refund.rows === 0 ? others : { ...others, refund };
  }
}
