import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pageOfRun } from '../../../src/audit/record/page-of-run.ts';
import { DamagedRun } from '../../../src/audit/record/records.ts';
import { type Manifest, readManifest } from '../../../src/audit/record/run-record.ts';
import { formatInstant } from '../../../src/base/instants.ts';
import { drained } from '../../../src/base/steps.ts';
import { sha256 } from '../../../src/publish/hash.ts';
import type { PageOf } from '../../../src/publish/page.ts';
import { ROOT, withFolder } from '../../support/program.ts';

const EARLIER = join(ROOT, 'fixtures/earlier-version');
const manifestIn = (folder: string): Manifest => {
  const read = readManifest(folder);
  if ('unreadable' in read) throw new Error(read.unreadable.en);
  return read.manifest;
};
/** A page that says what it was made of. */
const naming: PageOf = function* (published, policy, asOf, { previousFingerprint }) {
  yield undefined;
  return JSON.stringify([[...published.keys()].sort(), policy.id, formatInstant(asOf), previousFingerprint]);
};
const madeOf = (folder: string, manifest: Manifest): string => drained(pageOfRun(folder, manifest, naming));

const withCopy = (use: (folder: string) => void): void =>
  withFolder((folder) => {
    cpSync(EARLIER, folder, { recursive: true });
    use(folder);
  });
const damagedBy = (made: () => unknown): string => {
  try {
    made();
  } catch (error) {
    if (error instanceof DamagedRun) return error.path;
    throw error;
  }
  return '';
};

test('a page is made of what the run published, without contacts, under its policy and as of its instant', () => {
  const manifest = manifestIn(EARLIER);
  const [names, policy, asOf, previous] = JSON.parse(madeOf(EARLIER, manifest)) as [string[], ...string[]];
  const published = manifest.outputs.map(({ name }) => name).filter((name) => !/^(payouts|to_send)\.csv$/.test(name));
  expect(names).toEqual([...published].sort());
  expect(names).toContain('eligibility.csv');
  expect([policy, asOf, previous]).toEqual([manifest.policy.id, manifest.asOf, manifest.previous?.fingerprint ?? null]);
});

describe('a file that is not as the manifest says is damage', () => {
  test.each(['eligibility.csv', 'review.csv'])('altered, or gone: %s', (name) =>
    withCopy((folder) => {
      const path = join(folder, name);
      writeFileSync(path, `${readFileSync(path, 'utf8')}x`);
      const manifest = manifestIn(folder);
      expect(damagedBy(() => madeOf(folder, manifest))).toBe(path);
      rmSync(path);
      expect(damagedBy(() => madeOf(folder, manifest))).toBe(path);
    }));

  test.each(['{}', 'no JSON', '{"schemaVersion":1}'])('forged with a sum that fits: summary.json as %s', (content) =>
    withCopy((folder) => {
      const path = join(folder, 'summary.json');
      writeFileSync(path, content);
      const manifest = manifestIn(folder);
      const outputs = manifest.outputs.map((output) =>
        output.name === 'summary.json' ? { ...output, sha256: sha256(content) } : output,
      );
      expect(damagedBy(() => madeOf(folder, { ...manifest, outputs }))).toBe(path);
    }));

  test('contacts are not missed: what was purged, no page is made of', () =>
    withCopy((folder) => {
      for (const name of ['payouts.csv', 'to_send.csv']) rmSync(join(folder, name));
      expect(madeOf(folder, manifestIn(folder))).toBe(madeOf(EARLIER, manifestIn(EARLIER)));
    }));
});
