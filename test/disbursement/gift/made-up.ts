import { readFileSync } from 'node:fs';
import { dayNumber } from '../../../src/base/instants.ts';
import type { GiftTerms, Payable } from '../../../src/disbursement/gift/gifts.ts';
import { type Provider, providerSchema } from '../../../src/disbursement/gift/provider.ts';
import { payoutId, providerFile } from '../../support/sending-run.ts';

/** The tenth of May 2023, on which is ordered. */
export const ORDERED_ON = dayNumber(2023, 5, 10);

export const providerJson = (id: string): Record<string, never> => JSON.parse(readFileSync(providerFile(id), 'utf8'));

/** A made-up provider of fixtures/providers. */
export const provider = (id: string): Provider => providerSchema.parse(providerJson(id));
export const SAKURA = provider('sakura-gift');
export const HINODE = provider('hinode-points');

/** The same with another gift or other limits of a file, for text messages. */
export function withSms(changed: {
  readonly gift?: Partial<NonNullable<Provider['channels']['sms']>['gift']>;
  readonly file?: NonNullable<Provider['channels']['sms']>['file'];
}): Provider {
  const { sms } = SAKURA.channels;
  if (sms === undefined) throw new Error('the made-up provider has lost a channel');
  const channel = { ...sms, gift: { ...sms.gift, ...changed.gift }, file: changed.file ?? {} };
  return { ...SAKURA, channels: { ...SAKURA.channels, sms: channel } };
}

export const termsOf = (by: Provider): GiftTerms => ({ provider: by, orderedOn: ORDERED_ON, trustNumbers: false });

/** A payout of 2,000 yen to a mobile number, to be received by the end of July. */
export const payable = (changed: Partial<Payable> = {}): Payable => ({
  payoutId: payoutId(1),
  route: 'app_url',
  deliverTo: '09012345678',
  amountYen: 2000,
  receiveBy: dayNumber(2023, 7, 31),
  ...changed,
});
