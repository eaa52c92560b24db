import type { Case, Payment } from '../../src/ledger/case.ts';
import { callCentreClaim } from '../../src/rules/call-centre-claim.ts';
import type { CaseFile } from '../../src/rules/rule.ts';
import type { ClaimRow } from '../../src/tables/tables.ts';
import {
  asked,
  at,
  cancel,
  caseFile,
  claim,
  coupon,
  decided,
  foundB,
  group,
  MICROSECOND,
  payment,
  policyWith,
  policyWithout,
  type RuleCase,
  reinstated,
  TWO_COHORTS,
  testRule,
  uncovered,
} from './rule-tester.ts';

const one = payment('T1', '18:00:00');
const two = payment('T2', '18:05:00');
const doubleCall = claim('K1', 'double_charge');
const cashCall = claim('K1', 'cash_and_deducted');
const otherCall = claim('K1', 'other');

/** A coupon with one supported payment at M1, and calls about it. */
function supported(
  claims: readonly ClaimRow[],
  of: Partial<Parameters<typeof coupon>[0]> = {},
  when = '18:00:00',
): CaseFile {
  const paid = payment('T1', when);
  const inOutage = when >= '17:45' && when < '22:16';
  return caseFile({
    coupon: coupon({ payments: [paid], claims, ...of }),
    groups: inOutage ? [group([paid], decided(1))] : [],
  });
}

/** A coupon with payments at shops without a report, each of its own amount, and a call. */
function unreported(
  payments: readonly Payment[],
  claims: readonly ClaimRow[],
  credits: Case['movements'] = [],
): CaseFile {
  const standing = payments.filter((each) => !each.undone);
  return caseFile({
    coupon: coupon({ payments, claims, credits }),
    groups: standing.map((each) => group([each], uncovered(0))),
    covered: false,
  });
}

const small = payment('T1', '18:00:00', 300);
const large = payment('T2', '19:00:00', 700);
const elsewhere = payment('T3', '18:00:00', 500, { shop: 'M2' });
const undone = payment('T4', '17:50:00', 900, { undone: true });

const double = group([one, two], decided(1, [two]));
const doubled = (claims: readonly ClaimRow[]): CaseFile =>
  caseFile({ coupon: coupon({ payments: [one, two], claims }), groups: [double] });
const pressed = group([one, two], uncovered(1));
const aloneElsewhere = group([elsewhere], decided(1));

const MISMATCH = { outcome: 'undetermined', reason: 'CLAIM_MISMATCH', stakeYen: 0 } as const;
const SUPPORTED = { outcome: 'not met', reasons: ['SUPPORTED_BY_MERCHANT'] } as const;
const misfit = claim('K1', 'double_charge', { prefecture: '45' });

/** What fits a claim, on a coupon whose one payment is supported: a valid one says so, another is a question. */
const fitting: readonly RuleCase[] = [
  // expires_on: the coupon's own, or an extension that the policy gives (§5).
  { name: 'a claim with the coupon\u2019s own expiry is valid', file: supported([doubleCall]), expect: SUPPORTED },
  {
    name: 'a claim with the first extension as expiry is valid',
    file: supported([claim('K1', 'double_charge', { expires: '2023-02-26' })]),
    expect: SUPPORTED,
  },
  {
    name: 'a claim with the second extension as expiry is valid',
    file: supported([claim('K1', 'double_charge', { expires: '2023-03-31' })]),
    expect: SUPPORTED,
  },
  {
    name: 'a claim with the day before the first extension as expiry does not fit',
    file: supported([claim('K1', 'double_charge', { expires: '2023-02-25' })]),
    expect: MISMATCH,
  },
  {
    name: 'a claim with the day after the first extension as expiry does not fit',
    file: supported([claim('K1', 'double_charge', { expires: '2023-02-27' })]),
    expect: MISMATCH,
  },
  {
    name: 'a claim with the day before the second extension as expiry does not fit',
    file: supported([claim('K1', 'double_charge', { expires: '2023-03-30' })]),
    expect: MISMATCH,
  },
  {
    name: 'a claim with the day before the coupon\u2019s own expiry does not fit',
    file: supported([claim('K1', 'double_charge', { expires: '2023-02-23' })]),
    expect: MISMATCH,
  },
  {
    name: 'the cohort\u2019s expiry does not fit a coupon with another expiry of its own',
    file: supported([doubleCall], { expires: '2023-03-10' }),
    expect: MISMATCH,
  },
  {
    name: 'a coupon with a later expiry of its own is asked about by that expiry',
    file: supported([claim('K1', 'double_charge', { expires: '2023-03-10' })], { expires: '2023-03-10' }),
    expect: SUPPORTED,
  },
  {
    name: 'the extension of another policy is none where the policy gives no first extension',
    file: caseFile({
      coupon: coupon({ payments: [one], claims: [claim('K1', 'double_charge', { expires: '2023-02-26' })] }),
      groups: [group([one], decided(1))],
      policy: policyWithout('firstExtension'),
    }),
    policy: policyWithout('firstExtension'),
    expect: MISMATCH,
  },

  // Of two cohorts a coupon has the extensions of its own, and one of none may be told of any.
  ...(
    [
      ['2023-02-24', '2023-02-26', SUPPORTED],
      ['2023-02-24', '2023-04-05', MISMATCH],
      ['2023-02-25', '2023-04-05', SUPPORTED],
      ['2023-02-25', '2023-02-26', MISMATCH],
      ['2023-02-25', '2023-03-20', MISMATCH],
      ['2023-03-10', '2023-02-26', SUPPORTED],
      ['2023-03-10', '2023-03-20', SUPPORTED],
    ] as const
  ).map(([expires, said, expected]) => ({
    name: `under two cohorts a claim with ${said} on a coupon printed ${expires}`,
    file: caseFile({
      coupon: coupon({ payments: [one], claims: [claim('K1', 'double_charge', { expires: said })], expires }),
      groups: [group([one], decided(1))],
      policy: TWO_COHORTS,
    }),
    policy: TWO_COHORTS,
    expect: expected,
  })),

  // prefecture
  {
    name: 'a claim with another prefecture does not fit',
    file: supported([misfit]),
    expect: { ...MISMATCH, about: 'K1', evidence: ['claim:K1'], facts: { mismatches: 'prefecture' } },
  },

  // a completed payment in W at that shop
  {
    name: 'a claim about a shop where nothing was paid does not fit',
    file: supported([claim('K1', 'double_charge', { shop: 'M2' })]),
    expect: { ...MISMATCH, facts: { mismatches: 'merchant_id' } },
  },
  {
    name: 'a payment one microsecond before the outage fits no claim',
    file: supported([doubleCall], {}, '17:44:59.999999'),
    expect: MISMATCH,
  },
  {
    name: 'a payment in the first instant of the outage fits a claim',
    file: supported([doubleCall], {}, '17:45:00'),
    expect: SUPPORTED,
  },
  {
    name: 'a payment in the last microsecond of the outage fits a claim',
    file: supported([doubleCall], {}, '22:15:59.999999'),
    expect: SUPPORTED,
  },
  {
    name: 'a payment in the first instant after the outage fits no claim',
    file: supported([doubleCall], {}, '22:16:00'),
    expect: MISMATCH,
  },
  {
    name: 'everything that does not fit is told at once',
    file: supported([claim('K1', 'double_charge', { prefecture: '45', expires: '2023-03-01', shop: 'M9' })]),
    expect: { ...MISMATCH, facts: { mismatches: 'prefecture expires_on merchant_id', valid: false } },
  },
];

testRule(callCentreClaim, [
  { name: 'a coupon that nobody called about gives no finding', file: caseFile(), expect: [] },
  ...fitting,

  // A claim that does not fit, and what a person said of it (§7): approved, it is valid; otherwise nothing comes of it.
  {
    name: 'a misfit that was approved is judged as a valid one',
    file: caseFile({
      coupon: coupon({ payments: [one], claims: [misfit] }),
      groups: [group([one], decided(1))],
      onMismatch: 'approve',
    }),
    expect: [{ ...MISMATCH, facts: { valid: true } }, SUPPORTED],
  },
  {
    name: 'a misfit that was rejected is judged no further',
    file: caseFile({
      coupon: coupon({ payments: [one], claims: [misfit] }),
      groups: [group([one], decided(1))],
      onMismatch: 'reject',
    }),
    expect: { ...MISMATCH, facts: { valid: false } },
  },
  {
    name: 'a misfit that was approved on other evidence is judged no further',
    file: caseFile({
      coupon: coupon({ payments: [one], claims: [misfit] }),
      groups: [group([one], decided(1))],
      onMismatch: 'stale',
    }),
    expect: { ...MISMATCH, facts: { valid: false } },
  },
  {
    name: 'a misfit about another matter that was approved is still another matter',
    file: caseFile({
      coupon: coupon({ payments: [one], claims: [claim('K1', 'other', { prefecture: '45' })] }),
      onMismatch: 'approve',
    }),
    expect: [MISMATCH, { outcome: 'undetermined', reason: 'CLAIM_OTHER', stakeYen: 0 }],
  },

  // Valid and `other`
  {
    name: 'a call about another matter is for a person',
    file: supported([otherCall]),
    expect: { outcome: 'undetermined', reason: 'CLAIM_OTHER', stakeYen: 0, about: 'K1', evidence: ['claim:K1'] },
  },
  {
    name: 'a call about another matter is for a person even where there is a ground',
    file: doubled([otherCall]),
    earlier: [foundB('B2', double)],
    expect: { outcome: 'undetermined', reason: 'CLAIM_OTHER', stakeYen: 0 },
  },

  // Valid, and its groups at that shop gave a ground or a question
  {
    name: 'a claim whose group has a ground is met',
    file: doubled([doubleCall]),
    earlier: [foundB('B2', double)],
    expect: { outcome: 'met', about: 'K1' },
  },
  {
    name: 'a claim of the other kind is met by the ground all the same',
    file: doubled([cashCall]),
    earlier: [foundB('B2', double)],
    expect: { outcome: 'met' },
  },
  {
    name: 'a claim whose group is in question asks nothing more',
    file: caseFile({
      coupon: coupon({ payments: [one, two], claims: [doubleCall] }),
      groups: [pressed],
      covered: false,
    }),
    earlier: [asked('REPEAT_UNVERIFIED', 'open', { group: pressed.group })],
    expect: { outcome: 'met' },
  },
  {
    name: 'a claim whose group was in question asks nothing more once a person rejected that',
    file: caseFile({
      coupon: coupon({ payments: [one, two], claims: [doubleCall] }),
      groups: [pressed],
      covered: false,
    }),
    earlier: [asked('REPEAT_UNVERIFIED', 'reject', { group: pressed.group })],
    expect: { outcome: 'met' },
  },
  {
    name: 'a ground at another shop does not answer the claim about this one',
    file: caseFile({
      coupon: coupon({ payments: [one, two, elsewhere], claims: [claim('K1', 'double_charge', { shop: 'M2' })] }),
      groups: [double, aloneElsewhere],
    }),
    earlier: [foundB('B2', double)],
    expect: SUPPORTED,
  },
  {
    name: 'two claims are answered one by one',
    file: caseFile({
      coupon: coupon({
        payments: [one, two, elsewhere],
        claims: [doubleCall, claim('K2', 'cash_and_deducted', { shop: 'M2' })],
      }),
      groups: [double, aloneElsewhere],
    }),
    earlier: [foundB('B2', double)],
    expect: [
      { outcome: 'met', about: 'K1' },
      { ...SUPPORTED, about: 'K2' },
    ],
  },

  // Neither ground nor question
  {
    name: 'a claim about payments that were all undone says so',
    file: unreported([undone], [doubleCall], [cancel('X1', '17:55:00', 900, 'T4')]),
    expect: { outcome: 'not met', reasons: ['ALREADY_CANCELLED'] },
  },
  {
    // Undone means cancelled: a reinstatement does not undo (R12).
    name: 'a claim about a payment that was put back is not one that was cancelled',
    file: caseFile({
      coupon: coupon({
        payments: [one],
        claims: [doubleCall],
        credits: [reinstated('X1', '2023-02-25 10:00', 500, 'T1')],
      }),
      groups: [group([one], decided(1))],
    }),
    expect: SUPPORTED,
  },
  {
    name: 'a claim is supported by the merchant where one payment is undone and the other has its sale',
    file: caseFile({
      coupon: coupon({ payments: [undone, one], claims: [doubleCall], credits: [cancel('X1', '17:55:00', 900, 'T4')] }),
      groups: [group([one], decided(1))],
    }),
    expect: SUPPORTED,
  },
  {
    name: 'a claim of cash payment without a report puts all payments there at stake',
    file: unreported([small, large], [cashCall]),
    expect: {
      outcome: 'undetermined',
      reason: 'CLAIM_UNVERIFIED',
      stakeYen: 1000,
      grants: [
        { id: 'B1', payments: ['T1'] },
        { id: 'B1', payments: ['T2'] },
      ],
      evidence: ['claim:K1', 'tx:T1', 'tx:T2'],
    },
  },
  {
    name: 'a claim of double charge without a report leaves the earliest payment out, whatever its amount',
    file: unreported([small, large], [doubleCall]),
    expect: {
      outcome: 'undetermined',
      reason: 'CLAIM_UNVERIFIED',
      stakeYen: 700,
      grants: [{ id: 'B2', payments: ['T2'] }],
    },
  },
  {
    name: 'a claim of double charge on a single payment puts nothing at stake',
    file: unreported([small], [doubleCall]),
    expect: { outcome: 'undetermined', reason: 'CLAIM_UNVERIFIED', stakeYen: 0, grants: [] },
  },
  {
    name: 'a claim of cash payment on a single payment puts it at stake',
    file: unreported([small], [cashCall]),
    expect: {
      outcome: 'undetermined',
      reason: 'CLAIM_UNVERIFIED',
      stakeYen: 300,
      grants: [{ id: 'B1', payments: ['T1'] }],
    },
  },
  {
    // "completed, not undone payments": an undone one is neither at stake nor the earliest.
    name: 'a payment that was undone is not counted as the earliest of a double charge',
    file: unreported([undone, small, large], [doubleCall], [cancel('X1', '17:55:00', 900, 'T4')]),
    expect: {
      outcome: 'undetermined',
      reason: 'CLAIM_UNVERIFIED',
      stakeYen: 700,
      grants: [{ id: 'B2', payments: ['T2'] }],
    },
  },
  {
    // "every such shop-day covered": an outage past midnight may leave one of two days without a report.
    name: 'a claim about two days of which only one was reported cannot be verified',
    file: caseFile({
      coupon: coupon({ payments: [small, large], claims: [cashCall] }),
      groups: [group([small], decided(1)), group([large], uncovered(0))],
      covered: (each) => each === small,
    }),
    expect: { outcome: 'undetermined', reason: 'CLAIM_UNVERIFIED', stakeYen: 1000 },
  },
  {
    name: 'payments at another shop are not at stake',
    file: unreported([small, elsewhere], [cashCall]),
    expect: {
      outcome: 'undetermined',
      reason: 'CLAIM_UNVERIFIED',
      stakeYen: 300,
      grants: [{ id: 'B1', payments: ['T1'] }],
    },
  },
  {
    name: 'a payment before the outage is not at stake',
    file: (() => {
      const early = payment('T0', '17:00:00', 400);
      const of = coupon({ payments: [early, small], claims: [cashCall] });
      return caseFile({ coupon: of, groups: [group([small], uncovered(0))], covered: false });
    })(),
    expect: { outcome: 'undetermined', reason: 'CLAIM_UNVERIFIED', stakeYen: 300 },
  },

  // R9: no closing date, unless the policy states one.
  {
    name: 'a claim ten years later is in time where no closing date is stated',
    file: supported([claim('K1', 'double_charge', { at: at('2033-02-24 10:00') })]),
    expect: SUPPORTED,
  },
  ...[
    {
      name: 'a claim in the last microsecond before the stated closing date ends is in time',
      when: at('2023-06-01 00:00') - MICROSECOND,
      late: false,
    },
    {
      name: 'a claim in the first instant after the stated closing date is out of time',
      when: at('2023-06-01 00:00'),
      late: true,
    },
  ].map(({ name, when, late }): RuleCase => {
    const policy = policyWith({ claimsClose: '2023-05-31' });
    const of = coupon({ payments: [one], claims: [claim('K1', 'double_charge', { at: when })] });
    return {
      name,
      policy,
      file: caseFile({ coupon: of, groups: [group([one], decided(1))], policy }),
      expect: late ? { outcome: 'not met', reasons: ['CLAIM_OUT_OF_TIME'] } : SUPPORTED,
    };
  }),
]);
