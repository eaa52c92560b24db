import { type Text, text } from '../../../base/text.ts';
import type { KindDeclaration } from '../column.ts';

/** What follows where a column is empty that no rule asks. */
export const JUDGED_ALIKE = text('判定は変わらない。', 'Nothing is judged otherwise.');

/** What the cells of a column say. */
interface AnyMeaning {
  readonly what: Text;
}

type ColumnOf<D extends KindDeclaration, Name extends keyof D['columns']> = D['columns'][Name];

/** Of a fixed list each value, of what may be empty what follows where it is. */
export type ColumnMeaning<C> = AnyMeaning &
  (C extends { readonly values: infer V } ? { readonly values: { readonly [Value in keyof V]: Text } } : unknown) &
  (C extends { readonly optional: true } ? { readonly without: Text } : unknown);

type OptionalName<D extends KindDeclaration> = {
  [Name in keyof D['columns']]: ColumnOf<D, Name> extends { readonly optional: true } ? Name : never;
}[keyof D['columns']];

/** A made-up row as a file holds it: optional cells may be left out. */
export type ExampleRow<D extends KindDeclaration> = {
  readonly [Name in Exclude<keyof D['columns'], OptionalName<D>>]: string;
} & { readonly [Name in OptionalName<D>]?: string };

/** A kind of input in words, complete by type. */
export interface KindMeaning<D extends KindDeclaration = KindDeclaration> {
  readonly title: Text;
  /** What a row is, and what all of the file must hold. */
  readonly what: Text;
  readonly givenBy: Text;
  readonly columns: { readonly [Name in keyof D['columns']]: ColumnMeaning<ColumnOf<D, Name>> };
  readonly rows: readonly ExampleRow<D>[];
}

/** The same of any kind, for who asks all of them. */
export interface AnyKindMeaning extends Pick<KindMeaning, 'title' | 'what' | 'givenBy'> {
  readonly columns: Readonly<
    Record<string, AnyMeaning & { readonly values?: Readonly<Record<string, Text>>; readonly without?: Text }>
  >;
  readonly rows: readonly Readonly<Record<string, string | undefined>>[];
}

/** The first cell that a column has in the example; '' where none has one. @param column as tables call it */
export const exampleOf = ({ rows }: Pick<AnyKindMeaning, 'rows'>, column: string): string =>
  rows.map((row) => row[column] ?? '').find((cell) => cell !== '') ?? '';
