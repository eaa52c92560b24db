import type { Builder, BulkKind, TextTables } from './decode.ts';
import { NumberTranslation, type PackedNumbers } from './key-numbers.ts';
import type { PieceRows } from './piece-reader.ts';
import { KeyTranslation, type PackedKeys, type TextKeys } from './text-keys.ts';
import type { PackedTexts } from './text-pool.ts';

/** What a thread's texts have become since it was last asked. */
export interface NewTexts {
  readonly coupons: PackedKeys;
  readonly transactionIds: PackedKeys;
  readonly reports: PackedKeys;
  readonly texts: PackedKeys;
  readonly merchants: PackedNumbers;
  readonly words: PackedNumbers;
}

export const newTextsOf = (coupons: TextKeys, texts: TextTables): NewTexts => ({
  coupons: coupons.packNew(),
  transactionIds: texts.transactionIds.packNew(),
  reports: texts.reports.packNew(),
  texts: texts.texts.packNew(),
  merchants: texts.merchants.packNew(),
  words: texts.words.packNew(),
});

/** Texts of rows that are kept as keys, beside their coupons. */
const KEYED = ['transactionIds', 'reports', 'texts'] as const;
type Keyed = (typeof KEYED)[number];

/** The shapes of a builder's texts, for a thread that begins. */
export type Shapes = Readonly<Record<Keyed | 'coupons', PackedTexts>>;

const shapesIn = (texts: TextTables): Record<Keyed, PackedTexts> =>
  Object.fromEntries(KEYED.map((name) => [name, texts[name].packShapes()])) as Record<Keyed, PackedTexts>;

export const shapesOf = ({ coupons, texts }: Builder): Shapes => ({
  ...shapesIn(texts),
  coupons: coupons.texts.packShapes(),
});

export function beginWithShapes(coupons: TextKeys, texts: TextTables, shapes: Shapes): void {
  coupons.beginWith(shapes.coupons);
  for (const name of KEYED) texts[name].beginWith(shapes[name]);
}

/** Which texts each column of a bulk table holds as keys, and which as numbers. */
const KEY_COLUMNS = {
  transaction: 'transactionIds',
  related: 'transactionIds',
  report: 'reports',
  account: 'texts',
  phone: 'texts',
  email: 'texts',
  receipt: 'texts',
} as const;
const NUMBER_COLUMNS = { merchant: 'merchants', terminal: 'words', issuer: 'words' } as const;

/** Another thread's texts in those of a builder. */
export class TextTranslation {
  private readonly coupons: KeyTranslation;
  private readonly keys: Readonly<Record<Keyed, KeyTranslation>>;
  private readonly numbers: Readonly<Record<'merchants' | 'words', NumberTranslation>>;

  constructor({ coupons, texts }: Builder) {
    this.coupons = new KeyTranslation(coupons.texts);
    this.keys = {
      transactionIds: new KeyTranslation(texts.transactionIds),
      reports: new KeyTranslation(texts.reports),
      texts: new KeyTranslation(texts.texts),
    };
    this.numbers = { merchants: new NumberTranslation(texts.merchants), words: new NumberTranslation(texts.words) };
  }

  take(texts: NewTexts): void {
    this.coupons.take(texts.coupons);
    for (const [name, keys] of Object.entries(this.keys)) keys.take(texts[name as keyof typeof this.keys]);
    for (const [name, numbers] of Object.entries(this.numbers)) numbers.take(texts[name as keyof typeof this.numbers]);
  }

  translate({ columns, couponKeys }: PieceRows): void {
    this.coupons.translate(couponKeys);
    for (const [name, table] of Object.entries(KEY_COLUMNS)) {
      const column = columns[name];
      if (column !== undefined) this.keys[table].translate(column as Float64Array);
    }
    for (const [name, table] of Object.entries(NUMBER_COLUMNS)) {
      const column = columns[name];
      if (column !== undefined) this.numbers[table].translate(column as Int32Array);
    }
  }
}

/** Where a piece's rows belong. */
export interface Place {
  readonly kind: BulkKind;
  readonly file: number;
  /** Lines of the file before the piece. */
  readonly lines: number;
  /** Rows that the table will have, as far as one can tell. */
  readonly likelyRows: number;
}

/** Puts a piece's rows behind those that a table has. */
export function absorb(into: Builder, piece: PieceRows, { kind, file, lines, likelyRows }: Place): void {
  const table = into[kind];
  const from = table.rows;
  const to = from + piece.rows;
  table.reserve(to, likelyRows);
  if (kind === 'issuance') into.coupons.reserve(table.capacity);
  const target = table.columns as unknown as Readonly<Record<string, Uint8Array>>;
  for (const [name, column] of Object.entries(piece.columns)) if (!FILLED.has(name)) target[name]?.set(column, from);
  table.columns.file.fill(file, from, to);
  table.columns.disposition.fill(0, from, to);
  addTo(table.columns.line, from, to, lines);
  const numbers = new Int32Array(piece.couponKeys.length);
  into.coupons.numberBatch(piece.couponKeys, numbers.length, numbers, 0);
  lookUp(numbers, table.columns.coupon, from, to);
  table.rows = to;
  for (const reject of piece.rejects) into.rejects.push({ ...reject, line: reject.line + lines });
}

/** The same in all rows of a piece. */
const FILLED: ReadonlySet<string> = new Set(['file', 'disposition']);

function addTo(column: Int32Array, from: number, to: number, more: number): void {
  for (let row = from; row < to; row++) column[row] = (column[row] as number) + more;
}

function lookUp(numbers: Int32Array, column: Int32Array, from: number, to: number): void {
  for (let row = from; row < to; row++) {
    const place = column[row] as number;
    if (place >= 0) column[row] = numbers[place] as number;
  }
}
