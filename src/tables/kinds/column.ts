import type { Text } from '../../base/text.ts';
import { shownId, shownUnlessPersonal } from '../../policy/personal-data.ts';
import type { Absent, CouponIndex, IndexColumn } from '../pool-index.ts';

/**
 * A kind of input is declared once, as a list of columns that is plain data (one file a kind, index.ts lists them). From it
 * follow the option that brings its files, the headers that are known, the type of its table or rows, how records are read as text and by the kernel, what
 * makes two rows the same, what a decision binds to, and whose numbers a thread's texts get.
 */

export type ValueType =
  | 'identifier'
  | 'coupon'
  | 'amount'
  | 'instant'
  | 'date'
  | 'choice'
  | 'prefecture'
  | 'unjudged'
  | 'verbatim';

/** Texts that rows of many kinds may name are kept together, by their keys: eight bytes a row, nothing beside it. */
export type KeyPool = 'transactionIds' | 'reports' | 'texts';
/** The same of some thousand texts that come again and again, by their numbers: four bytes a row. */
export type NumberPool = 'merchants' | 'words';

interface AnyColumn {
  /** By 2-data.md. */
  readonly name: string;
  /** It may be empty, and the file may be without it. */
  readonly optional?: true;
  /** Headers recognised without a profile, NFKC-normalised, with spaces between. */
  readonly headers: string;
  /**
   * The column before which a decision is bound to it, where that is not the order of the file: hashes of decisions that
   * were taken must stay what they are.
   */
  readonly boundBefore?: string;
  /**
   * Who somebody is, how to reach them, or where their account is; `perhaps`: a text that may be that where people mistook
   * the column. What is published rests on no such text by itself: few enough of them are possible that all can be tried.
   */
  readonly personal?: 'always' | 'perhaps';
}

/** Our values, each with the other words for it. Of an optional column the first is what an empty field says. */
type Choices = Readonly<Record<string, string>>;

/** A column of rows that are few. */
export type Column =
  | (AnyColumn & { readonly type: Exclude<ValueType, 'choice' | 'unjudged'> })
  | (AnyColumn & { readonly type: 'choice'; readonly values: Choices })
  | (AnyColumn & { readonly type: 'unjudged'; readonly values?: Choices });

/** A column of rows that are many: its texts lie somewhere. */
export type BulkColumn =
  | (AnyColumn & { readonly type: 'coupon' | 'amount' | 'instant' | 'date' | 'prefecture' })
  | (AnyColumn & { readonly type: 'identifier'; readonly texts: KeyPool | NumberPool })
  | (AnyColumn & { readonly type: 'unjudged' | 'verbatim'; readonly texts: KeyPool })
  | (AnyColumn & {
      readonly type: 'choice';
      readonly values: Choices;
      /** Read, and no column of the table: all of its values but one set the row aside. */
      readonly kept?: false;
      /** Why a row with this value is set aside. */
      readonly refuses?: Readonly<Record<string, 'VOIDED_SALE'>>;
    });

/** The long option that brings files of a kind. */
interface InputOption {
  /** In camel case, as it stands in a config file. */
  readonly name: string;
  /** What `--help` says of it. */
  readonly words: Text;
  readonly isRequired?: true;
}

/** Columns by what they are called in tables, in the order of 2-data.md. */
interface AnyKind<Columns> {
  readonly columns: Readonly<Record<string, Columns>>;
  /** What two rows of one have in common: the row's id. */
  readonly id: string;
  /** What the control totals add up. */
  readonly yen?: string;
  readonly option: InputOption;
  /** What evidence of such rows begins with. */
  readonly evidencePrefix: string;
  /**
   * People type its rows: an id may hold anything, and stand in two spellings; one coupon number without its zeros is a slip
   * of the pen.
   */
  readonly isTyped?: true;
}

export interface FewKindDeclaration extends AnyKind<Column> {
  /** When what a row tells of happened. */
  readonly happenedAt: string;
  /** What time a date alone stands for where no profile says it; without it, a date alone is no instant. */
  readonly timeOfDatesAlone?: string;
  /**
   * A row on a number that is nearly an issued one holds that coupon: what the question is bound to, beside the number, where
   * that is not all that the row says. Hashes of decisions that were taken must stay what they are.
   */
  readonly nearlyNamedBy?: readonly string[];
}

export interface BulkKindDeclaration extends AnyKind<BulkColumn> {
  readonly yen: string;
}

export type KindDeclaration = FewKindDeclaration | BulkKindDeclaration;

// ----- Types -----------------------------------------------------------------------------------------------------------------

type ColumnOf<D extends KindDeclaration, Name extends keyof D['columns']> = D['columns'][Name];

/** What a column of many rows lies in, by its elements. */
export type Storage = 'u8' | 'i32' | 'f64';
export interface ArrayOf {
  readonly u8: Uint8Array;
  readonly i32: Int32Array;
  readonly f64: Float64Array;
}

type StorageOf<C> = C extends { readonly type: 'choice' | 'prefecture' }
  ? 'u8'
  : C extends { readonly type: 'coupon' | 'date' } | { readonly texts: NumberPool }
    ? 'i32'
    : 'f64';

/** The columns that a table of the kind has, by their names in it. */
export type TableColumn<D extends BulkKindDeclaration> = {
  [Name in keyof D['columns'] & string]: ColumnOf<D, Name> extends { readonly kept: false } ? never : Name;
}[keyof D['columns'] & string];

export type ShapeOf<D extends BulkKindDeclaration> = {
  readonly [Name in TableColumn<D>]: StorageOf<ColumnOf<D, Name>>;
};

/** A column as it is read; one of coupons says that its numbers are theirs. */
type ArrayFor<C> = C extends { readonly type: 'coupon'; readonly optional: true }
  ? IndexColumn<CouponIndex | Absent>
  : C extends { readonly type: 'coupon' }
    ? IndexColumn<CouponIndex>
    : ArrayOf[StorageOf<C>];

export type ColumnArrays<D extends BulkKindDeclaration> = {
  readonly [Name in TableColumn<D>]: ArrayFor<ColumnOf<D, Name>>;
};

type ValueOf<C> = C extends { readonly type: 'choice'; readonly values: infer V }
  ? keyof V & string
  : C extends { readonly type: 'amount' | 'instant' }
    ? number
    : C extends { readonly type: 'date'; readonly optional: true }
      ? number | undefined
      : C extends { readonly type: 'date' }
        ? number
        : string;

/** Whole yen, microseconds and day numbers; texts are '' where they are absent. */
export type FieldsOf<D extends FewKindDeclaration> = {
  readonly [Name in keyof D['columns'] & string]: ValueOf<ColumnOf<D, Name>>;
};

// ----- Values ----------------------------------------------------------------------------------------------------------------

const isNumberPool = (pool: KeyPool | NumberPool): pool is NumberPool => pool === 'merchants' || pool === 'words';

function storageOf(column: BulkColumn): Storage {
  switch (column.type) {
    case 'choice':
    case 'prefecture':
      return 'u8';
    case 'coupon':
    case 'date':
      return 'i32';
    case 'identifier':
      return isNumberPool(column.texts) ? 'i32' : 'f64';
    default:
      return 'f64';
  }
}

const isKept = (column: BulkColumn): boolean => !('kept' in column);

/** How a table's columns lie in memory, in the order of the file. */
export const shapeOf = <D extends BulkKindDeclaration>({ columns }: D): ShapeOf<D> =>
  Object.fromEntries(
    Object.entries(columns).flatMap(([name, column]) => (isKept(column) ? [[name, storageOf(column)]] : [])),
  ) as unknown as ShapeOf<D>;

/** Our values of a choice; a column of many rows holds the index into them. */
export const valuesOf = <V extends Choices>({ values }: { readonly values: V }): readonly (keyof V & string)[] =>
  Object.keys(values);

/** By name in the table: a column's number in the order of the file. */
export const numbersOf = <D extends KindDeclaration>({
  columns,
}: D): Readonly<Record<keyof D['columns'] & string, number>> =>
  Object.fromEntries(Object.keys(columns).map((name, index) => [name, index])) as never;

/**
 * What a row says, by columns: all but its id, in the order in which a decision is bound to them. Rows of one id that differ
 * in one of them contradict each other.
 */
export function contentColumns<D extends FewKindDeclaration>(kind: D): readonly (keyof D['columns'] & string)[];
export function contentColumns<D extends BulkKindDeclaration>(kind: D): readonly TableColumn<D>[];
export function contentColumns({ columns, id }: KindDeclaration): readonly string[] {
  const names: string[] = [];
  const later: (readonly [name: string, before: string])[] = [];
  for (const [name, column] of Object.entries<Column | BulkColumn>(columns)) {
    if (name === id || !isKept(column as BulkColumn)) continue;
    if (column.boundBefore === undefined) names.push(name);
    else later.push([name, column.boundBefore]);
  }
  for (const [name, before] of later) {
    const place = names.indexOf(before);
    if (place < 0) throw new Error(`${name} is to be bound before ${before}, which is no column`);
    names.splice(place, 0, name);
  }
  return names;
}

/** A row's content in one form. Never published. */
export const contentOf = (id: string, fields: readonly (string | number | undefined)[]): string =>
  [id, ...fields].map((field) => field ?? '').join('\x1f');

/** Whether there is a text at all is not personal. */
const PRESENT = '*';

/** What may be hashed of a field with no key: of a personal one that it is there, of one that may be personal its shape. */
export const openFieldOf = (
  { personal }: Column | BulkColumn,
  field: string | number | undefined,
): string | number | undefined => {
  if (personal === undefined || typeof field !== 'string' || field === '') return field;
  return personal === 'always' ? PRESENT : shownUnlessPersonal(field);
};

/** A row's content without what is personal in it; the row's id is shown as outputs show it. */
export function fewRowOpenContent<D extends FewKindDeclaration>(kind: D): (row: FieldsOf<D>) => string {
  const names = contentColumns(kind);
  const columns: Readonly<Record<string, Column>> = kind.columns;
  return (row) => {
    const fields = row as Readonly<Record<string, string | number | undefined>>;
    const open = names.map((name) => openFieldOf(columns[name] as Column, fields[name]));
    return contentOf(shownId(String(fields[kind.id])), open);
  };
}

/** The same of rows that are few. */
export function fewRowContent<D extends FewKindDeclaration>(kind: D): (row: FieldsOf<D>) => string {
  const columns = contentColumns(kind);
  return (row) => {
    const fields = row as Readonly<Record<string, string | number | undefined>>;
    return contentOf(
      String(fields[kind.id]),
      columns.map((name) => fields[name]),
    );
  };
}
