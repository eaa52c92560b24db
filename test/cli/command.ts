import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../support/program.ts';

export const BIN = join(ROOT, 'bin/regionpay-reconcile.js');
export const NIGHT = join(ROOT, 'fixtures/outage-night');

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
}

/** Runs any command, without waiting for others that run at the same time. */
export function execute(
  command: string,
  words: readonly string[],
  { cwd, env, uid }: Surroundings = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, {
      cwd: cwd ?? ROOT,
      env: { PATH: process.env.PATH ?? '', LANG: 'en_US.UTF-8', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(uid === undefined ? {} : { uid }),
    });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (status) =>
      resolve({ status, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    );
  });
}

/** Runs the built program as a user does. */
export const regionpay = (words: readonly string[], surroundings?: Surroundings): Promise<Ended> =>
  execute(process.execPath, [BIN, ...words], surroundings);

export interface ToldProblem {
  readonly code: string;
  readonly where: string;
  readonly what: { readonly ja: string; readonly en: string };
  readonly advice: { readonly ja: string; readonly en: string };
}

/** The problems that `--json` tells: the last line of standard error. */
export function toldAsJson({ stderr }: Ended): readonly ToldProblem[] {
  const last = stderr.trimEnd().split('\n').at(-1) ?? '';
  if (!last.startsWith('{"problems"')) throw new Error(`no problems as JSON: ${stderr}`);
  return (JSON.parse(last) as { problems: ToldProblem[] }).problems;
}

/** The codes that are told to a person, or in a JSON log, in their order. */
export const toldCodes = ({ stderr }: Ended): string[] =>
  [...stderr.matchAll(/\[([A-Z_]+)\]|"code":"([A-Z_]+)"/g)].map((match) => match[1] ?? match[2] ?? '');

export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'regionpay-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function put(folder: string, name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const night = (name: string): string => join(NIGHT, name);

/** The options of `check` for the worked night; `run` needs --out as well. */
export const INPUTS: readonly string[] = [
  ...['--issuance', night('issuance.csv')],
  ...['--transactions', night('transactions.csv')],
  ...['--merchant-reports', night('merchant_reports.csv')],
  ...['--claims', night('claims.csv')],
  ...['--applications', night('applications.csv')],
  ...['--as-of', '2023-05-10T02:00:00+09:00'],
];

/** The same with another file for one of the options. */
export const inputsWith = (option: string, ...values: readonly string[]): string[] => {
  const at = INPUTS.indexOf(option);
  return at < 0 ? [...INPUTS, option, ...values] : [...INPUTS.slice(0, at + 1), ...values, ...INPUTS.slice(at + 2)];
};
