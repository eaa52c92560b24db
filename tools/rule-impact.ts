// What a change of rules does to the archived nights: the rules as they were at a git revision against those here.
// Prints Markdown. Exits 0 where nothing changes, 1 where a coupon comes out otherwise, 2 where that could not be found out.
//
//   npm run rule-impact -- [REVISION]    without one: where this branch left main; on main, the last commit
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nights, nightsKnownTo, runNight } from './nights.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const COUPONS_SHOWN = 20;
/** A comment on GitHub holds 65,536 characters. */
const CHARACTERS = 60_000;
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

const TSX = join(root, 'node_modules/.bin/tsx');

/** A revision is built as it builds itself; older ones by scripts, the oldest were compiled file by file. */
function build(home: string): void {
  const run = (program: string, words: readonly string[]) =>
    execFileSync(program, words, { cwd: home, stdio: ['ignore', 2, 2] });
  const [own, older] = [join(home, 'tools/build.ts'), join(home, '.ci/build.mjs')];
  if (existsSync(own)) run(TSX, [own]);
  else if (existsSync(older)) run(process.execPath, [older]);
  else run(join(root, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json']);
  run(TSX, [join(root, 'tools/write-revision.ts'), home]);
}

/** The program as it was, and the nights as it can read them. */
interface Before {
  readonly home: string;
  readonly nights: string;
}

/** What `diff --json` tells of two runs in figures. */
interface Figures {
  readonly couponsDiffering: number;
  readonly netYen: number;
  readonly netReinstateYen: number;
  readonly netKeptYen: number;
}

interface Impact extends Figures {
  readonly night: string;
  readonly text: string;
}

/** The comparison of one night, as figures and as text; nothing where no coupon comes out otherwise. */
function impactOn(night: string, before: Before, folder: string): readonly Impact[] {
  const [a, b] = [join(folder, 'a', night), join(folder, 'b', night)];
  runNight(before.home, night, a, before.nights);
  runNight(root, night, b);
  const diff = (form: string): string => {
    const words = ['diff', a, b, form, '--limit', String(COUPONS_SHOWN), '--lang', 'en'];
    const done = spawnSync(process.execPath, [join(root, 'bin/regionpay-reconcile.js'), ...words], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    if (done.status !== 0 && done.status !== 1) throw new Error(`diff of ${night}: ${done.stderr}`);
    return done.stdout;
  };
  const comparison = JSON.parse(diff('--json')) as Figures;
  return comparison.couponsDiffering === 0 ? [] : [{ ...comparison, night, text: diff('--markdown') }];
}

const YEN = { netYen: 'to pay', netReinstateYen: 'to put back', netKeptYen: 'kept or held' };
const signed = (yen: number): string => `${yen > 0 ? '+' : ''}${String(yen).replace(/\B(?=(\d{3})+(?!\d))/g, ',')} yen`;
const sum = (impacts: readonly Impact[], column: keyof Figures): number =>
  impacts.reduce((total, impact) => total + impact[column], 0);

function report(revision: string, impacts: readonly Impact[]): string {
  const changed = git('diff', '--name-only', revision, '--', ...JUDGING)
    .split('\n')
    .filter((name) => name !== '');
  const head = [`## Rule impact since ${git('rev-parse', '--short', revision)}`, ''];
  const files =
    changed.length === 0
      ? []
      : [`Changed of what judges a coupon: ${changed.map((name) => `\`${name}\``).join(', ')}`, ''];
  if (impacts.length === 0)
    return [...head, `No coupon of ${nights().length} archived nights comes out otherwise.`, '', ...files].join('\n');
  const row = (...cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  const yen = Object.keys(YEN) as readonly (keyof typeof YEN)[];
  const net = yen.map((column) => signed(sum(impacts, column)));
  return [
    ...head,
    `**Net ${yen.map((column, index) => `${net[index]} ${YEN[column]}`).join(', ')}.** Coupons that come out otherwise: ${sum(impacts, 'couponsDiffering')}, in ${impacts.length} of ${nights().length} archived nights.`,
    '',
    ...files,
    row('night', 'coupons', ...Object.values(YEN)),
    row('---', '---:', ...yen.map(() => '---:')),
    ...impacts.map((each) => row(each.night, each.couponsDiffering, ...yen.map((column) => signed(each[column])))),
    row('**net**', sum(impacts, 'couponsDiffering'), ...net),
    '',
    'If this is meant, record it in the same commit: `npm run nights:record`.',
    '',
    ...nightTexts(impacts),
  ].join('\n');
}

function nightTexts(impacts: readonly Impact[]): readonly string[] {
  const shown: string[] = [];
  for (const [index, { night, text }] of impacts.entries()) {
    const next = `## ${night}\n\n${text}`;
    if (shown.join('\n').length + next.length > CHARACTERS)
      return [
        ...shown,
        `The details of ${impacts.length - index} more nights are left out: \`npm run rule-impact\`.\n`,
      ];
    shown.push(next);
  }
  return shown;
}

function impactSince(revision: string): readonly Impact[] {
  const folder = mkdtempSync(join(tmpdir(), 'rule-impact-'));
  const before = join(folder, 'before');
  try {
    git('worktree', 'add', '--detach', '--quiet', before, revision);
    symlinkSync(join(root, 'node_modules'), join(before, 'node_modules'));
    build(before);
    build(root);
    const older = { home: before, nights: nightsKnownTo(before, folder) };
    return nights().flatMap((night) => impactOn(night, older, folder));
  } finally {
    spawnSync('git', ['worktree', 'remove', '--force', before], { cwd: root });
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  const revision = revisionBefore(process.argv[2]);
  const impacts = impactSince(revision);
  process.stdout.write(report(revision, impacts));
  process.exitCode = impacts.length > 0 ? 1 : 0;
} catch (error) {
  const { stderr, message } = error as { readonly stderr?: string; readonly message: string };
  process.stderr.write(`rule-impact: ${stderr || message}\n`);
  process.exitCode = 2;
}
