import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { earlierPayoutIds, withPresentIds } from '../../src/disbursement/earlier-payout-ids.ts';
import type { Order } from '../../src/disbursement/orders.ts';
import type { ToSend } from '../../src/disbursement/to-send.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { sha256 } from '../../src/publish/hash.ts';
import { payoutsOf } from '../../src/settlement/payouts.ts';

/** As 3-rules.md §8 had it before: policy, route, recipient, each coupon with how many payouts paid rows name. */
const idBefore = (recipient: string, parts: readonly string[]): string =>
  `P${createHash('sha256')
    .update(['payout', 'made-up', 'app_url', recipient, ...parts].join('\x1d'))
    .digest('hex')
    .slice(0, 16)}`;

const payout: ToSend = {
  payoutId: 'P00000000000000aa',
  route: 'app_url',
  recipient: 'account:A1',
  deliverTo: '',
  amountYen: 3000,
  couponCount: 2,
  coupons: ['0001', '0002'],
  notBefore: 0,
  receiveBy: undefined,
  madeAt: '',
};
const order = (payoutId: string): Order => ({
  payoutId,
  route: 'app_url',
  amountYen: 3000,
  orderedAt: '2031-05-01',
  file: 'z.txt',
  fileSha256: '00'.repeat(32),
});
const ids = (orders: readonly Order[]): readonly string[] => orders.map(({ payoutId }) => payoutId);

test('the ids that a payout may have had before are told, however often its coupons were paid', () => {
  const found = earlierPayoutIds(payout, 'made-up');
  expect(found[0]).toBe(idBefore('account:A1', ['0001\x1f0', '0002\x1f0']));
  expect(found[2]).toBe(idBefore('account:A1', ['0001\x1f2', '0002\x1f2']));
  expect(new Set(found).size).toBe(10);
});

test('the first of them is what a run of an earlier version comes to, once it is executed again', () => {
  const payables = payout.coupons.map((couponNumber) => ({
    ...{ couponNumber, route: 'app_url' as const, recipient: payout.recipient, deliverTo: '', withoutDeadline: false },
    ...{ payoutsNamed: [], payableYen: 1500 },
  }));
  const [made] = payoutsOf(payables, KAGOSHIMA, { digest: sha256, idForm: 'with contacts' });
  expect(made?.payoutId).toBe(earlierPayoutIds(payout, KAGOSHIMA.id)[0]);
});

test('what was ordered under an earlier id is known under the present one, too', () => {
  const before = order(idBefore('account:A1', ['0001\x1f1', '0002\x1f1']));
  expect(ids(drained(withPresentIds([before], [payout], 'made-up')))).toEqual([before.payoutId, payout.payoutId]);
});

test.each([
  ['another recipient', idBefore('account:A2', ['0001\x1f0', '0002\x1f0'])],
  ['one coupon less', idBefore('account:A1', ['0001\x1f0'])],
])('an order for %s is none for it', (_, id) => {
  expect(ids(drained(withPresentIds([order(id)], [payout], 'made-up')))).toEqual([id]);
});

test('what was ordered under the present id stands once', () => {
  expect(ids(drained(withPresentIds([order(payout.payoutId)], [payout], 'made-up')))).toEqual([payout.payoutId]);
});
