import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { type Lock, takeLock } from './lock.ts';
import type { FileText } from './manifest.ts';

/** The target holds something that this run must not overwrite. */
export class TargetTaken extends Error {
  readonly why: 'another run' | 'not a run folder' | 'not a folder';
  constructor(why: TargetTaken['why']) {
    super(why);
    this.why = why;
  }
}

export interface Publisher {
  /** The hidden folder that becomes the run folder; what is put there beforehand is published with the rest. */
  readonly staging: string;
  /**
   * Puts the files in place, whole or not at all. `unchanged` where the same bytes are published already.
   *
   * @throws TargetTaken, or the system's own error
   */
  publish(files: readonly FileText[], replace: boolean): 'published' | 'replaced' | 'unchanged';
  close(): void;
}

/** The steps between which a crash may fall; tests stop at each. */
export type Step = 'staged' | 'moved aside' | 'in place';

/**
 * Takes the folder's lock and clears away what a crashed run left. Everything is written to a hidden sibling, synced,
 * and renamed.
 *
 * @throws Locked, or the system's own error
 */
export function openPublisher(target: string, onStep: (step: Step) => void = () => {}): Publisher {
  const parent = dirname(target);
  const name = basename(target);
  makeFolders(parent);
  const lock: Lock = takeLock(join(parent, `.${name}.lock`));
  try {
    recoverRun(parent, name);
  } catch (error) {
    lock.release();
    throw error;
  }
  const staging = join(parent, `.${name}.partial-${process.pid}-${randomBytes(4).toString('hex')}`);
  makeStaging(staging, lock);
  return {
    staging,
    publish: (files, replace) => {
      writeAll(staging, files);
      onStep('staged');
      return moveIntoPlace(staging, target, files, replace, onStep);
    },
    close: () => {
      rmSync(staging, { recursive: true, force: true });
      lock.release();
    },
  };
}

/** Folder by folder: the recursive mkdir of Node never returns where the system will have no folder made (/proc). */
export function makeFolders(path: string): void {
  if (existsSync(path)) return;
  makeFolders(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another run may have made it in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function makeStaging(staging: string, lock: Lock): void {
  try {
    mkdirSync(staging, { mode: 0o700 });
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** What a run that was cut off left behind: half-written folders go; a run moved aside for its successor comes back. */
export function recoverRun(parent: string, name: string): void {
  for (const entry of readdirSync(parent)) {
    const path = join(parent, entry);
    if (entry.startsWith(`.${name}.partial-`)) rmSync(path, { recursive: true, force: true });
    if (!entry.startsWith(`.${name}.old-`)) continue;
    // An empty folder that somebody made in its place is no run: renaming replaces it.
    if (whatIsAt(join(parent, name)) === 'nothing') renameSync(path, join(parent, name));
    else rmSync(path, { recursive: true, force: true });
  }
}

function writeAll(folder: string, files: readonly FileText[]): void {
  const folders = new Set([folder]);
  for (const { name, content } of files) {
    const path = join(folder, name);
    if (!existsSync(dirname(path))) mkdirSync(dirname(path), { mode: 0o700 });
    folders.add(dirname(path));
    writeSynced(path, content);
  }
  for (const each of folders) syncFolder(each);
}

/** A new file that nobody else may read. */
export function writeSynced(path: string, content: FileText['content']): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeFully(file, bytesOf(content));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

const bytesOf = (content: FileText['content']): Uint8Array =>
  typeof content === 'string' ? Buffer.from(content, 'utf8') : content;

function writeFully(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}

export function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function moveIntoPlace(
  staging: string,
  target: string,
  files: readonly FileText[],
  replace: boolean,
  onStep: (step: Step) => void,
): ReturnType<Publisher['publish']> {
  const found = whatIsAt(target);
  if (found === 'run' && isIdentical(target, staging, files)) return 'unchanged';
  if (found === 'other') throw new TargetTaken('not a run folder');
  if (found === 'file') throw new TargetTaken('not a folder');
  if (found === 'run' && !replace) throw new TargetTaken('another run');
  const aside = `${dirname(target)}/.${basename(target)}.old-${randomBytes(4).toString('hex')}`;
  if (found === 'run') {
    renameSync(target, aside);
    onStep('moved aside');
  }
  renameSync(staging, target);
  syncFolder(dirname(target));
  onStep('in place');
  if (found === 'run') rmSync(aside, { recursive: true, force: true });
  return found === 'run' ? 'replaced' : 'published';
}

function whatIsAt(target: string): 'nothing' | 'run' | 'other' | 'file' {
  const found = statSync(target, { throwIfNoEntry: false });
  if (found === undefined) return 'nothing';
  if (!found.isDirectory()) return 'file';
  const entries = readdirSync(target);
  if (entries.length === 0) return 'nothing';
  return entries.includes('manifest.json') && entries.includes('SHA256SUMS') ? 'run' : 'other';
}

/** Same names, same bytes; of archived inputs the names are their hashes, and SHA256SUMS speaks for the rest. */
function isIdentical(target: string, staging: string, files: readonly FileText[]): boolean {
  const present = filesBelow(target).sort();
  const wanted = filesBelow(staging).sort();
  if (present.join('\n') !== wanted.join('\n')) return false;
  return files.every(({ name, content }) => readFileSync(join(target, name)).equals(bytesOf(content)));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
