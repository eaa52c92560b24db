import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { program, ROOT, withFolder } from '../support/program.ts';

const NIGHTS = join(ROOT, 'fixtures/nights');
const nights = readdirSync(NIGHTS).sort();
const reconcile = (night: string, out: string) =>
  program(['run', '--config', join(NIGHTS, night, 'run.json'), '--out', out, '--quiet']);

describe('an archived night comes out as its recorded expectation says', () => {
  test.each(nights)('%s', (night) => {
    withFolder((folder) => {
      const out = join(folder, 'run');
      expect(reconcile(night, out)).toEqual({ status: 0, stdout: '', stderr: '' });
      const expected = join(NIGHTS, night, 'expected');
      expect(readdirSync(expected).length).toBe(5);
      for (const file of readdirSync(expected)) {
        const hint = `${night}/${file}: if the change is meant, record it (npm run nights:record) in the same commit`;
        expect(readFileSync(join(out, file), 'utf8'), hint).toBe(readFileSync(join(expected, file), 'utf8'));
      }
    });
  });
});

/** The program with one text of one rule replaced, built anew. */
function withChangedRule(folder: string, file: string, from: string, to: string): string {
  const home = join(folder, 'changed');
  for (const name of ['src', 'bin', '.ci/build.mjs', 'package.json', 'tsconfig.json'])
    cpSync(join(ROOT, name), join(home, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(home, 'node_modules'));
  const path = join(home, 'src/rules', file);
  const source = readFileSync(path, 'utf8');
  expect(source.split(from).length, `${file} holds ${from} once`).toBe(2);
  writeFileSync(path, source.replace(from, to));
  const built = spawnSync(process.execPath, ['.ci/build.mjs'], { cwd: home, encoding: 'utf8' });
  expect(built.stderr).toBe('');
  return home;
}

describe('a rule that changes by one character', () => {
  test.each([
    // "at least 1 yen" becomes "more than 1 yen": somebody with exactly 1 yen left loses it.
    [
      'expiry-extension.ts',
      'balanceYen >= minimumResidualYen',
      'balanceYen > minimumResidualYen',
      'random-0022',
      'no longer eligible',
    ],
    // "within 10 minutes" becomes "in less than 10 minutes".
    ['double-charge.ts', 'own <= gap', 'own < gap', 'random-0047', 'no longer eligible'],
  ])('in %s is caught, and named in yen', (file, from, to, night, group) => {
    withFolder((folder) => {
      const home = withChangedRule(folder, file, from, to);
      const [before, after] = [join(folder, 'before'), join(folder, 'after')];
      expect(reconcile(night, before).status).toBe(0);
      const words = ['run', '--config', join(NIGHTS, night, 'run.json'), '--out', after, '--quiet'];
      expect(spawnSync(process.execPath, [join(home, 'bin/regionpay-reconcile.js'), ...words]).status).toBe(0);
      const { status, stdout } = program(['diff', before, after, '--fail-on', 'any', '--lang', 'en']);
      expect(status).toBe(1);
      expect(stdout).toContain(group);
      expect(stdout).toMatch(/ yen/);
      const same = readdirSync(join(NIGHTS, night, 'expected')).every(
        (name) => readFileSync(join(after, name), 'utf8') === readFileSync(join(before, name), 'utf8'),
      );
      expect(same).toBe(false);
    });
  });
});
