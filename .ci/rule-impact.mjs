// What a change of rules does to the archived nights: the rules as they were at a git revision against those here.
// Prints Markdown. Exits 0 where nothing changes, 1 where a coupon comes out otherwise, 2 where that could not be found out.
//
//   node .ci/rule-impact.mjs [REVISION]    without one: where this branch left main; on main, the last commit
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nights, nightsKnownTo, runNight } from './nights.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const COUPONS_SHOWN = 20;
/** A comment on GitHub holds 65,536 characters. */
const CHARACTERS = 60_000;
/** What judges a coupon. */
const JUDGING = ['rules', 'policy', 'pairing', 'settlement', 'ledger', 'intake'].map((name) => `src/${name}`);

const git = (...words) =>
  execFileSync('git', words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' }).trim();

function commitOf(revision) {
  try {
    return git('rev-parse', '--verify', '--quiet', `${revision}^{commit}`);
  } catch {
    throw new Error(`${revision} is no revision`);
  }
}

function revisionBefore(given) {
  if (given !== undefined) return commitOf(given);
  for (const main of ['origin/main', 'main']) {
    try {
      return git('merge-base', 'HEAD', commitOf(main));
    } catch {}
  }
  return commitOf('HEAD');
}

/** A revision is built as it builds itself; the oldest were compiled file by file. */
function build(home) {
  const own = join(home, '.ci/build.mjs');
  const run = (program, words) => execFileSync(program, words, { cwd: home, stdio: ['ignore', 2, 2] });
  if (existsSync(own)) run(process.execPath, [own]);
  else run(join(root, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json']);
  run(process.execPath, [join(root, '.ci/write-revision.mjs'), home]);
}

/** The comparison of one night, as figures and as text; nothing where no coupon comes out otherwise. */
function impactOn(night, before, folder) {
  const [a, b] = [join(folder, 'a', night), join(folder, 'b', night)];
  runNight(before.home, night, a, before.nights);
  runNight(root, night, b);
  const diff = (form) => {
    const words = ['diff', a, b, form, '--limit', String(COUPONS_SHOWN), '--lang', 'en'];
    const done = spawnSync(process.execPath, [join(root, 'bin/regionpay-reconcile.js'), ...words], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    if (done.status !== 0 && done.status !== 1) throw new Error(`diff of ${night}: ${done.stderr}`);
    return done.stdout;
  };
  const comparison = JSON.parse(diff('--json'));
  return comparison.couponsDiffering === 0 ? [] : [{ ...comparison, night, text: diff('--markdown') }];
}

const YEN = { netYen: 'to pay', netReinstateYen: 'to put back', netKeptYen: 'kept or held' };
const signed = (yen) => `${yen > 0 ? '+' : ''}${String(yen).replace(/\B(?=(\d{3})+(?!\d))/g, ',')} yen`;
const sum = (impacts, column) => impacts.reduce((total, impact) => total + impact[column], 0);

function report(revision, impacts) {
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
  const row = (...cells) => `| ${cells.join(' | ')} |`;
  const yen = Object.keys(YEN);
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

function nightTexts(impacts) {
  const shown = [];
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

function impactSince(revision) {
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
  process.stderr.write(`rule-impact: ${error.stderr || error.message}\n`);
  process.exitCode = 2;
}
