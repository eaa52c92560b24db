import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeLengths, codesOf } from '../../../src/report/deflate/huffman.ts';

test('what occurs most has the fewest bits, and what does not occur none', () => {
  const { lengths, longest } = codeLengths(Uint16Array.of(5, 0, 1, 1, 2), 15);
  expect([...lengths]).toEqual([1, 0, 3, 3, 2]);
  expect(longest).toBe(3);
  // The bits of 0, 110, 111 and 10, the first lowest.
  expect([...codesOf({ lengths, longest })]).toEqual([0, 0, 0b011, 0b111, 0b01]);
});

test('one symbol alone has one bit, and none has no code', () => {
  expect(codeLengths(Uint16Array.of(0, 9), 15)).toEqual({ lengths: Uint8Array.of(0, 1), longest: 1 });
  expect(codeLengths(new Uint16Array(3), 15)).toEqual({ lengths: new Uint8Array(0), longest: 0 });
});

test('no code is longer than it may be, and all of them fill the room there is', () => {
  const fibonacci = Array.from({ length: 19 }, (_, at) => Math.round(1.618 ** at));
  fc.assert(
    fc.property(fc.constantFrom(fibonacci, fibonacci.toReversed()), fc.integer({ min: 5, max: 15 }), (counts, most) => {
      const { lengths, longest } = codeLengths(Uint16Array.from(counts), most);
      expect(longest).toBeLessThanOrEqual(most);
      expect(Math.max(...lengths)).toBeLessThanOrEqual(most);
      expect(lengths.reduce((room, length) => room + 2 ** -length, 0)).toBe(1);
    }),
  );
});
