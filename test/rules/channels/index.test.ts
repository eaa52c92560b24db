import { describe, expect, it } from 'vitest';
import type { Account } from '../../../src/ledger/case.ts';
import { KAGOSHIMA } from '../../../src/policy/kagoshima-2023-02-24.ts';
import { CHANNELS, channelOf, ROUTES } from '../../../src/rules/channels/index.ts';
import { account, application, bankApplication, coupon } from '../rule-tester.ts';

const { terms } = KAGOSHIMA;

describe('the payout channels', () => {
  it('are sought in the order of §8: the bank, the app, the application for points', () => {
    expect(CHANNELS.map(({ id }) => id)).toEqual(['bank_transfer', 'app_url', 'application_url']);
    expect(Object.keys(ROUTES)).toEqual(CHANNELS.map(({ id }) => id));
  });

  it('are found by their name, and no other is', () => {
    for (const channel of CHANNELS) expect(channelOf(channel.id)).toBe(channel);
    expect(() => channelOf('pigeon')).toThrow('no payout channel is named pigeon');
  });

  it('name themselves in what they find, by which outputs and explanations know them', () => {
    const of = coupon({ account: account() });
    for (const { id, seek } of CHANNELS)
      for (const row of [application('AP1'), bankApplication('AP1')]) {
        const found = seek({ coupon: of, application: row }, terms);
        if (found === undefined) continue;
        expect([found.about, found.observed, found.route?.route]).toEqual([id, { kind: 'way', route: id }, id]);
      }
  });

  // §8: points from the day that they are sent and until the receiving deadline; a transfer has none (R13).
  it.each([
    ['bank_transfer', terms.bankTransfersFrom, false],
    ['app_url', terms.pointsFrom, true],
    ['application_url', terms.pointsFrom, true],
  ])('%s is sent from its day on, with a deadline or without', (id, from, hasDeadline) => {
    const channel = channelOf(id);
    expect([channel.notBefore(terms), channel.hasDeadline]).toEqual([from, hasDeadline]);
  });
});

/** Whoever may be behind a coupon for which nobody has applied. */
const HOLDERS: readonly (readonly [string, Account | undefined])[] = [
  ['nobody', undefined],
  ['a member with a phone', account()],
  ['a member with an e-mail', account({ phones: [], emails: ['a@example.jp'] })],
  ['a member who has left', account({ active: false })],
  ['a member without a contact', account({ phones: [] })],
  ['a member with a landline', account({ phones: ['0992861111'] })],
  ['a member with two phones', account({ phones: ['08012345678', '09012345678'] })],
  ['an account of fifty-one coupons', account({ couponCount: 51 })],
];

describe('of a plain coupon a channel states what it would find', () => {
  it.each(HOLDERS)('%s', (_name, holder) => {
    const of = coupon(holder === undefined ? {} : { account: holder });
    for (const { id, seek, onPlainCoupon } of CHANNELS) {
      const found = seek({ coupon: of, application: undefined }, terms);
      const stated = onPlainCoupon === 'silent' ? undefined : onPlainCoupon(holder, terms);
      if (stated === 'for the rules') expect([id, found?.route]).toEqual([id, undefined]);
      else expect([id, stated]).toEqual([id, found?.route]);
      // Where a channel finds somebody and no way, there is something to ask.
      expect([id, stated === undefined]).toEqual([id, found === undefined]);
    }
  });
});
