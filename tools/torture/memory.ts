import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Attack, Attempt, Form, Ground, Opened } from './attack.ts';
import { callProgram } from './called.ts';
import { endingFaults } from './judges.ts';
import { loadProgram } from './within.ts';

const ROWS: Readonly<Record<Form, string>> = { short: '20000', usual: '100000', long: '10000000' };
const RUNS = 10;
/** Caches fill in the first runs. */
const SETTLED = 3;
const MOST_GROWTH_BYTES = 48e6;

const words = (out: string, ...more: readonly string[]): readonly string[] => [
  ...['run', '--issuance', 'in/issuance.csv', '--transactions', 'in/transactions.csv'],
  ...[
    '--merchant-reports',
    'in/merchant_reports.csv',
    '--claims',
    'in/claims.csv',
    '--applications',
    'in/applications.csv',
  ],
  ...['--as-of', '2023-05-15', '--quiet', '--lang', 'en', '--out', out, '--replace', ...more],
];

const made = (rows: string): readonly string[] => [
  'synth',
  '--out',
  'in',
  '--transactions',
  rows,
  '--replace',
  '--quiet',
  '--lang',
  'en',
];

function held(): { readonly bytes: number; readonly descriptors: number } {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return { bytes: heapUsed + external + arrayBuffers, descriptors: readdirSync('/proc/self/fd').length };
}

/** Run after run in one process. */
async function tenInARow(ground: Ground): Promise<Attempt> {
  const call = await loadProgram(ground.program);
  const folder = join(ground.folder, 'flat');
  mkdirSync(folder, { recursive: true });
  await call(made(ROWS[ground.form]), folder);
  const after: ReturnType<typeof held>[] = [];
  const faults: string[] = [];
  for (let run = 0; run < RUNS; run++) {
    const { exit, stderr } = await call(words(`o${run % 2}`), folder);
    if (exit !== 0) faults.push(`run ${run + 1}: exit ${exit}: ${stderr.slice(0, 200)}`);
    after.push(held());
  }
  const [early, late] = [after[SETTLED - 1], after.at(-1)];
  if (early === undefined || late === undefined) throw new Error('no run');
  const grown = late.bytes - early.bytes;
  if (grown > MOST_GROWTH_BYTES)
    faults.push(`holds ${Math.round(grown / 1e6)} MB more after run ${RUNS} than after run ${SETTLED}`);
  if (late.descriptors > early.descriptors)
    faults.push(
      `holds ${late.descriptors - early.descriptors} descriptors more after run ${RUNS} than after run ${SETTLED}`,
    );
  rmSync(folder, { recursive: true, force: true });
  return { label: `${RUNS} runs of ${ROWS[ground.form]} transactions in one process`, faults, counts: RUNS };
}

const SMALL_BYTES = 512e6;

/** One core, and 512 MB that nothing may pass, as the system counts them. */
async function smallMachine(ground: Ground): Promise<Attempt> {
  const folder = join(ground.folder, 'small');
  mkdirSync(folder, { recursive: true });
  await callProgram(ground.program, made(ROWS[ground.form]), { folder, limits: { cpuSeconds: 600 } });
  const called = await callProgram(ground.program, words('o', '--memory', '256MiB'), {
    folder,
    under: spawnSync('taskset', ['-c', '0', 'true']).status === 0 ? ['taskset', '-c', '0'] : [],
    flags: ['--max-old-space-size=256'],
    limits: { bytes: SMALL_BYTES, cpuSeconds: 600 },
  });
  rmSync(folder, { recursive: true, force: true });
  const label = `${ROWS[ground.form]} transactions on one core in 512 MB (at most ${Math.round(called.peakBytes / 1e6)} MB)`;
  return { label, faults: endingFaults(called, [0]) };
}

const CASES = [tenInARow, smallMachine];

async function open(ground: Ground): Promise<Opened> {
  return { attempt: (index) => (CASES[index % CASES.length] as (typeof CASES)[number])(ground) };
}

export const MEMORY: Attack = {
  name: 'memory',
  done: 'ten runs of a million transactions in a row in one process; one on one core (`taskset`) in 512 MB (`--memory 256MiB`, Node with `--max-old-space-size=256`, what is resident watched)',
  held: 'what the process holds, and its descriptors, are after the tenth run as after the third; 512 MB are never passed',
  cases: { short: 0, usual: 2, long: 2 },
  alone: true,
  mostCpuSeconds: 3_600,
  open,
};
