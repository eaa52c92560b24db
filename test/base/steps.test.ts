import { expect, it } from 'vitest';
import { drained } from '../../src/base/steps.ts';

it('goes through all steps and gives what they come to', () => {
  const gone: number[] = [];
  function* steps(): Generator<undefined, string> {
    for (let step = 1; step <= 3; step++) {
      gone.push(step);
      yield undefined;
    }
    return 'the whole';
  }
  expect(drained(steps())).toBe('the whole');
  expect(gone).toEqual([1, 2, 3]);
});

it('throws what a step throws', () => {
  // biome-ignore lint/correctness/useYield: it fails before it has a turn to give.
  function* failing(): Generator<undefined, never> {
    throw new Error('of a step');
  }
  expect(() => drained(failing())).toThrow('of a step');
});
