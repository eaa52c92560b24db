import { constants, createGunzip, type Gunzip, gunzipSync } from 'node:zlib';

/**
 * Bytes of a compressed file that belong to no member and are no padding. Node takes a NUL between two members for the
 * beginning of padding and drops whatever is behind it, without a word.
 */
class NoMember extends Error {
  readonly code = 'Z_NO_MEMBER';
}

/**
 * The content of a gzip file: of all its members, one behind the other. Every byte of the file belongs to a member or is
 * zero, to its very end; whoever reads all of the content has read all of the file.
 *
 * @param stored the file's bytes, cut anywhere
 * @throws NoMember, or what zlib says of a damaged member, with a code that begins with `Z_`
 */
export async function* gunzipped(
  stored: AsyncIterable<Buffer>,
  { chunkBytes }: { readonly chunkBytes?: number } = {},
): AsyncGenerator<Buffer> {
  const gunzip = createGunzip(chunkBytes === undefined ? {} : { chunkSize: chunkBytes });
  // Whoever iterates over it is told; an error that comes later has been told as that of what feeds it.
  gunzip.on('error', () => undefined);
  const reading = { isOver: false };
  const feeding = feed(stored, gunzip, reading);
  feeding.catch((error: Error) => gunzip.destroy(error));
  try {
    // Its end may be in front of padding, which is still to be looked at.
    yield* gunzip.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    await feeding;
  } finally {
    reading.isOver = true;
    gunzip.destroy();
    // So that its file is closed; what went wrong there has been thrown.
    await feeding.catch(() => undefined);
  }
}

/** Where a member ended at padding, gunzip has told all that it will, and is looked at no more. */
async function feed(
  stored: AsyncIterable<Buffer>,
  gunzip: Gunzip,
  reading: { readonly isOver: boolean },
): Promise<void> {
  let wake = (): void => undefined;
  gunzip.once('close', () => wake());
  const written = (chunk: Buffer): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
      gunzip.write(chunk, () => resolve());
    });
  let fed = 0;
  let isPadding = false;
  for await (const chunk of stored) {
    if (reading.isOver || gunzip.errored !== null) return;
    if (isPadding) {
      expectPadding(chunk);
      continue;
    }
    await written(chunk);
    fed += chunk.length;
    // What it leaves stands behind a member, and begins with a NUL.
    const left = fed - gunzip.bytesWritten;
    isPadding = left > 0 && !reading.isOver && gunzip.errored === null;
    if (isPadding) expectPadding(chunk.subarray(chunk.length - left));
  }
  if (!isPadding && !gunzip.destroyed) gunzip.end();
}

/** The same of a small file that lies in memory. @throws NoMember, or what zlib throws */
export function gunzippedWhole(stored: Buffer): Buffer {
  const { buffer, engine } = gunzipSync(stored, { info: true }) as unknown as {
    readonly buffer: Buffer;
    readonly engine: Gunzip;
  };
  expectPadding(stored.subarray(engine.bytesWritten));
  return buffer;
}

/** What the content begins with, by the first bytes of a file: nothing, where they are too few or damaged. */
export function gunzippedBegin(begin: Buffer): Buffer {
  try {
    return gunzipSync(begin, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    // Whoever reads the file says what is wrong with it.
    return Buffer.alloc(0);
  }
}

/** @throws NoMember */
function expectPadding(bytes: Buffer): void {
  if (bytes.length > 0 && (bytes[0] !== 0 || !bytes.subarray(1).equals(bytes.subarray(0, -1)))) throw new NoMember();
}
