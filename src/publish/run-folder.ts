import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { takeLock } from './lock.ts';
import type { FileText } from './manifest.ts';
import { bytesOf, makeFolders, syncFolder, writeAllSynced } from './on-disk.ts';
import { asidePath, lockPath, recoverRun, removeRun, stagingPath, whatIsAt } from './run-place.ts';

/** The target holds something that this run must not overwrite, or cannot. */
export class TargetTaken extends Error {
  readonly why: 'another run' | 'not a run folder' | 'not a folder' | 'a mount point';
  constructor(why: TargetTaken['why']) {
    super(why);
    this.why = why;
  }
}

/** The run stands in its place, but the system would not say that this is on disk. */
export class Unconfirmed extends Error {
  readonly done: Done;
  constructor(done: Done, cause: unknown) {
    super('unconfirmed', { cause });
    this.done = done;
  }
}

/** The run that was moved aside could not be put back: nothing stands in its place until the next command looks there. */
export class LeftAside extends Error {
  readonly aside: string;
  constructor(aside: string, cause: unknown) {
    super('left aside', { cause });
    this.aside = aside;
  }
}

export type Done = 'published' | 'replaced' | 'unchanged';

export interface Publisher {
  /** The hidden folder that becomes the run folder; what is put there beforehand is published with the rest. */
  readonly staging: string;
  /** Writes the files into the staging folder, each on disk. @throws the system's own error, or what the signal was aborted with */
  write(files: readonly FileText[], signal?: AbortSignal): Promise<void>;
  /**
   * Puts the files that were written in place, whole or not at all. `unchanged` where the same bytes are published already.
   *
   * @throws TargetTaken, LeftAside, or the system's own error: the run is not published, and what stood there before still
   * does, of LeftAside beside its place; Unconfirmed: it is published
   */
  publish(files: readonly FileText[], replace: boolean): Done;
  /** Never throws: what cannot be removed, the next run clears away. */
  close(): void;
}

/** The steps between which a crash may fall; tests stop at each. */
export type Step = 'staged' | 'moved aside' | 'in place';

/**
 * Takes the folder's lock and clears away what a crashed run left. Everything is written to a hidden sibling, synced,
 * and renamed.
 *
 * @throws Locked, TargetTaken where nothing could ever be put there, or the system's own error
 */
export function openPublisher(target: string, onStep: (step: Step) => void = () => {}): Publisher {
  const parent = dirname(target);
  const name = basename(target);
  makeFolders(parent);
  const lock = takeLock(lockPath(parent, name));
  const staging = stagingPath(parent, name);
  try {
    recoverRun(parent, name);
    refuseUnusable(target);
    mkdirSync(staging, { mode: 0o700 });
  } catch (error) {
    lock.release();
    throw error;
  }
  return {
    staging,
    write: async (files, signal) => {
      await writeAll(staging, files, signal);
      onStep('staged');
    },
    publish: (files, replace) => moveIntoPlace(staging, target, files, replace, onStep),
    close: () => {
      removeIfCan(() => rmSync(staging, { recursive: true, force: true }));
      lock.release();
    },
  };
}

/** What can be told before the work is told before it. @throws TargetTaken */
function refuseUnusable(target: string): void {
  const standing = whatIsAt(target);
  if (standing === 'other') throw new TargetTaken('not a run folder');
  if (standing === 'file') throw new TargetTaken('not a folder');
  const found = lstatSync(target, { throwIfNoEntry: false });
  if (found === undefined) return;
  // A link to nothing, or to an empty folder: no folder can be renamed onto it.
  if (standing === 'nothing' && !found.isDirectory()) throw new TargetTaken('not a folder');
  if (found.isDirectory() && found.dev !== statSync(dirname(target)).dev) throw new TargetTaken('a mount point');
}

function removeIfCan(remove: () => void): void {
  try {
    remove();
  } catch {
    // The next run clears it away; what was done, or was refused, stays so.
  }
}

async function writeAll(folder: string, files: readonly FileText[], signal: AbortSignal | undefined): Promise<void> {
  const inPlace = files.map(({ name, content }) => ({ path: join(folder, name), content }));
  const folders = new Set([folder, ...inPlace.map(({ path }) => dirname(path))]);
  for (const each of folders) if (!existsSync(each)) mkdirSync(each, { mode: 0o700 });
  await writeAllSynced(inPlace, signal);
  for (const each of folders) syncFolder(each);
}

function moveIntoPlace(
  staging: string,
  target: string,
  files: readonly FileText[],
  replace: boolean,
  onStep: (step: Step) => void,
): Done {
  const parent = dirname(target);
  const standing = whatIsAt(target);
  if (standing === 'other') throw new TargetTaken('not a run folder');
  if (standing === 'file') throw new TargetTaken('not a folder');
  if (standing === 'nothing') {
    renameSync(staging, target);
    confirm('published', parent);
    onStep('in place');
    return 'published';
  }
  if (isIdentical(target, staging, files)) {
    // It may be there because a run before could not be confirmed.
    confirm('unchanged', parent);
    return 'unchanged';
  }
  if (!replace) throw new TargetTaken('another run');
  const aside = exchange(staging, target, onStep);
  // Until the successor is on disk, the former run stays.
  confirm('replaced', parent);
  onStep('in place');
  removeIfCan(() => removeRun(aside, parent, basename(target)));
  return 'replaced';
}

/** Puts a run in the place of another, which lies aside then; if that fails, the other one is back. @throws LeftAside */
function exchange(staging: string, target: string, onStep: (step: Step) => void): string {
  const aside = asidePath(dirname(target), basename(target));
  renameSync(target, aside);
  onStep('moved aside');
  try {
    renameSync(staging, target);
  } catch (error) {
    try {
      renameSync(aside, target);
    } catch {
      throw new LeftAside(aside, error);
    }
    throw error;
  }
  return aside;
}

/** @throws Unconfirmed */
function confirm(done: Done, parent: string): void {
  try {
    syncFolder(parent);
  } catch (error) {
    throw new Unconfirmed(done, error);
  }
}

/** Same names, same bytes; of archived inputs the names are their hashes, and SHA256SUMS speaks for the rest. */
function isIdentical(target: string, staging: string, files: readonly FileText[]): boolean {
  const present = filesBelow(target).sort();
  const wanted = filesBelow(staging).sort();
  if (present.join('\n') !== wanted.join('\n')) return false;
  return files.every(({ name, content }) => {
    const path = join(target, name);
    const bytes = bytesOf(content);
    return statSync(path).size === bytes.length && readFileSync(path).equals(bytes);
  });
}

/** What is neither file nor folder is no file of a run, whatever its name. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => `${relative(folder, join(entry.parentPath, entry.name))}${entry.isFile() ? '' : '/'}`);
}
