import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { type DrawnPairing, drawPairings } from '../../src/pairing/drawing.ts';
import { MaximumPairing, type PairingPayment, type PairingSale } from '../../src/pairing/maximum-pairing.ts';
import type { Absent } from '../../src/tables/pool-index.ts';
import { ABSENT } from '../../src/tables/tables.ts';
import { couponAt } from '../support/coupon-index.ts';

const TOLERANCE = 3;
const byTime = <T extends { readonly at: number }>(things: readonly T[]): T[] =>
  [...things].sort((a, b) => a.at - b.at);
const payments = fc.array(fc.record({ at: fc.nat(12), coupon: fc.nat(3).map(couponAt) }), { maxLength: 6 }).map(byTime);
const sales = fc
  .array(fc.record({ at: fc.nat(12), coupon: fc.oneof(fc.constant<Absent>(ABSENT), fc.nat(3).map(couponAt)) }), {
    maxLength: 6,
  })
  .map(byTime);

const canPair = (payment: PairingPayment, sale: PairingSale): boolean =>
  Math.abs(payment.at - sale.at) <= TOLERANCE && (sale.coupon < 0 || sale.coupon === payment.coupon);

/** Every pairing there is, maximum or not. */
function everyPairing(p: readonly PairingPayment[], s: readonly PairingSale[]): DrawnPairing[] {
  const all: DrawnPairing[] = [];
  const extend = (pairing: readonly number[]): void => {
    const payment = p[pairing.length];
    if (payment === undefined) {
      all.push(pairing);
      return;
    }
    extend([...pairing, -1]);
    s.forEach((sale, at) => {
      if (!pairing.includes(at) && canPair(payment, sale)) extend([...pairing, at]);
    });
  };
  extend([]);
  return all;
}

const size = (pairing: DrawnPairing): number => pairing.filter((sale) => sale >= 0).length;

function expectValid(pairing: DrawnPairing, p: readonly PairingPayment[], s: readonly PairingSale[]): void {
  expect(pairing.length).toBe(p.length);
  const used = pairing.filter((sale) => sale >= 0);
  expect(new Set(used).size).toBe(used.length);
  pairing.forEach((sale, payment) => {
    if (sale >= 0) expect(canPair(p[payment] as PairingPayment, s[sale] as PairingSale)).toBe(true);
  });
}

describe('the two drawn pairings', () => {
  test('are maximum, and pair as many and as few of the group as trying every pairing shows', () => {
    fc.assert(
      fc.property(payments, sales, fc.nat(63), (p, s, mask) => {
        const group = p.flatMap((_, at) => ((mask >> at) & 1 ? [at] : []));
        const { most, least } = drained(drawPairings(p, s, new Set(group), TOLERANCE));
        const ofGroup = (pairing: DrawnPairing): number => group.filter((at) => (pairing[at] ?? -1) >= 0).length;
        const all = everyPairing(p, s);
        const best = Math.max(...all.map(size));
        const maximum = all.filter((pairing) => size(pairing) === best);
        for (const drawn of [most, least]) {
          expectValid(drawn, p, s);
          expect(size(drawn)).toBe(best);
        }
        expect(ofGroup(most)).toBe(Math.max(...maximum.map(ofGroup)));
        expect(ofGroup(least)).toBe(Math.min(...maximum.map(ofGroup)));
      }),
      { numRuns: 400 },
    );
  });

  test('are one and the same where nothing hangs on the choice', () => {
    fc.assert(
      fc.property(payments, sales, fc.nat(63), (p, s, mask) => {
        const group = p.flatMap((_, at) => ((mask >> at) & 1 ? [at] : []));
        const { most, least } = drained(drawPairings(p, s, new Set(group), TOLERANCE));
        const lowest = MaximumPairing.of(p, s, TOLERANCE).lowest(group);
        expect(group.filter((at) => (least[at] ?? -1) >= 0).length).toBe(lowest);
        if (group.filter((at) => (most[at] ?? -1) >= 0).length === lowest) expect(least).toEqual(most);
      }),
      { numRuns: 400 },
    );
  });

  test('are drawn at a busy till too', () => {
    const p = byTime(Array.from({ length: 3000 }, (_, at) => ({ at: (at * 37) % 3600, coupon: couponAt(at) })));
    const s = byTime(
      Array.from(
        { length: 2500 },
        (_, at): PairingSale => ({ at: (at * 53) % 3600, coupon: at % 5 ? ABSENT : couponAt(at) }),
      ),
    );
    const { most, least } = drained(drawPairings(p, s, new Set([100, 101]), 600));
    const { size: best } = MaximumPairing.of(p, s, 600);
    expect([size(most), size(least)]).toEqual([best, best]);
  });
});
