import { resolve } from 'node:path';
import { type CouponDifference, compareRuns, GROUPS, type RunComparison } from '../audit/diff.ts';
import { type Manifest, readManifest } from '../audit/run-record.ts';
import { type Check, type Verification, verifyRun } from '../audit/verify.ts';
import { type Text, text } from '../policy/text.ts';
import { canonicalJson } from '../publish/canonical-json.ts';
import type { ProgramIdentity } from '../publish/manifest.ts';
import { CommandFailure, EXIT } from './exit.ts';
import type { Say } from './language.ts';
import type { GivenOptions } from './options.ts';
import { write } from './terminal.ts';

/** The manifest of a run folder that a command was given. @throws CommandFailure */
export function manifestOf(folder: string): Manifest {
  const read = readManifest(folder);
  if ('manifest' in read) return read.manifest;
  throw new CommandFailure(EXIT.refused, [
    {
      code: 'NOT_A_RUN_FOLDER',
      where: folder,
      what: text(`manifest.json が読めません(${read.unreadable})`, `manifest.json cannot be read (${read.unreadable})`),
      advice: text('run が作ったフォルダーを指定してください', 'name a folder that run made'),
    },
  ]);
}

const CHECKS: Readonly<Record<Check['check'], Text>> = {
  checksums: text('チェックサム', 'checksums'),
  manifest: text('manifest.json', 'manifest.json'),
  totals: text('合計の再計算', 'control totals'),
  inputs: text('保存された入力', 'archived inputs'),
  're-execution': text('再実行', 're-execution'),
  chain: text('前回までの鎖', 'chain of runs'),
};
const RESULTS: Readonly<Record<Check['result'], Text>> = {
  ok: text('一致', 'ok'),
  failed: text('不一致', 'FAILED'),
  'not checked': text('未確認', 'not checked'),
};

/** `verify`. Returns the exit code. */
export async function verifyCommand(
  run: string,
  given: GivenOptions,
  program: ProgramIdentity,
  say: Say,
): Promise<number> {
  const folder = resolve(run);
  const { existsSync } = await import('node:fs');
  if (!existsSync(folder)) manifestOf(folder);
  const verification = await verifyRun(folder, { program, chain: given.chain === true });
  const failed = verification.checks.some((check) => check.result === 'failed');
  if (given.json === true) await write(process.stdout, canonicalJson(verification));
  else if (given.quiet !== true || failed) await write(process.stdout, verifyText(verification, say));
  return failed ? EXIT.different : EXIT.done;
}

function verifyText({ checks, madeBy, ruleSetSha256 }: Verification, say: Say): string {
  const lines = checks.flatMap(({ check, result, details }) => [
    `${say(RESULTS[result])}: ${say(CHECKS[check])}`,
    ...details.map((detail) => `    ${say(detail)}`),
  ]);
  const by =
    madeBy === undefined
      ? []
      : [
          say(
            text(
              `作成: ${madeBy.name} ${madeBy.version}(${madeBy.revision})、規則 ${ruleSetSha256?.slice(0, 16)}`,
              `made by ${madeBy.name} ${madeBy.version} (${madeBy.revision}), rule set ${ruleSetSha256?.slice(0, 16)}`,
            ),
          ),
        ];
  return `${[...by, ...lines].join('\n')}\n`;
}

const GROUP_WORDS: Readonly<Record<(typeof GROUPS)[number], Text>> = {
  'newly eligible': text('新たに対象', 'newly eligible'),
  'no longer eligible': text('対象でなくなった', 'no longer eligible'),
  more: text('増えた', 'more'),
  less: text('減った', 'less'),
  moved: text('送り方が変わった', 'moved to another route'),
  otherwise: text('そのほか', 'otherwise changed'),
};

const DEFAULT_LIMIT = 50;

/** `diff`. Returns the exit code. @throws CommandFailure */
export async function diffCommand(before: string, after: string, given: GivenOptions, say: Say): Promise<number> {
  const [a, b] = [resolve(before), resolve(after)];
  const limit = limitOf(given.limit);
  const failOn = failOnOf(given.failOn);
  const comparison = await compareRuns(
    { folder: a, manifest: manifestOf(a) },
    { folder: b, manifest: manifestOf(b) },
    limit,
  );
  const shown =
    given.json === true
      ? canonicalJson(comparison)
      : given.markdown === true
        ? diffMarkdown(comparison, say)
        : diffText(comparison, say);
  if (given.quiet !== true) await write(process.stdout, shown);
  const differs = failOn === 'money' ? comparison.money : comparison.couponsDiffering > 0;
  return differs ? EXIT.different : EXIT.done;
}

const wrong = (option: string, advice: Text): CommandFailure =>
  new CommandFailure(EXIT.usage, [
    { code: 'UNKNOWN_VALUE', where: option, what: text('この値は使えません', 'is no value of this option'), advice },
  ]);

function limitOf(value: GivenOptions[string]): number {
  if (value === undefined) return DEFAULT_LIMIT;
  if (/^\d+$/.test(String(value))) return Number(value);
  throw wrong(`--limit ${String(value)}`, text('行数を指定してください', 'give a number of coupons'));
}

function failOnOf(value: GivenOptions[string]): 'money' | 'any' {
  if (value === undefined || value === 'any') return 'any';
  if (value === 'money') return 'money';
  throw wrong(`--fail-on ${String(value)}`, text('money か any を指定してください', 'give money or any'));
}

const signed = (yen: number, say: Say): string =>
  say(text(`${yen > 0 ? '+' : ''}${yen}円`, `${yen > 0 ? '+' : ''}${yen} yen`));
const changesText = (difference: CouponDifference): string =>
  Object.entries(difference.changes)
    .map(([column, change]) => `${column} ${change.before || '–'} → ${change.after || '–'}`)
    .join(', ');

function totals(comparison: RunComparison, say: Say): readonly string[] {
  return GROUPS.filter((group) => comparison.groups[group].coupons > 0).map((group) => {
    const { coupons, netYen } = comparison.groups[group];
    return `${say(GROUP_WORDS[group])}: ${coupons} (${signed(netYen, say)})`;
  });
}

function diffText(comparison: RunComparison, say: Say): string {
  if (comparison.couponsDiffering === 0) {
    return `${say(text('クーポンの結果に違いはありません。', 'No coupon comes out otherwise.'))}\n${runLines(comparison).join('')}`;
  }
  const more = comparison.couponsDiffering - comparison.coupons.length;
  return [
    `${say(text('違う条件', 'What differs between the runs'))}:\n${runLines(comparison).join('')}`,
    ...comparison.coupons.map(
      (each) =>
        `${each.couponNumber}  ${say(GROUP_WORDS[each.group])}  ${signed(each.netYen, say)}  [${each.causes.join(', ')}]\n    ${changesText(each)}\n`,
    ),
    more > 0 ? `${say(text(`ほか ${more} 件(--limit で増やせます)`, `${more} more (see --limit)`))}\n` : '',
    `\n${totals(comparison, say).join('\n')}\n${say(text('差引', 'net'))}: ${signed(comparison.netYen, say)}\n`,
  ].join('');
}

const runLines = (comparison: RunComparison): readonly string[] =>
  comparison.runs.map(({ cause, what }) => `  ${cause}  ${what}\n`);

function diffMarkdown(comparison: RunComparison, say: Say): string {
  const cell = (value: string) => value.replaceAll('|', '\\|');
  const head = say(
    text(
      `### 結果の違い: ${comparison.couponsDiffering} クーポン、差引 ${signed(comparison.netYen, say)}`,
      `### ${comparison.couponsDiffering} coupons come out otherwise, net ${signed(comparison.netYen, say)}`,
    ),
  );
  const runs = comparison.runs.map(({ cause, what }) => `- **${cause}** ${what}`);
  if (comparison.couponsDiffering === 0) return `${[head, '', ...runs].join('\n')}\n`;
  const rows = comparison.coupons.map(
    (each) =>
      `| ${each.couponNumber} | ${say(GROUP_WORDS[each.group])} | ${signed(each.netYen, say)} | ${cell(changesText(each))} | ${each.causes.join(', ')} |`,
  );
  const columns = [
    text('クーポン', 'coupon'),
    text('区分', 'group'),
    text('差', 'yen'),
    text('変わったこと', 'what changed'),
    text('原因', 'because of'),
  ];
  const table = [`| ${columns.map(say).join(' | ')} |`, '| --- | --- | ---: | --- | --- |', ...rows];
  return `${[head, '', ...runs, '', ...totals(comparison, say).map((line) => `- ${line}`), '', ...table].join('\n')}\n`;
}
