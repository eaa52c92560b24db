import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairingSize } from '../../src/pairing/group-pairing.ts';
import { NamelessPairing } from '../../src/pairing/nameless-pairing.ts';

const TOLERANCE = 3;
const instants = fc.array(fc.nat(30), { maxLength: 24 }).map((all) => all.sort((a, b) => a - b));

describe('payments that take nameless sales', () => {
  it('lose without some of them what pairing the others anew loses', () => {
    fc.assert(
      fc.property(instants, instants, fc.nat((1 << 24) - 1), (paid, sold, mask) => {
        const sales = [sold.map((at) => ({ at }))];
        const leaving = paid.flatMap((_, place) => ((mask >> place) & 1 ? [place] : []));
        const staying = paid.filter((_, place) => !leaving.includes(place));
        const lost = pairingSize(paid, sales, TOLERANCE) - pairingSize(staying, sales, TOLERANCE);
        const pairing = new NamelessPairing(paid, sold, TOLERANCE);
        expect(pairing.lostWithout(leaving)).toBe(lost);
        expect(pairing.lostWithout(leaving)).toBe(lost);
      }),
      { numRuns: 2000 },
    );
  });

  it('lose nothing, one or two of two, by how many others want a sale', () => {
    const pairing = (sales: number): NamelessPairing =>
      new NamelessPairing(
        Array.from({ length: 10 }, () => 0),
        Array.from({ length: sales }, () => 0),
        TOLERANCE,
      );
    expect([8, 9, 10].map((sales) => pairing(sales).lostWithout([0, 9]))).toEqual([0, 1, 2]);
    expect(new NamelessPairing([], [], TOLERANCE).lostWithout([])).toBe(0);
  });
});
