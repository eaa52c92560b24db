// Runs every archived night below fixtures/nights with a built program: into a folder, or into each night's expected/.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
export const NIGHTS = join(root, 'fixtures/nights');
export const nights = () => readdirSync(NIGHTS).sort();
/** What a night's expectation records: all that is decided, nothing that the program's version changes. */
export const RECORDED = ['eligibility.csv', 'extensions.csv', 'payouts.csv', 'reinstatements.csv', 'review.csv'];

/** Reconciles one night with the program in `home`, into `out`, and keeps its inputs there. */
export function runNight(home, night, out) {
  const program = join(home, 'bin/regionpay-reconcile.js');
  const words = ['run', '--config', join(NIGHTS, night, 'run.json'), '--out', out, '--archive', '--quiet'];
  execFileSync(process.execPath, [program, ...words], { stdio: ['ignore', 'inherit', 'inherit'] });
}

if (process.argv[2] === '--record') {
  const folder = mkdtempSync(join(tmpdir(), 'nights-'));
  for (const night of nights()) {
    runNight(root, night, join(folder, night));
    mkdirSync(join(NIGHTS, night, 'expected'), { recursive: true });
    for (const file of RECORDED) copyFileSync(join(folder, night, file), join(NIGHTS, night, 'expected', file));
  }
  rmSync(folder, { recursive: true });
}
