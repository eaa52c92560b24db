import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planPurge } from '../../../src/audit/record/purge-plan.ts';
import type { Manifest } from '../../../src/audit/record/run-record.ts';
import { drained } from '../../../src/base/steps.ts';
import { sha256 } from '../../../src/publish/hash.ts';
import { withFolder } from '../../support/program.ts';

const MANIFEST = {
  options: { archive: true },
  outputs: [{ name: 'payouts.csv' }],
  inputs: [{ kind: 'issuance', name: 'i.csv', sha256: 'a'.repeat(64), gzip: true }],
} as unknown as Manifest;
const INPUT = `inputs/${'a'.repeat(64)}`;

const makeRun = (folder: string): void => {
  mkdirSync(join(folder, 'inputs'), { recursive: true });
  for (const name of ['payouts.csv', INPUT]) writeFileSync(join(folder, name), 'x');
  writeFileSync(join(folder, 'manifest.json'), '{}');
  const sums = ['payouts.csv', INPUT].map((name) => `${sha256('x')}  ${name}\n`);
  writeFileSync(join(folder, 'SHA256SUMS'), sums.join(''));
};

describe('what a purge takes', () => {
  test('is told with where the same is kept, but for runs that are purged as well', () => {
    withFolder((parent) => {
      const [one, two, three] = ['one', 'two', 'three'].map((name) => join(parent, name)) as [string, string, string];
      for (const run of [one, two, three]) makeRun(run);
      const plan = drained(planPurge(one, MANIFEST, false, [one, two]));
      expect(plan.take.map(({ name, alsoIn }) => [name, alsoIn])).toEqual([
        ['payouts.csv', []],
        [INPUT, ['three']],
      ]);
      expect([plan.noted, plan.followedBy]).toEqual([[], undefined]);
    });
  });

  test.each(['payouts.csv', 'SHA256SUMS'])('is nothing where %s is not as the run wrote it', (name) => {
    withFolder((parent) => {
      const run = join(parent, 'one');
      makeRun(run);
      writeFileSync(join(run, name), 'other');
      expect(() => drained(planPurge(run, MANIFEST, false, [run]))).toThrow('damaged');
    });
  });
});
