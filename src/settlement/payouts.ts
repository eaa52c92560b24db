import type { CalendarDate } from '../base/instants.ts';
import { compareText } from '../base/text.ts';
import type { Digest, Hashing } from '../ledger/decisions.ts';
import type { Policy } from '../policy/policy.ts';
import type { RouteId } from '../policy/vocabulary.ts';
import type { Channel } from '../rules/channels/channel.ts';
import { channelOf, sentFrom } from '../rules/channels/index.ts';
import { deliverToOf, recipientOf } from '../rules/destinations.ts';
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

/** What a payout needs of a coupon: the rest of its settlement is not kept for it. */
export interface Payable extends Pick<Settlement, 'couponNumber' | 'withoutDeadline' | 'payoutsNamed'> {
  readonly route: RouteId | undefined;
  /** As payouts.csv has it: payments to one are one payout. */
  readonly recipient: string;
  readonly deliverTo: string;
  readonly payableYen: number;
}

/** Of a settlement with the status `payable`. */
export function payableOf(settlement: Settlement): Payable {
  const { destination } = settlement;
  return {
    couponNumber: settlement.couponNumber,
    route: settlement.route,
    recipient: destination === undefined ? '' : recipientOf(destination),
    deliverTo: destination === undefined ? '' : deliverToOf(destination),
    withoutDeadline: settlement.withoutDeadline,
    payoutsNamed: settlement.payoutsNamed,
    payableYen: settlement.amounts?.payableYen ?? 0,
  };
}

/**
 * Groups what is payable by route and recipient. The id rests on policy, route, the coupons and how many
 * payouts each was already part of: a re-run repeats it; a top-up, or a retry after `failed`, does not. It does not rest
 * on the recipient: so few telephone numbers are possible that all could be tried against it. Where a paid row
 * named a wrong coupon and was mended, that number was reached before: an id that was used is passed over.
 */
export function payoutsOf(payables: Iterable<Payable>, policy: Policy, hashing: Hashing): readonly Payout[] {
  const routes = new Map<RouteId, Map<string, Payable[]>>();
  for (const payable of payables) {
    const { route, recipient } = payable;
    if (route === undefined) continue;
    let recipients = routes.get(route);
    if (recipients === undefined) {
      recipients = new Map();
      routes.set(route, recipients);
    }
    const list = recipients.get(recipient);
    if (list === undefined) recipients.set(recipient, [payable]);
    else list.push(payable);
  }
  const payouts: Payout[] = [];
  for (const [route, recipients] of routes)
    for (const list of recipients.values()) payouts.push(payoutOf(channelOf(route), list, policy, hashing));
  return payouts.sort((a, b) => compareText(a.payoutId, b.payoutId));
}

function payoutOf(channel: Channel, unsorted: readonly Payable[], policy: Policy, hashing: Hashing): Payout {
  // Most recipients have one coupon.
  const list =
    unsorted.length < 2 ? unsorted : [...unsorted].sort((a, b) => compareText(a.couponNumber, b.couponNumber));
  const first = list[0];
  if (first === undefined) throw new Error('a payout without a coupon');
  const parts: string[] = [];
  let amountYen = 0;
  let withoutDeadline = !channel.hasDeadline;
  const used = new Set<string>();
  for (const each of list) {
    parts.push(`${each.couponNumber}\x1f${each.payoutsNamed.length}`);
    amountYen += each.payableYen;
    if (each.withoutDeadline) withoutDeadline = true;
    for (const payoutId of each.payoutsNamed) used.add(payoutId);
  }
  return {
    payoutId: unusedId(payoutIdentity(policy.id, channel.id, first.recipient, parts, hashing), used, hashing.digest),
    route: channel.id,
    recipient: first.recipient,
    deliverTo: first.deliverTo,
    amountYen,
    coupons: list.map((each) => each.couponNumber),
    notBefore: sentFrom(channel, policy.terms),
    receiveBy: withoutDeadline ? undefined : policy.terms.receiveBy,
  };
}

/**
 * What a payout's id is made of.
 *
 * @param parts of each coupon its number, and how many payouts it was already part of
 */
function payoutIdentity(
  policyId: string,
  route: RouteId,
  recipient: string,
  parts: readonly string[],
  { idForm }: Pick<Hashing, 'idForm'>,
): string {
  const head = idForm === 'with contacts' ? ['payout', policyId, route, recipient] : ['payout 2', policyId, route];
  return [...head, ...parts].join('\x1d');
}

/** A letter, and so much of a hash that two of a programme's payouts do not share it. */
export const PAYOUT_ID_LENGTH = 17;

function unusedId(identity: string, used: ReadonlySet<string>, digest: Digest): string {
  const id = `P${digest(identity).slice(0, PAYOUT_ID_LENGTH - 1)}`;
  return used.has(id) ? unusedId(`${identity}\x1dagain`, used, digest) : id;
}
