import { describe, expect, it } from 'vitest';
import { KnownPayout } from '../../src/publish/known-payout.ts';

const payoutOf = (...coupons: readonly (readonly [couponNumber: string, amountYen: number])[]): KnownPayout => {
  const payout = new KnownPayout();
  for (const [couponNumber, amountYen] of coupons) payout.add({ payoutId: 'P1', couponNumber, amountYen });
  return payout;
};

describe('a known payout', () => {
  it('holds a coupon once, as the first run that tells of it had it', () => {
    const payout = payoutOf(['01', 500], ['02', 600], ['01', 700]);
    expect(payout.parts().map(({ couponNumber, amountYen }) => [couponNumber, amountYen])).toEqual([
      ['01', 500],
      ['02', 600],
    ]);
    expect([payout.coupons, payout.yen]).toEqual([2, 1100]);
    expect(payout.partOf('01')?.amountYen).toBe(500);
    expect(payout.partOf('1')).toBeUndefined();
  });

  it('knows its coupons by their numbers without zeros before them, where that is one or where it is several', () => {
    const payout = payoutOf(['007', 1], ['07', 1], ['010', 1]);
    expect(payout.numbersLike('7')).toEqual(['007', '07']);
    expect(payout.numbersLike('10')).toEqual(['010']);
    expect(payout.numbersLike('1')).toEqual([]);
  });

  it('knows all of its numbers written into one cell', () => {
    expect(payoutOf(['01', 1], ['02', 1]).allInOne).toBe('0102');
  });
});
