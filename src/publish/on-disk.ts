import { closeSync, existsSync, fsync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { whereSignalsAreSeen } from '../intake/signals.ts';

/** What a file is to hold: bytes, or a text as UTF-8. */
export type Content = string | Uint8Array;

export const bytesOf = (content: Content): Uint8Array =>
  typeof content === 'string' ? Buffer.from(content, 'utf8') : content;

/**
 * Folder by folder, each on disk in the one above: the recursive mkdir of Node never returns where the system will have no
 * folder made (/proc).
 *
 * @throws the system's own error
 */
export function makeFolders(path: string): void {
  if (existsSync(path)) return;
  const above = dirname(path);
  makeFolders(above);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another run may have made it in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  syncFolder(above);
}

/** A new file that nobody else may read. @throws the system's own error */
export function writeSynced(path: string, content: Content): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeWhole(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function writeWhole(file: number, content: Content): void {
  const bytes = bytesOf(content);
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}

/** A file of several that are written together. */
export interface FileOnDisk {
  readonly path: string;
  readonly content: Content;
}

const synced = promisify(fsync);
/** As many as Node waits for beside the program. */
const WAITED_FOR_AT_ONCE = 4;

/**
 * New files that nobody else may read. A disk that is asked for several at once answers for them together: twenty small files
 * take a third of the time that they take one after the other.
 *
 * @throws the system's own error, or what the signal was aborted with, the first of them, once nothing is being written any
 * more
 */
export async function writeAllSynced(files: readonly FileOnDisk[], signal?: AbortSignal): Promise<void> {
  const left = [...files].reverse();
  const failures: unknown[] = [];
  const writeNext = async (): Promise<void> => {
    for (let file = left.pop(); file !== undefined && failures.length === 0; file = left.pop())
      await writeThenSync(file, signal).catch((error: unknown) => failures.push(error));
  };
  await Promise.all(Array.from({ length: WAITED_FOR_AT_ONCE }, writeNext));
  if (failures.length > 0) throw failures[0];
}

/** So many bytes are written in a few milliseconds. */
const BYTES_AT_ONCE = 1 << 23;

async function writeThenSync({ path, content }: FileOnDisk, signal: AbortSignal | undefined): Promise<void> {
  const file = openSync(path, 'wx', 0o600);
  try {
    const bytes = bytesOf(content);
    writeWhole(file, bytes.subarray(0, BYTES_AT_ONCE));
    for (let from = BYTES_AT_ONCE; from < bytes.length; from += BYTES_AT_ONCE) {
      await whereSignalsAreSeen();
      signal?.throwIfAborted();
      writeWhole(file, bytes.subarray(from, from + BYTES_AT_ONCE));
    }
    await synced(file);
  } finally {
    closeSync(file);
  }
}

/** File systems that know no such thing for folders: there is nothing to wait for then. */
const NOT_FOR_FOLDERS: ReadonlySet<string | undefined> = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Has the names in a folder written to disk. @throws the system's own error */
export function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } catch (error) {
    if (!NOT_FOR_FOLDERS.has((error as NodeJS.ErrnoException).code)) throw error;
  } finally {
    closeSync(folder);
  }
}

/** A file stands in its place, and the system would not confirm that its name is on disk: nobody may be told that it is not there. */
export class NotConfirmed extends Error {
  readonly path: string;

  constructor(path: string, cause: unknown) {
    super('a file is in its place, and perhaps not on disk', { cause });
    this.path = path;
  }
}

/** Of a file that has just been put in its place. @throws NotConfirmed */
export function syncFolderOf(path: string): void {
  try {
    syncFolder(dirname(path));
  } catch (error) {
    throw new NotConfirmed(path, error);
  }
}
