// What a change of rules does to nights, archived and generated: the rules as they were at a git revision against those here.
// Prints Markdown. Exits 0 where nothing changes, 1 where something comes out otherwise, 2 where that could not be found out,
// 3 where a rule judges otherwise under the version that it had.
//
//   npm run rule-impact -- [REVISION] [--pages FOLDER]    without a revision: where this branch left main; on main, the last commit
//
// Into the folder goes a page for each night that comes out otherwise: its two runs held against each other.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  type Comparison,
  type Crash,
  couponsIn,
  EXIT,
  type Explained,
  exitCodeOf,
  firstRuleThatDiffers,
  type Impact,
  isOtherwise,
  type Judge,
  type Nights,
  report,
} from './impact.ts';
import { NIGHTS, nights, nightsKnownTo, runNight } from './nights.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const KERNELS = 'src/intake/kernel/compiled.ts';
const COUPONS_SHOWN = 20;
/** Enough to see whether rows differ in words alone, and which rule a night\u2019s coupons are due to. */
const ROWS_COMPARED = 1000;
const COUPONS_EXPLAINED = 40;
const GENERATED = 3;
const TRANSACTIONS = 1000;
/** What judges a coupon. */
const JUDGING = ['rules', 'policy', 'pairing', 'settlement', 'ledger', 'intake'].map((name) => `src/${name}`);

const git = (...words: readonly string[]): string =>
  execFileSync('git', words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' }).trim();

function commitOf(revision: string): string {
  try {
    return git('rev-parse', '--verify', '--quiet', `${revision}^{commit}`);
  } catch {
    throw new Error(`${revision} is no revision`);
  }
}

function revisionBefore(given: string | undefined): string {
  if (given !== undefined) return commitOf(given);
  for (const main of ['origin/main', 'main']) {
    try {
      return git('merge-base', 'HEAD', commitOf(main));
    } catch {}
  }
  return commitOf('HEAD');
}

/** A revision is built as it builds itself; older ones by scripts, the oldest were compiled file by file. */
function build(home: string): void {
  const run = (program: string, words: readonly string[]) =>
    execFileSync(program, words, { cwd: home, stdio: ['ignore', 2, 2] });
  const tsx = join(home, 'node_modules/.bin/tsx');
  const [own, older] = [join(home, 'tools/build.ts'), join(home, '.ci/build.mjs')];
  if (existsSync(own)) run(tsx, [own]);
  else if (existsSync(older)) run(process.execPath, [older]);
  else run(join(home, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json']);
  run(tsx, [join(root, 'tools/write-revision.ts'), home]);
}

/** Each revision runs with what its own lock file names: installed anew only where that is not the one at hand. */
function install(home: string): void {
  const lockOf = (folder: string): string | undefined => {
    const file = join(folder, 'package-lock.json');
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  };
  if (lockOf(home) === lockOf(root)) {
    symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'));
    return;
  }
  // Without scripts: `prepare` would build, and nothing that is needed has one.
  const words = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  execFileSync('npm', words, { cwd: home, stdio: ['ignore', 2, 2] });
}

/** The program as it was, and the nights as it can read them. */
interface Before {
  readonly home: string;
  readonly nights: string;
}

/** A night by its name, and how a program runs it into a folder. */
interface Night {
  readonly name: string;
  readonly run: (home: string, out: string) => void;
}

function archivedNights(before: Before): readonly Night[] {
  return nights().map((name) => ({
    name,
    run: (home, out) => runNight(home, name, out, home === before.home ? before.nights : NIGHTS),
  }));
}

const programIn = (home: string): string => join(home, 'bin/regionpay-reconcile.js');

/** Nights that nobody has recorded, made by the program at hand. */
function generatedNights(folder: string): readonly Night[] {
  return Array.from({ length: GENERATED }, (_, index) => {
    const seed = String(index + 1);
    const made = join(folder, `made-${seed}`);
    const size = ['--transactions', String(TRANSACTIONS), '--seed', seed, '--error-rate', '1%'];
    execFileSync(process.execPath, [programIn(root), 'synth', ...size, '--out', made, '--quiet'], { stdio: 'inherit' });
    const inputs = [
      ['--issuance', 'issuance'],
      ['--transactions', 'transactions'],
      ['--merchant-reports', 'merchant_reports'],
      ['--claims', 'claims'],
      ['--applications', 'applications'],
    ].flatMap(([option = '', name]) => [option, join(made, `${name}.csv`)]);
    const more = ['--as-of', '2023-05-10T02:00:00+09:00', '--max-rejects', '10%', '--archive', '--quiet'];
    return {
      name: `generated-${seed}`,
      run: (home, out) => {
        const words = ['run', ...inputs, ...more, '--out', out];
        execFileSync(process.execPath, [programIn(home), ...words], { stdio: ['ignore', 'inherit', 'pipe'] });
      },
    };
  });
}

/** What a command of the program in `home` prints; it may find a difference. @throws what it said, if it failed */
function told(home: string, words: readonly string[]): string {
  const done = spawnSync(process.execPath, [programIn(home), ...words], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (done.status !== 0 && done.status !== 1) throw new Error(`${words[0]}: ${done.stderr}`);
  return done.stdout;
}

/** The first rule of each coupon that finds otherwise; nothing where one of the programs cannot tell. */
function firstRulesOf(comparison: Comparison, before: Before, a: string, b: string): readonly (string | undefined)[] {
  const coupons = couponsIn(comparison, COUPONS_EXPLAINED);
  if (coupons.length === 0) return [];
  const explained = (home: string, run: string): readonly Explained[] =>
    (JSON.parse(told(home, ['explain', run, ...coupons, '--json'])) as { coupons: readonly Explained[] }).coupons;
  try {
    const [was, is] = [explained(before.home, a), explained(root, b)];
    return is.flatMap((after) => {
      const one = was.find(({ couponNumber }) => couponNumber === after.couponNumber);
      return one === undefined ? [] : [firstRuleThatDiffers(one, after)];
    });
  } catch (error) {
    process.stderr.write(`rule-impact: no rule could be named: ${(error as Error).message}\n`);
    return [];
  }
}

const judgeOf = (run: string): Judge => JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8')) as Judge;

/** The two runs of a night as a page, for whoever wants to look closer. */
function writePage(pages: string, night: string, runs: readonly [string, string]): void {
  mkdirSync(pages, { recursive: true });
  told(root, ['report', ...runs, '--out', join(pages, `${night}.html`), '--replace', '--quiet']);
}

/** Where a night is run, and where its page goes, if one is wanted. */
interface Places {
  readonly folder: string;
  readonly pages: string | undefined;
}

/** One night with both programs; a failure of one of them is told, and the next night follows. */
function impactOn(night: Night, before: Before, { folder, pages }: Places): Impact | Crash | undefined {
  const [a, b] = [join(folder, 'a', night.name), join(folder, 'b', night.name)];
  let side: Crash['side'] = 'before';
  try {
    night.run(before.home, a);
    side = 'after';
    night.run(root, b);
    side = 'comparison';
    const diff = (form: string, limit: number): string =>
      told(root, ['diff', a, b, form, '--limit', String(limit), '--lang', 'en']);
    const comparison = JSON.parse(diff('--json', ROWS_COMPARED)) as Comparison;
    if (!isOtherwise(comparison)) return undefined;
    const firstRules = firstRulesOf(comparison, before, a, b);
    const text = diff('--markdown', COUPONS_SHOWN);
    if (pages !== undefined) writePage(pages, night.name, [a, b]);
    return { night: night.name, comparison, before: judgeOf(a), after: judgeOf(b), firstRules, text };
  } catch (error) {
    const { stderr, message } = error as { readonly stderr?: Buffer | string | null; readonly message: string };
    return { night: night.name, side, message: String(stderr ?? '').trim() || message };
  }
}

function impactSince(revision: string, pages: string | undefined): Nights {
  const folder = mkdtempSync(join(tmpdir(), 'rule-impact-'));
  const home = join(folder, 'before');
  try {
    git('worktree', 'add', '--detach', '--quiet', home, revision);
    install(home);
    build(root);
    // Compiling the kernels takes longest; where theirs were others, the build sees it and makes them anew.
    copyFileSync(join(root, KERNELS), join(home, KERNELS));
    build(home);
    for (const side of ['a', 'b']) mkdirSync(join(folder, side));
    const before = { home, nights: nightsKnownTo(home, folder) };
    const all = [...archivedNights(before), ...generatedNights(folder)];
    const found = all.map((night) => impactOn(night, before, { folder, pages })).filter((each) => each !== undefined);
    return {
      count: all.length,
      impacts: found.filter((each) => 'comparison' in each),
      crashes: found.filter((each) => 'side' in each),
    };
  } finally {
    spawnSync('git', ['worktree', 'remove', '--force', home], { cwd: root });
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  const { values, positionals } = parseArgs({ options: { pages: { type: 'string' } }, allowPositionals: true });
  const revision = revisionBefore(positionals[0]);
  const found = impactSince(revision, values.pages);
  const changed = git('diff', '--name-only', revision, '--', ...JUDGING).split('\n');
  const named = changed.filter((name) => name !== '');
  process.stdout.write(report(git('rev-parse', '--short', revision), named, found));
  process.exitCode = exitCodeOf(found);
} catch (error) {
  const { stderr, message } = error as { readonly stderr?: string; readonly message: string };
  process.stderr.write(`rule-impact: ${stderr || message}\n`);
  process.exitCode = EXIT.notFound;
}
