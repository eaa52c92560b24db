import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkPurged, purgedHere } from '../../../src/audit/verify/purged-files.ts';
import { withFolder } from '../../support/program.ts';

const note = (...names: readonly string[]): string => {
  const purged = names.map((name) => ({ name, sha256: 'a'.repeat(64), at: '2024-05-01T10:00:00+09:00', by: null }));
  return JSON.stringify({ schemaVersion: 1, purged });
};
const checked = (files: Readonly<Record<string, string>>) =>
  withFolder((folder) => {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return checkPurged(purgedHere(folder));
  });

describe('what purged.json says', () => {
  test('is nothing where there is none', () => {
    expect(checked({})).toBeUndefined();
  });

  test('is never called ok: what is gone was not checked', () => {
    expect(checked({ 'purged.json': note('payouts.csv') })).toMatchObject({
      result: 'not checked',
      details: [{ en: 'payouts.csv was purged at 2024-05-01T10:00:00+09:00, as noted in purged.json; not checked' }],
    });
  });

  test.each([
    ['a file that is still there', { 'purged.json': note('payouts.csv'), 'payouts.csv': 'x' }],
    ['a file that may not be purged', { 'purged.json': note('eligibility.csv') }],
    ['nothing that can be read', { 'purged.json': '{' }],
  ])('fails where it names %s', (_, files) => {
    expect(checked(files)?.result).toBe('failed');
  });
});
