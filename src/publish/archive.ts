import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  createReadStream,
  createWriteStream,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { hashOfFile } from '../intake/bytes/file.ts';
import { gunzipped, gunzippedWhole } from '../intake/bytes/gzip.ts';
import type { InputFile } from '../tables/tables.ts';
import { syncFolder } from './on-disk.ts';

/** The folder of a run folder that keeps its inputs. */
export const ARCHIVE_FOLDER = 'inputs';

/** The place of an input in its run folder, by its content: the bytes as they came, compressed unless they were. */
export const archivedName = ({ sha256, gzip }: { readonly sha256: string; readonly gzip: boolean }): string =>
  `${ARCHIVE_FOLDER}/${sha256}${gzip ? '' : '.gz'}`;

export interface Archived {
  readonly name: string;
  /** Of the file in the archive. */
  readonly sha256: string;
}

/** The bytes that were read are not the bytes that are there now. */
export class InputChanged extends Error {
  readonly input: string;
  readonly why: 'changed' | 'gone';
  constructor(input: string, why: InputChanged['why']) {
    super(`${why}: ${input}`);
    this.input = input;
    this.why = why;
  }
}

/** The system would not have an input read once more. */
export class InputRefused extends Error {
  readonly path: string;
  constructor(path: string, cause: unknown) {
    super('refused', { cause });
    this.path = path;
  }
}

/** What the archive is put together of, beside the inputs. */
export interface Earlier {
  /** The run before, if there is one. */
  readonly folder: string | undefined;
  /** One file then damages all nights that share it; a copy is this night's own. */
  readonly sharing: Sharing;
}

export const SHARINGS = ['link', 'copy'] as const;
/** How an input comes to a night that the run before has kept already. */
export type Sharing = (typeof SHARINGS)[number];

/**
 * Keeps every input in the folder, once for each content. What the earlier run has kept already is linked, so that a
 * night stores only what is new, or copied (where the file system can, without storing it again either).
 *
 * @throws InputChanged, InputRefused, or the system's own error of the folder
 */
export async function archiveInputs(
  folder: string,
  inputs: readonly InputFile[],
  paths: readonly string[],
  earlier: Earlier,
  signal?: AbortSignal,
): Promise<readonly Archived[]> {
  const archived = new Map<string, Archived>();
  mkdirSync(join(folder, ARCHIVE_FOLDER), { mode: 0o700 });
  for (const [index, input] of inputs.entries()) {
    const name = archivedName({ sha256: input.sha256, gzip: input.compressed });
    if (archived.has(name)) continue;
    const target = join(folder, name);
    const isKept = await takeEarlier(name, target, earlier, input, signal);
    signal?.throwIfAborted();
    if (!isKept) await store(paths[index] ?? '', target, input, signal);
    archived.set(name, { name, sha256: await contentHash(target, true, signal) });
  }
  syncFolder(join(folder, ARCHIVE_FOLDER));
  return [...archived.values()];
}

/** Whether the earlier run has kept the same, and it is here now. */
async function takeEarlier(
  name: string,
  to: string,
  { folder, sharing }: Earlier,
  input: InputFile,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (folder === undefined) return false;
  try {
    const from = join(folder, name);
    if (lstatSync(from, { throwIfNoEntry: false })?.isFile() !== true) return false;
    if (sharing === 'link') linkSync(from, to);
    else copyOf(from, to);
    if ((await contentHash(to, input.compressed, signal)) === input.sha256) return true;
  } catch {
    // Another file system, or no links there: the input itself does as well.
  }
  rmSync(to, { force: true });
  return false;
}

/** Blocks are shared where the file system can, until one of both is written to. */
function copyOf(from: string, to: string): void {
  copyFileSync(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  chmodSync(to, 0o600);
  syncFile(to);
}

async function store(from: string, to: string, input: InputFile, signal: AbortSignal | undefined): Promise<void> {
  const source = createReadStream(from, { fd: openAgain(from, input) });
  let refused: unknown;
  source.on('error', (error: NodeJS.ErrnoException) => {
    if (error.syscall === 'read') refused = error;
  });
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      bytes += chunk.length;
      // A file that grows as fast as it is read has no end.
      done(bytes > input.sizeBytes ? new InputChanged(input.name, 'changed') : null, chunk);
    },
  });
  const write = createWriteStream(to, { mode: 0o600, flags: 'wx' });
  const options = signal === undefined ? {} : { signal };
  try {
    if (input.compressed) await pipeline(source, counted, write, options);
    else await pipeline(source, counted, createGzip(), write, options);
  } catch (error) {
    throw refused === undefined ? error : new InputRefused(from, refused);
  }
  if (hash.digest('hex') !== input.sha256) throw new InputChanged(input.name, 'changed');
  syncFile(to);
}

/** Signs that what was read is not there any more: removed, or another thing, or somebody else's. */
const GONE: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP', 'ENXIO']);

/** Of a pipe nobody waits for the other end. @throws InputChanged, InputRefused */
function openAgain(path: string, { name }: InputFile): number {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (GONE.has((error as NodeJS.ErrnoException).code)) throw new InputChanged(name, 'gone');
    throw new InputRefused(path, error);
  }
  if (fstatSync(file).isFile()) return file;
  closeSync(file);
  throw new InputChanged(name, 'gone');
}

function syncFile(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Read at once: even of zeros gzip makes no more than a thousandth, so that this is some MB at most. */
const SMALL_BYTES = 1 << 13;

/** SHA-256 of the input that an archived file stands for. @throws what the signal was aborted with */
export async function contentHash(path: string, compressed: boolean, signal?: AbortSignal): Promise<string> {
  if (statSync(path).size <= SMALL_BYTES) {
    const bytes = readFileSync(path);
    return createHash('sha256')
      .update(compressed ? bytes : gunzippedWhole(bytes))
      .digest('hex');
  }
  if (compressed) return hashOfFile(path, signal);
  const hash = createHash('sha256');
  const take = async (bytes: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of bytes) hash.update(chunk);
  };
  // It closes the file whatever happens, and tells what became of it.
  await pipeline(createReadStream(path), gunzipped, take, signal === undefined ? {} : { signal });
  return hash.digest('hex');
}
