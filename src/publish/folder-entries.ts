import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  type Stats,
} from 'node:fs';
import { basename, join } from 'node:path';
import { drained } from '../base/steps.ts';
import { sha256Of } from './hash.ts';

export type EntryKind = 'file' | 'folder' | 'link' | 'pipe' | 'socket' | 'device';

/** What lies in a run folder under a name: looked at, never opened, and no link followed. */
export interface FolderEntry {
  /** From the run folder, with `/` between folders. */
  readonly name: string;
  readonly kind: EntryKind;
  /** Who may do what with it: the last nine bits of its mode. */
  readonly mode: number;
  readonly sizeBytes: number;
  /** Two names with the same one are one file. */
  readonly inode: string;
}

/** Something else than a plain file stands there, or it is larger than what such a file can be. */
export class NoPlainFile extends Error {
  readonly path: string;
  constructor(path: string) {
    super('no plain file');
    this.path = path;
  }
}

function kindOf(found: Stats): EntryKind {
  if (found.isFile()) return 'file';
  if (found.isDirectory()) return 'folder';
  if (found.isSymbolicLink()) return 'link';
  if (found.isFIFO()) return 'pipe';
  return found.isSocket() ? 'socket' : 'device';
}

/** What stands at a path, without following a link; undefined where nothing does. */
export function entryAt(path: string, name = basename(path)): FolderEntry | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  const { mode, size, dev, ino } = found;
  return { name, kind: kindOf(found), mode: mode & 0o777, sizeBytes: size, inode: `${dev}:${ino}` };
}

/** Folders that a run makes in its own: none else is looked into. */
const OWN_FOLDERS: ReadonlySet<string> = new Set(['excel', 'inputs']);

/** Everything that lies in a run folder, and in the folders that a run makes there, by name. */
export function entriesBelow(folder: string): readonly FolderEntry[] {
  const entriesIn = (below: string): readonly FolderEntry[] =>
    readdirSync(join(folder, below)).flatMap((own) => {
      const name = below === '' ? own : `${below}/${own}`;
      return entryAt(join(folder, name), name) ?? [];
    });
  const top = entriesIn('');
  const deeper = top.filter(({ name, kind }) => kind === 'folder' && OWN_FOLDERS.has(name));
  return [...top, ...deeper.flatMap(({ name }) => entriesIn(name))].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Neither waits for whoever might write into a pipe, nor follows a link. Windows knows neither. */
const PLAIN = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** What a path that is a link, or a socket, says when it is opened as a plain file. */
const NOT_PLAIN: ReadonlySet<string | undefined> = new Set(['ELOOP', 'EMLINK', 'ENXIO', 'EISDIR', 'ENODEV']);

interface PlainFile {
  readonly file: number;
  readonly sizeBytes: number;
}

function openPlain(path: string): PlainFile {
  let file: number;
  try {
    file = openSync(path, PLAIN);
  } catch (error) {
    throw NOT_PLAIN.has((error as NodeJS.ErrnoException).code) ? new NoPlainFile(path) : error;
  }
  try {
    const found = fstatSync(file);
    if (!found.isFile()) throw new NoPlainFile(path);
    return { file, sizeBytes: found.size };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/**
 * The bytes of a plain file.
 *
 * @param mostBytes what it can hold at most
 * @throws NoPlainFile, or what the system says
 */
export function readPlainFile(path: string, mostBytes = Number.POSITIVE_INFINITY): Buffer {
  const { file, sizeBytes } = openPlain(path);
  try {
    if (sizeBytes > mostBytes) throw new NoPlainFile(path);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/** Far more than the manifest of a run of a hundred thousand files. */
export const MOST_MANIFEST_BYTES = 1 << 26;

/** The manifest of a run folder, as its bytes. @throws NoPlainFile, or what the system says */
export const readManifestBytes = (folder: string): Buffer =>
  readPlainFile(join(folder, 'manifest.json'), MOST_MANIFEST_BYTES);

const READ_BYTES = 1 << 20;

/**
 * The bytes of a plain file, however large, a piece at a time: each is gone with the next.
 *
 * @throws NoPlainFile, or what the system says
 */
export function* plainFilePieces(path: string): Generator<Uint8Array, void> {
  const { file, sizeBytes } = openPlain(path);
  try {
    const bytes = new Uint8Array(Math.max(1, Math.min(READ_BYTES, sizeBytes)));
    for (let count = readSync(file, bytes); count > 0; count = readSync(file, bytes)) yield bytes.subarray(0, count);
  } finally {
    closeSync(file);
  }
}

/** Pieces that are gone with the next, as such that stay; in steps. @throws what going through them throws */
export function* keptPieces(pieces: Iterable<Uint8Array>): Generator<undefined, readonly Uint8Array[]> {
  const kept: Uint8Array[] = [];
  for (const piece of pieces) {
    kept.push(piece.slice());
    yield undefined;
  }
  return kept;
}

/** SHA-256 of a small plain file, such as a manifest. @throws NoPlainFile, or what the system says */
export const hashPlainFile = (path: string): string => drained(sha256Of(plainFilePieces(path)));
