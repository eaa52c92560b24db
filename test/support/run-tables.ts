import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readInputs } from '../../src/intake/read-inputs.ts';
import type { Profile } from '../../src/intake/schema/profile.ts';
import { readInstant } from '../../src/intake/values/dates.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { outputTables } from '../../src/publish/output-files.ts';
import { settle, type WholeOutcome } from '../../src/settlement/settle.ts';
import { INPUT_KINDS, type InputKind, type Tables } from '../../src/tables/tables.ts';

export type Row = Readonly<Record<string, string>>;
export type Inputs = Partial<Record<InputKind, string | readonly string[]>>;

export interface RunOptions {
  readonly asOf: string;
  readonly policy?: Policy;
  readonly countUnclaimed?: boolean;
  readonly profile?: Profile;
  /** Where many runs are held against something else, and this one need not be held against itself. */
  readonly isSettledOnce?: boolean;
}

export interface RunResult {
  readonly tables: Tables;
  readonly outcome: WholeOutcome;
  /** Output rows by file, as records of strings. */
  readonly rows: (file: string) => readonly Row[];
}

export const digest = (content: string): string => createHash('sha256').update(content).digest('hex');

/** Runs intake and settlement on CSV texts, through real files, and gives back the rows that would be published. */
export async function runTables(inputs: Inputs, options: RunOptions): Promise<RunResult> {
  const folder = mkdtempSync(join(tmpdir(), 'regionpay-'));
  try {
    const paths = Object.fromEntries(INPUT_KINDS.map((kind) => [kind, []])) as unknown as Record<InputKind, string[]>;
    for (const kind of Object.keys(inputs) as InputKind[]) {
      [inputs[kind] ?? []].flat().forEach((content, index) => {
        const path = join(folder, `${kind}-${index}.csv`);
        writeFileSync(path, content);
        paths[kind].push(path);
      });
    }
    return await runPaths(paths, options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export async function runPaths(
  paths: Readonly<Record<InputKind, readonly string[]>>,
  options: RunOptions,
): Promise<RunResult> {
  const policy = options.policy ?? KAGOSHIMA;
  const asOf = readInstant(options.asOf);
  if ('problem' in asOf) throw new Error(`no instant: ${options.asOf}`);
  const read = await readInputs({
    paths,
    profile: options.profile,
    encoding: undefined,
    terms: policy.terms,
    asOf: asOf.value,
  });
  if (!('tables' in read))
    throw new Error(read.problems.map((problem) => `${problem.where} ${problem.code}`).join('\n'));
  const request = {
    tables: read.tables,
    policy,
    asOf: asOf.value,
    countUnclaimed: options.countUnclaimed ?? false,
    digest,
  };
  const outcome = settle(request);
  if (options.isSettledOnce !== true) {
    expectSame(outcome, settle({ ...request, keepFindings: true }));
    expectSame(outcome, settle({ ...request, mostAtOnce: 1 }));
    expectSame(outcome, settle({ ...request, mostAtOnce: 3 }));
  }
  const tables = outputTables(outcome, read.tables);
  return {
    tables: read.tables,
    outcome,
    rows: (file) => {
      const table = tables.find((each) => each.name === file);
      if (table === undefined) throw new Error(`no output ${file}`);
      return Array.from(table.rows, (row) =>
        Object.fromEntries(table.header.map((name, index) => [name, row[index] ?? ''])),
      );
    },
  };
}

/** What a run passes over, and how many cases it takes at once, must change nothing. */
function expectSame(run: WholeOutcome, explanation: WholeOutcome): void {
  const withoutFindings = (outcome: WholeOutcome): string =>
    JSON.stringify(outcome, (name, value: unknown) => (name === 'findings' ? undefined : value));
  if (withoutFindings(run) !== withoutFindings(explanation))
    throw new Error('a run comes to different settlements when it passes over nothing, or takes few cases at once');
}
