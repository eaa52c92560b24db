import { describe, expect, it } from 'vitest';
import { type Profile, standingIn } from '../../bench/causes.ts';

const node = (id: number, functionName: string, ...children: readonly number[]) => ({
  id,
  callFrame: { functionName },
  children,
});

/** Of 1,000 µs each: start; then thrice settle, of which judge stands in two places, and once below what has no name; then tell. */
const profile: Profile = {
  nodes: [
    node(1, '(root)', 2, 3, 7),
    node(2, 'start'),
    node(3, 'settle', 4, 5, 8),
    node(4, 'judge'),
    node(5, '', 6),
    node(6, 'judge'),
    node(7, 'tell'),
    node(8, 'judge'),
  ],
  startTime: 10_000,
  samples: [2, 4, 8, 6, 7],
  timeDeltas: [1000, 1000, 1000, 1000, 1000],
};

describe('what stands in a gap', () => {
  it('is told from the outermost function inwards, with its share', () => {
    expect(standingIn({ fromUs: 11_500, toUs: 14_500, ms: 3 }, profile)).toEqual(['settle 100 %', 'judge 67 %']);
  });

  it('is left untold where a function has no name, and once it divides', () => {
    expect(standingIn({ fromUs: 13_500, toUs: 14_500, ms: 1 }, profile)).toEqual(['settle 100 %', 'judge 100 %']);
    const many = { ...profile, nodes: profile.nodes.map((each) => ({ ...each, children: [] })) };
    expect(standingIn({ fromUs: 10_000, toUs: 16_000, ms: 5 }, { ...many, nodes: [] })).toEqual([]);
  });

  it('is nothing outside the profile', () => {
    expect(standingIn({ fromUs: 50_000, toUs: 60_000, ms: 10 }, profile)).toEqual([]);
  });
});
