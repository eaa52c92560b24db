// Runs every archived night below fixtures/nights with a built program: into a folder, or into each night's expected/.
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
export const NIGHTS = join(root, 'fixtures/nights');
export const nights = (): readonly string[] => readdirSync(NIGHTS).sort();
/** What a night's expectation records: all that is decided, nothing that the program's version changes. */
export const RECORDED = ['eligibility.csv', 'extensions.csv', 'payouts.csv', 'reinstatements.csv', 'review.csv'];

const programIn = (home: string): string => join(home, 'bin/regionpay-reconcile.js');

/**
 * Reconciles one night with the program in `home`, into `out`, and keeps its inputs there.
 *
 * @param folder the nights, if not those of this revision
 */
export function runNight(home: string, night: string, out: string, folder = NIGHTS): void {
  const words = ['run', '--config', join(folder, night, 'run.json'), '--out', out, '--archive', '--quiet'];
  execFileSync(process.execPath, [programIn(home), ...words], { stdio: ['ignore', 'inherit', 'pipe'] });
}

/** A copy of the nights below `to` without the options that an older program does not know: they judge nothing. */
export function nightsKnownTo(home: string, to: string): string {
  cpSync(join(root, 'fixtures'), join(to, 'fixtures'), { recursive: true });
  const schema = execFileSync(process.execPath, [programIn(home), 'policy', 'schema', 'config'], { encoding: 'utf8' });
  const known = new Set(Object.keys(JSON.parse(schema).properties));
  const folder = join(to, 'fixtures/nights');
  for (const night of nights()) {
    const file = join(folder, night, 'run.json');
    const kept = Object.entries(JSON.parse(readFileSync(file, 'utf8'))).filter(([name]) => known.has(name));
    writeFileSync(file, JSON.stringify(Object.fromEntries(kept)));
  }
  return folder;
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
