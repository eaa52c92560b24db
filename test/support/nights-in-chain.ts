import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ProgramIdentity } from '../../src/publish/manifest.ts';
import { program, ROOT } from './program.ts';

const CONFIG = join(ROOT, 'fixtures/outage-night/run.json');
const AS_OF: Readonly<Record<string, string>> = {
  first: '2023-04-05T02:00:00+09:00',
  second: '2023-05-10T02:00:00+09:00',
  third: '2023-05-20T02:00:00+09:00',
};

/** A night of the worked outage, made by the built program. */
export function makeNight(folder: string, name: string, asOf: string, ...more: readonly string[]): void {
  const words = ['run', '--config', CONFIG, '--as-of', asOf, '--out', join(folder, name), '--quiet', ...more];
  expect(program(words)).toEqual({ status: 0, stdout: '', stderr: '' });
}

/** Archived nights in a chain, `first` and those after it; the last with copies for Excel. */
export function nightsInChain(count: 1 | 2 | 3): string {
  const folder = mkdtempSync(join(tmpdir(), 'regionpay-'));
  const names = Object.keys(AS_OF).slice(0, count);
  for (const [place, name] of names.entries()) {
    const before = names[place - 1];
    makeNight(
      folder,
      name,
      AS_OF[name] ?? '',
      '--archive',
      ...(before === undefined ? [] : ['--previous', join(folder, before)]),
      ...(place === count - 1 ? ['--excel'] : []),
    );
  }
  return folder;
}

/** The program that made a night, by its manifest. */
export const madeBy = (run: string): ProgramIdentity =>
  (JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8')) as { program: ProgramIdentity }).program;

/** Copies of nights, links of their archives kept as they are, to do harm to. */
export async function copied<Result>(
  nights: string,
  use: (folder: string) => Result | Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'regionpay-'));
  try {
    cpSync(nights, folder, { recursive: true });
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
