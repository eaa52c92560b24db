import type { Digest } from '../ledger/decisions.ts';
import type { CalendarDate } from '../policy/instants.ts';
import type { Policy } from '../policy/policy.ts';
import { compareText } from '../policy/text.ts';
import type { RouteId } from '../policy/vocabulary.ts';
import type { Settlement } from './settlement.ts';

/** One payment to one recipient (R10). */
export interface Payout {
  readonly payoutId: string;
  readonly route: RouteId;
  readonly recipient: string;
  readonly deliverTo: string;
  readonly amountYen: number;
  /** Sorted. */
  readonly coupons: readonly string[];
  readonly notBefore: CalendarDate;
  readonly receiveBy: CalendarDate | undefined;
}

/**
 * Groups what is payable by route and recipient. The id rests on policy, route, recipient, the coupons and how many
 * payouts each was already part of: a re-run repeats it; a top-up, or a retry after `failed`, does not. Where a paid row
 * named a wrong coupon and was mended, that number was reached before: an id that was used is passed over.
 */
export function payoutsOf(settlements: Iterable<Settlement>, policy: Policy, digest: Digest): readonly Payout[] {
  const groups = new Map<string, Payable[]>();
  for (const settlement of settlements) {
    if (settlement.status !== 'payable' || settlement.route === undefined) continue;
    const key = `${settlement.route}\x1f${settlement.recipient}`;
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [payableOf(settlement, settlement.route)]);
    else list.push(payableOf(settlement, settlement.route));
  }
  return [...groups.values()]
    .map((list) => payoutOf(list, policy, digest))
    .sort((a, b) => compareText(a.payoutId, b.payoutId));
}

/** What a payout needs of a coupon: the rest of its settlement is not kept for it. */
interface Payable
  extends Pick<Settlement, 'couponNumber' | 'recipient' | 'deliverTo' | 'withoutDeadline' | 'payoutsNamed'> {
  readonly route: RouteId;
  readonly payableYen: number;
}

const payableOf = (
  { couponNumber, recipient, deliverTo, withoutDeadline, payoutsNamed, amounts }: Settlement,
  route: RouteId,
): Payable => ({
  couponNumber,
  route,
  recipient,
  deliverTo,
  withoutDeadline,
  payoutsNamed,
  payableYen: amounts?.payableYen ?? 0,
});

function payoutOf(unsorted: readonly Payable[], policy: Policy, digest: Digest): Payout {
  const list = [...unsorted].sort((a, b) => compareText(a.couponNumber, b.couponNumber));
  const first = list[0];
  if (first === undefined) throw new Error('a payout without a coupon');
  const bank = first.route === 'bank_transfer';
  const parts = [
    'payout',
    policy.id,
    first.route,
    first.recipient,
    ...list.map((each) => `${each.couponNumber}\x1f${each.payoutsNamed.length}`),
  ];
  const used = new Set(list.flatMap((each) => each.payoutsNamed));
  return {
    payoutId: unusedId(parts, used, digest),
    route: first.route,
    recipient: first.recipient,
    deliverTo: first.deliverTo,
    amountYen: list.reduce((sum, each) => sum + each.payableYen, 0),
    coupons: list.map((each) => each.couponNumber),
    notBefore: bank ? policy.terms.bankTransfersFrom : policy.terms.pointsFrom,
    receiveBy: bank || list.some((each) => each.withoutDeadline) ? undefined : policy.terms.receiveBy,
  };
}

function unusedId(parts: readonly string[], used: ReadonlySet<string>, digest: Digest): string {
  const id = `P${digest(parts.join('\x1d')).slice(0, 16)}`;
  return used.has(id) ? unusedId([...parts, 'again'], used, digest) : id;
}
