import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { entryAt } from '../../publish/folder-entries.ts';
import type { Manifest } from './run-record.ts';

type Input = Manifest['inputs'][number];

interface Content {
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** What archived files hold. Nights share them: a file that several know by a name of their own is read once. */
export class KeptContents {
  private readonly known = new Map<string, Content | undefined>();
  private readonly signal: AbortSignal | undefined;

  constructor(signal: AbortSignal | undefined) {
    this.signal = signal;
  }

  /** Undefined of what is no file, or cannot be unpacked. @throws what the signal was aborted with */
  async at(path: string, { gzip }: Input): Promise<Content | undefined> {
    const entry = entryAt(path);
    if (entry?.kind !== 'file') return undefined;
    const key = `${entry.inode} ${gzip}`;
    if (!this.known.has(key)) this.known.set(key, await contentAt(path, gzip, this.signal));
    return this.known.get(key);
  }
}

async function contentAt(
  path: string,
  asItLies: boolean,
  signal: AbortSignal | undefined,
): Promise<Content | undefined> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const take = async (bytes: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of bytes) {
      hash.update(chunk);
      sizeBytes += chunk.length;
    }
  };
  const file = createReadStream(path);
  const options = signal === undefined ? {} : { signal };
  try {
    await (asItLies ? pipeline(file, take, options) : pipeline(file, createGunzip(), take, options));
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}
