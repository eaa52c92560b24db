import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { pageOfRun } from '../../audit/record/page-of-run.ts';
import { DamagedRun } from '../../audit/record/records.ts';
import { text } from '../../base/text.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import { sha256 } from '../../publish/hash.ts';
import { PAGE_FILE } from '../../publish/page.ts';
import { mayEnd, wholeInTurns } from '../../run/turns.ts';
import { evidenceKeyFlag } from '../options/evidence-key.ts';
import { Collected, type GivenOptions } from '../options/given.ts';
import { memoryFlags, readMemoryOptions } from '../options/memory.ts';
import { readOutside } from '../options/outside-runs.ts';
import { recordedRunIn } from '../options/recorded-run.ts';
import { damagedRun, manifestOf, runFolderWords } from '../options/run-folder.ts';
import { tellingFlags } from '../options/telling.ts';
import { headline } from '../render/diff-words.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import type { Translate } from '../terminal/language.ts';
import { shown } from '../terminal/path-problem.ts';
import { placeWhole } from '../terminal/placed-file.ts';
import { write } from '../terminal/terminal.ts';
import type { Invocation } from './command.ts';
import { comparedRuns, limitOf } from './compared-runs.ts';

/** `report`: a run as a page, or two runs held against each other. */
export function declare(made: Command, invocation: Invocation): void {
  const { t } = invocation;
  const flagged = flags(made, t).action((run: string, after: string | undefined, given: GivenOptions) =>
    report(run, after, given, invocation),
  );
  tellingFlags(evidenceKeyFlag(memoryFlags(flagged, t), t), t).addHelpText('after', `\n${t(EXAMPLES)}`);
}

function flags(made: Command, t: Translate): Command {
  const option = (flag: string, ja: string, en: string): Option => new Option(flag, t(text(ja, en)));
  return made
    .argument('<run>', runFolderWords(t))
    .argument('[after]', t(text('比べる、後の実行結果のフォルダー', 'a later run folder, to compare it with')))
    .addOption(
      option('--out <file>', `書き出すファイル(既定 ${PAGE_FILE})`, `the file to write (default ${PAGE_FILE})`),
    )
    .addOption(option('--replace', '--out にあるファイルを置き換える', 'replace what is at --out'))
    .addOption(
      option(
        '--limit <n>',
        `比べるとき、ひとつずつ示すクーポンと、各ファイルの行の数(既定 ${DEFAULT_LIMIT})`,
        `of a comparison: how many coupons, and rows of each other file, are told one by one (default ${DEFAULT_LIMIT})`,
      ),
    );
}

/** A page of so many opens at once; `diff --json` tells all. */
const DEFAULT_LIMIT = 1000;

const EXAMPLES = text(
  `例:
  # ページのない実行結果(--no-report、前の版)のページを作る
  regionpay-reconcile report runs/RUN --out page.html
  # ふたつの実行結果を比べるページを作る
  regionpay-reconcile report runs/BEFORE runs/AFTER --out compared.html`,
  `Examples:
  # the page of a run that has none (--no-report, an earlier version)
  regionpay-reconcile report runs/RUN --out page.html
  # a page that holds two runs against each other
  regionpay-reconcile report runs/BEFORE runs/AFTER --out compared.html`,
);

const ELSEWHERE: readonly [string, string] = [
  '別の --out を指定するか、置き換えてよければ --replace を足してください',
  'give another --out, or --replace to replace it',
];

/** What was made, and what is said of it. */
interface Made {
  readonly page: string;
  readonly fingerprints: readonly string[];
  readonly words: string;
}

/** @throws CommandFailure */
async function report(run: string, after: string | undefined, given: GivenOptions, invocation: Invocation) {
  const { t } = invocation;
  // Words that say nothing are told before any folder is looked at.
  const limit = limitOf(given.limit, DEFAULT_LIMIT);
  readMemoryOptions(given);
  const found = new Collected();
  const folders = [run, ...(after === undefined ? [] : [after])].map((folder) => resolve(folder));
  // What is no run is told before where its page may go.
  for (const folder of folders) manifestOf(folder);
  const path = readOutside(typeof given.out === 'string' ? given.out : PAGE_FILE, folders, found);
  if (path === undefined) throw new CommandFailure(EXIT.usage, found.problems);
  const { page, fingerprints, words } =
    after === undefined
      ? await pageOf(run, invocation.signal)
      : await comparisonOf({ before: run, after, limit }, given, invocation);
  const bytes = Buffer.from(page);
  // One last chance before it is put in place.
  await mayEnd(invocation.signal);
  placeWhole({ path, bytes }, given.replace === true, ELSEWHERE);
  if (given.json === true)
    await write(process.stdout, canonicalJson({ file: shown(path), sha256: sha256(bytes), fingerprints }));
  else if (given.quiet !== true)
    await write(process.stdout, `${words}${t(text(`ページ: ${shown(path)}`, `page: ${shown(path)}`))}\n`);
}

/** @throws CommandFailure */
async function pageOf(run: string, signal: AbortSignal | undefined): Promise<Made> {
  const folder = resolve(run);
  const { manifest } = recordedRunIn(folder);
  const { pageOf: makePage } = await import('../../report/page.ts');
  try {
    const steps = pageOfRun(folder, manifest, makePage);
    const page = await wholeInTurns(steps, () => mayEnd(signal));
    return { page, fingerprints: [manifest.fingerprint], words: '' };
  } catch (error) {
    throw error instanceof DamagedRun ? damagedRun(error.path) : error;
  }
}

/** @throws CommandFailure */
async function comparisonOf(
  runs: { readonly before: string; readonly after: string; readonly limit: number },
  given: GivenOptions,
  invocation: Invocation,
): Promise<Made> {
  const comparison = await comparedRuns(runs, given, invocation);
  const [{ comparisonPage }, { htmlPage }] = await Promise.all([
    import('../render/comparison-page.ts'),
    import('../../report/shell.ts'),
  ]);
  const { t } = invocation;
  return {
    page: await wholeInTurns(htmlPage(comparisonPage(comparison)), () => mayEnd(invocation.signal)),
    fingerprints: [comparison.before.fingerprint, comparison.after.fingerprint],
    words: `${headline(comparison, t)}${t(text('。', '.'))}\n`,
  };
}
