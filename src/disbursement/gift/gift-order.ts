import type { CalendarDate } from '../../base/instants.ts';
import { mapped } from '../../base/steps.ts';
import { type OrderFile, orderFiles } from './bulk-order.ts';
import { type Gift, type GiftTerms, giftsOf, type Payable, type Unusable } from './gifts.ts';
import type { GiftChannel } from './provider.ts';

/** Routes of money that a provider sends (3-rules.md §8); any other goes by a bank. */
export const GIFT_ROUTES: readonly string[] = ['app_url', 'application_url'];

/** A payout that is to be sent. */
export interface Waiting extends Payable {
  readonly notBefore: CalendarDate;
}

/** Why a payout that waits for a provider is not in an order, though the provider could send it. */
export const LEFT_OUT = ['ordered before', 'not due', 'past receive-by', 'over the limit'] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

/** What speaks against a payout. */
export interface Objection {
  readonly payout: Payable;
  readonly why: Unusable;
}

/** What was put into an order, and what was not and why. */
export interface GiftOrder {
  readonly files: readonly OrderFile[];
  readonly ordered: readonly Payable[];
  readonly unusable: readonly Objection[];
  /** Ordered to a number that no mobile phone has by the metadata. */
  readonly doubtful: readonly Objection[];
  readonly leftOut: Readonly<Record<LeftOut, readonly Payable[]>>;
}

export interface OrderTerms extends GiftTerms {
  /** Put into an order before, and not to be put into another. */
  readonly orderedBefore: ReadonlySet<string>;
}

/** The order of what goes out by URL, is due, and was not ordered before; in steps. */
export function* giftOrder(toSend: readonly Waiting[], terms: OrderTerms): Generator<undefined, GiftOrder> {
  const { provider, orderedOn } = terms;
  const leftOut: Record<LeftOut, Payable[]> = {
    'ordered before': [],
    'not due': [],
    'past receive-by': [],
    'over the limit': [],
  };
  const [unusable, doubtful]: [Objection[], Objection[]] = [[], []];
  const ordered: Payable[] = [];
  const gifts: Record<GiftChannel, (readonly Gift[])[]> = { sms: [], mail: [] };
  let leftYen = provider.mostYenPerOrder ?? Number.POSITIVE_INFINITY;
  const looked = yield* mapped(
    toSend.filter(({ route }) => GIFT_ROUTES.includes(route)),
    (payout) => ({ payout, given: timingOf(payout, terms) ?? giftsOf(payout, terms) }),
  );
  for (const { payout, given } of looked) {
    if (typeof given === 'string') leftOut[given].push(payout);
    else if ('unusable' in given) unusable.push({ payout, why: given.unusable });
    else if (payout.amountYen > leftYen) leftOut['over the limit'].push(payout);
    else {
      leftYen -= payout.amountYen;
      gifts[given.channel].push(given.gifts);
      ordered.push(payout);
      if (given.doubt !== undefined) doubtful.push({ payout, why: given.doubt });
    }
  }
  return { files: yield* orderFiles(gifts, provider, orderedOn), ordered, unusable, doubtful, leftOut };
}

/** On the last day it can still be received. */
function timingOf(payout: Waiting, { orderedOn, orderedBefore }: OrderTerms): LeftOut | undefined {
  if (orderedBefore.has(payout.payoutId)) return 'ordered before';
  if (payout.notBefore > orderedOn) return 'not due';
  return payout.receiveBy !== undefined && payout.receiveBy < orderedOn ? 'past receive-by' : undefined;
}
