import type { Payment } from '../../src/ledger/case.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { doubleCharge } from '../../src/rules/double-charge.ts';
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
  policyWith,
  testRule,
  uncovered,
} from './rule-tester.ts';

const GAP = KAGOSHIMA.terms.repeatPressGap;
const one = payment('T1', '18:00:00');
const after = (id: string, span: number): Payment => payment(id, at('18:00:00') + span);

/** A coupon whose payments are one group, some of them without a sale. */
function charged(payments: readonly Payment[], unsupported: readonly Payment[], combined: readonly Payment[] = []) {
  const paired = payments.length - unsupported.length - combined.length;
  return caseFile({ coupon: coupon({ payments }), groups: [group(payments, decided(paired, unsupported, combined))] });
}

const soon = after('T2', 30 * 1_000_000);
const atGap = after('T2', GAP);
const pastGap = after('T2', GAP + MICROSECOND);
const justInside = after('T2', GAP - MICROSECOND);
const sameInstant = after('T2', 0);
const hourLater = payment('T3', '19:00:00');
const minuteLater = payment('T3', '18:01:00');
const twoMinutesLater = payment('T3', '18:02:00');
const sixty = payment('T2', '18:01:00');
const sixtyOne = payment('T2', '18:01:01');
const chained = after('T3', 2 * GAP);

testRule(doubleCharge, [
  { name: 'a coupon without payments in the outage gives no finding', file: caseFile(), expect: [] },
  {
    name: 'two payments half a minute apart and one sale make B2 of the one without',
    file: (() => {
      const record = group([one, soon], decided(1, [soon]), { nearSales: [evidence('sale:S1')] });
      return caseFile({ coupon: coupon({ payments: [one, soon] }), groups: [record] });
    })(),
    expect: {
      outcome: 'met',
      ground: 'B2',
      payments: ['T2'],
      about: 'M1 500',
      evidence: ['tx:T1', 'tx:T2', 'sale:S1'],
      facts: { supported: 1, unsupported: 1, widest_gap_seconds: 30, allowed_gap_seconds: 600 },
    },
  },
  {
    name: 'a payment one microsecond less than the gap after the other is a repeat',
    file: charged([one, justInside], [justInside]),
    expect: { outcome: 'met', ground: 'B2', payments: ['T2'] },
  },
  {
    name: 'a payment exactly 600 seconds after the other is a repeat',
    file: charged([one, atGap], [atGap]),
    expect: { outcome: 'met', ground: 'B2', payments: ['T2'], facts: { widest_gap_seconds: 600 } },
  },
  {
    name: 'a payment 600 seconds and a microsecond after the other is no repeat (R7)',
    file: charged([one, pastGap], [pastGap]),
    expect: { outcome: 'not met', facts: { widest_gap_seconds: 600.000001 } },
  },
  {
    // "at most G before or after it": the unsupported payment may be the earlier one.
    name: 'an unsupported payment exactly 600 seconds before the supported one is a repeat too',
    file: charged([one, atGap], [one]),
    expect: { outcome: 'met', ground: 'B2', payments: ['T1'] },
  },
  {
    name: 'an unsupported payment 600 seconds and a microsecond before the supported one is not',
    file: charged([one, pastGap], [one]),
    expect: { outcome: 'not met' },
  },
  {
    name: 'two payments in the same instant are repeats of each other',
    file: charged([one, sameInstant], [sameInstant]),
    expect: { outcome: 'met', ground: 'B2', payments: ['T2'], facts: { widest_gap_seconds: 0 } },
  },
  {
    name: 'two payments with two sales are two purchases (R7)',
    file: charged([one, soon], []),
    expect: { outcome: 'not met', facts: { unsupported: 0, widest_gap_seconds: null } },
  },
  {
    // k ≥ 1: with no sale at all nothing says that anything was bought there.
    name: 'two payments and no sale at all are no double charge',
    file: charged([one, soon], [one, soon]),
    expect: { outcome: 'not met', facts: { supported: 0, unsupported: 2 } },
  },
  {
    name: 'a payment in a combined bill supports its group as a sale does',
    file: charged([one, soon], [soon], [one]),
    expect: { outcome: 'met', ground: 'B2', payments: ['T2'], facts: { supported: 1 } },
  },
  {
    name: 'a single unsupported payment has no other to be a repeat of',
    file: charged([one], [one]),
    expect: { outcome: 'not met', facts: { widest_gap_seconds: null } },
  },
  {
    name: 'three presses in a row and one sale make B2 of the two without',
    file: charged([one, soon, minuteLater], [soon, minuteLater]),
    expect: { outcome: 'met', ground: 'B2', payments: ['T2', 'T3'], facts: { widest_gap_seconds: 30 } },
  },
  {
    name: 'of several gaps the widest is shown',
    file: charged([one, soon, twoMinutesLater], [soon, twoMinutesLater]),
    expect: { outcome: 'met', ground: 'B2', payments: ['T2', 'T3'], facts: { widest_gap_seconds: 90 } },
  },
  {
    // The neighbour may itself be unsupported, so a chain holds though its ends lie two gaps apart.
    name: 'three payments each a gap from the next, one sale: both without are repeats',
    file: charged([one, atGap, chained], [atGap, chained]),
    expect: { outcome: 'met', ground: 'B2', payments: ['T2', 'T3'], facts: { supported: 1, widest_gap_seconds: 600 } },
  },
  {
    name: 'one unsupported payment out of reach of every other spoils the whole group',
    file: charged([one, soon, hourLater], [soon, hourLater]),
    expect: { outcome: 'not met', facts: { supported: 1, unsupported: 2 } },
  },
  {
    name: 'a supported payment out of reach spoils nothing',
    file: charged([one, soon, hourLater], [soon]),
    expect: { outcome: 'met', ground: 'B2', payments: ['T2'], facts: { supported: 2 } },
  },
  {
    name: 'a policy with a shorter gap takes its own: 60 seconds are still a repeat',
    file: charged([one, sixty], [sixty]),
    policy: policyWith({ repeatPressGapSeconds: 60 }),
    expect: { outcome: 'met', ground: 'B2', facts: { allowed_gap_seconds: 60 } },
  },
  {
    name: 'a policy with a shorter gap takes its own: 61 seconds are none',
    file: charged([one, sixtyOne], [sixtyOne]),
    policy: policyWith({ repeatPressGapSeconds: 60 }),
    expect: { outcome: 'not met', facts: { allowed_gap_seconds: 60 } },
  },
  {
    name: 'a day without a report leaves it open, and asks nothing of its own',
    file: caseFile({
      coupon: coupon({ payments: [one, soon] }),
      groups: [group([one, soon], uncovered(1))],
      covered: false,
    }),
    expect: { outcome: 'undetermined' },
  },
  {
    name: 'a record that pairs in several ways leaves it open, and asks nothing of its own',
    file: caseFile({ coupon: coupon({ payments: [one, soon] }), groups: [group([one, soon], ambiguous(1, 2))] }),
    expect: { outcome: 'undetermined' },
  },
]);
