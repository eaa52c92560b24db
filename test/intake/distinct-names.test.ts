import fc from 'fast-check';
import { expect, it } from 'vitest';
import { distinctNames } from '../../src/intake/read-inputs.ts';

/** As the contract says it, each path held against every other. */
function byDefinition(paths: readonly string[]): [string, string][] {
  const tail = (path: string, parts: number) =>
    path
      .split('/')
      .filter((part) => part !== '')
      .slice(-parts)
      .join('/');
  return [...new Set(paths)].map((path) => {
    let parts = 1;
    const others = paths.filter((other) => other !== path);
    while (others.some((other) => tail(other, parts) === tail(path, parts)) && parts < path.length) parts++;
    return [path, tail(path, parts)];
  });
}

it('a file is called by the fewest last parts of its path that tell it from the others', () => {
  const part = fc.constantFrom('a', 'b', 'c.csv');
  const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`);
  fc.assert(
    fc.property(fc.array(path, { maxLength: 12 }), (paths) => {
      expect([...distinctNames(paths)]).toEqual(byDefinition(paths));
    }),
    { seed: 16, numRuns: 500 },
  );
});

it('a hundred thousand files are named', () => {
  const paths = Array.from({ length: 100_000 }, (_, at) => `/night/${at % 1000}/shop-${Math.floor(at / 1000)}.csv`);
  const names = distinctNames(paths);
  expect(names.get('/night/7/shop-3.csv')).toBe('7/shop-3.csv');
  expect(new Set(names.values()).size).toBe(100_000);
});
