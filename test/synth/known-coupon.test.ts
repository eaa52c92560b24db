import { describe, expect, test } from 'vitest';
import { type KnownCoupon, lastSecondOf, leftAt, rowsOf } from '../../src/synth/known-coupon.ts';

const COUPON: KnownCoupon = {
  shows: 'a payment that is undone',
  person: { place: 1, account: 'none', hasContact: true },
  medium: 'paper',
  prefecture: '13',
  isOurs: true,
  cohort: undefined,
  expiry: 0,
  issuedAt: 100,
  faceYen: 2000,
  payments: [
    { at: 200, yen: 700, shop: 1 },
    { at: 300, yen: 500, shop: 2, cancelledAt: 400 },
  ],
  sales: [],
  wronged: undefined,
  claim: undefined,
  application: undefined,
};

describe('what is left on it', () => {
  test.each([
    ['is its face value before anything is paid', 200, 2000],
    ['is less from the second after a payment on', 201, 1300],
    ['is less by all that was paid before', 301, 800],
    ['is not more at the second of a cancel', 400, 800],
    ['is more in the second after it', 401, 1300],
  ])('%s', (_, second, yen) => expect(leftAt(COUPON, second)).toBe(yen));
});

test('a cancel is a row of the log, too, and nothing happens after the last of payment, call and application', () => {
  expect(rowsOf(COUPON)).toBe(3);
  expect(lastSecondOf(COUPON)).toBe(400);
  expect(lastSecondOf({ ...COUPON, application: { at: 500, method: 'points' } })).toBe(500);
  expect(lastSecondOf({ ...COUPON, claim: { at: 600, kind: 'double_charge', shop: 1 } })).toBe(600);
  expect(lastSecondOf({ ...COUPON, payments: [] })).toBe(100);
});
