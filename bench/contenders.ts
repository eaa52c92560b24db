import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answers } from '../src/synth/answers.ts';
import { FILE_NAMES, type FileName } from '../src/synth/rows.ts';

export const CONTENDERS = ['run', 'duckdb', 'duckdb-pipe', 'script', 'floor', 'floor-coreutils'] as const;
export type ContenderName = (typeof CONTENDERS)[number];
export const VARIANTS = ['plain', 'quoted', 'gz'] as const;
export type Variant = (typeof VARIANTS)[number];

export const TITLES: Readonly<Record<ContenderName, string>> = {
  run: '`regionpay-reconcile run`',
  duckdb: 'DuckDB, 2 threads',
  'duckdb-pipe': '`gzip -dc` into DuckDB',
  script: 'plain csv-parse script',
  floor: 'floor: SHA-256 and lines, Node',
  'floor-coreutils': 'floor: `sha256sum`, `wc -l`',
};
/** What the others are measured against: the faster of each kind. */
export const DUCKDBS: readonly ContenderName[] = ['duckdb', 'duckdb-pipe'];
export const FLOORS: readonly ContenderName[] = ['floor', 'floor-coreutils'];

export interface Inputs {
  readonly folder: string;
  readonly answers: Pick<Answers, 'files' | 'asOf'>;
}

/** Where things lie. */
export interface Surroundings {
  readonly program: string;
  readonly cache: string;
  readonly sql: string;
  /** Scripts of this folder as plain JavaScript, so that no loader is measured with them. */
  readonly scripts: Readonly<Record<'duckdb-pass' | 'plain-script' | 'floor' | 'floor-coreutils', string>>;
}

export interface Contender {
  readonly name: ContenderName;
  readonly command: readonly string[];
  /** Fails where the process did not do what it is measured for. */
  readonly check: (output: string) => void;
}

/** What SQL and script read: nobody's ground rests on an application. */
const REDUCED: readonly FileName[] = ['issuance', 'transactions', 'merchant_reports', 'claims'];
/** Ten million rows as objects need more than Node gives by itself. */
const HEAP = '--max-old-space-size=16384';

export const resultOf = ({ cache }: Pick<Surroundings, 'cache'>, name: ContenderName): string =>
  join(cache, `result-${name}.csv`);
export const runFolder = ({ cache }: Pick<Surroundings, 'cache'>): string => join(cache, 'out');

/** Needs programs that not every system has. */
export const isAvailable = (name: ContenderName, variant: Variant): boolean => {
  if (name === 'duckdb-pipe') return variant === 'gz' && process.platform !== 'win32';
  return name !== 'floor-coreutils' || process.platform !== 'win32';
};

export function contender(name: ContenderName, inputs: Inputs, surroundings: Surroundings): Contender {
  const { scripts, sql } = surroundings;
  const path = (file: FileName): string => join(inputs.folder, inputs.answers.files[file].name);
  const named = (by: '=' | '|') => REDUCED.map((file) => `${file}${by}${path(file)}`);
  const result = resultOf(surroundings, name);
  const all = FILE_NAMES.map(path);
  const reduced = (...command: readonly string[]): Contender => ({
    name,
    command,
    check: (output) => checkKept(name, output, inputs),
  });
  switch (name) {
    case 'run':
      return program(inputs, path, surroundings);
    case 'duckdb':
      return reduced(scripts['duckdb-pass'], sql, result, ...named('='));
    case 'duckdb-pipe':
      return reduced(scripts['duckdb-pass'], sql, result, ...named('|'));
    case 'script':
      return reduced(HEAP, scripts['plain-script'], result, ...named('='));
    default:
      return { name, command: [scripts[name], ...all], check: (output) => checkLines(output, inputs) };
  }
}

function program({ answers }: Inputs, path: (file: FileName) => string, surroundings: Surroundings): Contender {
  const out = runFolder(surroundings);
  const files = FILE_NAMES.flatMap((name) => [`--${name.replace('_', '-')}`, path(name)]);
  const options = [
    '--as-of',
    answers.asOf,
    '--out',
    out,
    '--replace',
    '--quiet',
    '--max-rejects',
    '100%',
    '--max-small-rejects',
    '100%',
  ];
  return {
    name: 'run',
    command: [surroundings.program, 'run', ...files, ...options],
    check: () => checkRun(out, answers.files),
  };
}

/** The program disposed of every row as the generator says it must. */
function checkRun(out: string, files: Answers['files']): void {
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as {
    readonly inputs: readonly {
      readonly name: string;
      readonly dispositions: Readonly<Record<string, { readonly rows: number }>>;
    }[];
  };
  for (const { name, accepted, rejected, conflicting, duplicate, outOfScope } of Object.values(files)) {
    const found = manifest.inputs.find((input) => input.name === name)?.dispositions ?? {};
    const expected = { accepted, rejected, conflicting, duplicate, out_of_scope: outOfScope };
    for (const [disposition, rows] of Object.entries(expected)) {
      if (found[disposition]?.rows !== rows)
        throw new Error(`run: ${name} has ${found[disposition]?.rows} rows ${disposition}, made were ${rows}`);
    }
  }
}

function checkKept(name: ContenderName, output: string, { answers }: Inputs): void {
  const { issuance, transactions, merchant_reports: reports } = answers.files;
  const kept = [issuance, transactions, reports].reduce((sum, file) => sum + file.accepted + file.outOfScope, 0);
  if (Number(output) !== kept) throw new Error(`${name}: ${output.trim()} rows count, made were ${kept}`);
}

function checkLines(output: string, { answers }: Inputs): void {
  const lines = Object.values(answers.files).reduce((sum, file) => sum + file.rows + 1, 0);
  if (Number(output) !== lines) throw new Error(`floor: ${output.trim()} lines of ${lines}`);
}
