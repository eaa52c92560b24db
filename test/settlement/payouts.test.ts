import { expect, test } from 'vitest';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { sha256 } from '../../src/publish/hash.ts';
import { type Payable, payoutsOf } from '../../src/settlement/payouts.ts';

/** The id of a payout for one coupon, for which paid rows name these payouts. */
function idWhere(payoutsNamed: readonly string[], more: Partial<Payable> = {}): string | undefined {
  const payable: Payable = {
    couponNumber: '0001',
    route: 'app_url',
    recipient: 'account:A1',
    deliverTo: '',
    withoutDeadline: false,
    payoutsNamed,
    payableYen: 500,
    ...more,
  };
  return payoutsOf([payable], KAGOSHIMA, { digest: sha256 })[0]?.payoutId;
}

test('a payout id is the same for the same paid rows, and another one after each payout', () => {
  expect(idWhere([])).toBe(idWhere([]));
  expect(new Set([idWhere([]), idWhere(['P1']), idWhere(['P1', 'P2'])]).size).toBe(3);
});

test('a payout id says nothing of who is paid: it is the same whoever that is', () => {
  const ids = ['contact:09000000001', 'contact:09000000002', 'account:A2'].map((recipient) =>
    idWhere([], { recipient, deliverTo: recipient.slice(8) }),
  );
  expect(new Set([...ids, idWhere([])]).size).toBe(1);
  expect(idWhere([], { route: 'application_url' })).not.toBe(idWhere([]));
  expect(idWhere([], { couponNumber: '0002' })).not.toBe(idWhere([]));
});

// Found by the simulation: a paid row named a wrong coupon for some days, and once it was mended the count stood again
// where it had stood when the last payout was made.
test('a payout id is never given again, though as many payouts are named as when it was given', () => {
  const given = idWhere(['P1', 'named by mistake']) ?? '';
  const next = idWhere(['P1', given]) ?? '';
  expect(next).not.toBe(given);
  expect(idWhere([given, 'P1'])).toBe(next);
  expect(idWhere([given, next])).not.toBe(next);
});
