import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Unvisited } from '../../src/pairing/unvisited.ts';

const SIZE = 12;

describe('what is unvisited', () => {
  it('is found from any place on, whatever was visited before, also twice', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(SIZE - 1)), fc.nat(SIZE), (visited, from) => {
        const unvisited = new Unvisited(SIZE);
        for (const index of visited) unvisited.visit(index);
        const left = Array.from({ length: SIZE }, (_, index) => index).filter((index) => !visited.includes(index));
        expect(unvisited.from(from)).toBe(left.find((index) => index >= from) ?? SIZE);
      }),
    );
  });

  it('is everything again after a reset', () => {
    const unvisited = new Unvisited(SIZE);
    for (const index of [3, 4, 5]) unvisited.visit(index);
    expect(unvisited.from(3)).toBe(6);
    unvisited.reset();
    expect([3, 4, 5].map((index) => unvisited.from(index))).toEqual([3, 4, 5]);
  });
});
