import { assembly, instanceOf } from './assembly.ts';
import { PLAIN_RECORDS } from './kernel/compiled.ts';
import { LONGEST, type Shape } from './text-keys.ts';

/** What a field of the file holds, for kernel/plain-records.ts. */
export const SKIPPED = 0;
export const KEY = 1;
export const SEEN = 2;
export const AMOUNT = 3;
export const INSTANT = 4;

/** Why the kernel ended: its other reasons are all the same to whoever reads on. */
const NOT_PLAIN = 2;

/** What became of a value. */
const TAKEN = 0;

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
const FIELD_BYTES = 40;
const MISS_WORDS = 4;
/** So few, because what was missed once is known only when the kernel goes on: a new day is in every row that follows. */
const MISSES = 48;
const SHAPES = 4;
const SHAPE_BYTES = 112;
const SEEN_BYTES = 24;
const STATE_BYTES = 16;
/** Bytes that the kernel may read before a text, and behind the last. */
const SLACK = 16;
/** Fits into the cache together with what is read from it. */
export const WINDOW_BYTES = 1 << 17;
const PAGE = 1 << 16;

interface Kernel {
  readonly readRecords: (...numbers: number[]) => number;
  readonly readInstant: (about: number, start: number, end: number, record: number) => number;
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
  /** Of each: field, record, start and end. */
  readonly misses: Int32Array;
  readonly windowStart: number;
  private readonly kernel: Kernel;
  private readonly state: Int32Array;
  private readonly fieldsAt: number;
  private readonly width: number;
  private readonly shapesAt = new Map<unknown, number>();
  private readonly shapesKept = new Map<unknown, Uint8Array>();
  private used = STATE_BYTES;

  constructor(fields: readonly PlainField[], records: number) {
    if (assembly === undefined) throw new Error('there is no WebAssembly');
    this.width = fields.length;
    this.fieldsAt = this.take(fields.length * FIELD_BYTES);
    const [fromsAt, linesAt, oddAt] = [this.take(records * 4), this.take(records * 4), this.take(records)];
    const mostMisses = MISSES + fields.length;
    const missesAt = this.take(mostMisses * MISS_WORDS * 4);
    const outsAt = fields.map(({ type, outBytes }) => this.take(type === SKIPPED ? 0 : records * outBytes));
    const tablesAt = fields.map((field) => this.tableFor(field));
    this.windowStart = this.take(WINDOW_BYTES + 2 * SLACK) + SLACK;
    const memory = new assembly.Memory({ initial: Math.ceil(this.used / PAGE) });
    const { buffer } = memory;
    this.bytes = new Uint8Array(buffer);
    this.view = new DataView(buffer);
    this.state = new Int32Array(buffer, 0, STATE_BYTES / 4);
    this.froms = new Int32Array(buffer, fromsAt, records);
    this.lines = new Int32Array(buffer, linesAt, records);
    this.odd = new Uint8Array(buffer, oddAt, records);
    this.misses = new Int32Array(buffer, missesAt, mostMisses * MISS_WORDS);
    this.outs = fields.map(({ outBytes, type }, at) =>
      outOf(buffer, outsAt[at] as number, outBytes, type === SKIPPED ? 0 : records),
    );
    fields.forEach((field, at) => {
      this.describe(at, field, outsAt[at] as number, tablesAt[at] as number);
    });
    this.kernel = instanceOf(assembly, PLAIN_RECORDS, memory) as Kernel;
  }

  get count(): number {
    return this.state[2] as number;
  }

  get missCount(): number {
    return this.state[3] as number;
  }

  get next(): number {
    return this.state[0] as number;
  }

  get line(): number {
    return this.state[1] as number;
  }

  /** Reads plain records. False where the one behind them is not plain. @param to behind a line feed */
  read(from: number, line: number, to: number, most: number): boolean {
    const { state, kernel, froms, lines, odd, misses } = this;
    state[0] = from;
    state[1] = line;
    const ended = kernel.readRecords(
      state.byteOffset,
      this.fieldsAt,
      this.width,
      to,
      most,
      froms.byteOffset,
      lines.byteOffset,
      odd.byteOffset,
      misses.byteOffset,
      misses.length / MISS_WORDS,
    );
    return ended !== NOT_PLAIN;
  }

  /** Keeps what a value stands for: negative where it is to be read as text. */
  keepSeen(field: number, start: number, end: number, value: number): void {
    this.kernel.keepSeen(this.about(field), start, end, value);
  }

  /** Keeps when the day begins that is written at the start of an instant, and reads the instant. */
  readInstant(field: number, start: number, end: number, record: number, dayBegins: number): boolean {
    this.kernel.keepDay(this.about(field), start, dayBegins);
    return this.kernel.readInstant(this.about(field), start, end, record) === TAKEN;
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
      0,
    ];
    for (const [place, word] of words.entries()) this.view.setInt32(this.about(at) + place * 4, word, true);
  }

  /** Where what is known of the field's values stands. */
  private tableFor({ type, shapes, seenBits }: PlainField): number {
    if (type === SEEN) return this.take((2 * SEEN_BYTES) << seenBits);
    if (type === INSTANT) return this.take(SEEN_BYTES << seenBits);
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
    this.used += Math.ceil(bytes / 16) * 16;
    return at;
  }
}

const SHAPE_WINDOW = 12;

function outOf(buffer: ArrayBuffer, at: number, bytes: PlainField['outBytes'], length: number): Out {
  if (bytes === 8) return new Float64Array(buffer, at, length);
  return bytes === 4 ? new Int32Array(buffer, at, length) : new Uint8Array(buffer, at, length);
}
