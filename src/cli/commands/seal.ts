import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { drained } from '../../base/steps.ts';
import { text } from '../../base/text.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import { NoPlainFile } from '../../publish/folder-entries.ts';
import { appendSeal, type Sealed, SealRefused, type Signing } from '../../publish/seal-file.ts';
import type { Sealable } from '../../publish/seal-lines.ts';
import { sshSign } from '../../publish/ssh-signature.ts';
import { wholeRunAt, wholeRunProblems } from '../../publish/whole-run.ts';
import { mayEnd, wholeInTurns } from '../../run/turns.ts';
import type { GivenOption, GivenOptions } from '../options/given.ts';
import { manifestOf, runFolderWords } from '../options/run-folder.ts';
import { sealProblem, signingFailureOf, unreadableSeals } from '../options/seals.ts';
import { tellingFlags } from '../options/telling.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import { problem, shown } from '../terminal/path-problem.ts';
import { publishFailureOf } from '../terminal/publish-failure.ts';
import { write } from '../terminal/terminal.ts';
import type { Invocation } from './command.ts';

/** `seal`: notes down elsewhere what a run is known by, so that the run folder cannot be made anew unseen. */
export function declare(made: Command, invocation: Invocation): void {
  const { t } = invocation;
  made
    .argument('<run>', runFolderWords(t))
    .addOption(
      new Option(
        '--to <file>',
        t(
          text(
            '一行を書き足すファイル(実行結果とは別の、書き直せない場所に置く)',
            'the file to add a line to: elsewhere than the runs, where nothing can be rewritten',
          ),
        ),
      ),
    )
    .addOption(
      new Option(
        '--key <ssh-key>',
        t(text('この SSH の鍵で署名する(ssh-keygen)', 'sign it with this SSH key (ssh-keygen)')),
      ),
    )
    .addOption(
      new Option(
        '--identity <name>',
        t(text('署名者の名(一覧の名前)', 'the name of who signs, as signers are listed')),
      ),
    )
    .action((run: string, given: GivenOptions) => seal(run, given, invocation));
  tellingFlags(made, t).addHelpText('after', `\n${t(EXAMPLES)}`);
}

const EXAMPLES = text(
  '例:\n  regionpay-reconcile seal runs/RUN --to /mnt/seals/seals.txt\n  regionpay-reconcile seal runs/RUN --to seals.txt --key ~/.ssh/id_ed25519 --identity office',
  'Examples:\n  regionpay-reconcile seal runs/RUN --to /mnt/seals/seals.txt\n  regionpay-reconcile seal runs/RUN --to seals.txt --key ~/.ssh/id_ed25519 --identity office',
);

/** @throws CommandFailure */
async function seal(run: string, given: GivenOptions, { t, signal }: Invocation): Promise<void> {
  const folder = resolve(run);
  const to = fileOf(given.to);
  const signing = signingOf(given);
  const sealed = put(to, await sealableOf(folder, signal), signing);
  if (given.json === true) return write(process.stdout, canonicalJson({ ...sealed, file: to }));
  if (given.quiet === true) return;
  const { line, result } = sealed;
  const done = t(
    result === 'sealed'
      ? text(`封印しました: ${shown(to)} の ${line.line} 行目`, `sealed in line ${line.line} of ${shown(to)}`)
      : text(
          `すでに封印されています: ${shown(to)} の ${line.line} 行目`,
          `already sealed in line ${line.line} of ${shown(to)}`,
        ),
  );
  await write(process.stdout, `${done}\n${t(text('指紋', 'fingerprint'))}: ${line.fingerprint}\n`);
}

/** @throws CommandFailure */
function fileOf(to: GivenOption): string {
  if (typeof to === 'string') return resolve(to);
  throw new CommandFailure(EXIT.usage, [
    {
      code: 'MISSING_OPTION',
      where: '--to',
      what: text('封印を書き足すファイルが指定されていません', 'no file was named to add the seal to'),
      advice: text('--to を足してください', 'add --to'),
    },
  ]);
}

function signingOf({ key, identity }: GivenOptions): Signing | undefined {
  if (typeof key === 'string') {
    const signer = typeof identity === 'string' ? identity : undefined;
    return { signer, sign: (content) => sshSign(content, resolve(key)) };
  }
  if (identity === undefined) return undefined;
  throw new CommandFailure(EXIT.usage, [
    {
      code: 'MISSING_OPTION',
      where: '--key',
      what: text('--identity だけでは署名できません', '--identity signs nothing without it'),
      advice: text('--key も指定してください', 'add --key'),
    },
  ]);
}

/** What a run is known by, once its folder is as it was written. @throws CommandFailure, and what the signal was aborted with */
async function sealableOf(folder: string, signal: AbortSignal): Promise<Sealable> {
  const manifest = manifestOf(folder);
  const whole = wholeRunAt(folder);
  const problems = await wholeInTurns(wholeRunProblems(whole), () => mayEnd(signal));
  if (problems.length > 0)
    throw new CommandFailure(
      EXIT.refused,
      problems.map(({ ja, en }) =>
        problem(
          'DAMAGED_RUN',
          folder,
          [ja, en],
          ['verify で確かめ、控えから戻してください', 'see verify, and restore the run from a copy'],
        ),
      ),
    );
  return {
    policy: manifest.policy.id,
    asOf: manifest.asOf,
    fingerprint: manifest.fingerprint,
    manifestSha256: drained(whole.hashOf('manifest.json')),
    previous: manifest.previous?.fingerprint ?? null,
  };
}

/** @throws CommandFailure */
function put(to: string, run: Sealable, signing: Signing | undefined): Sealed {
  try {
    return appendSeal(to, run, signing);
  } catch (error) {
    if (error instanceof NoPlainFile) throw new CommandFailure(EXIT.refused, [unreadableSeals(to, error)]);
    if (!(error instanceof SealRefused)) throw publishFailureOf(signingFailureOf(error, '--key'), to);
    const code = error.why === 'damaged' ? 'BAD_SEAL_FILE' : 'SEAL_CONTRADICTED';
    throw new CommandFailure(
      EXIT.refused,
      error.problems.map((why) => sealProblem(code, to, why)),
    );
  }
}
