import { dateOf } from '../policy/instants.ts';
import { GrowingTable, ISSUANCE_SHAPE, SALE_SHAPE, TRANSACTION_SHAPE } from './columns.ts';
import type { CouponNumbering } from './coupon-keys.ts';
import { KeyNumbers } from './key-numbers.ts';
import type { RowReader } from './row-reader.ts';
import {
  ABSENT,
  ACCOUNT_STATUSES,
  type ApplicationRow,
  CANCEL,
  CHARGE,
  type ClaimRow,
  type DecisionRow,
  FUNDINGS,
  type InputKind,
  KINDS,
  MEDIA,
  PAYMENT,
  type PaidRow,
  type Reject,
  TRANSACTION_STATUSES,
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

/** Every table while it grows. */
export class TableBuilder<Coupons extends CouponNumbering = CouponNumbering> {
  readonly coupons: Coupons;
  readonly texts: TextTables;
  readonly issuance: GrowingTable<typeof ISSUANCE_SHAPE>;
  readonly transactions: GrowingTable<typeof TRANSACTION_SHAPE>;
  readonly sales: GrowingTable<typeof SALE_SHAPE>;
  readonly claims: ClaimRow[] = [];
  readonly applications: ApplicationRow[] = [];
  readonly decisions: DecisionRow[] = [];
  readonly paid: PaidRow[] = [];
  readonly rejects: Reject[] = [];

  /** @param isShared other threads are to see the bulk rows */
  constructor(coupons: Coupons, texts = new TextTables(), isShared = false) {
    this.coupons = coupons;
    this.texts = texts;
    this.issuance = new GrowingTable(ISSUANCE_SHAPE, isShared);
    this.transactions = new GrowingTable(TRANSACTION_SHAPE, isShared);
    this.sales = new GrowingTable(SALE_SHAPE, isShared);
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

const optionalText = (pool: { add(text: string): number }, value: string): number =>
  value === '' ? ABSENT : pool.add(value);
const oneOf = <T extends string>(values: readonly T[], value: string): number => values.indexOf(value as T);

/** Column numbers are the order of the layout. */
const issuance: Decode = (row, origin, into, at) => {
  row.requireAll();
  const coupon = row.coupon(0);
  const medium = row.choice(1);
  const prefecture = row.prefecture(2);
  const face = row.amount(3);
  const issuedAt = row.instant(4);
  const expiresOn = row.date(5);
  const issuer = row.identifier(6);
  const travelDate = row.date(7);
  const account = row.identifier(8);
  const accountStatus = row.choice(9);
  if (row.problems.length === 0 && face === 0) row.fail(3, 'ZERO_AMOUNT');
  if (row.problems.length === 0 && coupon === '') row.fail(0, 'MISSING_VALUE');
  if (row.problems.length > 0) return face;
  const { columns } = into.issuance;
  columns.file[at] = origin.file;
  columns.line[at] = origin.line;
  columns.coupon[at] = into.coupons.add(coupon);
  columns.medium[at] = oneOf(MEDIA, medium);
  columns.prefecture[at] = Number(prefecture);
  columns.faceYen[at] = face;
  columns.issuedAt[at] = issuedAt;
  columns.expiresOn[at] = expiresOn ?? ABSENT;
  columns.issuer[at] = optionalText(into.texts.words, issuer);
  columns.travelDate[at] = travelDate ?? ABSENT;
  columns.account[at] = optionalText(into.texts.texts, account);
  columns.accountStatus[at] = accountStatus === '' ? 0 : oneOf(ACCOUNT_STATUSES, accountStatus);
  columns.phone[at] = optionalText(into.texts.texts, row.unjudged(10));
  columns.email[at] = optionalText(into.texts.texts, row.verbatim(11));
  return face;
};

const transactions: Decode = (row, origin, into, at) => {
  row.requireAll();
  const transaction = row.identifier(0);
  const coupon = row.coupon(1);
  const occurredAt = row.instant(2);
  const kind = oneOf(KINDS, row.choice(3));
  const status = oneOf(TRANSACTION_STATUSES, row.choice(4));
  const amount = row.amount(5);
  const merchant = row.identifier(6);
  const terminal = row.identifier(7);
  const related = row.identifier(8);
  const funding = row.choice(9);
  if (kind === PAYMENT) row.require(6);
  if (kind === CANCEL) row.require(8);
  if (row.problems.length === 0 && kind !== CHARGE && amount === 0) row.fail(5, 'ZERO_AMOUNT');
  if (row.problems.length === 0 && coupon === '') row.fail(1, 'MISSING_VALUE');
  if (row.problems.length > 0) return amount;
  const { columns } = into.transactions;
  columns.file[at] = origin.file;
  columns.line[at] = origin.line;
  columns.transaction[at] = into.texts.transactionIds.add(transaction);
  columns.coupon[at] = into.coupons.add(coupon);
  columns.occurredAt[at] = occurredAt;
  columns.kind[at] = kind;
  columns.status[at] = status;
  columns.funding[at] = funding === '' ? 0 : oneOf(FUNDINGS, funding);
  columns.amountYen[at] = amount;
  columns.merchant[at] = optionalText(into.texts.merchants, merchant);
  columns.terminal[at] = optionalText(into.texts.words, terminal);
  columns.related[at] = optionalText(into.texts.transactionIds, related);
  return amount;
};

const sales: Decode = (row, origin, into, at) => {
  row.requireAll();
  const report = row.identifier(0);
  const merchant = row.identifier(1);
  const soldAt = row.instant(2);
  const total = row.amount(3);
  const couponYen = row.amount(4);
  const cash = row.amount(5);
  const other = row.amount(6);
  const coupon = row.coupon(7);
  const receipt = row.identifier(8);
  if (row.choice(9) === 'yes') row.fail(9, 'VOIDED_SALE');
  if (row.problems.length === 0 && total !== couponYen + cash + other) row.fail(undefined, 'SALE_TOTAL');
  if (row.problems.length > 0) return total;
  const { columns } = into.sales;
  columns.file[at] = origin.file;
  columns.line[at] = origin.line;
  columns.report[at] = into.texts.reports.add(report);
  columns.merchant[at] = into.texts.merchants.add(merchant);
  columns.soldAt[at] = soldAt;
  columns.totalYen[at] = total;
  columns.couponYen[at] = couponYen;
  columns.cashYen[at] = cash;
  columns.otherYen[at] = other;
  columns.coupon[at] = optionalText(into.coupons, coupon);
  columns.receipt[at] = optionalText(into.texts.texts, receipt);
  return total;
};

/** The table of a kind whose rows are many. */
export const BULK_KINDS = ['issuance', 'transactions', 'sales'] as const satisfies readonly InputKind[];
export type BulkKind = (typeof BULK_KINDS)[number];
export const isBulk = (kind: InputKind): kind is BulkKind => (BULK_KINDS as readonly InputKind[]).includes(kind);

export const BULK_DECODERS: Readonly<Record<BulkKind, Decode>> = { issuance, transactions, sales };

/** The column that names a coupon, of the kinds whose rejected rows are held against one. */
const COUPON_COLUMN: Partial<Readonly<Record<InputKind, number>>> = { issuance: 0, transactions: 1 };

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
  const soldAt = kind === 'sales' && row.raw(2).trim() !== '' ? readable(() => row.instant(2)) : undefined;
  const merchantId = kind === 'sales' && !isCutOtherwise ? readable(() => row.identifier(1)) : undefined;
  return {
    rowId: readable(() => row.identifier(0)),
    couponNumber:
      couponColumn === undefined
        ? undefined
        : (readable(() => row.coupon(couponColumn)) ?? row.likelyCoupon(couponColumn)),
    merchantId,
    likelyMerchantId: kind === 'sales' && merchantId === undefined ? row.likelyIdentifier(1) : undefined,
    soldOn: soldAt === undefined ? undefined : dateOf(soldAt),
  };
}
