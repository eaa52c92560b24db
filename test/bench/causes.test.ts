import { describe, expect, it } from 'vitest';
import { type Profile, standingIn } from '../../bench/causes.ts';

const node = (id: number, functionName: string, ...children: readonly number[]) => ({
  id,
  callFrame: { functionName },
  children,
});

/** Of 1,000 µs each: start; then twice judge from settle, once with a helper that stands in two places; then tell. */
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
  it('is told from the outermost function inwards, with what it took', () => {
    expect(standingIn({ fromUs: 11_500, toUs: 14_500, ms: 3 }, profile)).toEqual(['settle 3', 'judge 2']);
  });

  it('is left untold where a function has no name, and once it divides', () => {
    expect(standingIn({ fromUs: 13_500, toUs: 14_500, ms: 1 }, profile)).toEqual(['settle 1', 'judge 1']);
    const many = { ...profile, nodes: profile.nodes.map((each) => ({ ...each, children: [] })) };
    expect(standingIn({ fromUs: 10_000, toUs: 16_000, ms: 5 }, { ...many, nodes: [] })).toEqual([]);
  });

  it('is nothing outside the profile', () => {
    expect(standingIn({ fromUs: 50_000, toUs: 60_000, ms: 10 }, profile)).toEqual([]);
  });
});
