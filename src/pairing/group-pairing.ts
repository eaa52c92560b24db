import type { Instant } from '../base/instants.ts';

/**
 * r(group), or hi, of payments of one coupon and amount (3-rules.md §3): every sale that names no coupon or this one is open
 * to all of them, so taking the earliest sale that still fits, in order of time, is exact.
 *
 * @param payments instants, ascending
 * @param sales instants of the sales with this amount that name no coupon or this one, ascending
 */
export function pairingSize(payments: readonly Instant[], sales: readonly Instant[], tolerance: number): number {
  let next = 0;
  let paired = 0;
  for (const at of payments) {
    while (next < sales.length && (sales[next] ?? 0) < at - tolerance) next++;
    const sale = sales[next];
    if (sale === undefined || sale > at + tolerance) continue;
    paired++;
    next++;
  }
  return paired;
}
