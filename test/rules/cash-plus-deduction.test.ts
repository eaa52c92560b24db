import { describe, expect, it } from 'vitest';
import { cashPlusDeduction } from '../../src/rules/cash-plus-deduction.ts';
import { claim, issue, itemsOf, type Night, pay, report, rowOf, runNight, sale } from '../settlement/tables.ts';
import { ambiguous, caseFile, coupon, decided, evidence, group, payment, testRule, uncovered } from './rule-tester.ts';

const one = payment('T1', '18:00:00');
const two = payment('T2', '18:05:00');
const three = payment('T3', '18:09:00');
const single = coupon({ payments: [one] });
const trio = coupon({ payments: [one, two, three] });
const written = { writtenDown: [evidence('sale:S1')] };

testRule(cashPlusDeduction, [
  { name: 'a coupon without payments in the outage gives no finding', file: caseFile(), expect: [] },
  {
    name: 'a supported payment is no ground (R7)',
    file: caseFile({ coupon: single, groups: [group([one], decided(1))] }),
    expect: { outcome: 'not met' },
  },
  {
    // u = 0: nothing, whatever bills without a coupon the shop has.
    name: 'a supported payment is no ground even beside a bill with the coupon\u2019s number',
    file: caseFile({ coupon: single, groups: [group([one], decided(1), written)] }),
    expect: { outcome: 'not met' },
  },
  {
    name: 'an unsupported payment with neither bill nor claim is no ground here',
    file: caseFile({ coupon: single, groups: [group([one], decided(0, [one]))] }),
    expect: { outcome: 'not met', facts: { unsupported: 1, written_down: 0, claimant: 'no claim' } },
  },
  {
    name: 'a bill paid without the coupon that bears its number makes B1',
    file: caseFile({ coupon: single, groups: [group([one], decided(0, [one]), written)] }),
    expect: { outcome: 'met', ground: 'B1', payments: ['T1'], evidence: ['tx:T1', 'sale:S1'] },
  },
  {
    name: 'one written bill makes B1 of all the unsupported, and of them only',
    file: caseFile({ coupon: trio, groups: [group([one, two, three], decided(1, [two, three]), written)] }),
    expect: { outcome: 'met', ground: 'B1', payments: ['T2', 'T3'] },
  },
  {
    name: 'a claimant who is paired in every best pairing has B1',
    file: caseFile({
      coupon: single,
      groups: [group([one], decided(0, [one]), { claimant: 'every', claimedSales: [evidence('sale:S2')] })],
    }),
    expect: { outcome: 'met', ground: 'B1', payments: ['T1'], evidence: ['tx:T1', 'sale:S2'] },
  },
  {
    name: 'a claimant who is paired in some best pairings only is for a person, with u times the amount at stake',
    file: caseFile({
      coupon: trio,
      groups: [
        group([one, two, three], decided(1, [two, three]), { claimant: 'some', claimedSales: [evidence('sale:S2')] }),
      ],
    }),
    expect: {
      outcome: 'undetermined',
      reason: 'AMBIGUOUS_SUPPORT',
      stakeYen: 1000,
      grants: [{ id: 'B1', payments: ['T2', 'T3'] }],
      evidence: ['tx:T1', 'tx:T2', 'tx:T3', 'sale:S2'],
    },
  },
  {
    name: 'a claimant for whom there is no bill has no ground here',
    file: caseFile({ coupon: single, groups: [group([one], decided(0, [one]), { claimant: 'none' })] }),
    expect: { outcome: 'not met' },
  },
  {
    name: 'what is written down comes before what is claimed',
    file: caseFile({ coupon: single, groups: [group([one], decided(0, [one]), { ...written, claimant: 'some' })] }),
    expect: { outcome: 'met', ground: 'B1', payments: ['T1'] },
  },
  {
    name: 'a day without a report leaves it open, and asks nothing of its own',
    file: caseFile({ coupon: single, groups: [group([one], uncovered(0))], covered: false }),
    expect: { outcome: 'undetermined' },
  },
  {
    name: 'a record that pairs in several ways leaves it open, and asks nothing of its own',
    file: caseFile({ coupon: single, groups: [group([one], ambiguous(0, 1))] }),
    expect: { outcome: 'undetermined' },
  },
]);

interface BillCase {
  readonly name: string;
  /** Beside one payment of 500 yen by C1 at 18:00:00, on a day that M1 reported. */
  readonly sales: Night['sales'];
  readonly claimed?: Readonly<Record<string, string>>;
  /** The grounds, or the question left. */
  readonly gives: 'B1' | 'UNSUPPORTED_PAYMENT 500' | 'nothing';
}

const bill = (at: string, total: number, options: { coupon?: number; names?: string; shop?: string } = {}) =>
  sale('S1', at, total, { coupon: 0, ...options });

// §4.1: names this coupon, coupon_yen = 0, total ≥ the amount, at most T (30 minutes) from a payment of U.
// §4.2: names no coupon, coupon_yen = 0, total = the amount, at most T; and a valid claim of this kind and shop.
const BILLS: readonly BillCase[] = [
  {
    name: 'a bill with the number, exactly 30 minutes later, is this payment\u2019s',
    sales: [bill('18:30:00', 500, { names: 'C1' })],
    gives: 'B1',
  },
  {
    name: 'a bill with the number, 30 minutes and a microsecond later, is not',
    sales: [bill('18:30:00.000001', 500, { names: 'C1' })],
    gives: 'UNSUPPORTED_PAYMENT 500',
  },
  {
    name: 'a bill with the number, exactly 30 minutes before, is this payment\u2019s',
    sales: [bill('17:30:00', 500, { names: 'C1' })],
    gives: 'B1',
  },
  {
    name: 'a bill with the number, 30 minutes and a microsecond before, is not',
    sales: [bill('17:29:59.999999', 500, { names: 'C1' })],
    gives: 'UNSUPPORTED_PAYMENT 500',
  },
  {
    name: 'a bill with the number, one yen below the payment, is not',
    sales: [bill('18:00:00', 499, { names: 'C1' })],
    gives: 'UNSUPPORTED_PAYMENT 500',
  },
  {
    name: 'a bill with the number, one yen above the payment, is this payment\u2019s',
    sales: [bill('18:00:00', 501, { names: 'C1' })],
    gives: 'B1',
  },
  {
    name: 'a bill with the number, one yen of it by coupon, is not',
    sales: [bill('18:00:00', 501, { names: 'C1', coupon: 1 })],
    gives: 'UNSUPPORTED_PAYMENT 500',
  },
  {
    name: 'a bill with another number is not',
    sales: [bill('18:00:00', 500, { names: 'C2' })],
    gives: 'UNSUPPORTED_PAYMENT 500',
  },
  {
    name: 'a bill with the number at another shop is not',
    sales: [report(), bill('18:00:00', 500, { names: 'C1', shop: 'M2' })],
    gives: 'UNSUPPORTED_PAYMENT 500',
  },
  {
    name: 'a coupon sale of exactly the amount leaves nothing to explain',
    sales: [sale('S1', '18:00:00', 500), bill('18:00:00', 500, { names: 'C1' })].map((row, index) => ({
      ...row,
      report_id: `S${index}`,
    })),
    gives: 'nothing',
  },
  {
    name: 'a nameless bill without a claim is not this payment\u2019s',
    sales: [bill('18:00:00', 500)],
    gives: 'UNSUPPORTED_PAYMENT 500',
  },
  {
    name: 'a nameless bill of exactly the amount is the claimant\u2019s',
    sales: [bill('18:00:00', 500)],
    claimed: {},
    gives: 'B1',
  },
  {
    name: 'a nameless bill one yen below the amount is not the claimant\u2019s',
    sales: [bill('18:00:00', 499)],
    claimed: {},
    gives: 'UNSUPPORTED_PAYMENT 500',
  },
  {
    name: 'a nameless bill one yen above the amount is not the claimant\u2019s',
    sales: [bill('18:00:00', 501)],
    claimed: {},
    gives: 'UNSUPPORTED_PAYMENT 500',
  },
  {
    name: 'a nameless bill exactly 30 minutes off is the claimant\u2019s',
    sales: [bill('18:30:00', 500)],
    claimed: {},
    gives: 'B1',
  },
  {
    name: 'a nameless bill 30 minutes and a microsecond off is not the claimant\u2019s',
    sales: [bill('18:30:00.000001', 500)],
    claimed: {},
    gives: 'UNSUPPORTED_PAYMENT 500',
  },
  {
    name: 'a claim of double charge does not make a nameless bill the claimant\u2019s',
    sales: [bill('18:00:00', 500)],
    claimed: { kind: 'double_charge' },
    gives: 'UNSUPPORTED_PAYMENT 500',
  },
];

describe('which bill stands for the payment (§4.1, §4.2)', () => {
  it.each(BILLS)('$name', async ({ sales, claimed, gives }) => {
    const night: Night = {
      issuance: [issue('C1')],
      transactions: [pay('T1', 'C1', '18:00:00', 500)],
      sales: sales ?? [],
      claims: claimed === undefined ? [] : [claim('K1', 'C1', 'cash_and_deducted', claimed)],
    };
    const result = await runNight(night, { asOf: '2023-02-28 00:00', countUnclaimed: true });
    // The coupon is in the cohort with 1500 yen left, so (A) holds in all of these.
    expect(rowOf(result, 'eligibility.csv', 'C1').grounds).toBe(gives === 'B1' ? 'A+B1' : 'A');
    expect(itemsOf(result, 'C1')).toEqual(gives.startsWith('UNSUPPORTED') ? [gives] : []);
  });

  it('two claimants and one nameless bill: neither is paired in every best pairing', async () => {
    const night: Night = {
      issuance: [issue('C1'), issue('C2')],
      transactions: [pay('T1', 'C1', '18:00:00'), pay('T2', 'C2', '18:01:00')],
      sales: [bill('18:00:00', 500)],
      claims: [claim('K1', 'C1', 'cash_and_deducted'), claim('K2', 'C2', 'cash_and_deducted')],
    };
    const result = await runNight(night, { asOf: '2023-02-28 00:00' });
    expect(itemsOf(result, 'C1')).toEqual(['AMBIGUOUS_SUPPORT 500']);
    expect(itemsOf(result, 'C2')).toEqual(['AMBIGUOUS_SUPPORT 500']);
  });

  it('two claimants and two nameless bills: both are paired in every best pairing', async () => {
    const night: Night = {
      issuance: [issue('C1'), issue('C2')],
      transactions: [pay('T1', 'C1', '18:00:00'), pay('T2', 'C2', '18:01:00')],
      sales: [bill('18:00:00', 500), { ...bill('18:01:00', 500), report_id: 'S2' }],
      claims: [claim('K1', 'C1', 'cash_and_deducted'), claim('K2', 'C2', 'cash_and_deducted')],
    };
    const result = await runNight(night, { asOf: '2023-02-28 00:00' });
    expect(['C1', 'C2'].map((each) => rowOf(result, 'eligibility.csv', each).grounds)).toEqual(['A+B1', 'A+B1']);
  });
});
