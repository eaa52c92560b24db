import { describe, expect, test } from 'vitest';
import { earlierPayments, shownPayment } from '../../../src/audit/explain/payment-history.ts';
import { type Carried, withCarried } from '../../../src/publish/previous.ts';
import type { PaidRow } from '../../../src/tables/tables.ts';
import { at } from './told.ts';

const AS_OF = at('2023-05-20T02:00:00+09:00');
const made = (payoutId: string, night: string, route = 'app_url'): Carried => ({
  payoutId,
  couponNumber: 'C1',
  amountYen: 2000,
  madeAt: `2023-05-${night}T02:00:00+09:00`,
  route,
});
const told = (payoutId: string, status: PaidRow['status'], day: string, more: Partial<PaidRow> = {}): PaidRow => ({
  payoutId,
  couponNumber: 'C1',
  amountYen: 2000,
  sentAt: at(`2023-05-${day}T10:00:00+09:00`),
  status,
  disposition: 'accepted',
  file: 0,
  line: 2,
  ...more,
});
const history = (paid: readonly PaidRow[], carried: readonly Carried[]) =>
  earlierPayments('C1', { paid: withCarried(paid, carried, AS_OF) }, carried, AS_OF);

describe('what was made of a coupon before', () => {
  test('is only made where no paid row speaks of it, though it counts as paid', () => {
    expect(history([], [made('P1', '08', 'bank_transfer')])).toEqual([
      {
        payoutId: 'P1',
        route: 'bank_transfer',
        amountYen: 2000,
        madeAt: at('2023-05-08T02:00:00+09:00'),
        told: [],
        standing: 'made',
      },
    ]);
  });

  test('stands as its last row says, with all that was told before', () => {
    const sent = told('P1', 'sent', '09', { disposition: 'duplicate' });
    const [payment] = history([told('P1', 'received', '11'), sent], [made('P1', '08')]);
    expect([payment?.standing, payment?.told.map(({ status }) => status)]).toEqual(['received', ['sent', 'received']]);
  });

  test('comes in its order: what failed, and what was made again', () => {
    const rows = [told('P1', 'failed', '09')];
    expect(history(rows, [made('P2', '10'), made('P1', '08')]).map((each) => [each.payoutId, each.standing])).toEqual([
      ['P1', 'failed'],
      ['P2', 'made'],
    ]);
  });

  test('is told of a payout that is not of the chain, without a way; and not of other coupons, or of later rows', () => {
    const rows = [told('X1', 'sent', '09'), told('X2', 'sent', '09', { couponNumber: 'C2' }), told('X3', 'sent', '21')];
    expect(history(rows, []).map(({ payoutId, route, standing }) => [payoutId, route, standing])).toEqual([
      ['X1', undefined, 'sent'],
    ]);
  });

  test('says of an older chain no way, and of rows that contradict each other nothing else', () => {
    expect(history([], [made('P1', '08', '')])[0]?.route).toBeUndefined();
    expect(history([], [made('P1', '08', 'constructor')])[0]?.route).toBeUndefined();
    const both = [told('X1', 'sent', '09', { disposition: 'conflicting' })];
    expect(history(both, [])[0]?.standing).toBe('contradicted');
  });
});

test('is shown with its rows and as a person reads its times', () => {
  const [payment] = history([told('P1', 'sent', '09')], [made('P1', '08')]);
  if (payment === undefined) throw new Error('no payment');
  expect(shownPayment(payment, (id) => ({ id, where: ['paid.csv:2'] }))).toEqual({
    payoutId: 'P1',
    route: 'app_url',
    amountYen: 2000,
    madeAt: '2023-05-08 02:00:00',
    standing: 'sent',
    told: [
      { at: '2023-05-09 10:00:00', status: 'sent', amountYen: 2000, row: { id: 'paid:P1', where: ['paid.csv:2'] } },
    ],
  });
});
