import { tmpdir } from 'node:os';
import type { Command } from 'commander';
import { text } from '../../base/text.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import { type RunInputs, readRunInputs, tablesUnsettled } from '../../run/read-run-inputs.ts';
import { mayEnd } from '../../run/turns.ts';
import { declarationOf } from '../../tables/kinds/index.ts';
import { MEANINGS } from '../../tables/kinds/meanings/index.ts';
import { type AnyKindMeaning, JUDGED_ALIKE } from '../../tables/kinds/meanings/meaning.ts';
import type { InputKind, Tables } from '../../tables/tables.ts';
import { Collected, type GivenOptions } from '../options/given.ts';
import { withBuiltInProfile } from '../options/inputs.ts';
import { type CommandRequest, readRequest, requestFlags } from '../options/request.ts';
import { latestPrevious } from '../options/series.ts';
import { readUnderstanding, understandingFlags } from '../options/understanding.ts';
import { checkJson, checkText } from '../render/check-text.ts';
import { incompleteProblems } from '../render/incomplete.ts';
import type { ColumnMeanings } from '../render/losses.ts';
import { fileRefusals } from '../render/refusals.ts';
import { filesSince } from '../render/since.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import type { Translate } from '../terminal/language.ts';
import {
  openSurroundings,
  type Surroundings,
  tellingOfReading,
  tellPolicy,
  tellRead,
} from '../terminal/surroundings.ts';
import { spillFailureOf } from '../terminal/system-failure.ts';
import { write } from '../terminal/terminal.ts';
import type { Invocation } from './command.ts';

/** `check`: reads the inputs and says what `run` would make of them. */
export function declare(made: Command, invocation: Invocation): void {
  const { t } = invocation;
  understandingFlags(made, t);
  requestFlags(made, t)
    .addHelpText('after', `\n${t(EXAMPLES)}`)
    .action((given: GivenOptions) => check(given, invocation));
}

const EXAMPLES = text(
  `例:
  regionpay-reconcile check --issuance issuance.csv --transactions log.csv --merchant-reports reports.csv
  regionpay-reconcile check --config run.json --profile source.json --columns --sample 3`,
  `Examples:
  regionpay-reconcile check --issuance issuance.csv --transactions log.csv --merchant-reports reports.csv
  regionpay-reconcile check --config run.json --profile source.json --columns --sample 3`,
);

/** Reads the inputs and tells of them. @throws CommandFailure */
export async function check(
  given: GivenOptions,
  { t, ...machine }: Omit<Invocation, 'wholeProgram' | 'program'>,
): Promise<void> {
  const found = new Collected();
  const { columns, sampleRows } = readUnderstanding(given, found);
  if (found.problems.length > 0) throw new CommandFailure(EXIT.usage, found.problems);
  const request = await withBuiltInProfile(readRequest(given, Date.now() * 1000, { out: false }));
  const surroundings = openSurroundings(request, machine, t);
  tellPolicy(request.policy, surroundings);
  const tables = await readTables({ ...request, understand: { rows: sampleRows } }, surroundings, t);
  await mayEnd(surroundings.signal);
  const previous = await latestPrevious(request, surroundings.signal);
  const since = previous === undefined ? undefined : filesSince(previous, tables.files);
  const telling = { ...request, columns, meanings: COLUMN_MEANINGS, since };
  if (request.json) await write(process.stdout, canonicalJson(checkJson(tables, telling)));
  else if (!request.quiet) await write(process.stdout, checkText(tables, telling, t));
  const completeness = { ...request, terms: request.policy.terms, before: previous?.inputs };
  const refusing = [...fileRefusals(tables, request), ...incompleteProblems(tables, completeness)];
  if (refusing.length > 0) throw new CommandFailure(EXIT.refused, refusing);
}

/** A column’s meaning, by its name in files. */
function meaningOf(kind: InputKind, column: string): AnyKindMeaning['columns'][string] | undefined {
  const [key] = Object.entries(declarationOf(kind).columns).find(([, { name }]) => name === column) ?? [];
  return key === undefined ? undefined : MEANINGS[kind].columns[key];
}

const COLUMN_MEANINGS: ColumnMeanings = {
  titleOf: (kind) => MEANINGS[kind].title,
  without: (kind, column) => meaningOf(kind, column)?.without,
  costs: (kind, column) => meaningOf(kind, column)?.without !== JUDGED_ALIKE,
};

/** All that is told of them: rows that exceed the memory there may be are counted a partition at a time. */
async function readTables(
  request: CommandRequest & Pick<RunInputs, 'understand'>,
  surroundings: Surroundings,
  t: Translate,
): Promise<Tables> {
  const { signal, threads, progress } = surroundings;
  const folder = request.tempDirectory ?? tmpdir();
  const memory = { bytes: request.memoryBytes, folder };
  const onProgress = tellingOfReading(surroundings, t);
  try {
    const read = await readRunInputs(request, { memory, threads, signal, onProgress });
    if ('problems' in read) throw new CommandFailure(EXIT.refused, read.problems);
    tellRead(read.tables, surroundings);
    return tablesUnsettled(read);
  } catch (error) {
    throw spillFailureOf(error, folder);
  } finally {
    progress.clear();
  }
}
