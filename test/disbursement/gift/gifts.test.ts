import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayNumber } from '../../../src/base/instants.ts';
import { channelOf, giftsOf } from '../../../src/disbursement/gift/gifts.ts';
import { payoutId } from '../../support/sending-run.ts';
import { HINODE, payable, SAKURA, termsOf, withSms } from './made-up.ts';

const amounts = (yen: number, gift: Parameters<typeof withSms>[0]['gift'], file = {}) => {
  const given = giftsOf(payable({ amountYen: yen }), termsOf(withSms({ gift: gift ?? {}, file })));
  return 'unusable' in given ? given.unusable : given.gifts.map(({ amountYen }) => amountYen);
};

describe('a payout becomes', () => {
  test('one gift, under its own id, where it is not too much', () => {
    const payout = payable();
    expect(giftsOf(payout, termsOf(SAKURA))).toEqual({
      channel: 'sms',
      gifts: [{ key: payoutId(1), payout, amountYen: 2000, expiresOn: dayNumber(2023, 7, 31) }],
      doubt: undefined,
    });
  });

  test('several, each under a key of its own that says how many there are', () => {
    const given = giftsOf(payable({ amountYen: 25_100 }), termsOf(SAKURA));
    expect('gifts' in given && given.gifts.map(({ key, amountYen }) => [key, amountYen])).toEqual([
      [`${payoutId(1)}-1-3`, 10_000],
      [`${payoutId(1)}-2-3`, 10_000],
      [`${payoutId(1)}-3-3`, 5100],
    ]);
  });

  const between = { leastYen: 500, mostYen: 10_000, mostGiftsPerPayout: 3 };
  test.each([
    ['exactly the least', 500, between, [500]],
    ['one yen less', 499, between, 'below least'],
    ['exactly the most', 10_000, between, [10_000]],
    ['one yen more: the second is the least, and the first gives the rest up', 10_001, between, [9501, 500]],
    ['as much as three can be', 30_000, between, [10_000, 10_000, 10_000]],
    ['one yen more than that', 30_001, between, 'above most'],
    ['more than one, where none may be split', 10_001, { ...between, mostGiftsPerPayout: 1 }, 'above most'],
    // Two of at least 8,000 are 16,000: 12,000 is neither one gift nor two.
    ['between one and two', 12_000, { leastYen: 8000, mostYen: 10_000, mostGiftsPerPayout: 9 }, 'above most'],
    ['each at least the least', 25_000, { leastYen: 8000, mostYen: 10_000, mostGiftsPerPayout: 9 }, [9000, 8000, 8000]],
    ['in whole units', 1200, { leastYen: 50, mostYen: 1050, unitYen: 100, mostGiftsPerPayout: 2 }, [1000, 200]],
    ['no multiple of the unit', 1250, { leastYen: 50, mostYen: 1050, unitYen: 100 }, 'not in units'],
  ] as const)('%s', (_, yen, gift, expected) => {
    expect(amounts(yen, gift)).toEqual(expected);
  });

  test('no more than a file may hold', () => {
    expect(amounts(3000, {}, { mostYen: 3000 })).toEqual([3000]);
    expect(amounts(3001, {}, { mostYen: 3000 })).toBe('above most');
  });

  test('gifts that come to its amount, whatever the provider takes, or none', () => {
    const yen = fc.integer({ min: 1, max: 200_000 });
    const limits = fc.record({
      leastYen: fc.integer({ min: 1, max: 9000 }),
      span: fc.integer({ min: 0, max: 20_000 }),
      unitYen: fc.constantFrom(1, 10, 100),
      mostGiftsPerPayout: fc.integer({ min: 1, max: 30 }),
    });
    fc.assert(
      fc.property(yen, limits, (amount, { leastYen, span, unitYen, mostGiftsPerPayout }) => {
        const mostYen = Math.ceil(leastYen / unitYen) * unitYen + span;
        const made = amounts(amount, { leastYen, mostYen, unitYen, mostGiftsPerPayout });
        if (typeof made === 'string') return;
        expect(made.reduce((sum, each) => sum + each, 0)).toBe(amount);
        expect(made.length).toBeLessThanOrEqual(mostGiftsPerPayout);
        for (const each of made) expect([each >= leastYen, each <= mostYen, each % unitYen]).toEqual([true, true, 0]);
      }),
    );
  });
});

describe('a payout cannot be sent', () => {
  test.each([
    [
      'to a mail address, by a provider of text messages',
      payable({ deliverTo: 'taro@example.jp' }),
      HINODE,
      'no channel',
    ],
    ['to a number that nobody has', payable({ deliverTo: '09001234567' }), SAKURA, 'phone: not assigned'],
    ['to a number that the called pays for', payable({ deliverTo: '08001234567' }), SAKURA, 'phone: free of charge'],
    ['to two addresses', payable({ deliverTo: 'a@example.jp,b' }), SAKURA, 'mail: not one address'],
    ['without the deadline that the order must state', payable({ receiveBy: undefined }), SAKURA, 'no expiry'],
  ] as const)('%s', (_, payout, by, why) => {
    expect(giftsOf(payout, termsOf(by))).toEqual({ unusable: why });
  });
});

describe('a number that is trusted', () => {
  const trusting = { ...termsOf(SAKURA), trustNumbers: true };
  test('is ordered to, and what speaks against it is told', () => {
    const given = giftsOf(payable({ deliverTo: '09001234567' }), trusting);
    expect(given).toMatchObject({ channel: 'sms', gifts: [{ key: payoutId(1) }], doubt: 'phone: not assigned' });
  });

  test('is no address, and no amount', () => {
    expect(giftsOf(payable({ deliverTo: 'taro@example' }), trusting)).toEqual({ unusable: 'mail: no such domain' });
    expect(giftsOf(payable({ deliverTo: '09001234567', amountYen: 1 }), trusting)).toEqual({ unusable: 'below least' });
  });
});

describe('a gift ends', () => {
  // Ninety days from 10 May are 8 August: the notice's day is sooner, or there is none.
  test.each([
    ['on the day of the notice', dayNumber(2023, 7, 31), dayNumber(2023, 7, 31)],
    ['when the provider ends it, if that is sooner', dayNumber(2023, 8, 31), dayNumber(2023, 8, 8)],
    ['when the provider ends it, if nobody else does', undefined, dayNumber(2023, 8, 8)],
  ])('%s', (_, receiveBy, expiresOn) => {
    const given = giftsOf(payable({ receiveBy }), termsOf(HINODE));
    expect('gifts' in given && given.gifts.map((each) => each.expiresOn)).toEqual([expiresOn]);
  });
});

test('an address has an @, and nothing else has', () => {
  expect(['taro@example.jp', '09012345678'].map(channelOf)).toEqual(['mail', 'sms']);
});
