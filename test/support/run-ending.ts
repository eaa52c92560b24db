import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refusals } from '../../src/cli/render/refusals.ts';
import type { Reader } from '../../src/intake/bytes/file.ts';
import { readInputs } from '../../src/intake/read-inputs.ts';
import { readInstant } from '../../src/intake/values/dates.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { outputTables } from '../../src/publish/output-files.ts';
import { spreadPaid, withPaid } from '../../src/publish/paid-payouts.ts';
import { settle } from '../../src/settlement/settle.ts';
import { INPUT_KINDS, type InputKind } from '../../src/tables/tables.ts';
import { digest, type Row } from './run-tables.ts';

/** How `run` ends with its own limits: refused, for these reasons, or with these rows by file. */
type Ending = { readonly refused: readonly string[] } | { readonly files: Readonly<Record<string, readonly Row[]>> };

export type Texts = Partial<Readonly<Record<InputKind, string>>>;

/** What may pass where the command line says nothing (docs/contract/4-cli.md). */
const LIMITS = {
  maxRejects: { parts: 1, of: 1000 },
  maxSmallRejects: { rows: 0 },
  maxUnmatched: { parts: 5, of: 1000 },
} as const;

/** The ending by the reader of every night, and by the reference reader. */
export async function endings(
  inputs: Texts,
  asOf: string,
): Promise<{ readonly fast: Ending; readonly strict: Ending }> {
  const folder = mkdtempSync(join(tmpdir(), 'regionpay-'));
  try {
    const paths = Object.fromEntries(INPUT_KINDS.map((kind) => [kind, [] as string[]])) as Record<InputKind, string[]>;
    for (const [kind, content] of Object.entries(inputs) as [InputKind, string][]) {
      const path = join(folder, `${kind}.csv`);
      writeFileSync(path, content);
      paths[kind].push(path);
    }
    // Files are mostly waited for: both are read at once.
    const [fast, strict] = await Promise.all([endingOf(paths, asOf), endingOf(paths, asOf, 'csv-parse')]);
    return { fast, strict };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function endingOf(
  paths: Readonly<Record<InputKind, readonly string[]>>,
  written: string,
  reader?: Reader,
): Promise<Ending> {
  const asOf = readInstant(written);
  if ('problem' in asOf) throw new Error(`no instant: ${written}`);
  const read = await readInputs({
    paths,
    profile: undefined,
    encoding: undefined,
    terms: KAGOSHIMA.terms,
    asOf: asOf.value,
    ...(reader === undefined ? {} : { reader }),
  });
  if (!('tables' in read)) return { refused: read.problems.map(({ code, where }) => `${code} ${where}`) };
  const refused = refusals(read.tables, LIMITS);
  if (refused.length > 0) return { refused: refused.map(({ code, where }) => `${code} ${where}`) };
  const { paid, unknown } = spreadPaid(read.tables.paid, [], asOf.value);
  if (unknown.length > 0) return { refused: ['UNKNOWN_PAYOUT'] };
  const tables = withPaid(read.tables, paid);
  const outcome = settle({ tables, policy: KAGOSHIMA, asOf: asOf.value, countUnclaimed: false, digest });
  if (outcome.problems.length > 0) return { refused: outcome.problems.map(({ code, where }) => `${code} ${where}`) };
  return {
    files: Object.fromEntries(
      outputTables(outcome, tables).map(({ name, header, rows }) => [
        name,
        Array.from(rows, (row) => Object.fromEntries(header.map((column, at) => [column, row[at] ?? '']))),
      ]),
    ),
  };
}
