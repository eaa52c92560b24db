/**
 * Lives through the nights of many seeds, on several processes.
 *
 *   tsx test/simulation/run.ts [--seeds N] [--from S] [--workers K] [--first-night D] [--last-night D] [--archive-every N]
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fastFolder, type Report, type SimulationOptions, simulate } from './simulate.ts';

const WORKER = '--worker';
/** Seeds that one process lives at a time: while one waits for a file, the other works. */
const LANES = 2;

interface Answer {
  readonly seed: number;
  readonly report?: Report;
  readonly failure?: string;
}

async function answer(seed: number, options: SimulationOptions): Promise<Answer> {
  try {
    return { seed, report: await simulate(seed, options) };
  } catch (error) {
    const { message, cause } = error as Error;
    const bug = cause instanceof Error && cause.name === 'Error' && !/^[A-Z_]+: /.test(cause.message);
    return { seed, failure: bug ? `${message}\n${cause.stack}` : message };
  }
}

function work(options: SimulationOptions): void {
  process.on('message', (seed: number) => {
    answer(seed, options).then((said) => process.send?.(said));
  });
  // All is said, or nobody is left to say it to.
  process.on('disconnect', () => process.exit());
}

function distribute(seeds: readonly number[], workers: number, folder: string): Promise<readonly Answer[]> {
  const waiting = [...seeds];
  const answers: Answer[] = [];
  const processes: ChildProcess[] = [];
  return new Promise((resolve, reject) => {
    const next = (child: ChildProcess) => {
      const seed = waiting.shift();
      if (seed !== undefined) child.send(seed);
    };
    for (let index = 0; index < workers; index++) {
      const child = fork(fileURLToPath(import.meta.url), [WORKER, '--folder', folder, ...process.argv.slice(2)]);
      processes.push(child);
      child.on('message', (said: Answer) => {
        answers.push(said);
        if (said.failure !== undefined) console.error(said.failure);
        if (process.stderr.isTTY) process.stderr.write(`\r${answers.length}/${seeds.length}`);
        if (answers.length < seeds.length) return next(child);
        for (const each of processes) each.disconnect();
        resolve(answers);
      });
      child.on('error', reject);
      child.on('exit', (code) => {
        if (answers.length < seeds.length) reject(new Error(`a worker stopped with ${code}`));
      });
      for (let lane = 0; lane < LANES; lane++) next(child);
    }
  });
}

function printSummary(answers: readonly Answer[], seconds: number): void {
  const reports = answers.flatMap(({ report }) => (report === undefined ? [] : [report]));
  const total = (of: (report: Report) => number) => reports.reduce((sum, report) => sum + of(report), 0);
  const met = new Map<string, number>();
  for (const report of reports)
    for (const [what, count] of Object.entries(report.met)) met.set(what, (met.get(what) ?? 0) + count);
  const failures = answers.filter(({ failure }) => failure !== undefined);
  console.log(
    [
      `${answers.length} seeds, ${total((each) => each.nights)} nights in ${seconds.toFixed(0)} s`,
      `${total((each) => each.runs)} runs: ${total((each) => each.crashes)} crashed and were repeated, ` +
        `${total((each) => each.repeats)} repeated unchanged, ${total((each) => each.replaced)} replaced, ` +
        `${total((each) => each.missed)} nights missed`,
      `every night verified, ${total((each) => each.executedAgain)} executed again from their archive`,
      `${total((each) => each.payouts)} payouts, ${total((each) => each.sentYen)} yen`,
      `met (coupon-nights): ${[...met]
        .sort()
        .map(([what, count]) => `${what} ${count}`)
        .join(', ')}`,
      failures.length === 0
        ? 'nothing failed'
        : `${failures.length} FAILED, seeds ${failures.map(({ seed }) => seed).sort((a, b) => a - b)}`,
    ].join('\n'),
  );
}

const { values } = parseArgs({
  args: process.argv.slice(2).filter((word) => word !== WORKER),
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(availableParallelism()) },
    'first-night': { type: 'string' },
    'last-night': { type: 'string' },
    'archive-every': { type: 'string' },
    folder: { type: 'string' },
  },
});
const options: SimulationOptions = {
  ...(values['first-night'] === undefined ? {} : { from: values['first-night'] }),
  ...(values['last-night'] === undefined ? {} : { to: values['last-night'] }),
  ...(values['archive-every'] === undefined ? {} : { archiveEvery: Number(values['archive-every']) }),
  ...(values.folder === undefined ? {} : { folder: values.folder }),
};

if (process.argv.includes(WORKER)) work(options);
else {
  const started = performance.now();
  const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => Number(values.from) + index);
  const folder = mkdtempSync(join(fastFolder(), 'regionpay-simulation-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.on(signal, () => process.exit(code));
  const answers = await distribute(seeds, Math.min(Number(values.workers), seeds.length), folder);
  printSummary(answers, (performance.now() - started) / 1000);
  process.exitCode = answers.some(({ failure }) => failure !== undefined) ? 1 : 0;
}
