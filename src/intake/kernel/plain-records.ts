/**
 * Reads plainly written records of a CSV file, from bytes to columns. AssemblyScript: compiled to WebAssembly by the
 * build (tools/kernel.ts), because a run ends before a JavaScript engine has made such loops fast. What stands here
 * decides nothing: whatever is not plain is handed back, and is read as text by the code that serves the reference
 * reader too.
 *
 * A record is plain if it has as many fields as the header, quotes only around a whole field and no quote or line end
 * inside one, ends in LF or CRLF, and each value is one of the forms below. It is read in three steps, each a short loop
 * in which no turn has to wait for the one before it: where commas, quotes and line ends stand, 64 bytes at a time; where
 * fields begin and end; and one column after the other, its values.
 *
 * Memory is laid out by kernel-memory.ts, which takes every number that is exported here from the build; all numbers are
 * little-endian.
 */

const LINE_FEED: u32 = 0x0a;
const CARRIAGE_RETURN: u32 = 0x0d;
const QUOTE: u32 = 0x22;
const COMMA: u32 = 0x2c;
const QUOTE_AND_COMMA: u32 = 0x2c22;

// ----- Marks: commas, quotes and line ends ---------------------------------------------------------------------------------

/** Bytes that are looked at together: so many behind the last may be read. */
export const BLOCK: usize = 64;

/**
 * Tells where each mark stands, four bytes a mark, in their order.
 *
 * @param to behind a line feed; so many more bytes as a block has can be read, and may count as marks
 * @param marks room for as many as there are bytes, and for a block's more
 */
export function findMarks(from: usize, to: usize, marks: usize): void {
  let next = marks;
  for (let at = from; at < to; at += BLOCK) {
    let found = marksAt(at) | (marksAt(at + 16) << 16) | (marksAt(at + 32) << 32) | (marksAt(at + 48) << 48);
    const behind = next + ((<usize>popcnt(found)) << 2);
    // Eight in any case: there are about as many, and no branch has to be foreseen.
    for (let place: usize = 0; place < 8; place++) {
      store<u32>(next + (place << 2), <u32>(at + <usize>ctz(found)));
      found &= found - 1;
    }
    next += 32;
    while (next < behind) {
      store<u32>(next, <u32>(at + <usize>ctz(found)));
      found &= found - 1;
      next += 4;
    }
    next = behind;
  }
}

/** By the low half of a byte: the mark that has it. Elsewhere what no such byte can be. */
const MARK_BY_HALF = i8x16(1, 0, 0x22, 0, 0, 0, 0, 0, 0, 0, 0x0a, 0, 0x2c, 0x0d, 0, 0);

/** Which of sixteen bytes are marks. */
function marksAt(at: usize): u64 {
  const bytes = v128.load(at);
  const halves = v128.and(bytes, i8x16.splat(0x0f));
  return <u64>(<u32>i8x16.bitmask(i8x16.eq(v128.swizzle(MARK_BY_HALF, halves), bytes)));
}

// ----- Records and their fields ------------------------------------------------------------------------------------------

/** In: where the next record begins, its line, and where it is told of its first mark. Out: the same of the next one. */
export const STATE_NEXT: usize = 0;
export const STATE_LINE: usize = 4;
export const STATE_MARK: usize = 8;
/** Out: records that were cut. */
export const STATE_COUNT: usize = 12;
export const STATE_BYTES: usize = 16;

/** What cutRecords returns: the record at STATE_NEXT is plain, or there is none; or it is not plain. */
const PLAIN: i32 = 0;
export const NOT_PLAIN: i32 = 1;

/** Of a field: where its content begins, and in the higher half where it ends. */
export const SPAN_BYTES: usize = 8;

/**
 * @param width fields of a record
 * @param to behind a line feed, behind which no mark was looked for
 * @param most records to cut
 * @param spans by field, `most` records each
 * @param froms by record: where it begins
 * @param lines by record: its line
 */
export function cutRecords(
  state: usize,
  width: i32,
  to: usize,
  most: i32,
  spans: usize,
  stride: usize,
  froms: usize,
  lines: usize,
): i32 {
  let mark: usize = load<u32>(state, STATE_MARK);
  let at: usize = load<u32>(state, STATE_NEXT);
  let line = load<i32>(state, STATE_LINE);
  let count = 0;
  let status = PLAIN;
  while (count < most && at < to) {
    // Records that are not plain were passed over by whoever called.
    while (<usize>load<u32>(mark) < at) mark += 4;
    if (load<u8>(at) === LINE_FEED) {
      at++;
      line++;
      continue;
    }
    const behind = cutRecord(at, mark, width, spans + <usize>count * SPAN_BYTES, stride);
    if (behind === 0) {
      status = NOT_PLAIN;
      break;
    }
    store<u32>(froms + ((<usize>count) << 2), <u32>at);
    store<i32>(lines + ((<usize>count) << 2), line);
    count++;
    line++;
    mark = behind;
    // A record ends with a line feed, which is its last mark.
    at = <usize>load<u32>(mark - 4) + 1;
  }
  store<u32>(state, <u32>at, STATE_NEXT);
  store<i32>(state, line, STATE_LINE);
  store<u32>(state, <u32>mark, STATE_MARK);
  store<i32>(state, count, STATE_COUNT);
  return status;
}

/** Returns where it is told of the first mark behind the record, or 0 where this is not plain. */
function cutRecord(from: usize, firstMark: usize, width: i32, spans: usize, stride: usize): usize {
  let mark = firstMark;
  let start = from;
  let span = spans;
  for (let field = 1; field <= width; field++, span += stride) {
    let stop: usize;
    let behind: usize;
    if (load<u8>(start) === QUOTE) {
      // It is the next mark itself. Mostly the one behind it closes the field, and a comma follows.
      stop = load<u32>(mark, 4);
      if (field < width && <u32>load<u16>(stop) === QUOTE_AND_COMMA) {
        store<u64>(span, <u64>(start + 1) | ((<u64>stop) << 32));
        mark += 12;
        start = stop + 2;
        continue;
      }
      mark = closingQuote(mark);
      if (mark === 0) return 0;
      start++;
      stop = load<u32>(mark);
      behind = stop + 1;
      mark += 4;
      if (<usize>load<u32>(mark) !== behind) return 0;
    } else {
      stop = load<u32>(mark);
      behind = stop;
    }
    store<u64>(span, <u64>start | ((<u64>stop) << 32));
    mark += 4;
    start = behind + 1;
    if (field < width) {
      if (load<u8>(behind) !== COMMA) return 0;
    } else if (load<u8>(behind) !== LINE_FEED) {
      if (load<u8>(behind) !== CARRIAGE_RETURN || load<u8>(behind, 1) !== LINE_FEED) return 0;
      mark += 4;
    }
  }
  return mark;
}

/** Where it is told of the quote that closes the field whose quote is at the mark, or 0. Commas may stand in it. */
function closingQuote(opening: usize): usize {
  let mark = opening + 4;
  while (load<u8>(<usize>load<u32>(mark)) === COMMA) mark += 4;
  return load<u8>(<usize>load<u32>(mark)) === QUOTE ? mark : 0;
}

// ----- Columns ---------------------------------------------------------------------------------------------------------------

/** What describes a field. */
export const FIELD_TYPE: usize = 0;
export const FIELD_REQUIRED: usize = 4;
/** Where its values go, one a record, and of how many bytes each is. */
export const FIELD_OUT: usize = 8;
export const FIELD_OUT_BYTES: usize = 12;
/** What is known of its values: shapes of identifiers, or values that were seen. */
export const FIELD_TABLE: usize = 16;
export const FIELD_TABLE_SHIFT: usize = 20;
/** What stands for an empty field. */
export const FIELD_ABSENT: usize = 24;
/** What an identifier's bytes must be, at least. */
export const FIELD_WANTED: usize = 28;
export const FIELD_BYTES: usize = 32;

/** What a field of the file holds. */
export const SKIPPED: i32 = 0;
export const KEY: i32 = 1;
export const SEEN: i32 = 2;
export const AMOUNT: i32 = 3;
export const INSTANT: i32 = 4;

/**
 * Puts a field's values into its column, as far as they are known.
 *
 * @param about the field
 * @param spans of the field, by record
 * @param odd by record: made 1 where it is to be read as text
 * @param from the record to begin with
 * @returns the first record whose value is to be looked up by whoever called; `count` where there is none
 */
export function readColumn(about: usize, spans: usize, odd: usize, from: i32, count: i32): i32 {
  return load<i32>(about, FIELD_TYPE) === SEEN
    ? readSeen(about, spans, odd, from, count)
    : readNumbers(about, spans, odd, from, count);
}

/** What a value is that is to be looked up, or to be read as text: no key, amount or instant is infinite. */
const NOT_SEEN: f64 = Infinity;
const ODD: f64 = -Infinity;

/** Keys, amounts and instants. */
function readNumbers(about: usize, spans: usize, odd: usize, from: i32, count: i32): i32 {
  const out: usize = load<u32>(about, FIELD_OUT);
  const type = load<i32>(about, FIELD_TYPE);
  const absent = <f64>load<i32>(about, FIELD_ABSENT);
  const isRequired = load<u8>(about, FIELD_REQUIRED);
  for (let record = from; record < count; record++) {
    const span = load<u64>(spans + <usize>record * SPAN_BYTES);
    const start = <usize>(<u32>span);
    const end = <usize>(span >> 32);
    let value = absent;
    if (start === end) store<u8>(odd + <usize>record, load<u8>(odd + <usize>record) | isRequired);
    else {
      // A lone byte of an optional column may be a word for nothing.
      if (type === KEY) value = end - start === 1 && isRequired === 0 ? NOT_SEEN : keyOf(about, start, end);
      else value = type === AMOUNT ? amountOf(start, end) : instantOf(about, start, end);
      if (value === NOT_SEEN) return record;
      if (value === ODD) store<u8>(odd + <usize>record, 1);
    }
    store<f64>(out + ((<usize>record) << 3), value);
  }
  return count;
}

function readSeen(about: usize, spans: usize, odd: usize, from: i32, count: i32): i32 {
  const out: usize = load<u32>(about, FIELD_OUT);
  const isByte = load<i32>(about, FIELD_OUT_BYTES) === 1;
  const table: usize = load<u32>(about, FIELD_TABLE);
  const shift: u64 = load<u32>(about, FIELD_TABLE_SHIFT);
  for (let record = from; record < count; record++) {
    const span = load<u64>(spans + <usize>record * SPAN_BYTES);
    const start = <usize>(<u32>span);
    const end = <usize>(span >> 32);
    const length = end - start;
    if (length > LONGEST_SEEN) return record;
    const first = firstEight(start, length);
    const second = lastEight(end, length);
    const one = seenAt(table, shift, first, second);
    const seen = select<usize>(one, one + SEEN_BYTES, differs(one, first, second, length) === 0);
    if (differs(seen, first, second, length) !== 0) return record;
    const value = load<i32>(seen, 20);
    if (value === UNREADABLE) store<u8>(odd + <usize>record, 1);
    if (isByte) store<u8>(out + <usize>record, <u8>value);
    else store<i32>(out + ((<usize>record) << 2), value);
  }
  return count;
}

// ----- Values ---------------------------------------------------------------------------------------------------------------

const ZEROS: u64 = 0x3030303030303030;
const NINES_UP: u64 = 0x7676767676767676;
const HIGH_BITS: u64 = 0x8080808080808080;

/** The value of eight bytes from 0 to 9, the first in the lowest place and worth most. */
function eightDigits(digits: u64): u64 {
  const pairs = (digits * 10 + (digits >> 8)) & 0x00ff00ff00ff00ff;
  const fours = (pairs * 100 + (pairs >> 16)) & 0x0000ffff0000ffff;
  return (fours * 10000 + (fours >> 32)) & 0xffffffff;
}

function areDigits(digits: u64): bool {
  return ((digits | (digits + NINES_UP)) & HIGH_BITS) === 0;
}

/** Shapes that are known of each length of at most LONGEST. */
export const SHAPES: i32 = 4;
export const LONGEST: usize = 48;
/** Bytes up to the last digit, in which digits are the number: the last eight of them, and those before. */
export const SHAPE_WINDOW: usize = 12;

/** What describes a shape: of what class its bytes are, and how many stand before and behind its window. */
export const SHAPE_KIND: usize = 0;
export const SHAPE_BEFORE: usize = 4;
export const SHAPE_AFTER: usize = 44;
/** Of the window's last eight bytes those that are digits, what the others are, and which those are. */
export const SHAPE_LAST_DIGITS: usize = 8;
export const SHAPE_LAST_FIXED: usize = 16;
export const SHAPE_LAST_CARE: usize = 24;
/** The same of its first four. */
export const SHAPE_FIRST_DIGITS: usize = 32;
export const SHAPE_FIRST_FIXED: usize = 36;
export const SHAPE_FIRST_CARE: usize = 40;
/** The key of its number 0. */
export const SHAPE_FIRST_KEY: usize = 48;
/** What stands before its window, and what behind. */
export const SHAPE_TEXT: usize = 56;
export const SHAPE_BYTES: usize = 112;

/**
 * An identifier: what the twelve bytes up to its last digit hold of digits is its number within its shape (packed-ids.ts).
 * A shape tells of those bytes which are digits and what the others are, and what stands before and behind them.
 */
function keyOf(about: usize, start: usize, end: usize): f64 {
  const length = end - start;
  if (length > LONGEST) return NOT_SEEN;
  const wanted = load<i32>(about, FIELD_WANTED);
  let shape: usize = <usize>load<u32>(about, FIELD_TABLE) + length * SHAPE_BYTES * SHAPES;
  for (let at = 0; at < SHAPES; at++, shape += SHAPE_BYTES) {
    const kind = load<i32>(shape, SHAPE_KIND);
    if (kind === 0) return NOT_SEEN;
    if (kind < wanted) continue;
    const windowEnd = end - <usize>load<u32>(shape, SHAPE_AFTER);
    const last = load<u64>(windowEnd - 8);
    const first: u64 = load<u32>(windowEnd - SHAPE_WINDOW);
    if ((last & load<u64>(shape, SHAPE_LAST_CARE)) !== load<u64>(shape, SHAPE_LAST_FIXED)) continue;
    if ((first & <u64>load<u32>(shape, SHAPE_FIRST_CARE)) !== <u64>load<u32>(shape, SHAPE_FIRST_FIXED)) continue;
    const low = (last ^ ZEROS) & load<u64>(shape, SHAPE_LAST_DIGITS);
    const high = (first ^ (ZEROS >> 32)) & <u64>load<u32>(shape, SHAPE_FIRST_DIGITS);
    if (!areDigits(low) || !areDigits(high) || !isAround(shape, start, windowEnd)) continue;
    return load<f64>(shape, SHAPE_FIRST_KEY) + <f64>eightDigits(high << 32) * 100000000.0 + <f64>eightDigits(low);
  }
  return NOT_SEEN;
}

/** Whether bytes are a shape's before and behind its window. */
function isAround(shape: usize, start: usize, windowEnd: usize): bool {
  const before: usize = load<u32>(shape, SHAPE_BEFORE);
  const after: usize = load<u32>(shape, SHAPE_AFTER);
  if (before !== 0 && !isSame(start, shape + SHAPE_TEXT, before)) return false;
  return after === 0 || isSame(windowEnd, shape + SHAPE_TEXT + before, after);
}

/** Whether bytes are those of a shape: behind the last of either, eight more can be read. */
function isSame(at: usize, wanted: usize, length: usize): bool {
  let left = length;
  for (; left >= 8; left -= 8) {
    if (load<u64>(at) !== load<u64>(wanted)) return false;
    at += 8;
    wanted += 8;
  }
  return left === 0 || (load<u64>(at) ^ load<u64>(wanted)) << ((8 - <u64>left) << 3) === 0;
}

/** Of a value that was seen, and of the place that two of them share. */
const SEEN_BYTES: usize = 24;
export const PLACE_BYTES: usize = 64;
const LONGEST_SEEN: usize = 16;

/** A value that is to be read as text. No column has it: what is absent is -1. */
export const UNREADABLE: i32 = -2;

/** 0 where it is the value that was seen. Without branches: which of two it is cannot be foreseen. */
function differs(seen: usize, first: u64, second: u64, length: usize): u64 {
  return (load<u64>(seen) ^ first) | (load<u64>(seen, 8) ^ second) | (<u64>load<u32>(seen, 16) ^ <u64>length);
}

/**
 * Keeps what a value stands for, which is known by nothing but its bytes, two words of them; and of others at its place
 * the last one.
 */
export function keepSeen(about: usize, start: usize, end: usize, value: i32): void {
  const length = end - start;
  if (length > LONGEST_SEEN) return;
  const first = firstEight(start, length);
  const second = lastEight(end, length);
  const seen = seenAt(load<u32>(about, FIELD_TABLE), load<u32>(about, FIELD_TABLE_SHIFT), first, second);
  v128.store(seen + SEEN_BYTES, v128.load(seen));
  store<u64>(seen, load<u64>(seen, 16), SEEN_BYTES + 16);
  store<u64>(seen, first);
  store<u64>(seen, second, 8);
  store<i32>(seen, <i32>length, 16);
  store<i32>(seen, value, 20);
}

function firstEight(start: usize, length: usize): u64 {
  const bytes = load<u64>(start);
  return select<u64>(bytes, bytes & ~((<u64>-1) << ((<u64>length) << 3)), length >= 8);
}

function lastEight(end: usize, length: usize): u64 {
  return select<u64>(0, load<u64>(end - 8), length <= 8);
}

/** Where two values stand, either of which may be it. */
function seenAt(table: usize, shift: u64, first: u64, second: u64): usize {
  const mixed = (first ^ (second * 0x9e3779b97f4a7c15)) * 0xbf58476d1ce4e5b9;
  const place = ((mixed ^ (mixed >> 29)) * 0x94d049bb133111eb) >> shift;
  return table + <usize>place * PLACE_BYTES;
}

const MOST_DIGITS: usize = 9;

/** Whole yen of up to nine digits. */
function amountOf(start: usize, end: usize): f64 {
  const length = end - start;
  if (length > MOST_DIGITS) return ODD;
  const ones: usize = length === MOST_DIGITS ? 1 : 0;
  const digits = (load<u64>(start) ^ ZEROS) << (64 - ((length - ones) << 3));
  if (!areDigits(digits)) return ODD;
  const amount = <f64>eightDigits(digits);
  if (ones === 0) return amount;
  const one: u32 = <u32>load<u8>(end - 1) - 0x30;
  return one > 9 ? ODD : amount * 10.0 + <f64>one;
}

const SHORTEST_INSTANT: usize = 19;
/** What is known of a day: its first eight bytes, the other two, and when it begins. */
export const DAY_REST: usize = 8;
const DAY_BEGINS: usize = 16;
export const DAY_BYTES: usize = 24;
const JAPAN_OFFSET: f64 = 32400000000.0;
const SECOND: f64 = 1000000.0;

/** An instant on a day that was seen: `2023-02-24T17:45:03+09:00`, with `Z` or none, with a space for the T. */
function instantOf(about: usize, start: usize, end: usize): f64 {
  if (end - start < SHORTEST_INSTANT) return ODD;
  const first = load<u64>(start);
  const rest: u32 = load<u16>(start, 8);
  const day = dayAt(about, first, rest);
  if (load<u64>(day) !== first || load<u32>(day, DAY_REST) !== rest) return NOT_SEEN;
  const time = timeOf(start + 10, end);
  return time < 0 ? ODD : load<f64>(day, DAY_BEGINS) + time;
}

/** Keeps when a day begins, in place of another. */
export function keepDay(about: usize, start: usize, begins: f64): void {
  const first = load<u64>(start);
  const rest: u32 = load<u16>(start, 8);
  const day = dayAt(about, first, rest);
  store<u64>(day, first);
  store<u32>(day, rest, DAY_REST);
  store<f64>(day, begins, DAY_BEGINS);
}

function dayAt(about: usize, first: u64, rest: u32): usize {
  const mixed = (first ^ ((<u64>rest) << 24)) * 0x9e3779b97f4a7c15;
  return <usize>load<u32>(about, FIELD_TABLE) + <usize>(mixed >> <u64>load<u32>(about, FIELD_TABLE_SHIFT)) * DAY_BYTES;
}

/** Microseconds since the day began in Japan, of `T17:45:03` and what follows; negative where it cannot be told. */
function timeOf(at: usize, end: usize): f64 {
  const seconds = secondsOf(at);
  const offset = offsetOf(at + 9, end);
  return seconds < 0 || offset < 0 ? -1.0 : <f64>seconds * SECOND + offset;
}

/** Seconds of the day of nine bytes `T17:45:03` (or with a space); negative where they are none. */
function secondsOf(at: usize): i32 {
  const mark: u32 = load<u8>(at);
  if (mark !== 0x54 && mark !== 0x20) return -1;
  // 1 7 : 4 5 : 0 3, the colons made zeros.
  const eight = load<u64>(at, 1) ^ 0x30303a30303a3030;
  if (!areDigits(eight) || (eight & 0x0000ff0000ff0000) !== 0) return -1;
  const hour = <i32>(eight & 0xff) * 10 + <i32>((eight >> 8) & 0xff);
  const minute = <i32>((eight >> 24) & 0xff) * 10 + <i32>((eight >> 32) & 0xff);
  const second = <i32>((eight >> 48) & 0xff) * 10 + <i32>(eight >> 56);
  return hour > 23 || minute > 59 || second > 59 ? -1 : (hour * 60 + minute) * 60 + second;
}

/** Microseconds to add for what follows the time; negative where it is no plain offset. */
function offsetOf(at: usize, end: usize): f64 {
  if (end === at) return 0.0;
  if (end - at === 1) return load<u8>(at) === 0x5a ? JAPAN_OFFSET : -1.0;
  return end - at === 6 && load<u32>(at) === 0x3a39302b && load<u16>(at, 4) === 0x3030 ? 0.0 : -1.0;
}
