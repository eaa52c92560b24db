import { shapeOf } from '../../tables/kinds/column.ts';
import { BULK_DECLARATIONS } from '../../tables/kinds/index.ts';
import type { Absent, CouponIndex, IndexColumn } from '../../tables/pool-index.ts';

/** Columns that grow together, a row at a time; `finish` cuts them to length. */
type ColumnType = 'u8' | 'i32' | 'f64';
interface ArrayOf {
  readonly u8: Uint8Array;
  readonly i32: Int32Array;
  readonly f64: Float64Array;
}
export const TYPES = { u8: Uint8Array, i32: Int32Array, f64: Float64Array } as const;
export type AnyColumn = ArrayOf[ColumnType];

/** @param isShared other threads are to see it */
export function newColumn<T extends ColumnType>(type: T, length: number, isShared: boolean): ArrayOf[T] {
  const Type = TYPES[type] as unknown as new (from: number | SharedArrayBuffer) => ArrayOf[T];
  return new Type(isShared ? new SharedArrayBuffer(length * TYPES[type].BYTES_PER_ELEMENT) : length);
}

/** A copy of another length, which begins with all of the column. */
export function longer<T extends AnyColumn>(column: T, length: number, isShared = false): T {
  const Type = column.constructor as new (from: number | SharedArrayBuffer) => T;
  const copy = new Type(isShared ? new SharedArrayBuffer(length * column.BYTES_PER_ELEMENT) : length);
  copy.set(column);
  return copy;
}

export type Shape = Readonly<Record<string, ColumnType>>;
export type ColumnsOf<S extends Shape> = { -readonly [Name in keyof S]: ArrayOf[S[Name]] };

/** Where nobody can tell how many rows there will be, or too few were told. */
const GROWTH = 1.25;

export const COMMON = { disposition: 'u8', file: 'i32', line: 'i32' } as const;
export type RowsOf<S extends Shape> = ColumnsOf<S & typeof COMMON>;

/** What else is known of such columns: whose numbers the one of coupons holds. */
export type NumberedBy<Index extends number> = { readonly coupon: IndexColumn<Index> };

/** Where a row stands: the number of its file, and its line. */
export interface RowPlace {
  readonly file: number;
  readonly line: number;
}

/** Rows in front of those that a table holds, which lie elsewhere. */
export interface StoredRows {
  readonly rows: number;
  /** Of the last of them; undefined where that is not known any more. */
  readonly last: RowPlace | undefined;
  cutTo(rows: number): void;
}

export function bytesOfRow(shape: Shape): number {
  return Object.values({ ...shape, ...COMMON }).reduce((sum, type) => sum + TYPES[type].BYTES_PER_ELEMENT, 0);
}

const FIRST_CAPACITY = 1 << 6;

/** Builds one bulk table of the given shape, and of what more is known of its columns. */
export class GrowingTable<S extends Shape, Known = unknown> {
  rows = 0;
  columns: RowsOf<S> & Known;
  /** The same, in the order of the shape: for who puts one value after the other into a row. */
  inOrder: readonly AnyColumn[];
  /** Little at first: a run of a few files should not begin with clearing room for many. */
  capacity = FIRST_CAPACITY;
  /** Room for more is not reserved on a guess. */
  mostLikely = Number.POSITIVE_INFINITY;
  stored: StoredRows | undefined;
  private readonly names: readonly (keyof S & string)[];
  private readonly isShared: boolean;

  constructor(shape: S, isShared = false) {
    this.isShared = isShared;
    const whole: Shape = { ...shape, ...COMMON };
    this.names = Object.keys(whole);
    this.columns = Object.fromEntries(
      Object.entries(whole).map(([name, type]) => [name, newColumn(type, this.capacity, isShared)]),
    ) as RowsOf<S> & Known;
    this.inOrder = this.listed();
  }

  /** Rows in all, those that lie elsewhere among them. */
  get total(): number {
    return (this.stored?.rows ?? 0) + this.rows;
  }

  /** Of the last row, wherever it lies. */
  get last(): RowPlace | undefined {
    const { file, line } = this.columns;
    const at = this.rows - 1;
    return at < 0 ? this.stored?.last : { file: file[at] as number, line: line[at] as number };
  }

  /** Makes room for a row and returns its number. */
  addRow(): number {
    this.reserve(this.rows + 1);
    return this.rows++;
  }

  /**
   * Makes room for so many rows in all.
   *
   * @param likely how many there will be, as far as one can tell. Pages that no row comes to lie in are never touched,
   * so too high a guess costs nothing, and one that is too low a copy.
   */
  reserve(rows: number, likely = 0): void {
    if (rows <= this.capacity) return;
    this.capacity = Math.ceil(Math.max(rows * GROWTH, Math.min(likely, this.mostLikely)));
    const columns = this.columns as Record<string, Uint8Array>;
    for (const name of this.names) {
      const column = columns[name];
      if (column !== undefined) columns[name] = longer(column, this.capacity, this.isShared);
    }
    this.inOrder = this.listed();
  }

  /** Back to an earlier state. */
  cutTo(total: number): void {
    const before = this.stored?.rows ?? 0;
    const rows = Math.max(0, total - before);
    if (total < before) this.stored?.cutTo(total);
    for (const name of this.names) (this.columns[name] as Uint8Array).fill(0, rows, this.rows);
    this.rows = rows;
  }

  /** Gives up its rows and the room for them. */
  release(): void {
    const columns = this.columns as Record<string, Uint8Array>;
    for (const name of this.names) columns[name] = (columns[name] as Uint8Array).slice(0, FIRST_CAPACITY).fill(0);
    this.inOrder = this.listed();
    this.capacity = Math.min(this.capacity, FIRST_CAPACITY);
    this.rows = 0;
  }

  private listed(): readonly AnyColumn[] {
    return this.names.map((name) => this.columns[name] as AnyColumn);
  }

  /** Takes rows of another table of its shape, as many as are named, behind its own. */
  takeRows(from: RowsOf<S>, named: Int32Array, count: number): void {
    this.reserve(this.rows + count);
    for (const name of this.names) {
      const [source, target] = [from[name] as Float64Array, this.columns[name] as Float64Array];
      for (let at = 0, to = this.rows; at < count; at++, to++) target[to] = source[named[at] as number] as number;
    }
    this.rows += count;
  }

  /** The columns at their length. */
  finish(): RowsOf<S> & Known & { readonly rows: number } {
    const cut = Object.fromEntries(
      this.names.map((name) => [name, (this.columns[name] as Uint8Array).subarray(0, this.rows)]),
    ) as RowsOf<S> & Known;
    return { ...cut, rows: this.rows };
  }
}

export const ISSUANCE_SHAPE = shapeOf(BULK_DECLARATIONS.issuance);
export const TRANSACTION_SHAPE = shapeOf(BULK_DECLARATIONS.transactions);
export const SALE_SHAPE = shapeOf(BULK_DECLARATIONS.sales);

/** Rows whose coupons have their numbers in the pool, as those of all tables have but a chunk's. */
export type IssuanceRows = RowsOf<typeof ISSUANCE_SHAPE> & NumberedBy<CouponIndex>;
export type TransactionRows = RowsOf<typeof TRANSACTION_SHAPE> & NumberedBy<CouponIndex>;
export type SaleRows = RowsOf<typeof SALE_SHAPE> & NumberedBy<CouponIndex | Absent>;

/** Some columns of rows that are looked at together, until the next are asked for. */
export interface ChunkRows<Columns> {
  readonly rows: number;
  readonly columns: Columns;
}
