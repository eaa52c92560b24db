import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/policy/policy.ts';
import { REVIEW_REASONS, type ReviewReason, STATUSES, type Status } from '../../src/policy/vocabulary.ts';
import { policyWith } from '../rules/rule-tester.ts';
import {
  type Answer,
  apply,
  applyForBank,
  cancel,
  claim,
  issue,
  issueToApp,
  itemsOf,
  type Night,
  paid,
  pay,
  reinstate,
  report,
  rowOf,
  runAnswered,
  runNight,
  sale,
} from './tables.ts';

const T1 = '2023-02-27 00:00';
const T2 = '2023-04-01 00:00';
/** Coupons that have their own expiry in March, so that (A) is not theirs. */
const MARCH = { expires_on: '2023-03-10' } as const;
const APRIL = { expires_on: '2023-04-30' } as const;

const cohort = issueToApp('C1');
const neverCharged = issue('C1');
const march = issueToApp('C1', MARCH);

/** Charged twice within half a minute at a shop with one sale: (B)②, T2 is to be put back. */
const charged = [pay('T1', 'C1', '18:00:00'), pay('T2', 'C1', '18:00:30')];
const oneSale = [sale('S1', '18:00:00', 500)];
const called = (options: Readonly<Record<string, string>>) => [claim('K1', 'C1', 'double_charge', options)];
const doubled = (expires: Readonly<{ expires_on: string }>, more: Partial<Night> = {}): Night => ({
  issuance: [issueToApp('C1', expires)],
  transactions: charged,
  sales: oneSale,
  ...more,
});

interface StatusCase {
  readonly name: string;
  readonly night: Night;
  readonly asOf: string;
  readonly policy?: Policy;
  readonly countUnclaimed?: true;
  readonly status: Status;
  readonly payable?: number;
  readonly route?: string;
  readonly grounds?: string;
  /** All reason codes, sorted. */
  readonly reasons?: string;
}

const callsClose = policyWith({ claimsClose: '2023-04-10' });
const bankCloses = policyWith({ bankApplicationsClose: '2023-05-20' });
const usedUp: Night = { issuance: [cohort], transactions: [pay('T1', 'C1', '2023-03-05 10:00', 2000)] };
const spentBefore: Night = { issuance: [cohort], transactions: [pay('T1', 'C1', '2023-02-21 10:00', 2000)] };

const BY_STATUS: readonly StatusCase[] = [
  // in_review: an open item holds it; or it has no ground, and an open item
  {
    name: 'a coupon with a ground that an open item holds is in review',
    night: { issuance: [cohort], transactions: [pay('T1', 'C1', '18:00:00', 500, { status: 'pending' })] },
    asOf: T2,
    status: 'in_review',
    grounds: 'A',
    payable: 0,
    reasons: 'INDETERMINATE',
  },
  {
    name: 'a coupon without a ground that an open item merely asks about is in review',
    night: {
      issuance: [march],
      claims: [claim('K1', 'C1', 'other', { expires_on: '2023-03-10' })],
      transactions: [pay('T1', 'C1', '18:00:00')],
      sales: oneSale,
    },
    asOf: T2,
    status: 'in_review',
    reasons: 'CLAIM_OTHER',
  },
  {
    name: 'a coupon with a ground that an open item merely asks about is not in review',
    night: {
      issuance: [cohort],
      claims: [claim('K1', 'C1', 'other')],
      transactions: [pay('T1', 'C1', '18:00:00')],
      sales: oneSale,
    },
    asOf: T2,
    status: 'payable',
    payable: 1500,
    reasons: 'CLAIM_OTHER',
  },

  // not_eligible: no ground
  {
    name: 'a coupon used up before the first extension ended is not eligible, and its application says why',
    night: { ...spentBefore, applications: [apply('AP1', 'C1')] },
    asOf: T2,
    status: 'not_eligible',
    payable: 0,
    reasons: 'NO_GROUND',
  },
  {
    name: 'a claim that the shop\u2019s record refutes is not eligible',
    night: {
      issuance: [march],
      transactions: charged,
      sales: [...oneSale, sale('S2', '18:00:30', 500)],
      claims: called(MARCH),
    },
    asOf: T2,
    status: 'not_eligible',
    reasons: 'SUPPORTED_BY_MERCHANT',
  },
  {
    name: 'a claim about payments that were undone is not eligible',
    night: {
      issuance: [march],
      transactions: [pay('T1', 'C1', '18:00:00'), cancel('X1', 'C1', '18:10:00', 500, 'T1')],
      claims: called(MARCH),
    },
    asOf: T2,
    status: 'not_eligible',
    reasons: 'ALREADY_CANCELLED',
  },
  {
    name: 'a coupon of another prefecture that a claim names is not eligible',
    night: { issuance: [issueToApp('C1', { prefecture: '45' })], claims: [claim('K1', 'C1', 'other')] },
    asOf: T2,
    status: 'not_eligible',
    reasons: 'OUT_OF_SCOPE',
  },

  // awaiting_claim: only B grounds, none counting
  {
    name: 'a double charge that nobody called about waits for a claim',
    night: doubled(MARCH),
    asOf: T2,
    status: 'awaiting_claim',
    grounds: 'B2',
    payable: 0,
    reasons: 'CLAIM_AWAITED',
  },
  {
    name: 'a double charge on an (A) coupon does not wait with the rest',
    night: doubled({ expires_on: '2023-02-24' }),
    asOf: T2,
    status: 'payable',
    grounds: 'A+B2',
    payable: 1000,
    reasons: 'CLAIM_AWAITED',
  },
  {
    name: 'a double charge that nobody called about is paid where the run counts the unclaimed',
    night: doubled(MARCH),
    asOf: T2,
    countUnclaimed: true,
    status: 'payable',
    payable: 1500,
    reasons: '',
  },

  // lapsed: only B grounds, none counting, and as_of past the end of claimsClose
  {
    name: 'a double charge that nobody called about waits to the last microsecond of the day on which calls close',
    night: doubled(MARCH),
    asOf: '2023-04-10 23:59:59.999999',
    policy: callsClose,
    status: 'awaiting_claim',
    reasons: 'CLAIM_AWAITED',
  },
  {
    name: 'a double charge that nobody called about lapses when calls have closed',
    night: doubled(MARCH),
    asOf: '2023-04-11 00:00',
    policy: callsClose,
    status: 'lapsed',
    grounds: 'B2',
    payable: 0,
    reasons: 'CLAIMS_CLOSED',
  },
  {
    name: 'a call in the last microsecond is in time',
    night: doubled(MARCH, { claims: called({ ...MARCH, received_at: '2023-04-10 23:59:59.999999' }) }),
    asOf: '2023-04-11 00:00',
    policy: callsClose,
    status: 'payable',
    payable: 1500,
    reasons: '',
  },
  {
    name: 'a call at the first instant of the next day is late, and the double charge lapses',
    night: doubled(MARCH, { claims: called({ ...MARCH, received_at: '2023-04-11 00:00' }) }),
    asOf: '2023-04-12 00:00',
    policy: callsClose,
    status: 'lapsed',
    payable: 0,
    reasons: 'CLAIMS_CLOSED CLAIM_OUT_OF_TIME',
  },
  {
    name: 'a double charge on an (A) coupon lapses, and the rest is paid',
    night: doubled({ expires_on: '2023-02-24' }),
    asOf: '2023-04-11 00:00',
    policy: callsClose,
    status: 'payable',
    grounds: 'A+B2',
    payable: 1000,
    reasons: 'CLAIMS_CLOSED',
  },
  {
    name: 'a call in time that does not fit the records is still to be looked into when calls have closed',
    night: doubled(MARCH, { claims: called({ ...MARCH, prefecture: '45' }) }),
    asOf: '2023-04-11 00:00',
    policy: callsClose,
    status: 'in_review',
    grounds: 'B2',
    reasons: 'CLAIMS_CLOSED CLAIM_MISMATCH',
  },

  // pending: (A) pending, and no B ground counts
  {
    name: 'a cohort coupon is pending one microsecond before the first extension ends',
    night: { issuance: [cohort] },
    asOf: '2023-02-26 23:59:59.999999',
    status: 'pending',
    grounds: '',
    payable: 0,
  },
  {
    name: 'a cohort coupon with a double charge that nobody called about is pending',
    night: doubled({ expires_on: '2023-02-24' }),
    asOf: '2023-02-26 12:00',
    status: 'pending',
    grounds: 'B2',
    reasons: 'CLAIM_AWAITED',
  },
  {
    name: 'a cohort coupon with a claimed double charge is extended while (A) is pending',
    night: doubled({ expires_on: '2023-02-24' }, { claims: called({}) }),
    asOf: '2023-02-26 12:00',
    status: 'extended',
    grounds: 'B2',
  },

  // extended: as_of < t2
  {
    name: 'an (A) coupon is extended once the first extension has ended',
    night: { issuance: [cohort] },
    asOf: T1,
    status: 'extended',
    grounds: 'A',
    payable: 0,
  },
  {
    name: 'an (A) coupon is extended to the last microsecond of the second extension',
    night: { issuance: [cohort] },
    asOf: '2023-03-31 23:59:59.999999',
    status: 'extended',
  },
  {
    name: 'an (A) coupon used up in March is extended all the same',
    night: usedUp,
    asOf: '2023-03-15 00:00',
    status: 'extended',
    payable: 0,
  },

  // still_valid: as_of < the cut-off
  {
    name: 'a (B) coupon that outlives the extension is still valid when that ends',
    night: doubled(APRIL, { claims: called(APRIL) }),
    asOf: T2,
    status: 'still_valid',
    payable: 0,
  },
  {
    name: 'a (B) coupon that outlives the extension is still valid to its own last microsecond',
    night: doubled(APRIL, { claims: called(APRIL) }),
    asOf: '2023-04-30 23:59:59.999999',
    status: 'still_valid',
  },
  {
    name: 'a (B) coupon that outlives the extension is extended before that ends',
    night: doubled(APRIL, { claims: called(APRIL) }),
    asOf: '2023-03-31 23:59:59.999999',
    status: 'extended',
  },

  // settled / used_up: payable = 0, paid something before / never
  {
    name: 'a coupon paid in full is settled',
    night: { issuance: [cohort], paid: [paid('P1', 'C1', 2000)] },
    asOf: '2023-04-10 00:00',
    status: 'settled',
    payable: 0,
  },
  {
    name: 'a coupon paid all but one yen is payable for that yen',
    night: { issuance: [cohort], paid: [paid('P1', 'C1', 1999)] },
    asOf: '2023-04-10 00:00',
    status: 'payable',
    payable: 1,
  },
  {
    name: 'a coupon whose payout failed is payable again',
    night: { issuance: [cohort], paid: [paid('P1', 'C1', 2000, 'failed')] },
    asOf: '2023-04-10 00:00',
    status: 'payable',
    payable: 2000,
  },
  {
    name: 'an (A) coupon used up in March is used up',
    night: usedUp,
    asOf: T2,
    status: 'used_up',
    grounds: 'A',
    payable: 0,
    route: '',
  },

  // payable: a route is found
  {
    name: 'an (A) coupon charged to the app is payable when the second extension has ended',
    night: { issuance: [cohort] },
    asOf: T2,
    status: 'payable',
    payable: 2000,
    route: 'app_url',
  },
  {
    name: 'an (A) coupon never charged is payable by an application for points',
    night: { issuance: [neverCharged], applications: [apply('AP1', 'C1')] },
    asOf: T2,
    status: 'payable',
    payable: 2000,
    route: 'application_url',
  },
  {
    name: 'an (A) coupon charged to the app is payable by transfer where that was asked for',
    night: { issuance: [cohort], applications: [applyForBank('AP1', 'C1')] },
    asOf: T2,
    status: 'payable',
    payable: 2000,
    route: 'bank_transfer',
  },
  // PAST_RECEIVE_BY is for points only: a transfer is in time whenever it is.
  {
    name: 'a transfer is payable after the receiving deadline',
    night: { issuance: [cohort], applications: [applyForBank('AP1', 'C1')] },
    asOf: '2023-06-01 00:00',
    status: 'payable',
    route: 'bank_transfer',
  },
  {
    name: 'points are payable to the last microsecond of the receiving deadline',
    night: { issuance: [cohort] },
    asOf: '2023-05-31 23:59:59.999999',
    status: 'payable',
    route: 'app_url',
  },

  // lapsed: past both closing dates, where both are stated
  {
    name: 'a coupon that nobody applied for lapses when both closing dates have passed',
    night: { issuance: [neverCharged] },
    asOf: '2023-05-21 00:00',
    policy: bankCloses,
    status: 'lapsed',
    payable: 2000,
    route: '',
    reasons: '',
  },
  {
    name: 'a coupon that nobody applied for has not lapsed one microsecond before',
    night: { issuance: [neverCharged] },
    asOf: '2023-05-20 23:59:59.999999',
    policy: bankCloses,
    status: 'awaiting_application',
    reasons: 'POINTS_APPLICATIONS_CLOSED',
  },

  // awaiting_application: otherwise
  {
    name: 'a coupon never charged waits for an application',
    night: { issuance: [neverCharged] },
    asOf: T2,
    status: 'awaiting_application',
    payable: 2000,
    route: '',
    reasons: '',
  },
  {
    name: 'a coupon of a member who left waits for an application',
    night: { issuance: [issueToApp('C1', { account_status: 'withdrawn' })] },
    asOf: T2,
    status: 'awaiting_application',
  },
  {
    name: 'points can be applied for to the last microsecond',
    night: { issuance: [neverCharged] },
    asOf: '2023-04-30 23:59:59.999999',
    status: 'awaiting_application',
    reasons: '',
  },
  {
    name: 'when the points have closed that is said, and a transfer can still be asked for',
    night: { issuance: [neverCharged] },
    asOf: '2023-05-01 00:00',
    status: 'awaiting_application',
    reasons: 'POINTS_APPLICATIONS_CLOSED',
  },
  // R9: no closing date is stated for transfers, so nothing lapses.
  {
    name: 'a coupon that nobody applied for does not lapse in ten years',
    night: { issuance: [neverCharged] },
    asOf: '2033-04-01 00:00',
    status: 'awaiting_application',
  },
  {
    name: 'an application out of time leaves the coupon waiting for one',
    night: { issuance: [neverCharged], applications: [apply('AP1', 'C1', { applied_at: '2023-03-21 23:59:59' })] },
    asOf: T2,
    status: 'awaiting_application',
    reasons: 'APPLICATION_OUT_OF_TIME',
  },
];

describe('the first status that fits (§8)', () => {
  it.each(BY_STATUS)('$name', async ({
    night,
    asOf,
    policy,
    countUnclaimed,
    status,
    payable,
    route,
    grounds,
    reasons,
  }) => {
    const result = await runNight(night, {
      asOf,
      ...(policy === undefined ? {} : { policy }),
      ...(countUnclaimed === undefined ? {} : { countUnclaimed }),
    });
    expect(result.outcome.problems).toEqual([]);
    expect(rowOf(result, 'eligibility.csv', 'C1')).toMatchObject({
      status,
      ...(payable === undefined ? {} : { payable_yen: String(payable) }),
      ...(route === undefined ? {} : { route }),
      ...(grounds === undefined ? {} : { grounds }),
      ...(reasons === undefined ? {} : { reasons }),
    });
  });
});

// ---------------------------------------------------------------------------------------------------------------
// Review items (§7)
// ---------------------------------------------------------------------------------------------------------------

/** What a night comes to once its item is answered. */
interface After {
  readonly status: Status;
  readonly payable: number;
  readonly grounds?: string;
  readonly route?: string;
}

interface ReasonCase {
  readonly name: string;
  readonly reason: ReviewReason;
  readonly night: Night;
  readonly asOf?: string;
  readonly stakeYen: number;
  /** Before anybody has answered. */
  readonly status: Status;
  readonly approved: After;
  /** A hold's is always not_eligible with nothing payable; the others close. */
  readonly rejected: After;
}

const PAID: After = { status: 'payable', payable: 0, route: 'app_url' };
const payable = (yen: number, more: Partial<After> = {}): After => ({ ...PAID, payable: yen, ...more });
const NOT: After = { status: 'not_eligible', payable: 0 };

/** A hold on a coupon of the app: in review, paid when approved, never when rejected. */
const hold = (
  reason: ReviewReason,
  name: string,
  night: Night,
  stakeYen: number,
  more: Partial<ReasonCase> = {},
): ReasonCase => ({
  reason,
  name,
  night,
  stakeYen,
  status: 'in_review',
  approved: payable(stakeYen, { grounds: 'A' }),
  rejected: NOT,
  ...more,
});

/** A question about a coupon without any other ground: in review, and nothing comes of a rejection. */
const question = (
  reason: ReviewReason,
  name: string,
  night: Night,
  stakeYen: number,
  approved: After,
  more: Partial<ReasonCase> = {},
): ReasonCase => ({
  reason,
  name,
  night,
  stakeYen,
  status: 'in_review',
  approved,
  rejected: NOT,
  ...more,
});

const early = (id: string, yen: number | string, options = {}) => pay(id, 'C1', '2023-02-21 10:00', yen, options);
const onMarch = (more: Partial<Night>): Night => ({ issuance: [march], ...more });
const marchClaim = (kind: string, options = {}) => [claim('K1', 'C1', kind, { ...MARCH, ...options })];
const single = [pay('T1', 'C1', '18:00:00')];
const twoApart = [pay('T1', 'C1', '18:00:00'), pay('T2', 'C1', '19:00:00')];

/**
 * 2000 yen spent, and put back without a name; 500 paid in cash and deducted all the same, to be put back; and so many
 * of the 2000 put back once more, by name. The balance never stands above 2000, and 2000 + `again` come together.
 */
const putBackTwice = (again: number, more: Partial<Night> = {}): Night => ({
  issuance: [cohort],
  transactions: [
    early('T1', 2000),
    reinstate('X1', 'C1', '2023-02-22 10:00', 2000),
    ...single.map((row) => ({ ...row, transaction_id: 'T2' })),
    ...(again > 0 ? [reinstate('X2', 'C1', '2023-03-01 10:00', again, 'T1')] : []),
  ],
  sales: [sale('S1', '18:00:30', 500, { coupon: 0, names: 'C1' })],
  claims: [claim('K1', 'C1', 'cash_and_deducted')],
  ...more,
});

const LEDGER_HOLDS: readonly ReasonCase[] = [
  hold(
    'OVERDRAWN',
    'a coupon that was overdrawn and mended is held, with its balance at stake',
    // 2000 − 1500 − 1000 = −500, and +1000 when the second payment is cancelled
    {
      issuance: [cohort],
      transactions: [
        early('T1', 1500),
        pay('T2', 'C1', '2023-02-21 11:00', 1000),
        cancel('X1', 'C1', '2023-02-21 12:00', 1000, 'T2'),
      ],
    },
    500,
  ),
  hold(
    'OVER_REFUNDED',
    'a coupon whose cancel came in the instant of the payment stood above its face value',
    { issuance: [cohort], transactions: [early('T1', 500), cancel('X1', 'C1', '2023-02-21 10:00', 500, 'T1')] },
    2000,
  ),
  hold(
    'OUTSIDE_VALIDITY',
    'a coupon used before it was issued is held',
    { issuance: [cohort], transactions: [pay('T1', 'C1', '2023-02-20 09:59:59')] },
    1500,
  ),
  hold(
    'REVERSAL_MISMATCH',
    'a coupon with a cancel of part of a payment is held',
    { issuance: [cohort], transactions: [early('T1', 500), cancel('X1', 'C1', '2023-02-21 11:00', 499, 'T1')] },
    1999,
  ),
  hold(
    'INDETERMINATE',
    'a coupon with a payment of unknown outcome is held',
    { issuance: [cohort], transactions: [early('T1', 500, { status: 'pending' })] },
    2000,
  ),
  // Both rows are set aside, so neither moves the balance.
  hold(
    'CONFLICTING_ROWS',
    'a coupon with two rows of one transaction is held',
    { issuance: [cohort], transactions: [early('T1', 500), early('T1', 501)] },
    2000,
  ),
  hold(
    'REJECTED_ROWS',
    'a coupon with a transaction row that cannot be read is held',
    { issuance: [cohort], transactions: [early('T1', '5OO')] },
    2000,
  ),
];

const OTHER_HOLDS: readonly ReasonCase[] = [
  hold(
    'COMPETING_APPLICATIONS',
    'a coupon with two applications that differ is held, and approved goes to the earlier',
    {
      issuance: [neverCharged],
      applications: [apply('AP1', 'C1', { applied_at: '2023-03-26 10:00', phone: '08000000000' }), apply('AP2', 'C1')],
    },
    2000,
    { approved: payable(2000, { route: 'application_url' }) },
  ),
  hold(
    'NO_CONTACT',
    'a coupon of the app without a contact is held, and approved waits for an application',
    { issuance: [issueToApp('C1', { phone: '' })] },
    2000,
    { approved: { status: 'awaiting_application', payable: 2000, route: '' } },
  ),
  hold(
    'CONTACT_CONFLICT',
    'a coupon of an account with two phones is held, and approved goes to the applicant',
    {
      issuance: [
        issueToApp('C1', { account_id: 'A1' }),
        issueToApp('C2', { account_id: 'A1', phone: '08000000000', expires_on: '2023-03-10' }),
      ],
      applications: [apply('AP1', 'C1')],
    },
    2000,
    { approved: payable(2000, { route: 'application_url' }) },
  ),
  hold(
    'SHARED_ACCOUNT',
    'a coupon of an account that has more of them than one person can is held, and approved goes to the applicant',
    {
      // Fifty is one person\u2019s at most (R15).
      issuance: Array.from({ length: 51 }, (_, place) =>
        issueToApp(`C${place + 1}`, { account_id: 'A1', ...(place === 0 ? {} : { expires_on: '2023-03-10' }) }),
      ),
      applications: [apply('AP1', 'C1')],
    },
    2000,
    { approved: payable(2000, { route: 'application_url' }) },
  ),
  hold(
    'BANK_DETAILS',
    'a coupon with bank details that cannot be right is held, and approved goes to the app',
    { issuance: [cohort], applications: [applyForBank('AP1', 'C1', { bank_code: '185' })] },
    2000,
    { approved: payable(2000, { route: 'app_url' }) },
  ),
  hold('PAST_RECEIVE_BY', 'a coupon not sent by the receiving deadline is held', { issuance: [cohort] }, 2000, {
    asOf: '2023-06-01 00:00',
  }),
  hold(
    'OUTLIVES_EXTENSION',
    'a (B) coupon that outlives the extension is held when it has expired',
    // 2000 − 1000, and 500 to put back
    doubled(APRIL, { claims: called(APRIL) }),
    1500,
    { asOf: '2023-05-01 00:00', approved: payable(1500, { grounds: 'B2' }) },
  ),
  hold(
    'EXCEEDS_FACE',
    'a coupon whose payment was put back twice is held, and approved is paid its face value',
    putBackTwice(500),
    2000,
    { approved: payable(2000, { grounds: 'A+B1' }) },
  ),
];

const QUESTIONS: readonly ReasonCase[] = [
  question(
    'AMBIGUOUS_SUPPORT',
    'two coupons and one sale: it may be the one\u2019s or the other\u2019s',
    {
      issuance: [march, issueToApp('C2', MARCH)],
      transactions: [...single, pay('T2', 'C2', '18:01:00')],
      sales: oneSale,
    },
    500,
    payable(2000, { grounds: 'B1' }),
  ),
  question(
    'REPEAT_UNVERIFIED',
    'two payments exactly the gap apart at a shop without a report',
    onMarch({ transactions: [pay('T1', 'C1', '18:00:00'), pay('T2', 'C1', '18:10:00')] }),
    500,
    payable(1500, { grounds: 'B2' }),
  ),
  question(
    'NO_SALE_RECORDED',
    'two payments at a shop that reported neither',
    onMarch({ transactions: charged, sales: [report()] }),
    1000,
    payable(2000, { grounds: 'B1' }),
  ),
  question(
    'UNSUPPORTED_PAYMENT',
    'one payment at a shop that did not report it',
    onMarch({ transactions: single, sales: [report()] }),
    500,
    payable(2000, { grounds: 'B1' }),
  ),
  question(
    'CLAIM_MISMATCH',
    'a double charge with a claim that names another prefecture waits for the right one',
    doubled(MARCH, { claims: called({ ...MARCH, prefecture: '45' }) }),
    0,
    payable(1500, { grounds: 'B2' }),
    // It has a ground, so the open question does not put it in review (§8).
    { status: 'awaiting_claim', rejected: { status: 'awaiting_claim', payable: 0, grounds: 'B2' } },
  ),
  question(
    'CLAIM_OTHER',
    'a call about another matter',
    onMarch({ transactions: single, sales: oneSale, claims: marchClaim('other') }),
    0,
    NOT,
  ),
  question(
    'CLAIM_UNVERIFIED',
    'a call about cash paid at a shop without a report',
    onMarch({ transactions: single, claims: marchClaim('cash_and_deducted') }),
    500,
    payable(2000, { grounds: 'B1' }),
  ),
  question(
    'CLAIM_UNVERIFIED',
    'a call about a double charge an hour apart at a shop without a report',
    onMarch({ transactions: twoApart, claims: marchClaim('double_charge') }),
    500,
    payable(1500, { grounds: 'B2' }),
  ),
  question(
    'APPLICATION_MISMATCH',
    'an application that names another prefecture does not count',
    { issuance: [neverCharged], applications: [apply('AP1', 'C1', { prefecture: '45' })] },
    0,
    payable(2000, { grounds: 'A', route: 'application_url' }),
    { status: 'awaiting_application', rejected: { status: 'awaiting_application', payable: 2000 } },
  ),
  question(
    'OVERPAID',
    'a coupon paid 500 yen more than is due',
    { issuance: [cohort], paid: [paid('P1', 'C1', 2500)] },
    500,
    { status: 'settled', payable: 0 },
    { asOf: '2023-04-10 00:00', status: 'settled', rejected: { status: 'settled', payable: 0 } },
  ),
  question(
    'REINSTATED_WITHOUT_GROUND',
    'a balance put back for no reason that the files show',
    onMarch({ transactions: [...single, reinstate('X1', 'C1', '2023-03-05 10:00', 500, 'T1')], sales: oneSale }),
    0,
    payable(2000, { grounds: 'B1' }),
  ),
];

const UNKNOWN: readonly ReasonCase[] = [
  question(
    'UNKNOWN_COUPON',
    'a claim on a coupon that was never issued',
    { issuance: [issueToApp('C2', MARCH)], claims: [claim('K1', 'C1', 'double_charge')] },
    0,
    NOT,
  ),
  question(
    'UNKNOWN_COUPON',
    'an application on a coupon that was never issued',
    { issuance: [issueToApp('C2', MARCH)], applications: [apply('AP1', 'C1')] },
    0,
    NOT,
  ),
];

const BY_REASON = [...LEDGER_HOLDS, ...OTHER_HOLDS, ...QUESTIONS, ...UNKNOWN];
const isUnknown = ({ reason }: ReasonCase): boolean => reason === 'UNKNOWN_COUPON';

const expected = (each: ReasonCase, { status, payable: yen, grounds, route }: After) => ({
  status,
  // A coupon that is not judged has no yen at all.
  payable_yen: isUnknown(each) ? '' : String(yen),
  ...(grounds === undefined ? {} : { grounds }),
  ...(route === undefined ? {} : { route }),
});

const answered = async (each: ReasonCase, answer: Answer) => {
  const result = await runAnswered(each.night, { [each.reason]: answer }, { asOf: each.asOf ?? T2 });
  const decisions = result.rows('review.csv').filter((row) => row.coupon_number === 'C1' && row.reason === each.reason);
  return { result, row: rowOf(result, 'eligibility.csv', 'C1'), decisions: decisions.map((row) => row.decision) };
};

describe.each(BY_REASON)('$reason: $name', (each) => {
  const { holds } = REVIEW_REASONS[each.reason];

  it('is asked, and nothing else', async () => {
    const result = await runNight(each.night, { asOf: each.asOf ?? T2 });
    const row = rowOf(result, 'eligibility.csv', 'C1');
    expect(itemsOf(result, 'C1')).toEqual([`${each.reason} ${each.stakeYen}`]);
    expect(rowOf(result, 'review.csv', 'C1')).toMatchObject({ holds: holds ? 'yes' : 'no', decision: '' });
    expect(row.status).toBe(each.status);
    expect(row.reasons?.split(' ')).toContain(each.reason);
    expect(row.evidence).not.toBe('');
  });

  it('approved', async () => {
    const { result, row, decisions } = await answered(each, 'approve');
    expect(row).toMatchObject(expected(each, each.approved));
    expect(decisions).toEqual(['approved']);
    expect(row.reasons?.split(' ')).not.toContain('REJECTED');
    expect(result.outcome.problems).toEqual([]);
  });

  it('rejected', async () => {
    const { row, decisions } = await answered(each, 'reject');
    expect(row).toMatchObject(expected(each, each.rejected));
    expect(decisions).toEqual(['rejected']);
    // "reject: a hold stays for good …, reason REJECTED; the others close."
    expect(row.reasons?.split(' ').includes('REJECTED')).toBe(holds);
  });

  it('approved on other evidence: as if nobody had answered, and the item says so', async () => {
    const before = await runNight(each.night, { asOf: each.asOf ?? T2 });
    const { row, decisions } = await answered(each, 'stale');
    expect(row).toEqual(rowOf(before, 'eligibility.csv', 'C1'));
    expect(decisions).toEqual(['stale']);
  });
});

describe('what an approval puts back before the cut-off (§7, §8)', () => {
  const asOf = '2023-03-15 00:00';
  const backOn = async (night: Night, reason: ReviewReason) => {
    const result = await runAnswered(night, { [reason]: 'approve' }, { asOf });
    expect(rowOf(result, 'eligibility.csv', 'C1').status).toBe('extended');
    expect(rowOf(result, 'extensions.csv', 'C1')).toMatchObject({ from: '2023-03-10', to: '2023-03-31' });
    const rows = result.rows('reinstatements.csv').filter((row) => row.coupon_number === 'C1');
    return rows.map((row) => `${row.transaction_id} ${row.amount_yen} ${row.ground}`);
  };
  const nightOf = (reason: ReviewReason, index = 0): Night => {
    const night = QUESTIONS.filter((each) => each.reason === reason)[index]?.night;
    if (night === undefined) throw new Error(`no night for ${reason}`);
    return night;
  };

  it.each([
    ['an ambiguous payment, as (B)①', 'AMBIGUOUS_SUPPORT', 0, ['T1 500 B1']],
    ['the later of two payments without a report, as (B)②', 'REPEAT_UNVERIFIED', 0, ['T2 500 B2']],
    ['both payments without a sale, as (B)①', 'NO_SALE_RECORDED', 0, ['T1 500 B1', 'T2 500 B1']],
    ['the payment without a sale, as (B)①', 'UNSUPPORTED_PAYMENT', 0, ['T1 500 B1']],
    ['a payment that was claimed as cash, as (B)①', 'CLAIM_UNVERIFIED', 0, ['T1 500 B1']],
    ['all but the earliest of a claimed double charge, as (B)②', 'CLAIM_UNVERIFIED', 1, ['T2 500 B2']],
    ['what the machine found, where a claim that does not fit stands', 'CLAIM_MISMATCH', 0, ['T2 500 B2']],
    ['nothing more, where it was put back already', 'REINSTATED_WITHOUT_GROUND', 0, []],
  ] as const)('%s', async (_name, reason, index, expectedRows) => {
    expect(await backOn(nightOf(reason, index), reason)).toEqual(expectedRows);
  });
});

describe('what the tables above cannot hold', () => {
  it('a payment on an unknown coupon is an item with the payment at stake, and no row of its own', async () => {
    const night: Night = {
      issuance: [issueToApp('C2', MARCH)],
      transactions: [pay('T1', 'C1', '18:00:00', 700), pay('T2', 'C1', '18:05:00', 300)],
    };
    const result = await runNight(night, { asOf: T2 });
    expect(itemsOf(result, 'C1')).toEqual(['UNKNOWN_COUPON 300', 'UNKNOWN_COUPON 700']);
    expect(result.rows('eligibility.csv')).toEqual([]);
  });

  it('contradictory issuance is in review without yen, whatever is approved, and for good where rejected', async () => {
    const night: Night = { issuance: [issueToApp('C1'), issueToApp('C1', { face_yen: 3000 })] };
    const open = await runNight(night, { asOf: T2 });
    expect(itemsOf(open, 'C1')).toEqual(['CONFLICTING_ROWS ']);
    const blank = {
      valid_until: '',
      residual_yen: '',
      reinstate_yen: '',
      already_paid_yen: '',
      payable_yen: '',
      grounds: '',
    };
    expect(rowOf(open, 'eligibility.csv', 'C1')).toMatchObject({
      ...blank,
      status: 'in_review',
      reasons: 'CONFLICTING_ROWS',
    });
    const rejected = await runAnswered(night, { CONFLICTING_ROWS: 'reject' }, { asOf: T2 });
    expect(rowOf(rejected, 'eligibility.csv', 'C1')).toMatchObject({
      ...blank,
      status: 'not_eligible',
      reasons: 'CONFLICTING_ROWS REJECTED',
    });
  });

  it('points past the receiving deadline keep their route while held, and are paid without a deadline once approved', async () => {
    const night: Night = { issuance: [cohort] };
    const asOf = '2023-06-01 00:00';
    const held = await runNight(night, { asOf });
    expect(rowOf(held, 'eligibility.csv', 'C1')).toMatchObject({
      route: 'app_url',
      payable_yen: '0',
      status: 'in_review',
    });
    expect(held.rows('payouts.csv')).toEqual([]);
    const released = await runAnswered(night, { PAST_RECEIVE_BY: 'approve' }, { asOf });
    expect(released.rows('payouts.csv')).toMatchObject([{ amount_yen: '2000', receive_by: '' }]);
    const inTime = await runNight(night, { asOf: T2 });
    expect(inTime.rows('payouts.csv')).toMatchObject([{ amount_yen: '2000', receive_by: '2023-05-31' }]);
  });

  it('a contact conflict that is passed over leads on to the next question', async () => {
    const night: Night = {
      issuance: [
        issueToApp('C1', { account_id: 'A1' }),
        issueToApp('C2', { account_id: 'A1', phone: '08000000000', ...MARCH }),
      ],
    };
    const result = await runAnswered(night, { CONTACT_CONFLICT: 'approve' }, { asOf: T2 });
    expect(itemsOf(result, 'C1')).toEqual(['CONTACT_CONFLICT 2000', 'NO_CONTACT 2000']);
    expect(rowOf(result, 'eligibility.csv', 'C1').status).toBe('in_review');
    const both = await runAnswered(night, { CONTACT_CONFLICT: 'approve', NO_CONTACT: 'approve' }, { asOf: T2 });
    expect(rowOf(both, 'eligibility.csv', 'C1')).toMatchObject({ status: 'awaiting_application', payable_yen: '2000' });
  });

  it('two holds: one approved leaves the other, whose stake is what would be payable without either', async () => {
    const night: Night = {
      issuance: [cohort],
      transactions: [early('T1', 500, { status: 'pending' }), pay('T2', 'C1', '2023-02-20 09:59:59')],
    };
    const open = await runNight(night, { asOf: T2 });
    expect(itemsOf(open, 'C1')).toEqual(['INDETERMINATE 1500', 'OUTSIDE_VALIDITY 1500']);
    const one = await runAnswered(night, { INDETERMINATE: 'approve' }, { asOf: T2 });
    expect(rowOf(one, 'eligibility.csv', 'C1')).toMatchObject({ status: 'in_review', payable_yen: '0' });
    const both = await runAnswered(night, { INDETERMINATE: 'approve', OUTSIDE_VALIDITY: 'approve' }, { asOf: T2 });
    expect(rowOf(both, 'eligibility.csv', 'C1')).toMatchObject({ status: 'payable', payable_yen: '1500' });
  });

  it('a hold before the cut-off has at stake what is left and what is to be put back', async () => {
    const night = doubled(MARCH, {
      claims: called(MARCH),
      transactions: [...charged, early('T0', 100, { status: 'pending' })],
    });
    const result = await runNight(night, { asOf: '2023-03-05 00:00' });
    expect(itemsOf(result, 'C1')).toEqual(['INDETERMINATE 1500']);
  });

  it('an answer is stale once the row that it rests on has changed, though the item is the same', async () => {
    const night = (yen: number): Night => ({
      issuance: [cohort],
      transactions: [early('T1', yen, { status: 'pending' })],
    });
    const [before, after] = await Promise.all([500, 501].map((yen) => runNight(night(yen), { asOf: T2 })));
    const [old, now] = [before, after].map((result) => result && rowOf(result, 'review.csv', 'C1'));
    expect(now?.review_id).toBe(old?.review_id);
    expect(now?.evidence_hash).not.toBe(old?.evidence_hash);
  });

  it('an answer to one coupon\u2019s question says nothing of another\u2019s', async () => {
    const night: Night = {
      issuance: [cohort, issueToApp('C2')],
      transactions: [
        early('T1', 500, { status: 'pending' }),
        pay('T2', 'C2', '2023-02-21 10:00', 500, { status: 'pending' }),
      ],
    };
    const open = await runNight(night, { asOf: T2 });
    const ids = open.rows('review.csv').map((row) => row.review_id);
    expect(new Set(ids).size).toBe(2);
  });
});

describe('what exceeds the face value (§6, R16)', () => {
  const approved = { EXCEEDS_FACE: 'approve' } as const;
  const LATER = '2023-04-10 00:00';
  const yenOf = (result: Awaited<ReturnType<typeof runNight>>) => {
    expect(result.outcome.problems).toEqual([]);
    const row = rowOf(result, 'eligibility.csv', 'C1');
    return `${row.status} ${row.payable_yen}`;
  };
  const spent = [pay('T3', 'C1', '2023-03-02 10:00', 1)];
  const oneYenSpent = (again: number): Night => ({
    ...putBackTwice(again),
    transactions: [...(putBackTwice(again).transactions ?? []), ...spent],
  });

  it.each([
    // 2000 put back of 2000 spent, 500 to put back of 500: all that there ever was, less what is spent in March.
    ['one yen below it is paid', oneYenSpent(0), [], 'payable 1999'],
    ['exactly the face value is paid', putBackTwice(0), [], 'payable 2000'],
    ['one yen put back again is held', putBackTwice(1), ['EXCEEDS_FACE 2000'], 'in_review 0'],
    ['one yen put back again and spent is paid', oneYenSpent(1), [], 'payable 2000'],
  ] as const)('%s', async (_name, night, items, yen) => {
    const result = await runNight(night, { asOf: T2 });
    expect(itemsOf(result, 'C1')).toEqual(items);
    expect(yenOf(result)).toBe(yen);
  });

  it('stops nobody else: the run is published, with the payouts of the others', async () => {
    const night = putBackTwice(1, { issuance: [cohort, issueToApp('C2')] });
    const result = await runNight(night, { asOf: T2 });
    expect(result.outcome.problems).toEqual([]);
    expect(result.rows('payouts.csv').map((row) => `${row.coupons} ${row.amount_yen}`)).toEqual(['C2 2000']);
  });

  it.each([
    ['paid in part: the rest up to the face value is at stake, and paid when approved', 1500, 500, 'payable 500'],
    ['paid all but one yen of the face value: that yen', 1999, 1, 'payable 1'],
    ['paid its face value: nothing is at stake, and approved it is settled', 2000, 0, 'settled 0'],
    ['paid more than its face value, as far as it is entitled to: nothing more, ever', 2500, 0, 'settled 0'],
  ] as const)('%s', async (_name, yen, stake, after) => {
    const night = putBackTwice(500, { paid: [paid('P1', 'C1', yen)] });
    const open = await runNight(night, { asOf: LATER });
    expect(itemsOf(open, 'C1')).toEqual([`EXCEEDS_FACE ${stake}`]);
    expect(yenOf(open)).toBe('in_review 0');
    expect(yenOf(await runAnswered(night, approved, { asOf: LATER }))).toBe(after);
    expect(yenOf(await runAnswered(night, { EXCEEDS_FACE: 'reject' }, { asOf: LATER }))).toBe('not_eligible 0');
  });

  it('paid more than it is entitled to is OVERPAID, and nothing else is asked', async () => {
    const result = await runNight(putBackTwice(500, { paid: [paid('P1', 'C1', 2501)] }), { asOf: LATER });
    expect(itemsOf(result, 'C1')).toEqual(['OVERPAID 1']);
    expect(yenOf(result)).toBe('settled 0');
  });

  it('is one question with another hold: both stand, and both approved pay no more than the face value', async () => {
    const night = putBackTwice(500);
    const pending = early('T9', 100, { status: 'pending' });
    const both = { ...night, transactions: [...(night.transactions ?? []), pending] };
    expect(itemsOf(await runNight(both, { asOf: T2 }), 'C1')).toEqual(['EXCEEDS_FACE 2000', 'INDETERMINATE 2000']);
    expect(yenOf(await runAnswered(both, { INDETERMINATE: 'approve' }, { asOf: T2 }))).toBe('in_review 0');
    expect(yenOf(await runAnswered(both, { ...approved, INDETERMINATE: 'approve' }, { asOf: T2 }))).toBe(
      'payable 2000',
    );
  });

  it('keeps its answer when the payout that was made for it comes back as a paid row', async () => {
    const before = await runNight(putBackTwice(500), { asOf: T2 });
    const after = await runNight(putBackTwice(500, { paid: [paid('P1', 'C1', 2000)] }), { asOf: LATER });
    const [asked, askedAgain] = [before, after].map((result) => rowOf(result, 'review.csv', 'C1'));
    expect([askedAgain?.review_id, askedAgain?.evidence_hash]).toEqual([asked?.review_id, asked?.evidence_hash]);
  });

  it('is not asked before the cut-off, when nothing is due', async () => {
    const result = await runNight(putBackTwice(500), { asOf: '2023-03-31 23:59:59.999999' });
    expect(itemsOf(result, 'C1')).toEqual([]);
  });
});

describe('who is listed in eligibility.csv (§8)', () => {
  // Used up before the first extension ended: a case with nothing to say of it.
  it.each([
    ['a case with neither ground, item, claim, application nor paid row is not', spentBefore, T2, false],
    ['a case that an application names is', { ...spentBefore, applications: [apply('AP1', 'C1')] }, T2, true],
    [
      'a case that a refuted claim names is',
      onMarch({ transactions: single, sales: oneSale, claims: marchClaim('double_charge') }),
      T2,
      true,
    ],
    [
      'a case whose payment in the outage has its sale is not',
      onMarch({ transactions: single, sales: oneSale }),
      T2,
      false,
    ],
    [
      'a case that a failed paid row names is',
      { ...spentBefore, paid: [paid('P1', 'C1', 500, 'failed')] },
      '2023-04-10 00:00',
      true,
    ],
    ['a case with a ground that is used up is', usedUp, T2, true],
  ] as const)('%s', async (_name, night, asOf, listed) => {
    const rows = (await runNight(night, { asOf })).rows('eligibility.csv');
    expect(rows.map((row) => row.coupon_number)).toEqual(listed ? ['C1'] : []);
  });

  it('shows as evidence what a ground rests on: the call, the payments and the sale', async () => {
    const result = await runNight(doubled(MARCH, { claims: called(MARCH) }), { asOf: T2 });
    expect(rowOf(result, 'eligibility.csv', 'C1').evidence).toBe('claim:K1 sale:S1 tx:T1 tx:T2');
  });
});

describe('extensions.csv (§8)', () => {
  const OWN_END = { expires_on: '2023-03-31' } as const;

  it.each([
    [
      'a pending (A) has its first extension, and no ground yet',
      { issuance: [cohort] },
      '2023-02-26 00:00',
      ['2023-02-24 2023-02-26 '],
    ],
    ['an (A) that holds has its second', { issuance: [cohort] }, T1, ['2023-02-24 2023-03-31 A']],
    [
      '(A) and a (B) that waits are both shown',
      doubled({ expires_on: '2023-02-24' }),
      T1,
      ['2023-02-24 2023-03-31 A+B2'],
    ],
    ['a (B) that counts is extended', doubled(MARCH, { claims: called(MARCH) }), T1, ['2023-03-10 2023-03-31 B2']],
    ['a (B) that waits for a call is not', doubled(MARCH), T1, []],
    [
      'a (B) whose own expiry is the second extension needs none',
      doubled(OWN_END, { claims: called(OWN_END) }),
      T1,
      [],
    ],
    ['a (B) that outlives the extension needs none (R5)', doubled(APRIL, { claims: called(APRIL) }), T1, []],
    ['a coupon without a ground has none', spentBefore, T1, []],
  ] as const)('%s', async (_name, night, asOf, expectedRows) => {
    const rows = (await runNight(night, { asOf })).rows('extensions.csv');
    expect(rows.map((row) => `${row.from} ${row.to} ${row.grounds}`)).toEqual(expectedRows);
  });
});

describe('reinstatements.csv (§8)', () => {
  // One sale for three presses: T2 and T3 are to be put back, 1000 yen.
  const pressedThrice = (credits: Night['transactions'] = []): Night =>
    doubled(MARCH, {
      claims: called(MARCH),
      transactions: [pay('T1', 'C1', '18:00:00'), pay('T2', 'C1', '18:01:00'), pay('T3', 'C1', '18:02:00'), ...credits],
    });
  const dueOn = async (night: Night, asOf: string) =>
    (await runNight(night, { asOf }))
      .rows('reinstatements.csv')
      .map((row) => `${row.transaction_id} ${row.amount_yen}`);
  const back = (yen: number, of = '') => [reinstate('X1', 'C1', '2023-03-01 10:00', yen, of)];

  it.each([
    ['everything, where nothing was put back', [], ['T2 500', 'T3 500']],
    // Those that no reinstatement names come first, so T3 is done with.
    ['the payment that no reinstatement names', back(500, 'T3'), ['T2 500']],
    ['the one that none names in full, the rest of the one that was named', back(300, 'T3'), ['T2 500', 'T3 200']],
    ['the earlier one in part, where a reinstatement named none: the latest first', back(300), ['T2 200', 'T3 500']],
    ['only the latest, where half was put back without a name', back(500), ['T3 500']],
    ['one yen, where all but one was put back', back(999), ['T3 1']],
    ['nothing, where all was put back', back(1000), []],
  ] as const)('lists %s', async (_name, credits, expectedRows) => {
    expect(await dueOn(pressedThrice(credits), '2023-03-15 00:00')).toEqual(expectedRows);
  });

  it('takes payments of one instant from the last transaction id', async () => {
    const night = doubled(MARCH, {
      claims: called(MARCH),
      transactions: [...['T1', 'T2', 'T3'].map((id) => pay(id, 'C1', '18:00:00')), ...back(500)],
    });
    expect(await dueOn(night, '2023-03-15 00:00')).toEqual(['T3 500']);
  });

  it('stops at the cut-off: after it the yen are paid, not put back', async () => {
    expect(await dueOn(pressedThrice(), '2023-03-31 23:59:59.999999')).toEqual(['T2 500', 'T3 500']);
    expect(await dueOn(pressedThrice(), T2)).toEqual([]);
  });

  it('lists a coupon that is held too, and none that waits for a call', async () => {
    const held = pressedThrice([pay('T0', 'C1', '2023-02-21 10:00', 100, { status: 'pending' })]);
    expect(await dueOn(held, '2023-03-15 00:00')).toEqual(['T2 500', 'T3 500']);
    expect(await dueOn({ ...pressedThrice(), claims: [] }, '2023-03-15 00:00')).toEqual([]);
  });

  it('rests each row on the payments and the sale of its group', async () => {
    const rows = (await runNight(pressedThrice(), { asOf: '2023-03-15 00:00' })).rows('reinstatements.csv');
    expect(rows.map((row) => row.evidence)).toEqual(['sale:S1 tx:T1 tx:T2 tx:T3', 'sale:S1 tx:T1 tx:T2 tx:T3']);
  });
});

describe('the stake of a hold on a coupon without a ground (§7)', () => {
  const night: Night = {
    issuance: [march],
    transactions: [early('T1', 500, { status: 'pending' })],
    applications: [apply('AP1', 'C1')],
  };

  // Before the cut-off residual + reinstate; from it on what would be payable, which is nothing without a ground.
  it.each([
    ['2023-03-31 23:59:59.999999', 'INDETERMINATE 2000'],
    [T2, 'INDETERMINATE 0'],
  ])('as of %s: %s', async (asOf, item) => {
    expect(itemsOf(await runNight(night, { asOf }), 'C1')).toEqual([item]);
  });
});

describe('the vocabulary', () => {
  const sorted = (values: Iterable<string>): readonly string[] => [...new Set(values)].sort();

  it('has every status covered above, each of them by a case of its own', () => {
    expect(sorted(BY_STATUS.map((each) => each.status))).toEqual(sorted(Object.keys(STATUSES)));
    expect(Object.keys(STATUSES)).toHaveLength(11);
  });

  it('has every review reason covered above, each with the three answers', () => {
    expect(sorted(BY_REASON.map((each) => each.reason))).toEqual(sorted(Object.keys(REVIEW_REASONS)));
    expect(Object.keys(REVIEW_REASONS)).toHaveLength(26);
  });

  it('holds for the fifteen reasons of §7 and for no other', () => {
    const holding = Object.entries(REVIEW_REASONS).flatMap(([reason, { holds }]) => (holds ? [reason] : []));
    expect(sorted(holding)).toEqual(sorted([...LEDGER_HOLDS, ...OTHER_HOLDS].map((each) => each.reason)));
    const ledger = Object.entries(REVIEW_REASONS).flatMap(([reason, words]) =>
      'ledger' in words && words.ledger === true ? [reason] : [],
    );
    expect(sorted(ledger)).toEqual(sorted(LEDGER_HOLDS.map((each) => each.reason)));
  });

  it('has no two cases of one name', () => {
    const names = [...BY_STATUS, ...BY_REASON].map((each) => each.name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
