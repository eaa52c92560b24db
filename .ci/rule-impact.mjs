// What a change of rules does to the archived nights: the rules as they were at a git revision against those here.
// Prints Markdown; exits 1 where somebody's money changes.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nights, runNight } from './nights.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const revision = process.argv[2] ?? 'HEAD';
const git = (...words) =>
  execFileSync('git', words, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
// A revision is built as it builds itself; the oldest were compiled file by file.
const build = (home) => {
  const own = join(home, '.ci/build.mjs');
  const [program, ...words] = existsSync(own)
    ? [process.execPath, own]
    : [join(root, 'node_modules/.bin/tsc'), '-p', 'tsconfig.build.json'];
  execFileSync(program, words, { cwd: home, stdio: 'inherit' });
};

const folder = mkdtempSync(join(tmpdir(), 'rule-impact-'));
const before = join(folder, 'before');
let changed = false;
try {
  git('worktree', 'add', '--detach', '--quiet', before, revision);
  symlinkSync(join(root, 'node_modules'), join(before, 'node_modules'));
  build(before);
  build(root);
  process.stdout.write(`## Rule impact since ${git('rev-parse', '--short', revision).trim()}\n\n`);
  for (const night of nights()) {
    const [a, b] = [join(folder, 'a', night), join(folder, 'b', night)];
    runNight(before, night, a);
    runNight(root, night, b);
    const words = ['diff', a, b, '--markdown', '--fail-on', 'any', '--lang', 'en'];
    const { status, stdout } = spawnSync(process.execPath, [join(root, 'bin/regionpay-reconcile.js'), ...words], {
      encoding: 'utf8',
    });
    if (status === 0) continue;
    changed = true;
    process.stdout.write(`**${night}**\n\n${stdout}\n`);
  }
  if (!changed) process.stdout.write(`No coupon of ${nights().length} archived nights comes out otherwise.\n`);
} finally {
  spawnSync('git', ['worktree', 'remove', '--force', before], { cwd: root });
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = changed ? 1 : 0;
