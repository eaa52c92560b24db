import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  fsyncSync,
  linkSync,
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

/** The folder of a run folder that keeps its inputs. */
export const ARCHIVE_FOLDER = 'inputs';

/** An input by its content: the bytes as they came, compressed unless they were. */
export const archiveName = (input: Pick<InputFile, 'sha256' | 'compressed'>): string =>
  `${ARCHIVE_FOLDER}/${input.sha256}${input.compressed ? '' : '.gz'}`;

export interface Archived {
  readonly name: string;
  /** Of the file in the archive. */
  readonly sha256: string;
}

/** The bytes that were read are not the bytes that are there now. */
export class InputChanged extends Error {
  readonly input: string;
  constructor(input: string) {
    super(`changed: ${input}`);
    this.input = input;
  }
}

/**
 * Keeps every input in the folder, once for each content. What the earlier run has kept already is linked, so that a
 * night stores only what is new.
 *
 * @throws InputChanged
 */
export async function archiveInputs(
  folder: string,
  inputs: readonly InputFile[],
  paths: readonly string[],
  earlier: string | undefined,
  signal?: AbortSignal,
): Promise<readonly Archived[]> {
  const archived = new Map<string, Archived>();
  mkdirSync(join(folder, ARCHIVE_FOLDER), { mode: 0o700 });
  for (const [index, input] of inputs.entries()) {
    const name = archiveName(input);
    if (archived.has(name)) continue;
    const target = join(folder, name);
    const linked = earlier !== undefined && (await linkEarlier(join(earlier, name), target, input, signal));
    signal?.throwIfAborted();
    if (!linked) await store(paths[index] ?? '', target, input, signal);
    archived.set(name, { name, sha256: await contentHash(target, true, signal) });
  }
  return [...archived.values()];
}

async function linkEarlier(
  from: string,
  to: string,
  input: InputFile,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (!existsSync(from)) return false;
  try {
    if ((await contentHash(from, input.compressed, signal)) !== input.sha256) return false;
    linkSync(from, to);
    return true;
  } catch {
    // Another file system, or no links there: a copy does as well.
    rmSync(to, { force: true });
    return false;
  }
}

async function store(from: string, to: string, input: InputFile, signal: AbortSignal | undefined): Promise<void> {
  const hash = createHash('sha256');
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const write = createWriteStream(to, { mode: 0o600, flags: 'wx' });
  const options = signal === undefined ? {} : { signal };
  if (input.compressed) await pipeline(createReadStream(from), counted, write, options);
  else await pipeline(createReadStream(from), counted, createGzip(), write, options);
  if (hash.digest('hex') !== input.sha256) throw new InputChanged(input.name);
  const file = openSync(to, 'r');
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
