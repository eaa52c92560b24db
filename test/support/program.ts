import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { Row } from './run-tables.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What a thread runs, as it was built: without it, files are read by one thread and nothing fails. */
export const WORKER = join(ROOT, 'dist/intake/parallel/worker.js');
/** Runs a script of `tools` as npm does. */
export const TSX = join(ROOT, 'node_modules/.bin/tsx');

/** Runs the built program as a user does. */
export function program(words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin/regionpay-reconcile.js'), ...words], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', ...environment },
  });
  return { status, stdout, stderr };
}

export function withFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'regionpay-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const result = use(folder);
    if (result instanceof Promise) return result.finally(remove) as T;
    remove();
    return result;
  } catch (error) {
    remove();
    throw error;
  }
}

export const readRows = (path: string): readonly Row[] => parse(readFileSync(path, 'utf8'), { columns: true });

/** Every file of a run folder with its bytes, by name. */
export function filesOf(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return Object.fromEntries(
    names.sort().map((name) => [relative('.', name), readFileSync(join(folder, name), 'latin1')]),
  );
}
