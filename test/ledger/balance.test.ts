import { describe, expect, it } from 'vitest';
import { namedPayment } from '../../src/ledger/balance.ts';
import type { Case, Movement, Payment } from '../../src/ledger/case.ts';

const naming = (relatedId: string): Movement => ({ relatedId }) as Movement;

/** A coupon with so many payments, T0, T1…, that counts how often the id of one is read. */
function couponWith(count: number) {
  const read = { times: 0 };
  const payments = Array.from({ length: count }, (_, at): Payment => {
    const get = (): string => {
      read.times++;
      return `T${at}`;
    };
    return Object.defineProperty({ row: at } as Payment, 'transactionId', { get });
  });
  return { coupon: { payments } as unknown as Case, read };
}

describe('the payment that a cancel or a reinstatement names', () => {
  it.each([3, 16, 17, 500])('is found among %i, and none where it names another or nothing', (count) => {
    const { coupon } = couponWith(count);
    expect(namedPayment(coupon, naming(`T${count - 1}`))?.row).toBe(count - 1);
    expect(namedPayment(coupon, naming('T0'))?.row).toBe(0);
    expect(namedPayment(coupon, naming(`T${count}`))).toBeUndefined();
    expect(namedPayment(coupon, naming(''))).toBeUndefined();
  });

  it('is looked up among thousands, however many name one', () => {
    const { coupon, read } = couponWith(3000);
    for (let at = 0; at < 3000; at++) namedPayment(coupon, naming(`T${at}`));
    expect(read.times).toBeLessThan(10_000);
  });
});
