import { assembly, instanceOf } from './assembly.ts';
import { PLAIN_RECORDS } from './kernel/compiled.ts';
import { LONGEST, type Shape } from './text-keys.ts';

/** What a field of the file holds, for kernel/plain-records.ts. */
export const SKIPPED = 0;
export const KEY = 1;
export const SEEN = 2;
export const AMOUNT = 3;
export const INSTANT = 4;

/** What the kernel says of the record behind those that it cut. */
const NOT_PLAIN = 1;

/** Kept of a value that is to be read as text. */
export const UNREADABLE = -2;

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

/** Of the kernel (kernel/plain-records.ts). */
const FIELD_BYTES = 32;
const SPAN_BYTES = 8;
const SHAPES = 4;
const SHAPE_BYTES = 112;
const PLACE_BYTES = 64;
const DAY_BYTES = 24;
const CACHE_LINE = 64;
const STATE_BYTES = CACHE_LINE;
/** Of a place among the days that holds none. */
const NO_REST = -1;
/** Bytes that the kernel may read before a text. */
const SLACK = 16;
/** The kernel looks for marks in so many bytes at a time, and may read so many behind the last. */
const BLOCK = 64;
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
  private readonly state: Int32Array;
  private readonly fieldsAt: number;
  private readonly shapesAt = new Map<unknown, number>();
  private readonly shapesKept = new Map<unknown, Uint8Array>();
  private used = STATE_BYTES;

  constructor(fields: readonly PlainField[], records: number) {
    if (assembly === undefined) throw new Error('there is no WebAssembly');
    this.fields = fields;
    this.records = records;
    this.fieldsAt = this.take(fields.length * FIELD_BYTES);
    const [fromsAt, linesAt, oddAt] = [this.take(records * 4), this.take(records * 4), this.take(records)];
    const spansAt = this.take(fields.length * records * SPAN_BYTES);
    const outsAt = fields.map(({ type, outBytes }) => this.take(type === SKIPPED ? 0 : records * outBytes));
    const tablesAt = fields.map((field) => this.tableFor(field));
    this.windowStart = this.take(SLACK + WINDOW_BYTES + BLOCK) + SLACK;
    this.marksAt = this.take((WINDOW_BYTES + 2 * BLOCK) * 4);
    const memory = new assembly.Memory({ initial: Math.ceil(this.used / PAGE) });
    const { buffer } = memory;
    this.bytes = new Uint8Array(buffer);
    this.view = new DataView(buffer);
    this.state = new Int32Array(buffer, 0, 4);
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
    this.kernel = instanceOf(assembly, PLAIN_RECORDS, memory) as Kernel;
    fields.forEach(({ type }, at) => {
      if (type === SEEN) this.keepEmpty(at);
      // A day that nobody kept is no day of ten NULs.
      if (type === INSTANT) this.view.setInt32((tablesAt[at] as number) + 8, NO_REST, true);
    });
  }

  get count(): number {
    return this.state[3] as number;
  }

  get next(): number {
    return this.state[0] as number;
  }

  get line(): number {
    return this.state[1] as number;
  }

  /** Puts whole lines into the window. */
  open(lines: Uint8Array): void {
    const { bytes, windowStart } = this;
    bytes.set(lines, windowStart);
    this.kernel.findMarks(windowStart, windowStart + lines.length, this.marksAt);
    this.state[2] = this.marksAt;
  }

  /** Cuts plain records. False where the one behind them is not plain. @param to behind a line feed */
  cut(from: number, line: number, to: number, most: number): boolean {
    const { state, kernel, fields, records, spans, froms, lines } = this;
    state[0] = from;
    state[1] = line;
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
    return ended !== NOT_PLAIN;
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
      if (view.getFloat64(first + at * SHAPE_BYTES + 48, true) === shape.first) return;
    const place = kept[shape.length] as number;
    kept[shape.length] = (place + 1) % SHAPES;
    this.writeShape(first + place * SHAPE_BYTES, shape);
  }

  private writeShape(at: number, shape: Shape): void {
    const { view } = this;
    const windowEnd = shape.length - shape.after;
    const before = Math.max(0, windowEnd - SHAPE_WINDOW);
    view.setInt32(at, shape.kind, true);
    view.setInt32(at + 4, before, true);
    view.setInt32(at + 44, shape.after, true);
    for (const [place, word] of [
      shape.mask1,
      shape.mask2,
      shape.fixed1,
      shape.fixed2,
      shape.care1,
      shape.care2,
    ].entries())
      view.setInt32(at + 8 + place * 4, word, true);
    for (const [place, word] of [shape.mask0, shape.fixed0, shape.care0].entries())
      view.setInt32(at + 32 + place * 4, word, true);
    view.setFloat64(at + 48, shape.first, true);
    this.bytes.set(shape.bytes.subarray(0, before), at + 56);
    this.bytes.set(shape.bytes.subarray(windowEnd), at + 56 + before);
  }

  private about(field: number): number {
    return this.fieldsAt + field * FIELD_BYTES;
  }

  private describe(at: number, field: PlainField, out: number, table: number): void {
    const words = [
      field.type,
      field.required ? 1 : 0,
      out,
      field.outBytes,
      table,
      64 - field.seenBits,
      field.absent,
      field.wanted,
    ];
    for (const [place, word] of words.entries()) this.view.setInt32(this.about(at) + place * 4, word, true);
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

const SHAPE_WINDOW = 12;

function outOf(buffer: ArrayBuffer, at: number, bytes: PlainField['outBytes'], length: number): Out {
  if (bytes === 8) return new Float64Array(buffer, at, length);
  return bytes === 4 ? new Int32Array(buffer, at, length) : new Uint8Array(buffer, at, length);
}
