import { expiryExtension } from '../../src/rules/expiry-extension.ts';
import {
  at,
  cancel,
  caseFile,
  coupon,
  MICROSECOND,
  payment,
  policyWith,
  policyWithout,
  reinstated,
  T1,
  T2,
  TWO_COHORTS,
  testRule,
} from './rule-tester.ts';

/** A cohort coupon of 2000 yen that spent so much two days before the outage. */
const spent = (yen: number) => coupon({ payments: [payment('T1', '2023-02-22 10:00', yen)] });
const HELD = { outcome: 'met', ground: 'A', payments: [] } as const;
const PENDING = { outcome: 'undetermined', ground: 'A', pending: true } as const;
const NOT = { outcome: 'not met' } as const;

testRule(expiryExtension, [
  // balance(t1) ≥ 1 yen
  {
    name: 'a coupon with exactly 0 yen left when the first extension ends is not in (A)',
    file: caseFile({ coupon: spent(2000) }),
    expect: { ...NOT, facts: { balance_yen: 0 } },
  },
  {
    name: 'a coupon with exactly 1 yen left when the first extension ends is in (A)',
    file: caseFile({ coupon: spent(1999) }),
    expect: { ...HELD, facts: { balance_yen: 1 } },
  },
  {
    name: 'a coupon with exactly 2 yen left when the first extension ends is in (A)',
    file: caseFile({ coupon: spent(1998) }),
    expect: { ...HELD, facts: { balance_yen: 2 } },
  },
  {
    name: 'a coupon that was never used is in (A)',
    file: caseFile(),
    expect: { ...HELD, facts: { balance_yen: 2000, in_cohort: true }, evidence: [] },
  },
  {
    name: 'a coupon that was overdrawn is not in (A)',
    file: caseFile({ coupon: spent(2001) }),
    expect: { ...NOT, facts: { balance_yen: -1 } },
  },
  {
    name: 'a policy with a minimum of 100 yen leaves out a coupon with 99',
    file: caseFile({ coupon: spent(1901) }),
    policy: policyWith({ minimumResidualYen: 100 }),
    expect: NOT,
  },
  {
    name: 'a policy with a minimum of 100 yen takes a coupon with 100',
    file: caseFile({ coupon: spent(1900) }),
    policy: policyWith({ minimumResidualYen: 100 }),
    expect: HELD,
  },

  // "strictly before t1"
  {
    name: 'the last yen spent one microsecond before the first extension ends is spent',
    file: caseFile({ coupon: coupon({ payments: [payment('T1', T1 - MICROSECOND, 2000)] }) }),
    expect: { ...NOT, evidence: ['tx:T1'] },
  },
  {
    name: 'the last yen spent at the very end of the first extension was still there',
    file: caseFile({ coupon: coupon({ payments: [payment('T1', T1, 2000)] }) }),
    expect: { ...HELD, facts: { balance_yen: 2000 }, evidence: [] },
  },
  {
    name: 'a yen cancelled one microsecond before the first extension ends is there',
    file: caseFile({
      coupon: coupon({
        payments: [payment('T1', '2023-02-22 10:00', 2000, { undone: true })],
        credits: [cancel('X1', T1 - MICROSECOND, 2000, 'T1')],
      }),
    }),
    expect: HELD,
  },
  {
    name: 'a yen cancelled at the very end of the first extension comes too late',
    file: caseFile({
      coupon: coupon({
        payments: [payment('T1', '2023-02-22 10:00', 2000, { undone: true })],
        credits: [cancel('X1', T1, 2000, 'T1')],
      }),
    }),
    expect: NOT,
  },
  {
    name: 'a yen put back before the first extension ends is there',
    file: caseFile({
      coupon: coupon({
        payments: [payment('T1', '18:00:00', 2000)],
        credits: [reinstated('X1', '2023-02-26 10:00', 1)],
      }),
    }),
    expect: { ...HELD, facts: { balance_yen: 1 } },
  },

  // as_of and t1
  {
    name: 'as of one microsecond before the first extension ends (A) is pending',
    file: caseFile({ asOf: T1 - MICROSECOND }),
    expect: PENDING,
  },
  {
    name: 'as of the end of the first extension (A) holds',
    file: caseFile({ asOf: T1 }),
    expect: { ...HELD, facts: { balance_yen: 2000 } },
  },
  {
    name: 'a coupon already used up is not even pending',
    file: caseFile({ coupon: spent(2000), asOf: at('2023-02-25 10:00') }),
    expect: { ...NOT, facts: { balance_yen: 0 } },
  },
  {
    name: 'a coupon with 1 yen left so far is pending',
    file: caseFile({ coupon: spent(1999), asOf: at('2023-02-25 10:00') }),
    expect: { ...PENDING, facts: { balance_yen: 1 } },
  },
  {
    name: 'what is spent at as_of itself is not yet seen',
    file: caseFile({
      coupon: coupon({ payments: [payment('T1', '2023-02-25 10:00', 2000)] }),
      asOf: at('2023-02-25 10:00'),
    }),
    expect: { ...PENDING, facts: { balance_yen: 2000 } },
  },
  {
    name: 'a coupon used up in March stays in (A), which is read once',
    file: caseFile({ coupon: coupon({ payments: [payment('T1', '2023-03-05 10:00', 2000)] }), asOf: T2 }),
    expect: { ...HELD, facts: { balance_yen: 2000 } },
  },

  // R2: the printed expiry is the day of the outage itself.
  {
    name: 'a coupon that expired the day before the outage is not in the cohort',
    file: caseFile({ coupon: coupon({ expires: '2023-02-23' }) }),
    expect: { ...NOT, facts: { in_cohort: false } },
  },
  {
    name: 'a coupon that expired on the day of the outage, written out, is in the cohort',
    file: caseFile({ coupon: coupon({ expires: '2023-02-24', face: 1 }) }),
    expect: { ...HELD, facts: { in_cohort: true } },
  },
  {
    name: 'a coupon that expired the day after the outage is not in the cohort',
    file: caseFile({ coupon: coupon({ expires: '2023-02-25' }) }),
    expect: { ...NOT, facts: { in_cohort: false } },
  },
  {
    name: 'a coupon that expired with the first extension is not in the cohort',
    file: caseFile({ coupon: coupon({ expires: '2023-02-26' }) }),
    expect: { ...NOT, facts: { own_expiry: '2023-02-26', in_cohort: false } },
  },
  {
    name: 'a coupon outside the cohort is not pending either',
    file: caseFile({ coupon: coupon({ expires: '2023-02-25' }), asOf: at('2023-02-25 10:00') }),
    expect: NOT,
  },

  // A notice without a first extension: t1 is the end of the original expiry.
  {
    name: 'without a first extension (A) is pending until the day of the outage ends',
    file: caseFile({ asOf: at('2023-02-25 00:00') - MICROSECOND }),
    policy: policyWithout('firstExtension'),
    expect: PENDING,
  },
  {
    name: 'without a first extension (A) holds once the day of the outage has ended',
    file: caseFile({ asOf: at('2023-02-25 00:00') }),
    policy: policyWithout('firstExtension'),
    expect: HELD,
  },

  // Several cohorts: each is read at its own t1, the 25th without a first extension a day before the 24th.
  ...(
    [
      ['2023-02-24', '2023-02-27 00:00', -MICROSECOND, PENDING],
      ['2023-02-24', '2023-02-27 00:00', 0, HELD],
      ['2023-02-25', '2023-02-26 00:00', -MICROSECOND, PENDING],
      ['2023-02-25', '2023-02-26 00:00', 0, HELD],
      ['2023-02-26', '2023-05-01 00:00', 0, NOT],
    ] as const
  ).map(([expires, when, offset, expected]) => ({
    name: `under two cohorts a coupon printed ${expires} at ${when}, ${offset}`,
    file: caseFile({ coupon: coupon({ expires }), asOf: at(when) + offset }),
    policy: TWO_COHORTS,
    expect: expected,
  })),
]);
