import { describe, expect, test } from 'vitest';
import { deliveriesOf, type OrderedPayout } from '../../../src/disbursement/gift/deliveries.ts';
import type { DeliveryRow } from '../../../src/disbursement/gift/delivery-rows.ts';
import type { DeliveryState } from '../../../src/disbursement/gift/provider.ts';
import { payoutId } from '../../support/sending-run.ts';

let line = 1;
const row = (state: DeliveryState, at: number | undefined, changed: Partial<DeliveryRow> = {}): DeliveryRow => ({
  payoutId: payoutId(1),
  part: 1,
  parts: 1,
  state,
  at,
  amountYen: 2000,
  where: `r.csv:${++line}`,
  ...changed,
});
const part = (number: number, state: DeliveryState, at: number | undefined, amountYen: number | undefined = 1000) =>
  row(state, at, { part: number, parts: 2, amountYen });
const ordered = (changed: Partial<OrderedPayout> = {}): readonly OrderedPayout[] => [
  { payoutId: payoutId(1), route: 'app_url', amountYen: 2000, ...changed },
];

/** What one payout came to. */
function fate(rows: readonly DeliveryRow[], orders: readonly OrderedPayout[] | undefined = ordered()): unknown {
  const outcome = deliveriesOf(rows, orders);
  if ('faults' in outcome) return outcome.faults.map(({ fault }) => fault);
  const { paid, waiting, questions } = outcome.deliveries;
  if (waiting.length > 0) return 'waiting';
  return questions[0]?.why ?? paid.map(({ status, sentAt, amountYen }) => [status, sentAt, amountYen])[0];
}

describe('a payout of one gift', () => {
  test.each(['sent', 'received', 'failed', 'expired'] as const)('that was %s is a paid row', (state) => {
    expect(fate([row(state, 5)])).toEqual([state, 5, 2000]);
  });

  test('that waits is none', () => {
    expect(fate([row('waiting', undefined)])).toBe('waiting');
  });

  // 2-data.md: the latest sent_at stands, at the same instant a final status before sent.
  test.each([
    ['what came later', [row('sent', 5), row('received', 6)], ['received', 6, 2000]],
    ['in any order of rows', [row('received', 6), row('sent', 5)], ['received', 6, 2000]],
    ['a final word at the same instant', [row('failed', 5), row('sent', 5)], ['failed', 5, 2000]],
    ['what was sent again after it failed', [row('failed', 5), row('sent', 7)], ['sent', 7, 2000]],
    ['what was sent after it waited', [row('sent', 5), row('waiting', undefined)], ['sent', 5, 2000]],
    ['a repeat of it', [row('sent', 5), row('sent', 5)], ['sent', 5, 2000]],
  ])('is %s', (_, rows, expected) => {
    expect(fate(rows)).toEqual(expected);
  });
});

describe('a payout of two gifts', () => {
  test.each([
    ['both sent: when the later one was', [part(1, 'sent', 5), part(2, 'sent', 7)], ['sent', 7, 2000]],
    ['both received', [part(1, 'received', 8), part(2, 'received', 7)], ['received', 8, 2000]],
    ['one of them received is sent', [part(1, 'received', 8), part(2, 'sent', 7)], ['sent', 8, 2000]],
    ['both failed', [part(1, 'failed', 5), part(2, 'failed', 5)], ['failed', 5, 2000]],
    ['both expired', [part(1, 'expired', 5), part(2, 'expired', 6)], ['expired', 6, 2000]],
    ['one waits', [part(1, 'failed', 5), part(2, 'waiting', undefined)], 'waiting'],
    ['one failed', [part(1, 'sent', 5), part(2, 'failed', 5)], 'gifts differ'],
    ['one expired', [part(1, 'received', 5), part(2, 'expired', 5)], 'gifts differ'],
    ['one failed, one expired', [part(1, 'failed', 5), part(2, 'expired', 5)], 'gifts differ'],
    ['one is not told of', [part(2, 'sent', 5)], 'gifts missing'],
  ])('%s', (_, rows, expected) => {
    expect(fate(rows)).toEqual(expected);
  });
});

describe('what cannot be true is refused', () => {
  test.each([
    ['a payout that was never ordered', [row('sent', 5)], [], ['never ordered']],
    ['one that went out by bank', [row('sent', 5)], ordered({ route: 'bank_transfer' }), ['went out by bank']],
    ['another amount than was ordered', [row('sent', 5)], ordered({ amountYen: 1999 }), ['not what was ordered']],
    [
      'gifts that come to another amount',
      [part(1, 'sent', 5), part(2, 'sent', 5, 999)],
      ordered(),
      ['not what was ordered'],
    ],
    ['one gift of two that is all of it', [part(1, 'sent', 5, 2000)], ordered(), ['not what was ordered']],
    ['two amounts of one gift', [row('sent', 5), row('received', 6, { amountYen: 1 })], ordered(), ['other amount']],
    ['two final words at one instant', [row('failed', 5), row('received', 5)], ordered(), ['other outcome']],
    ['one gift of one, and of two', [row('sent', 5), part(1, 'sent', 5)], ordered(), ['other number of gifts']],
    ['no amount, and nobody who knows it', [row('sent', 5, { amountYen: undefined })], undefined, ['no amount']],
  ])('%s', (_, rows, orders, faults) => {
    expect(deliveriesOf(rows, orders)).toMatchObject({ faults: faults.map((fault) => ({ fault })) });
  });

  test('all of it, payout by payout, with both rows', () => {
    const [first, second] = [row('failed', 5, { where: 'r.csv:2' }), row('received', 5, { where: 'r.csv:3' })];
    const other = row('sent', 5, { payoutId: payoutId(2), where: 'r.csv:4' });
    expect(deliveriesOf([other, first, second], ordered())).toEqual({
      faults: [
        { fault: 'other outcome', payoutId: payoutId(1), where: 'r.csv:3', than: 'r.csv:2' },
        { fault: 'never ordered', payoutId: payoutId(2), where: 'r.csv:4' },
      ],
    });
  });
});

describe('the amount is', () => {
  test('what was ordered, where the provider does not say', () => {
    expect(fate([row('sent', 5, { amountYen: undefined })])).toEqual(['sent', 5, 2000]);
  });

  test('what the provider says, where nobody knows what was ordered', () => {
    expect(deliveriesOf([row('sent', 5)], undefined)).toMatchObject({ deliveries: { paid: [{ amountYen: 2000 }] } });
  });

  test('told by one of a gift\u2019s rows', () => {
    expect(fate([row('sent', 5), row('received', 6, { amountYen: undefined })])).toEqual(['received', 6, 2000]);
  });
});

test('payouts come by their ids, whatever the order of rows', () => {
  const rows = [3, 1, 2].map((number) => row('sent', 5, { payoutId: payoutId(number) }));
  const outcome = deliveriesOf(rows, undefined);
  expect('deliveries' in outcome && outcome.deliveries.paid.map((each) => each.payoutId)).toEqual(
    [1, 2, 3].map(payoutId),
  );
});
