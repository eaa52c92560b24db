import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { hasRun } from '../../audit/record/run-record.ts';
import { verifyRun } from '../../audit/verify/verify.ts';
import { text } from '../../base/text.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import { evidenceKeyFileOf, evidenceKeyFlag } from '../options/evidence-key.ts';
import type { GivenOption, GivenOptions } from '../options/given.ts';
import { memoryFlags, readMemoryOptions } from '../options/memory.ts';
import { manifestOf, restoreAt, runFolderWords } from '../options/run-folder.ts';
import { tellingFlags } from '../options/telling.ts';
import { summaryFile } from '../render/summary-file.ts';
import { verifyText } from '../render/verify-text.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import { spillFailureOf } from '../terminal/system-failure.ts';
import { write } from '../terminal/terminal.ts';
import type { Invocation } from './command.ts';

/** `verify`: whether a run is as it was written, and comes out the same. */
export function declare(made: Command, invocation: Invocation): void {
  const { t } = invocation;
  made
    .argument('<run>', runFolderWords(t))
    .addOption(new Option('--chain', t(text('最初の夜までさかのぼる', 'walk back to the first night'))))
    .addOption(
      new Option(
        '--expect <fingerprint>',
        t(text('控えておいた指紋と照合する', 'hold the run against a fingerprint that was noted down')),
      ),
    )
    .action(async (run: string, given: GivenOptions) => {
      process.exitCode = await verify(run, given, invocation);
    });
  tellingFlags(evidenceKeyFlag(memoryFlags(made, t), t), t).addHelpText('after', `\n${t(EXAMPLES)}`);
}

const EXAMPLES = text(
  '例:\n  regionpay-reconcile verify runs/RUN\n  regionpay-reconcile verify runs/RUN --chain',
  'Examples:\n  regionpay-reconcile verify runs/RUN\n  regionpay-reconcile verify runs/RUN --chain',
);

const ASKED_FOR: ReadonlySet<string> = new Set(['chain', 'expected']);

/** As `run` prints it, in either case. @throws CommandFailure */
function expectedOf(value: GivenOption): string | undefined {
  if (typeof value !== 'string') return undefined;
  const expected = value.trim().toLowerCase();
  if (/^[0-9a-f]{64}$/.test(expected)) return expected;
  throw new CommandFailure(EXIT.usage, [
    {
      code: 'UNKNOWN_VALUE',
      where: `--expect ${value}`,
      what: text('指紋(64 桁の 16 進数)ではありません', 'is no fingerprint (64 hexadecimal digits)'),
      advice: text('run の最後に表示されたものをそのまま渡してください', 'give it as run printed it at its end'),
    },
  ]);
}

/** Returns the exit code. */
async function verify(run: string, given: GivenOptions, { t, signal, threads, program }: Invocation): Promise<number> {
  const memory = readMemoryOptions(given);
  const folder = resolve(run);
  restoreAt(folder);
  if (!hasRun(folder)) manifestOf(folder);
  const expected = expectedOf(given.expect);
  const chain = given.chain === true;
  const resources = { signal, threads, memory, evidenceKeyFile: evidenceKeyFileOf(given) };
  const options = { program, summaryText: summaryFile, resources, chain, expected };
  const verification = await verifyRun(folder, options).catch((error: unknown) => {
    throw spillFailureOf(error, memory.folder);
  });
  // A chain that was asked about and cannot be followed is not proved, nor is a run that was expected.
  const failed = verification.checks.some(
    ({ check, result }) => result === 'failed' || (ASKED_FOR.has(check) && result !== 'ok'),
  );
  if (given.json === true) await write(process.stdout, canonicalJson(verification));
  else if (given.quiet !== true || failed) await write(process.stdout, verifyText(verification, t));
  return failed ? EXIT.different : EXIT.done;
}
