import { resolve } from 'node:path';
import type { Resources } from '../../audit/re-execute.ts';
import { type Manifest, readManifest } from '../../audit/run-record.ts';
import { type Check, type Verification, verifyRun } from '../../audit/verify.ts';
import { type Text, text } from '../../policy/text.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import type { ProgramIdentity } from '../../publish/manifest.ts';
import type { GivenOptions } from '../options/request.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import type { Say } from '../terminal/language.ts';
import { spillFailureOf } from '../terminal/system-failure.ts';
import { write } from '../terminal/terminal.ts';

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

/** A file of a run folder is not what a run writes there. */
export const damagedRun = (path: string): CommandFailure =>
  new CommandFailure(EXIT.refused, [
    {
      code: 'DAMAGED_RUN',
      where: path,
      what: text('読めないか、実行が書いたままではありません', 'cannot be read, or is not as the run wrote it'),
      advice: text('verify で確かめ、控えから戻してください', 'see verify, and restore the run from a copy'),
    },
  ]);

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
  resources: Resources,
  say: Say,
): Promise<number> {
  const folder = resolve(run);
  const { statSync } = await import('node:fs');
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) manifestOf(folder);
  const options = { program, resources, chain: given.chain === true };
  const verification = await verifyRun(folder, options).catch((error: unknown) => {
    throw spillFailureOf(error, resources.memory?.folder ?? '');
  });
  // A chain that was asked about and cannot be followed is not proved.
  const failed = verification.checks.some(
    ({ check, result }) => result === 'failed' || (check === 'chain' && result !== 'ok'),
  );
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
