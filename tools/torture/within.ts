import processes from 'node:child_process';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FLOCK } from '../../src/publish/system-lock.ts';
import { endingFaults, terminalFaults } from './judges.ts';

/** How a call ended that was made in this process. */
export interface Ended {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Calls the built program in this process: words behind its name, in a folder. Never two at once. */
export type CallWithin = (words: readonly string[], folder: string) => Promise<Ended>;

const asCalled = (ended: Ended, words: readonly string[]) => ({
  ...ended,
  words,
  signal: undefined,
  cut: undefined,
  cpuSeconds: 0,
  wallSeconds: 0,
  peakBytes: 0,
});

/** It ends as a process may, and steers no terminal. */
export function endedFaults(ended: Ended, words: readonly string[], allowed: readonly number[]): readonly string[] {
  return [...endingFaults(asCalled(ended, words), allowed), ...terminalFaults(ended)];
}

interface Start {
  readonly load: (part: 'whole', compiled: undefined) => { readonly main: (argv: readonly string[]) => Promise<void> };
}

/** The program as users run it, without what it takes to start a process. */
export async function loadProgram(program: string): Promise<CallWithin> {
  const { load } = (await import(pathToFileURL(join(dirname(program), '../dist/cli/start.cjs')).href)) as Start;
  const { main } = load('whole', undefined);
  return async (words, folder) => {
    process.chdir(folder);
    const stdout = divert(process.stdout);
    const stderr = divert(process.stderr);
    const before = process.exitCode;
    process.exitCode = undefined;
    const logged = newlyLogged();
    try {
      await main(['node', 'regionpay-reconcile', ...words]);
      return { exit: Number(process.exitCode ?? 0), stdout: stdout.text(), stderr: logged() + stderr.text() };
    } finally {
      process.exitCode = before;
      stdout.end();
      stderr.end();
      // It listens to its streams each time, and would be told to be forgetful.
      process.stdout.removeAllListeners('error');
      process.stderr.removeAllListeners('error');
    }
  };
}

/**
 * From here on there is no flock for this process, as on a system without one: to start it, a process that has come to a few
 * hundred megabytes is copied, which takes as long as a fifth of a small run. Whoever attacks locks, and what is called as
 * a process, has it.
 */
export function findNoFlock(): void {
  const own = processes.spawnSync;
  const none = { pid: 0, output: [], stdout: '', stderr: '', status: null, signal: null };
  processes.spawnSync = ((file: string, ...rest: []) =>
    file === FLOCK ? { ...none, error: new Error(`spawnSync ${FLOCK} ENOENT`) } : own(file, ...rest)) as typeof own;
}

function divert(stream: NodeJS.WriteStream): { text(): string; end(): void } {
  const chunks: Buffer[] = [];
  const own = stream.write;
  stream.write = ((chunk: string | Uint8Array, encoding?: unknown, done?: unknown) => {
    chunks.push(Buffer.from(chunk as string));
    const told = typeof encoding === 'function' ? encoding : done;
    if (typeof told === 'function') told();
    return true;
  }) as typeof stream.write;
  return {
    text: () => Buffer.concat(chunks).toString('utf8'),
    end: () => {
      stream.write = own;
    },
  };
}

/** A log goes to descriptor 2, past the stream: what has come there since, where it is a file. */
function newlyLogged(): () => string {
  const from = sizeOfLog();
  return () => {
    const bytes = Buffer.alloc(sizeOfLog() - from);
    if (bytes.length === 0) return '';
    const file = openSync('/proc/self/fd/2', 'r');
    try {
      readSync(file, bytes, 0, bytes.length, from);
    } finally {
      closeSync(file);
    }
    return bytes.toString('utf8');
  };
}

function sizeOfLog(): number {
  const found = fstatSync(2);
  return found.isFile() ? found.size : 0;
}
