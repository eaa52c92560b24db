import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Attack, Attempt, Ground } from './attack.ts';
import { ownCpuSeconds } from './called.ts';
import type { Answer } from './worker.ts';

/** What an attack came to. */
export interface Outcome {
  readonly attack: Attack;
  readonly seed: number;
  readonly cases: number;
  /** Cases in which something did not hold. */
  readonly broken: number;
  readonly seconds: number;
  /** Why it was not run. */
  readonly notRun: string | undefined;
}

/** Told of each case in which something did not hold. */
export type Tell = (index: number, attempt: Attempt) => void;

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));
/** Threads that help to collect garbage cost more than they save while every core has a worker of its own. */
const WORKER_FLAGS = ['--single-threaded-gc', '--min-semi-space-size=16', '--max-semi-space-size=32'];
const MOST_CPU_SECONDS = 10;
const LOOK_MS = 500;

/** Does an attack's cases, by several workers. */
export async function runAttack(
  attack: Attack,
  cases: readonly number[],
  ground: Ground,
  workers: number,
  tell: Tell,
): Promise<Outcome> {
  const { seed } = ground;
  const notRun = attack.impossible?.();
  if (notRun !== undefined) return { attack, seed, cases: 0, broken: 0, seconds: 0, notRun };
  const started = performance.now();
  const counts = { cases: 0, broken: 0 };
  const waiting = [...cases].reverse();
  const folder = join(ground.folder, attack.name);
  mkdirSync(folder);
  const count = Math.min(attack.alone === true ? 1 : workers, cases.length);
  const take = (index: number, attempt: Attempt): void => {
    counts.cases += attempt.counts ?? 1;
    if (attempt.faults.length === 0) return;
    counts.broken++;
    tell(index, attempt);
  };
  await Promise.all(
    Array.from({ length: count }, (_, place) => {
      const own = join(folder, `worker-${place}`);
      mkdirSync(own);
      return workThrough(attack, waiting, { ...ground, folder: own }, take);
    }),
  );
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  return { attack, seed, ...counts, seconds: (performance.now() - started) / 1000, notRun: undefined };
}

/** One worker after the other, until no case waits: one that hangs or dies has done its last. */
async function workThrough(attack: Attack, waiting: number[], ground: Ground, take: Tell): Promise<void> {
  while (waiting.length > 0) {
    const before = waiting.length;
    await workUntilItEnds(attack, waiting, ground, take);
    if (waiting.length === before) throw new Error(`${attack.name} cannot begin`);
  }
}

function workUntilItEnds(attack: Attack, waiting: number[], ground: Ground, take: Tell): Promise<void> {
  // What is said there by the program, called in the worker, is judged, too.
  const log = join(ground.folder, 'stderr');
  const stderr = openSync(log, 'a+');
  const child = fork(WORKER, [JSON.stringify({ ...ground, attack: attack.name })], {
    stdio: ['ignore', 'inherit', stderr, 'ipc'],
    execArgv: [...process.execArgv, ...WORKER_FLAGS],
  });
  closeSync(stderr);
  let index: number | undefined;
  let hung = false;
  return new Promise((resolve, reject) => {
    const watch = watchOwnCpu(child, attack.mostCpuSeconds ?? MOST_CPU_SECONDS, () => {
      hung = true;
      child.kill('SIGKILL');
    });
    const next = (): void => {
      index = waiting.pop();
      watch.begin();
      if (index === undefined) child.disconnect();
      else child.send(index);
    };
    child.on('message', ({ index: done, attempt }: Answer) => {
      take(done, attempt);
      next();
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      watch.end();
      if (index !== undefined) {
        const how = hung ? 'is still at work after its limit of CPU' : `ended its process: ${code ?? signal}`;
        take(index, { label: 'in the process of the harness', faults: [how, readFileSync(log, 'utf8').slice(-1000)] });
      }
      resolve();
    });
    next();
  });
}

/** Processes that a case starts are watched where they are started; here it is the worker alone. */
function watchOwnCpu(child: ChildProcess, mostSeconds: number, cut: () => void): { begin(): void; end(): void } {
  const own = (): number => (child.pid === undefined ? 0 : ownCpuSeconds(child.pid));
  let [from, begins] = [0, true];
  const timer = setInterval(() => {
    // What a worker takes to begin is not the case's.
    if (begins) [from, begins] = [own(), false];
    else if (own() - from > mostSeconds) cut();
  }, LOOK_MS);
  return {
    begin: () => {
      begins = true;
    },
    end: () => clearInterval(timer),
  };
}
