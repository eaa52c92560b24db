import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Policy } from '../../src/policy/policy.ts';
import type { NightOptions } from '../../src/synth/night-options.ts';
import { synthesise } from '../../src/synth/synthesise.ts';
import type { InputKind } from '../../src/tables/tables.ts';
import { type RunResult, runPaths } from '../support/run-tables.ts';
import { type AnswersFile, type InputRecord, readAnswers, whatDiffersIn } from './hold.ts';

/** A night that `synth` made under a policy, to be run under it or under another. */
export interface MadeNight {
  readonly answers: AnswersFile;
  readonly runUnder: (policy: Policy) => Promise<RunResult>;
  /** Where a run is not what the answers say. */
  readonly differences: (run: RunResult, changed?: Partial<AnswersFile>) => readonly string[];
}

const OPTIONS: NightOptions = {
  transactions: 1000,
  seed: 1,
  affected: 0.2,
  errorRate: 0.02,
  encoding: 'utf-8',
  quoting: 'minimal',
  lineEnd: 'lf',
  gzip: false,
};

const KINDS: Readonly<Record<string, InputKind>> = {
  issuance: 'issuance',
  transactions: 'transactions',
  merchant_reports: 'sales',
  claims: 'claims',
  applications: 'applications',
};

export async function withNight<T>(
  policy: Policy,
  options: Partial<NightOptions>,
  use: (night: MadeNight) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'regionpay-'));
  try {
    const place = { folder, answers: join(folder, 'answers.json') };
    await synthesise(place, { ...OPTIONS, ...options }, policy.terms, undefined, policy.id);
    const answers = readAnswers(place.answers);
    const files = Object.entries(answers.files).map(([name, file]) => [KINDS[name], [join(folder, file.name)]]);
    const paths = { decisions: [], paid: [], ...Object.fromEntries(files) };
    return await use({
      answers,
      runUnder: (other) => runPaths(paths, { asOf: answers.asOf, policy: other, isSettledOnce: true }),
      differences: (run, changed = {}) => whatDiffersIn({ ...answers, ...changed }, inputsOf(run), run.rows),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const inputsOf = ({ tables }: RunResult): readonly InputRecord[] =>
  tables.files.map(({ name, rowsRead, dispositions: { refund: _, ...dispositions } }) => ({
    ...{ name, rowsRead, dispositions },
  }));
