import { expect, it } from 'vitest';
import { drained, mapped, sorted } from '../../src/base/steps.ts';

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

it('does not wait for another thread, and ends the work that would', () => {
  let isEnded = false;
  function* waiting(): Generator<Promise<void>, void> {
    try {
      yield Promise.resolve();
    } finally {
      isEnded = true;
    }
  }
  expect(() => drained(waiting())).toThrow('another thread');
  expect(isEnded).toBe(true);
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

const ascending = (a: number, b: number): number => a - b;

it('puts many things in order as a sort does, equals as they came, and gives turns meanwhile', () => {
  const things = Array.from({ length: 60_000 }, (_, at) => ({ key: (at * 7919) % 101, at }));
  const steps = sorted(things, (a, b) => a.key - b.key);
  let turns = 0;
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) turns++;
  const expected = things.toSorted((a, b) => a.key - b.key);
  expect(step.value.map(({ at }) => at).join()).toBe(expected.map(({ at }) => at).join());
  expect(turns).toBeGreaterThan(10);
});

it.each([
  ['none', []],
  ['one', [3]],
  ['few', [3, 1, 2]],
  ['many in order', Array.from({ length: 40_000 }, (_, at) => at)],
  ['many from behind', Array.from({ length: 40_000 }, (_, at) => -at)],
])('puts %s in order', (_, numbers) => {
  expect(drained(sorted(numbers, ascending)).join()).toBe(numbers.toSorted(ascending).join());
});
