import { describe, expect, it } from 'vitest';
import { contactFaults } from '../../tools/torture/ids.ts';
import { exponentOf } from '../../tools/torture/load.ts';

describe('two nights that differ in a contact', () => {
  const one = new Map([['eligibility.csv', 'coupon,payout_id\n1,P1\n']]);

  it('are told apart by an id', () => {
    const other = new Map([['eligibility.csv', 'coupon,payout_id\n1,P2\n']]);
    expect(contactFaults(one, other)).toEqual(['eligibility.csv follows a contact: 1,P1 / 1,P2']);
  });

  it('are told apart by a line more', () => {
    expect(contactFaults(one, new Map([['eligibility.csv', 'coupon,payout_id\n1,P1\n2,P2\n']]))).toHaveLength(1);
  });

  it('come out the same', () => {
    expect(contactFaults(one, new Map(one))).toEqual([]);
  });
});

describe('an exponent', () => {
  it.each([
    ['of what grows with n', 1.5, 4.5, 0.5, 1],
    ['of what grows with its square', 1.5, 16.5, 0.5, 2],
    ['of what does not grow', 0.5, 0.5, 0.5, 0],
  ])('%s', (_, few, many, nothing, exponent) => {
    expect(exponentOf(few, many, nothing)).toBeCloseTo(exponent);
  });
});
