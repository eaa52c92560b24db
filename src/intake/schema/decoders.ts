import { dateOf } from '../../base/instants.ts';
import {
  type BulkColumn,
  type BulkKindDeclaration,
  type KeyPool,
  type NumberPool,
  numbersOf,
  shapeOf,
  type ValueType,
  valuesOf,
} from '../../tables/kinds/column.ts';
import { BULK_DECLARATIONS, type BulkKind, DECLARATIONS, type FewKind } from '../../tables/kinds/index.ts';
import type { Absent, CouponIndex } from '../../tables/pool-index.ts';
import {
  ABSENT,
  CANCEL,
  CHARGE,
  FEW_KINDS,
  type FewTables,
  INPUT_KINDS,
  type InputKind,
  PAYMENT,
  type Refund,
  type Reject,
} from '../../tables/tables.ts';
import type { CouponNumbering } from '../columns/chunk-coupons.ts';
import {
  type AnyColumn,
  GrowingTable,
  ISSUANCE_SHAPE,
  type NumberedBy,
  SALE_SHAPE,
  TRANSACTION_SHAPE,
} from '../columns/growing-table.ts';
import { IdDictionary } from '../columns/id-dictionary.ts';
import { PackedIds } from '../columns/packed-ids.ts';
import type { RejectCode } from '../values/reject-codes.ts';
import type { RowReader } from './row-reader.ts';

/** The texts of all rows but their coupons. */
export class TextTables {
  readonly transactionIds = new PackedIds();
  readonly reports = new PackedIds();
  /** Accounts, contacts and receipts. */
  readonly texts = new PackedIds();
  readonly merchants = new IdDictionary();
  /** Issuers and terminals. */
  readonly words = new IdDictionary();
}

type GrowingFewTables = { readonly [Kind in FewKind]: FewTables[Kind][number][] };

type IndexOf<Coupons> = Coupons extends CouponNumbering<infer Index> ? Index : number;

/** Every table while it grows. */
export class TableBuilder<Coupons extends CouponNumbering = CouponNumbering> {
  readonly coupons: Coupons;
  readonly texts: TextTables;
  readonly issuance: GrowingTable<typeof ISSUANCE_SHAPE, NumberedBy<IndexOf<Coupons>>>;
  readonly transactions: GrowingTable<typeof TRANSACTION_SHAPE, NumberedBy<IndexOf<Coupons>>>;
  readonly sales: GrowingTable<typeof SALE_SHAPE, NumberedBy<IndexOf<Coupons> | Absent>>;
  /** Rows that are few, by kind. */
  readonly few: GrowingFewTables;
  readonly rejects: Reject[] = [];
  /** Questions of which a file only shows that they are answered, by review id. */
  readonly answered: string[] = [];

  /** @param isShared other threads are to see the bulk rows */
  constructor(coupons: Coupons, texts = new TextTables(), isShared = false) {
    this.coupons = coupons;
    this.texts = texts;
    this.issuance = new GrowingTable(ISSUANCE_SHAPE, isShared);
    this.transactions = new GrowingTable(TRANSACTION_SHAPE, isShared);
    this.sales = new GrowingTable(SALE_SHAPE, isShared);
    this.few = Object.fromEntries(FEW_KINDS.map((kind) => [kind, []])) as unknown as GrowingFewTables;
  }
}

/** The tables of a run. */
export type Builder = TableBuilder<IdDictionary<CouponIndex>>;

/** What is known of a row beside its fields. */
export interface RowOrigin {
  readonly file: number;
  readonly line: number;
}

/**
 * Reads one record into its table, a bulk one into the row `at`. Returns its yen for the control totals; leaves problems
 * in the reader instead where it is to be rejected.
 */
export type Decode = (row: RowReader, origin: RowOrigin, into: TableBuilder, at: number) => number;

/** The row that is being read, by columns of the file: its texts, and all else as it is to lie in the table. */
interface Values {
  readonly texts: string[];
  readonly numbers: Float64Array;
}

/** One column of a bulk kind. */
interface Field {
  /** Among the table's columns; undefined where it has no such column. */
  readonly place: number | undefined;
  readonly type: ValueType;
  /** Where its texts are numbered. */
  readonly pool: KeyPool | NumberPool | 'coupons' | undefined;
  readonly choice: Choice | undefined;
}

interface Choice {
  readonly values: readonly string[];
  readonly whenAbsent: number;
  readonly refuses: Readonly<Record<string, RejectCode>> | undefined;
}

const fieldOf = (column: BulkColumn, place: number): Field => ({
  place: place < 0 ? undefined : place,
  type: column.type,
  pool: column.type === 'coupon' ? 'coupons' : 'texts' in column ? column.texts : undefined,
  choice:
    column.type === 'choice'
      ? { values: valuesOf(column), whenAbsent: column.optional === true ? 0 : ABSENT, refuses: column.refuses }
      : undefined,
});

/** One call of the row reader a type, so that each stays the call of one method. */
function readField(row: RowReader, index: number, { type, choice }: Field, { texts, numbers }: Values): void {
  switch (type) {
    case 'coupon':
      texts[index] = row.coupon(index);
      return;
    case 'identifier':
      texts[index] = row.identifier(index);
      return;
    case 'unjudged':
      texts[index] = row.unjudged(index);
      return;
    case 'verbatim':
      texts[index] = row.verbatim(index);
      return;
    case 'amount':
      numbers[index] = row.amount(index);
      return;
    case 'instant':
      numbers[index] = row.instant(index);
      return;
    case 'date':
      numbers[index] = row.date(index) ?? ABSENT;
      return;
    case 'prefecture':
      numbers[index] = Number(row.prefecture(index));
      return;
    case 'choice':
      numbers[index] = readChoice(row, index, choice as Choice);
  }
}

function readChoice(row: RowReader, index: number, { values, whenAbsent, refuses }: Choice): number {
  const value = row.choice(index);
  const code = refuses?.[value];
  if (code !== undefined) row.fail(index, code);
  return value === '' ? whenAbsent : values.indexOf(value);
}

/** What must hold of a row beyond its columns; what does not is left in the reader as a problem. */
type Check = (row: RowReader, numbers: Float64Array) => void;

const ISSUED = numbersOf(BULK_DECLARATIONS.issuance);
const LOGGED = numbersOf(BULK_DECLARATIONS.transactions);
const SOLD = numbersOf(BULK_DECLARATIONS.sales);

const CHECKS: Readonly<Record<BulkKind, Check>> = {
  issuance: (row, numbers) => {
    if (row.problems.length === 0 && numbers[ISSUED.faceYen] === 0) row.fail(ISSUED.faceYen, 'ZERO_AMOUNT');
  },
  transactions: (row, numbers) => {
    const kind = numbers[LOGGED.kind];
    if (kind === PAYMENT) row.require(LOGGED.merchant);
    if (kind === CANCEL) row.require(LOGGED.related);
    const isZero = kind !== CHARGE && numbers[LOGGED.amountYen] === 0;
    if (row.problems.length === 0 && isZero) row.fail(LOGGED.amountYen, 'ZERO_AMOUNT');
  },
  sales: (row, numbers) => {
    const [total, coupon] = [numbers[SOLD.totalYen] as number, numbers[SOLD.couponYen] as number];
    const [cash, other] = [numbers[SOLD.cashYen] as number, numbers[SOLD.otherYen] as number];
    if (row.problems.length === 0 && total !== coupon + cash + other) row.fail(undefined, 'SALE_TOTAL');
  },
};

/** Reads every column as it is declared, and puts it into the table where nothing is wrong with the row. */
function decoderOf(kind: BulkKind): Decode {
  const declaration: BulkKindDeclaration = BULK_DECLARATIONS[kind];
  const stored = Object.keys(shapeOf(declaration));
  const fields = Object.entries(declaration.columns).map(([name, column]) => fieldOf(column, stored.indexOf(name)));
  const places = numbersOf(declaration);
  const [yen, coupon] = [places[declaration.yen] as number, places.coupon as number];
  const needsCoupon = declaration.columns.coupon?.optional !== true;
  const check = CHECKS[kind];
  const values: Values = { texts: fields.map(() => ''), numbers: new Float64Array(fields.length) };
  const { texts, numbers } = values;
  return (row, origin, into, at) => {
    row.requireAll();
    for (let index = 0; index < fields.length; index++) readField(row, index, fields[index] as Field, values);
    check(row, numbers);
    // A number that holds nothing once its spaces are gone.
    if (needsCoupon && row.problems.length === 0 && texts[coupon] === '') row.fail(coupon, 'MISSING_VALUE');
    if (row.problems.length > 0) return numbers[yen] as number;
    store(fields, values, into[kind].inOrder, into, at);
    const { file, line } = into[kind].columns;
    file[at] = origin.file;
    line[at] = origin.line;
    return numbers[yen] as number;
  };
}

/** Puts what was read into a row of the table; a text as its number. */
function store(
  fields: readonly Field[],
  { texts, numbers }: Values,
  inOrder: readonly AnyColumn[],
  into: TableBuilder,
  at: number,
): void {
  for (let index = 0; index < fields.length; index++) {
    const { place, pool } = fields[index] as Field;
    if (place === undefined) continue;
    const column = inOrder[place] as AnyColumn;
    if (pool === undefined) column[at] = numbers[index] as number;
    else column[at] = texts[index] === '' ? ABSENT : poolIn(into, pool).add(texts[index] as string);
  }
}

const poolIn = (into: TableBuilder, pool: KeyPool | NumberPool | 'coupons'): { add(text: string): number } =>
  pool === 'coupons' ? into.coupons : into.texts[pool];

export type { BulkKind } from '../../tables/kinds/index.ts';
export const isBulk = (kind: InputKind): kind is BulkKind => kind in BULK_DECLARATIONS;

export const BULK_DECODERS: Readonly<Record<BulkKind, Decode>> = {
  issuance: decoderOf('issuance'),
  transactions: decoderOf('transactions'),
  sales: decoderOf('sales'),
};

/** The column that names a coupon, of the kinds whose rejected rows are held against one. */
const COUPON_COLUMN: Partial<Readonly<Record<InputKind, number>>> = {
  issuance: ISSUED.coupon,
  transactions: LOGGED.coupon,
};

/** The column of a row's id. */
const ID = Object.fromEntries(
  INPUT_KINDS.map((kind) => [kind, Object.keys(DECLARATIONS[kind].columns).indexOf(DECLARATIONS[kind].id)]),
) as Readonly<Record<InputKind, number>>;

/** What can still be read of a row that is rejected, for the findings that a rejected row has (3-rules.md §2, §3). */
export function readRemains(
  kind: InputKind,
  row: RowReader,
): Pick<Reject, 'couponNumber' | 'merchantId' | 'likelyMerchantId' | 'soldOn' | 'rowId'> {
  // Of a row that is cut otherwise than its header a column may hold another’s value.
  const isCutOtherwise = row.problems.some(({ code }) => code === 'FIELD_COUNT');
  const readable = <T>(read: () => T): T | undefined => {
    const before = row.problems.length;
    const value = read();
    const failed = row.problems.length > before;
    row.problems.length = before;
    return failed || value === '' ? undefined : value;
  };
  const couponColumn = COUPON_COLUMN[kind];
  const soldAt =
    kind === 'sales' && row.raw(SOLD.soldAt).trim() !== '' ? readable(() => row.instant(SOLD.soldAt)) : undefined;
  const merchantId = kind === 'sales' && !isCutOtherwise ? readable(() => row.identifier(SOLD.merchant)) : undefined;
  return {
    rowId: readable(() => row.identifier(ID[kind])),
    couponNumber:
      couponColumn === undefined
        ? undefined
        : (readable(() => row.coupon(couponColumn)) ?? row.likelyCoupon(couponColumn)),
    merchantId,
    likelyMerchantId: kind === 'sales' && merchantId === undefined ? row.likelyIdentifier(SOLD.merchant) : undefined,
    soldOn: soldAt === undefined ? undefined : dateOf(soldAt),
  };
}

/** What a readable row says that takes back another. */
export function readRefund(kind: InputKind, row: RowReader): Pick<Refund, 'yen' | 'sale'> {
  if (kind !== 'sales') return { yen: row.readableAmount(LOGGED.amountYen) };
  const [couponYen, cashYen, otherYen] = [SOLD.couponYen, SOLD.cashYen, SOLD.otherYen].map((column) =>
    row.readableAmount(column),
  ) as [number, number, number];
  return {
    yen: row.readableAmount(SOLD.totalYen),
    sale: { soldAt: row.instant(SOLD.soldAt), couponYen, cashYen, otherYen },
  };
}
