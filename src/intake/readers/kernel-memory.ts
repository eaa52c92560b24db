import { LONGEST, SHARED_LIMITS, type Shape } from '../columns/packed-ids.ts';
import { PLAIN_RECORDS_LAYOUT as LAYOUT, PLAIN_RECORDS } from '../kernel/compiled.ts';
import { type AssemblyMemory, assembly, instanceOf } from '../kernel/web-assembly.ts';

/** What a field of the file holds; and what is kept of a value that is to be read as text. */
export const { SKIPPED, KEY, SEEN, AMOUNT, INSTANT, UNREADABLE } = LAYOUT;

export type Out = Float64Array | Int32Array | Uint8Array;

/** One field of the file, in the file's order. */
export interface PlainField {
  readonly type: typeof SKIPPED | typeof KEY | typeof SEEN | typeof AMOUNT | typeof INSTANT;
  readonly required: boolean;
  readonly absent: number;
  /** What an identifier's bytes must be, at least. */
  readonly wanted: number;
  /** Bytes of a value: 8 where it is a key, an amount or an instant. */
  readonly outBytes: 1 | 4 | 8;
  /** Places for values that are kept, as a power of two. */
  readonly seenBits: number;
  /** Fields of the same one share what is known of their identifiers' shapes. */
  readonly shapes: unknown;
}

const { FIELD_BYTES, SPAN_BYTES, SHAPES, SHAPE_BYTES, PLACE_BYTES, DAY_BYTES, BLOCK } = LAYOUT;
/** Of identifiers the kernel must know what packed-ids.ts does. */
const AGREED = { ...LAYOUT, ...SHARED_LIMITS } as const;
const CACHE_LINE = 64;
/** Of a place among the days that holds none. */
const NO_REST = -1;
/** Bytes that the kernel may read before a text. */
const SLACK = 16;
/** Fits into the cache together with what is read from it. */
export const WINDOW_BYTES = 1 << 17;
const PAGE = 1 << 16;

interface Kernel {
  readonly findMarks: (from: number, to: number, marks: number) => void;
  readonly cutRecords: (...numbers: number[]) => number;
  readonly readColumn: (about: number, spans: number, odd: number, from: number, count: number) => number;
  readonly keepSeen: (about: number, start: number, end: number, value: number) => void;
  readonly keepDay: (about: number, start: number, begins: number) => void;
}

/** Without it all rows are read as text. */
export const hasKernel = assembly !== undefined;

/** A kernel and the memory that it works on. */
interface Held {
  readonly memory: AssemblyMemory;
  readonly kernel: Kernel;
}

/** Of the file that was read last: memory of its own for each of thousands of files is collected late and dearly. */
let spare: Held | undefined;

/** A kernel whose memory is clear as far as whole pages of so many bytes go. */
function heldFor(bytes: number): Held {
  const pages = Math.ceil(bytes / PAGE);
  const held = spare;
  spare = undefined;
  if (held !== undefined && held.memory.buffer.byteLength >= pages * PAGE) {
    new Uint8Array(held.memory.buffer, 0, pages * PAGE).fill(0);
    return held;
  }
  if (assembly === undefined) throw new Error('there is no WebAssembly');
  const memory = new assembly.Memory({ initial: pages });
  return { memory, kernel: instanceOf(assembly, PLAIN_RECORDS, memory, AGREED) as Kernel };
}

/** The kernel with its memory, laid out for the fields of one file. */
export class PlainMemory {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** By field: its values, one a record. */
  readonly outs: readonly Out[];
  /** By record. */
  readonly froms: Int32Array;
  readonly lines: Int32Array;
  readonly odd: Uint8Array;
  readonly windowStart: number;
  private readonly marksAt: number;
  /** By field and record: start and end. */
  private readonly spans: Int32Array;
  private readonly records: number;
  private readonly fields: readonly PlainField[];
  private readonly kernel: Kernel;
  private readonly held: Held;
  private readonly state: Int32Array;
  private readonly fieldsAt: number;
  private readonly shapesAt = new Map<unknown, number>();
  private readonly shapesKept = new Map<unknown, Uint8Array>();
  private used = CACHE_LINE;

  constructor(fields: readonly PlainField[], records: number) {
    this.fields = fields;
    this.records = records;
    this.fieldsAt = this.take(fields.length * FIELD_BYTES);
    const [fromsAt, linesAt, oddAt] = [this.take(records * 4), this.take(records * 4), this.take(records)];
    const spansAt = this.take(fields.length * records * SPAN_BYTES);
    const outsAt = fields.map(({ type, outBytes }) => this.take(type === SKIPPED ? 0 : records * outBytes));
    const tablesAt = fields.map((field) => this.tableFor(field));
    this.windowStart = this.take(SLACK + WINDOW_BYTES + BLOCK) + SLACK;
    this.marksAt = this.take((WINDOW_BYTES + 2 * BLOCK) * 4);
    this.held = heldFor(this.used);
    this.kernel = this.held.kernel;
    const { buffer } = this.held.memory;
    this.bytes = new Uint8Array(buffer);
    this.view = new DataView(buffer);
    this.state = new Int32Array(buffer, 0, LAYOUT.STATE_BYTES / 4);
    this.froms = new Int32Array(buffer, fromsAt, records);
    this.lines = new Int32Array(buffer, linesAt, records);
    this.odd = new Uint8Array(buffer, oddAt, records);
    this.spans = new Int32Array(buffer, spansAt, (fields.length * records * SPAN_BYTES) / 4);
    this.outs = fields.map(({ outBytes, type }, at) =>
      outOf(buffer, outsAt[at] as number, outBytes, type === SKIPPED ? 0 : records),
    );
    fields.forEach((field, at) => {
      this.describe(at, field, outsAt[at] as number, tablesAt[at] as number);
    });
    fields.forEach(({ type }, at) => {
      if (type === SEEN) this.keepEmpty(at);
      // A day that nobody kept is no day of ten NULs.
      if (type === INSTANT) this.view.setInt32((tablesAt[at] as number) + LAYOUT.DAY_REST, NO_REST, true);
    });
  }

  /** Leaves it to the next file: nothing of it may be looked at any more. */
  release(): void {
    spare = this.held;
  }

  get count(): number {
    return this.state[COUNT] as number;
  }

  get next(): number {
    return this.state[NEXT] as number;
  }

  get line(): number {
    return this.state[LINE] as number;
  }

  /** Puts whole lines into the window. */
  open(lines: Uint8Array): void {
    const { bytes, windowStart } = this;
    bytes.set(lines, windowStart);
    this.kernel.findMarks(windowStart, windowStart + lines.length, this.marksAt);
    this.state[MARK] = this.marksAt;
  }

  /** Cuts plain records. False where the one behind them is not plain. @param to behind a line feed */
  cut(from: number, line: number, to: number, most: number): boolean {
    const { state, kernel, fields, records, spans, froms, lines } = this;
    state[NEXT] = from;
    state[LINE] = line;
    const ended = kernel.cutRecords(
      state.byteOffset,
      fields.length,
      to,
      most,
      spans.byteOffset,
      records * SPAN_BYTES,
      froms.byteOffset,
      lines.byteOffset,
    );
    this.odd.fill(0, 0, this.count);
    return ended !== LAYOUT.NOT_PLAIN;
  }

  /** Reads a field's values from a record on, and returns the first whose value is to be looked up, or `count`. */
  read(field: number, from: number, count: number): number {
    const spans = this.spans.byteOffset + field * this.records * SPAN_BYTES;
    return this.kernel.readColumn(this.about(field), spans, this.odd.byteOffset, from, count);
  }

  startOf(field: number, record: number): number {
    return this.spans[(field * this.records + record) * 2] as number;
  }

  endOf(field: number, record: number): number {
    return this.spans[(field * this.records + record) * 2 + 1] as number;
  }

  /** Keeps what a value stands for, or {@link UNREADABLE}. */
  keepSeen(field: number, start: number, end: number, value: number): void {
    this.kernel.keepSeen(this.about(field), start, end, value);
  }

  /** Reads an empty field: what it stands for gave way to other values. */
  readEmpty(field: number, record: number): boolean {
    this.keepEmpty(field);
    return this.readAgain(field, record);
  }

  /** Reads a value with what was kept since. False where it is not known yet. */
  readAgain(field: number, record: number): boolean {
    return this.read(field, record, record + 1) > record;
  }

  private keepEmpty(field: number): void {
    const { required, absent } = this.fields[field] as PlainField;
    this.keepSeen(field, this.windowStart, this.windowStart, required ? UNREADABLE : absent);
  }

  /** Keeps when the day begins that is written at the start of an instant. */
  keepDay(field: number, start: number, begins: number): void {
    this.kernel.keepDay(this.about(field), start, begins);
  }

  put(field: number, record: number, value: number): void {
    (this.outs[field] as Out)[record] = value;
  }

  /** Keeps a shape of the length, if it is one, beside the last ones. */
  keepShape(of: unknown, shape: Shape, length: number): void {
    const tableAt = this.shapesAt.get(of);
    const kept = this.shapesKept.get(of);
    if (tableAt === undefined || kept === undefined || shape.length !== length) return;
    const { view } = this;
    const first = tableAt + shape.length * SHAPES * SHAPE_BYTES;
    for (let at = 0; at < SHAPES; at++)
      if (view.getFloat64(first + at * SHAPE_BYTES + LAYOUT.SHAPE_FIRST_KEY, true) === shape.first) return;
    const place = kept[shape.length] as number;
    kept[shape.length] = (place + 1) % SHAPES;
    this.writeShape(first + place * SHAPE_BYTES, shape);
  }

  private writeShape(at: number, shape: Shape): void {
    const windowEnd = shape.length - shape.after;
    const before = Math.max(0, windowEnd - LAYOUT.SHAPE_WINDOW);
    this.writeWords(at, [
      [LAYOUT.SHAPE_KIND, shape.kind],
      [LAYOUT.SHAPE_BEFORE, before],
      [LAYOUT.SHAPE_AFTER, shape.after],
      [LAYOUT.SHAPE_LAST_DIGITS, shape.mask1, shape.mask2],
      [LAYOUT.SHAPE_LAST_FIXED, shape.fixed1, shape.fixed2],
      [LAYOUT.SHAPE_LAST_CARE, shape.care1, shape.care2],
      [LAYOUT.SHAPE_FIRST_DIGITS, shape.mask0],
      [LAYOUT.SHAPE_FIRST_FIXED, shape.fixed0],
      [LAYOUT.SHAPE_FIRST_CARE, shape.care0],
    ]);
    this.view.setFloat64(at + LAYOUT.SHAPE_FIRST_KEY, shape.first, true);
    this.bytes.set(shape.bytes.subarray(0, before), at + LAYOUT.SHAPE_TEXT);
    this.bytes.set(shape.bytes.subarray(windowEnd), at + LAYOUT.SHAPE_TEXT + before);
  }

  /** @param words each with its place, and with those behind it */
  private writeWords(at: number, words: readonly (readonly [place: number, ...words: readonly number[]])[]): void {
    for (const [place, ...following] of words)
      for (const [index, word] of following.entries()) this.view.setInt32(at + place + index * 4, word, true);
  }

  private about(field: number): number {
    return this.fieldsAt + field * FIELD_BYTES;
  }

  private describe(at: number, field: PlainField, out: number, table: number): void {
    this.writeWords(this.about(at), [
      [LAYOUT.FIELD_TYPE, field.type],
      [LAYOUT.FIELD_REQUIRED, field.required ? 1 : 0],
      [LAYOUT.FIELD_OUT, out],
      [LAYOUT.FIELD_OUT_BYTES, field.outBytes],
      [LAYOUT.FIELD_TABLE, table],
      [LAYOUT.FIELD_TABLE_SHIFT, 64 - field.seenBits],
      [LAYOUT.FIELD_ABSENT, field.absent],
      [LAYOUT.FIELD_WANTED, field.wanted],
    ]);
  }

  /** Where what is known of the field's values stands. */
  private tableFor({ type, shapes, seenBits }: PlainField): number {
    if (type === SEEN) return this.take(PLACE_BYTES << seenBits);
    if (type === INSTANT) return this.take(DAY_BYTES << seenBits);
    if (type !== KEY) return 0;
    const known = this.shapesAt.get(shapes);
    if (known !== undefined) return known;
    const at = this.take((LONGEST + 1) * SHAPES * SHAPE_BYTES);
    this.shapesAt.set(shapes, at);
    this.shapesKept.set(shapes, new Uint8Array(LONGEST + 1));
    return at;
  }

  private take(bytes: number): number {
    const at = this.used;
    this.used += Math.ceil(bytes / CACHE_LINE) * CACHE_LINE;
    return at;
  }
}

/** Places of the state, in words. */
const [NEXT, LINE, MARK, COUNT] = [LAYOUT.STATE_NEXT, LAYOUT.STATE_LINE, LAYOUT.STATE_MARK, LAYOUT.STATE_COUNT].map(
  (place) => place / 4,
) as [number, number, number, number];

function outOf(buffer: ArrayBuffer, at: number, bytes: PlainField['outBytes'], length: number): Out {
  if (bytes === 8) return new Float64Array(buffer, at, length);
  return bytes === 4 ? new Int32Array(buffer, at, length) : new Uint8Array(buffer, at, length);
}
