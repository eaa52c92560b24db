import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';

/** Somebody else is writing this run folder. */
export class Locked extends Error {
  readonly path: string;
  readonly holder: string;
  constructor(path: string, holder: string) {
    super('locked');
    this.path = path;
    this.holder = holder;
  }
}

const holderSchema = z.object({ pid: z.int(), host: z.string(), started: z.string() });
type Holder = z.infer<typeof holderSchema>;

export interface Lock {
  release(): void;
}

const ATTEMPTS = 5;

/**
 * One writer at a time. The lock file names its process; where that process is dead, or its number has gone to another
 * one since, the lock is taken over.
 *
 * @throws Locked
 */
export function takeLock(path: string): Lock {
  const own: Holder = { pid: process.pid, host: hostname(), started: ownStart() };
  const content = JSON.stringify(own);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (create(path, content)) return { release: () => release(path, content) };
    const found = readLock(path);
    if (found === undefined) continue;
    const holder = parseHolder(found);
    // A lock is made with its content: an empty one is what a crash of the machine left.
    const dead = found === '' || (holder !== undefined && !isAlive(holder));
    if (!dead) throw new Locked(path, describe(holder));
    takeAway(path, found);
  }
  throw new Locked(path, '?');
}

const describe = (holder: Holder | undefined): string =>
  holder === undefined ? '?' : `${holder.host} pid ${holder.pid}`;

/** Makes the lock with its content in one step, so that nobody ever meets an empty one. */
function create(path: string, content: string): boolean {
  const draft = `${path}.${randomUUID()}`;
  try {
    const file = openSync(draft, 'wx', 0o600);
    try {
      writeSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readLock(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseHolder(content: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(content));
  } catch {
    return undefined;
  }
}

function isAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
  const started = startOf(holder.pid);
  return started === '' || holder.started === '' || started === holder.started;
}

let known: string | undefined;
/** It does not change: a process that makes many runs asks once. */
function ownStart(): string {
  known ??= startOf(process.pid);
  return known;
}

/** When a process began, in the kernel's own ticks; empty where the system does not tell. */
function startOf(pid: number): string {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields[19] ?? '';
  } catch {
    return '';
  }
}

/** Moves a dead lock aside first: of two processes that both found it dead, only one can. */
function takeAway(path: string, content: string): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = readFileSync(aside, 'utf8');
  // Another process took it over in between: give its lock back.
  if (moved !== content) renameSync(aside, path);
  else rmSync(aside, { force: true });
}

function release(path: string, content: string): void {
  if (readLock(path) === content) rmSync(path, { force: true });
}
