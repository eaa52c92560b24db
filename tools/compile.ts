// Keeps what Node compiles of the program while it runs, for every later start (src/cli/start.ts): over the worked night,
// and over one that is large enough to be read in bulk.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const built = new URL('../dist/cli/start.js', import.meta.url).href;
const { COMPILED, load } = (await import(built)) as typeof import('../src/cli/start.ts');

const worked = fileURLToPath(new URL('../fixtures/outage-night/run.json', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'regionpay-compile-'));
const made = join(folder, 'made');
const inputs = {
  issuance: 'issuance',
  transactions: 'transactions',
  'merchant-reports': 'merchant_reports',
  claims: 'claims',
  applications: 'applications',
};
const given = Object.entries(inputs).flatMap(([option, name]) => [`--${option}`, join(made, `${name}.csv`)]);
const quietly = ['--quiet', '--log-level', 'silent'];

const { main, script } = load(undefined);
try {
  for (const command of [
    ['run', '--config', worked, '--as-of', '2023-05-10T02:00:00+09:00', '--out', join(folder, 'worked'), ...quietly],
    ['synth', '--transactions', '5000', '--seed', '1', '--out', made, '--quiet'],
    ['run', ...given, '--as-of', '2023-05-10T02:00:00+09:00', '--out', join(folder, 'run'), ...quietly],
  ]) {
    await main(['node', 'regionpay-reconcile', ...command]);
    if (process.exitCode !== undefined && process.exitCode !== 0) throw new Error(`exit ${process.exitCode}`);
  }
  writeFileSync(COMPILED, script.createCachedData());
} catch (error) {
  process.stderr.write(
    `the program starts slower than it could, for it failed while it was built: ${(error as Error).message}\n`,
  );
  process.exitCode = 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
