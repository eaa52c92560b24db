import type { Movement, Payment } from '../../src/ledger/case.ts';
import { soundLedger } from '../../src/rules/sound-ledger.ts';
import {
  at,
  cancel,
  caseFile,
  claim,
  coupon,
  decided,
  type Expected,
  foundA,
  foundB,
  group,
  MICROSECOND,
  payment,
  type RuleCase,
  reinstated,
  T1,
  T2,
  testRule,
} from './rule-tester.ts';

const SOUND: Expected = { outcome: 'met' };
/** A hold: its stake is for the settlement to work out. */
const held = (reason: NonNullable<Expected['reason']>, ...evidence: string[]): Expected => ({
  outcome: 'undetermined',
  reason,
  evidence,
});

const early = (id: string, yen: number): Payment => payment(id, '2023-02-21 10:00', yen);

interface Ledger {
  readonly name: string;
  readonly payments?: readonly Payment[];
  readonly credits?: readonly Movement[];
  readonly expect: Expected | readonly Expected[];
}

const ledger = ({ name, payments = [], credits = [], expect }: Ledger): RuleCase => ({
  name,
  file: caseFile({ coupon: coupon({ payments, credits }) }),
  expect,
});

const balances: readonly Ledger[] = [
  { name: 'a coupon that was never used is sound', expect: { ...SOUND, facts: { movements: 0 } } },
  { name: 'a coupon spent to the last yen is sound', payments: [early('T1', 2000)], expect: SOUND },
  { name: 'a coupon spent to one yen less than the last is sound', payments: [early('T1', 1999)], expect: SOUND },
  {
    name: 'a coupon overspent by one yen is overdrawn',
    payments: [early('T1', 2001)],
    expect: held('OVERDRAWN', 'tx:T1'),
  },
  {
    name: 'a coupon overspent twice has one finding, with both payments',
    payments: [payment('T1', '2023-02-21 10:00', 2001), payment('T2', '2023-02-21 11:00', 1)],
    expect: held('OVERDRAWN', 'tx:T1', 'tx:T2'),
  },
  {
    name: 'an overspending mended later was overspending all the same',
    payments: [payment('T1', '2023-02-21 10:00', 1500), payment('T2', '2023-02-21 11:00', 1000, { undone: true })],
    credits: [cancel('X1', '2023-02-21 12:00', 1000, 'T2')],
    expect: held('OVERDRAWN', 'tx:T2'),
  },
  {
    // Movements of one instant: credits first.
    name: 'a payment in the very instant of a cancel finds the money there',
    payments: [payment('T1', '2023-02-21 10:00', 2000, { undone: true }), payment('T2', '2023-02-21 11:00', 2000)],
    credits: [cancel('X1', '2023-02-21 11:00', 2000, 'T1')],
    expect: SOUND,
  },
  {
    name: 'a payment one microsecond before a cancel does not',
    payments: [
      payment('T1', '2023-02-21 10:00', 2000, { undone: true }),
      payment('T2', at('2023-02-21 11:00') - MICROSECOND, 2000),
    ],
    credits: [cancel('X1', '2023-02-21 11:00', 2000, 'T1')],
    expect: held('OVERDRAWN', 'tx:T2'),
  },
  {
    name: 'a reinstatement up to exactly the face value is sound',
    payments: [early('T1', 500)],
    credits: [reinstated('X1', '2023-03-10 10:00', 500)],
    expect: SOUND,
  },
  {
    name: 'a reinstatement to one yen above the face value is over-refunded',
    payments: [early('T1', 500)],
    credits: [reinstated('X1', '2023-03-10 10:00', 501)],
    expect: held('OVER_REFUNDED', 'tx:X1'),
  },
  {
    name: 'a reinstatement on a coupon that was never used is over-refunded',
    credits: [reinstated('X1', '2023-03-10 10:00', 1)],
    expect: held('OVER_REFUNDED', 'tx:X1'),
  },
  {
    // Credits come first here too, so the balance stands above face for a moment.
    name: 'a reinstatement in the very instant of the payment goes above the face value',
    payments: [payment('T1', '2023-02-21 10:00', 500)],
    credits: [reinstated('X1', '2023-02-21 10:00', 500)],
    expect: held('OVER_REFUNDED', 'tx:X1'),
  },
];

/** All of them beside a spent 600 yen, so that no credit reaches the face value. */
const spent = payment('T0', '2023-02-21 09:00', 600);
const live = payment('T1', '2023-02-21 10:00', 500);
const dead = payment('T1', '2023-02-21 10:00', 500, { undone: true });

const reversals: readonly Ledger[] = [
  {
    name: 'cancels that add up to one yen less than the payment do not fit it',
    payments: [spent, live],
    credits: [cancel('X1', '2023-02-21 11:00', 499, 'T1')],
    expect: held('REVERSAL_MISMATCH', 'tx:T1', 'tx:X1'),
  },
  {
    name: 'a cancel of exactly the payment is sound',
    payments: [spent, dead],
    credits: [cancel('X1', '2023-02-21 11:00', 500, 'T1')],
    expect: SOUND,
  },
  {
    name: 'a cancel of one yen more than the payment does not fit it',
    payments: [spent, dead],
    credits: [cancel('X1', '2023-02-21 11:00', 501, 'T1')],
    expect: held('REVERSAL_MISMATCH', 'tx:T1', 'tx:X1'),
  },
  {
    name: 'two cancels that add up to exactly the payment are sound',
    payments: [spent, dead],
    credits: [cancel('X1', '2023-02-21 11:00', 200, 'T1'), cancel('X2', '2023-02-21 12:00', 300, 'T1')],
    expect: SOUND,
  },
  {
    name: 'two cancels that add up to one yen less do not fit, and both are shown',
    payments: [spent, live],
    credits: [cancel('X1', '2023-02-21 11:00', 200, 'T1'), cancel('X2', '2023-02-21 12:00', 299, 'T1')],
    expect: held('REVERSAL_MISMATCH', 'tx:T1', 'tx:X1', 'tx:X2'),
  },
  {
    name: 'a reinstatement of part of a payment is sound: only cancels must add up to it',
    payments: [spent, live],
    credits: [reinstated('X1', '2023-03-10 10:00', 499, 'T1')],
    expect: SOUND,
  },
  {
    name: 'a reinstatement of exactly the payment is sound',
    payments: [spent, live],
    credits: [reinstated('X1', '2023-03-10 10:00', 500, 'T1')],
    expect: SOUND,
  },
  {
    name: 'a reinstatement of one yen more than the payment does not fit it',
    payments: [spent, live],
    credits: [reinstated('X1', '2023-03-10 10:00', 501, 'T1')],
    expect: held('REVERSAL_MISMATCH', 'tx:T1', 'tx:X1'),
  },
  {
    name: 'a cancel of the whole and a reinstatement of one yen of it are too much together',
    payments: [spent, dead],
    credits: [cancel('X1', '2023-02-21 11:00', 500, 'T1'), reinstated('X2', '2023-03-10 10:00', 1, 'T1')],
    expect: held('REVERSAL_MISMATCH', 'tx:T1', 'tx:X1', 'tx:X2'),
  },
  {
    // Cancels alone add up to less: the reinstatement does not fill the gap.
    name: 'a cancel of part and a reinstatement of the rest do not make a whole cancel',
    payments: [spent, live],
    credits: [cancel('X1', '2023-02-21 11:00', 200, 'T1'), reinstated('X2', '2023-03-10 10:00', 300, 'T1')],
    expect: held('REVERSAL_MISMATCH', 'tx:T1', 'tx:X1', 'tx:X2'),
  },
  {
    name: 'a cancel that names no payment of this coupon does not fit',
    payments: [spent],
    credits: [cancel('X1', '2023-02-21 11:00', 500, 'T9')],
    expect: held('REVERSAL_MISMATCH', 'tx:X1'),
  },
  {
    name: 'a reinstatement that names no payment of this coupon does not fit',
    payments: [spent],
    credits: [reinstated('X1', '2023-03-10 10:00', 500, 'T9')],
    expect: held('REVERSAL_MISMATCH', 'tx:X1'),
  },
  {
    name: 'a cancel that names another cancel does not fit',
    payments: [spent, dead],
    credits: [cancel('X1', '2023-02-21 11:00', 500, 'T1'), cancel('X2', '2023-02-21 12:00', 500, 'X1')],
    expect: held('REVERSAL_MISMATCH', 'tx:X2'),
  },
  {
    name: 'a reinstatement that names nothing is sound',
    payments: [spent],
    credits: [reinstated('X1', '2023-03-10 10:00', 500)],
    expect: SOUND,
  },
];

const issued = at('2023-02-20 10:00');
const ownEnd = at('2023-03-11 00:00');
const double = [payment('T1', '18:00:00'), payment('T2', '18:05:00')] as const;

/** A coupon of its own expiry in March that was charged twice, and a late payment. */
function doubled(
  name: string,
  when: number,
  options: { claimed: boolean; expires?: string; expect: Expected },
): RuleCase {
  const expires = options.expires ?? '2023-03-10';
  const record = group(double, decided(1, [double[1]]));
  const claims = options.claimed ? [claim('K1', 'double_charge', { expires })] : [];
  return {
    name,
    file: caseFile({
      coupon: coupon({ expires, payments: [...double, payment('T9', when, 100)], claims }),
      groups: [record],
      asOf: at('2023-06-01 00:00'),
    }),
    earlier: [foundB('B2', record)],
    expect: options.expect,
  };
}

const paidAt = (
  name: string,
  when: number,
  expect: Expected,
  more: { expires?: string; earlier?: RuleCase['earlier'] } = {},
): RuleCase => ({
  name,
  file: caseFile({
    coupon: coupon({ payments: [payment('T9', when, 100)], expires: more.expires ?? '2023-02-24' }),
    asOf: at('2023-06-01 00:00'),
  }),
  ...(more.earlier === undefined ? {} : { earlier: more.earlier }),
  expect,
});

const OUTSIDE = held('OUTSIDE_VALIDITY', 'tx:T9');

const validity: readonly RuleCase[] = [
  paidAt('a payment one microsecond before the coupon was issued is outside', issued - MICROSECOND, OUTSIDE),
  paidAt('a payment in the instant of issue is inside', issued, SOUND),
  {
    name: 'a payment before issue that was undone is no finding',
    file: caseFile({
      coupon: coupon({
        payments: [payment('T9', issued - MICROSECOND, 100, { undone: true })],
        credits: [cancel('X1', '2023-02-21 10:00', 100, 'T9')],
      }),
    }),
    expect: SOUND,
  },
  // A cohort coupon is valid at least to the end of the first extension.
  paidAt(
    'a cohort coupon without (A) can be used to the last microsecond of the first extension',
    T1 - MICROSECOND,
    SOUND,
  ),
  paidAt('a cohort coupon without (A) cannot be used when the first extension has ended', T1, OUTSIDE),
  paidAt('a cohort coupon whose (A) is pending is not extended a second time yet', T1, OUTSIDE, {
    earlier: [foundA('pending')],
  }),
  paidAt('an (A) coupon can be used to the last microsecond of the second extension', T2 - MICROSECOND, SOUND, {
    earlier: [foundA()],
  }),
  paidAt('an (A) coupon cannot be used when the second extension has ended', T2, OUTSIDE, { earlier: [foundA()] }),
  // A coupon outside the cohort has its own expiry, whole days (R1).
  paidAt('another coupon can be used to the last microsecond of its own expiry', ownEnd - MICROSECOND, SOUND, {
    expires: '2023-03-10',
  }),
  paidAt('another coupon cannot be used in the first instant after its own expiry', ownEnd, OUTSIDE, {
    expires: '2023-03-10',
  }),
  paidAt(
    'a coupon that expired the day before the outage is not extended to the first extension',
    at('2023-02-24 00:00'),
    OUTSIDE,
    { expires: '2023-02-23' },
  ),
  // A (B) ground extends only if it counts.
  doubled('a (B) coupon can be used to the last microsecond of the second extension', T2 - MICROSECOND, {
    claimed: true,
    expect: SOUND,
  }),
  doubled('a (B) coupon cannot be used when the second extension has ended', T2, { claimed: true, expect: OUTSIDE }),
  doubled('a (B) coupon that waits for a call cannot be used past its own expiry', ownEnd, {
    claimed: false,
    expect: OUTSIDE,
  }),
  doubled(
    'a (B) coupon that waits for a call can be used to the last microsecond of its own expiry',
    ownEnd - MICROSECOND,
    { claimed: false, expect: SOUND },
  ),
  // R5: an extension never shortens.
  doubled(
    'a (B) coupon that outlives the extension can be used to its own last microsecond',
    at('2023-05-01 00:00') - MICROSECOND,
    { claimed: true, expires: '2023-04-30', expect: SOUND },
  ),
  doubled('a (B) coupon that outlives the extension cannot be used after its own end', at('2023-05-01 00:00'), {
    claimed: true,
    expires: '2023-04-30',
    expect: OUTSIDE,
  }),
];

testRule(soundLedger, [
  ...balances.map(ledger),
  ...reversals.map(ledger),
  ...validity,
  {
    name: 'a payment of unknown outcome holds the coupon',
    file: caseFile({ coupon: coupon({ pending: ['T1'] }) }),
    expect: held('INDETERMINATE', 'tx:T1'),
  },
  {
    name: 'conflicting rows of any file hold the coupon, in one finding',
    file: caseFile({ coupon: coupon({ conflicting: ['tx:T1', 'claim:K1', 'application:AP1', 'paid:P1'] }) }),
    expect: held('CONFLICTING_ROWS', 'tx:T1', 'claim:K1', 'application:AP1', 'paid:P1'),
  },
  {
    name: 'a transaction row that could not be read holds the coupon',
    file: caseFile({ coupon: coupon({ rejected: ['T1'] }) }),
    expect: held('REJECTED_ROWS', 'tx:T1'),
  },
  {
    name: 'everything at once is told, at most one finding of each',
    file: caseFile({
      coupon: coupon({
        payments: [payment('T1', issued - MICROSECOND, 2001)],
        credits: [cancel('X1', '2023-02-21 10:00', 5000, 'T9')],
        pending: ['T5', 'T6'],
        conflicting: ['tx:T7'],
        rejected: ['T8'],
      }),
    }),
    expect: [
      held('OVERDRAWN', 'tx:T1'),
      held('OVER_REFUNDED', 'tx:X1'),
      held('OUTSIDE_VALIDITY', 'tx:T1'),
      held('REVERSAL_MISMATCH', 'tx:X1'),
      held('INDETERMINATE', 'tx:T5', 'tx:T6'),
      held('CONFLICTING_ROWS', 'tx:T7'),
      held('REJECTED_ROWS', 'tx:T8'),
    ],
  },
]);
