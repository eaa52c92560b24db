import type { Payment } from '../../src/ledger/case.ts';
import { countRepeats } from '../../src/pairing/groups.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { shopRecord } from '../../src/rules/shop-record.ts';
import {
  ambiguous,
  at,
  caseFile,
  coupon,
  decided,
  evidence,
  group,
  MICROSECOND,
  payment,
  testRule,
  uncovered,
} from './rule-tester.ts';

const one = payment('T1', '18:00:00');
const two = payment('T2', '18:05:00');
const three = payment('T3', '18:09:00');
const pair = coupon({ payments: [one, two] });
const trio = coupon({ payments: [one, two, three] });

/** A coupon that paid at a shop without a report. */
function withoutReport(payments: readonly Payment[]) {
  const record = group(payments, uncovered(countRepeats(payments, KAGOSHIMA.terms.repeatPressGap)));
  return caseFile({ coupon: coupon({ payments }), groups: [record], covered: false });
}

const GAP = KAGOSHIMA.terms.repeatPressGap;
const first = payment('T1', '18:00:00');
const after = (id: string, span: number): Payment => payment(id, at('18:00:00') + span);

testRule(shopRecord, [
  { name: 'a coupon without payments in the outage has nothing to be held against', file: caseFile(), expect: [] },
  {
    name: 'a payment with a sale is supported',
    file: caseFile({
      coupon: coupon({ payments: [one] }),
      groups: [group([one], decided(1), { nearSales: [evidence('sale:S1')] })],
    }),
    expect: {
      outcome: 'met',
      about: 'M1 500',
      evidence: ['tx:T1', 'sale:S1'],
      facts: { paired_with_sales: 1, unsupported: 0 },
    },
  },
  {
    name: 'two equal purchases with two sales are supported (R7)',
    file: caseFile({ coupon: pair, groups: [group([one, two], decided(2))] }),
    expect: { outcome: 'met' },
  },
  {
    name: 'a payment that is part of one bill paid with several coupons is supported',
    file: caseFile({
      coupon: coupon({ payments: [one] }),
      groups: [group([one], decided(0, [], [one]), { bills: [evidence('sale:S9')] })],
    }),
    expect: { outcome: 'met', evidence: ['tx:T1', 'sale:S9'], facts: { in_combined_bills: 1, unsupported: 0 } },
  },
  {
    name: 'a payment without a sale at a shop that reported is not supported',
    file: caseFile({ coupon: coupon({ payments: [one] }), groups: [group([one], decided(0, [one]))] }),
    expect: { outcome: 'not met', facts: { paired_with_sales: 0, unsupported: 1 } },
  },
  {
    name: 'one payment too many for the sales is not supported',
    file: caseFile({ coupon: pair, groups: [group([one, two], decided(1, [two]))] }),
    expect: { outcome: 'not met', facts: { paired_with_sales: 1, unsupported: 1 } },
  },

  // No report: two of them at most G apart are a question, anything else is not (§3).
  {
    name: 'a single payment at a shop without a report says nothing and asks nothing (R14)',
    file: withoutReport([one]),
    expect: { outcome: 'undetermined', facts: { covered: false, repeats_within_gap: 0 } },
  },
  {
    name: 'two payments exactly the gap apart without a report ask for it',
    file: withoutReport([first, after('T2', GAP)]),
    expect: {
      outcome: 'undetermined',
      reason: 'REPEAT_UNVERIFIED',
      stakeYen: 500,
      grants: [{ id: 'B2', payments: ['T2'] }],
    },
  },
  {
    name: 'two payments one microsecond more than the gap apart ask nothing',
    file: withoutReport([first, after('T2', GAP + MICROSECOND)]),
    expect: { outcome: 'undetermined', facts: { repeats_within_gap: 0 } },
  },
  {
    name: 'two payments one microsecond less than the gap apart ask for the report',
    file: withoutReport([first, after('T2', GAP - MICROSECOND)]),
    expect: {
      outcome: 'undetermined',
      reason: 'REPEAT_UNVERIFIED',
      stakeYen: 500,
      grants: [{ id: 'B2', payments: ['T2'] }],
    },
  },
  {
    name: 'of three payments in quick succession two are at stake',
    file: withoutReport([one, two, three]),
    expect: {
      outcome: 'undetermined',
      reason: 'REPEAT_UNVERIFIED',
      stakeYen: 1000,
      grants: [{ id: 'B2', payments: ['T2', 'T3'] }],
    },
  },
  {
    // §7: the stake is the number of payments that come at most G after the one before; approved, the latest of the group.
    name: 'a third payment long after a repeat adds nothing to the stake, though the latest is what an approval puts back',
    file: withoutReport([one, two, payment('T3', '21:00:00')]),
    expect: {
      outcome: 'undetermined',
      reason: 'REPEAT_UNVERIFIED',
      stakeYen: 500,
      grants: [{ id: 'B2', payments: ['T3'] }],
    },
  },
  {
    name: 'two payments in the same instant without a report ask for it',
    file: withoutReport([one, payment('T2', '18:00:00')]),
    expect: {
      outcome: 'undetermined',
      reason: 'REPEAT_UNVERIFIED',
      stakeYen: 500,
      grants: [{ id: 'B2', payments: ['T2'] }],
    },
  },

  // More than one best pairing (§3, R8): (n − lo) × amount is at stake.
  {
    name: 'a sale that could be another coupon\u2019s leaves the payment open',
    file: caseFile({ coupon: coupon({ payments: [one] }), groups: [group([one], ambiguous(0, 1))] }),
    expect: {
      outcome: 'undetermined',
      reason: 'AMBIGUOUS_SUPPORT',
      stakeYen: 500,
      grants: [{ id: 'B1', payments: ['T1'] }],
      facts: { covered: true, paired_at_least: 0, paired_at_most: 1 },
    },
  },
  {
    name: 'of three payments with one sale for certain the other two are at stake, whatever the most is',
    file: caseFile({ coupon: trio, groups: [group([one, two, three], ambiguous(1, 2))] }),
    expect: {
      outcome: 'undetermined',
      reason: 'AMBIGUOUS_SUPPORT',
      stakeYen: 1000,
      grants: [{ id: 'B1', payments: ['T2', 'T3'] }],
    },
  },
  {
    name: 'combined bills that share a payment are open even where lo equals hi',
    file: caseFile({ coupon: pair, groups: [group([one, two], ambiguous(0, 0, 'bills overlap'))] }),
    expect: {
      outcome: 'undetermined',
      reason: 'AMBIGUOUS_SUPPORT',
      stakeYen: 1000,
      grants: [{ id: 'B1', payments: ['T1', 'T2'] }],
    },
  },
  {
    name: 'a till that is too crowded to tell is open',
    file: caseFile({ coupon: pair, groups: [group([one, two], ambiguous(1, 1, 'crowded till'))] }),
    expect: {
      outcome: 'undetermined',
      reason: 'AMBIGUOUS_SUPPORT',
      stakeYen: 500,
      grants: [{ id: 'B1', payments: ['T2'] }],
    },
  },
  {
    // A payment in a combination is spare, so some best pairing leaves it out and lo < n: something is always at stake.
    name: 'a payment that is either a bill of its own or part of one leaves the other at stake',
    file: caseFile({ coupon: pair, groups: [group([one, two], ambiguous(1, 1, 'bill or sale'))] }),
    expect: {
      outcome: 'undetermined',
      reason: 'AMBIGUOUS_SUPPORT',
      stakeYen: 500,
      facts: { because: 'bill or sale' },
      grants: [{ id: 'B1', payments: ['T2'] }],
    },
  },
  {
    name: 'each group is held against the record on its own',
    file: (() => {
      const elsewhere = payment('T8', '19:00:00', 700, { shop: 'M2' });
      const of = coupon({ payments: [one, elsewhere] });
      return caseFile({ coupon: of, groups: [group([one], decided(1)), group([elsewhere], decided(0, [elsewhere]))] });
    })(),
    expect: [
      { outcome: 'met', about: 'M1 500' },
      { outcome: 'not met', about: 'M2 700' },
    ],
  },
]);
