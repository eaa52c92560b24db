import { describe, expect, it } from 'vitest';
import { startOfDay } from '../../src/base/instants.ts';
import { drained } from '../../src/base/steps.ts';
import { readDate, readInstant } from '../../src/intake/values/dates.ts';
import type { Carried } from '../../src/publish/previous.ts';
import { countSending } from '../../src/publish/sending-counts.ts';
import { type PayoutsOfChain, toSendOf } from '../../src/publish/to-send.ts';
import type { UnsentPayout } from '../../src/publish/unsent-payouts.ts';
import type { Payout } from '../../src/settlement/payouts.ts';
import type { PaidRow } from '../../src/tables/tables.ts';
import { turnsOf } from '../support/turns.ts';

const known = <T>(read: { readonly value: T } | { readonly problem: string }): T => {
  if ('problem' in read) throw new Error(read.problem);
  return read.value;
};
const at = (written: string) => known(readInstant(written));
const RECEIVE_BY = known(readDate('2023-05-31'));
const AS_OF = at('2023-05-10 02:00');
const [FIRST, SECOND] = ['2023-05-08T02:00:00+09:00', '2023-05-09T02:00:00+09:00'];

const carried = (payoutId: string, couponNumber: string, amountYen: number, more: Partial<Carried> = {}): Carried => ({
  payoutId,
  couponNumber,
  amountYen,
  madeAt: FIRST,
  route: 'app_url',
  ...more,
});
const paid = (payoutId: string, couponNumber: string, amountYen: number, more: Partial<PaidRow> = {}): PaidRow => ({
  file: 0,
  line: 2,
  disposition: 'accepted',
  payoutId,
  couponNumber,
  amountYen,
  sentAt: at('2023-05-08 10:00'),
  status: 'sent',
  ...more,
});
const payout = (payoutId: string, coupons: readonly string[], amountYen: number): Payout => ({
  payoutId,
  route: 'app_url',
  recipient: `account:${payoutId}`,
  deliverTo: '09000000000',
  amountYen,
  coupons,
  notBefore: known(readDate('2023-04-01')),
  receiveBy: RECEIVE_BY,
});
const unsent = (payoutId: string, more: Partial<UnsentPayout> = {}): UnsentPayout => ({
  ...payout(payoutId, ['1'], 1000),
  notBefore: '2023-04-01',
  receiveBy: '2023-05-31',
  madeAt: FIRST,
  ...more,
});

const counts = (facts: Partial<PayoutsOfChain>) => {
  const chain = { payouts: [], carried: undefined, unsent: [], paid: [], asOf: AS_OF, ...facts };
  return drained(countSending(chain, drained(toSendOf(chain)), RECEIVE_BY));
};
const NONE = { count: 0, yen: 0 };

it('very many are counted in steps', () => {
  const names = Array.from({ length: 3000 }, (_, place) => `P${place}`);
  const chain: PayoutsOfChain = {
    payouts: names.map((id) => payout(`${id}b`, [id], 100)),
    carried: names.map((id) => carried(id, id, 100)),
    unsent: [],
    paid: names.slice(0, 2000).map((id) => paid(id, id, 100, { status: 'failed' })),
    asOf: AS_OF,
  };
  const { whole, turns } = turnsOf(countSending(chain, [], RECEIVE_BY));
  expect([whole.failed.count, whole.resent.count, whole.gone.count]).toEqual([2000, 2000, 1000]);
  expect(turns).toBeGreaterThan(40);
});

describe('what became of a payout', () => {
  it('is what its rows say; of a coupon without a row in a payout that is spoken of, that it was sent', () => {
    const sending = counts({
      carried: [
        carried('P1', '1', 100),
        carried('P1', '2', 20),
        carried('P2', '3', 3000),
        carried('P3', '4', 40_000),
        carried('P4', '5', 500_000),
      ],
      unsent: [unsent('P4')],
      paid: [
        paid('P1', '1', 100, { status: 'received' }),
        paid('P2', '3', 3000, { status: 'expired' }),
        paid('P3', '4', 40_000, { status: 'failed' }),
        paid('P3', '4', 40_000, { disposition: 'duplicate' }),
        paid('P5', '6', 6, { file: -1 }),
      ],
    });
    expect(sending).toMatchObject({
      // P1 counts in both: 100 yen of it were received, of 20 nothing was told.
      sent: { count: 1, yen: 20 },
      received: { count: 1, yen: 100 },
      expired: { count: 1, yen: 3000 },
      failed: { count: 1, yen: 40_000 },
      conflicting: NONE,
      toSend: { now: { count: 1, yen: 500_000, routes: { app_url: { count: 1, yen: 500_000 } } }, later: NONE },
    });
  });

  it('is told of payouts that are of no chain, too, and not of what is after as-of', () => {
    const rows = [paid('P1', '1', 100), paid('P2', '2', 20, { disposition: 'after_as_of', sentAt: AS_OF })];
    expect(counts({ paid: rows }).sent).toEqual({ count: 1, yen: 100 });
  });

  it('is conflicting where rows contradict each other or the chain: the larger amount counts, once', () => {
    const conflicting = { disposition: 'conflicting' as const };
    const rows = [paid('P1', '1', 90, conflicting), paid('P2', '2', 30, conflicting), paid('P2', '2', 20, conflicting)];
    const sending = counts({ carried: [carried('P1', '1', 100)], paid: rows });
    expect(sending).toMatchObject({ conflicting: { count: 2, yen: 130 }, sent: NONE });
  });

  it('is unknown of those that were made before there was a to_send.csv, and of those whose rows have gone', () => {
    const sending = counts({ carried: [carried('P1', '1', 100, { route: '' }), carried('P2', '2', 20)] });
    expect(sending).toMatchObject({ ofOlderVersions: { count: 1, yen: 100 }, gone: { count: 1, yen: 20 }, sent: NONE });
  });
});

describe('a payout that failed is paid again', () => {
  const failed = paid('P1', '1', 1300, { status: 'failed' });
  const first = carried('P1', '1', 1300);
  const resent = { resent: { count: 1, yen: 1300 }, notResent: NONE };
  const notResent = { resent: NONE, notResent: { count: 1, yen: 1300 } };

  it.each<[string, Partial<PayoutsOfChain>, object]>([
    ['by one of this night', { carried: [first], payouts: [payout('P9', ['1'], 1300)] }, resent],
    ['by one of a later night', { carried: [first, carried('P2', '1', 1300, { madeAt: SECOND })] }, resent],
    [
      'by one with other coupons in it, and of another sum',
      { carried: [first], payouts: [payout('P9', ['1', '7'], 2000)] },
      resent,
    ],
    ['not by one of another coupon', { carried: [first], payouts: [payout('P9', ['2'], 1300)] }, notResent],
    [
      'not by one that was made before it',
      { carried: [{ ...first, madeAt: SECOND }, carried('P0', '1', 700)], paid: [failed, paid('P0', '1', 700)] },
      notResent,
    ],
    [
      'without a chain, by one of which a later row tells',
      { paid: [failed, paid('P2', '1', 1300, { sentAt: at('2023-05-09 10:00') })] },
      resent,
    ],
    [
      'without a chain, not by one that was sent before it failed',
      { paid: [failed, paid('P0', '1', 700, { sentAt: at('2023-05-07 10:00') })] },
      notResent,
    ],
  ])('%s', (_, facts, expected) => {
    expect(counts({ paid: [failed], ...facts })).toMatchObject({ failed: { count: 1, yen: 1300 }, ...expected });
  });

  it('each by the one after it: the second that failed is still open', () => {
    const sending = counts({
      carried: [first, carried('P2', '1', 1300, { madeAt: SECOND })],
      paid: [failed, paid('P2', '1', 1300, { status: 'failed' })],
    });
    expect(sending).toMatchObject({
      failed: { count: 2, yen: 2600 },
      resent: { count: 1, yen: 1300 },
      notResent: { count: 1, yen: 1300 },
    });
  });
});

describe('a day by which something must be received', () => {
  const sent = { carried: [carried('P1', '1', 100)], paid: [paid('P1', '1', 100)] };
  const one = { count: 1, yen: 100 };

  // Seven days before the end of 05-31: from 05-24 to 05-31 it lapses, from 06-01 on it has.
  it.each([
    ['2023-05-23', NONE, NONE],
    ['2023-05-24', one, NONE],
    ['2023-05-31', one, NONE],
    ['2023-06-01', NONE, one],
  ])('is watched: as of %s', (day, lapsing, lapsed) => {
    const asOf = startOfDay(known(readDate(day)));
    expect(counts({ ...sent, asOf }).deadline).toEqual({
      days: 7,
      lapsing: { sent: lapsing, toSend: NONE },
      lapsed: { sent: lapsed, toSend: NONE },
    });
    const waiting = counts({ carried: [carried('P2', '1', 100)], unsent: [unsent('P2')], asOf });
    expect(waiting.deadline).toEqual({
      days: 7,
      lapsing: { sent: NONE, toSend: lapsing },
      lapsed: { sent: NONE, toSend: lapsed },
    });
  });

  it.each<[string, Partial<PayoutsOfChain>]>([
    ['a bank transfer', { ...sent, carried: [carried('P1', '1', 100, { route: 'bank_transfer' })] }],
    [
      'a payout that a person approved after that day',
      {
        ...sent,
        carried: [carried('P1', '1', 100, { madeAt: '2023-06-01T02:00:00+09:00' })],
        asOf: at('2023-06-02 02:00'),
      },
    ],
    ['what was received', { ...sent, paid: [paid('P1', '1', 100, { status: 'received' })] }],
    ['a payout without one', { carried: [carried('P2', '1', 100)], unsent: [unsent('P2', { receiveBy: '' })] }],
  ])('is none of %s', (_, facts) => {
    const { lapsing, lapsed } = counts({ asOf: at('2023-05-30 02:00'), ...facts }).deadline;
    expect([lapsing, lapsed]).toEqual([
      { sent: NONE, toSend: NONE },
      { sent: NONE, toSend: NONE },
    ]);
  });
});
