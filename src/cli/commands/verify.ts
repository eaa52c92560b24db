import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { hasRun } from '../../audit/record/run-record.ts';
import type { SealOptions } from '../../audit/verify/sealed.ts';
import { verifyRun } from '../../audit/verify/verify.ts';
import { text } from '../../base/text.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import { sshVerify } from '../../publish/ssh-signature.ts';
import { evidenceKeyFileOf, evidenceKeyFlag } from '../options/evidence-key.ts';
import type { GivenOption, GivenOptions } from '../options/given.ts';
import { memoryFlags, readMemoryOptions } from '../options/memory.ts';
import { namesOriginals, originalsFlags, originalsOf } from '../options/originals.ts';
import { manifestOf, restoreAt, runFolderWords } from '../options/run-folder.ts';
import { readableSigners, sealContentOf, signingFailureOf } from '../options/seals.ts';
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
        '--execute <all|n>',
        t(
          text(
            '鎖のうち何夜を再実行するか(最新から n 夜、または all。既定はこの実行だけ)',
            'how many nights of the chain to execute again: the n latest, or all (default: this run alone)',
          ),
        ),
      ),
    )
    .addOption(
      new Option(
        '--strict',
        t(text('確かめられなかったものがあれば失敗(1)とする', 'fail (1) where anything could not be checked')),
      ),
    )
    .addOption(
      new Option(
        '--expect <fingerprint>',
        t(text('控えておいた指紋と照合する', 'hold the run against a fingerprint that was noted down')),
      ),
    )
    .addOption(
      new Option(
        '--sealed <file>',
        t(text('seal が書いた封印のファイルと照合する', 'hold the run against a file that seal wrote')),
      ),
    )
    .addOption(
      new Option(
        '--allowed-signers <file>',
        t(
          text(
            '封印の署名を、この一覧(ssh-keygen の allowed signers)で確かめる',
            'verify the signatures of the seals by this file of allowed signers (ssh-keygen)',
          ),
        ),
      ),
    )
    .addOption(new Option('--signer <identity>', t(text('署名していなければならない人', 'who must have signed'))))
    .action(async (run: string, given: GivenOptions) => {
      process.exitCode = await verify(run, given, invocation);
    });
  tellingFlags(evidenceKeyFlag(memoryFlags(originalsFlags(made, t), t), t), t).addHelpText('after', `\n${t(EXAMPLES)}`);
}

const EXAMPLES = text(
  '例:\n  regionpay-reconcile verify runs/RUN\n  regionpay-reconcile verify runs/RUN --config run.json\n  regionpay-reconcile verify runs/RUN --chain --execute all --strict\n  regionpay-reconcile verify runs/RUN --chain --sealed seals.txt --allowed-signers signers',
  'Examples:\n  regionpay-reconcile verify runs/RUN\n  regionpay-reconcile verify runs/RUN --config run.json\n  regionpay-reconcile verify runs/RUN --chain --execute all --strict\n  regionpay-reconcile verify runs/RUN --chain --sealed seals.txt --allowed-signers signers',
);

const ASKED_FOR: ReadonlySet<string> = new Set(['chain', 'expected', 'sealed']);
/** Of whoever says where the originals lie. */
const ASKED_WITH_ORIGINALS: ReadonlySet<string> = new Set([...ASKED_FOR, 'inputs', 're-execution']);

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

/** How many nights; undefined: the run alone. @throws CommandFailure */
function nightsToExecute(value: GivenOption): number | undefined {
  if (typeof value !== 'string') return undefined;
  if (value === 'all') return Number.POSITIVE_INFINITY;
  if (/^[1-9]\d{0,5}$/.test(value)) return Number(value);
  throw new CommandFailure(EXIT.usage, [
    {
      code: 'UNKNOWN_VALUE',
      where: `--execute ${value}`,
      what: text('夜の数でも all でもありません', 'is neither a number of nights nor all'),
      advice: text('1 以上の整数か all を指定してください', 'give a whole number from 1, or all'),
    },
  ]);
}

/** What was sealed, and who may have signed it. @throws CommandFailure */
function sealOptionsOf({ sealed, allowedSigners, signer }: GivenOptions): SealOptions | undefined {
  requires('--allowed-signers', allowedSigners, '--sealed', sealed);
  requires('--signer', signer, '--allowed-signers', allowedSigners);
  if (typeof sealed !== 'string') return undefined;
  const content = sealContentOf(sealed);
  if (typeof allowedSigners !== 'string') return { content };
  const who = typeof signer === 'string' ? signer : undefined;
  const file = resolve(allowedSigners);
  readableSigners(file);
  return { content, verified: (line, signature) => sshVerify(line, signature, file, who) };
}

/** @throws CommandFailure */
function requires(option: string, value: GivenOption, other: string, needed: GivenOption): void {
  if (value === undefined || needed !== undefined) return;
  throw new CommandFailure(EXIT.usage, [
    {
      code: 'MISSING_OPTION',
      where: other,
      what: text(`${option} だけでは確かめられません`, `${option} says nothing without it`),
      advice: text(`${other} も指定してください`, `add ${other}`),
    },
  ]);
}

/** Returns the exit code. */
async function verify(run: string, given: GivenOptions, { t, signal, threads, program }: Invocation): Promise<number> {
  const memory = readMemoryOptions(given);
  const folder = resolve(run);
  restoreAt(folder);
  const expected = expectedOf(given.expect);
  const execute = nightsToExecute(given.execute);
  const sealed = sealOptionsOf(given);
  if (!hasRun(folder)) manifestOf(folder);
  const verification = await verifyRun(folder, {
    program,
    summaryText: summaryFile,
    page: (await import('../../report/page.ts')).pageOf,
    resources: { signal, threads, memory, evidenceKeyFile: evidenceKeyFileOf(given) },
    chain: given.chain === true || execute !== undefined,
    ...(execute === undefined ? {} : { execute }),
    expected,
    sealed,
    originals: namesOriginals(given) ? originalsOf(folder, given) : undefined,
  }).catch((error: unknown) => {
    throw signingFailureOf(spillFailureOf(error, memory.folder), 'verify');
  });
  // A chain that was asked about and cannot be followed is not proved, nor is a run that was expected, or sealed, or whose
  // originals are said to be there.
  const asked = namesOriginals(given) ? ASKED_WITH_ORIGINALS : ASKED_FOR;
  const failed = verification.checks.some(
    ({ check, result }) => result === 'failed' || (result !== 'ok' && (given.strict === true || asked.has(check))),
  );
  if (given.json === true) await write(process.stdout, canonicalJson(verification));
  else if (given.quiet !== true || failed) await write(process.stdout, verifyText(verification, t));
  return failed ? EXIT.different : EXIT.done;
}
