import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PlacesLeft } from '../../src/pairing/places-left.ts';

test('the next place that is left is the one that looking at each place finds', () => {
  const steps = fc.array(fc.record({ takes: fc.boolean(), place: fc.nat() }), { maxLength: 60 });
  fc.assert(
    fc.property(fc.nat(1100), steps, fc.nat(1100), (size, all, from) => {
      const places = new PlacesLeft(size);
      const left = new Set(Array.from({ length: size }, (_, place) => place));
      for (const { takes, place } of size === 0 ? [] : all) {
        const at = place % size;
        if (takes) {
          places.take(at);
          left.delete(at);
        } else {
          places.putBack(at);
          left.add(at);
        }
      }
      expect(places.from(from)).toBe(Math.min(...[...left].filter((place) => place >= from)));
    }),
    { numRuns: 200 },
  );
});

test('where a long stretch is taken, the next one behind it is found, and the first again once it is put back', () => {
  const places = new PlacesLeft(40_000);
  for (let place = 3; place < 39_999; place++) places.take(place);
  expect([places.from(2), places.from(3), places.from(40_000)]).toEqual([2, 39_999, Number.POSITIVE_INFINITY]);
  places.putBack(33);
  expect([places.from(3), places.from(34)]).toEqual([33, 39_999]);
  places.take(39_999);
  expect(places.from(34)).toBe(Number.POSITIVE_INFINITY);
});
