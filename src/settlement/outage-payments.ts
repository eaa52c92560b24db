import type { Instant } from '../base/instants.ts';
import { compareText } from '../base/text.ts';
import type { Book } from '../ledger/book.ts';
import { NONE } from '../ledger/case.ts';
import { isCompletedPayment } from '../ledger/scope.ts';
import type { GroupRecord } from '../pairing/groups.ts';
import { duringOutage } from '../policy/policy.ts';
import {
  ABSENT,
  ACCEPTED,
  CONFLICTING,
  PAYMENT,
  TRANSACTION_STATUSES,
  type TransactionTable,
} from '../tables/tables.ts';
import { eachRepeat } from './equal-payments.ts';

/** What the shop's record says of a payment; undefined where nothing was held against one. */
export type SupportMark = 'supported' | 'unsupported' | 'unclear' | undefined;

/** A payment of a listed coupon in the outage, as the log has it. */
export interface OutagePayment {
  readonly occurredAt: Instant;
  readonly merchantId: string;
  readonly amountYen: number;
  readonly transactionId: string;
  /** `cancelled`: completed, and taken back as a whole; `conflicting`: rows of its id contradict each other. */
  readonly status: (typeof TRANSACTION_STATUSES)[number] | 'cancelled' | 'conflicting';
  /** Completed, and at most G after an equal one of the coupon: of the same yen at the same shop. */
  readonly repeated: boolean;
  readonly support: SupportMark;
}

/**
 * Those of one coupon, by time, then id.
 *
 * @param rows of its history
 * @param supportOf what was found of a payment, by its row
 */
export function outagePaymentsOf(
  rows: Int32Array,
  book: Book,
  supportOf: (row: number) => SupportMark,
): readonly OutagePayment[] {
  const { transactions, merchants, transactionIds } = book.tables;
  const { kind, status, disposition, occurredAt, amountYen, merchant, transaction } = transactions;
  const { terms } = book.policy;
  const inOutage: number[] = [];
  for (const row of rows)
    if (kind[row] === PAYMENT && duringOutage(terms, occurredAt[row] as number) && isSeen(row)) inOutage.push(row);
  if (inOutage.length === 0) return NONE;
  const repeated = repeatedAmong(rows, book);
  const shop = (row: number): number => merchant[row] as number;
  const payments = inOutage.map(
    (row): OutagePayment => ({
      occurredAt: occurredAt[row] as number,
      merchantId: shop(row) === ABSENT ? '' : merchants.textOf(shop(row)),
      amountYen: amountYen[row] as number,
      transactionId: transactionIds.textOf(transaction[row] as number),
      status: statusOf(row),
      repeated: repeated.has(row),
      support: supportOf(row),
    }),
  );
  return payments.length < 2 ? payments : payments.sort(inOrder);

  /** Conflicts are found whatever as-of is. */
  function isSeen(row: number): boolean {
    return disposition[row] === ACCEPTED || (occurredAt[row] as number) < book.asOf;
  }

  function statusOf(row: number): OutagePayment['status'] {
    if (disposition[row] === CONFLICTING) return 'conflicting';
    if (book.undone.has(row)) return 'cancelled';
    return TRANSACTION_STATUSES[status[row] as number] as OutagePayment['status'];
  }
}

/** Rows of one id that contradict each other may be alike in time and id. */
const inOrder = (a: OutagePayment, b: OutagePayment): number =>
  a.occurredAt - b.occurredAt ||
  compareText(a.transactionId, b.transactionId) ||
  compareText(a.merchantId, b.merchantId) ||
  a.amountYen - b.amountYen;

const NO_ROWS: ReadonlySet<number> = new Set();

/** Also those whose equal payment came before the outage. */
function repeatedAmong(rows: Int32Array, { tables, policy }: Book): ReadonlySet<number> {
  const { transactions, transactionIds } = tables;
  const { disposition, transaction } = transactions;
  const completed: number[] = [];
  for (const row of rows)
    if (disposition[row] === ACCEPTED && isCompletedPayment(transactions, row)) completed.push(row);
  if (!mayRepeat(completed, transactions)) return NO_ROWS;
  const found = new Set<number>();
  const idOf = (row: number): string => transactionIds.textOf(transaction[row] as number);
  eachRepeat(
    Int32Array.from(completed),
    transactions,
    (_, row, gap) => {
      if (gap <= policy.terms.repeatPressGap) found.add(row);
    },
    (a, b) => compareText(idOf(a), idOf(b)),
  );
  return found;
}

/** So few payments are held against each other quicker than they are put in order. */
const FEW_PAYMENTS = 16;

/** Most coupons pay no yen twice at any shop. */
const mayRepeat = (rows: readonly number[], { merchant, amountYen }: TransactionTable): boolean =>
  rows.length > FEW_PAYMENTS ||
  rows.some((row, place) => {
    for (let other = place + 1; other < rows.length; other++) {
      const next = rows[other] as number;
      if (merchant[row] === merchant[next] && amountYen[row] === amountYen[next]) return true;
    }
    return false;
  });

/** What was found of the payments of a coupon's groups, by row. */
export function supportIn(groups: readonly GroupRecord[]): (row: number) => SupportMark {
  const marks = new Map<number, SupportMark>();
  for (const { group, support } of groups) {
    if (support.kind === 'uncovered') continue;
    const mark = support.kind === 'ambiguous' ? 'unclear' : 'supported';
    for (const { row } of group.payments) marks.set(row, mark);
    if (support.kind === 'decided') for (const { row } of support.unsupported) marks.set(row, 'unsupported');
  }
  return (row) => marks.get(row);
}
