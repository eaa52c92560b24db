import { spawnSync } from 'node:child_process';

/** Of util-linux and busybox: Node itself has no such call. */
export const FLOCK = 'flock';

/** Long past what it takes to ask; a network share whose server is gone may never answer. */
const MOST_MILLISECONDS = 10_000;

/**
 * Asks the system for flock(2) on an open file, without waiting. It belongs to the open file, not to the program that asked
 * for it: it ends when the last descriptor of it is closed, at the latest with the process, whatever ends that.
 *
 * @returns `none` where there is no such lock: no such program, or a file system that knows none
 */
export function systemLock(file: number, kind: 'exclusive' | 'shared', flock: string): 'held' | 'busy' | 'none' {
  if (process.platform === 'win32') return 'none';
  const { status } = spawnSync(flock, [kind === 'exclusive' ? '-x' : '-s', '-n', '3'], {
    stdio: ['ignore', 'ignore', 'ignore', file],
    timeout: MOST_MILLISECONDS,
  });
  if (status === 0) return 'held';
  return status === 1 ? 'busy' : 'none';
}
