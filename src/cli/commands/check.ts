import { tmpdir } from 'node:os';
import type { Command } from 'commander';
import { text } from '../../base/text.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import { readRunInputs, tablesUnsettled } from '../../run/read-run-inputs.ts';
import { mayEnd } from '../../run/turns.ts';
import type { Tables } from '../../tables/tables.ts';
import type { GivenOptions } from '../options/given.ts';
import { withBuiltInProfile } from '../options/inputs.ts';
import { type CommandRequest, readRequest, requestFlags } from '../options/request.ts';
import { latestPrevious } from '../options/series.ts';
import { checkJson, checkText } from '../render/check-text.ts';
import { incompleteProblems } from '../render/incomplete.ts';
import { fileRefusals } from '../render/refusals.ts';
import { filesSince } from '../render/since.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import type { Translate } from '../terminal/language.ts';
import { openSurroundings, type Surroundings, tellingOfReading, tellRead } from '../terminal/surroundings.ts';
import { spillFailureOf } from '../terminal/system-failure.ts';
import { write } from '../terminal/terminal.ts';
import type { Invocation } from './command.ts';

/** `check`: reads the inputs and says what `run` would make of them. */
export function declare(made: Command, invocation: Invocation): void {
  const { t } = invocation;
  requestFlags(made, t)
    .addHelpText('after', `\n${t(EXAMPLES)}`)
    .action((given: GivenOptions) => check(given, invocation));
}

const EXAMPLES = text(
  `例:
  regionpay-reconcile check --issuance issuance.csv --transactions log.csv --merchant-reports reports.csv`,
  `Examples:
  regionpay-reconcile check --issuance issuance.csv --transactions log.csv --merchant-reports reports.csv`,
);

/** @throws CommandFailure */
async function check(given: GivenOptions, { t, ...machine }: Invocation): Promise<void> {
  const request = await withBuiltInProfile(readRequest(given, Date.now() * 1000, { out: false }));
  const surroundings = openSurroundings(request, machine, t);
  const tables = await readTables(request, surroundings, t);
  await mayEnd(surroundings.signal);
  const previous = latestPrevious(request);
  const since = previous === undefined ? undefined : filesSince(previous, tables.files);
  if (request.json) await write(process.stdout, canonicalJson(checkJson(tables, since)));
  else if (!request.quiet) await write(process.stdout, checkText(tables, request, t, since));
  const completeness = { ...request, terms: request.policy.terms, before: previous?.inputs };
  const refusing = [...fileRefusals(tables, request), ...incompleteProblems(tables, completeness)];
  if (refusing.length > 0) throw new CommandFailure(EXIT.refused, refusing);
}

/** All that is told of them: rows that exceed the memory there may be are counted a partition at a time. */
async function readTables(request: CommandRequest, surroundings: Surroundings, t: Translate): Promise<Tables> {
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
