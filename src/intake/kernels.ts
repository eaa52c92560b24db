import { existingDate, MINUTE, SECOND, startOfDay } from '../policy/instants.ts';
import type { KeyNumbers } from './key-numbers.ts';
import { RecentTexts, UNSEEN } from './recent-texts.ts';
import type { RecordBatch } from './record-batch.ts';
import { ABSENT } from './tables.ts';
import {
  beginsAs,
  highDigits,
  type LETTERS,
  lowDigits,
  middleDigits,
  NO_KEY,
  type PRINTABLE,
  type TextKeys,
} from './text-keys.ts';
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

/**
 * Identifiers, as keys.
 *
 * @param wanted what their bytes must be: a coupon number's hyphens are to be dropped, and its signs may be a
 * spreadsheet's doing
 */
export function readKeys(
  batch: RecordBatch,
  column: Column,
  keys: TextKeys,
  wanted: typeof LETTERS | typeof PRINTABLE,
  out: Float64Array,
  base: number,
): void {
  const { bytes, view, starts, ends, odd, count, width } = batch;
  let shape = keys.shapeOfLength(0);
  for (let record = 0, at = column.position; record < count; record++, at += width) {
    const start = starts[at] as number;
    const end = ends[at] as number;
    const length = end - start;
    if (length === 0) {
      out[base + record] = ABSENT;
      if (column.required) odd[record] = 1;
      continue;
    }
    if (length !== shape.length) shape = keys.shapeOfLength(length);
    // A key that no function returns needs no object of its own.
    if (length === shape.length && shape.kind >= wanted && beginsAs(shape, bytes, start)) {
      const low = lowDigits(shape, view, end);
      const middle = length > 4 ? middleDigits(shape, view, end) : 0;
      const high = length > 8 ? highDigits(shape, view, end) : 0;
      if (low >= 0 && middle >= 0 && high >= 0) {
        out[base + record] = shape.first + high * 100_000_000 + (middle * 10_000 + low);
        continue;
      }
    }
    const key = keys.addBytes(bytes, view, start, end, wanted);
    out[base + record] = key;
    if (key === NO_KEY) odd[record] = 1;
    else shape = keys.shapeOfLength(length);
  }
}

/** Identifiers that are few, as numbers of a pool. */
export function readWords(
  batch: RecordBatch,
  column: Column,
  words: KeyNumbers,
  recent: RecentTexts,
  out: Int32Array,
  base: number,
): void {
  const { bytes, view, starts, ends, odd, count, width } = batch;
  for (let record = 0, at = column.position; record < count; record++, at += width) {
    const start = starts[at] as number;
    const end = ends[at] as number;
    if (start === end) {
      out[base + record] = ABSENT;
      if (column.required) odd[record] = 1;
      continue;
    }
    let number = recent.find(view, start, end);
    if (number === UNSEEN) {
      number = words.addBytes(bytes, view, start, end);
      recent.put(view, start, end, number);
    }
    out[base + record] = number;
    if (number === ABSENT) odd[record] = 1;
  }
}

const MOST_DIGITS = 9;

/** Whole yen of up to nine digits. */
export function readAmounts(batch: RecordBatch, column: Column, out: Float64Array, base: number): void {
  const { bytes, starts, ends, odd, count, width } = batch;
  for (let record = 0, at = column.position; record < count; record++, at += width) {
    const start = starts[at] as number;
    const end = ends[at] as number;
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
const HYPHEN = 0x2d;
const SLASH = 0x2f;

const pairAt = (bytes: Uint8Array, at: number): number => {
  const tens = (bytes[at] as number) - 0x30;
  const ones = (bytes[at + 1] as number) - 0x30;
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

/** Four bytes as a number, the first in the lowest place. */
const word = (text: string): number =>
  text.charCodeAt(0) | (text.charCodeAt(1) << 8) | (text.charCodeAt(2) << 16) | (text.charCodeAt(3) << 24);
const [T_HOUR, SPACE_HOUR, MINUTES] = [word('T00:'), word(' 00:'), word('00:0')];
const PLUS_NINE = word('+09:');
const NO_MINUTES = 0x3030;
const Z = 0x5a;

/** Whether bytes that should be digits are, once what they stand in has been taken off. */
const areDigits = (digits: number): boolean => ((digits | (digits + 0x76767676)) & 0x80808080) === 0;

/** Seconds of the day of nine bytes `T17:45:03` (or with a space); ABSENT where they are none. */
function timeAt(view: DataView, at: number): number {
  const first = view.getInt32(at, true);
  const second = view.getInt32(at + 4, true);
  const hours = (first & 0xff) === 0x54 ? first ^ T_HOUR : first ^ SPACE_HOUR;
  const minutes = second ^ MINUTES;
  const last = view.getUint8(at + 8) - 0x30;
  // What is no digit must be just what stands there in the form.
  if ((hours & 0xff0000ff) !== 0 || (minutes & 0x00ff0000) !== 0 || !areDigits(hours) || !areDigits(minutes))
    return ABSENT;
  const hour = ((hours >>> 8) & 0xff) * 10 + ((hours >>> 16) & 0xff);
  const minute = (minutes & 0xff) * 10 + ((minutes >>> 8) & 0xff);
  const ten = minutes >>> 24;
  if (hour > 23 || minute > 59 || ten > 5 || last < 0 || last > 9) return ABSENT;
  return (hour * 60 + minute) * 60 + ten * 10 + last;
}

/** Microseconds to add for what follows the time; negative where it is no plain offset. */
function offsetAfter(view: DataView, at: number, end: number): number {
  if (end - at === 6) return view.getInt32(at, true) === PLUS_NINE && view.getUint16(at + 4) === NO_MINUTES ? 0 : -1;
  if (end === at) return 0;
  return end - at === 1 && view.getUint8(at) === Z ? JAPAN_OFFSET : -1;
}

/** Instants as exports write them: `2023-02-24T17:45:03+09:00`, with `Z`, or with none; a space for the T; slashes. */
export function readInstants(batch: RecordBatch, column: Column, out: Float64Array, base: number): void {
  const { bytes, view, starts, ends, odd, count, width } = batch;
  // Rows mostly come by time: the day is that of the row before.
  let high = 0;
  let low = 0;
  let rest = 0;
  let dayStart = 0;
  for (let record = 0, at = column.position; record < count; record++, at += width) {
    const start = starts[at] as number;
    const end = ends[at] as number;
    if (end - start < 19) {
      odd[record] = 1;
      continue;
    }
    if (view.getInt32(start) !== high || view.getInt32(start + 4) !== low || view.getInt16(start + 8) !== rest) {
      const date = dateAt(bytes, start);
      if (date < 0) {
        odd[record] = 1;
        continue;
      }
      high = view.getInt32(start);
      low = view.getInt32(start + 4);
      rest = view.getInt16(start + 8);
      dayStart = startOfDay(date);
    }
    const time = timeAt(view, start + 10);
    const offset = offsetAfter(view, start + 19, end);
    out[base + record] = dayStart + time * SECOND + offset;
    if (time < 0 || offset < 0) odd[record] = 1;
  }
}

/** What a written value stands for, which is not negative; undefined where it stands for nothing. */
export type Meaning = (written: Uint8Array) => number | undefined;

const MOST_KNOWN = 1 << 12;
/** Of values that are to be read as text. */
const UNREADABLE = -1;

/** Written values that are few: each is read once as text, and known by its bytes from then on. */
export class KnownValues {
  private readonly pool = new GrowingTextPool();
  private readonly values: number[] = [];
  private readonly meaning: Meaning;
  private readonly recent = new RecentTexts(8);

  constructor(meaning: Meaning) {
    this.meaning = meaning;
  }

  /** The value, which is not negative, or a negative number where it is to be read as text. */
  valueOf(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const recent = this.recent.find(view, start, end);
    if (recent !== UNSEEN) return recent;
    const value = this.lookUp(bytes, start, end);
    this.recent.put(view, start, end, value);
    return value;
  }

  private lookUp(bytes: Uint8Array, start: number, end: number): number {
    const known = this.pool.findBytes(bytes, start, end);
    if (known !== ABSENT) return this.values[known] ?? UNREADABLE;
    const written = bytes.subarray(start, end);
    // What could be a separator is never known: a record that was cut there must be cut again.
    const value = SEPARATORS.some((byte) => written.includes(byte)) ? UNREADABLE : this.meaning(written);
    if (this.pool.size < MOST_KNOWN) this.values[this.pool.addBytes(bytes, start, end)] = value ?? UNREADABLE;
    return value ?? UNREADABLE;
  }
}

const SEPARATORS = [0x0a, 0x0d, 0x22, 0x2c];

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
  const { bytes, view, starts, ends, odd, count, width } = batch;
  for (let record = 0, at = column.position; record < count; record++, at += width) {
    const start = starts[at] as number;
    const end = ends[at] as number;
    if (start === end) {
      out[base + record] = absent;
      if (column.required) odd[record] = 1;
      continue;
    }
    const value = known.valueOf(bytes, view, start, end);
    out[base + record] = value;
    if (value < 0) odd[record] = 1;
  }
}

/** A column that the file has not. */
export function fillAbsent(batch: RecordBatch, out: Out | Float64Array, absent: number, base: number): void {
  out.fill(absent, base, base + batch.count);
}
