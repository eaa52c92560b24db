import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isKept } from '../../src/audit/record/re-execute.ts';
import { contentHash } from '../../src/publish/archive.ts';
import { sha256 } from '../../src/publish/hash.ts';
import { inFolder } from '../intake/read-files.ts';

/** More than is read at once, and no smaller when compressed. */
const CONTENT = randomBytes(1 << 20);
const DESCRIPTORS = '/proc/self/fd';
const openFiles = (): number => (existsSync(DESCRIPTORS) ? readdirSync(DESCRIPTORS).length : 0);

function put(folder: string, name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

describe('the hash of what an archived file stands for', () => {
  it('is that of its content, or of the file where that came compressed', async () => {
    await inFolder(async (folder) => {
      const archived = gzipSync(CONTENT);
      const path = put(folder, 'a.gz', archived);
      expect(await contentHash(path, false)).toBe(sha256(CONTENT));
      expect(await contentHash(path, true)).toBe(sha256(archived));
    });
  });

  it.each([
    false,
    true,
  ])('is given up where somebody ends it, with the file closed (came compressed: %s)', async (gzip) => {
    await inFolder(async (folder) => {
      const path = put(folder, 'a.gz', gzipSync(CONTENT));
      const before = openFiles();
      for (let time = 0; time < 5; time++) {
        const ending = new AbortController();
        const hash = contentHash(path, gzip, ending.signal);
        ending.abort();
        await expect(hash).rejects.toThrow('aborted');
      }
      // A file is closed a little later than its stream is given up.
      await expect.poll(openFiles).toBeLessThanOrEqual(before);
    });
  });

  it('is none of a damaged file, which is closed', async () => {
    await inFolder(async (folder) => {
      const path = put(folder, 'a.gz', gzipSync(CONTENT).fill(0, 5000, 6000));
      const before = openFiles();
      for (let time = 0; time < 5; time++) await expect(contentHash(path, false)).rejects.toThrow();
      await expect.poll(openFiles).toBeLessThanOrEqual(before);
    });
  });

  it('is none of a folder, however large', async () => {
    await inFolder(async (folder) => {
      const place = join(folder, 'a.gz');
      mkdirSync(place);
      for (let at = 0; at < 600; at++) put(place, `${at}`.padEnd(200, 'x'), new Uint8Array(0));
      await expect(contentHash(place, false)).rejects.toThrow('EISDIR');
    });
  });
});

it('whoever ends the comparison with an archived input does not learn that it was altered', async () => {
  await inFolder(async (folder) => {
    const path = put(folder, 'a.gz', gzipSync(CONTENT));
    const input = { sha256: sha256(CONTENT), gzip: false };
    expect(await isKept(path, input, undefined)).toBe(true);
    expect(await isKept(path, { ...input, sha256: sha256('another') }, undefined)).toBe(false);
    expect(await isKept(join(folder, 'b.gz'), input, undefined)).toBe(false);
    const ending = new AbortController();
    const kept = isKept(path, input, ending.signal);
    ending.abort(new Error('ended'));
    await expect(kept).rejects.toThrow('ended');
  });
});
