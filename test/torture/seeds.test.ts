import { describe, expect, it } from 'vitest';
import { seedsFrom, seedsIn, seedsText } from '../../tools/torture/seeds.ts';

describe('seeds', () => {
  it.each([
    ['one', [7], '7'],
    ['two that follow each other', [7, 8], '7 to 8'],
    ['a span', [7000, 7001, 7002], '7000 to 7002'],
    ['spans and single ones, in any order', [9, 1, 7, 3, 8], '1, 3, 7 to 9'],
    ['one that is named twice', [4, 4], '4'],
    ['more than two digits, in the order of numbers', [10, 9, 2], '2, 9 to 10'],
  ])('are told, and read again: %s', (_, seeds, said) => {
    expect(seedsText(seeds)).toBe(said);
    expect(seedsIn(said)).toEqual([...new Set(seeds)].sort((a, b) => a - b));
  });

  it('are counted from the first', () => {
    expect(seedsFrom(7000, 3)).toEqual([7000, 7001, 7002]);
  });
});
