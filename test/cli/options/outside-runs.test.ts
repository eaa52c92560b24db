import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { Collected } from '../../../src/cli/options/given.ts';
import { readOutside } from '../../../src/cli/options/outside-runs.ts';

const run = resolve('runs/night');
const read = (out: string) => {
  const found = new Collected();
  return { path: readOutside(out, [resolve('runs/other'), run], found), codes: found.problems.map(({ code }) => code) };
};

test.each([
  'page.html',
  'runs/page.html',
  'runs/night.html',
  'runs/nightly/page.html',
  '/page.html',
])('%s lies outside of every run', (out) => expect(read(out)).toEqual({ path: resolve(out), codes: [] }));

test.each([
  run,
  join(run, 'page.html'),
  'runs/night/excel/../page.html',
  'runs/other/page.html',
])('%s lies within one', (out) => expect(read(out)).toEqual({ path: undefined, codes: ['UNKNOWN_VALUE'] }));
