/**
 * Reads plainly written records of a CSV file, in one pass from bytes to columns. AssemblyScript: compiled to
 * WebAssembly by the build (.ci/kernel.mjs), because a run ends before a JavaScript engine has made such loops fast.
 * What stands here decides nothing: whatever is not plain is handed back, and is read as text by the code that serves
 * the reference reader too.
 *
 * A record is plain if it has as many fields as the header, quotes only around a whole field and no quote or line end
 * inside one, ends in LF or CRLF, and each value is one of the forms below. A field is first taken to be as long as the
 * one before it in its column: no value that is read here holds a separator, so a wrong guess never passes for a value.
 *
 * Memory is laid out by kernel-memory.ts; all numbers are little-endian.
 */

const LINE_FEED: u32 = 0x0a;
const CARRIAGE_RETURN: u32 = 0x0d;
const QUOTE: u32 = 0x22;
const COMMA: u32 = 0x2c;

// ----- What the call is told, and tells ----------------------------------------------------------------------------------

/** In: where the next record begins, and its line. Out: the same for the first record that was not read. */
const NEXT: usize = 0;
const LINE: usize = 4;
/** Out: records that were read, and values that are to be looked up. */
const COUNT: usize = 8;
const MISSES: usize = 12;

/** As many records as were asked for, or values to look up as there is room for. */
const FULL: i32 = 0;
/** No bytes are left. */
const AT_END: i32 = 1;
/** The record at NEXT is not plain. */
const NOT_PLAIN: i32 = 2;

// ----- A field's description ------------------------------------------------------------------------------------------

const FIELD_BYTES: usize = 40;
const TYPE: usize = 0;
const REQUIRED: usize = 4;
/** Where its values go, one a record, and of how many bytes each is. */
const OUT: usize = 8;
const OUT_BYTES: usize = 12;
/** What is known of its values: shapes of identifiers, or values that were seen. */
const TABLE: usize = 16;
const TABLE_SHIFT: usize = 20;
/** What stands for an empty field. */
const ABSENT: usize = 24;
/** What an identifier's bytes must be, at least. */
const WANTED: usize = 28;
/** Of the value before. */
const LENGTH: usize = 32;

const SKIPPED: i32 = 0;
const KEY: i32 = 1;
const SEEN: i32 = 2;
const AMOUNT: i32 = 3;
const INSTANT: i32 = 4;

/** What became of a value. */
const TAKEN: i32 = 0;
/** To be looked up by whoever called: nothing like it was seen. */
const MISSED: i32 = 1;
/** To be read as text. */
const ODD: i32 = 2;

const MISS_BYTES: usize = 16;

/** Of the call: the fields of a record, where the bytes end, and where what was missed is told. */
let fields: usize = 0;
let width: i32 = 0;
let end: usize = 0;
let misses: usize = 0;
/** Of the record that is being read. */
let isOdd: i32 = 0;
let missed: i32 = 0;

/**
 * @param to behind a line feed; sixteen more bytes can be read
 * @param most records to read
 * @param froms by record: where it begins
 * @param lines by record: its line
 * @param odd by record: 1 where it is to be read as text
 * @param missesAt values to look up: field, record, start and end of each
 */
export function readRecords(
  state: usize,
  fieldsAt: usize,
  fieldCount: i32,
  to: usize,
  most: i32,
  froms: usize,
  lines: usize,
  odd: usize,
  missesAt: usize,
  mostMisses: i32,
): i32 {
  fields = fieldsAt;
  width = fieldCount;
  end = to;
  misses = missesAt;
  missed = 0;
  let at: usize = load<u32>(state, NEXT);
  let line = load<i32>(state, LINE);
  let count = 0;
  let status = FULL;
  while (count < most && missed + width <= mostMisses) {
    if (at >= to) {
      status = AT_END;
      break;
    }
    if (load<u8>(at) === LINE_FEED) {
      at++;
      line++;
      continue;
    }
    const missedBefore = missed;
    isOdd = 0;
    const next = readRecord(at, count);
    if (next === 0) {
      missed = missedBefore;
      status = NOT_PLAIN;
      break;
    }
    store<u32>(froms + ((<usize>count) << 2), <u32>at);
    store<i32>(lines + ((<usize>count) << 2), line);
    store<u8>(odd + <usize>count, <u8>isOdd);
    count++;
    line++;
    at = next;
  }
  store<u32>(state, <u32>at, NEXT);
  store<i32>(state, line, LINE);
  store<i32>(state, count, COUNT);
  store<i32>(state, missed, MISSES);
  return status;
}

/** Returns where the next record begins, or 0 where this one is not plain. */
function readRecord(from: usize, record: i32): usize {
  let place = from;
  let about = fields;
  const last = fields + <usize>(width - 1) * FIELD_BYTES;
  for (; about <= last; about += FIELD_BYTES) {
    const isLast = about === last;
    const quoted: usize = load<u8>(place) === QUOTE ? 1 : 0;
    const start = place + quoted;
    const type = load<i32>(about, TYPE);
    const guessed = start + <usize>load<i32>(about, LENGTH);
    // Behind the bytes there may be no memory.
    if (type !== SKIPPED && guessed < end && isFieldEnd(guessed, quoted, isLast)) {
      const became = readValue(type, about, start, guessed, record);
      if (became === TAKEN) {
        place = guessed + quoted + 1;
        continue;
      }
    }
    const stop = nextOf(quoted !== 0 ? <i8>QUOTE : <i8>COMMA, start);
    if (!isFieldEnd(stop, quoted, isLast)) return 0;
    store<i32>(about, <i32>(stop - start), LENGTH);
    if (type !== SKIPPED) readOrTell(type, about, start, stop, record);
    place = stop + quoted + 1;
  }
  // Of a carriage return and a line feed, `place` is behind the first.
  return load<u8>(place - 1) === LINE_FEED ? place : place + 1;
}

/** Reads a value whose end was looked for; whoever called is told of it where nothing like it was seen. */
function readOrTell(type: i32, about: usize, start: usize, stop: usize, record: i32): void {
  const became = readValue(type, about, start, stop, record);
  if (became === ODD) isOdd = 1;
  if (became !== MISSED) return;
  const miss = misses + <usize>missed * MISS_BYTES;
  store<u32>(miss, <u32>((about - fields) / FIELD_BYTES));
  store<i32>(miss, record, 4);
  store<u32>(miss, <u32>start, 8);
  store<u32>(miss, <u32>stop, 12);
  missed++;
}

// ----- Separators ----------------------------------------------------------------------------------------------------------

/** Whether a field's content can end here: before its quote, if it has one, and a comma or the record's line end. */
function isFieldEnd(at: usize, quoted: usize, isLast: bool): bool {
  if (quoted !== 0 && load<u8>(at) !== QUOTE) return false;
  const byte: u32 = load<u8>(at + quoted);
  if (!isLast) return byte === COMMA;
  return byte === LINE_FEED || (byte === CARRIAGE_RETURN && load<u8>(at + quoted, 1) === LINE_FEED);
}

/** Where the one byte stands next, or a line end. */
function nextOf(one: i8, from: usize): usize {
  let at = from;
  let found = separatorsAt(at, one);
  while (found === 0) {
    at += 16;
    found = separatorsAt(at, one);
  }
  return at + <usize>ctz(found);
}

/** Which of sixteen bytes are the one, or of a line end. */
function separatorsAt(at: usize, one: i8): i32 {
  const bytes = v128.load(at);
  const lineEnds = v128.or(i8x16.eq(bytes, i8x16.splat(0x0a)), i8x16.eq(bytes, i8x16.splat(0x0d)));
  return i8x16.bitmask(v128.or(i8x16.eq(bytes, i8x16.splat(one)), lineEnds));
}

// ----- Values ---------------------------------------------------------------------------------------------------------------

function readValue(type: i32, about: usize, start: usize, end: usize, record: i32): i32 {
  if (start === end) return readEmpty(type, about, record);
  if (type === KEY) return readKey(about, start, end, record);
  if (type === SEEN) return readSeen(about, start, end, record);
  if (type === AMOUNT) return readAmount(about, start, end, record);
  return type === INSTANT ? readInstant(about, start, end, record) : ODD;
}

function readEmpty(type: i32, about: usize, record: i32): i32 {
  const absent = load<i32>(about, ABSENT);
  if (type === SEEN) storeSmall(about, record, absent);
  else storeLarge(about, record, <f64>absent);
  return load<i32>(about, REQUIRED) === 0 ? TAKEN : ODD;
}

function storeLarge(about: usize, record: i32, value: f64): void {
  store<f64>(<usize>load<u32>(about, OUT) + ((<usize>record) << 3), value);
}

function storeSmall(about: usize, record: i32, value: i32): void {
  const out: usize = load<u32>(about, OUT);
  if (load<i32>(about, OUT_BYTES) === 1) store<u8>(out + <usize>record, <u8>value);
  else store<i32>(out + ((<usize>record) << 2), value);
}

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

/** Shapes that are known of each length, and the bytes that describe one. */
const SHAPES: i32 = 4;
const SHAPE_BYTES: usize = 112;
const LONGEST: usize = 48;

/**
 * An identifier: what the twelve bytes up to its last digit hold of digits is its number within its shape (text-keys.ts).
 * A shape tells of those bytes which are digits and what the others are, and what stands before and behind them.
 */
function readKey(about: usize, start: usize, end: usize, record: i32): i32 {
  const length = end - start;
  if (length > LONGEST) return MISSED;
  const wanted = load<i32>(about, WANTED);
  let shape: usize = <usize>load<u32>(about, TABLE) + length * SHAPE_BYTES * SHAPES;
  for (let at = 0; at < SHAPES; at++, shape += SHAPE_BYTES) {
    const kind = load<i32>(shape);
    if (kind === 0) return MISSED;
    if (kind < wanted) continue;
    const windowEnd = end - <usize>load<u32>(shape, 44);
    const last = load<u64>(windowEnd - 8);
    const first: u64 = load<u32>(windowEnd - 12);
    if ((last & load<u64>(shape, 24)) !== load<u64>(shape, 16)) continue;
    if ((first & <u64>load<u32>(shape, 40)) !== <u64>load<u32>(shape, 36)) continue;
    const low = (last ^ ZEROS) & load<u64>(shape, 8);
    const high = (first ^ (ZEROS >> 32)) & <u64>load<u32>(shape, 32);
    if (!areDigits(low) || !areDigits(high) || !isAround(shape, start, windowEnd)) continue;
    const value = load<f64>(shape, 48) + <f64>eightDigits(high << 32) * 100000000.0 + <f64>eightDigits(low);
    storeLarge(about, record, value);
    return TAKEN;
  }
  return MISSED;
}

/** Whether bytes are a shape's before and behind its window. */
function isAround(shape: usize, start: usize, windowEnd: usize): bool {
  const before: usize = load<u32>(shape, 4);
  const after: usize = load<u32>(shape, 44);
  if (before !== 0 && !isSame(start, shape + 56, before)) return false;
  return after === 0 || isSame(windowEnd, shape + 56 + before, after);
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

const SEEN_BYTES: usize = 24;
const LONGEST_SEEN: usize = 16;

/** A value that was seen, by nothing but its bytes: two words cover it whole. */
function readSeen(about: usize, start: usize, end: usize, record: i32): i32 {
  const length = end - start;
  if (length > LONGEST_SEEN) return MISSED;
  const first = firstEight(start, length);
  const second = lastEight(end, length);
  let seen = seenAt(about, first, second);
  if (!isSeen(seen, first, second, length)) {
    seen += SEEN_BYTES;
    if (!isSeen(seen, first, second, length)) return MISSED;
  }
  const value = load<i32>(seen, 20);
  if (value < 0) return ODD;
  storeSmall(about, record, value);
  return TAKEN;
}

function isSeen(seen: usize, first: u64, second: u64, length: usize): bool {
  return load<u64>(seen) === first && load<u64>(seen, 8) === second && load<i32>(seen, 16) === <i32>length;
}

/** Keeps what a value stands for, and of others at its place the last one: negative where it is to be read as text. */
export function keepSeen(about: usize, start: usize, end: usize, value: i32): void {
  const length = end - start;
  if (length > LONGEST_SEEN || length === 0) return;
  const first = firstEight(start, length);
  const second = lastEight(end, length);
  const seen = seenAt(about, first, second);
  v128.store(seen + SEEN_BYTES, v128.load(seen));
  store<u64>(seen, load<u64>(seen, 16), SEEN_BYTES + 16);
  store<u64>(seen, first);
  store<u64>(seen, second, 8);
  store<i32>(seen, <i32>length, 16);
  store<i32>(seen, value, 20);
}

function firstEight(start: usize, length: usize): u64 {
  const bytes = load<u64>(start);
  return length >= 8 ? bytes : bytes & ~((<u64>-1) << ((<u64>length) << 3));
}

function lastEight(end: usize, length: usize): u64 {
  return length <= 8 ? 0 : load<u64>(end - 8);
}

/** Where two values stand, either of which may be it. */
function seenAt(about: usize, first: u64, second: u64): usize {
  const mixed = (first ^ (second * 0x9e3779b97f4a7c15)) * 0xbf58476d1ce4e5b9;
  const place = ((mixed ^ (mixed >> 29)) * 0x94d049bb133111eb) >> <u64>load<u32>(about, TABLE_SHIFT);
  return <usize>load<u32>(about, TABLE) + <usize>place * 2 * SEEN_BYTES;
}

const MOST_DIGITS: usize = 9;

/** Whole yen of up to nine digits. */
function readAmount(about: usize, start: usize, end: usize, record: i32): i32 {
  const length = end - start;
  if (length > MOST_DIGITS) return ODD;
  const ones: usize = length === MOST_DIGITS ? 1 : 0;
  const digits = (load<u64>(start) ^ ZEROS) << (64 - ((length - ones) << 3));
  if (!areDigits(digits)) return ODD;
  let amount = <f64>eightDigits(digits);
  if (ones === 1) {
    const one: u32 = <u32>load<u8>(end - 1) - 0x30;
    if (one > 9) return ODD;
    amount = amount * 10.0 + <f64>one;
  }
  storeLarge(about, record, amount);
  return TAKEN;
}

const DAY_BYTES: usize = 24;
const JAPAN_OFFSET: f64 = 32400000000.0;
const SECOND: f64 = 1000000.0;

/** An instant on a day that was seen: `2023-02-24T17:45:03+09:00`, with `Z` or none, with a space for the T. */
export function readInstant(about: usize, start: usize, end: usize, record: i32): i32 {
  const length = end - start;
  if (length < 19) return ODD;
  const first = load<u64>(start);
  const rest: u32 = load<u16>(start, 8);
  const day = dayAt(about, first, rest);
  if (load<u64>(day) !== first || load<u32>(day, 8) !== rest) return MISSED;
  const time = secondsOf(start + 10);
  const offset = offsetOf(start + 19, end);
  if (time < 0 || offset < 0) return ODD;
  storeLarge(about, record, load<f64>(day, 16) + <f64>time * SECOND + offset);
  return TAKEN;
}

/** Keeps when a day begins, in place of another. */
export function keepDay(about: usize, start: usize, begins: f64): void {
  const first = load<u64>(start);
  const rest: u32 = load<u16>(start, 8);
  const day = dayAt(about, first, rest);
  store<u64>(day, first);
  store<u32>(day, rest, 8);
  store<f64>(day, begins, 16);
}

function dayAt(about: usize, first: u64, rest: u32): usize {
  const mixed = (first ^ ((<u64>rest) << 24)) * 0x9e3779b97f4a7c15;
  return <usize>load<u32>(about, TABLE) + <usize>(mixed >> <u64>load<u32>(about, TABLE_SHIFT)) * DAY_BYTES;
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
