import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import * as z from 'zod';

const holderSchema = z.object({
  pid: z.int().positive(),
  host: z.string(),
  /** In the kernel's own ticks; empty where the system does not tell. */
  started: z.string(),
  /** The boot of the machine whose lock is held on the open file; absent where the name counts alone. */
  kernel: z.string().optional(),
});

/** What a lock file says of the process that holds it. */
export type Holder = z.infer<typeof holderSchema>;

/** Undefined of what no holder writes. */
export function parseHolder(content: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(content));
  } catch {
    return undefined;
  }
}

/** This process, with what makes each lock that it takes another one. @param held whether the system holds it as well */
export const ownHolder = (held: boolean): Holder & { readonly id: string } => ({
  pid: process.pid,
  host: hostname(),
  started: ownStart(),
  ...(held && ownKernel() !== '' ? { kernel: ownKernel() } : {}),
  id: randomUUID(),
});

/**
 * Whether the process is no more. Of another machine nobody here can tell, and it is taken to be alive: unless it is a
 * container on this one, whose lock would be held still.
 *
 * @param free whether the system would have given us the lock
 */
export function isGone(holder: Holder, free: boolean): boolean {
  if (holder.host !== hostname()) return free && holder.kernel !== undefined && holder.kernel === ownKernel();
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  const { state, started } = statOf(holder.pid);
  // Ended, and only not yet waited for by its parent.
  if (state === 'Z' || state === 'X') return true;
  return started !== '' && holder.started !== '' && started !== holder.started;
}

let start: string | undefined;
/** It does not change: a process that makes many runs asks once. */
function ownStart(): string {
  start ??= statOf(process.pid).started;
  return start;
}

let kernel: string | undefined;
function ownKernel(): string {
  kernel ??= textOf('/proc/sys/kernel/random/boot_id').trim();
  return kernel;
}

/** Of a process, as the kernel tells it; empty where it does not. */
function statOf(pid: number): { readonly state: string; readonly started: string } {
  // The name in front, in brackets, may hold blanks and brackets.
  const fields = textOf(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');
  return { state: fields[0] ?? '', started: fields[19] ?? '' };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
