import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drained, type Step } from '../../src/base/steps.ts';
import { summaryFile } from '../../src/cli/render/summary-file.ts';
import { readInputs } from '../../src/intake/read-inputs.ts';
import type { MemoryLimit } from '../../src/intake/spill/spill.ts';
import { readInstant } from '../../src/intake/values/dates.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { runFiles } from '../../src/publish/run-files.ts';
import { settleInputs, type Watch } from '../../src/run/settle-inputs.ts';
import { INPUT_KINDS, type InputKind } from '../../src/tables/tables.ts';
import type { Inputs } from './run-tables.ts';

export interface PublishOptions {
  readonly asOf: string;
  readonly countUnclaimed?: boolean;
  readonly everyRule?: boolean;
  /** Who may end it, and who is told how far it is. */
  readonly watch?: Watch;
  readonly memory?: Omit<MemoryLimit, 'folder'>;
  readonly blockBytes?: number;
  /** Told whenever somebody else might have a turn while files are made. */
  readonly onStep?: () => void;
}

export interface Published {
  /** Every file of the run folder by name, but for SHA256SUMS. */
  readonly files: Readonly<Record<string, string>>;
  readonly parts: number | undefined;
  readonly problems: readonly string[];
}

/** What `run` would publish of CSV texts. @throws Error if rows were left on disk under a name */
export async function publishedOf(inputs: Inputs, options: PublishOptions): Promise<Published> {
  const folder = mkdtempSync(join(tmpdir(), 'regionpay-'));
  try {
    const paths = pathsIn(folder, inputs);
    const before = readdirSync(folder);
    const published = await publish(folder, paths, options);
    const after = readdirSync(folder);
    if (after.length !== before.length) throw new Error(`left behind: ${after.join(' ')}`);
    return published;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function pathsIn(folder: string, inputs: Inputs): Record<InputKind, string[]> {
  const paths = Object.fromEntries(INPUT_KINDS.map((kind) => [kind, [] as string[]])) as Record<InputKind, string[]>;
  for (const kind of Object.keys(inputs) as InputKind[]) {
    [inputs[kind] ?? []].flat().forEach((content, index) => {
      const path = join(folder, `${kind}-${index}.csv`);
      writeFileSync(path, content);
      paths[kind].push(path);
    });
  }
  return paths;
}

async function publish(
  folder: string,
  paths: Readonly<Record<InputKind, readonly string[]>>,
  { asOf: written, countUnclaimed = false, everyRule = false, watch = {}, memory, blockBytes, onStep }: PublishOptions,
): Promise<Published> {
  const asOf = readInstant(written);
  if ('problem' in asOf) throw new Error(`no instant: ${written}`);
  const read = await readInputs({
    paths,
    profile: undefined,
    encoding: undefined,
    terms: KAGOSHIMA.terms,
    asOf: asOf.value,
    memory: memory === undefined ? undefined : { ...memory, folder },
    ...(blockBytes === undefined ? {} : { sizes: { blockBytes } }),
  });
  if (!('tables' in read)) throw new Error(read.problems.map(({ where, code }) => `${where} ${code}`).join('\n'));
  const facts = { policy: KAGOSHIMA, asOf: asOf.value, countUnclaimed };
  try {
    const settled = await settleInputs(read, { ...facts, everyRule }, (tables) => tables, watch);
    const steps = runFiles({
      ...facts,
      ...settled,
      profile: undefined,
      encoding: undefined,
      excel: false,
      report: true,
      allowPaidRowsGone: false,
      program: { name: 'regionpay-reconcile', version: '0', revision: 'test' },
      archived: undefined,
      paidPayouts: [],
      unmatchedPaid: [],
      previous: undefined,
      summaryText: summaryFile,
    });
    const { files } = drained(told(steps, onStep));
    return {
      files: Object.fromEntries(files.map(({ name, content }) => [name, Buffer.from(content).toString('utf8')])),
      parts: read.partitions?.count,
      problems: settled.outcome.problems.map(({ where, what }) => `${where}: ${what.en}`),
    };
  } finally {
    read.partitions?.close();
  }
}

function* told<Whole>(steps: Iterator<Step, Whole>, onStep: (() => void) | undefined): Generator<Step, Whole> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    onStep?.();
    yield step.value;
  }
}
