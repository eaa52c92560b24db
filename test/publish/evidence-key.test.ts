import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  evidenceKeyOfSeries,
  findEvidenceKey,
  NoEvidenceKey,
  readEvidenceKey,
  SERIES_KEY_FILE,
} from '../../src/publish/evidence-key.ts';
import { withFolder } from '../support/program.ts';

const WRITTEN = `${'0f'.repeat(32)}\n`;

test('a series gets a key that only its owner may read, and keeps it', () => {
  withFolder((folder) => {
    const { fingerprint } = evidenceKeyOfSeries(folder);
    const path = join(folder, SERIES_KEY_FILE);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    expect(evidenceKeyOfSeries(folder).fingerprint).toBe(fingerprint);
    withFolder((other) => expect(evidenceKeyOfSeries(other).fingerprint).not.toBe(fingerprint));
  });
});

test('what a key makes of a text is HMAC-SHA256 by its 32 bytes', () => {
  withFolder((folder) => {
    // By openssl dgst -sha256 -mac HMAC -macopt hexkey:…
    writeFileSync(join(folder, SERIES_KEY_FILE), WRITTEN);
    const { keyedDigest } = readEvidenceKey(join(folder, SERIES_KEY_FILE));
    expect(keyedDigest('電話')).toBe('d18a44632ee3db58e2942415badfeb652bdbf77fd78781f716d44e960c0a56b4');
  });
});

test.each([
  ['an empty file', ''],
  ['a key that was cut', WRITTEN.slice(0, 60)],
  ['capitals', WRITTEN.toUpperCase()],
  ['two keys', WRITTEN + WRITTEN],
])('%s is no key', (_, content) => {
  withFolder((folder) => {
    writeFileSync(join(folder, SERIES_KEY_FILE), content);
    expect(() => readEvidenceKey(join(folder, SERIES_KEY_FILE))).toThrow(NoEvidenceKey);
  });
});

test('a folder is no key, and nothing without an end is read', () => {
  withFolder((folder) => {
    mkdirSync(join(folder, SERIES_KEY_FILE));
    expect(() => readEvidenceKey(join(folder, SERIES_KEY_FILE))).toThrow(NoEvidenceKey);
    expect(() => readEvidenceKey('/dev/zero')).toThrow(NoEvidenceKey);
  });
});

test('a run\u2019s key is found beside it or where it was named, and by its fingerprint alone', () => {
  withFolder((folder) => {
    const run = join(folder, 'runs', '2031-05-01');
    mkdirSync(run, { recursive: true });
    const { fingerprint } = evidenceKeyOfSeries(join(folder, 'runs'));
    expect(findEvidenceKey(run, fingerprint, undefined)?.fingerprint).toBe(fingerprint);
    expect(findEvidenceKey(run, fingerprint, join(folder, 'not there'))?.fingerprint).toBe(fingerprint);
    expect(findEvidenceKey(run, 'another', undefined)).toBeUndefined();
    expect(findEvidenceKey(folder, fingerprint, undefined)).toBeUndefined();
    expect(findEvidenceKey(folder, fingerprint, join(folder, 'runs', SERIES_KEY_FILE))?.fingerprint).toBe(fingerprint);
  });
});
