/**
 * Lives through the nights of many seeds, on all cores.
 *
 *   npm run simulate -- [--seeds N] [--from S] [--workers K] [--first-night D] [--last-night D] [--archive-every N] [--met]
 *
 * --met prints what occurred, and how often.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { neverOccurred } from './occurrences.ts';
import { fastFolder, type Report, type SimulationOptions } from './simulate.ts';
import type { Answer } from './worker.ts';

/** From so many seeds on everything in the table of occurrences must have occurred. */
const ALL_OCCURS_SEEDS = 60;
/** Threads that help to collect garbage cost more than they save while every core has a worker of its own. */
const WORKER_FLAGS = ['--single-threaded-gc', '--min-semi-space-size=16', '--max-semi-space-size=32'];

interface Settings {
  readonly seeds: readonly number[];
  readonly workers: number;
  readonly options: SimulationOptions;
  /** Options that are no default, to say a seed again. */
  readonly given: readonly string[];
  readonly printsMet: boolean;
}

function settingsOf(words: readonly string[]): Settings {
  const { values } = parseArgs({
    args: [...words],
    options: {
      seeds: { type: 'string', default: String(ALL_OCCURS_SEEDS) },
      from: { type: 'string', default: '1' },
      workers: { type: 'string', default: String(availableParallelism()) },
      'first-night': { type: 'string' },
      'last-night': { type: 'string' },
      'archive-every': { type: 'string' },
      met: { type: 'boolean', default: false },
    },
  });
  const { seeds, from, workers, met, ...nights } = values;
  const archiveEvery = values['archive-every'];
  return {
    seeds: Array.from({ length: Number(seeds) }, (_, index) => Number(from) + index),
    workers: Math.min(Number(workers), Number(seeds)),
    options: {
      ...(values['first-night'] === undefined ? {} : { from: values['first-night'] }),
      ...(values['last-night'] === undefined ? {} : { to: values['last-night'] }),
      ...(archiveEvery === undefined ? {} : { archiveEvery: Number(archiveEvery) }),
    },
    printsMet: met,
    given: Object.entries(nights).flatMap(([name, value]) => [`--${name}`, value]),
  };
}

/** One file, so that each worker starts at once and runs what the program's own build would run. */
async function bundleWorker(folder: string): Promise<string> {
  const outfile = join(folder, 'worker.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('./worker.ts', import.meta.url))],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    banner: { js: "import { createRequire as banner } from 'node:module'; const require = banner(import.meta.url);" },
    logLevel: 'warning',
  });
  return outfile;
}

const processes: ChildProcess[] = [];

/** @param answers grows with each seed */
function liveAll({ seeds, workers, options, given }: Settings, worker: string, folder: string, answers: Answer[]) {
  const waiting = [...seeds];
  return new Promise<void>((resolve, reject) => {
    const next = (child: ChildProcess) => {
      const seed = waiting.shift();
      if (seed !== undefined) child.send(seed);
    };
    for (let index = 0; index < workers; index++) {
      const child = fork(worker, [JSON.stringify({ ...options, folder })], { execArgv: WORKER_FLAGS });
      processes.push(child);
      child.on('message', (said: Answer) => {
        answers.push(said);
        if (said.failure !== undefined) tellFailure(said, given);
        if (process.stderr.isTTY) process.stderr.write(`\r${answers.length}/${seeds.length}`);
        if (answers.length < seeds.length) return next(child);
        for (const each of processes) each.disconnect();
        resolve();
      });
      child.on('error', reject);
      child.on('exit', (code) => {
        if (answers.length < seeds.length) reject(new Error(`a worker stopped with ${code}`));
      });
      next(child);
    }
  });
}

/** At once: whoever waits for many seeds can begin to look. */
function tellFailure({ seed, failure }: Answer, given: Settings['given']): void {
  console.log(`${failure}\n  again: npm run simulate -- ${['--from', seed, '--seeds', 1, ...given].join(' ')}`);
}

function metIn(reports: readonly Report[]): ReadonlyMap<string, number> {
  const met = new Map<string, number>();
  for (const report of reports)
    for (const [what, count] of Object.entries(report.met)) met.set(what, (met.get(what) ?? 0) + count);
  return new Map([...met].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Prints what came of it. Whether all is well. */
function tell({ given, printsMet }: Settings, answers: readonly Answer[], seconds: number): boolean {
  const reports = answers.flatMap(({ report }) => (report === undefined ? [] : [report]));
  const total = (of: (report: Report) => number) => reports.reduce((sum, report) => sum + of(report), 0);
  const met = metIn(reports);
  const failures = answers.length - reports.length;
  const never = answers.length < ALL_OCCURS_SEEDS || given.length > 0 ? [] : neverOccurred(met);
  if (printsMet) console.log([...met].map(([what, count]) => `${String(count).padStart(8)}  ${what}`).join('\n'));
  if (never.length > 0) console.log(`NEVER OCCURRED: ${never.join(', ')}`);
  console.log(
    `${answers.length} seeds, ${total((each) => each.nights)} nights verified (${total((each) => each.executedAgain)} executed again), ` +
      `${total((each) => each.runs)} runs, ${total((each) => each.crashes)} crashes, ${total((each) => each.repeats)} repeats, ` +
      `${total((each) => each.sentYen)} yen sent in ${total((each) => each.payouts)} payouts, ${failures} failures, ${seconds.toFixed(0)} s`,
  );
  return failures === 0 && never.length === 0;
}

const started = performance.now();
const settings = settingsOf(process.argv.slice(2));
const answers: Answer[] = [];
const folder = mkdtempSync(join(fastFolder(), 'regionpay-simulation-'));
process.on('exit', () => {
  // Before the folder goes: a worker that still lives would write on.
  for (const each of processes) each.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.on(signal, () => {
    tell(settings, answers, (performance.now() - started) / 1000);
    process.exit(code);
  });
await liveAll(settings, await bundleWorker(folder), folder, answers);
process.exitCode = tell(settings, answers, (performance.now() - started) / 1000) ? 0 : 1;
