import type { CalendarDate } from '../../base/instants.ts';
import { type MailFault, mailFaultOf } from './mail-address.ts';
import { type PhoneFault, phoneFaultOf } from './phone.ts';
import { type ChannelForm, type GiftChannel, type Provider, wholeUnits } from './provider.ts';

/** A payout as an order needs it. */
export interface Payable {
  readonly payoutId: string;
  readonly route: string;
  /** A mobile number or an e-mail address. */
  readonly deliverTo: string;
  readonly amountYen: number;
  /** Undefined where it has no deadline. */
  readonly receiveBy: CalendarDate | undefined;
}

/** One gift of an order: a payout, or a part of one that is more than a gift can be. */
export interface Gift {
  /** Names it to the provider, who sends nothing twice under one; comes back in the result. */
  readonly key: string;
  readonly payout: Payable;
  readonly amountYen: number;
  /** By when it must be received; undefined where neither notice nor provider ends it. */
  readonly expiresOn: CalendarDate | undefined;
}

/** Why a provider cannot send a payout. */
export type Unusable =
  | 'no channel'
  | 'below least'
  | 'above most'
  | 'not in units'
  | 'no expiry'
  | `phone: ${PhoneFault}`
  | `mail: ${MailFault}`;

/** How a contact is reached. */
export const channelOf = (contact: string): GiftChannel => (contact.includes('@') ? 'mail' : 'sms');

export type Given =
  | {
      readonly channel: GiftChannel;
      readonly gifts: readonly Gift[];
      /** What speaks against its number, where that was taken all the same. */
      readonly doubt: Unusable | undefined;
    }
  | { readonly unusable: Unusable };

export interface GiftTerms {
  readonly provider: Provider;
  readonly orderedOn: CalendarDate;
  /** Numbers are taken that no mobile phone has by the metadata: these may lag behind the numbering plan. */
  readonly trustNumbers: boolean;
}

/** The gifts by which a provider can send a payout, or why it cannot. */
export function giftsOf(payout: Payable, { provider, orderedOn, trustNumbers }: GiftTerms): Given {
  const channel = channelOf(payout.deliverTo);
  const form = provider.channels[channel];
  if (form === undefined) return { unusable: 'no channel' };
  const fault = contactFaultOf(payout.deliverTo, channel);
  if (fault !== undefined && !(trustNumbers && channel === 'sms')) return { unusable: fault };
  const amounts = amountsOf(payout.amountYen, form);
  if ('unusable' in amounts) return amounts;
  const expiresOn = expiryOf(payout.receiveBy, form, orderedOn);
  if (expiresOn === undefined && form.columns.some((column) => 'from' in column && column.from === 'expires_on'))
    return { unusable: 'no expiry' };
  const { yen } = amounts;
  const gifts = yen.map((amountYen, place) => ({
    key: yen.length === 1 ? payout.payoutId : `${payout.payoutId}-${place + 1}-${yen.length}`,
    payout,
    amountYen,
    expiresOn,
  }));
  return { channel, gifts, doubt: fault };
}

function contactFaultOf(contact: string, channel: GiftChannel): Unusable | undefined {
  if (channel === 'mail') {
    const fault = mailFaultOf(contact);
    return fault === undefined ? undefined : `mail: ${fault}`;
  }
  const fault = phoneFaultOf(contact);
  return fault === undefined ? undefined : `phone: ${fault}`;
}

/**
 * The amounts of the gifts that a payout becomes, the largest first: as few as can be, each as much as can be while the
 * others are at least the least.
 */
function amountsOf(
  amountYen: number,
  { gift, file }: ChannelForm,
): { readonly yen: readonly number[] } | { readonly unusable: Unusable } {
  const { unitYen, mostGiftsPerPayout } = gift;
  if (amountYen % unitYen !== 0) return { unusable: 'not in units' };
  const least = wholeUnits(gift.leastYen, unitYen, Math.ceil);
  const most = wholeUnits(gift.mostYen, unitYen, Math.floor);
  if (amountYen < least) return { unusable: 'below least' };
  const count = Math.ceil(amountYen / most);
  const isTooMuch = count > mostGiftsPerPayout || count * least > amountYen;
  if (isTooMuch || amountYen > (file.mostYen ?? amountYen)) return { unusable: 'above most' };
  let left = amountYen - count * least;
  const yen = Array.from({ length: count }, () => {
    const more = Math.min(left, most - least);
    left -= more;
    return least + more;
  });
  return { yen };
}

/** The day of the notice, or the last day on which the provider's gift lives, if that is sooner. */
function expiryOf(
  receiveBy: CalendarDate | undefined,
  { gift }: ChannelForm,
  orderedOn: CalendarDate,
): CalendarDate | undefined {
  const last = gift.mostDays === undefined ? undefined : orderedOn + gift.mostDays;
  if (receiveBy === undefined || last === undefined) return receiveBy ?? last;
  return Math.min(receiveBy, last);
}
