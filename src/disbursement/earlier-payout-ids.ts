import { mapped } from '../base/steps.ts';
import { sha256 } from '../publish/hash.ts';
import type { Order } from './orders.ts';
import type { ToSend } from './to-send.ts';

/** Payouts that one coupon was part of before: nobody has seen as many. */
const MOST_NAMED = 9;

/**
 * The ids that a payout may have had while ids still rested on the recipient (3-rules.md §8), by how often its coupons were
 * paid before. Only to recognise what was ordered then: they are never written anywhere.
 */
export function earlierPayoutIds(
  { route, recipient, coupons }: Pick<ToSend, 'route' | 'recipient' | 'coupons'>,
  policyId: string,
): readonly string[] {
  const ids: string[] = [];
  for (let named = 0; named <= MOST_NAMED; named++) {
    const parts = coupons.map((coupon) => `${coupon}\x1f${named}`);
    ids.push(`P${sha256(['payout', policyId, route, recipient, ...parts].join('\x1d')).slice(0, 16)}`);
  }
  return ids;
}

/**
 * Orders, in steps, and once more under its present id each that was noted of one of these payouts under an earlier one: a night that is
 * made again by a newer version must not be ordered again.
 */
export function* withPresentIds(
  orders: readonly Order[],
  payouts: readonly ToSend[],
  policyId: string,
): Generator<undefined, readonly Order[]> {
  if (orders.length === 0) return [];
  const ordered = new Map(orders.map((order) => [order.payoutId, order]));
  const present = yield* mapped(payouts, (payout) => {
    if (ordered.has(payout.payoutId)) return [];
    const earlier = earlierPayoutIds(payout, policyId).find((id) => ordered.has(id));
    const order = earlier === undefined ? undefined : ordered.get(earlier);
    return order === undefined ? [] : [{ ...order, payoutId: payout.payoutId }];
  });
  return [...orders, ...present.flat()];
}
