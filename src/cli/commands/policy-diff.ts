import { tmpdir } from 'node:os';
import { type Command, Option } from 'commander';
import { compareUnderPolicies, policyTermDifferences } from '../../audit/diff/compare-policies.ts';
import type { NightDifference, PolicyComparison } from '../../audit/diff/policy-difference.ts';
import { text } from '../../base/text.ts';
import { KAGOSHIMA } from '../../policy/kagoshima-2023-02-24.ts';
import type { Policy } from '../../policy/policy.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import { type SettledRun, settleRun } from '../../run/settle-run.ts';
import type { Tables } from '../../tables/tables.ts';
import { evidenceKeyFlag, evidenceKeyFor, readEvidenceKeyOption } from '../options/evidence-key.ts';
import { Collected, type GivenOptions } from '../options/given.ts';
import { INPUT_OPTIONS, withBuiltInProfile } from '../options/inputs.ts';
import { readPolicyOption } from '../options/policy.ts';
import { countUnclaimedFlag, nightFlags, readRequest, requireSecondFlag } from '../options/request.ts';
import { readTelling } from '../options/telling.ts';
import { incompleteProblems } from '../render/incomplete.ts';
import { policyDiffText } from '../render/policy-diff-text.ts';
import { refusals } from '../render/refusals.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import { shown } from '../terminal/path-problem.ts';
import { openSurroundings, tellingOfReading, tellRead } from '../terminal/surroundings.ts';
import { spillFailureOf } from '../terminal/system-failure.ts';
import { write } from '../terminal/terminal.ts';
import { addCommand, type Invocation } from './command.ts';
import { failOnFlag, failOnOf, limitOf } from './compared-runs.ts';
import { unknownPayout } from './run.ts';

/** `policy diff`: two policies held against each other, and a night under each of them. */
export function declarePolicyDiff(policy: Command, invocation: Invocation): void {
  const { t } = invocation;
  const made = addCommand(policy, 'diff', DESCRIPTION, t);
  made
    .argument('<old>', t(POLICY_WORDS))
    .argument('<new>', t(POLICY_WORDS))
    .addOption(failOnFlag(t))
    .addOption(
      new Option('--limit <n>', t(text('表示するクーポンの数(既定 50)', 'how many coupons to show (default 50)'))),
    )
    .addOption(countUnclaimedFlag(t))
    .addOption(requireSecondFlag(t));
  evidenceKeyFlag(nightFlags(made, t), t)
    .addHelpText('after', `\n${t(EXAMPLES)}`)
    .action(async (before: string, after: string, _: GivenOptions, command: Command) => {
      process.exitCode = await policyDiff([before, after], command.optsWithGlobals(), invocation);
    });
}

const DESCRIPTION = text(
  'ふたつの policy の条件を比べる。入力を渡せば、同じ夜をそれぞれで精算して比べる(何も公開しない)',
  'hold two policies against each other; with the inputs of a night, also what it comes to under each (nothing is published)',
);
const POLICY_WORDS = text(
  'policy ファイルか、組み込みの policy の id',
  'a policy file, or the id of the built-in policy',
);

const EXAMPLES = text(
  `例:
  regionpay-reconcile policy diff ${KAGOSHIMA.id} my-policy.json
  # 条件を変えると、誰の額がいくら変わるか
  regionpay-reconcile policy diff my-policy.json amended.json --config run.json --fail-on money --limit 20`,
  `Examples:
  regionpay-reconcile policy diff ${KAGOSHIMA.id} my-policy.json
  # whose money changes with the terms, and by how much
  regionpay-reconcile policy diff my-policy.json amended.json --config run.json --fail-on money --limit 20`,
);

const DEFAULT_LIMIT = 50;

/** Returns the exit code. @throws CommandFailure */
async function policyDiff(
  [first, second]: readonly [string, string],
  given: GivenOptions,
  invocation: Invocation,
): Promise<number> {
  const found = new Collected();
  readTelling(given, found);
  if (found.problems.length > 0) throw new CommandFailure(EXIT.usage, found.problems);
  const limit = limitOf(given.limit, DEFAULT_LIMIT);
  const failOn = failOnOf(given.failOn);
  const [before, after] = [readPolicyOption(first), readPolicyOption(second)];
  const terms = policyTermDifferences(before.file, after.file);
  const night = hasNight(given) ? await nightUnder([before, after], limit, given, invocation) : null;
  const named = ({ id, title }: Policy) => ({ id, title });
  const comparison: PolicyComparison = { before: named(before), after: named(after), terms, night };
  if (given.quiet !== true)
    await write(
      process.stdout,
      given.json === true ? canonicalJson(comparison) : policyDiffText(comparison, invocation.t),
    );
  const moved = night !== null && (failOn === 'money' ? night.money : night.couponsDiffering > 0);
  const differs = failOn === 'money' && night !== null ? moved : terms.length > 0 || moved;
  return differs ? EXIT.different : EXIT.done;
}

const hasNight = (given: GivenOptions): boolean =>
  ['config', 'asOf', ...INPUT_OPTIONS].some((option) => given[option] !== undefined);

/** The night under both, as `run` would settle it that follows no other. @throws CommandFailure */
async function nightUnder(
  [before, after]: readonly [Policy, Policy],
  limit: number,
  given: GivenOptions,
  { t, ...machine }: Invocation,
): Promise<NightDifference> {
  // Whatever policy a config names, the two that are named are held against each other.
  const options: GivenOptions = { ...given, policy: true };
  const request = await withBuiltInProfile(readRequest(options, Date.now() * 1000, { out: false }));
  const surroundings = openSurroundings(request, machine, t);
  const { threads, signal, progress } = surroundings;
  const place = request.tempDirectory ?? tmpdir();
  const memory = { bytes: request.memoryBytes, folder: place };
  const key = { ...readEvidenceKeyOption(given.evidenceKey), series: undefined, previousFolder: undefined };
  const evidenceKey = evidenceKeyFor({ ...key, previous: undefined });
  // Terms of which some are those of one notice and some of another may lie beside every row.
  const half = (tables: Tables, { terms }: Policy, isBetween: boolean) =>
    isBetween ? [] : incompleteProblems(tables, { ...request, terms, before: undefined });
  let isToldOf = false;
  const settle = async (policy: Policy, isBetween: boolean): Promise<SettledRun> => {
    const settled = await settleRun(
      { ...request, policy, evidenceKey, made: [], carried: undefined },
      { memory, threads, signal, onProgress: tellingOfReading(surroundings, t) },
      {
        accept: (tables, { unknown }) => {
          if (!isToldOf) tellRead(tables, surroundings);
          isToldOf = true;
          const unpaid = unknown.slice(0, MOST_UNKNOWN_SHOWN).map((row) => unknownPayout(row, tables));
          refuse([...refusals(tables, request), ...half(tables, policy, isBetween), ...unpaid]);
        },
      },
    );
    if ('problems' in settled) throw new CommandFailure(EXIT.refused, settled.problems);
    // Of rows that lay on disk it only shows now.
    refuse([...settled.outcome.problems, ...half(settled.tables, policy, isBetween)]);
    return settled;
  };
  try {
    return await compareUnderPolicies(before, after, { asOf: request.asOf, settle, place, limit });
  } catch (error) {
    throw spillFailureOf(error, shown(place));
  } finally {
    progress.clear();
  }
}

const MOST_UNKNOWN_SHOWN = 20;

/** @throws CommandFailure */
function refuse(problems: CommandFailure['problems']): void {
  if (problems.length > 0) throw new CommandFailure(EXIT.refused, problems);
}
