import { existingDate, MINUTE, SECOND, startOfDay } from '../policy/instants.ts';
import type { RecordBatch } from './record-batch.ts';
import { ABSENT } from './tables.ts';
import type { TextKeys } from './text-keys.ts';
import { GrowingTextPool } from './text-pool.ts';

/**
 * Each reads one column of a batch: the values that are written plainly, as nearly all are. Any other makes its record
 * odd, to be read as text by the one reader that knows every form (values.ts): what a kernel takes it must read as that
 * one does. Each is small and knows one type of column, for only such loops stay compiled.
 */

/** A field of each record of a batch, by its position. */
export interface Column {
  readonly position: number;
  readonly required: boolean;
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
/** Printable ASCII but the quote and the space: needs no NFKC and no trimming. */
const isPlain = (byte: number): boolean => byte > 0x20 && byte < 0x7f && byte !== 0x22;

/** Whether all bytes are plain; digits, mostly the end of an identifier, are passed over first. */
function arePlain(bytes: Uint8Array, start: number, end: number): boolean {
  let to = end;
  while (to > start && isDigit(bytes[to - 1] as number)) to--;
  for (let at = start; at < to; at++) if (!isPlain(bytes[at] as number)) return false;
  return true;
}

/** Identifiers, as keys. */
export function readKeys(batch: RecordBatch, column: Column, keys: TextKeys, out: Float64Array, base: number): void {
  const { bytes, starts, ends, odd, count, width } = batch;
  for (let record = 0, at = column.position; record < count; record++, at += width) {
    const [start, end] = [starts[at] as number, ends[at] as number];
    if (odd[record] === 1) continue;
    if (start === end) {
      out[base + record] = ABSENT;
      if (column.required) odd[record] = 1;
    } else if (arePlain(bytes, start, end)) out[base + record] = keys.addBytes(bytes, start, end);
    else odd[record] = 1;
  }
}

/** Coupon numbers of digits and letters, as keys. Hyphens are to be dropped and signs may be a spreadsheet's doing. */
export function readCoupons(batch: RecordBatch, column: Column, keys: TextKeys, out: Float64Array, base: number): void {
  const { bytes, starts, ends, odd, count, width } = batch;
  for (let record = 0, at = column.position; record < count; record++, at += width) {
    const [start, end] = [starts[at] as number, ends[at] as number];
    if (odd[record] === 1) continue;
    if (start === end) {
      out[base + record] = ABSENT;
      if (column.required) odd[record] = 1;
    } else if (areWord(bytes, start, end)) out[base + record] = keys.addBytes(bytes, start, end);
    else odd[record] = 1;
  }
}

function areWord(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (!isDigit(byte) && !((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a && byte < 0x7f)) return false;
  }
  return true;
}

/** Identifiers that are few, as numbers of a pool. */
export function readWords(
  batch: RecordBatch,
  column: Column,
  pool: GrowingTextPool,
  out: Int32Array,
  base: number,
): void {
  const { bytes, starts, ends, odd, count, width } = batch;
  for (let record = 0, at = column.position; record < count; record++, at += width) {
    const [start, end] = [starts[at] as number, ends[at] as number];
    if (odd[record] === 1) continue;
    if (start === end) {
      out[base + record] = ABSENT;
      if (column.required) odd[record] = 1;
    } else if (arePlain(bytes, start, end)) out[base + record] = pool.addBytes(bytes, start, end);
    else odd[record] = 1;
  }
}

const MOST_DIGITS = 9;

/** Whole yen of up to nine digits. */
export function readAmounts(batch: RecordBatch, column: Column, out: Float64Array, base: number): void {
  const { bytes, starts, ends, odd, count, width } = batch;
  for (let record = 0, at = column.position; record < count; record++, at += width) {
    const [start, end] = [starts[at] as number, ends[at] as number];
    if (odd[record] === 1) continue;
    let amount = 0;
    let place = start;
    for (; place < end; place++) {
      const digit = (bytes[place] as number) - 0x30;
      if (digit < 0 || digit > 9) break;
      amount = amount * 10 + digit;
    }
    if (place < end || end - start > MOST_DIGITS || (start === end && column.required)) odd[record] = 1;
    out[base + record] = amount;
  }
}

const JAPAN_OFFSET = 540 * MINUTE;
const T_OR_SPACE = (byte: number): boolean => byte === 0x54 || byte === 0x20;
const HYPHEN = 0x2d;
const SLASH = 0x2f;
const COLON = 0x3a;

const pairAt = (bytes: Uint8Array, at: number): number => {
  const [tens, ones] = [(bytes[at] as number) - 0x30, (bytes[at + 1] as number) - 0x30];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
};

/** Days since 1970 of ten bytes `2023-02-24` or `2023/02/24`; ABSENT where they are none. */
function dateAt(bytes: Uint8Array, at: number): number {
  const separator = bytes[at + 4] as number;
  if ((separator !== HYPHEN && separator !== SLASH) || bytes[at + 7] !== separator) return ABSENT;
  const [century, year] = [pairAt(bytes, at), pairAt(bytes, at + 2)];
  const [month, day] = [pairAt(bytes, at + 5), pairAt(bytes, at + 8)];
  if (century < 0 || year < 0 || month < 0 || day < 0) return ABSENT;
  const date = existingDate(century * 100 + year, month, day) ?? ABSENT;
  return date < 0 ? ABSENT : date;
}

/** Seconds of the day of eight bytes `17:45:03`; ABSENT where they are none. */
function timeAt(bytes: Uint8Array, at: number): number {
  if (bytes[at + 2] !== COLON || bytes[at + 5] !== COLON) return ABSENT;
  const [hour, minute, second] = [pairAt(bytes, at), pairAt(bytes, at + 3), pairAt(bytes, at + 6)];
  if (hour < 0 || minute < 0 || second < 0 || hour > 23 || minute > 59 || second > 59) return ABSENT;
  return (hour * 60 + minute) * 60 + second;
}

/** `+09:00` in two numbers, as a DataView reads them. */
const PLUS_NINE = 0x2b30393a;
const NO_MINUTES = 0x3030;

/** Minutes to add for what follows the time; NaN where it is no plain offset. */
function offsetAfter(view: DataView, at: number, end: number): number {
  if (end - at === 6 && view.getInt32(at) === PLUS_NINE && view.getUint16(at + 4) === NO_MINUTES) return 0;
  if (end === at) return 0;
  if (end - at === 1 && view.getUint8(at) === 0x5a) return JAPAN_OFFSET;
  return Number.NaN;
}

/** Instants as exports write them: `2023-02-24T17:45:03+09:00`, with `Z`, or with none; a space for the T; slashes. */
export function readInstants(batch: RecordBatch, column: Column, out: Float64Array, base: number): void {
  const { bytes, view, starts, ends, odd, count, width } = batch;
  // Rows mostly come by time: the day is that of the row before.
  let [high, low, rest, dayStart] = [0, 0, 0, 0];
  for (let record = 0, at = column.position; record < count; record++, at += width) {
    const [start, end] = [starts[at] as number, ends[at] as number];
    if (odd[record] === 1) continue;
    if (end - start < 19) {
      odd[record] = 1;
      continue;
    }
    if (view.getInt32(start) !== high || view.getInt32(start + 4) !== low || view.getUint16(start + 8) !== rest) {
      const date = dateAt(bytes, start);
      if (date < 0) {
        odd[record] = 1;
        continue;
      }
      [high, low, rest] = [view.getInt32(start), view.getInt32(start + 4), view.getUint16(start + 8)];
      dayStart = startOfDay(date);
    }
    const time = timeAt(bytes, start + 11);
    const offset = offsetAfter(view, start + 19, end);
    const instant = dayStart + time * SECOND + offset;
    out[base + record] = instant;
    if (time < 0 || !T_OR_SPACE(bytes[start + 10] as number) || Number.isNaN(instant)) odd[record] = 1;
  }
}

/** What a written value stands for; undefined where it stands for nothing. */
export type Meaning = (written: Uint8Array) => number | undefined;

const MOST_KNOWN = 1 << 12;

/** Written values that are few: each is read once as text, and known by its bytes from then on. */
export class KnownValues {
  private readonly pool = new GrowingTextPool();
  private readonly values: number[] = [];
  private readonly meaning: Meaning;

  constructor(meaning: Meaning) {
    this.meaning = meaning;
  }

  /** The value, or NaN where it is to be read as text. */
  valueOf(bytes: Uint8Array, start: number, end: number): number {
    const known = this.pool.findBytes(bytes, start, end);
    if (known !== ABSENT) return this.values[known] ?? Number.NaN;
    const value = this.meaning(bytes.subarray(start, end)) ?? Number.NaN;
    if (this.pool.size < MOST_KNOWN) this.values[this.pool.addBytes(bytes, start, end)] = value;
    return value;
  }
}

type Out = Uint8Array | Int32Array;

/** Choices, prefectures and dates: few written values, whatever their form. */
export function readKnown(
  batch: RecordBatch,
  column: Column,
  known: KnownValues,
  absent: number,
  out: Out,
  base: number,
): void {
  const { bytes, starts, ends, odd, count, width } = batch;
  let [lastStart, lastEnd, lastValue] = [0, 0, Number.NaN];
  for (let record = 0, at = column.position; record < count; record++, at += width) {
    const [start, end] = [starts[at] as number, ends[at] as number];
    if (odd[record] === 1) continue;
    if (start === end) {
      out[base + record] = absent;
      if (column.required) odd[record] = 1;
      continue;
    }
    if (!isSame(bytes, start, end, lastStart, lastEnd)) {
      lastValue = known.valueOf(bytes, start, end);
      [lastStart, lastEnd] = [start, end];
    }
    out[base + record] = lastValue;
    if (Number.isNaN(lastValue)) odd[record] = 1;
  }
}

function isSame(bytes: Uint8Array, start: number, end: number, otherStart: number, otherEnd: number): boolean {
  if (end - start !== otherEnd - otherStart) return false;
  for (let at = start, other = otherStart; at < end; at++, other++) if (bytes[at] !== bytes[other]) return false;
  return true;
}

/** A column that the file has not. */
export function fillAbsent(batch: RecordBatch, out: Out | Float64Array, absent: number, base: number): void {
  out.fill(absent, base, base + batch.count);
}
