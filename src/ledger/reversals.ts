import type { Instant } from '../base/instants.ts';
import type { ByCoupon, CouponIndex } from '../tables/pool-index.ts';
import { CANCEL, COMPLETED, type Tables } from '../tables/tables.ts';
import { isCompletedPayment, isVisible } from './scope.ts';

/** Rows of payments that completed cancels on the same coupon undo, whatever coupon it is (3-rules.md §2, §3). */
export function undonePayments(tables: Tables, asOf: Instant): ReadonlySet<number> {
  const { coupon, related, amountYen } = tables.transactions;
  const cancels = completedCancels(tables, asOf);
  if (cancels.length === 0) return new Set();
  const payments = paymentsNamed(tables, cancels, asOf);
  const cancelledYen = new Map<number, number>();
  for (const cancel of cancels) {
    const payment = payments.get(related[cancel] ?? -1) ?? -1;
    if (payment < 0 || coupon[payment] !== coupon[cancel]) continue;
    cancelledYen.set(payment, (cancelledYen.get(payment) ?? 0) + (amountYen[cancel] ?? 0));
  }
  return new Set(
    [...cancelledYen].filter(([payment, yen]) => yen >= (amountYen[payment] ?? 0)).map(([payment]) => payment),
  );
}

function completedCancels({ transactions }: Tables, asOf: Instant): readonly number[] {
  const { rows, kind, status } = transactions;
  const cancels: number[] = [];
  for (let row = kind.indexOf(CANCEL); row >= 0 && row < rows; row = kind.indexOf(CANCEL, row + 1))
    if (status[row] === COMPLETED && isVisible(transactions, row, asOf)) cancels.push(row);
  return cancels;
}

/** By the id that a cancel names: the row of the payment, or -1. Only one on a coupon that has a cancel is looked up. */
function paymentsNamed(
  { transactions, coupons }: Tables,
  cancels: readonly number[],
  asOf: Instant,
): ReadonlyMap<number, number> {
  const { rows, transaction, coupon, related } = transactions;
  const concerned: ByCoupon = new Uint8Array(coupons.size);
  const wanted = new Map<number, number>();
  for (const cancel of cancels) {
    concerned[coupon[cancel] as CouponIndex] = 1;
    wanted.set(related[cancel] ?? -1, -1);
  }
  for (let row = 0; row < rows; row++) {
    if (concerned[coupon[row] as CouponIndex] === 0) continue;
    const id = transaction[row] ?? -1;
    if (wanted.has(id) && isCompletedPayment(transactions, row) && isVisible(transactions, row, asOf))
      wanted.set(id, row);
  }
  return wanted;
}
