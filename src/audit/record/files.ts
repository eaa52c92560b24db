import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { onDisk } from '../../intake/spill/unlinked-file.ts';

/** What all of audit knows of a disk: nothing else of it opens a file. Each throws what the system says. */

export const readText = (path: string): string => readFileSync(path, 'utf8');

const READ_BYTES = 1 << 20;

/** The bytes of a large file, a piece at a time: each is gone with the next. */
export function* piecesOf(path: string): Generator<Uint8Array, void> {
  const file = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(READ_BYTES);
    for (let count = readSync(file, bytes); count > 0; count = readSync(file, bytes)) yield bytes.subarray(0, count);
  } finally {
    closeSync(file);
  }
}

export const isThere = (path: string): boolean => existsSync(path);

export const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

/** Where a file is that a path leads to, through whatever links; undefined where there is none. */
export function fileBehind(path: string): string | undefined {
  try {
    return isFile(path) ? realpathSync(path) : undefined;
  } catch {
    // Gone in between.
    return undefined;
  }
}

/** Folders that lie in a folder, by their paths. */
export const foldersIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));

/** A new folder for what is kept while a command runs. @throws DiskFailure */
export const scratchFolder = (place: string, name: string): string => onDisk(() => mkdtempSync(join(place, name)));

/** A file that nobody else may read. @throws DiskFailure */
export const keep = (path: string, content: Uint8Array): void =>
  onDisk(() => writeFileSync(path, content, { mode: 0o600 }));

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });
