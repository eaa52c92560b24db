import { residualBalance } from '../../src/rules/residual-balance.ts';
import {
  asked,
  at,
  caseFile,
  claim,
  coupon,
  day,
  decided,
  type Expected,
  foundA,
  foundB,
  group,
  MICROSECOND,
  paidRow,
  payment,
  policyOfVersion2,
  policyWith,
  type RuleCase,
  reinstated,
  T2,
  testRule,
} from './rule-tester.ts';

const A = [foundA()];
const NOTHING: Expected = { outcome: 'not met', amounts: { entitledYen: 0 } };
const due = (entitledYen: number): Expected => ({ outcome: 'met', amounts: { entitledYen } });

// Two payments of 500 at M1, one sale; two of 300 at M2, one sale. T2 and T4 are put back.
const one = payment('T1', '18:00:00');
const two = payment('T2', '18:05:00');
const three = payment('T3', '18:30:00', 300, { shop: 'M2' });
const four = payment('T4', '18:35:00', 300, { shop: 'M2' });
const atM1 = group([one, two], decided(1, [two]));
const atM2 = group([three, four], decided(1, [four]));

interface BCase {
  readonly name: string;
  readonly credits?: readonly ReturnType<typeof reinstated>[];
  readonly claims?: 'both' | 'M1' | 'none';
  readonly asOf?: number;
  readonly residualYen: number;
  readonly reinstateYen: number;
  readonly entitledYen: number;
}

/** 2000 yen less 1600 is 400, and up to 800 to put back. */
function putBack({ name, credits = [], claims = 'both', asOf = T2, ...amounts }: BCase): RuleCase {
  const calls = { both: ['M1', 'M2'], M1: ['M1'], none: [] }[claims].map((shop) =>
    claim(`K-${shop}`, 'double_charge', { shop, expires: '2023-03-10' }),
  );
  return {
    name,
    file: caseFile({
      coupon: coupon({ expires: '2023-03-10', payments: [one, two, three, four], credits, claims: calls }),
      groups: [atM1, atM2],
      asOf,
    }),
    earlier: [foundB('B2', atM1), foundB('B2', atM2)],
    expect: { outcome: amounts.entitledYen > 0 ? 'met' : 'not met', amounts },
  };
}

const paying = (compensation: object) => policyOfVersion2({ compensation });
const HALF = { kind: 'percentage', percent: 50 } as const;

/** An (A) coupon of 2000 yen that spent so much, at the cut-off. */
const leftOver = (name: string, spentYen: number, compensation: object, expect: Expected, asOf = T2): RuleCase => ({
  name,
  policy: paying(compensation),
  file: caseFile({ coupon: coupon({ payments: [payment('T0', '2023-02-21 10:00', spentYen)] }), asOf }),
  earlier: A,
  expect,
});

const NONE_PAID: Expected = { ...NOTHING, reasons: ['BELOW_MINIMUM'] };

/** What is paid is not the balance: 3-rules.md §6, share_yen. */
const shares: readonly RuleCase[] = [
  leftOver('half of 1999 yen, rounded down', 1, { ...HALF, rounding: 'down' }, due(999)),
  leftOver('half of 1999 yen, rounded up', 1, { ...HALF, rounding: 'up' }, due(1000)),
  leftOver('half of 1998 yen, rounded up', 2, { ...HALF, rounding: 'up' }, due(999)),
  leftOver(
    'nothing before the cut-off, and nothing is said',
    1,
    { ...HALF, rounding: 'up' },
    NOTHING,
    T2 - MICROSECOND,
  ),
  leftOver('a yen below the minimum', 2, { ...HALF, rounding: 'up', minimumYen: 1000 }, NONE_PAID),
  leftOver('the minimum', 1, { ...HALF, rounding: 'up', minimumYen: 1000 }, due(1000)),
  leftOver(
    'a minimum is nobody’s reason before the cut-off',
    2,
    { ...HALF, rounding: 'up', minimumYen: 1000 },
    NOTHING,
    T2 - MICROSECOND,
  ),
  leftOver('half a yen, rounded down, is nothing', 1999, { ...HALF, rounding: 'down' }, NONE_PAID),
  leftOver('where nothing is left, nothing is below a minimum', 2000, { kind: 'fixed', yen: 500 }, NOTHING),
  leftOver('a fixed sum for a yen', 1999, { kind: 'fixed', yen: 500 }, due(500)),
  leftOver(
    'a fixed sum above the face value is due, and asked about elsewhere',
    0,
    { kind: 'fixed', yen: 2500 },
    due(2500),
  ),
  leftOver('the cap', 1299, { kind: 'balance', capPerCouponYen: 700 }, due(700)),
  leftOver('a yen below the cap', 1301, { kind: 'balance', capPerCouponYen: 700 }, due(699)),
  // 400 yen are left of that coupon, and 800 were deducted and not put back: those are its holder’s own.
  {
    ...putBack({
      name: 'half of what is left, and all that was deducted',
      residualYen: 400,
      reinstateYen: 800,
      entitledYen: 1000,
    }),
    policy: paying({ ...HALF, rounding: 'down' }),
  },
  {
    ...putBack({ name: 'no cap on what was deducted', residualYen: 400, reinstateYen: 800, entitledYen: 900 }),
    policy: paying({ kind: 'balance', capPerCouponYen: 100 }),
  },
  {
    ...putBack({ name: 'and no minimum', residualYen: 400, reinstateYen: 800, entitledYen: 800 }),
    policy: paying({ ...HALF, rounding: 'down', minimumYen: 201 }),
    expect: {
      outcome: 'met',
      reasons: ['BELOW_MINIMUM'],
      amounts: { residualYen: 400, reinstateYen: 800, shareYen: 0, entitledYen: 800 },
    },
  },
];

const back = (id: string, yen: number, of = '', when: string | number = '2023-03-10 10:00') =>
  reinstated(id, when, yen, of);

const reinstatements: readonly BCase[] = [
  {
    name: 'both (B) payments that count are put back on top of the balance',
    residualYen: 400,
    reinstateYen: 800,
    entitledYen: 1200,
  },
  {
    name: 'a (B) payment that waits for a call is not put back, but the coupon is paid whole for the other (R4)',
    claims: 'M1',
    residualYen: 400,
    reinstateYen: 500,
    entitledYen: 900,
  },
  {
    name: 'where no ground counts nothing is due and nothing put back',
    claims: 'none',
    residualYen: 400,
    reinstateYen: 0,
    entitledYen: 0,
  },
  // What was put back is in the balance already (R12).
  {
    name: 'what was put back whole is not put back again',
    credits: [back('X1', 500, 'T2')],
    residualYen: 900,
    reinstateYen: 300,
    entitledYen: 1200,
  },
  {
    name: 'what was put back all but one yen leaves one',
    credits: [back('X1', 499, 'T2')],
    residualYen: 899,
    reinstateYen: 301,
    entitledYen: 1200,
  },
  {
    name: 'a reinstatement that names the other payment of the group is set off all the same',
    credits: [back('X1', 500, 'T1')],
    residualYen: 900,
    reinstateYen: 300,
    entitledYen: 1200,
  },
  {
    // "for each group … not below 0": 1000 back at M1 is not set off against the 300 of M2.
    name: 'what one group got too much is not taken from the other',
    credits: [back('X1', 500, 'T1'), back('X2', 500, 'T2')],
    residualYen: 1400,
    reinstateYen: 300,
    entitledYen: 1700,
  },
  {
    name: 'a reinstatement that names nothing is set off against the sum',
    credits: [back('X1', 600)],
    residualYen: 1000,
    reinstateYen: 200,
    entitledYen: 1200,
  },
  {
    name: 'nameless reinstatements of exactly the sum leave nothing to put back',
    credits: [back('X1', 800)],
    residualYen: 1200,
    reinstateYen: 0,
    entitledYen: 1200,
  },
  {
    name: 'nameless reinstatements of one yen more than the sum put back nothing, not less',
    credits: [back('X1', 801)],
    residualYen: 1201,
    reinstateYen: 0,
    entitledYen: 1201,
  },
  {
    // T2 at 18:05:00 is the earliest B payment that counts.
    name: 'a nameless reinstatement in the instant of the earliest B payment is set off',
    credits: [back('X1', 100, '', '18:05:00')],
    residualYen: 500,
    reinstateYen: 700,
    entitledYen: 1200,
  },
  {
    name: 'a nameless reinstatement one microsecond before the earliest B payment was for something else',
    credits: [back('X1', 100, '', at('18:05:00') - MICROSECOND)],
    residualYen: 500,
    reinstateYen: 800,
    entitledYen: 1300,
  },
  {
    // The reinstatement comes at the reading instant, and is seen by neither the balance nor the set-off.
    name: 'a reinstatement at the very cut-off changes nothing',
    credits: [back('X1', 500, 'T2', T2)],
    residualYen: 400,
    reinstateYen: 800,
    entitledYen: 1200,
  },
  {
    name: 'a reinstatement one microsecond before the cut-off is in the balance',
    credits: [back('X1', 500, 'T2', T2 - MICROSECOND)],
    residualYen: 900,
    reinstateYen: 300,
    entitledYen: 1200,
  },
  {
    name: 'before the cut-off the yen to put back are known though nothing is due',
    asOf: T2 - MICROSECOND,
    residualYen: 400,
    reinstateYen: 800,
    entitledYen: 0,
  },
];

/** One group of two payments on a coupon of the given expiry, called about: 1000 yen left and 500 to put back. */
function expiring(
  name: string,
  expires: string,
  asOf: number,
  expect: RuleCase['expect'],
  paid: readonly number[] = [],
): RuleCase {
  return {
    name,
    file: caseFile({
      coupon: coupon({
        expires,
        payments: [one, two],
        claims: [claim('K1', 'double_charge', { expires })],
        paid: paid.map((yen, index) => paidRow(`P${index}`, yen)),
      }),
      groups: [atM1],
      asOf,
    }),
    earlier: [foundB('B2', atM1)],
    expect,
  };
}

const END_OF_APRIL = at('2023-05-01 00:00');
const OUTLIVES: Expected = { outcome: 'undetermined', reason: 'OUTLIVES_EXTENSION', evidence: ['coupon:C1'] };

const paidSoFar = (name: string, paid: readonly number[], expect: RuleCase['expect'], asOf = T2): RuleCase => ({
  name,
  file: caseFile({ coupon: coupon({ paid: paid.map((yen, index) => paidRow(`P${index}`, yen)) }), asOf }),
  earlier: A,
  expect,
});

const pressed = group([one, two], { kind: 'uncovered', repeats: 1 });
const unreported = caseFile({
  coupon: coupon({ expires: '2023-03-10', payments: [one, two] }),
  groups: [pressed],
  covered: false,
});
const grants = [{ id: 'B2' as const, group: pressed.group, payments: [two] }];

testRule(residualBalance, [
  ...shares,

  // Due at the cut-off, t2, and not before.
  {
    name: 'one microsecond before the cut-off nothing is due yet',
    file: caseFile({ asOf: T2 - MICROSECOND }),
    earlier: A,
    expect: {
      outcome: 'not met',
      amounts: { validUntil: day('2023-03-31'), cutOff: T2, residualYen: 2000, reinstateYen: 0, entitledYen: 0 },
    },
  },
  {
    name: 'at the cut-off the balance is due',
    file: caseFile(),
    earlier: A,
    expect: {
      outcome: 'met',
      amounts: { validUntil: day('2023-03-31'), cutOff: T2, residualYen: 2000, reinstateYen: 0, entitledYen: 2000 },
    },
  },
  {
    name: 'a year after the cut-off the same is due',
    file: caseFile({ asOf: at('2024-04-01 00:00') }),
    earlier: A,
    expect: due(2000),
  },
  {
    name: 'a coupon without a ground keeps its balance, and nothing is due',
    file: caseFile(),
    expect: {
      outcome: 'not met',
      amounts: { validUntil: day('2023-02-26'), cutOff: T2, residualYen: 2000, entitledYen: 0 },
    },
  },
  {
    name: 'a coupon whose (A) is pending has nothing due',
    file: caseFile({ asOf: at('2023-02-26 12:00') }),
    earlier: [foundA('pending')],
    expect: { outcome: 'not met', amounts: { validUntil: day('2023-02-26'), entitledYen: 0 } },
  },

  // residual = balance(reading instant), strictly before it (R3)
  {
    name: 'what was spent one microsecond before the cut-off is not due',
    file: caseFile({ coupon: coupon({ payments: [payment('T1', T2 - MICROSECOND, 1999)] }) }),
    earlier: A,
    expect: { outcome: 'met', amounts: { residualYen: 1, entitledYen: 1 }, evidence: ['tx:T1'] },
  },
  {
    name: 'what was spent at the very cut-off is still due',
    file: caseFile({ coupon: coupon({ payments: [payment('T1', T2, 1999)] }), asOf: at('2023-04-02 00:00') }),
    earlier: A,
    expect: { outcome: 'met', amounts: { residualYen: 2000, entitledYen: 2000 }, evidence: [] },
  },
  {
    name: 'a coupon used up in March has nothing due',
    file: caseFile({ coupon: coupon({ payments: [payment('T1', '2023-03-05 10:00', 2000)] }) }),
    earlier: A,
    expect: NOTHING,
  },
  {
    name: 'before the cut-off the balance is read as of the run',
    file: caseFile({
      coupon: coupon({ payments: [payment('T1', '2023-03-05 10:00', 500), payment('T2', '2023-03-06 10:00', 500)] }),
      asOf: at('2023-03-06 10:00'),
    }),
    earlier: A,
    expect: {
      outcome: 'not met',
      amounts: { residualYen: 1500, entitledYen: 0 },
      facts: { read_at: '2023-03-06 10:00:00' },
    },
  },

  ...reinstatements.map(putBack),
  {
    name: 'a (B) coupon with nothing called about is due where the run counts the unclaimed',
    file: caseFile({
      coupon: coupon({ expires: '2023-03-10', payments: [one, two] }),
      groups: [atM1],
      countUnclaimed: true,
    }),
    earlier: [foundB('B2', atM1)],
    expect: { outcome: 'met', amounts: { residualYen: 1000, reinstateYen: 500, entitledYen: 1500 } },
  },
  {
    name: 'an approved question puts back its payments, claim or no claim',
    file: unreported,
    earlier: [asked('REPEAT_UNVERIFIED', 'approve', { group: pressed.group, grants })],
    expect: { outcome: 'met', amounts: { residualYen: 1000, reinstateYen: 500, entitledYen: 1500 } },
  },
  {
    name: 'an open question puts back nothing',
    file: unreported,
    earlier: [asked('REPEAT_UNVERIFIED', 'open', { group: pressed.group, grants })],
    expect: { outcome: 'not met', amounts: { reinstateYen: 0, entitledYen: 0 } },
  },
  {
    name: 'an approved reinstatement without a ground makes the balance due, with nothing more to put back',
    file: caseFile({ coupon: coupon({ expires: '2023-03-10', payments: [one], credits: [back('X1', 500)] }) }),
    earlier: [asked('REINSTATED_WITHOUT_GROUND', 'approve', { grants: [{ id: 'B1', payments: [] }] })],
    expect: {
      outcome: 'met',
      amounts: { validUntil: day('2023-03-31'), residualYen: 2000, reinstateYen: 0, entitledYen: 2000 },
    },
  },

  // The cut-off is the end of the later of the second extension and valid_until; beyond it a person decides (R5).
  expiring('a coupon that expires one day before the second extension is cut off at its end', '2023-03-30', T2, {
    outcome: 'met',
    amounts: { cutOff: T2, entitledYen: 1500 },
  }),
  expiring('a coupon that expires with the second extension is cut off at its end', '2023-03-31', T2, {
    outcome: 'met',
    amounts: { cutOff: T2, entitledYen: 1500 },
  }),
  expiring(
    'a coupon that expires one day after the second extension is for a person at its own end',
    '2023-04-01',
    at('2023-04-02 00:00'),
    [
      { outcome: 'met', amounts: { validUntil: day('2023-04-01'), cutOff: at('2023-04-02 00:00'), entitledYen: 1500 } },
      OUTLIVES,
    ],
  ),
  expiring(
    'a coupon that expires one day after the second extension has nothing due when that ends',
    '2023-04-01',
    T2,
    {
      outcome: 'not met',
      amounts: { cutOff: at('2023-04-02 00:00'), residualYen: 1000, reinstateYen: 500, entitledYen: 0 },
    },
  ),
  expiring(
    'a coupon valid through April has nothing due in its last microsecond',
    '2023-04-30',
    END_OF_APRIL - MICROSECOND,
    NOTHING,
  ),
  expiring('a coupon valid through April is for a person when it has expired', '2023-04-30', END_OF_APRIL, [
    due(1500),
    OUTLIVES,
  ]),
  expiring(
    'a coupon that outlives the extension and is paid all but one yen is still for a person',
    '2023-04-30',
    END_OF_APRIL,
    [due(1500), OUTLIVES],
    [1499],
  ),
  expiring(
    'a coupon that outlives the extension and is paid in full is no question',
    '2023-04-30',
    END_OF_APRIL,
    due(1500),
    [1500],
  ),
  expiring(
    'a coupon that outlives the extension and is paid one yen too much is overpaid, nothing else',
    '2023-04-30',
    END_OF_APRIL,
    [due(1500), { outcome: 'undetermined', reason: 'OVERPAID', stakeYen: 1 }],
    [1501],
  ),
  {
    name: 'a policy with a later second extension cuts off later',
    file: caseFile({ asOf: T2 }),
    policy: policyWith({ secondExtension: '2023-04-30' }),
    earlier: A,
    expect: { outcome: 'not met', amounts: { validUntil: day('2023-04-30'), cutOff: END_OF_APRIL, entitledYen: 0 } },
  },

  // Already paid > entitled
  paidSoFar('a coupon paid one yen less than due is not overpaid', [1999], due(2000)),
  paidSoFar('a coupon paid exactly what is due is not overpaid', [2000], due(2000)),
  paidSoFar(
    'a coupon paid one yen more than due is overpaid by one',
    [2001],
    [due(2000), { outcome: 'undetermined', reason: 'OVERPAID', stakeYen: 1, evidence: ['paid:P0'] }],
  ),
  paidSoFar(
    'two payouts that add up to one yen more than due are overpaid by one',
    [1000, 1001],
    [due(2000), { outcome: 'undetermined', reason: 'OVERPAID', stakeYen: 1, evidence: ['paid:P0', 'paid:P1'] }],
  ),
  // Before the cut-off nothing is entitled, so whatever was paid is too much.
  paidSoFar(
    'a coupon paid before anything was due is overpaid by all of it',
    [2000],
    [NOTHING, { outcome: 'undetermined', reason: 'OVERPAID', stakeYen: 2000 }],
    T2 - MICROSECOND,
  ),
  {
    name: 'a coupon without a ground that was paid is overpaid by all of it',
    file: caseFile({ coupon: coupon({ paid: [paidRow('P0', 1)] }) }),
    expect: [NOTHING, { outcome: 'undetermined', reason: 'OVERPAID', stakeYen: 1 }],
  },
]);
