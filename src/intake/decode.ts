import { dateOf } from '../policy/instants.ts';
import { GrowingTable, ISSUANCE_SHAPE, SALE_SHAPE, TRANSACTION_SHAPE } from './columns.ts';
import { readFewRow } from './few-rows.ts';
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

/** Every table while it grows. */
export class TableBuilder {
  readonly coupons = new KeyNumbers();
  readonly transactionIds = new TextKeys();
  readonly reports = new TextKeys();
  readonly texts = new TextKeys();
  readonly merchants = new KeyNumbers();
  readonly words = new KeyNumbers();
  readonly issuance = new GrowingTable(ISSUANCE_SHAPE);
  readonly transactions = new GrowingTable(TRANSACTION_SHAPE);
  readonly sales = new GrowingTable(SALE_SHAPE);
  readonly claims: ClaimRow[] = [];
  readonly applications: ApplicationRow[] = [];
  readonly decisions: DecisionRow[] = [];
  readonly paid: PaidRow[] = [];
  readonly rejects: Reject[] = [];
}

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
  columns.issuer[at] = optionalText(into.words, issuer);
  columns.travelDate[at] = travelDate ?? ABSENT;
  columns.account[at] = optionalText(into.texts, account);
  columns.accountStatus[at] = accountStatus === '' ? 0 : oneOf(ACCOUNT_STATUSES, accountStatus);
  columns.phone[at] = optionalText(into.texts, row.unjudged(10));
  columns.email[at] = optionalText(into.texts, row.verbatim(11));
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
  columns.transaction[at] = into.transactionIds.add(transaction);
  columns.coupon[at] = into.coupons.add(coupon);
  columns.occurredAt[at] = occurredAt;
  columns.kind[at] = kind;
  columns.status[at] = status;
  columns.funding[at] = funding === '' ? 0 : oneOf(FUNDINGS, funding);
  columns.amountYen[at] = amount;
  columns.merchant[at] = optionalText(into.merchants, merchant);
  columns.terminal[at] = optionalText(into.words, terminal);
  columns.related[at] = optionalText(into.transactionIds, related);
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
  if (row.problems.length === 0 && total !== couponYen + cash + other) row.fail(undefined, 'SALE_TOTAL');
  if (row.problems.length > 0) return total;
  const { columns } = into.sales;
  columns.file[at] = origin.file;
  columns.line[at] = origin.line;
  columns.report[at] = into.reports.add(report);
  columns.merchant[at] = into.merchants.add(merchant);
  columns.soldAt[at] = soldAt;
  columns.totalYen[at] = total;
  columns.couponYen[at] = couponYen;
  columns.cashYen[at] = cash;
  columns.otherYen[at] = other;
  columns.coupon[at] = optionalText(into.coupons, coupon);
  columns.receipt[at] = optionalText(into.texts, receipt);
  return total;
};

const claims: Decode = (row, origin, into) => {
  const claim = readFewRow('claims', row);
  if (claim !== undefined) into.claims.push({ ...claim, ...origin, disposition: 'accepted' });
  return 0;
};

const applications: Decode = (row, origin, into) => {
  const application = readFewRow('applications', row);
  if (application !== undefined) into.applications.push({ ...application, ...origin, disposition: 'accepted' });
  return 0;
};

const decisions: Decode = (row, origin, into) => {
  const decision = readFewRow('decisions', row);
  if (decision !== undefined) into.decisions.push({ ...decision, ...origin, disposition: 'accepted' });
  return 0;
};

const paid: Decode = (row, origin, into) => {
  const payment = readFewRow('paid', row);
  if (payment !== undefined) into.paid.push({ ...payment, ...origin, disposition: 'accepted' });
  return payment?.amountYen ?? row.readableAmount(2);
};

/** The table of a kind whose rows are many. */
export const BULK_KINDS = ['issuance', 'transactions', 'sales'] as const satisfies readonly InputKind[];
export type BulkKind = (typeof BULK_KINDS)[number];
export const isBulk = (kind: InputKind): kind is BulkKind => (BULK_KINDS as readonly InputKind[]).includes(kind);

export const DECODERS: Readonly<Record<InputKind, Decode>> = {
  issuance,
  transactions,
  sales,
  claims,
  applications,
  decisions,
  paid,
};

/** What can still be read of a row that is rejected, for the findings that a rejected row has (3-rules.md §2, §3). */
export function readRemains(
  kind: InputKind,
  row: RowReader,
): Pick<Reject, 'couponNumber' | 'merchantId' | 'soldOn' | 'rowId'> {
  const readable = <T>(read: () => T): T | undefined => {
    const before = row.problems.length;
    const value = read();
    const failed = row.problems.length > before;
    row.problems.length = before;
    return failed || value === '' ? undefined : value;
  };
  const couponColumn = kind === 'transactions' ? 1 : undefined;
  const soldAt = kind === 'sales' && row.raw(2).trim() !== '' ? readable(() => row.instant(2)) : undefined;
  return {
    rowId: readable(() => row.identifier(0)),
    couponNumber: couponColumn === undefined ? undefined : readable(() => row.coupon(couponColumn)),
    merchantId: kind === 'sales' ? readable(() => row.identifier(1)) : undefined,
    soldOn: soldAt === undefined ? undefined : dateOf(soldAt),
  };
}
