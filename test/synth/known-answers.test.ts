import { describe, expect, test } from 'vitest';
import { knownAnswers, type WrittenCoupon } from '../../src/synth/known-answers.ts';
import type { KnownCoupon } from '../../src/synth/known-coupon.ts';
import { DAY, type SeasonCohort, seasonOf } from '../../src/synth/season.ts';
import { type ChangedTerms2, policyOfCohorts } from '../policy/version-2.ts';

const { terms: TERMS } = policyOfCohorts();
const SEASON = seasonOf(TERMS);
const [COHORT] = SEASON.cohorts as readonly [SeasonCohort];
/** A noon within the days on which both kinds of applications are open, and a day by which all extensions are over. */
const APPLIED = 22_500 * DAY;
const AS_OF = (SEASON.lastExpiry + 10) * DAY;
const CLAIM = { at: SEASON.windows[0].from + DAY, kind: 'cash_and_deducted', shop: 1 } as const;

/** Of 2,000 yen of which 500 are left, on an active account. */
const COUPON: KnownCoupon = {
  shows: 'x',
  person: { place: 1, account: 'active', hasContact: true },
  medium: 'paper',
  prefecture: '13',
  isOurs: true,
  cohort: COHORT,
  expiry: COHORT.expiry,
  issuedAt: SEASON.windows[0].from - DAY,
  faceYen: 2000,
  payments: [{ at: SEASON.windows[0].from, yen: 1500, shop: 1 }],
  sales: [],
  wronged: undefined,
  claim: undefined,
  application: undefined,
};
const written = (coupon: Partial<KnownCoupon>, number = '1'): WrittenCoupon => ({
  coupon: { ...COUPON, ...coupon },
  number,
  recipients: { bank_transfer: 'bank:1', app_url: 'account:1', application_url: 'contact:1' },
});
const answersOf = (coupons: readonly WrittenCoupon[], changed: ChangedTerms2 = {}) =>
  knownAnswers(coupons, policyOfCohorts(undefined, changed).terms, AS_OF);
const answerOf = (coupon: Partial<KnownCoupon>, changed: ChangedTerms2 = {}) =>
  answersOf([written(coupon)], changed).coupons[0];

describe('a coupon of which everything is known', () => {
  test.each<readonly [string, Partial<KnownCoupon>, ChangedTerms2, object]>([
    [
      'is paid to its account',
      {},
      {},
      { status: 'payable', grounds: 'A', payableYen: 500, route: 'app_url', validUntil: '2031-08-20' },
    ],
    [
      'has no ground where too little was left',
      {},
      { minimumResidualYen: 501 },
      { listed: false, status: 'not_eligible' },
    ],
    [
      'is out of scope',
      { isOurs: false, application: { at: APPLIED, method: 'points' } },
      {},
      { listed: true, reasons: 'OUT_OF_SCOPE' },
    ],
    [
      'is put back what was deducted wrongly',
      { wronged: { ground: 'B1', yen: 1500 }, claim: CLAIM },
      {},
      { grounds: 'A+B1', payableYen: 2000 },
    ],
    [
      'waits for a call',
      { cohort: undefined, wronged: { ground: 'B1', yen: 1500 } },
      { claimsClose: undefined },
      { status: 'awaiting_claim', reasons: 'CLAIM_AWAITED' },
    ],
    [
      'has lapsed once calls are closed',
      { cohort: undefined, wronged: { ground: 'B1', yen: 1500 } },
      {},
      { status: 'lapsed', reasons: 'CLAIMS_CLOSED', payableYen: 0 },
    ],
    [
      'is asked about a call that fits nothing',
      { cohort: undefined, claim: CLAIM },
      {},
      { status: 'in_review', reasons: 'CLAIM_MISMATCH' },
    ],
    [
      'gets a share',
      {},
      { compensation: { kind: 'percentage', percent: 33, rounding: 'up' } },
      { payableYen: 165, residualYen: 500 },
    ],
    [
      'gets nothing below the minimum',
      {},
      { compensation: { kind: 'balance', minimumYen: 501 } },
      { status: 'used_up', reasons: 'BELOW_MINIMUM' },
    ],
    [
      'is asked about above its face value',
      {},
      { compensation: { kind: 'fixed', yen: 2001 } },
      { status: 'in_review', reasons: 'EXCEEDS_FACE', payableYen: 0 },
    ],
    [
      'cannot be sent without a contact',
      { person: { place: 1, account: 'active', hasContact: false } },
      {},
      { status: 'in_review', reasons: 'NO_CONTACT' },
    ],
    [
      'asks for what is not offered',
      { application: { at: APPLIED, method: 'bank_transfer' } },
      { bank: undefined },
      { route: 'app_url', reasons: 'METHOD_NOT_OFFERED' },
    ],
    [
      'is not applied for in time',
      { application: { at: 0, method: 'bank_transfer' } },
      {},
      { route: 'app_url', reasons: 'APPLICATION_OUT_OF_TIME' },
    ],
  ])('%s', (_, coupon, changed, answer) => expect(answerOf(coupon, changed)).toMatchObject(answer));

  test('is not judged before its extension is over', () => {
    expect(() => knownAnswers([written({})], TERMS, COHORT.secondEnd - 1)).toThrow('before its extension is over');
  });
});

describe('what one person gets', () => {
  const three = ['2', '3', '1'].map((number) => written({}, number));

  test('is one payout, of the coupons in the order of their numbers', () => {
    expect(answersOf(three).payouts).toEqual([
      {
        route: 'app_url',
        recipient: 'account:1',
        amountYen: 1500,
        couponNumbers: ['1', '2', '3'],
        notBefore: '2031-08-21',
        receiveBy: '2031-10-01',
      },
    ]);
  });

  test.each([
    [1500, [500, 500, 500], ['', '', '']],
    [1499, [500, 500, 499], ['', '', 'CAPPED_PER_PERSON']],
    [700, [500, 200, 0], ['', 'CAPPED_PER_PERSON', 'CAPPED_PER_PERSON']],
  ])('ends at a cap of %i yen', (capPerPersonYen, yen, reasons) => {
    const { coupons, payouts } = answersOf(three, { compensation: { kind: 'balance', capPerPersonYen } });
    expect(coupons.map(({ payableYen }) => payableYen)).toEqual(yen);
    expect(coupons.map((coupon) => coupon.reasons)).toEqual(reasons);
    expect(payouts.map(({ amountYen }) => amountYen)).toEqual([capPerPersonYen]);
    expect(coupons.map(({ status }) => status).filter((status) => status === 'used_up').length).toBe(
      yen.filter((each) => each === 0).length,
    );
  });

  test('is held where an account has more coupons than one person', () => {
    expect(answersOf(three, { mostCouponsPerAccount: 2 }).coupons.map(({ reasons }) => reasons)).toEqual(
      Array(3).fill('SHARED_ACCOUNT'),
    );
    expect(answersOf(three, { mostCouponsPerAccount: 3 }).payouts).toHaveLength(1);
  });
});
