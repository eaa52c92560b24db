import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { canonicalJson } from '../../src/publish/canonical-json.ts';
import { sha256 } from '../../src/publish/hash.ts';
import { firstOf, modeProblems, wholeRunAt, wholeRunProblems } from '../../src/publish/whole-run.ts';
import { withFolder } from '../support/program.ts';

const INPUT = 'b'.repeat(64);

/** A folder with one table and one archived input, as a run would leave it. */
function putRun(folder: string): void {
  const put = (name: string, content: string) => writeFileSync(join(folder, name), content, { mode: 0o600 });
  chmodSync(folder, 0o700);
  mkdirSync(join(folder, 'inputs'), { mode: 0o700 });
  put('a.csv', 'a\n');
  put(`inputs/${INPUT}.gz`, 'x');
  const body = {
    inputs: [{ sha256: INPUT, gzip: false }],
    options: { archive: true },
    outputs: [{ name: 'a.csv', sha256: sha256('a\n') }],
  };
  const manifest = canonicalJson({ ...body, fingerprint: sha256(canonicalJson(body)) });
  put('manifest.json', manifest);
  const sums = [
    [sha256('a\n'), 'a.csv'],
    [sha256('x'), `inputs/${INPUT}.gz`],
    [sha256(manifest), 'manifest.json'],
  ];
  put('SHA256SUMS', sums.map(([hash, name]) => `${hash}  ${name}\n`).join(''));
}

const said = (harm: (folder: string) => void): readonly string[] =>
  withFolder((folder) => {
    putRun(folder);
    harm(folder);
    return drained(wholeRunProblems(wholeRunAt(folder))).map(({ en }) => en);
  });

describe('a run folder as a whole', () => {
  test('is well where every file is as its manifest says, whatever archived inputs hold', () => {
    expect(said(() => undefined)).toEqual([]);
    expect(said((folder) => writeFileSync(join(folder, `inputs/${INPUT}.gz`), 'y'))).toEqual([]);
  });

  test('tells each file that is not, once', () => {
    expect(said((folder) => writeFileSync(join(folder, 'a.csv'), 'b\n'))).toEqual([
      'a.csv differs from SHA256SUMS (one of them was altered)',
      'a.csv differs from manifest.json',
    ]);
    expect(said((folder) => writeFileSync(join(folder, 'b.csv'), ''))).toEqual([
      'b.csv is not in SHA256SUMS',
      'b.csv is not in manifest.json',
    ]);
    expect(said((folder) => writeFileSync(join(folder, 'manifest.json'), '{}'))).toEqual([
      'manifest.json differs from SHA256SUMS (one of them was altered)',
      'manifest.json cannot be read',
    ]);
  });

  test('of very many tells the first, and how many more', () => {
    const problems = Array.from({ length: 30 }, (_, place) => ({ ja: `${place}`, en: `${place}` }));
    expect(firstOf(problems).map(({ en }) => en)).toEqual([
      ...problems.slice(0, 20).map(({ en }) => en),
      'and 10 more',
    ]);
  });
});

test('modes are told where others than the owner may do anything', () =>
  withFolder((folder) => {
    putRun(folder);
    const modes = () => modeProblems(wholeRunAt(folder)).map(({ en }) => en.split(':')[0]);
    expect(modes()).toEqual([]);
    chmodSync(join(folder, 'a.csv'), 0o604);
    chmodSync(folder, 0o710);
    expect(modes()).toEqual(['. has the mode 0710, wider than 0700', 'a.csv has the mode 0604, wider than 0600']);
  }));
