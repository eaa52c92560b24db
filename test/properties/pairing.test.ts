import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { claimantPairings } from '../../src/pairing/claimants.ts';
import { findCombinations, type SpareSale } from '../../src/pairing/combinations.ts';
import { pairingSize } from '../../src/pairing/group-pairing.ts';
import { MaximumPairing, type PairingPayment, type PairingSale } from '../../src/pairing/maximum-pairing.ts';
import type { Absent } from '../../src/tables/pool-index.ts';
import { ABSENT } from '../../src/tables/tables.ts';
import { couponAt } from '../support/coupon-index.ts';

/** The size of a maximum pairing by trying every choice: exponential, and beyond doubt. */
function bruteForce(payments: readonly PairingPayment[], sales: readonly PairingSale[], tolerance: number): number {
  const [first, ...rest] = payments;
  if (first === undefined) return 0;
  let best = bruteForce(rest, sales, tolerance);
  sales.forEach((sale, index) => {
    const fits = Math.abs(sale.at - first.at) <= tolerance && (sale.coupon < 0 || sale.coupon === first.coupon);
    if (fits) best = Math.max(best, 1 + bruteForce(rest, sales.toSpliced(index, 1), tolerance));
  });
  return best;
}

const TOLERANCE = 3;
const byTime = <T extends { readonly at: number }>(things: readonly T[]): T[] =>
  [...things].sort((a, b) => a.at - b.at);
const payments = fc.array(fc.record({ at: fc.nat(12), coupon: fc.nat(3).map(couponAt) }), { maxLength: 6 }).map(byTime);
const sales = fc
  .array(fc.record({ at: fc.nat(12), coupon: fc.oneof(fc.constant<Absent>(ABSENT), fc.nat(3).map(couponAt)) }), {
    maxLength: 6,
  })
  .map(byTime);

describe('a maximum pairing', () => {
  test('has the size, and spares what, trying every choice says', () => {
    fc.assert(
      fc.property(payments, sales, (p, s) => {
        const pairing = MaximumPairing.of(p, s, TOLERANCE);
        const size = bruteForce(p, s, TOLERANCE);
        expect(pairing.size).toBe(size);
        expect([...pairing.sparePayment]).toEqual(
          p.map((_, at) => (bruteForce(p.toSpliced(at, 1), s, TOLERANCE) === size ? 1 : 0)),
        );
        expect([...drained(pairing.findSpareSales())]).toEqual(
          s.map((_, at) => (bruteForce(p, s.toSpliced(at, 1), TOLERANCE) === size ? 1 : 0)),
        );
      }),
      { numRuns: 400 },
    );
  });

  test('must pair as many of a group as are lost without it, and stays as it was after the question', () => {
    fc.assert(
      fc.property(payments, sales, fc.nat(63), (p, s, mask) => {
        const pairing = MaximumPairing.of(p, s, TOLERANCE);
        const group = p.flatMap((_, at) => ((mask >> at) & 1 ? [at] : []));
        const without = p.filter((_, at) => !group.includes(at));
        const lowest = bruteForce(p, s, TOLERANCE) - bruteForce(without, s, TOLERANCE);
        expect(pairing.lowest(group)).toBe(lowest);
        expect(pairing.lowest(group)).toBe(lowest);
      }),
      { numRuns: 400 },
    );
  });

  test('of one coupon\u2019s payments is found by taking the earliest sale that fits', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12), { maxLength: 6 }), fc.array(fc.nat(12), { maxLength: 6 }), (p, s) => {
        const [times, sold] = [[...p].sort((a, b) => a - b), [...s].sort((a, b) => a - b)];
        const payment = (at: number): PairingPayment => ({ at, coupon: couponAt(0) });
        const sale = (at: number): PairingSale => ({ at, coupon: ABSENT });
        const named = sold.filter((_, index) => index % 2 === 0).map(sale);
        const nameless = sold.filter((_, index) => index % 2 === 1).map(sale);
        const size = pairingSize(times, [named, nameless], TOLERANCE);
        expect(size).toBe(bruteForce(times.map(payment), sold.map(sale), TOLERANCE));
      }),
    );
  });

  test('of thousands of equal sales in one hour is found without listing their millions of pairs', () => {
    const thousands = 8000;
    const p = Array.from({ length: thousands }, (_, at) => ({ at: at % 3600, coupon: couponAt(at >> 1) }));
    const s = Array.from(
      { length: thousands - 1 },
      (_, at): PairingSale => ({
        at: (at * 7) % 3600,
        coupon: at % 5 === 0 ? couponAt(at >> 1) : ABSENT,
      }),
    );
    const pairing = MaximumPairing.of(byTime(p), byTime(s), 1800);
    expect(pairing.size).toBeLessThanOrEqual(thousands - 1);
    expect(pairing.sparePayment.length).toBe(thousands);
  });
});

describe('claimants', () => {
  test('are paired in every, some or no maximum pairing as deleting each one shows', () => {
    const sides = fc.array(fc.uniqueArray(fc.nat(4), { maxLength: 4 }), { maxLength: 5 });
    const size = (all: readonly (readonly number[])[], used: readonly number[] = []): number => {
      const [first, ...rest] = all;
      if (first === undefined) return 0;
      return Math.max(
        size(rest, used),
        ...first.filter((sale) => !used.includes(sale)).map((sale) => 1 + size(rest, [...used, sale])),
      );
    };
    fc.assert(
      fc.property(sides, (all) => {
        const expected = all.map((own, at) =>
          own.length === 0 ? 'none' : size(all.toSpliced(at, 1)) === size(all) ? 'some' : 'every',
        );
        const ranges = all.map((own) => own.toSorted((a, b) => a - b).map((bill) => ({ from: bill, end: bill + 1 })));
        expect(drained(claimantPairings(ranges, 5))).toEqual(expected);
      }),
    );
  });
});

describe('combined bills', () => {
  test('are found as listing every set of two to six payments finds them', () => {
    const spare = fc
      .array(fc.record({ at: fc.nat(8), coupon: fc.nat(4).map(couponAt), amountYen: fc.integer({ min: 1, max: 3 }) }), {
        maxLength: 8,
      })
      .map(byTime);
    const bills = fc
      .array(
        fc.record({
          at: fc.nat(8),
          coupon: fc.oneof(fc.constant<Absent>(ABSENT), fc.nat(4).map(couponAt)),
          couponYen: fc.integer({ min: 2, max: 6 }),
        }),
        { maxLength: 3 },
      )
      .map(byTime);
    const limits = { repeatPressGap: 4, matchTolerance: TOLERANCE };
    fc.assert(
      fc.property(spare, bills, (p, s) => {
        const found: { sale: number; members: number[] }[] = [];
        for (let mask = 0; mask < 1 << p.length; mask++) {
          const members = p.flatMap((_, at) => ((mask >> at) & 1 ? [at] : []));
          const rows = members.map((at) => p[at] as (typeof p)[number]);
          const times = rows.map((row) => row.at);
          const apart = new Set(rows.map((row) => row.coupon)).size === rows.length;
          if (
            rows.length < 2 ||
            rows.length > 6 ||
            !apart ||
            Math.max(...times) - Math.min(...times) > limits.repeatPressGap
          )
            continue;
          s.forEach((sale, at) => {
            const near = times.every((time) => Math.abs(time - sale.at) <= limits.matchTolerance);
            const named = sale.coupon < 0 || rows.some((row) => row.coupon === sale.coupon);
            const sum = rows.reduce((total, row) => total + row.amountYen, 0);
            if (near && named && sum === sale.couponYen) found.push({ sale: at, members });
          });
        }
        const sole = (each: (typeof found)[number]) =>
          found.every(
            (other) =>
              other === each || (other.sale !== each.sale && !other.members.some((at) => each.members.includes(at))),
          );
        const expected = p.map((_, at) => {
          const own = found.filter((each) => each.members.includes(at));
          return own.length === 0 ? 'none' : own.every(sole) ? 'sole' : 'shared';
        });
        expect(findCombinations(p, s, limits).standing).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    [24, 'none'],
    [25, 'crowded'],
  ])('%i spare payments within one span make a payment %s', (count, standing) => {
    const crowd = Array.from({ length: count }, (_, at) => ({ at: at % 5, coupon: couponAt(at), amountYen: 1 }));
    const { standing: standings } = findCombinations(byTime(crowd), [], { repeatPressGap: 4, matchTolerance: 9 });
    expect(new Set(standings)).toEqual(new Set([standing]));
  });

  test('leave those outside the crowd as they are', () => {
    const crowd = Array.from({ length: 25 }, (_, at) => ({ at: 0, coupon: couponAt(at), amountYen: 1 }));
    const pair = [100, 101].map((at) => ({ at, coupon: couponAt(at), amountYen: 2 }));
    const bill: SpareSale = { at: 100, coupon: ABSENT, couponYen: 4 };
    const { standing } = findCombinations([...crowd, ...pair], [bill], { repeatPressGap: 4, matchTolerance: 9 });
    expect(standing.slice(0, 25)).toEqual(Array.from({ length: 25 }, () => 'crowded'));
    expect(standing.slice(25)).toEqual(['sole', 'sole']);
  });
});
