import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairedInOrder, pairingSize } from '../../src/pairing/group-pairing.ts';

const TOLERANCE = 3;
const instants = fc.array(fc.nat(20), { maxLength: 9 }).map((all) => all.sort((a, b) => a - b));

/** U as 3-rules.md §0 has it: one after the other from the latest, skipping one without which fewer could be paired. */
function leftOut(payments: readonly number[], rank: (kept: readonly number[]) => number): readonly number[] {
  const most = rank(payments);
  let kept = payments.map((_, place) => place);
  for (const place of [...kept].reverse()) {
    const without = kept.filter((other) => other !== place);
    if (rank(without.map((other) => payments[other] as number)) === most) kept = without;
  }
  return payments.map((_, place) => place).filter((place) => !kept.includes(place));
}

describe('payments of one coupon and amount', () => {
  it('leave out, paired in order of time, the latest that a maximum pairing can leave out', () => {
    fc.assert(
      fc.property(instants, instants, instants, (paid, nameless, named) => {
        const open = [nameless, named].map((list) => list.map((at) => ({ at })));
        const paired = pairedInOrder(paid, open, TOLERANCE);
        const rank = (kept: readonly number[]): number => pairingSize(kept, open, TOLERANCE);
        expect(paid.flatMap((_, place) => (paired[place] === 1 ? [] : [place]))).toEqual(leftOut(paid, rank));
      }),
      { numRuns: 500 },
    );
  });

  it('look at a handful of sales each, however many the shop has', () => {
    let looks = 0;
    const sales = Array.from({ length: 20_000 }, (_, place) => ({
      get at() {
        looks++;
        return place;
      },
    }));
    const paid = Array.from({ length: 100 }, (_, place) => place * 200);
    expect(pairingSize(paid, [sales], TOLERANCE)).toBe(100);
    expect(looks).toBeLessThan(100 * 40);
  });
});
