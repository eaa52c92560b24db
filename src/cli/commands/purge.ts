import { basename, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type PurgePlan, planPurge } from '../../audit/record/purge-plan.ts';
import { isPlainName, PURGED_FILE, type PurgedFile, type PurgedNote } from '../../audit/record/purged.ts';
import { DamagedRun } from '../../audit/record/records.ts';
import { formatInstant } from '../../base/instants.ts';
import { text } from '../../base/text.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import { clearBeside, takeOut } from '../../publish/purge-run.ts';
import { mayEnd, wholeInTurns } from '../../run/turns.ts';
import type { GivenOption, GivenOptions } from '../options/given.ts';
import { damagedRun, manifestOf } from '../options/run-folder.ts';
import { tellingFlags } from '../options/telling.ts';
import { purgeText } from '../render/purge-text.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import { shown } from '../terminal/path-problem.ts';
import { publishFailureOf } from '../terminal/publish-failure.ts';
import { write } from '../terminal/terminal.ts';
import type { Invocation } from './command.ts';

/** `purge`: contacts go out of old runs, and the rest of the proof stays. */
export function declare(made: Command, invocation: Invocation): void {
  const { t } = invocation;
  made
    .argument('<run...>', t(text('実行結果のフォルダー', 'run folders')))
    .addOption(
      new Option('--dry-run', t(text('何も消さず、消すものを表示する', 'take nothing; show what would be taken'))),
    )
    .addOption(
      new Option(
        '--all-inputs',
        t(text('取引記録と店の報告の保存も消す', 'take the archived log and merchant reports, too')),
      ),
    )
    .addOption(
      new Option(
        '--last',
        t(
          text(
            '鎖の最後の実行も消す(すべての支払いが終わってから)',
            'also the last run of a chain, once all of it is paid',
          ),
        ),
      ),
    )
    .addOption(new Option('--by <name>', t(text('消した人の名前(記録に残る)', 'who purges, for the record'))))
    .action((runs: string[], given: GivenOptions) => purge(runs, given, invocation));
  tellingFlags(made, t).addHelpText('after', `\n${t(EXAMPLES)}`);
}

const EXAMPLES = text(
  `例:
  regionpay-reconcile purge runs/OLD-* --dry-run
  regionpay-reconcile purge runs/RUN --by 山田
何を残し、何を消すかは docs/keeping.ja.md にあります`,
  `Examples:
  regionpay-reconcile purge runs/OLD-* --dry-run
  regionpay-reconcile purge runs/RUN --by Yamada
What to keep and what to take: docs/keeping.md`,
);

const SECOND = 1_000_000;

/** Every run is looked through before anything is taken out of one. @throws CommandFailure */
async function purge(runs: readonly string[], given: GivenOptions, { t, signal }: Invocation): Promise<void> {
  const by = nameOf(given.by);
  const folders = [...new Set(runs.map((run) => resolve(run)))];
  const plans: PurgePlan[] = [];
  for (const folder of folders) plans.push(await planned(folder, folders, given.allInputs === true, signal));
  const needed = given.last === true ? [] : plans.filter(({ followedBy }) => followedBy === undefined);
  if (needed.length > 0) throw new CommandFailure(EXIT.refused, needed.map(lastOfChain));
  const dryRun = given.dryRun === true;
  const at = formatInstant(Math.floor(Date.now() / 1000) * SECOND);
  for (const plan of dryRun ? [] : plans) {
    signal.throwIfAborted();
    carryOut(plan, { at, by });
  }
  const told = plans.map(({ folder, take, noted }) => ({ run: folder, taken: take, takenBefore: noted }));
  if (given.json === true) return write(process.stdout, canonicalJson({ dryRun, runs: told }));
  const named = plans.map((plan) => ({ ...plan, name: basename(plan.folder) }));
  if (given.quiet !== true) await write(process.stdout, purgeText(named, dryRun, t));
}

/** @throws CommandFailure */
function nameOf(value: GivenOption): string | null {
  if (value === undefined) return null;
  if (typeof value === 'string' && isPlainName(value)) return value;
  throw new CommandFailure(EXIT.usage, [
    {
      code: 'UNKNOWN_VALUE',
      where: '--by',
      what: text('名前として使えません', 'is no name'),
      advice: text('1 行 100 文字までで指定してください', 'give one line of at most 100 signs'),
    },
  ]);
}

async function planned(
  folder: string,
  folders: readonly string[],
  allInputs: boolean,
  signal: AbortSignal,
): Promise<PurgePlan> {
  const manifest = manifestOf(folder);
  try {
    return await wholeInTurns(planPurge(folder, manifest, allInputs, folders), () => mayEnd(signal));
  } catch (error) {
    throw error instanceof DamagedRun ? damagedRun(error.path) : error;
  }
}

function carryOut({ folder, take, noted }: PurgePlan, { at, by }: Pick<PurgedFile, 'at' | 'by'>): void {
  const known = new Set(noted.map(({ name }) => name));
  const added = take.filter(({ name }) => !known.has(name)).map(({ name, sha256 }) => ({ name, sha256, at, by }));
  const note: PurgedNote = { schemaVersion: 1, purged: [...noted, ...added] };
  try {
    const names = take.map(({ name }) => name);
    if (names.length === 0) clearBeside(folder);
    else takeOut(folder, { name: PURGED_FILE, content: canonicalJson(note) }, names);
  } catch (error) {
    throw publishFailureOf(error, folder);
  }
}

const lastOfChain = ({ folder }: PurgePlan) => ({
  code: 'LAST_OF_CHAIN',
  where: shown(folder),
  what: text(
    '鎖の最後の実行です。次の夜の run --previous と支払いのファイルは、この実行の連絡先を読みます',
    'is the last run of its chain: run --previous of the next night, and files for payment, read its contacts',
  ),
  advice: text(
    'すべての支払いが終わり、続きの実行をしないなら --last を付けてください',
    'once all of it is paid and no run will go on with it, add --last',
  ),
});
