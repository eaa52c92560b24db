import { describe, expect, test } from 'vitest';
import {
  giftOrderSummary,
  giftOrderText,
  type OrderTold,
  unusableProblem,
} from '../../../src/cli/render/gift-order-text.ts';
import { translateTo } from '../../../src/cli/terminal/language.ts';
import type { GiftOrder } from '../../../src/disbursement/gift/gift-order.ts';
import { payoutId } from '../../support/sending-run.ts';

const payout = (number: number, amountYen: number) => ({
  payoutId: payoutId(number),
  route: 'app_url',
  deliverTo: '09012345678',
  amountYen,
  receiveBy: undefined,
});
const gift = (number: number, amountYen: number, of: number) => ({
  key: `K${number}`,
  payout: BIG,
  amountYen,
  expiresOn: of,
});
const BIG = payout(1, 12_000);
const file = {
  name: 'a.csv',
  channel: 'sms',
  gifts: [gift(1, 10_000, 0), gift(2, 2000, 0)],
  bytes: new Uint8Array(),
} as const;
const order: GiftOrder = {
  files: [file],
  ordered: [BIG],
  unusable: [{ payout: payout(2, 30), why: 'below least' }],
  doubtful: [{ payout: BIG, why: 'phone: not assigned' }],
  leftOut: {
    'ordered before': [payout(3, 1000), payout(4, 1500)],
    'not due': [],
    'past receive-by': [],
    'over the limit': [],
  },
};
const told: OrderTold = {
  provider: 'x',
  orderedOn: '2023-05-10',
  order,
  files: [{ path: 'out/a.csv', sha256: 'ab', file }],
};

describe('an order is told', () => {
  test('to a person, payouts and yen, in either language', () => {
    expect(giftOrderText(told, translateTo('en'))).toBe(
      [
        'ordered on 2023-05-10: 1 payouts, 12,000 yen',
        '  out/a.csv: 1 payouts, 12,000 yen in 2 rows',
        'ordered before: 2 payouts, 2,500 yen',
        'ordered, though the number is doubtful: 1 payouts, 12,000 yen',
        `  ${payoutId(1)} 12,000 yen: no number that a mobile phone can have (a zero behind the prefix, for instance)`,
        'left out, for the provider cannot send them: 1 payouts, 30 yen',
        `  ${payoutId(2)} 30 yen: less than the least amount of a gift`,
        '',
      ].join('\n'),
    );
    expect(giftOrderText(told, translateTo('ja'))).toContain('依頼済み: 2 件 2,500円');
  });

  test('to a program, by ids and without a contact', () => {
    expect(giftOrderSummary(told)).toEqual({
      provider: 'x',
      orderedOn: '2023-05-10',
      ordered: { payouts: 1, yen: 12_000 },
      files: [{ path: 'out/a.csv', sha256: 'ab', channel: 'sms', payouts: 1, gifts: 2, yen: 12_000 }],
      unusable: [{ payoutId: payoutId(2), amountYen: 30, why: 'below least' }],
      doubtful: [{ payoutId: payoutId(1), amountYen: 12_000, why: 'phone: not assigned' }],
      leftOut: {
        'ordered before': [payoutId(3), payoutId(4)],
        'not due': [],
        'past receive-by': [],
        'over the limit': [],
      },
    });
    expect(JSON.stringify(giftOrderSummary(told))).not.toContain('0901');
  });
});

// What can be done differs: a contact is mended by the person, an amount by the profile or by another way.
test.each([
  ['phone: free of charge', /--paid/],
  ['mail: not ascii', /--paid/],
  ['above most', /provider profile/],
  ['no channel', /provider profile/],
] as const)('what cannot be sent for %s says what to do', (why, advice) => {
  const problem = unusableProblem(BIG, why);
  expect([problem.code, problem.where]).toEqual(['CANNOT_BE_SENT', payoutId(1)]);
  expect(problem.advice.en).toMatch(advice);
  expect(JSON.stringify(problem)).not.toContain('0901');
});
