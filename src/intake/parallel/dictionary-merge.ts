import type { BulkKindDeclaration, KeyPool, NumberPool } from '../../tables/kinds/column.ts';
import { BULK_DECLARATIONS } from '../../tables/kinds/index.ts';
import { NumberTranslation, type PackedNumbers } from '../columns/id-dictionary.ts';
import { KeyTranslation, type PackedIds, type PackedKeys } from '../columns/packed-ids.ts';
import type { PackedTexts } from '../columns/text-pool.ts';
import type { Builder, BulkKind, TextTables } from '../schema/decoders.ts';
import type { RowsOfChunk } from './chunk-reader.ts';

/** What a thread's texts have become since it was last asked. */
export type NewTexts = Readonly<Record<KeyPool | 'coupons', PackedKeys> & Record<NumberPool, PackedNumbers>>;

export const newTextsOf = (coupons: PackedIds, texts: TextTables): NewTexts => ({
  coupons: coupons.packNew(),
  transactionIds: texts.transactionIds.packNew(),
  reports: texts.reports.packNew(),
  texts: texts.texts.packNew(),
  merchants: texts.merchants.packNew(),
  words: texts.words.packNew(),
});

/** Texts of rows that are kept as keys, beside their coupons. */
const KEYED = ['transactionIds', 'reports', 'texts'] as const satisfies readonly KeyPool[];
const NUMBERED = ['merchants', 'words'] as const satisfies readonly NumberPool[];

/** The shapes of a builder's texts, for a thread that begins. */
export type Shapes = Readonly<Record<KeyPool | 'coupons', PackedTexts>>;

const shapesIn = (texts: TextTables): Record<KeyPool, PackedTexts> => ({
  transactionIds: texts.transactionIds.packShapes(),
  reports: texts.reports.packShapes(),
  texts: texts.texts.packShapes(),
});

export const shapesOf = ({ coupons, texts }: Builder): Shapes => ({
  ...shapesIn(texts),
  coupons: coupons.texts.packShapes(),
});

export function beginWithShapes(coupons: PackedIds, texts: TextTables, shapes: Shapes): void {
  coupons.beginWith(shapes.coupons);
  for (const name of KEYED) texts[name].beginWith(shapes[name]);
}

/** A column of a bulk table that holds texts, and where they are numbered; coupons aside, which have numbers of their own. */
interface TextColumn {
  readonly name: string;
  readonly pool: KeyPool | NumberPool;
}

const textColumnsOf = ({ columns }: BulkKindDeclaration): readonly TextColumn[] =>
  Object.entries(columns).flatMap(([name, column]) => ('texts' in column ? [{ name, pool: column.texts }] : []));

const TEXT_COLUMNS: Readonly<Record<BulkKind, readonly TextColumn[]>> = {
  issuance: textColumnsOf(BULK_DECLARATIONS.issuance),
  transactions: textColumnsOf(BULK_DECLARATIONS.transactions),
  sales: textColumnsOf(BULK_DECLARATIONS.sales),
};

/** Another thread's texts in those of a builder. */
export class TextTranslation {
  private readonly coupons: KeyTranslation;
  /** Each by its pool: one that is declared and has none does not compile. */
  private readonly pools: Readonly<Record<KeyPool, KeyTranslation> & Record<NumberPool, NumberTranslation>>;

  constructor({ coupons, texts }: Builder) {
    this.coupons = new KeyTranslation(coupons.texts);
    this.pools = {
      transactionIds: new KeyTranslation(texts.transactionIds),
      reports: new KeyTranslation(texts.reports),
      texts: new KeyTranslation(texts.texts),
      merchants: new NumberTranslation(texts.merchants),
      words: new NumberTranslation(texts.words),
    };
  }

  take(texts: NewTexts): void {
    this.coupons.take(texts.coupons);
    const { pools } = this;
    for (const pool of KEYED) pools[pool].take(texts[pool]);
    for (const pool of NUMBERED) pools[pool].take(texts[pool]);
  }

  translate(kind: BulkKind, { columns, couponKeys }: RowsOfChunk): void {
    this.coupons.translate(couponKeys);
    for (const { name, pool } of TEXT_COLUMNS[kind]) {
      const column = columns[name];
      if (column === undefined) throw new Error(`a chunk of ${kind} came without ${name}`);
      this.pools[pool].translate(column as Float64Array & Int32Array);
    }
  }
}

/** Where a chunk's rows belong. */
export interface Place {
  readonly kind: BulkKind;
  readonly file: number;
  /** Lines of the file before the chunk. */
  readonly lines: number;
  /** Rows that the table will have, as far as one can tell. */
  readonly likelyRows: number;
}

/** Puts a chunk's rows behind those that a table has. */
export function absorb(into: Builder, chunk: RowsOfChunk, { kind, file, lines, likelyRows }: Place): void {
  const table = into[kind];
  const from = table.rows;
  const to = from + chunk.rows;
  table.reserve(to, likelyRows);
  if (kind === 'issuance') into.coupons.reserve(table.capacity);
  const target = table.columns as unknown as Readonly<Record<string, Uint8Array>>;
  for (const [name, column] of Object.entries(chunk.columns)) if (!FILLED.has(name)) target[name]?.set(column, from);
  table.columns.file.fill(file, from, to);
  table.columns.disposition.fill(0, from, to);
  addTo(table.columns.line, from, to, lines);
  const numbers = new Int32Array(chunk.couponKeys.length);
  into.coupons.numberBatch(chunk.couponKeys, numbers.length, numbers, 0);
  lookUp(numbers, table.columns.coupon, from, to);
  table.rows = to;
  for (const reject of chunk.rejects) into.rejects.push({ ...reject, line: reject.line + lines });
}

/** The same in all rows of a chunk. */
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
