// Keeps what Node compiles of each part of the program while it runs, for every later start (src/cli/start.ts): of the
// nightly part over the worked night and over one that is large enough to be read in bulk, of the others over what was made.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Part, partOf } from '../src/cli/parts.ts';

const { compiledOf, load } = createRequire(import.meta.url)(
  '../dist/cli/start.cjs',
) as typeof import('../src/cli/start.ts');

const worked = fileURLToPath(new URL('../fixtures/outage-night/run.json', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'regionpay-compile-'));
const within = (...names: readonly string[]): string => join(folder, ...names);
const AS_OF = ['--as-of', '2023-05-10T02:00:00+09:00'];
const inputs = {
  issuance: 'issuance',
  transactions: 'transactions',
  'merchant-reports': 'merchant_reports',
  claims: 'claims',
  applications: 'applications',
};
const given = Object.entries(inputs).flatMap(([option, name]) => [`--${option}`, within('made', `${name}.csv`)]);
const quietly = ['--quiet', '--log-level', 'silent'];

/** What is called while it is compiled, in an order in which each finds what it needs. */
const CALLS: readonly (readonly string[])[] = [
  ['--version'],
  ['synth', '--transactions', '5000', '--seed', '1', '--out', within('made'), '--quiet'],
  ['check', '--config', worked, ...AS_OF, '--quiet'],
  ['run', '--config', worked, ...AS_OF, '--out', within('worked'), ...quietly],
  ['run', ...given, ...AS_OF, '--out', within('run'), ...quietly],
  ['show', within('worked'), '--quiet'],
  ['verify', within('worked'), '--quiet'],
  ['explain', within('worked'), '000000000201', '--inputs', dirname(worked), '--quiet'],
  ['diff', within('worked'), within('worked'), '--quiet'],
  ['report', within('worked'), '--out', within('page.html'), '--quiet'],
];

const loaded = new Map<Part, ReturnType<typeof load>>();
const partLoaded = (part: Part): ReturnType<typeof load> => {
  const known = loaded.get(part) ?? load(part, undefined);
  loaded.set(part, known);
  return known;
};

const write = process.stdout.write;
try {
  // What a command prints is for whoever calls it.
  process.stdout.write = ((_: unknown, ...rest: readonly unknown[]) => {
    const told = rest.at(-1);
    if (typeof told === 'function') told();
    return true;
  }) as typeof write;
  for (const words of CALLS) {
    const argv = ['node', 'regionpay-reconcile', ...words];
    await partLoaded(partOf(argv)).main(argv);
    // Each call listens anew.
    process.stdout.removeAllListeners('error');
    if (process.exitCode !== undefined && process.exitCode !== 0)
      throw new Error(`${words[0]}: exit ${process.exitCode}`);
  }
  for (const [part, { script }] of loaded) writeFileSync(compiledOf(part), script.createCachedData());
} catch (error) {
  process.stderr.write(
    `the program starts slower than it could, for it failed while it was built: ${(error as Error).message}\n`,
  );
  process.exitCode = 0;
} finally {
  process.stdout.write = write;
  rmSync(folder, { recursive: true, force: true });
}
