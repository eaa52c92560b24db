import { ABSENT, type InputKind } from '../../tables/tables.ts';
import { breaksInside } from '../bytes/line-breaks.ts';
import { AT_END, IRREGULAR, RecordCutter } from '../bytes/record-cutter.ts';
import { type Decode, isBulk, type TableBuilder } from '../schema/decoders.ts';
import type { FilePlan } from '../schema/file-plan.ts';
import { LAYOUTS } from '../schema/layouts.ts';
import type { RowReader } from '../schema/row-reader.ts';
import { isBlank, isTotal } from '../values/total-rows.ts';
import type { CutRecord } from './csv-parse-reader.ts';

/** What is known of a file while its rows are read from bytes. */
export interface RowsFile<Kind extends InputKind = InputKind> {
  readonly kind: Kind;
  /** Its number among the files. */
  readonly file: number;
  readonly plan: FilePlan;
  readonly row: RowReader;
  readonly into: TableBuilder;
  /** By the file's encoding, which is known once there is anything but ASCII. */
  readonly textOf: (bytes: Uint8Array) => string;
  /** Sets aside the record that the row reader has just read. */
  readonly reject: (line: number, yen: number) => void;
}

/** Reads the rows of a file from bytes. */
export interface Rows {
  readonly batch: RecordCutter;
  readonly rowsRead: number;
  readonly yenRead: number;
  /** Of the rows read, those that csv-parse cut. */
  readonly irregularRows: number;
  /**
   * Begins anew, on line 1.
   *
   * @param likelyBytes that are to be read, as far as one can tell
   */
  begin(likelyBytes: number): void;
  /**
   * Reads whole records and returns where the first that is not whole begins, or undefined where only csv-parse says what
   * stands at `batch.next`. `bytes[to]` must exist.
   *
   * @param last no bytes follow
   */
  read(bytes: Uint8Array, from: number, to: number, last: boolean): number | undefined;
  /** Takes the record at `batch.next` as csv-parse cut it, and goes on behind it. */
  takeIrregular(record: CutRecord): void;
  /** No bytes follow, or none that it could read. What was counted stays. */
  end(): void;
}

/** What a record was: a row in its table, a row that was set aside, or no row. */
export const TAKEN = 0;
export const SET_ASIDE = 1;
export const BLANK = 2;
export type Became = typeof TAKEN | typeof SET_ASIDE | typeof BLANK;

/** Reads records as text, by the code that reads every row of the reference reader. */
export class TextRecords {
  /** Of the last record, for the control totals. */
  yen = 0;
  private readonly of: RowsFile;
  private readonly decode: Decode;
  private readonly yenPosition: number;
  private readonly isFew: boolean;

  constructor(of: RowsFile, decode: Decode) {
    this.of = of;
    this.decode = decode;
    this.isFew = !isBulk(of.kind);
    const { columns, yenColumn } = LAYOUTS[of.kind];
    this.yenPosition = columns.findIndex(({ name }) => name === yenColumn);
  }

  /** @param at the row of its table that is to hold it, if rows have places */
  read(batch: RecordCutter, record: number, at: number, to: number): Became {
    const fields = batch.fieldsOf(record, to).map(this.of.textOf);
    return this.take(fields, batch.lines[record] ?? 0, at);
  }

  /** The same of a record that csv-parse cut, at `batch.next`, behind which the batch then stands. */
  readCut(batch: RecordCutter, { fields: bytes, length }: CutRecord, at: number): Became {
    const fields = bytes.map(this.of.textOf);
    const became = this.take(fields, batch.line, at);
    batch.next += length;
    batch.line += 1 + breaksInside(fields);
    return became;
  }

  /** The same of a record whose fields are texts already. */
  take(written: readonly string[], line: number, at: number): Became {
    const { row, plan, into, file, reject } = this.of;
    this.yen = 0;
    if (written.length === 1 && written[0] === '') return BLANK;
    const fields = row.cut(written);
    row.open(fields, line);
    if (row.isPassedOver) return BLANK;
    if (this.isFew && fields.every(isBlank)) row.passOver('empty');
    else if (fields.length === plan.fieldCount) this.yen = this.decode(row, { file, line }, into, at);
    else {
      row.failFieldCount(fields);
      this.yen = row.readableAmount(this.yenPosition);
    }
    // A total that could be read as a row is one: nobody would miss it otherwise.
    if (row.problems.length > 0 && this.isFew && isTotal(fields)) {
      this.yen = 0;
      row.passOver('total');
    }
    if (row.isPassedOver) return BLANK;
    if (row.problems.length === 0) return TAKEN;
    reject(line, this.yen);
    return SET_ASIDE;
  }
}

/** Reads the rows of a file that has few: every one as text. */
export class TextRows implements Rows {
  rowsRead = 0;
  yenRead = 0;
  irregularRows = 0;
  readonly batch: RecordCutter;
  private readonly records: TextRecords;

  constructor(of: RowsFile, decode: Decode, batchRecords?: number) {
    this.batch = new RecordCutter(batchRecords);
    this.records = new TextRecords(of, decode);
  }

  begin(): void {
    this.rowsRead = 0;
    this.yenRead = 0;
    this.irregularRows = 0;
    this.batch.line = 1;
  }

  end(): void {
    // Holds nothing that others could use.
  }

  takeIrregular(record: CutRecord): void {
    if (this.records.readCut(this.batch, record, ABSENT) !== BLANK) {
      this.rowsRead++;
      this.irregularRows++;
    }
    this.yenRead += this.records.yen;
  }

  read(bytes: Uint8Array, from: number, to: number, last: boolean): number | undefined {
    const { batch } = this;
    batch.take(bytes);
    batch.next = from;
    for (;;) {
      const ended = batch.cut(to, last);
      for (let record = 0; record < batch.count; record++) {
        if (this.records.read(batch, record, ABSENT, to) !== BLANK) this.rowsRead++;
        this.yenRead += this.records.yen;
      }
      if (ended === IRREGULAR) return undefined;
      if (ended === AT_END) return batch.next;
    }
  }
}
