import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SalesInReach } from '../../src/pairing/sales-in-reach.ts';
import { ABSENT } from '../../src/tables/tables.ts';
import { couponAt } from '../support/coupon-index.ts';

const TOLERANCE = 3;
const coupon = fc.nat(2).map(couponAt);
const sales = fc
  .array(fc.record({ at: fc.nat(15), coupon: fc.oneof(fc.constant(ABSENT), coupon) }), { maxLength: 20 })
  .map((all) => all.sort((a, b) => a.at - b.at));

test('are those at most T away that name no coupon or the payment\u2019s own', () => {
  fc.assert(
    fc.property(fc.record({ at: fc.nat(15), coupon }), sales, fc.nat(5), (payment, all, most) => {
      const expected = all.flatMap((sale, number) =>
        Math.abs(sale.at - payment.at) <= TOLERANCE && (sale.coupon === ABSENT || sale.coupon === payment.coupon)
          ? [number]
          : [],
      );
      const reach = new SalesInReach(all, TOLERANCE);
      expect(reach.count(payment)).toBe(expected.length);
      expect(reach.firstOf(payment, most)).toEqual(expected.slice(0, most));
      const stretches = [reach.namelessOf(payment), reach.namedOf(payment)];
      const listed = stretches.flatMap(({ list, from, end }) => list.slice(from, end));
      expect(listed.sort((a, b) => a - b)).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});
