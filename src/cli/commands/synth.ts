import { readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type CalendarDate, formatDate } from '../../base/instants.ts';
import type { Problem } from '../../base/problem.ts';
import { text } from '../../base/text.ts';
import { ENCODINGS } from '../../intake/bytes/file.ts';
import { KAGOSHIMA } from '../../policy/kagoshima-2023-02-24.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Answers } from '../../synth/answers.ts';
import { LINE_ENDS, QUOTINGS } from '../../synth/csv-output.ts';
import { FEWEST_TRANSACTIONS, MOST_TRANSACTIONS, type NightOptions } from '../../synth/night-options.ts';
import { unreadableDays } from '../../synth/season.ts';
import { OWN_NAMES, type Place, synthesise } from '../../synth/synthesise.ts';
import { Collected, type GivenOption, type GivenOptions, oneOf } from '../options/given.ts';
import { readEncoding } from '../options/inputs.ts';
import { addMissingFolder } from '../options/output.ts';
import { policyFlag, readPolicy } from '../options/policy.ts';
import { tellingFlags } from '../options/telling.ts';
import { synthSummary, synthText } from '../render/synth-text.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import type { Translate } from '../terminal/language.ts';
import { shown } from '../terminal/path-problem.ts';
import { openProgress } from '../terminal/progress.ts';
import { systemFailureOf } from '../terminal/system-failure.ts';
import { write } from '../terminal/terminal.ts';
import type { Invocation } from './command.ts';

/** `synth`: seeded inputs with the answers known. */
export function declare(made: Command, invocation: Invocation): void {
  const { t } = invocation;
  flags(made, t).action((given: GivenOptions) => synth(given, invocation));
  tellingFlags(made, t).addHelpText('after', `\n${t(EXAMPLES)}`);
}

function flags(made: Command, t: Translate): Command {
  const option = (flag: string, ja: string, en: string): Option => new Option(flag, t(text(ja, en)));
  return made
    .addOption(option('--out <dir>', '入力を書くフォルダー(必須)', 'the folder to write the inputs into (required)'))
    .addOption(
      option('--transactions <n>', '取引記録の行数(既定 10000)', 'rows of the transaction log (default 10000)'),
    )
    .addOption(
      option(
        '--seed <n>',
        '乱数の種(既定 1)。同じ種なら同じ内容',
        'the seed (default 1); the same gives the same bytes',
      ),
    )
    .addOption(policyFlag(t))
    .addOption(
      option(
        '--affected <share>',
        '(A) の期限のクーポンの割合(既定 5%)',
        'share of coupons with the expiry of (A) (default 5%)',
      ),
    )
    .addOption(
      option(
        '--error-rate <share>',
        '読めない・重複・矛盾する行の割合(既定 0%)',
        'share of rows made unreadable, repeated or contradicted (default 0%)',
      ),
    )
    .addOption(
      option('--encoding <name>', '文字コード(utf-8、windows-31j。既定 utf-8)', 'utf-8 or windows-31j (default utf-8)'),
    )
    .addOption(option('--quoting <how>', '引用符(minimal、all。既定 minimal)', 'minimal or all (default minimal)'))
    .addOption(option('--line-end <which>', '改行(lf、crlf。既定 lf)', 'lf or crlf (default lf)'))
    .addOption(option('--gzip', 'gzip で圧縮する', 'compress with gzip'))
    .addOption(
      option(
        '--answers <file>',
        '正しい答え(既定は --out の中の answers.json)',
        'where the answers go (default: answers.json in --out)',
      ),
    )
    .addOption(option('--replace', '前に作ったファイルを置き換える', 'replace the files of an earlier call'));
}

const EXAMPLES = text(
  `例:
  # 百万行。一万行にひとつ壊れている
  regionpay-reconcile synth --out load --transactions 1000000 --seed 7 --error-rate 0.01%
  # 日本の表計算から出たような入力
  regionpay-reconcile synth --out load --encoding windows-31j --quoting all --line-end crlf --gzip
  # ほかの障害の夜。policy を試すために
  regionpay-reconcile synth --out load --policy my-policy.json --transactions 2000`,
  `Examples:
  # a million rows, one in ten thousand broken
  regionpay-reconcile synth --out load --transactions 1000000 --seed 7 --error-rate 0.01%
  # as a Japanese spreadsheet would export them
  regionpay-reconcile synth --out load --encoding windows-31j --quoting all --line-end crlf --gzip
  # a night of another outage, to try a policy on
  regionpay-reconcile synth --out load --policy my-policy.json --transactions 2000`,
);

/** @throws CommandFailure */
async function synth(given: GivenOptions, { t, signal }: Invocation): Promise<void> {
  const { place, options, policy } = readSynthRequest(given);
  const progress = openProgress(process.stderr, given.quiet !== true);
  let answers: Answers;
  try {
    const onDay = (transactions: number): void => {
      signal.throwIfAborted();
      progress.show(`${transactions} / ${options.transactions}`);
    };
    const policyId = policy.id === KAGOSHIMA.id ? undefined : policy.id;
    answers = await synthesise(place, options, policy.terms, onDay, policyId);
  } catch (error) {
    if (signal.aborted) throw error;
    throw systemFailureOf(error, place.folder, '--out');
  } finally {
    progress.clear();
  }
  if (given.json === true) await write(process.stdout, `${JSON.stringify(synthSummary(answers, place), null, 2)}\n`);
  else if (given.quiet !== true) await write(process.stdout, synthText(answers, place, t));
}

const DEFAULTS = { transactions: 10_000, seed: 1, affected: 0.05, errorRate: 0 } as const;
const LARGEST_SEED = 0xffff_ffff;

/** @throws CommandFailure with everything that is wrong with the options */
function readSynthRequest(given: GivenOptions): {
  readonly place: Place;
  readonly options: NightOptions;
  readonly policy: Policy;
} {
  const found = new Collected();
  const { transactions, seed, affected, errorRate, quoting, lineEnd } = given;
  const options: NightOptions = {
    transactions:
      readWhole('--transactions', transactions, FEWEST_TRANSACTIONS, MOST_TRANSACTIONS, found) ?? DEFAULTS.transactions,
    seed: readWhole('--seed', seed, 0, LARGEST_SEED, found) ?? DEFAULTS.seed,
    affected: readShare('--affected', affected, found) ?? DEFAULTS.affected,
    errorRate: readShare('--error-rate', errorRate, found) ?? DEFAULTS.errorRate,
    encoding: readEncoding(given.encoding, ENCODINGS, found) ?? 'utf-8',
    quoting: oneOf('--quoting', quoting, QUOTINGS, found) ?? 'minimal',
    lineEnd: oneOf('--line-end', lineEnd, LINE_ENDS, found) ?? 'lf',
    gzip: given.gzip === true,
  };
  const policy = readPolicy(given.policy, found) ?? KAGOSHIMA;
  const unreadable = unreadableDays(policy.terms);
  if (unreadable !== undefined) found.problems.push(noSeason(given.policy, unreadable));
  const folder = readFolder(given, found);
  if (found.problems.length > 0) throw new CommandFailure(EXIT.usage, found.problems);
  const answers = typeof given.answers === 'string' ? resolve(given.answers) : join(folder, DEFAULT_ANSWERS);
  return { place: { folder, answers }, options, policy };
}

const noSeason = (path: GivenOption, [first, last]: readonly [CalendarDate, CalendarDate]): Problem => ({
  code: 'POLICY_WITHOUT_SEASON',
  where: `--policy ${shown(String(path))}`,
  what: text(
    `クーポンの発行から延長・申請の終わりまで(${formatDate(first)}〜${formatDate(last)})に、入力に書けない日があります。入力の日付は、障害の年から前後 20 年までです`,
    `has a season, from the first coupon to the last extension or application (${formatDate(first)} to ${formatDate(last)}), with days that no input can have: its dates are of the twenty years before and after that of the outage`,
  ),
  advice: text('policy の日付を確かめてください(policy check)', 'look at the days of the policy (policy check)'),
});

function readWhole(
  option: string,
  value: GivenOption,
  least: number,
  most: number,
  found: Collected,
): number | undefined {
  if (value === undefined) return undefined;
  const number = /^\d{1,15}$/.test(String(value)) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  return found.add(
    'UNKNOWN_VALUE',
    `${option} ${String(value)}`,
    ['この値は使えません', 'is no value of this option'],
    [`${least} から ${most} までの整数を指定してください`, `give a whole number from ${least} to ${most}`],
  );
}

function readShare(option: string, value: GivenOption, found: Collected): number | undefined {
  if (value === undefined) return undefined;
  const [, digits, percent] = /^(\d{1,3}(?:\.\d{1,9})?)(%?)$/.exec(String(value)) ?? [];
  const share = Number(digits ?? Number.NaN) / (percent === '%' ? 100 : 1);
  if (share >= 0 && share <= 1) return share;
  return found.add(
    'UNKNOWN_VALUE',
    `${option} ${String(value)}`,
    ['割合ではありません', 'is no share'],
    ['0.05 か 5% のように書いてください', 'write 0.05 or 5%'],
  );
}

const DEFAULT_ANSWERS = 'answers.json';

/** A folder that is empty or not there yet; with `--replace` one that holds files of an earlier call. */
function readFolder(given: GivenOptions, found: Collected): string {
  if (typeof given.out !== 'string') {
    addMissingFolder(found);
    return '';
  }
  const folder = resolve(given.out);
  const present = filesIn(folder);
  if (present === 'not a folder') {
    found.add(
      'NOT_A_FOLDER',
      given.out,
      ['フォルダーではありません', 'is not a folder'],
      ['別の --out を指定してください', 'give another --out'],
    );
    return folder;
  }
  const own = new Set([...OWN_NAMES, DEFAULT_ANSWERS, basename(String(given.answers ?? ''))]);
  const otherFiles = present.filter((name) => !own.has(name));
  if (otherFiles.length > 0 || (present.length > 0 && given.replace !== true)) {
    found.add(
      'FOLDER_NOT_EMPTY',
      given.out,
      ['空ではありません', 'is not empty'],
      otherFiles.length > 0
        ? [
            'synth が作っていないファイルがあります。別の --out を指定してください',
            'it holds files that synth did not make; give another --out',
          ]
        : [
            '別の --out を指定するか、置き換えてよければ --replace を足してください',
            'give another --out, or --replace to replace what is there',
          ],
    );
  }
  return folder;
}

/** Names in a folder; hidden ones, which a broken call may have left, do not count. */
function filesIn(folder: string): readonly string[] | 'not a folder' {
  try {
    if (!statSync(folder).isDirectory()) return 'not a folder';
    return readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch {
    // Not there yet, or a matter of permissions that writing will tell.
    return [];
  }
}
