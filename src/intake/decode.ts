import { dateOf } from '../policy/instants.ts';
import { GrowingTable, ISSUANCE_SHAPE, SALE_SHAPE, TRANSACTION_SHAPE } from './columns.ts';
import type { CouponNumbering } from './coupon-keys.ts';
import { KeyNumbers } from './key-numbers.ts';
import {
  type BulkColumn,
  type BulkKindDeclaration,
  type KeyPool,
  type NumberPool,
  numbersOf,
  valuesOf,
} from './kinds/column.ts';
import { BULK_DECLARATIONS, type BulkKind, DECLARATIONS, type FewKind } from './kinds/index.ts';
import type { RowReader } from './row-reader.ts';
import {
  ABSENT,
  CANCEL,
  CHARGE,
  FEW_KINDS,
  type FewTables,
  INPUT_KINDS,
  type InputKind,
  PAYMENT,
  type Reject,
} from './tables.ts';
import { TextKeys } from './text-keys.ts';

/** The texts of all rows but their coupons. */
export class TextTables {
  readonly transactionIds = new TextKeys();
  readonly reports = new TextKeys();
  /** Accounts, contacts and receipts. */
  readonly texts = new TextKeys();
  readonly merchants = new KeyNumbers();
  /** Issuers and terminals. */
  readonly words = new KeyNumbers();
}

type GrowingFewTables = { readonly [Kind in FewKind]: FewTables[Kind][number][] };

/** Every table while it grows. */
export class TableBuilder<Coupons extends CouponNumbering = CouponNumbering> {
  readonly coupons: Coupons;
  readonly texts: TextTables;
  readonly issuance: GrowingTable<typeof ISSUANCE_SHAPE>;
  readonly transactions: GrowingTable<typeof TRANSACTION_SHAPE>;
  readonly sales: GrowingTable<typeof SALE_SHAPE>;
  /** Rows that are few, by kind. */
  readonly few: GrowingFewTables;
  readonly rejects: Reject[] = [];

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
export type Builder = TableBuilder<KeyNumbers>;

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

/** The row of a bulk table that is being read, by columns of the file: texts as texts, all else as it lies in the table. */
type Values = readonly (string | number)[];

/** One column of a bulk kind: how its field is read, and where its value goes. */
interface Field {
  /** In the table; undefined where it has no such column. */
  readonly name: string | undefined;
  readonly read: (row: RowReader) => string | number;
  /** Where its texts are numbered. */
  readonly pool: KeyPool | NumberPool | 'coupons' | undefined;
}

function fieldOf(name: string, column: BulkColumn, index: number): Field {
  return {
    name: 'kept' in column ? undefined : name,
    read: readingOf(column, index),
    pool: column.type === 'coupon' ? 'coupons' : 'texts' in column ? column.texts : undefined,
  };
}

function readingOf(column: BulkColumn, index: number): Field['read'] {
  switch (column.type) {
    case 'coupon':
      return (row) => row.coupon(index);
    case 'identifier':
      return (row) => row.identifier(index);
    case 'unjudged':
      return (row) => row.unjudged(index);
    case 'verbatim':
      return (row) => row.verbatim(index);
    case 'amount':
      return (row) => row.amount(index);
    case 'instant':
      return (row) => row.instant(index);
    case 'date':
      return (row) => row.date(index) ?? ABSENT;
    case 'prefecture':
      return (row) => Number(row.prefecture(index));
    case 'choice':
      return readingOfChoice(column, index);
  }
}

function readingOfChoice(column: Extract<BulkColumn, { type: 'choice' }>, index: number): Field['read'] {
  const values = valuesOf(column);
  const whenAbsent = column.optional === true ? 0 : ABSENT;
  const { refuses = {} } = column;
  return (row) => {
    const value = row.choice(index);
    const code = refuses[value];
    if (code !== undefined) row.fail(index, code);
    return value === '' ? whenAbsent : values.indexOf(value);
  };
}

/** What must hold of a row beyond its columns; what does not is left in the reader as a problem. */
type Check = (row: RowReader, values: Values) => void;

const ISSUED = numbersOf(BULK_DECLARATIONS.issuance);
const LOGGED = numbersOf(BULK_DECLARATIONS.transactions);
const SOLD = numbersOf(BULK_DECLARATIONS.sales);

const CHECKS: Readonly<Record<BulkKind, Check>> = {
  issuance: (row, values) => {
    if (row.problems.length === 0 && values[ISSUED.faceYen] === 0) row.fail(ISSUED.faceYen, 'ZERO_AMOUNT');
  },
  transactions: (row, values) => {
    const kind = values[LOGGED.kind];
    if (kind === PAYMENT) row.require(LOGGED.merchant);
    if (kind === CANCEL) row.require(LOGGED.related);
    const isZero = kind !== CHARGE && values[LOGGED.amountYen] === 0;
    if (row.problems.length === 0 && isZero) row.fail(LOGGED.amountYen, 'ZERO_AMOUNT');
  },
  sales: (row, values) => {
    const [total, coupon] = [values[SOLD.totalYen] as number, values[SOLD.couponYen] as number];
    const [cash, other] = [values[SOLD.cashYen] as number, values[SOLD.otherYen] as number];
    if (row.problems.length === 0 && total !== coupon + cash + other) row.fail(undefined, 'SALE_TOTAL');
  },
};

/** Reads every column as it is declared, and puts it into the table where nothing is wrong with the row. */
function decoderOf(kind: BulkKind): Decode {
  const declaration: BulkKindDeclaration = BULK_DECLARATIONS[kind];
  const fields = Object.entries(declaration.columns).map(([name, column], index) => fieldOf(name, column, index));
  const numbers = numbersOf(declaration);
  const [yen, coupon] = [numbers[declaration.yen] as number, numbers.coupon as number];
  const needsCoupon = declaration.columns.coupon?.optional !== true;
  const check = CHECKS[kind];
  const values: (string | number)[] = fields.map(() => ABSENT);
  return (row, origin, into, at) => {
    row.requireAll();
    for (let index = 0; index < fields.length; index++) values[index] = (fields[index] as Field).read(row);
    check(row, values);
    // A number that holds nothing once its spaces are gone.
    if (needsCoupon && row.problems.length === 0 && values[coupon] === '') row.fail(coupon, 'MISSING_VALUE');
    if (row.problems.length > 0) return values[yen] as number;
    const columns = into[kind].columns as unknown as Readonly<Record<string, Float64Array>>;
    for (let index = 0; index < fields.length; index++) {
      const { name, pool } = fields[index] as Field;
      const column = name === undefined ? undefined : columns[name];
      if (column === undefined) continue;
      const value = values[index] as string | number;
      if (pool === undefined) column[at] = value as number;
      else column[at] = value === '' ? ABSENT : poolIn(into, pool).add(value as string);
    }
    const { file, line } = into[kind].columns;
    file[at] = origin.file;
    line[at] = origin.line;
    return values[yen] as number;
  };
}

const poolIn = (into: TableBuilder, pool: KeyPool | NumberPool | 'coupons'): { add(text: string): number } =>
  pool === 'coupons' ? into.coupons : into.texts[pool];

export type { BulkKind } from './kinds/index.ts';
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
