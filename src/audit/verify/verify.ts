import { join, relative } from 'node:path';
import { type Text, text } from '../../base/text.ts';
import type { ProgramIdentity } from '../../publish/manifest.ts';
import type { SummaryText } from '../../publish/run-files.ts';
import type { Resources } from '../../run/read-run-inputs.ts';
import { mayEnd } from '../../run/turns.ts';
import { isThere } from '../record/files.ts';
import { EvidenceKeyGone, isKept, reExecute } from '../record/re-execute.ts';
import { DamagedRun } from '../record/records.ts';
import { type Manifest, readManifest } from '../record/run-record.ts';
import { checkChain } from './chain.ts';
import { type Check, skipped, verdict } from './check.ts';
import { checkManifest, checkSums, presentIn } from './checksums.ts';
import { checkTotals } from './totals.ts';

/** What can be said of a run folder: every check with its result; nothing that was skipped is called ok. */
export interface Verification {
  readonly checks: readonly Check[];
  readonly madeBy: ProgramIdentity | undefined;
  readonly ruleSetSha256: string | undefined;
}

export interface VerifyOptions {
  readonly program: ProgramIdentity;
  readonly chain: boolean;
  /** The fingerprint that the run should have, as it was noted down elsewhere. */
  readonly expected?: string | undefined;
  /** How the program puts a summary into words. */
  readonly summaryText: SummaryText;
  readonly resources?: Resources;
}

/** Verifies a run folder. Reads it only. */
export async function verifyRun(folder: string, options: VerifyOptions): Promise<Verification> {
  const present = presentIn(folder);
  const checksums = verdict('checksums', checkSums(folder, present));
  const read = readManifest(folder);
  if ('unreadable' in read) {
    const blocked = text('manifest.json が読めないため', 'because manifest.json cannot be read');
    const rest = (['totals', 'inputs', 're-execution'] as const).map((check) => skipped(check, blocked));
    const expected = options.expected === undefined ? [] : [skipped('expected', blocked)];
    return {
      checks: [checksums, verdict('manifest', [read.unreadable]), ...rest, ...expected],
      madeBy: undefined,
      ruleSetSha256: undefined,
    };
  }
  const { manifest } = read;
  const damaged = checksums.result === 'failed';
  await mayEnd(options.resources?.signal);
  const inputs = await checkInputs(folder, manifest, options.resources?.signal);
  const checks: Check[] = [
    checksums,
    verdict('manifest', checkManifest(manifest, read.text, present)),
    verdict('totals', checkTotals(folder, manifest, present)),
    inputs,
    await checkReExecution(folder, manifest, inputs, damaged, options),
    ...(options.chain ? [checkChain(folder, manifest, present)] : []),
    ...(options.expected === undefined ? [] : [checkExpected(manifest, options.expected)]),
  ];
  return { checks, madeBy: manifest.program, ruleSetSha256: manifest.ruleSet.sha256 };
}

/** Whether it is the run that was noted down: whoever can write all of its files can still not write what others keep. */
const checkExpected = ({ fingerprint }: Manifest, expected: string): Check =>
  verdict(
    'expected',
    fingerprint === expected
      ? []
      : [
          text(
            `この実行の指紋は ${fingerprint} で、控えの ${expected} と違う`,
            `the run has the fingerprint ${fingerprint}, not ${expected}`,
          ),
        ],
  );

/** Whether the archive holds the inputs that the manifest names. */
async function checkInputs(folder: string, manifest: Manifest, signal: AbortSignal | undefined): Promise<Check> {
  if (!manifest.options.archive) {
    return skipped(
      'inputs',
      text('入力は保存されていない(--archive なしの実行)', 'the inputs were not kept (run without --archive)'),
    );
  }
  const problems: Text[] = [];
  for (const input of manifest.inputs) {
    const path = join(folder, archivedPath(input));
    if (!isThere(path))
      problems.push(text(`入力 ${input.name} の保存がない`, `the archived input ${input.name} is missing`));
    else if (!(await isKept(path, input, signal)))
      problems.push(text(`入力 ${input.name} の保存が変わっている`, `the archived input ${input.name} was altered`));
  }
  return verdict('inputs', problems);
}

const archivedPath = (input: Manifest['inputs'][number]): string => `inputs/${input.sha256}${input.gzip ? '' : '.gz'}`;

async function checkReExecution(
  folder: string,
  manifest: Manifest,
  inputs: Check,
  damaged: boolean,
  { program, summaryText, resources }: VerifyOptions,
): Promise<Check> {
  if (inputs.result !== 'ok')
    return skipped(
      're-execution',
      text('保存された入力がそろっていないため', 'because the archived inputs are not complete'),
    );
  if (damaged) return skipped('re-execution', text('ファイルが変わっているため', 'because files were altered'));
  const sameProgram = manifest.program.version === program.version && manifest.program.revision === program.revision;
  const differing = await executedAgain(() => reExecute(folder, manifest, summaryText, resources), folder);
  if (differing instanceof EvidenceKeyGone)
    return skipped(
      're-execution',
      text(
        `決定を根拠に結び付ける鍵(${differing.fingerprint})がないため。実行結果と並べて series.key を置くか、--evidence-key で指定する`,
        `because the key that binds decisions to their evidence (${differing.fingerprint}) is not there: put series.key beside the run, or name it with --evidence-key`,
      ),
    );
  if (typeof differing === 'string')
    return verdict('re-execution', [
      text(
        `${differing} が実行時のものと違い、再実行できない`,
        `${differing} is not what the run wrote, so that it cannot be executed again`,
      ),
    ]);
  if (differing.length === 0) return verdict('re-execution', []);
  const found = differing.map((name) => text(`再実行した ${name} が違う`, `${name} comes out otherwise`));
  if (sameProgram) return verdict('re-execution', found);
  const other = text(
    `別のプログラム(版 ${manifest.program.version}、${manifest.program.revision})が作った実行なので、違いがあっても確かめられない`,
    `the run was made by another program (version ${manifest.program.version}, ${manifest.program.revision}), so a difference proves nothing`,
  );
  return { check: 're-execution', result: 'not checked', details: [other, ...found] };
}

/** Outputs that come out otherwise, or what the run is executed from and has been altered since, or is not there. */
async function executedAgain(
  execute: () => Promise<readonly string[]>,
  folder: string,
): Promise<readonly string[] | string | EvidenceKeyGone> {
  try {
    return await execute();
  } catch (error) {
    if (error instanceof EvidenceKeyGone) return error;
    if (!(error instanceof DamagedRun)) throw error;
    return relative(folder, error.path);
  }
}
