import { relative } from 'node:path';
import { type Text, text } from '../../base/text.ts';
import { DiskFailure } from '../../intake/spill/unlinked-file.ts';
import type { ProgramIdentity } from '../../publish/manifest.ts';
import { PAGE_FILE, type PageOf } from '../../publish/page.ts';
import { isRefusal } from '../../publish/previous.ts';
import type { SummaryText } from '../../publish/run-files.ts';
import { manifestProblems, modeProblems, sumsProblems, wholeRunAt } from '../../publish/whole-run.ts';
import type { Resources } from '../../run/read-run-inputs.ts';
import { mayEnd, wholeInTurns } from '../../run/turns.ts';
import type { KeptContents } from '../record/kept-contents.ts';
import type { Originals } from '../record/originals.ts';
import { type Again, EvidenceKeyGone, reExecute } from '../record/re-execute.ts';
import { DamagedRun } from '../record/records.ts';
import { type Manifest, type ReadManifest, readManifest } from '../record/run-record.ts';
import { type Check, skipped, verdict } from './check.ts';
import { checkInputs, type InputsCheck } from './kept-inputs.ts';
import { unknownEntries } from './manifest-keys.ts';
import { checkPurged, type RunWithPurged, withPurged } from './purged-files.ts';
import { checkReport } from './report.ts';
import { checkStatements } from './statements.ts';
import { checkTotals } from './totals.ts';

/** A run folder as it was read, and what was checked of it. */
export interface Night {
  readonly folder: string;
  readonly run: RunWithPurged;
  readonly read: ReadManifest;
  readonly checks: readonly Check[];
  /** Archived inputs that are not as the manifest says. */
  readonly damagedInputs: InputsCheck['damaged'];
}

export interface NightOptions {
  readonly program: ProgramIdentity;
  /** How the program puts a summary into words. */
  readonly summaryText: SummaryText;
  /** How it makes the page of a run. */
  readonly page?: PageOf | undefined;
  readonly resources?: Resources;
  /** Adds up, and executes again: otherwise files are held against hashes only. */
  readonly executes: boolean;
  readonly contents: KeptContents;
  /** Where the original inputs of a run may lie that kept none. */
  readonly originals?: Originals | undefined;
}

/** Checks a run folder by itself, whatever stands beside it. */
export async function checkNight(folder: string, options: NightOptions): Promise<Night> {
  const run = withPurged(wholeRunAt(folder));
  const turn = (): Promise<void> => mayEnd(options.resources?.signal);
  const checksums = verdict('checksums', await wholeInTurns(sumsProblems(run), turn));
  const modes = verdict('modes', modeProblems(run));
  const read = readManifest(folder);
  if ('unreadable' in read) {
    const blocked = text('manifest.json が読めないため', 'because manifest.json cannot be read');
    const rest = options.executes ? (['totals', 'inputs', 're-execution', 'statements'] as const) : [];
    const checks = [
      checksums,
      modes,
      verdict('manifest', [read.unreadable]),
      ...rest.map((check) => skipped(check, blocked)),
    ];
    return { folder, run, read, checks, damagedInputs: [] };
  }
  await turn();
  const { manifest, text: written } = read;
  const inputs = await checkInputs(run, manifest, options.contents, options.originals);
  const ofManifest = await wholeInTurns(manifestProblems(run, manifest, written), turn);
  const itself = verdict('manifest', [...ofManifest, ...unknownEntries(written)]);
  const purged = checkPurged(run.purged);
  const checks = [checksums, modes, itself, ...(purged === undefined ? [] : [purged])];
  if (!options.executes) return { folder, run, read, checks: [...checks, inputs.check], damagedInputs: inputs.damaged };
  const totals = verdict('totals', await wholeInTurns(checkTotals(folder, manifest, run), turn));
  const isSame = isSameProgram(manifest, options);
  const areAsWritten = checksums.result !== 'failed';
  const executed = await checkExecution(run, manifest, inputs, !areAsWritten, options);
  const statements = checkStatements(written, manifest, executed.again, isSame);
  const { page, resources } = options;
  const held = { areAsWritten, present: run.names, isSameProgram: isSame, page, signal: resources?.signal };
  const report = await checkReport(folder, manifest, held);
  return {
    folder,
    run,
    read,
    checks: [...checks, totals, inputs.check, executed.check, ...(report === undefined ? [] : [report]), statements],
    damagedInputs: inputs.damaged,
  };
}

const isSameProgram = ({ program: made }: Manifest, { program }: Pick<NightOptions, 'program'>): boolean =>
  made.name === program.name && made.version === program.version && made.revision === program.revision;

interface Executed {
  readonly check: Check;
  readonly again?: Again;
}

async function checkExecution(
  { folder, purged }: RunWithPurged,
  manifest: Manifest,
  { check: inputs, pathOf, sizeOf }: InputsCheck,
  damaged: boolean,
  options: NightOptions,
): Promise<Executed> {
  if (inputs.result !== 'ok') {
    const why = text('入力がそろっていないため', 'because the inputs are not complete');
    return { check: skipped('re-execution', why) };
  }
  if (manifest.outputs.some(({ name }) => purged.gone.has(name))) {
    const why = text('ファイルを消してあるため(purge)', 'because files were purged');
    return { check: skipped('re-execution', why) };
  }
  if (damaged)
    return { check: skipped('re-execution', text('ファイルが変わっているため', 'because files were altered')) };
  const execute = () => reExecute(folder, manifest, { pathOf, sizeOf }, options);
  const again = await executedAgain(execute, folder, options.resources?.signal);
  if (again instanceof EvidenceKeyGone) return { check: skipped('re-execution', keyGone(again)) };
  if ('why' in again) return { check: verdict('re-execution', [again.why]) };
  // A page is worded and drawn by its program: what became of one by another version, its own check tells.
  const isTold = (name: string): boolean => name !== PAGE_FILE || isSameProgram(manifest, options);
  const found = again.differing
    .filter(isTold)
    .map((name) => text(`再実行した ${name} が違う`, `${name} comes out otherwise`));
  return { check: verdict('re-execution', found), again };
}

const keyGone = ({ fingerprint }: EvidenceKeyGone): Text =>
  text(
    `決定を根拠に結び付ける鍵(${fingerprint})がないため。実行結果と並べて series.key を置くか、--evidence-key で指定する`,
    `because the key that binds decisions to their evidence (${fingerprint}) is not there: put series.key beside the run, or name it with --evidence-key`,
  );

/** How it comes out, or why it cannot be executed: what it is executed from was altered since, or is not there. */
async function executedAgain(
  execute: () => Promise<Again>,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<Again | EvidenceKeyGone | { readonly why: Text }> {
  try {
    return await execute();
  } catch (error) {
    if (error instanceof EvidenceKeyGone) return error;
    if (error instanceof DamagedRun) {
      const name = relative(folder, error.path);
      return {
        why: text(
          `${name} が実行時のものと違い、再実行できない`,
          `${name} is not what the run wrote, so that it cannot be executed again`,
        ),
      };
    }
    if (signal?.aborted === true || isOfMachine(error)) throw error;
    return {
      why: text(
        '書かれた内容からは再実行できない(run が書けない内容がある)',
        'it cannot be executed again from what is written there: no run writes that',
      ),
    };
  }
}

/** What says nothing of the run. */
const isOfMachine = (error: unknown): boolean =>
  error instanceof DiskFailure || isRefusal(error) || (error as NodeJS.ErrnoException).syscall !== undefined;
