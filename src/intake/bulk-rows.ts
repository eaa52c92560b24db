import { BULK_DECODERS, type BulkKind, type TableBuilder } from './decode.ts';
import {
  type Column,
  fillAbsent,
  KnownValues,
  readAmounts,
  readInstants,
  readKeys,
  readKnown,
  readWords,
} from './kernels.ts';
import type { KeyNumbers } from './key-numbers.ts';
import { LAYOUTS } from './layouts.ts';
import { RecentTexts } from './recent-texts.ts';
import { AT_END, IRREGULAR, RecordBatch } from './record-batch.ts';
import {
  ABSENT,
  ACCOUNT_STATUSES,
  CANCEL,
  CHARGE,
  FUNDINGS,
  KINDS,
  MEDIA,
  PAYMENT,
  TRANSACTION_STATUSES,
} from './tables.ts';
import { LETTERS, NO_KEY, PRINTABLE, type TextKeys } from './text-keys.ts';
import { BLANK, type Rows, type RowsFile, TAKEN, TextRecords } from './text-record.ts';

export type BulkFile = RowsFile<BulkKind>;

/** Some thousand shops and tills: those that are seen lately stay in the cache. */
const RECENT_BITS = 14;

type Step = (batch: RecordBatch, base: number) => void;

/**
 * Reads records of a bulk file from bytes into its table: column by column where they are written plainly, and the odd
 * ones as text, by the same code that reads every row of the reference reader.
 */
export class BulkRows implements Rows {
  rowsRead = 0;
  yenRead = 0;
  readonly batch: RecordBatch;
  private readonly of: BulkFile;
  private readonly records: TextRecords;
  private readonly table: TableBuilder[BulkKind];
  private readonly steps: readonly Step[];
  /** The coupon numbers of a batch, until it is known that they are rightly cut. */
  private readonly couponKeys: Float64Array;
  private rowsBefore = 0;
  private likelyBytes = 0;
  private bytesRead = 0;
  /** Batches, and those that had to be cut again: where most are, guessing only costs. */
  private batches = 0;
  private recut = 0;

  constructor(of: BulkFile, batchRecords?: number) {
    this.of = of;
    this.records = new TextRecords(of, BULK_DECODERS[of.kind]);
    this.table = of.into[of.kind];
    this.batch = new RecordBatch(of.plan.fieldCount, batchRecords);
    this.couponKeys = new Float64Array(this.batch.odd.length);
    this.steps = stepsOf(of, this.batch.selfChecking, this.couponKeys);
  }

  begin(likelyBytes: number): void {
    this.rowsRead = 0;
    this.yenRead = 0;
    this.batch.line = 1;
    this.rowsBefore = this.table.rows;
    this.likelyBytes = likelyBytes;
    this.bytesRead = 0;
  }

  read(bytes: Uint8Array, from: number, to: number, last: boolean): number | undefined {
    const { batch } = this;
    batch.take(bytes);
    batch.next = from;
    for (;;) {
      const begin = batch.next;
      const { line } = batch;
      batch.guesses = this.recut * 2 <= this.batches;
      let ended = batch.cut(to, last);
      if (batch.guesses && (ended === IRREGULAR || !this.readPlain())) {
        batch.guesses = false;
        batch.next = begin;
        batch.line = line;
        this.recut++;
        ended = batch.cut(to, last);
        this.readPlain();
      } else if (!batch.guesses) this.readPlain();
      this.batches++;
      this.bytesRead += batch.next - begin;
      if (batch.count > 0) this.takeBatch(to);
      if (ended === IRREGULAR) return undefined;
      if (ended === AT_END) return batch.next;
    }
  }

  /** Reads all columns into the table's next rows. Whether all records are plain. */
  private readPlain(): boolean {
    const batch = this.batch;
    const table = this.table;
    const { count, odd } = batch;
    if (table.rows + count > table.capacity) this.makeRoom(count);
    for (const step of this.steps) step(batch, table.rows);
    for (let record = 0; record < count; record++) if (odd[record] === 1) return false;
    return true;
  }

  /** For the whole file, as far as what was read of it tells. */
  private makeRoom(count: number): void {
    const { table, batch, of } = this;
    const present = this.rowsBefore;
    const rows = table.rows + count;
    const bytes = this.bytesRead + batch.next - (batch.froms[0] ?? batch.next);
    table.reserve(rows, present + (rows - present) * (this.likelyBytes / Math.max(1, bytes)) * MARGIN);
    if (of.kind === 'issuance') of.into.coupons.reserve(table.capacity);
  }

  private takeBatch(to: number): void {
    const batch = this.batch;
    const table = this.table;
    const { kind, into, file } = this.of;
    const { count, odd, lines } = batch;
    const base = table.rows;
    table.columns.file.fill(file, base, base + count);
    table.columns.line.set(lines.subarray(0, count), base);
    table.rows = base + count;
    const hasOdd = odd.subarray(0, count).includes(1);
    if (hasOdd) leaveOutOdd(this.couponKeys, odd, count);
    into.coupons.numberBatch(this.couponKeys, count, table.columns.coupon, base);
    this.rowsRead += count;
    this.yenRead += sumOf(yenColumnOf(into, kind), odd, base, count);
    if (hasOdd) this.takeOdd(base, to);
  }

  /** Rows that are rejected, or are no rows, give up their places. */
  private takeOdd(base: number, to: number): void {
    const { batch } = this;
    const kept = new Uint8Array(batch.count).fill(1);
    for (let record = 0; record < batch.count; record++) {
      if (batch.odd[record] === 1 && !this.takeText(record, base + record, to)) kept[record] = 0;
    }
    if (kept.includes(0)) this.of.into[this.of.kind].remove(base, kept);
  }

  /** Whether it is a row of its table. */
  private takeText(record: number, at: number, to: number): boolean {
    const became = this.records.read(this.batch, record, at, to);
    if (became === BLANK) this.rowsRead--;
    this.yenRead += this.records.yen;
    return became === TAKEN;
  }
}

/** Rows that come may be a little shorter than those that were read. */
const MARGIN = 1.02;

function yenColumnOf(into: TableBuilder, kind: BulkKind): Float64Array {
  if (kind === 'issuance') return into.issuance.columns.faceYen;
  return kind === 'transactions' ? into.transactions.columns.amountYen : into.sales.columns.totalYen;
}

function leaveOutOdd(keys: Float64Array, odd: Uint8Array, count: number): void {
  for (let record = 0; record < count; record++) if (odd[record] === 1) keys[record] = NO_KEY;
}

function sumOf(yen: Float64Array, odd: Uint8Array, base: number, count: number): number {
  let sum = 0;
  for (let record = 0; record < count; record++) if (odd[record] === 0) sum += yen[base + record] ?? 0;
  return sum;
}

// ----- The steps of each kind: one a column, then what must hold between columns ------------------------------------------

function stepsOf(of: BulkFile, selfChecking: Uint8Array, couponKeys: Float64Array): readonly Step[] {
  const columns = new ColumnSteps(of, selfChecking, couponKeys);
  if (of.kind === 'issuance') return issuanceSteps(of.into, columns);
  return of.kind === 'transactions' ? transactionSteps(of.into, columns) : saleSteps(of.into, columns);
}

function issuanceSteps({ issuance: table, texts: { texts, words } }: TableBuilder, read: ColumnSteps): Step[] {
  return [
    read.coupon('coupon_number'),
    read.choice('medium', MEDIA, () => table.columns.medium),
    read.prefecture('prefecture', () => table.columns.prefecture),
    read.amount('face_yen', () => table.columns.faceYen),
    read.instant('issued_at', () => table.columns.issuedAt),
    read.date('expires_on', () => table.columns.expiresOn),
    read.word('issuer_id', words, () => table.columns.issuer),
    read.date('travel_date', () => table.columns.travelDate),
    read.key('account_id', texts, () => table.columns.account),
    read.choice('account_status', ACCOUNT_STATUSES, () => table.columns.accountStatus),
    read.key('phone', texts, () => table.columns.phone),
    read.key('email', texts, () => table.columns.email),
    (batch, base) => {
      const { faceYen } = table.columns;
      for (let record = 0; record < batch.count; record++) if (faceYen[base + record] === 0) batch.odd[record] = 1;
    },
  ];
}

function transactionSteps(into: TableBuilder, read: ColumnSteps): Step[] {
  const { transactions: table } = into;
  const { transactionIds, merchants, words } = into.texts;
  return [
    read.key('transaction_id', transactionIds, () => table.columns.transaction),
    read.coupon('coupon_number'),
    read.instant('occurred_at', () => table.columns.occurredAt),
    read.choice('kind', KINDS, () => table.columns.kind),
    read.choice('status', TRANSACTION_STATUSES, () => table.columns.status),
    read.amount('amount_yen', () => table.columns.amountYen),
    read.word('merchant_id', merchants, () => table.columns.merchant),
    read.word('terminal_id', words, () => table.columns.terminal),
    read.key('related_transaction_id', transactionIds, () => table.columns.related),
    read.choice('funding', FUNDINGS, () => table.columns.funding),
    (batch, base) => {
      const { kind, amountYen, merchant, related } = table.columns;
      for (let record = 0, at = base; record < batch.count; record++, at++) {
        const isIncomplete =
          (kind[at] === PAYMENT && merchant[at] === ABSENT) ||
          (kind[at] === CANCEL && related[at] === ABSENT) ||
          (amountYen[at] === 0 && kind[at] !== CHARGE);
        if (isIncomplete) batch.odd[record] = 1;
      }
    },
  ];
}

function saleSteps({ sales: table, texts: { reports, merchants, texts } }: TableBuilder, read: ColumnSteps): Step[] {
  return [
    read.key('report_id', reports, () => table.columns.report),
    read.word('merchant_id', merchants, () => table.columns.merchant),
    read.instant('sold_at', () => table.columns.soldAt),
    read.amount('total_yen', () => table.columns.totalYen),
    read.amount('coupon_yen', () => table.columns.couponYen),
    read.amount('cash_yen', () => table.columns.cashYen),
    read.amount('other_yen', () => table.columns.otherYen),
    read.coupon('coupon_number'),
    read.key('receipt_no', texts, () => table.columns.receipt),
    (batch, base) => {
      const { totalYen, couponYen, cashYen, otherYen } = table.columns;
      for (let record = 0, at = base; record < batch.count; record++, at++) {
        const sum = (couponYen[at] ?? 0) + (cashYen[at] ?? 0) + (otherYen[at] ?? 0);
        if (totalYen[at] !== sum) batch.odd[record] = 1;
      }
    },
  ];
}

/** Steps by type of column. `out` is asked anew for every batch: a table that grows has other columns. */
class ColumnSteps {
  private readonly of: BulkFile;
  private readonly selfChecking: Uint8Array;
  private readonly couponKeys: Float64Array;

  /** @param selfChecking told of every field that a kernel reads */
  constructor(of: BulkFile, selfChecking: Uint8Array, couponKeys: Float64Array) {
    this.of = of;
    this.selfChecking = selfChecking;
    this.couponKeys = couponKeys;
  }

  key(name: string, keys: TextKeys, out: () => Float64Array): Step {
    const column = this.columnOf(name);
    if (column === undefined) return (batch, base) => fillAbsent(batch, out(), ABSENT, base);
    return (batch, base) => readKeys(batch, column, keys, PRINTABLE, out(), base);
  }

  /** Its keys only: a batch that is cut again must not have numbered what it held before. */
  coupon(name: string): Step {
    const out = this.couponKeys;
    const keys = this.of.into.coupons.texts;
    const column = this.columnOf(name);
    if (column === undefined) return (batch) => fillAbsent(batch, out, ABSENT, 0);
    return (batch) => readKeys(batch, column, keys, LETTERS, out, 0);
  }

  word(name: string, pool: KeyNumbers, out: () => Int32Array): Step {
    const column = this.columnOf(name);
    if (column === undefined) return (batch, base) => fillAbsent(batch, out(), ABSENT, base);
    const recent = new RecentTexts(RECENT_BITS);
    return (batch, base) => readWords(batch, column, pool, recent, out(), base);
  }

  amount(name: string, out: () => Float64Array): Step {
    const column = this.columnOf(name);
    if (column === undefined) return (batch, base) => fillAbsent(batch, out(), 0, base);
    return (batch, base) => readAmounts(batch, column, out(), base);
  }

  instant(name: string, out: () => Float64Array): Step {
    if (this.of.ownDates) return (batch) => batch.odd.fill(1, 0, batch.count);
    const column = this.columnOf(name);
    if (column === undefined) throw new Error(`no column of instants is optional: ${name}`);
    return (batch, base) => readInstants(batch, column, out(), base);
  }

  date(name: string, out: () => Int32Array): Step {
    const { row } = this.of;
    return this.known(name, ABSENT, out, (index) => row.date(index));
  }

  prefecture(name: string, out: () => Uint8Array): Step {
    const { row } = this.of;
    return this.known(name, 0, out, (index) => Number(row.prefecture(index)));
  }

  choice(name: string, values: readonly string[], out: () => Uint8Array): Step {
    const { row } = this.of;
    return this.known(name, 0, out, (index) => values.indexOf(row.choice(index)));
  }

  /** Values that are read as text once. A blank one, or one that cannot be read, is left to its record. */
  private known(
    name: string,
    absent: number,
    out: () => Uint8Array | Int32Array,
    read: (index: number) => number | undefined,
  ): Step {
    const column = this.columnOf(name);
    if (column === undefined) return (batch, base) => fillAbsent(batch, out(), absent, base);
    const { row } = this.of;
    const index = this.indexOf(name);
    const values = new KnownValues((bytes) => {
      const written = this.of.textOf(bytes);
      if (written.trim() === '') return undefined;
      row.openOne(index, written);
      const value = read(index);
      return row.problems.length > 0 || value === undefined || value < 0 ? undefined : value;
    });
    return (batch, base) => readKnown(batch, column, values, absent, out(), base);
  }

  private indexOf(name: string): number {
    return LAYOUTS[this.of.kind].columns.findIndex((column) => column.name === name);
  }

  private columnOf(name: string): Column | undefined {
    const index = this.indexOf(name);
    const position = this.of.plan.positions[index] ?? -1;
    if (position < 0) return undefined;
    this.selfChecking[position] = 1;
    return { position, required: LAYOUTS[this.of.kind].columns[index]?.required === true };
  }
}
