import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runThatFollows } from '../../src/disbursement/later-runs.ts';
import { sha256 } from '../../src/publish/hash.ts';
import { withFolder } from '../support/program.ts';

const FIRST = JSON.stringify({ previous: null, asOf: '2023-05-10T02:00:00+09:00' });
const following = (manifest: string): string => JSON.stringify({ previous: { manifestSha256: sha256(manifest) } });

/** A series of folders, by name, with what is in the manifest of each. */
const inSeries = (manifests: Readonly<Record<string, string>>, use: (series: string) => void): void =>
  withFolder((series) => {
    for (const [name, manifest] of Object.entries(manifests)) {
      mkdirSync(join(series, name));
      if (manifest !== '') writeFileSync(join(series, name, 'manifest.json'), manifest);
    }
    writeFileSync(join(series, 'orders.csv'), '');
    use(series);
  });

describe('a run that follows', () => {
  test('is named for the run that it rests on, and for no other', () => {
    const second = following(FIRST);
    inSeries({ '2023-05-10': FIRST, '2023-05-11': second, '2023-05-12': following(second) }, (series) => {
      expect(runThatFollows(join(series, '2023-05-10'))).toBe('2023-05-11');
      expect(runThatFollows(join(series, '2023-05-11'))).toBe('2023-05-12');
      expect(runThatFollows(join(series, '2023-05-12'))).toBeUndefined();
    });
  });

  test('is none beside what is no run, and what is being written', () => {
    inSeries({ a: FIRST, b: '', c: 'no JSON', d: '{}', '.a.partial-1': following(FIRST) }, (series) => {
      expect(runThatFollows(join(series, 'a'))).toBeUndefined();
    });
  });
});
