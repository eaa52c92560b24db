import { expect, it } from 'vitest';
import { faceValue } from '../../src/rules/face-value.ts';
import type { JudgedFinding } from '../../src/rules/finding.ts';
import {
  asked,
  at,
  caseFile,
  coupon,
  day,
  type Expected,
  found,
  paidRow,
  payment,
  type RuleCase,
  reinstated,
  T2,
  testRule,
} from './rule-tester.ts';

/** What the rule `residual-balance` found due. */
const entitled = (entitledYen: number): JudgedFinding =>
  found('residual-balance', {
    amounts: {
      validUntil: day('2023-03-31'),
      cutOff: T2,
      residualYen: entitledYen,
      reinstateYen: 0,
      shareYen: entitledYen,
      entitledYen,
    },
  });

const spent = payment('T1', '2023-02-21 10:00', 2000);
const credits = [
  reinstated('X1', '2023-02-22 10:00', 2000),
  reinstated('X2', '2023-03-01 10:00', 500, 'T1'),
  // At the cut-off, and so without a say in what is due.
  reinstated('X3', T2, 100, 'T1'),
];

/** A coupon of 2000 yen, paid so much and entitled to so much in all. */
const judged = (
  name: string,
  paid: readonly number[],
  entitledYen: number,
  expect: RuleCase['expect'],
  earlier: readonly JudgedFinding[] = [],
): RuleCase => ({
  name,
  file: caseFile({
    coupon: coupon({ payments: [spent], credits, paid: paid.map((yen, index) => paidRow(`P${index}`, yen)) }),
    asOf: at('2023-04-10 00:00'),
  }),
  earlier: [...earlier, entitled(entitledYen)],
  expect,
});

const EVIDENCE = ['coupon:C1', 'tx:T1', 'tx:X1', 'tx:X2'];
const exceeds = (paid: number, entitledYen: number, excess: number): Expected => ({
  outcome: 'undetermined',
  reason: 'EXCEEDS_FACE',
  facts: { face_yen: 2000, entitled_yen: entitledYen, already_paid_yen: paid, above_face_yen: excess },
  evidence: EVIDENCE,
});

testRule(faceValue, [
  // Nothing paid yet: what is due against the face value.
  judged('a coupon due one yen less than its face value is no question', [], 1999, []),
  judged('a coupon due exactly its face value is no question', [], 2000, []),
  judged('a coupon due one yen more than its face value is held', [], 2001, exceeds(0, 2001, 1)),

  // Paid in part: what was paid and what is still due come to what it is entitled to.
  judged('a coupon paid in part and due the rest of its face value less one yen is no question', [1500], 1999, []),
  judged('a coupon paid in part and due the rest of its face value is no question', [1500], 2000, []),
  judged(
    'a coupon paid in part and due one yen more than the rest of its face value is held',
    [1500],
    2001,
    exceeds(1500, 2001, 1),
  ),

  // Paid in full: nothing is due, and what was paid is looked at by itself.
  judged('a coupon paid its face value and entitled to it is no question', [1000, 1000], 2000, []),
  judged('a coupon paid its face value and entitled to one yen more is held', [2000], 2001, exceeds(2000, 2001, 1)),
  judged(
    'a coupon paid one yen more than its face value, as it is entitled to, is held',
    [2001],
    2001,
    exceeds(2001, 2001, 1),
  ),

  // Whoever was paid more than is due, or stood above face, is asked about already.
  judged('a coupon that is overpaid is no second question', [2502], 2501, [], [asked('OVERPAID', 'open')]),
  judged(
    'a coupon that stood above its face value is no second question',
    [],
    2500,
    [],
    [asked('OVER_REFUNDED', 'open')],
  ),
  judged(
    'a coupon that a person released to be paid above face is none',
    [],
    2500,
    [],
    [asked('OVER_REFUNDED', 'approve')],
  ),
  judged('another hold does not keep the question back', [], 2500, exceeds(0, 2500, 500), [
    asked('REVERSAL_MISMATCH', 'approve'),
  ]),
]);

it('lets nobody be paid more than the face value, whatever the answer', () => {
  const file = caseFile({ coupon: coupon({ face: 1500, payments: [spent], credits }) });
  const [finding] = faceValue.judge(file, undefined as never, [entitled(1501)]);
  expect(finding?.question?.atMostYen).toBe(1500);
});
