import { CANCEL, COMPLETED, type Tables } from '../intake/tables.ts';
import type { Instant } from '../policy/instants.ts';
import { isCompletedPayment, isVisible } from './scope.ts';

/** Rows of payments that completed cancels on the same coupon undo, whatever coupon it is (3-rules.md §2, §3). */
export function undonePayments({ transactions, coupons }: Tables, asOf: Instant): ReadonlySet<number> {
  const { rows, transaction, coupon, related, kind, status, amountYen } = transactions;
  const cancels: number[] = [];
  // Only a payment on a coupon that has a cancel needs to be looked up.
  const concerned = new Uint8Array(coupons.size);
  const wanted = new Map<number, number>();
  for (let row = kind.indexOf(CANCEL); row >= 0 && row < rows; row = kind.indexOf(CANCEL, row + 1)) {
    if (status[row] !== COMPLETED || !isVisible(transactions, row, asOf)) continue;
    cancels.push(row);
    concerned[coupon[row] as number] = 1;
    wanted.set(related[row] ?? -1, -1);
  }
  if (cancels.length === 0) return new Set();
  for (let row = 0; row < rows; row++) {
    if (concerned[coupon[row] as number] === 0) continue;
    const id = transaction[row] ?? -1;
    if (wanted.has(id) && isCompletedPayment(transactions, row) && isVisible(transactions, row, asOf))
      wanted.set(id, row);
  }
  const cancelledYen = new Map<number, number>();
  for (const cancel of cancels) {
    const payment = wanted.get(related[cancel] ?? -1) ?? -1;
    if (payment < 0 || coupon[payment] !== coupon[cancel]) continue;
    cancelledYen.set(payment, (cancelledYen.get(payment) ?? 0) + (amountYen[cancel] ?? 0));
  }
  return new Set(
    [...cancelledYen].filter(([payment, yen]) => yen >= (amountYen[payment] ?? 0)).map(([payment]) => payment),
  );
}
