import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * Which thread works when: a run is watched from outside, by what Linux knows of its threads (`schedstat` of proc(5), in
 * nanoseconds), and its phases are the marks that the program sets as it goes (`performance.mark`), told at its end by
 * measure.ts.
 */

/** Nanoseconds that a thread has run so far. */
export interface Sample {
  /** Milliseconds since the epoch, as `performance.timeOrigin` counts. */
  readonly at: number;
  readonly ranNs: ReadonlyMap<number, number>;
}

/** What measure.ts leaves of a run. */
export interface Marks {
  readonly marks: readonly { readonly name: string; readonly at: number }[];
  /** Threads that run the program beside the main one. */
  readonly readers: readonly number[];
}

export interface Watched extends Marks {
  /** The main thread has the number of its process. */
  readonly pid: number;
  readonly begun: number;
  readonly ended: number;
  readonly samples: readonly Sample[];
}

const EVERY_MS = 10;

/** Runs a command to its end, watched. @throws Error where it fails, or where there is no /proc */
export async function watch(
  command: readonly string[],
  env: NodeJS.ProcessEnv,
  marksOf: () => Marks,
): Promise<Watched> {
  const begun = performance.timeOrigin + performance.now();
  const child = spawn(process.execPath, command, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const { pid } = child;
  if (pid === undefined) throw new Error('the program was not started');
  let told = '';
  child.stderr.on('data', (part) => {
    told += part;
  });
  const samples: Sample[] = [];
  const timer = setInterval(() => samples.push(sampleOf(pid)), EVERY_MS);
  const status = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  clearInterval(timer);
  if (status !== 0) throw new Error(`a watched run ended with ${status}:\n${told}`);
  return { ...marksOf(), pid, begun, ended: performance.timeOrigin + performance.now(), samples };
}

function sampleOf(pid: number): Sample {
  const at = performance.timeOrigin + performance.now();
  const ranNs = new Map<number, number>();
  for (const thread of threadsOf(pid)) {
    try {
      ranNs.set(Number(thread), Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]));
    } catch {
      // It has ended meanwhile.
    }
  }
  return { at, ranNs };
}

function threadsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}
