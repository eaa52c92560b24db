import { describe, expect, it } from 'vitest';
import type { ReasonCode } from '../../src/policy/vocabulary.ts';
import { brokenInvariants, couponLimits } from '../../src/settlement/invariants.ts';
import type { Payable, Payout } from '../../src/settlement/payouts.ts';
import type { Reinstatement, SettledAmounts, Settlement } from '../../src/settlement/settlement.ts';

interface Odd extends Partial<SettledAmounts> {
  readonly reasons?: readonly ReasonCode[];
  readonly reinstatements?: readonly Reinstatement[];
}

/** A coupon of 2000 yen as no rule would settle it. */
const settled = ({ reasons = [], reinstatements = [], ...amounts }: Odd): Settlement => ({
  couponNumber: 'C1',
  prefecture: 46,
  listed: true,
  status: 'payable',
  grounds: ['A'],
  amounts: {
    faceYen: 2000,
    validUntil: 0,
    residualYen: 0,
    reinstateYen: 0,
    alreadyPaidYen: 0,
    payableYen: 0,
    ...amounts,
  },
  route: undefined,
  destination: undefined,
  withoutDeadline: false,
  payoutsNamed: [],
  reasons,
  evidence: [],
  items: [],
  reinstatements,
  extension: undefined,
  spentYen: 0,
  outagePayments: [],
  findings: [],
});

const back = (transactionId: string, amountYen: number): Reinstatement => ({
  couponNumber: 'C1',
  transactionId,
  merchantId: 'M1',
  amountYen,
  deductedYen: 500,
  ground: 'B1',
  evidence: [],
});

const broken = (odd: Odd): readonly string[] => couponLimits(settled(odd)).map(({ what }) => what.en);

describe('what always holds of a coupon (§9)', () => {
  it.each([
    ['all of the face value', { payableYen: 2000 }],
    ['the rest of the face value', { alreadyPaidYen: 1500, payableYen: 500 }],
    ['nothing, whatever was paid: that is told by its rules', { alreadyPaidYen: 2500 }],
    ['more than the face value where a person released it', { payableYen: 2001, reasons: ['OVER_REFUNDED'] }],
  ] satisfies [string, Odd][])('may pay %s', (_, odd) => expect(broken(odd)).toEqual([]));

  it.each([
    ['payable', { payableYen: 2001 }, '0 yen paid and 2,001 payable are more than the face value of 2,000'],
    [
      'paid and payable',
      { alreadyPaidYen: 1500, payableYen: 501 },
      '1,500 yen paid and 501 payable are more than the face value of 2,000',
    ],
    // Its hold sets the limit, so a coupon that is paid above it is the program\u2019s fault.
    [
      'payable though it was held for it',
      { payableYen: 2001, reasons: ['EXCEEDS_FACE'] },
      '0 yen paid and 2,001 payable are more than the face value of 2,000',
    ],
  ] satisfies [string, Odd, string][])('refuses the run where one yen too many is %s', (_, odd, says) =>
    expect(broken(odd)).toEqual([says]));

  it('refuses the run where a transaction is put back twice, or more of it than was deducted', () => {
    expect(broken({ reinstatements: [back('T1', 500), back('T2', 500)] })).toEqual([]);
    expect(broken({ reinstatements: [back('T1', 250), back('T1', 250)] })).toEqual([
      'transaction T1 would be put back twice',
    ]);
    expect(broken({ reinstatements: [back('T1', 501)] })).toEqual([
      'more would be put back than transaction T1 deducted',
    ]);
  });
});

describe('what always holds of a payout', () => {
  const payout = { payoutId: 'P1', amountYen: 1000, coupons: ['C1'] } as unknown as Payout;
  const payable = { couponNumber: 'C1', payableYen: 1000 } as unknown as Payable;

  it.each([
    [undefined, []],
    [1000, []],
    [999, ['1,000 yen are more than the 999 that a person receives at most']],
  ])('under a cap a person of %s', (cap, told) => {
    expect(brokenInvariants([payable], [payout], [], [], cap).map(({ what }) => what.en)).toEqual(told);
  });
});
