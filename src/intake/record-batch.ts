const COMMA = 0x2c;
const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Records that are cut at a time: their places stay in the cache while column after column is read. */
const BATCH_RECORDS = 1024;

/** Why a batch ended. */
export const FULL = 0;
/** The bytes end within a record: more are needed, or there are none. */
export const AT_END = 1;
/** Quotes stand where only the reference reader says what they mean; `next` is where that record begins. */
export const IRREGULAR = 2;

/**
 * Cuts bytes into records and fields, and looks at nothing else: where each field's content begins and ends (inside its
 * quotes), and each record's first line. What is cut here is exactly what csv-parse would cut, or is called irregular.
 *
 * Bytes are those of any encoding whose bytes below 0x40 are ASCII: UTF-8 and Windows-31J both.
 */
export class RecordBatch {
  bytes: Uint8Array = new Uint8Array(1);
  view = new DataView(this.bytes.buffer);
  count = 0;
  /** Where the record after the last one begins. */
  next = 0;
  /** The physical line of the record at `next`. */
  line = 1;
  /** Fields that a record must have. */
  readonly width: number;
  /** By record and field. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** By record: where it begins, and its first line. */
  readonly froms: Int32Array;
  readonly lines: Int32Array;
  /** By record: 1 where it is not plain, and is to be read as text. */
  readonly odd: Uint8Array;
  /**
   * By field: 1 where whoever reads it takes no separator or quote for part of a value. Such a field may be taken to be
   * as long as the one in the record before, if it then ends where a field can: were it cut wrongly, its value would
   * hold a separator, and its record be odd. So a batch without odd records was cut rightly; one with any is to be cut
   * again without guessing.
   */
  readonly selfChecking: Uint8Array;
  guesses = false;
  private breaks = 0;
  private readonly lengths: Int32Array;

  constructor(width: number, records = BATCH_RECORDS) {
    this.width = width;
    this.starts = new Int32Array(records * width);
    this.ends = new Int32Array(records * width);
    this.froms = new Int32Array(records);
    this.lines = new Int32Array(records);
    this.odd = new Uint8Array(records);
    this.selfChecking = new Uint8Array(width + 1);
    this.lengths = new Int32Array(width + 1);
  }

  /** Takes other bytes; `bytes[to]` of every {@link cut} must exist, for a sentinel is put there. */
  take(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /**
   * Cuts records from `next` to `to`.
   *
   * @param last no bytes follow: a record ends where they do
   */
  cut(to: number, last: boolean): typeof FULL | typeof AT_END | typeof IRREGULAR {
    const { bytes } = this;
    const kept = bytes[to] as number;
    // Every search ends here at the latest, so that none has to ask where it is.
    bytes[to] = LINE_FEED;
    try {
      return this.cutUpTo(to, last);
    } finally {
      bytes[to] = kept;
    }
  }

  private cutUpTo(to: number, last: boolean): typeof FULL | typeof AT_END | typeof IRREGULAR {
    const { bytes, froms, lines, odd } = this;
    this.count = 0;
    while (this.count < odd.length) {
      const from = this.next;
      if (from >= to) return AT_END;
      const first = bytes[from] as number;
      if (first === LINE_FEED || first === CARRIAGE_RETURN) {
        if (first === CARRIAGE_RETURN && from + 1 >= to && !last) return AT_END;
        this.next = this.afterLineEnd(from, to);
        this.line++;
        continue;
      }
      const { count } = this;
      odd[count] = 0;
      froms[count] = from;
      lines[count] = this.line;
      const end = this.cutRecord(from, to);
      if (end === UNCLOSED) return last ? IRREGULAR : AT_END;
      if (end === JUNK) return IRREGULAR;
      if (!last && (end >= to || (bytes[end] === CARRIAGE_RETURN && end + 1 >= to))) return AT_END;
      this.next = end >= to ? to : this.afterLineEnd(end, to);
      this.line += 1 + this.breaks;
      this.count = count + 1;
    }
    return FULL;
  }

  /** Returns where the record's line end stands, or UNCLOSED or JUNK. */
  private cutRecord(from: number, to: number): number {
    const { bytes, starts, ends, width, count } = this;
    const base = count * width;
    this.breaks = 0;
    if (this.guesses) {
      const end = cutLikeTheLast(bytes, from, to, width, starts, ends, base, this.lengths, this.selfChecking);
      if (end !== NO_GUESS) return end;
    }
    let field = 0;
    let at = from;
    for (;;) {
      const isQuoted = bytes[at] === QUOTE;
      const start = isQuoted ? at + 1 : at;
      const end = isQuoted ? this.closingQuote(start, to) : fieldEnd(bytes, start);
      if (end < 0) return end;
      at = isQuoted ? end + 1 : end;
      if (field < width) {
        starts[base + field] = start;
        ends[base + field] = end;
      }
      field++;
      if (at >= to || bytes[at] !== COMMA) break;
      at++;
    }
    if (field !== width) this.leaveOut(field, from);
    return at;
  }

  /** A record of another number of fields is read as text; what is missing has no bytes. */
  private leaveOut(field: number, from: number): void {
    const { starts, ends, width, count, odd } = this;
    odd[count] = 1;
    for (let missing = field; missing < width; missing++) {
      starts[count * width + missing] = from;
      ends[count * width + missing] = from;
    }
  }

  /** The quote that closes a field, with its doubled quotes and line ends noted. */
  private closingQuote(from: number, to: number): number {
    const { bytes, odd, count } = this;
    for (let at = from; ; at++) {
      const byte = bytes[at] as number;
      if (byte > QUOTE) continue;
      if (at >= to) return UNCLOSED;
      if (byte === LINE_FEED || byte === CARRIAGE_RETURN) {
        odd[count] = 1;
        if (byte === LINE_FEED || bytes[at + 1] !== LINE_FEED || at + 1 >= to) this.breaks++;
      } else if (byte === QUOTE) {
        const after = bytes[at + 1] as number;
        if (at + 1 >= to) return at;
        if (after === COMMA || after === LINE_FEED || after === CARRIAGE_RETURN) return at;
        if (after !== QUOTE) return JUNK;
        odd[count] = 1;
        at++;
      }
    }
  }

  private afterLineEnd(at: number, to: number): number {
    return this.bytes[at] === CARRIAGE_RETURN && at + 1 < to && this.bytes[at + 1] === LINE_FEED ? at + 2 : at + 1;
  }

  /** A record's fields as they were cut, however many: bytes with their quotes undone. */
  fieldsOf(record: number, to: number): Uint8Array[] {
    const { bytes } = this;
    const fields: Uint8Array[] = [];
    for (let at = this.froms[record] as number; ; at++) {
      if (at < to && bytes[at] === QUOTE) {
        const from = at + 1;
        for (at = from; bytes[at] !== QUOTE || (at + 1 < to && bytes[at + 1] === QUOTE); at++)
          if (bytes[at] === QUOTE) at++;
        fields.push(withoutDoubled(bytes.subarray(from, at)));
        at++;
      } else {
        const from = at;
        while (at < to && !isFieldEnd(bytes[at] as number)) at++;
        fields.push(bytes.subarray(from, at));
      }
      if (at >= to || bytes[at] !== COMMA) return fields;
    }
  }
}

const UNCLOSED = -1;
const JUNK = -2;
const NO_GUESS = -3;

const isFieldEnd = (byte: number): boolean => byte === COMMA || byte === LINE_FEED || byte === CARRIAGE_RETURN;

/** The comma or line end after an unquoted field. Nearly all bytes of a field are greater than a comma. */
function fieldEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    while ((bytes[at] as number) > COMMA) at++;
    if (isFieldEnd(bytes[at] as number)) return at;
    at++;
  }
}

/**
 * Cuts a record whose fields are each as long as in the one before, or are found by looking for their end. Returns where
 * its line end stands, or NO_GUESS where it is not as plain as that.
 */
function cutLikeTheLast(
  bytes: Uint8Array,
  from: number,
  to: number,
  width: number,
  starts: Int32Array,
  ends: Int32Array,
  base: number,
  lengths: Int32Array,
  selfChecking: Uint8Array,
): number {
  let at = from;
  for (let field = 0; field < width; field++) {
    const isLast = field + 1 === width;
    const quote = bytes[at] === QUOTE ? 1 : 0;
    const start = at + quote;
    let end = start + (lengths[field] as number);
    at = end + quote;
    const isGuessed =
      selfChecking[field] === 1 &&
      at < to &&
      bytes[at] === (isLast ? LINE_FEED : COMMA) &&
      (quote === 0 || bytes[end] === QUOTE);
    if (!isGuessed) {
      end = start;
      if (quote === 1) while ((bytes[end] as number) > QUOTE) end++;
      else end = fieldEnd(bytes, start);
      at = end + quote;
      if (at >= to || (quote === 1 && bytes[end] !== QUOTE)) return NO_GUESS;
      const after = bytes[at] as number;
      if (!isFieldEnd(after) || (after === COMMA) === isLast) return NO_GUESS;
      lengths[field] = end - start;
    }
    starts[base + field] = start;
    ends[base + field] = end;
    at++;
  }
  return at - 1;
}

function withoutDoubled(content: Uint8Array): Uint8Array {
  if (!content.includes(QUOTE)) return content;
  const single = new Uint8Array(content.length);
  let length = 0;
  for (let at = 0; at < content.length; at++) {
    single[length++] = content[at] as number;
    if (content[at] === QUOTE) at++;
  }
  return single.subarray(0, length);
}
