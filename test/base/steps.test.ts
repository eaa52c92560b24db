import { expect, it } from 'vitest';
import { drained, mapped } from '../../src/base/steps.ts';

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

it('makes something of each of many things, and gives a turn now and then', () => {
  const things = Array.from({ length: 1000 }, (_, at) => at);
  const steps = mapped(things, (thing) => 2 * thing);
  let turns = 0;
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) turns++;
  expect(step.value).toEqual(things.map((thing) => 2 * thing));
  expect(turns).toBeGreaterThanOrEqual(3);
  expect(drained(mapped([1, 2], String))).toEqual(['1', '2']);
});
