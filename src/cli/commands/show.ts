import { resolve } from 'node:path';
import type { Command } from 'commander';
import { text } from '../../base/text.ts';
import { readInstant } from '../../intake/values/dates.ts';
import { policyOf } from '../../policy/policy.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import type { GivenOptions } from '../options/given.ts';
import { recordedRunIn } from '../options/recorded-run.ts';
import { damagedRun, runFolderWords } from '../options/run-folder.ts';
import { tellingFlags } from '../options/telling.ts';
import { summaryText } from '../render/summary-text.ts';
import { shown } from '../terminal/path-problem.ts';
import { write } from '../terminal/terminal.ts';
import type { Invocation } from './command.ts';

/** `show`: the summary of a run, as it was printed when the run was made. */
export function declare(made: Command, invocation: Invocation): void {
  const { t } = invocation;
  tellingFlags(made, t)
    .argument('<run>', runFolderWords(t))
    .addHelpText('after', `\n${t(EXAMPLES)}`)
    .action((run: string, given: GivenOptions) => show(run, given, invocation));
}

const EXAMPLES = text(
  '例:\n  regionpay-reconcile show runs/RUN\n  regionpay-reconcile show runs/RUN --lang en',
  'Examples:\n  regionpay-reconcile show runs/RUN\n  regionpay-reconcile show runs/RUN --lang ja',
);

/** @throws CommandFailure */
async function show(run: string, given: GivenOptions, { t }: Invocation): Promise<void> {
  const folder = resolve(run);
  const { manifest, summary } = recordedRunIn(folder);
  const { fingerprint } = manifest;
  if (given.json === true) return write(process.stdout, canonicalJson({ run: folder, fingerprint, summary }));
  const asOf = readInstant(manifest.asOf);
  if ('problem' in asOf) throw damagedRun(folder);
  const words = summaryText(summary, asOf.value, policyOf(manifest.policy), t);
  const place = t(
    text(`実行結果: ${shown(folder)}\n指紋: ${fingerprint}`, `run: ${shown(folder)}\nfingerprint: ${fingerprint}`),
  );
  await write(process.stdout, `${words}\n${place}\n`);
}
