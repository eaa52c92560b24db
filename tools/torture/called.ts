import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** How a call of the program ended. */
export interface Called {
  readonly words: readonly string[];
  readonly exit: number | undefined;
  readonly signal: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** CPU of the program and all that it started, as last seen. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly peakBytes: number;
  /** Why it was ended from here. */
  readonly cut: string | undefined;
}

export interface Limits {
  readonly cpuSeconds: number;
  /** Without any CPU taken: it waits for what never comes. */
  readonly stillSeconds: number;
  readonly bytes: number;
}

export interface CallOptions {
  readonly folder: string;
  /** Words in front of `node`: a tracer, a limit. */
  readonly under?: readonly string[];
  /** Flags of Node. */
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly limits?: Partial<Limits>;
  /** Told once it runs. */
  readonly onStart?: (child: ChildProcess) => void;
  /** What comes in. */
  readonly input?: string;
}

/** A hang is told by CPU, not by the clock: other work on the machine makes nothing wrong. */
const LIMITS: Limits = { cpuSeconds: 10, stillSeconds: 30, bytes: 3e9 };
const MOST_KEPT_BYTES = 64e6;
const LOOK_MS = 50;
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;

/** Calls the program as a process of its own group, and ends it where it passes its limits. */
export function callProgram(program: string, words: readonly string[], options: CallOptions): Promise<Called> {
  const limits = { ...LIMITS, ...options.limits };
  const [command = '', ...rest] = [
    ...(options.under ?? []),
    process.execPath,
    ...(options.flags ?? []),
    program,
    ...words,
  ];
  const child = spawn(command, rest, {
    cwd: options.folder,
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC', ...options.environment },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  options.onStart?.(child);
  const [stdout, stderr] = [child.stdout, child.stderr].map(collect) as [() => string, () => string];
  const watch = watchOver(child, limits);
  const started = performance.now();
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const { cpuSeconds, peakBytes, cut } = watch.stop();
      const wallSeconds = (performance.now() - started) / 1000;
      const ending = { exit: code ?? undefined, signal: signal ?? undefined };
      resolve({ words, ...ending, stdout: stdout(), stderr: stderr(), cpuSeconds, wallSeconds, peakBytes, cut });
    });
  });
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= MOST_KEPT_BYTES) chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

interface Seen {
  readonly cpuSeconds: number;
  readonly peakBytes: number;
  readonly cut: string | undefined;
}

function watchOver(child: ChildProcess, limits: Limits): { stop(): Seen } {
  let seen: Seen = { cpuSeconds: 0, peakBytes: 0, cut: undefined };
  let [busyAt, busyCpu] = [performance.now(), 0];
  const look = (): void => {
    if (child.pid === undefined || child.exitCode !== null) return;
    const { cpuSeconds, bytes } = usedBy(child.pid);
    if (cpuSeconds - busyCpu > 0.05) [busyAt, busyCpu] = [performance.now(), cpuSeconds];
    const stillSeconds = (performance.now() - busyAt) / 1000;
    const cut = passed({ cpuSeconds, stillSeconds, bytes }, limits);
    seen = {
      cpuSeconds: Math.max(seen.cpuSeconds, cpuSeconds),
      peakBytes: Math.max(seen.peakBytes, bytes),
      cut: seen.cut ?? cut,
    };
    if (cut !== undefined) endGroup(child);
  };
  const timer = setInterval(look, LOOK_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return seen;
    },
  };
}

function passed(used: Limits, limits: Limits): string | undefined {
  if (used.cpuSeconds > limits.cpuSeconds) return `still at work after ${limits.cpuSeconds} s of CPU`;
  if (used.stillSeconds > limits.stillSeconds) return `waits for ${limits.stillSeconds} s, and does nothing`;
  if (used.bytes > limits.bytes) return `takes more than ${Math.round(limits.bytes / 1e6)} MB`;
  return undefined;
}

/** Kills a process that was started here, with all of its group. */
export function endGroup(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}

/** What a process and those below it have used; nothing where the system does not tell. */
export function usedBy(pid: number): { readonly cpuSeconds: number; readonly bytes: number } {
  const used = processesOf(pid).map(statOf);
  return {
    cpuSeconds: used.reduce((sum, { own, ended }) => sum + own + ended, 0),
    bytes: used.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** CPU of a process alone. */
export const ownCpuSeconds = (pid: number): number => statOf(pid).own;

interface Stat {
  /** Seconds of CPU, of itself and of children that have ended. */
  readonly own: number;
  readonly ended: number;
  readonly bytes: number;
}

function statOf(pid: number): Stat {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
      .map(Number);
    const seconds = (at: number): number => ((fields[at] ?? 0) + (fields[at + 1] ?? 0)) / TICKS_PER_SECOND;
    return { own: seconds(11), ended: seconds(13), bytes: (fields[21] ?? 0) * PAGE_BYTES };
  } catch {
    return { own: 0, ended: 0, bytes: 0 };
  }
}

/** A process and its descendants. */
export function processesOf(pid: number): readonly number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return [pid, ...(children === '' ? [] : children.split(' ').map(Number).flatMap(processesOf))];
  } catch {
    return [pid];
  }
}
