import type { Payment } from '../../src/ledger/case.ts';
import { unsupportedPayment } from '../../src/rules/unsupported-payment.ts';
import { ambiguous, caseFile, coupon, decided, evidence, group, payment, testRule, uncovered } from './rule-tester.ts';

const one = payment('T1', '18:00:00');
const two = payment('T2', '19:00:00');
const three = payment('T3', '20:00:00');

function charged(payments: readonly Payment[], unsupported: readonly Payment[], combined: readonly Payment[] = []) {
  const paired = payments.length - unsupported.length - combined.length;
  return caseFile({ coupon: coupon({ payments }), groups: [group(payments, decided(paired, unsupported, combined))] });
}

// The rule speaks last of four, and its question is asked only where the three before it concluded nothing.
testRule(unsupportedPayment, [
  { name: 'a coupon without payments in the outage gives no finding', file: caseFile(), expect: [] },
  { name: 'a payment with a sale asks nothing', file: charged([one], []), expect: { outcome: 'not met' } },
  {
    name: 'a payment in a combined bill asks nothing',
    file: charged([one], [], [one]),
    expect: { outcome: 'not met' },
  },
  {
    // k = 0, but n ≥ 2 is not given.
    name: 'a single payment without a sale is a question about that payment',
    file: caseFile({
      coupon: coupon({ payments: [one] }),
      groups: [group([one], decided(0, [one]), { nearSales: [evidence('sale:S1')] })],
    }),
    expect: {
      outcome: 'undetermined',
      reason: 'UNSUPPORTED_PAYMENT',
      stakeYen: 500,
      grants: [{ id: 'B1', payments: ['T1'] }],
      evidence: ['tx:T1', 'sale:S1'],
      about: 'M1 500',
    },
  },
  {
    name: 'two payments without any sale are a question about both',
    file: charged([one, two], [one, two]),
    expect: {
      outcome: 'undetermined',
      reason: 'NO_SALE_RECORDED',
      stakeYen: 1000,
      grants: [{ id: 'B1', payments: ['T1', 'T2'] }],
      facts: { supported: 0, unsupported: 2 },
    },
  },
  {
    name: 'three payments without any sale are a question about all three',
    file: charged([one, two, three], [one, two, three]),
    expect: {
      outcome: 'undetermined',
      reason: 'NO_SALE_RECORDED',
      stakeYen: 1500,
      grants: [{ id: 'B1', payments: ['T1', 'T2', 'T3'] }],
    },
  },
  {
    name: 'of two payments and one sale only the one without is in question',
    file: charged([one, two], [two]),
    expect: {
      outcome: 'undetermined',
      reason: 'UNSUPPORTED_PAYMENT',
      stakeYen: 500,
      grants: [{ id: 'B1', payments: ['T2'] }],
    },
  },
  {
    name: 'of three payments and one sale two are in question',
    file: charged([one, two, three], [two, three]),
    expect: {
      outcome: 'undetermined',
      reason: 'UNSUPPORTED_PAYMENT',
      stakeYen: 1000,
      grants: [{ id: 'B1', payments: ['T2', 'T3'] }],
    },
  },
  {
    // k = |Z| = 1: a combined bill is a sale too.
    name: 'a payment beside one in a combined bill is the only one in question',
    file: charged([one, two], [two], [one]),
    expect: {
      outcome: 'undetermined',
      reason: 'UNSUPPORTED_PAYMENT',
      stakeYen: 500,
      facts: { supported: 1, unsupported: 1 },
    },
  },
  {
    name: 'a day without a report asks nothing here',
    file: caseFile({
      coupon: coupon({ payments: [one, two] }),
      groups: [group([one, two], uncovered(0))],
      covered: false,
    }),
    expect: { outcome: 'not met' },
  },
  {
    name: 'a record that pairs in several ways asks nothing here',
    file: caseFile({ coupon: coupon({ payments: [one] }), groups: [group([one], ambiguous(0, 1))] }),
    expect: { outcome: 'not met' },
  },
]);
