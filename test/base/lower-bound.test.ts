import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lowerBound } from '../../src/base/lower-bound.ts';

it('finds the first place whose value is at least so much, or where they end', () => {
  const values = fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 12 }).map((all) => all.sort((a, b) => a - b));
  fc.assert(
    fc.property(values, fc.integer({ min: -7, max: 7 }), (all, atLeast) => {
      const first = all.findIndex((value) => value >= atLeast);
      expect(lowerBound(all.length, atLeast, (place) => all[place] as number)).toBe(first < 0 ? all.length : first);
    }),
  );
});
