import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countIn, placesIn, spansAround, thingsIn } from '../../src/pairing/near-sales.ts';

const instants = fc.array(fc.nat(60), { maxLength: 12 }).map((all) => all.sort((a, b) => a - b));
const TOLERANCE = 3;

describe('what lies near payments', () => {
  it('is what comparing each thing with each payment finds, in their order and each once', () => {
    fc.assert(
      fc.property(instants, instants, (paid, sold) => {
        const things = sold.map((at, row) => ({ at, row }));
        const spans = spansAround(
          paid.map((occurredAt) => ({ occurredAt })),
          TOLERANCE,
        );
        const expected = things.filter(({ at }) => paid.some((each) => Math.abs(each - at) <= TOLERANCE));
        const ranges = placesIn(spans, things);
        expect(thingsIn(ranges, things)).toEqual(expected);
        expect(countIn(ranges)).toBe(expected.length);
        expect(thingsIn(ranges, things, 2)).toEqual(expected.slice(0, 2));
        for (const { from, end } of ranges) expect(from).toBeLessThan(end);
      }),
    );
  });

  it('is one stretch where payments follow each other closely, however many they are', () => {
    const paid = Array.from({ length: 1000 }, (_, at) => ({ occurredAt: at * TOLERANCE }));
    expect(spansAround(paid, TOLERANCE)).toEqual([{ from: -TOLERANCE, to: 999 * TOLERANCE + TOLERANCE }]);
  });
});
