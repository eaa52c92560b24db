import type { IdDictionary } from '../columns/id-dictionary.ts';
import type { PackedIds } from '../columns/packed-ids.ts';

/** A column as it lies in one or more tables: keys of its texts, or numbers of them. */
export interface Column {
  readonly name: string;
  readonly texts: PackedIds;
  readonly keyOf: (value: number) => number;
  readonly chunks: () => Iterable<ColumnRows>;
  /** Words are chosen by people, who may be told apart by their case. */
  readonly numbersOnly?: boolean;
}

export interface ColumnRows {
  /** Where these are of another column that holds the same numbers. */
  readonly name?: string;
  readonly rows: number;
  readonly values: Float64Array | Int32Array;
  readonly file: Int32Array;
  readonly line: Int32Array;
}

export const asKey = (value: number): number => value;
export const numbered = (pool: IdDictionary) => ({ texts: pool.texts, keyOf: (number: number) => pool.keyOf(number) });

type Columns<Name extends string> = Readonly<
  Record<Name, Float64Array | Int32Array> & { readonly file: Int32Array; readonly line: Int32Array }
>;

export function* rowsOf<Name extends string>(
  chunks: Iterable<{ readonly rows: number; readonly columns: Columns<Name> }>,
  name: Name,
): Iterable<ColumnRows> {
  for (const { rows, columns } of chunks) yield { rows, values: columns[name], file: columns.file, line: columns.line };
}
