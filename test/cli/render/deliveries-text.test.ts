import { describe, expect, test } from 'vitest';
import {
  type DeliveriesTold,
  deliveriesSummary,
  deliveriesText,
  deliveryProblem,
} from '../../../src/cli/render/deliveries-text.ts';
import { translateTo } from '../../../src/cli/terminal/language.ts';
import type { DeliveryFault } from '../../../src/disbursement/gift/deliveries.ts';

const row = (payoutId: string, status: 'sent' | 'failed', amountYen: number) => ({
  payoutId,
  status,
  amountYen,
  sentAt: 0,
});
const told: DeliveriesTold = {
  out: 'paid.csv',
  deliveries: {
    paid: [row('P1', 'sent', 1000), row('P2', 'sent', 1500), row('P3', 'failed', 700)],
    waiting: ['P4'],
    questions: [{ payoutId: 'P5', why: 'gifts missing', where: 'r.csv:7' }],
  },
  unanswered: ['P6', 'P7'],
};

describe('deliveries are told', () => {
  test('to a person: by state, what is open, and what is to be asked', () => {
    expect(deliveriesText(told, translateTo('en'))).toBe(
      [
        'paid.csv: 3 payouts',
        '  sent: 2 payouts 2,500 yen',
        '  failed (the next run makes them anew): 1 payouts 700 yen',
        'not sent yet: 1 payouts',
        'ordered, and not in these results: 2 payouts',
        '? P5 (r.csv:7): some of its gifts are not in the result; ask the provider',
        '',
      ].join('\n'),
    );
    expect(deliveriesText(told, translateTo('ja'))).toContain('送付済: 2 件 2,500円');
  });

  test('to a program', () => {
    expect(deliveriesSummary(told)).toMatchObject({
      sent: { payouts: 2, yen: 2500 },
      failed: { payouts: 1, yen: 700 },
      received: { payouts: 0, yen: 0 },
      waiting: ['P4'],
      unanswered: ['P6', 'P7'],
    });
  });
});

const AT = { payoutId: 'P1', where: 'r.csv:2' } as const;
const FAULTS: readonly (readonly [DeliveryFault, string, RegExp])[] = [
  [{ ...AT, fault: 'never ordered' }, 'UNKNOWN_DELIVERY', /P1 was never ordered/],
  [{ ...AT, fault: 'went out by bank' }, 'UNKNOWN_DELIVERY', /P1 went out by bank/],
  [{ ...AT, fault: 'no amount' }, 'BAD_DELIVERY', /P1 has no amount/],
  [
    { ...AT, fault: 'not what was ordered', saidYen: 1234, orderedYen: 12_340 },
    'DELIVERY_AMOUNT',
    /1,234 yen, but 12,340/,
  ],
  [{ ...AT, fault: 'other number of gifts', than: 'r.csv:1' }, 'DELIVERY_CONTRADICTS', /than r\.csv:1/],
  [{ ...AT, fault: 'other amount', than: 'r.csv:1' }, 'DELIVERY_CONTRADICTS', /than r\.csv:1/],
  [{ ...AT, fault: 'other outcome', than: 'r.csv:1' }, 'DELIVERY_CONTRADICTS', /than r\.csv:1/],
];

test.each(FAULTS)('what cannot be true, $fault, is told with its row', (fault, code, words) => {
  const { what, ...problem } = deliveryProblem(fault);
  expect(problem).toMatchObject({ code, where: 'r.csv:2' });
  expect(what.en).toMatch(words);
  expect(what.ja).toMatch(/[ぁ-ん]/);
});
