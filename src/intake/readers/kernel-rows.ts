import { BULK_DECLARATIONS, type BulkKind } from '../../tables/kinds/index.ts';
import { ABSENT, CANCEL, CHARGE, PAYMENT } from '../../tables/tables.ts';
import {
  type BulkFile,
  conditionColumns,
  fieldsOf,
  firstReasonOfColumns,
  type PlainColumn,
  plainColumns,
} from './kernel-columns.ts';
import { type Out, PlainMemory, WINDOW_BYTES } from './kernel-memory.ts';

/** Of a record: it is to be read as text; or it does not count. */
const ODD = 1;
export const LEFT_OUT = 2;

const LINE_FEED = 0x0a;
/** Few records at first, while the kernel has seen no value yet; then more each time. */
const FIRST_RECORDS = 16;
const MORE_RECORDS = 4;

/** The records of one file that the kernel reads, batch by batch, and what it has not seen of their values. */
export class PlainRows {
  readonly memory: PlainMemory;
  count = 0;
  /** Where the records that were read last begin, and the one behind them; and that one's line. */
  begin = 0;
  next = 0;
  line = 1;
  private readonly of: BulkFile;
  private readonly columns: readonly PlainColumn[];
  /** Fields that say whether a row counts. */
  private readonly conditions: readonly PlainColumn[];
  /** By record: 0 where it counts, else one more than the number of the reason why it is left out. */
  private readonly leftOut: Uint8Array;
  private readonly mostReason: number;
  private readonly outs: Outs;
  private readonly most: number;
  private records: number;
  /** Where the bytes in the window stand outside. */
  private windowFrom = 0;
  private windowTo = 0;

  /** @param most records to read at a time */
  constructor(of: BulkFile, most: number) {
    this.of = of;
    this.columns = plainColumns(of);
    this.conditions = conditionColumns(of);
    this.mostReason = firstReasonOfColumns(of);
    this.leftOut = new Uint8Array(of.plan.mapping === undefined ? 0 : most);
    const fields = fieldsOf([...this.columns, ...this.conditions], of.plan.fieldCount);
    this.memory = new PlainMemory(fields, most);
    const outOf = ({ position, field }: PlainColumn): Out =>
      position === undefined ? new Float64Array(most).fill(field.absent) : (this.memory.outs[position] as Out);
    this.outs = Object.fromEntries(this.columns.map((column) => [column.name, outOf(column)]));
    this.most = most;
    this.records = Math.min(most, FIRST_RECORDS);
  }

  /** Other bytes come. */
  forget(): void {
    this.windowFrom = 0;
    this.windowTo = 0;
  }

  /** Puts whole lines into the window, if they are not there yet. False where there are none. */
  open(bytes: Uint8Array, from: number, to: number): boolean {
    if (from >= this.windowFrom && from < this.windowTo) return true;
    const end = bytes.lastIndexOf(LINE_FEED, Math.min(to, from + WINDOW_BYTES) - 1) + 1;
    if (end <= from) return false;
    this.memory.open(bytes.subarray(from, end));
    this.windowFrom = from;
    this.windowTo = end;
    return true;
  }

  /** Reads the next records of the window. False where the one behind them is not plain. */
  read(from: number, line: number): boolean {
    const { memory, of } = this;
    const shift = memory.windowStart - this.windowFrom;
    const isPlain = memory.cut(from + shift, line, this.windowTo + shift, this.records);
    this.records = Math.min(this.most, this.records * MORE_RECORDS);
    this.count = memory.count;
    this.begin = from;
    this.next = memory.next - shift;
    this.line = memory.line;
    if (of.plan.mapping !== undefined) this.judgeRows();
    for (const column of this.columns) if (column.position !== undefined) this.readColumn(column, column.position);
    leaveOut[of.kind](this.outs, memory.odd, this.count);
    for (let record = 0; record < this.leftOut.length && record < this.count; record++)
      if (this.leftOut[record] !== 0) memory.odd[record] = LEFT_OUT;
    return isPlain;
  }

  /** The first record from one on that is not to be taken as it was read; what stands behind the last is of an earlier batch. */
  firstOther(from: number): number {
    const { odd } = this.memory;
    if (this.leftOut.length === 0) return placeOr(odd.indexOf(ODD, from), this.count);
    let record = from;
    while (record < this.count && odd[record] === 0) record++;
    return record;
  }

  /** What says that a row does not count is read first. A row that might be a total, or a header again, is read as text. */
  private judgeRows(): void {
    const { memory, leftOut, count } = this;
    leftOut.fill(0, 0, count);
    for (const column of this.conditions) if (column.position !== undefined) this.judgeBy(column, column.position);
    for (let record = 0; record < count; record++) {
      const isToldHere = (leftOut[record] as number) <= this.mostReason;
      if (memory.odd[record] !== 0 || !isToldHere || !beginsWithNumber(memory.bytes, memory.froms[record] as number)) {
        memory.odd[record] = ODD;
        leftOut[record] = 0;
      } else if (leftOut[record] !== 0) memory.odd[record] = LEFT_OUT;
    }
  }

  /** Of several reasons the first. */
  private judgeBy(column: PlainColumn, field: number): void {
    this.readColumn(column, field);
    const says = this.memory.outs[field] as Out;
    for (let record = 0; record < this.count; record++) {
      const [said, before] = [says[record] as number, this.leftOut[record] as number];
      if (said !== 0 && (before === 0 || said < before)) this.leftOut[record] = said;
    }
  }

  /** Why a record is left out. */
  reasonOf(record: number): number {
    return (this.leftOut[record] as number) - 1;
  }

  fromOf(record: number): number {
    return (this.memory.froms[record] as number) - this.memory.windowStart + this.windowFrom;
  }

  /** Puts records into the table's rows from `base` on, and returns their yen. */
  copyTo(base: number, from: number, to: number): number {
    const { into, kind, file } = this.of;
    const columns = into[kind].columns as unknown as Readonly<Record<string, Float64Array>>;
    for (const { name } of this.columns) {
      if (name !== 'coupon') columns[name]?.set((this.outs[name] as Out).subarray(from, to), base);
    }
    const { line, file: files, coupon } = into[kind].columns;
    line.set(this.memory.lines.subarray(from, to), base);
    files.fill(file, base, base + to - from);
    into.coupons.numberBatch((this.outs.coupon as Float64Array).subarray(from, to), to - from, coupon, base);
    return sumOf(this.outs[BULK_DECLARATIONS[kind].yen] as Out, from, to);
  }

  /** Where the kernel has not seen a value it is looked up, and the kernel reads on with what it was told. */
  private readColumn(column: PlainColumn, field: number): void {
    const { memory, count } = this;
    let record = memory.read(field, 0, count);
    while (record < count) {
      if (memory.odd[record] === 0 && !this.lookUp(column, field, record)) memory.odd[record] = 1;
      record = memory.read(field, record + 1, count);
    }
  }

  private lookUp(column: PlainColumn, field: number, record: number): boolean {
    const { memory } = this;
    const [start, end] = [memory.startOf(field, record), memory.endOf(field, record)];
    return start === end ? memory.readEmpty(field, record) : column.lookUp(memory, field, record, start, end);
  }
}

const placeOr = (place: number, otherwise: number): number => (place < 0 ? otherwise : Math.min(place, otherwise));

const MOST_LETTERS = 8;

/** Whether the first field begins with a digit, or with letters and a digit behind them: no total does, and no header. */
function beginsWithNumber(bytes: Uint8Array, from: number): boolean {
  let at = from;
  while (at < from + MOST_LETTERS && isLetter(bytes[at] as number)) at++;
  const byte = bytes[at] as number;
  return byte >= 0x30 && byte <= 0x39;
}

const isLetter = (byte: number): boolean => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;

function sumOf(yen: Out, from: number, to: number): number {
  let sum = 0;
  for (let record = from; record < to; record++) sum += yen[record] as number;
  return sum;
}

// ----- What must hold between columns: any other record is read as text, which tells what is wrong -----------------------

type Outs = Readonly<Record<string, Out>>;
/** By column of the kind: one that is no longer declared does not compile. */
type OutsOf<Kind extends BulkKind> = Readonly<Record<keyof (typeof BULK_DECLARATIONS)[Kind]['columns'], Out>>;

const LEAVE_OUT: { readonly [Kind in BulkKind]: (outs: OutsOf<Kind>, odd: Uint8Array, count: number) => void } = {
  issuance: ({ faceYen }, odd, count) => {
    for (let record = 0; record < count; record++) if (faceYen[record] === 0) odd[record] = 1;
  },
  transactions: ({ kind, amountYen, merchant, related }, odd, count) => {
    for (let record = 0; record < count; record++) {
      const isIncomplete =
        (kind[record] === PAYMENT && merchant[record] === ABSENT) ||
        (kind[record] === CANCEL && related[record] === ABSENT) ||
        (amountYen[record] === 0 && kind[record] !== CHARGE);
      if (isIncomplete) odd[record] = 1;
    }
  },
  sales: ({ totalYen, couponYen, cashYen, otherYen }, odd, count) => {
    for (let record = 0; record < count; record++) {
      const sum = (couponYen[record] as number) + (cashYen[record] as number) + (otherYen[record] as number);
      if (totalYen[record] !== sum) odd[record] = 1;
    }
  },
};

const leaveOut = LEAVE_OUT as Readonly<Record<BulkKind, (outs: Outs, odd: Uint8Array, count: number) => void>>;
