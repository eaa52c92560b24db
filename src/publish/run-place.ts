import { randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Locked, takeLock } from './lock.ts';
import { syncFolder } from './on-disk.ts';

/** What stands where a run is, or is to be: an empty folder is nothing, for a run takes its place. */
export type Standing = 'nothing' | 'run' | 'other' | 'file';

/** @throws the system's own error */
export function whatIsAt(target: string): Standing {
  const found = statSync(target, { throwIfNoEntry: false });
  if (found === undefined) return 'nothing';
  if (!found.isDirectory()) return 'file';
  const entries = readdirSync(target);
  if (entries.length === 0) return 'nothing';
  return entries.includes('manifest.json') && entries.includes('SHA256SUMS') ? 'run' : 'other';
}

export const lockPath = (parent: string, name: string): string => join(parent, `.${name}.lock`);
/** Where a run is put together, and where one goes that is to be deleted. */
export const stagingPath = (parent: string, name: string): string =>
  join(parent, `.${name}.partial-${process.pid}-${randomBytes(4).toString('hex')}`);
/** Where a run waits until its successor is in place. */
export const asidePath = (parent: string, name: string): string =>
  join(parent, `.${name}.old-${randomBytes(4).toString('hex')}`);

// Whole names: `o.old-x` is a run of its own, and `.o.old-x.lock` its lock.
const STAGING = /^\.(.+)\.partial-\d+-[0-9a-f]{8}$/s;
const ASIDE = /^\.(.+)\.old-[0-9a-f]{8}$/s;

/**
 * What a run that was cut off left behind, by whoever holds its lock: half-written folders go; a run that was moved aside
 * for its successor comes back where that never came, and goes where it did.
 *
 * @throws the system's own error
 */
export function recoverRun(parent: string, name: string): void {
  for (const entry of readdirSync(parent)) {
    const path = join(parent, entry);
    if (STAGING.exec(entry)?.[1] === name && isFolder(path)) rmSync(path, { recursive: true, force: true });
    if (ASIDE.exec(entry)?.[1] === name && !isFile(path)) recoverAside(path, parent, name);
  }
}

function recoverAside(aside: string, parent: string, name: string): void {
  const target = join(parent, name);
  const standing = whatIsAt(target);
  // A run that was moved aside was whole: what is none any more was being deleted.
  if (whatIsAt(aside) !== 'run' || standing === 'run') removeRun(aside, parent, name);
  else if (standing === 'nothing') {
    // An empty folder that somebody made in its place is no run: renaming replaces it.
    renameSync(aside, target);
    syncFolder(parent);
  }
  // Something else that somebody put in its place is no successor: both are left for a person to see.
}

/** Under another name first: half deleted, it must not come back as a run. */
export function removeRun(aside: string, parent: string, name: string): void {
  const away = stagingPath(parent, name);
  renameSync(aside, away);
  rmSync(away, { recursive: true, force: true });
}

const isFolder = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true;

/**
 * Runs of a folder that were moved aside for a successor that never came, put back by whoever reads them first. A writer
 * who is at it is not disturbed; and what the system will not have put back stays where it is.
 *
 * @param needed the run that is to be read, by the name of its folder; or all of them
 * @throws Locked of one that is needed: it is being replaced at this moment
 */
export function restoreRuns(folder: string, needed: string | 'all'): void {
  for (const name of movedAside(folder)) {
    try {
      restoreRun(folder, name);
    } catch (error) {
      if (error instanceof Locked && (needed === 'all' || needed === name)) throw error;
    }
  }
}

function restoreRun(folder: string, name: string): void {
  const lock = takeLock(lockPath(folder, name));
  try {
    recoverRun(folder, name);
  } finally {
    lock.release();
  }
}

/** Names of runs that lie aside, and have nothing in their place. */
function movedAside(folder: string): readonly string[] {
  const names = entriesOf(folder).flatMap((entry) => ASIDE.exec(entry)?.[1] ?? []);
  return [...new Set(names)].filter((name) => stands(join(folder, name)) === 'nothing');
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Who reads it is told why it cannot be read.
    return [];
  }
}

function stands(path: string): Standing {
  try {
    return whatIsAt(path);
  } catch {
    return 'other';
  }
}
