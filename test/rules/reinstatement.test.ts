import { reinstatement } from '../../src/rules/reinstatement.ts';
import {
  asked,
  caseFile,
  claim,
  coupon,
  decided,
  foundA,
  foundB,
  group,
  payment,
  reinstated,
  testRule,
  uncovered,
} from './rule-tester.ts';

const one = payment('T1', '18:00:00');
const two = payment('T2', '18:05:00');
const back = reinstated('X1', '2023-03-10 10:00', 500, 'T2');
const nameless = reinstated('X1', '2023-03-10 10:00', 500);
const double = group([one, two], decided(1, [two]));
const pressed = group([one, two], uncovered(1));
const grants = [{ id: 'B2' as const, group: pressed.group, payments: [two] }];
const withDouble = caseFile({ coupon: coupon({ payments: [one, two], credits: [back] }), groups: [double] });
const unreported = caseFile({
  coupon: coupon({ payments: [one, two], credits: [back] }),
  groups: [pressed],
  covered: false,
});

const QUESTION = {
  outcome: 'undetermined',
  reason: 'REINSTATED_WITHOUT_GROUND',
  stakeYen: 0,
  // "ground B1 counts, with nothing more to put back" (§7)
  grants: [{ id: 'B1', payments: [] }],
} as const;

testRule(reinstatement, [
  { name: 'a coupon to which nothing was put back gives no finding', file: caseFile(), expect: [] },
  {
    name: 'a coupon with a ground to which nothing was put back gives no finding',
    file: caseFile({ coupon: coupon({ payments: [one, two] }), groups: [double] }),
    earlier: [foundB('B2', double)],
    expect: [],
  },
  {
    name: 'a reinstatement beside a (B) ground is explained',
    file: withDouble,
    earlier: [foundB('B2', double)],
    expect: { outcome: 'met' },
  },
  {
    name: 'a reinstatement that names nothing is explained by any (B) ground',
    file: caseFile({ coupon: coupon({ payments: [one, two], credits: [nameless] }), groups: [double] }),
    earlier: [foundB('B2', double)],
    expect: { outcome: 'met', facts: { b_grounds: 1 } },
  },
  {
    // "and no B ground": one that only waits for a call is a ground too.
    name: 'a reinstatement before the double charge leaves the ground waiting, and is explained by it',
    file: caseFile({
      coupon: coupon({ payments: [one, two], credits: [reinstated('X1', '2023-02-24 12:00', 100)] }),
      groups: [double],
    }),
    earlier: [foundB('B2', double)],
    expect: { outcome: 'met' },
  },
  {
    name: 'a reinstatement without any ground is for a person',
    file: caseFile({ coupon: coupon({ payments: [one], credits: [nameless] }), groups: [group([one], decided(1))] }),
    expect: { ...QUESTION, evidence: ['tx:X1'], facts: { reinstatements: 1, reinstated_yen: 500, b_grounds: 0 } },
  },
  {
    name: 'ground (A) does not explain a reinstatement',
    file: caseFile({ coupon: coupon({ payments: [one], credits: [nameless] }) }),
    earlier: [foundA()],
    expect: QUESTION,
  },
  {
    name: 'several reinstatements without a ground are one question',
    file: caseFile({
      coupon: coupon({ face: 1000, credits: [nameless, reinstated('X2', '2023-03-11 10:00', 200)] }),
    }),
    expect: { ...QUESTION, evidence: ['tx:X1', 'tx:X2'], facts: { reinstatements: 2, reinstated_yen: 700 } },
  },
  {
    name: 'an open question about the payments does not yet explain a reinstatement',
    file: unreported,
    earlier: [asked('REPEAT_UNVERIFIED', 'open', { group: pressed.group, grants })],
    expect: QUESTION,
  },
  {
    name: 'a question about the payments that was approved explains a reinstatement',
    file: unreported,
    earlier: [asked('REPEAT_UNVERIFIED', 'approve', { group: pressed.group, grants })],
    expect: { outcome: 'met' },
  },
  {
    name: 'a question about the payments that was rejected does not explain a reinstatement',
    file: unreported,
    earlier: [asked('REPEAT_UNVERIFIED', 'reject', { group: pressed.group, grants })],
    expect: QUESTION,
  },
  {
    name: 'a question about the payments that was approved on other evidence does not explain a reinstatement',
    file: unreported,
    earlier: [asked('REPEAT_UNVERIFIED', 'stale', { group: pressed.group, grants })],
    expect: QUESTION,
  },
  {
    name: 'a claim alone does not explain a reinstatement',
    file: caseFile({
      coupon: coupon({ payments: [one], credits: [nameless], claims: [claim('K1', 'double_charge')] }),
      groups: [group([one], decided(1))],
    }),
    expect: QUESTION,
  },
]);
