import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { text } from '../../base/text.ts';
import { readInstant } from '../../intake/values/dates.ts';
import { policyOf } from '../../policy/policy.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import { readSeries, SeriesDamaged } from '../../publish/series.ts';
import type { Head } from '../../publish/series-file.ts';
import type { GivenOptions } from '../options/given.ts';
import { recordedRunIn } from '../options/recorded-run.ts';
import { damagedRun } from '../options/run-folder.ts';
import { damagedSeries } from '../options/series.ts';
import { tellingFlags } from '../options/telling.ts';
import { type LatestRun, statusText } from '../render/status-text.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import { problem, shown } from '../terminal/path-problem.ts';
import { write } from '../terminal/terminal.ts';
import type { Invocation } from './command.ts';

/** `status`: where a series of runs stands, on one screen. */
export function declare(made: Command, invocation: Invocation): void {
  const { t } = invocation;
  tellingFlags(made, t)
    .argument('<series>', t(text('実行結果が並ぶフォルダー', 'the folder that holds the runs')))
    .addHelpText('after', `\n${t(EXAMPLES)}`)
    .action((series: string, given: GivenOptions) => status(series, given, invocation));
}

const EXAMPLES = text('例:\n  regionpay-reconcile status runs', 'Examples:\n  regionpay-reconcile status runs');

/** @throws CommandFailure */
async function status(series: string, given: GivenOptions, { t }: Invocation): Promise<void> {
  const folder = resolve(series);
  const runs = headsOf(folder).map((head) => latestRun(folder, head));
  if (given.json === true) {
    const told = runs.map(({ policy, folder: run, fingerprint, summary }) => ({
      policyId: policy.id,
      run,
      fingerprint,
      summary,
    }));
    return write(process.stdout, canonicalJson({ runs: told }));
  }
  await write(process.stdout, runs.map((run) => statusText(run, t)).join('\n'));
}

/** @throws CommandFailure */
function headsOf(folder: string): readonly Head[] {
  try {
    const heads = Object.values(readSeries(folder)?.heads ?? {});
    if (heads.length > 0) return heads;
  } catch (error) {
    throw error instanceof SeriesDamaged ? new CommandFailure(EXIT.refused, [damagedSeries(error.path)]) : error;
  }
  throw new CommandFailure(EXIT.refused, [
    problem(
      'NOT_A_SERIES',
      folder,
      ['実行の並び(series.json)がありません', 'holds no series of runs (series.json)'],
      [
        "run --out 'FOLDER/{date}' で作ったフォルダーを指定してください。ひとつの実行結果は show で見られます",
        "name a folder that run --out 'FOLDER/{date}' made; a single run is shown by show",
      ],
    ),
  ]);
}

/** @throws CommandFailure */
function latestRun(series: string, { run, fingerprint }: Head): LatestRun {
  const folder = join(series, run);
  const { manifest, summary } = recordedRunIn(folder);
  const asOf = readInstant(manifest.asOf);
  if ('problem' in asOf || manifest.fingerprint !== fingerprint) throw damagedRun(folder);
  return { policy: policyOf(manifest.policy), folder: shown(folder), asOf: asOf.value, fingerprint, summary };
}
