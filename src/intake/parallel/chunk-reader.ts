import type { Reject } from '../../tables/tables.ts';
import { EncodingGuess } from '../bytes/encoding.ts';
import type { Encoding } from '../bytes/file.ts';
import { CouponKeys } from '../columns/chunk-coupons.ts';
import type { AnyColumn } from '../columns/growing-table.ts';
import { BulkRows, HasTotals } from '../readers/bulk-rows.ts';
import { readOver } from '../readers/quote-fallback.ts';
import { type BulkKind, TableBuilder, type TextTables } from '../schema/decoders.ts';
import type { FilePlan } from '../schema/file-plan.ts';
import { LAYOUTS } from '../schema/layouts.ts';
import type { InputProfile } from '../schema/profile.ts';
import { rejectedRow } from '../schema/rejected-row.ts';
import { RowReader } from '../schema/row-reader.ts';

/** A bulk file whose rows are read in chunks. */
export interface ChunkedFile {
  readonly kind: BulkKind;
  /** Its number among the files. */
  readonly file: number;
  readonly plan: FilePlan;
  readonly profile: InputProfile | undefined;
  readonly batchRecords?: number | undefined;
}

/** Whole lines of a file. */
export interface Chunk {
  readonly bytes: Uint8Array;
  readonly from: number;
  /** `bytes[to]` exists. */
  readonly to: number;
  /** It ends where the file does. */
  readonly isLast: boolean;
  /** As asked, or as earlier chunks tell. */
  readonly encoding: Encoding | undefined;
}

/** A chunk's rows, with their lines counted from 0 and their coupons by the place of their keys. */
export interface RowsOfChunk {
  readonly rows: number;
  readonly columns: Readonly<Record<string, AnyColumn>>;
  readonly couponKeys: Float64Array;
  readonly lines: number;
  readonly rowsRead: number;
  readonly yenRead: number;
  readonly rejectedYen: number;
  readonly rejects: readonly Reject[];
  readonly encoding: Encoding | undefined;
  /** By column of the layout: cells that held a word for nothing. */
  readonly absentCells: readonly number[];
  readonly passedOver: RowReader['passedOver'];
  readonly leftOut: readonly number[];
}

/** Columns at their whole length, where rows are put. */
export type ChunkRoom = Pick<RowsOfChunk, 'columns' | 'couponKeys'>;

/** Reads one chunk at a time; its rows stand until it reads the next. */
export class ChunkReader {
  private readonly into: TableBuilder<CouponKeys>;
  private current: ChunkedFile | undefined;
  private rows: BulkRows | undefined;
  private row: RowReader | undefined;
  private guess = new EncodingGuess(undefined);
  private rejects: Reject[] = [];
  private rejectedYen = 0;

  /** @param isShared other threads are to see the rows */
  constructor(texts: TextTables, couponTexts: CouponKeys['texts'], isShared: boolean) {
    this.into = new TableBuilder(new CouponKeys(couponTexts, isShared), texts, isShared);
  }

  /** Undefined where it is not for the byte reader, or is no whole records. */
  read(file: ChunkedFile, { bytes, from, to, isLast, encoding }: Chunk): RowsOfChunk | undefined {
    this.guess = new EncodingGuess(encoding);
    if (!this.guess.takes(bytes.subarray(from, to))) return undefined;
    const rows = this.open(file, to - from);
    if (!readsTo(rows, { bytes, from, to, isLast }) || this.row?.statedTotals !== undefined) return undefined;
    const { rows: count, ...columns } = this.into[file.kind].finish();
    return {
      rows: count,
      columns,
      couponKeys: this.into.coupons.finish(),
      lines: rows.batch.line - 1,
      rowsRead: rows.rowsRead,
      yenRead: rows.yenRead,
      rejectedYen: this.rejectedYen,
      rejects: this.rejects,
      encoding: this.guess.encoding,
      absentCells: this.row?.absentCells.slice() ?? [],
      passedOver: { ...this.row?.passedOver },
      leftOut: this.row?.leftOut.slice() ?? [],
    };
  }

  /** What its rows lie in. */
  room(kind: BulkKind): ChunkRoom {
    return { columns: this.into[kind].columns, couponKeys: this.into.coupons.room };
  }

  private open(file: ChunkedFile, bytes: number): BulkRows {
    this.into[file.kind].rows = 0;
    this.into.coupons.clear();
    this.rejects = [];
    this.rejectedYen = 0;
    if (this.rows === undefined || this.current?.file !== file.file) {
      this.rows?.end();
      this.rows = this.rowsOf(file);
    }
    this.current = file;
    this.row?.absentCells.fill(0);
    this.row?.forgetPassedOver();
    this.rows.begin(bytes);
    return this.rows;
  }

  private rowsOf({ kind, file, plan, profile, batchRecords }: ChunkedFile): BulkRows {
    const row = new RowReader(LAYOUTS[kind], plan, profile);
    this.row = row;
    const textOf = (bytes: Uint8Array): string => this.guess.textOf(bytes);
    const reject = (line: number, yen: number): void => {
      this.rejectedYen += yen;
      this.rejects.push(rejectedRow(kind, file, row, line));
    };
    return new BulkRows({ kind, file, plan, row, into: this.into, textOf, reject }, batchRecords);
  }
}

/** Whether all of a chunk is whole records, each of which can be judged by itself. */
function readsTo(rows: BulkRows, { bytes, from, to, isLast }: Omit<Chunk, 'encoding'>): boolean {
  try {
    return readOver(rows, bytes, from, to, isLast) === to;
  } catch (error) {
    if (error instanceof HasTotals) return false;
    throw error;
  }
}
