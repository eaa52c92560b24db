const COMMA = 0x2c;
const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Records that are cut at a time. */
const BATCH_RECORDS = 1024;

/** Why a batch ended. */
export const FULL = 0;
/** The bytes end within a record: more are needed, or there are none. */
export const AT_END = 1;
/** Quotes stand where only the reference reader says what they mean; `next` is where that record begins. */
export const IRREGULAR = 2;

/**
 * Cuts bytes into records, and looks at nothing else: where each begins, and its first line. What is cut here is exactly
 * what csv-parse would cut, or is called irregular.
 *
 * Bytes are those of any encoding whose bytes below 0x40 are ASCII: UTF-8 and Windows-31J both.
 */
export class RecordCutter {
  count = 0;
  /** Where the record after the last one begins. */
  next = 0;
  /** The physical line of the record at `next`. */
  line = 1;
  /** By record: where it begins, and its first line. */
  readonly froms: Int32Array;
  readonly lines: Int32Array;
  private bytes: Uint8Array = new Uint8Array(1);
  /** Line ends inside the quotes of the record that is being cut. */
  private breaks = 0;

  constructor(records = BATCH_RECORDS) {
    this.froms = new Int32Array(records);
    this.lines = new Int32Array(records);
  }

  /** Takes other bytes; `bytes[to]` of every {@link cut} must exist, for a sentinel is put there. */
  take(bytes: Uint8Array): void {
    this.bytes = bytes;
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

  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: every byte that is read as text comes by here.
  private cutUpTo(to: number, last: boolean): typeof FULL | typeof AT_END | typeof IRREGULAR {
    const { bytes, froms, lines } = this;
    this.count = 0;
    while (this.count < froms.length) {
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
    const { bytes } = this;
    this.breaks = 0;
    let at = from;
    for (;;) {
      const isQuoted = bytes[at] === QUOTE;
      const end = isQuoted ? this.closingQuote(at + 1, to) : fieldEnd(bytes, at);
      if (end < 0) return end;
      at = isQuoted ? end + 1 : end;
      if (at >= to || bytes[at] !== COMMA) return at;
      at++;
    }
  }

  /** The quote that closes a field, with the line ends before it counted. */
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: every quoted byte comes by here.
  private closingQuote(from: number, to: number): number {
    const { bytes } = this;
    for (let at = from; ; at++) {
      const byte = bytes[at] as number;
      if (byte > QUOTE) continue;
      if (at >= to) return UNCLOSED;
      if (byte === LINE_FEED || byte === CARRIAGE_RETURN) {
        if (byte === LINE_FEED || bytes[at + 1] !== LINE_FEED || at + 1 >= to) this.breaks++;
      } else if (byte === QUOTE) {
        const after = bytes[at + 1] as number;
        if (at + 1 >= to) return at;
        if (after === COMMA || after === LINE_FEED || after === CARRIAGE_RETURN) return at;
        if (after !== QUOTE) return JUNK;
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
      const isQuoted = at < to && bytes[at] === QUOTE;
      const from = isQuoted ? at + 1 : at;
      const end = isQuoted ? quotedEnd(bytes, from, to) : plainEnd(bytes, from, to);
      const content = bytes.subarray(from, end);
      fields.push(isQuoted ? withoutDoubled(content) : content);
      at = isQuoted ? end + 1 : end;
      if (at >= to || bytes[at] !== COMMA) return fields;
    }
  }
}

/** The closing quote of a field that was cut before. */
function quotedEnd(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  for (; bytes[at] !== QUOTE || (at + 1 < to && bytes[at + 1] === QUOTE); at++) if (bytes[at] === QUOTE) at++;
  return at;
}

function plainEnd(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && !isFieldEnd(bytes[at] as number)) at++;
  return at;
}

const UNCLOSED = -1;
const JUNK = -2;

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
