import { AT_END, IRREGULAR, RecordCutter } from '../bytes/record-cutter.ts';
import { BULK_DECODERS, type BulkKind, type TableBuilder } from '../schema/decoders.ts';
import type { CutRecord } from './csv-parse-reader.ts';
import type { BulkFile } from './kernel-columns.ts';
import { hasKernel } from './kernel-memory.ts';
import { LEFT_OUT, PlainRows } from './kernel-rows.ts';
import { type Became, BLANK, type Rows, TAKEN, TextRecords } from './text-rows.ts';

/** Rows of totals are to be held against all rows above them, which nobody has added up: the reference reader does. */
export class HasTotals extends Error {
  constructor() {
    super('there are totals to be held against the rows');
  }
}

/** Records that the kernel reads at a time. */
const MOST_RECORDS = 1024;
/** A file of fewer bytes is read as text before the kernel would have been made ready. */
const LEAST_BYTES = 1 << 15;

/**
 * Reads records of a bulk file from bytes into its table: those that are written plainly by the kernel, and the odd ones
 * as text, by the same code that reads every row of the reference reader.
 */
export class BulkRows implements Rows {
  rowsRead = 0;
  yenRead = 0;
  irregularRows = 0;
  /** Cuts one record, where the kernel does not. */
  readonly batch = new RecordCutter(1);
  private readonly of: BulkFile;
  private readonly records: TextRecords;
  private readonly table: TableBuilder[BulkKind];
  private readonly askedRecords: number | undefined;
  private plain: PlainRows | undefined;
  private rowsBefore = 0;
  private likelyBytes = 0;
  private bytesRead = 0;

  /** @param batchRecords that the kernel reads at most at a time: few in tests, so that borders lie everywhere */
  constructor(of: BulkFile, batchRecords?: number) {
    this.of = of;
    this.records = new TextRecords(of, BULK_DECODERS[of.kind]);
    this.table = of.into[of.kind];
    this.askedRecords = batchRecords;
  }

  begin(likelyBytes: number): void {
    this.rowsRead = 0;
    this.yenRead = 0;
    this.irregularRows = 0;
    this.batch.line = 1;
    this.rowsBefore = this.table.rows;
    this.likelyBytes = likelyBytes;
    this.bytesRead = 0;
    const isLong = this.askedRecords !== undefined || likelyBytes >= LEAST_BYTES;
    if (hasKernel && isLong && this.of.plan.isPlain)
      this.plain ??= new PlainRows(this.of, this.askedRecords ?? MOST_RECORDS);
  }

  end(): void {
    this.plain?.memory.release();
    this.plain = undefined;
  }

  read(bytes: Uint8Array, from: number, to: number, last: boolean): number | undefined {
    const { batch } = this;
    const plain = this.plain;
    batch.take(bytes);
    batch.next = from;
    plain?.forget();
    for (;;) {
      if (plain !== undefined) this.readPlain(plain, bytes, to);
      const begin = batch.next;
      const ended = batch.cut(to, last);
      this.bytesRead += batch.next - begin;
      if (batch.count > 0) this.takeText(to);
      else if (ended === IRREGULAR) return undefined;
      else if (ended === AT_END) return batch.next;
    }
  }

  takeIrregular(record: CutRecord): void {
    this.makeRoom(1, record.length);
    this.bytesRead += record.length;
    this.irregularRows++;
    this.count(this.records.readCut(this.batch, record, this.table.rows));
  }

  /** Up to the first record that is not plain. */
  private readPlain(plain: PlainRows, bytes: Uint8Array, to: number): void {
    const { batch } = this;
    while (plain.open(bytes, batch.next, to)) {
      const isPlain = plain.read(batch.next, batch.line);
      this.takeRecords(plain, to);
      batch.next = plain.next;
      batch.line = plain.line;
      this.bytesRead += plain.next - plain.begin;
      if (!isPlain) return;
    }
  }

  /** All records that were read, odd ones in their places. */
  private takeRecords(plain: PlainRows, to: number): void {
    const { count } = plain;
    const { odd } = plain.memory;
    this.makeRoom(count, plain.next - plain.begin);
    let from = 0;
    // What stands behind the last record is of an earlier batch.
    for (let record = plain.firstOther(0); record < count; record = plain.firstOther(from)) {
      this.takeRun(plain, from, record);
      if (odd[record] === LEFT_OUT) this.of.row.leaveOut(plain.reasonOf(record));
      else this.takeOdd(plain, record, to);
      from = record + 1;
    }
    this.takeRun(plain, from, count);
  }

  private takeRun(plain: PlainRows, from: number, to: number): void {
    if (from === to) return;
    this.yenRead += plain.copyTo(this.table.rows, from, to);
    this.rowsRead += to - from;
    this.table.rows += to - from;
  }

  private takeOdd(plain: PlainRows, record: number, to: number): void {
    const { batch } = this;
    batch.next = plain.fromOf(record);
    batch.line = plain.memory.lines[record] as number;
    // A line feed ends it, so that it is whole whatever follows.
    batch.cut(to, true);
    this.takeText(to);
  }

  private takeText(to: number): void {
    const { table } = this;
    this.makeRoom(1, this.batch.next - (this.batch.froms[0] as number));
    this.count(this.records.read(this.batch, 0, table.rows, to));
  }

  private count(became: Became): void {
    if (became === TAKEN) this.table.rows++;
    if (became !== BLANK) this.rowsRead++;
    this.yenRead += this.records.yen;
    if (became === BLANK && this.plain !== undefined && this.of.row.statedTotals !== undefined) throw new HasTotals();
  }

  /** For the whole file, as far as what was read of it tells. */
  private makeRoom(count: number, bytes: number): void {
    const { table, of } = this;
    const rows = table.rows + count;
    if (rows <= table.capacity) return;
    const present = this.rowsBefore;
    const read = Math.max(1, this.bytesRead + bytes);
    table.reserve(rows, present + (rows - present) * (this.likelyBytes / read) * MARGIN);
    if (of.kind === 'issuance') of.into.coupons.reserve(table.capacity);
  }
}

/** Rows that come may be a little shorter than those that were read. */
const MARGIN = 1.02;
