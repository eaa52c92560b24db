import { readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { KAGOSHIMA } from '../../policy/kagoshima-2023-02-24.ts';
import { text } from '../../policy/text.ts';
import { type Answers, cohortTotals } from '../../synth/answers.ts';
import { LINE_ENDS, QUOTINGS } from '../../synth/csv-output.ts';
import { FEWEST_TRANSACTIONS, MOST_TRANSACTIONS, type NightOptions } from '../../synth/night-options.ts';
import { OWN_NAMES, type Place, synthesise } from '../../synth/synthesise.ts';
import { Collected, type GivenOptions, oneOf, readEncoding } from '../options/request.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import type { Say } from '../terminal/language.ts';
import { systemFailureOf } from '../terminal/system-failure.ts';
import { openProgress, write } from '../terminal/terminal.ts';

/** `synth`: seeded inputs with the answers known. @throws CommandFailure */
export async function synthCommand(given: GivenOptions, say: Say, signal: AbortSignal): Promise<void> {
  const { place, options } = readSynthRequest(given);
  const progress = openProgress(process.stderr, given.quiet !== true);
  let answers: Answers;
  try {
    answers = await synthesise(place, options, KAGOSHIMA.terms, (transactions) => {
      signal.throwIfAborted();
      progress.show(`${transactions} / ${options.transactions}`);
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw systemFailureOf(error, place.folder, '--out');
  } finally {
    progress.clear();
  }
  if (given.json === true) await write(process.stdout, `${JSON.stringify(summaryOf(answers, place), null, 2)}\n`);
  else if (given.quiet !== true) await write(process.stdout, synthText(answers, place, say));
}

const DEFAULTS = { transactions: 10_000, seed: 1, affected: 0.05, errorRate: 0 } as const;
const LARGEST_SEED = 0xffff_ffff;

/** @throws CommandFailure with everything that is wrong with the options */
function readSynthRequest(given: GivenOptions): { readonly place: Place; readonly options: NightOptions } {
  const found = new Collected();
  const { transactions, seed, affected, errorRate, quoting, lineEnd } = given;
  const options: NightOptions = {
    transactions:
      readWhole('--transactions', transactions, FEWEST_TRANSACTIONS, MOST_TRANSACTIONS, found) ?? DEFAULTS.transactions,
    seed: readWhole('--seed', seed, 0, LARGEST_SEED, found) ?? DEFAULTS.seed,
    affected: readShare('--affected', affected, found) ?? DEFAULTS.affected,
    errorRate: readShare('--error-rate', errorRate, found) ?? DEFAULTS.errorRate,
    encoding: readEncoding(given.encoding, found) ?? 'utf-8',
    quoting: oneOf('--quoting', quoting, QUOTINGS, found) ?? 'minimal',
    lineEnd: oneOf('--line-end', lineEnd, LINE_ENDS, found) ?? 'lf',
    gzip: given.gzip === true,
  };
  const folder = readFolder(given, found);
  if (found.problems.length > 0) throw new CommandFailure(EXIT.usage, found.problems);
  const answers = typeof given.answers === 'string' ? resolve(given.answers) : join(folder, DEFAULT_ANSWERS);
  return { place: { folder, answers }, options };
}

function readWhole(
  option: string,
  value: GivenOptions[string],
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

function readShare(option: string, value: GivenOptions[string], found: Collected): number | undefined {
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
    found.add(
      'MISSING_OPTION',
      '--out',
      ['出力フォルダーの指定がありません', 'no output folder was given'],
      ['--out フォルダー を足してください', 'add --out FOLDER'],
    );
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
  const strangers = present.filter((name) => !own.has(name));
  if (strangers.length > 0 || (present.length > 0 && given.replace !== true)) {
    found.add(
      'FOLDER_NOT_EMPTY',
      given.out,
      ['空ではありません', 'is not empty'],
      strangers.length > 0
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

const summaryOf = ({ cohort, tillEvents, ...answers }: Answers, place: Place): unknown => ({
  out: place.folder,
  answers: place.answers,
  ...answers,
  cohortTotals: cohortTotals(cohort),
  tillEvents: tillEvents.length,
});

function synthText(answers: Answers, place: Place, say: Say): string {
  const yen = (value: number): string => value.toLocaleString('en-US');
  const files = Object.values(answers.files).map(({ name, rows, rejected, duplicate, conflicting }) =>
    say(
      text(
        `  ${name}: ${yen(rows)} 行(読めない ${yen(rejected)}、重複 ${yen(duplicate)}、矛盾 ${yen(conflicting)})`,
        `  ${name}: ${yen(rows)} rows (unreadable ${yen(rejected)}, repeated ${yen(duplicate)}, contradicted ${yen(conflicting)})`,
      ),
    ),
  );
  const { coupons, withGroundA, residualYen } = cohortTotals(answers.cohort);
  const known = say(
    text(
      `(A) の対象 ${yen(coupons)} 枚のうち ${yen(withGroundA)} 枚に残高があり、合計 ${yen(residualYen)}円。答えの分かる出来事 ${yen(answers.tillEvents.length)} 件`,
      `of ${yen(coupons)} coupons of the (A) cohort ${yen(withGroundA)} have something left, ${yen(residualYen)} yen in all; ${yen(answers.tillEvents.length)} events at tills with a known answer`,
    ),
  );
  const where = say(
    text(
      `書き出しました: ${place.folder}\n答え(--as-of ${answers.asOf} 以降): ${place.answers}`,
      `written to: ${place.folder}\nanswers (for --as-of ${answers.asOf} or later): ${place.answers}`,
    ),
  );
  return `${files.join('\n')}\n${known}\n${where}\n`;
}
