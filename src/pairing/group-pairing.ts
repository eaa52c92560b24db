import type { Instant } from '../base/instants.ts';
import { lowerBound } from '../base/lower-bound.ts';

/** Sales with the amount of a group that it could be paired with, each list by time. */
export type OpenSales = readonly (readonly { readonly at: Instant }[])[];

/**
 * Which payments of one coupon and amount a maximum pairing of them pairs, the earlier before the later (3-rules.md §3): every
 * sale that names no coupon or this one is open to all of them, so taking the earliest sale that still fits, in order of time,
 * is exact. What it leaves out are the latest that can be left out: U, where lo is what it pairs.
 *
 * @param payments instants, ascending
 * @returns by payment: 1 where it is paired
 */
export function pairedInOrder(payments: readonly Instant[], open: OpenSales, tolerance: number): Uint8Array {
  const paired = new Uint8Array(payments.length);
  const next = open.map(() => 0);
  payments.forEach((at, place) => {
    let [list, soldAt] = [-1, at + tolerance];
    open.forEach((sales, which) => {
      const first = firstFrom(sales, next[which] as number, at - tolerance);
      next[which] = first;
      const sale = sales[first];
      if (sale === undefined || sale.at > soldAt) return;
      [list, soldAt] = [which, sale.at];
    });
    if (list < 0) return;
    paired[place] = 1;
    next[list] = (next[list] as number) + 1;
  });
  return paired;
}

/** r(group), or hi, of payments of one coupon and amount. */
export const pairingSize = (payments: readonly Instant[], open: OpenSales, tolerance: number): number =>
  pairedInOrder(payments, open, tolerance).reduce((size, paired) => size + paired, 0);

/** The first sale at or after an instant, of those from a place on: mostly that very one. */
function firstFrom(sales: readonly { readonly at: Instant }[], from: number, atLeast: Instant): number {
  const sale = sales[from];
  if (sale === undefined || sale.at >= atLeast) return from;
  return from + lowerBound(sales.length - from, atLeast, (place) => sales[from + place]?.at ?? 0);
}
