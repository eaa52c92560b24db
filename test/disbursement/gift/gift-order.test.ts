import { describe, expect, test } from 'vitest';
import { dayNumber } from '../../../src/base/instants.ts';
import { drained } from '../../../src/base/steps.ts';
import { GIFT_ROUTES, giftOrder, LEFT_OUT, type Waiting } from '../../../src/disbursement/gift/gift-order.ts';
import type { Provider } from '../../../src/disbursement/gift/provider.ts';
import { CHANNELS } from '../../../src/rules/channels/index.ts';
import { payoutId } from '../../support/sending-run.ts';
import { ORDERED_ON, payable, SAKURA, termsOf } from './made-up.ts';

const waiting = (number: number, changed: Partial<Waiting> = {}): Waiting => ({
  ...payable({ payoutId: payoutId(number) }),
  notBefore: dayNumber(2023, 4, 10),
  ...changed,
});

/** Numbers of payouts by what became of them. */
function fates(rows: readonly Waiting[], provider: Provider = SAKURA, before: readonly number[] = []) {
  const terms = { ...termsOf(provider), orderedBefore: new Set(before.map(payoutId)) };
  const { ordered, unusable, leftOut, files } = drained(giftOrder(rows, terms));
  const numbers = (of: readonly { readonly payoutId: string }[]) =>
    of.map((each) => Number.parseInt(each.payoutId.slice(1), 16));
  return {
    ordered: numbers(ordered),
    unusable: numbers(unusable.map(({ payout }) => payout)),
    inFiles: numbers(files.flatMap(({ gifts }) => gifts.map(({ payout }) => payout))),
    ...Object.fromEntries(LEFT_OUT.map((why) => [why, numbers(leftOut[why])])),
  };
}

describe('an order', () => {
  // §8: what has a deadline to be received goes by URL; a bank transfer has none.
  test('is of the routes that end at a provider, and of no other', () => {
    expect(GIFT_ROUTES).toEqual(CHANNELS.filter(({ hasDeadline }) => hasDeadline).map(({ id }) => id));
    const rows = [waiting(1), waiting(2, { route: 'application_url' }), waiting(3, { route: 'bank_transfer' })];
    expect(fates(rows)).toMatchObject({ ordered: [1, 2], inFiles: [1, 2] });
  });

  test('holds what may be sent on its day, from the first day to the last', () => {
    const rows = [
      waiting(1, { notBefore: ORDERED_ON }),
      waiting(2, { notBefore: ORDERED_ON + 1 }),
      waiting(3, { receiveBy: ORDERED_ON }),
      waiting(4, { receiveBy: ORDERED_ON - 1 }),
    ];
    expect(fates(rows)).toMatchObject({ ordered: [1, 3], 'not due': [2], 'past receive-by': [4] });
  });

  test('holds nothing that was ordered before, and says so first', () => {
    const rows = [waiting(1, { deliverTo: '09001234567' }), waiting(2)];
    expect(fates(rows, SAKURA, [1])).toMatchObject({ ordered: [2], 'ordered before': [1], unusable: [] });
  });

  test('leaves out what the provider cannot send, and asks nobody of what is not due', () => {
    const rows = [waiting(1, { amountYen: 99 }), waiting(2, { amountYen: 99, notBefore: ORDERED_ON + 1 }), waiting(3)];
    expect(fates(rows)).toMatchObject({ ordered: [3], unusable: [1], 'not due': [2] });
  });

  // 2,000 of 5,000 leave 3,000: 3,001 do not fit, 3,000 do.
  test('stays within what may be ordered at once', () => {
    const rows = [waiting(1), waiting(2, { amountYen: 3001 }), waiting(3, { amountYen: 3000 })];
    expect(fates(rows, { ...SAKURA, mostYenPerOrder: 5000 })).toMatchObject({ ordered: [1, 3], 'over the limit': [2] });
  });

  test('says to which numbers it goes on trust', () => {
    const terms = { ...termsOf(SAKURA), trustNumbers: true, orderedBefore: new Set<string>() };
    const { ordered, doubtful } = drained(giftOrder([waiting(1), waiting(2, { deliverTo: '08001234567' })], terms));
    expect(ordered).toHaveLength(2);
    expect(doubtful).toMatchObject([{ payout: { payoutId: payoutId(2) }, why: 'phone: free of charge' }]);
  });

  test('is empty where nothing waits', () => {
    expect(drained(giftOrder([], { ...termsOf(SAKURA), orderedBefore: new Set() })).files).toEqual([]);
  });
});

test('of very many payouts others have turns', () => {
  const steps = giftOrder(
    Array.from({ length: 1000 }, (_, at) => waiting(at + 1)),
    { ...termsOf(SAKURA), orderedBefore: new Set() },
  );
  let turns = 0;
  while (steps.next().done !== true) turns++;
  expect(turns).toBeGreaterThanOrEqual(3);
});
