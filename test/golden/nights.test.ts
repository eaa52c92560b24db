import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { program, ROOT, TSX, withFolder } from '../support/program.ts';

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

/** The house as it is built and run, without its dependencies. */
function copyOfHouse(home: string, nightsKept: readonly string[]): void {
  const parts = ['src', 'bin', 'tools', 'package.json', 'tsconfig.json', '.gitignore'];
  for (const name of [...parts, ...nightsKept.map((night) => `fixtures/nights/${night}`)])
    cpSync(join(ROOT, name), join(home, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(home, 'node_modules'));
}

function changeRule(home: string, file: string, from: string, to: string): void {
  const path = join(home, 'src/rules', file);
  const source = readFileSync(path, 'utf8');
  expect(source.split(from).length, `${file} holds ${from} once`).toBe(2);
  writeFileSync(path, source.replace(from, to));
}

/** The program with one text of one rule replaced, built anew. */
function withChangedRule(folder: string, file: string, from: string, to: string): string {
  const home = join(folder, 'changed');
  copyOfHouse(home, []);
  changeRule(home, file, from, to);
  const built = spawnSync(TSX, ['tools/build.ts', 'nightly'], { cwd: home, encoding: 'utf8' });
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
    // As of the very end of the first extension (A) is met; with ">" it would be pending still.
    ['expiry-extension.ts', 'asOf >= end', 'asOf > end', 'edge-first-extension', 'no longer eligible'],
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

// Each builds the program twice and runs every night with both.
describe('rule-impact', { timeout: 600_000 }, () => {
  const home = mkdtempSync(join(tmpdir(), 'regionpay-'));
  const tools = `${home}-tools`;
  const installed = join(tools, 'installed');
  const git = (...words: string[]) => {
    const who = ['-c', 'user.name=nobody', '-c', 'user.email=nobody@example.jp', '-c', 'commit.gpgsign=false'];
    const { status, stderr } = spawnSync('git', [...who, ...words], { cwd: home, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  };
  /** With an npm that notes what it is asked for, and installs what there is. */
  const impact = (...words: string[]) =>
    spawnSync(TSX, ['tools/rule-impact.ts', ...words], {
      cwd: home,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${tools}:${process.env.PATH}` },
    });

  beforeAll(() => {
    copyOfHouse(home, ['edge-first-extension', 'random-0047']);
    mkdirSync(tools);
    const npm = `#!/bin/sh\necho "$PWD $*" >> ${installed}\nln -s ${join(ROOT, 'node_modules')} node_modules\n`;
    writeFileSync(join(tools, 'npm'), npm, { mode: 0o755 });
    writeFileSync(join(home, '.gitignore'), 'node_modules\ndist\n');
    git('init', '--quiet', '--initial-branch', 'main');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'The rules as they were');
  });
  afterAll(() => {
    for (const folder of [home, tools]) rmSync(folder, { recursive: true });
  });

  test('says so where nothing comes out otherwise', () => {
    const { status, stdout, stderr } = impact();
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^<!-- rule-impact -->\n## Rule impact since [0-9a-f]{7}\n\nNothing of 5 nights comes out otherwise\.\n/,
    );
  });

  test('fails where a stake alone was changed, and the version of its rule was not raised', () => {
    git('switch', '--quiet', '--create', 'change');
    changeRule(home, 'unsupported-payment.ts', 'stakeYen: (', 'stakeYen: 7 + (');
    git('commit', '--quiet', '--all', '--message', 'Change a stake');
    const { status, stdout } = impact();
    expect(stdout).toMatch(
      /The rule `unsupported-payment` judges otherwise, and its `version` is still \d+: raise it\./,
    );
    expect(stdout).toContain('No coupon comes out otherwise, but these files differ: review.csv');
    expect(status).toBe(3);
  });

  test('names the coupon and its yen where a rule was changed on a branch with its version, and goes on after a night that fails', () => {
    changeRule(home, 'unsupported-payment.ts', 'stakeYen: 7 + (', 'stakeYen: (');
    changeRule(home, 'double-charge.ts', 'own <= gap', 'own < gap');
    changeRule(home, 'double-charge.ts', 'version: ', 'version: 1000 + ');
    mkdirSync(join(home, 'fixtures/nights/edge-without-inputs'));
    writeFileSync(join(home, 'fixtures/nights/edge-without-inputs/run.json'), '{"issuance":["nowhere.csv"]}');
    // Another lock file than that of the base, which is installed by its own.
    writeFileSync(join(home, 'package-lock.json'), '{}');
    git('add', '--all');
    git('commit', '--quiet', '--all', '--message', 'Change one character');
    // Without a revision: since where the branch left main.
    const pages = join(tools, 'pages');
    const { status, stdout } = impact('--pages', pages);
    expect(stdout).toMatch(/\*\*edge-without-inputs: the program as it was failed\.\*\* .*MISSING_OPTION/);
    expect(stdout).toContain('`src/rules/double-charge.ts`');
    expect(stdout).toMatch(/\| random-0047 \| 1 \| -?[\d,]+ yen \|/);
    expect(stdout).toMatch(
      /\| no longer eligible \| -?[\d,]+ yen \|.*status .*\| rule or reading<br>double-charge: v1 /,
    );
    expect(stdout).not.toContain('raise it');
    expect(status).toBe(1);
    expect(readFileSync(installed, 'utf8')).toMatch(/\/before ci --ignore-scripts /);
    // A page for each night that comes out otherwise, and for no other.
    const named = [...stdout.matchAll(/^## ([\w-]+)$/gm)].map(([, night]) => `${night}.html`);
    expect(readdirSync(pages).sort()).toEqual([...named].sort());
    expect(readFileSync(join(pages, 'random-0047.html'), 'utf8')).toContain('double-charge: v1 ');
  });

  test('leaves no worktree behind, and does not take a failure for a finding', () => {
    const { status, stdout, stderr } = impact('no-such-revision');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('rule-impact: no-such-revision is no revision');
    expect(spawnSync('git', ['worktree', 'list'], { cwd: home, encoding: 'utf8' }).stdout.split('\n').length).toBe(2);
  });
});
