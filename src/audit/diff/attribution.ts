import { join } from 'node:path';
import { type Text, text } from '../../base/text.ts';
import { impossibilitiesOf } from '../../policy/impossibilities.ts';
import { policyOf } from '../../policy/policy.ts';
import { type PolicyFile, policyFileSchema } from '../../policy/policy-file.ts';
import { ELIGIBILITY } from '../../publish/eligibility.ts';
import type { ProgramIdentity } from '../../publish/manifest.ts';
import { bytesOf } from '../../publish/on-disk.ts';
import { writtenFile } from '../../publish/run-files.ts';
import type { Resources } from '../../run/read-run-inputs.ts';
import { mayEnd, wholeInTurns } from '../../run/turns.ts';
import { keep } from '../record/files.ts';
import { execute, type Keeper, NotExecutable, type Parts, partsOf, type RecordedRun } from '../record/re-execute.ts';
import { DamagedRun } from '../record/records.ts';
import { needsSecond } from '../record/run-record.ts';
import type { Cause, RunDifference } from './difference.ts';
import { shortRevision } from './run-differences.ts';

/** One thing that differs between two runs; how it is exchanged in a run that is executed in between. */
export interface PlannedStep {
  readonly cause: Cause;
  readonly what: readonly string[];
  readonly exchange: (parts: Parts) => Parts;
}

/** What differs between two runs, as steps from one to the other. */
export interface Plan {
  readonly steps: readonly PlannedStep[];
  /** What no execution can exchange: another program, with its rules. */
  readonly rest: { readonly cause: Cause; readonly what: readonly string[] } | undefined;
}

/**
 * The steps, in the order in which they are taken. Time goes first, because a row after the earlier as-of shows its effect
 * only once time has come to it; decisions come after the rows and the policy that they are bound to; what was paid
 * before comes last, because it is set off against all the rest. Back to an earlier as-of the way is the same, reversed.
 */
export function planOf(before: RecordedRun, after: RecordedRun, differences: readonly RunDifference[]): Plan {
  const whatOf = (cause: Cause) => differences.filter((each) => each.cause === cause).map(({ what }) => what);
  const step = (cause: Cause, exchange: PlannedStep['exchange']): readonly PlannedStep[] => {
    const what = whatOf(cause);
    return what.length === 0 ? [] : [{ cause, what, exchange }];
  };
  const { manifest } = after;
  const back = manifest.asOf < before.manifest.asOf;
  const steps = [
    ...step('as-of', (parts) => ({ ...parts, asOf: manifest.asOf })),
    ...termSteps(before.manifest.policy, manifest.policy, whatOf('term'), back).map(({ what, exchange }) => ({
      cause: 'term' as const,
      what,
      exchange: (parts: Parts): Parts => ({ ...parts, policy: exchange(parts.policy) }),
    })),
    ...step('option', (parts) => ({
      ...parts,
      countUnclaimed: manifest.options.countUnclaimed,
      requireSecond: needsSecond(manifest),
    })),
    ...step('input', (parts) => ({ ...parts, inputs: after })),
    ...step('decision', (parts) => ({ ...parts, decisions: after })),
    ...step('previous', (parts) => ({ ...parts, previous: after })),
  ];
  const rules = whatOf('rule');
  const what = [...rules, ...whatOf('program')];
  return {
    steps: back ? steps.reverse() : steps,
    rest: what.length === 0 ? undefined : { cause: rules.length > 0 ? 'rule' : 'program', what },
  };
}

/** Some terms of a policy, and the policy with them as in another one. */
export interface TermStep {
  readonly what: readonly string[];
  readonly exchange: (file: PolicyFile) => PolicyFile;
}

/**
 * Term by term; all at once where terms on the way would contradict each other.
 *
 * @param what each begins with the name of a term and a colon
 * @param back the steps are taken from the last to the first
 */
export function termSteps(
  before: PolicyFile,
  after: PolicyFile,
  what: readonly string[],
  back = false,
): readonly TermStep[] {
  const steps = [...new Set(what.map(outermostTerm))].map((name) => ({
    what: what.filter((said) => outermostTerm(said) === name),
    exchange: termExchange(name, after),
  }));
  let file = before;
  const onTheWay = (back ? [...steps].reverse() : steps).map(({ exchange }) => {
    file = exchange(file);
    return file;
  });
  return steps.length === 0 || onTheWay.every(canBeMeant) ? steps : [{ what, exchange: () => after }];
}

/** What stands within a term goes with it. */
const outermostTerm = (said: string): string => /^[^.:]*/.exec(said)?.[0] ?? said;

/** Nor can what is half of one version and half of the other. */
const canBeMeant = (file: PolicyFile): boolean =>
  policyFileSchema.safeParse(file).success && impossibilitiesOf(policyOf(file)).length === 0;

const termExchange =
  (name: string, after: PolicyFile) =>
  (file: PolicyFile): PolicyFile =>
    (name === 'policy'
      ? { ...after, terms: file.terms }
      : {
          ...file,
          terms: { ...file.terms, [name]: (after.terms as Readonly<Record<string, unknown>>)[name] },
        }) as PolicyFile;

/** Eligibility files, from the earlier run's to the later one's, and what was exchanged from each to the next. */
export interface Passage {
  readonly files: readonly string[];
  readonly steps: readonly { readonly cause: Cause; readonly what: readonly string[] }[];
}

/** What runs are executed with, by which program, and where what they come to is written. */
export interface Executing {
  readonly keeper: Keeper;
  readonly program: ProgramIdentity;
  readonly folder: string;
  readonly resources: Resources;
}

/**
 * Executes the runs in between, each with one more thing as in the later run, into a folder. What the first and the last
 * of them differ in from the runs as they were recorded is due to the program that made these.
 */
export async function passageBetween(
  { before, after, plan }: { readonly before: RecordedRun; readonly after: RecordedRun; readonly plan: Plan },
  { keeper, program, folder, resources }: Executing,
): Promise<Passage | { readonly why: Text }> {
  const files = [join(before.folder, ELIGIBILITY)];
  const steps: { cause: Cause; what: readonly string[] }[] = [];
  const rest = (from: ProgramIdentity, to: ProgramIdentity) => ({
    cause: plan.rest?.cause ?? 'program',
    what: plan.rest?.what ?? [`${named(from)} → ${named(to)}`],
  });
  const addFile = async (parts: Parts): Promise<void> => {
    const path = join(folder, `${files.length}.csv`);
    const content = await eligibilityOf(parts, keeper, resources);
    await mayEnd(resources.signal);
    keep(path, content);
    files.push(path);
  };
  let parts = partsOf(before);
  try {
    if (!isCertainlySame(before.manifest.program, program)) {
      await addFile(parts);
      steps.push(rest(before.manifest.program, program));
    }
    const asAfter = isCertainlySame(after.manifest.program, program);
    for (const [index, step] of plan.steps.entries()) {
      parts = step.exchange(parts);
      steps.push({ cause: step.cause, what: step.what });
      if (!asAfter || index < plan.steps.length - 1) await addFile(parts);
    }
    if (!asAfter) steps.push(rest(program, after.manifest.program));
    return { files: [...files, join(after.folder, ELIGIBILITY)], steps };
  } catch (error) {
    // Whatever else goes wrong says nothing of the runs.
    if (!(error instanceof NotExecutable || error instanceof DamagedRun)) throw error;
    const { message } = error as Error;
    return {
      why: text(`途中の条件では実行できない(${message})`, `a run in between cannot be executed (${message})`),
    };
  }
}

async function eligibilityOf(parts: Parts, keeper: Keeper, resources: Resources): Promise<Uint8Array> {
  resources.signal?.throwIfAborted();
  const { settled } = await execute(parts, keeper, resources, false);
  const { problems } = settled.outcome;
  if (problems.length > 0) throw new NotExecutable(problems.map(({ code }) => code).join(', '));
  const file = await wholeInTurns(writtenFile(ELIGIBILITY, settled.written), () => mayEnd(resources.signal));
  return bytesOf(file.content);
}

const named = ({ version, revision }: ProgramIdentity): string => `${version} ${shortRevision(revision)}`;

/** A build from changed sources, or from nobody knows which, may be like no other of its name. */
const isCertainlySame = (one: ProgramIdentity, other: ProgramIdentity): boolean =>
  one.version === other.version &&
  one.revision === other.revision &&
  one.revision !== 'unknown' &&
  !one.revision.endsWith('+changes');
