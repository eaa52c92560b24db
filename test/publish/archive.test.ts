import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { isKept } from '../../src/audit/record/re-execute.ts';
import { archivedName, archiveInputs, contentHash, InputChanged, InputRefused } from '../../src/publish/archive.ts';
import { sha256 } from '../../src/publish/hash.ts';
import type { InputFile } from '../../src/tables/tables.ts';
import { inFolder } from '../intake/read-files.ts';

const nameOf = ({ sha256, compressed }: Pick<InputFile, 'sha256' | 'compressed'>): string =>
  archivedName({ sha256, gzip: compressed });

const system = vi.hoisted(() => ({ opened: new Map<number, string>(), synced: [] as string[], refuses: '' }));

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return {
    ...fs,
    openSync: (path: string, ...more: [number, number?]) => {
      if (path === system.refuses) throw Object.assign(new Error('EMFILE'), { code: 'EMFILE', errno: -24 });
      const file = fs.openSync(path, ...more);
      system.opened.set(file, path);
      return file;
    },
    fsyncSync: (file: number) => {
      system.synced.push(system.opened.get(file) ?? '');
      fs.fsyncSync(file);
    },
  };
});

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

describe('keeping inputs', () => {
  const inputOf = (name: string, bytes: Uint8Array) =>
    ({ name, sizeBytes: bytes.length, sha256: sha256(bytes), compressed: false }) as InputFile;
  const BYTES = Buffer.from('a,b\n1,2\n');
  const input = inputOf('log.csv', BYTES);
  const NONE = { folder: undefined, sharing: 'link' } as const;
  const night = (folder: string, name: string): string => {
    mkdirSync(join(folder, name));
    return join(folder, name);
  };

  it('has each of them, and their folder, on disk before it is published', async () => {
    await inFolder(async (folder) => {
      const path = put(folder, 'log.csv', BYTES);
      const target = night(folder, 'one');
      const archived = await archiveInputs(target, [input], [path], NONE);
      expect(archived.map(({ name }) => name)).toEqual([nameOf(input)]);
      expect(system.synced.filter((each) => each.startsWith(target))).toEqual([
        join(target, nameOf(input)),
        join(target, 'inputs'),
      ]);
    });
  });

  const changes: readonly [string, InputChanged['why'], (path: string) => void][] = [
    ['is removed', 'gone', (path) => rmSync(path)],
    [
      'becomes a folder',
      'gone',
      (path) => {
        rmSync(path);
        mkdirSync(path);
      },
    ],
    [
      'becomes a pipe',
      'gone',
      (path) => {
        rmSync(path);
        spawnSync('mkfifo', [path]);
      },
    ],
    ['is written anew', 'changed', (path) => writeFileSync(path, 'a,b\n1,3\n')],
    ['grows', 'changed', (path) => writeFileSync(path, 'a,b\n1,2\n3,4\n')],
    ['shrinks', 'changed', (path) => writeFileSync(path, 'a,b\n')],
  ];
  it.each(changes)('of one that %s after it was read names it', async (_, why, change) => {
    await inFolder(async (folder) => {
      const path = put(folder, 'log.csv', BYTES);
      change(path);
      const kept = archiveInputs(night(folder, 'one'), [input], [path], NONE);
      await expect(kept).rejects.toThrow(expect.objectContaining({ constructor: InputChanged, input: 'log.csv', why }));
    });
  });

  it('of one that the system will not have read names it, and what the system said', async () => {
    await inFolder(async (folder) => {
      const path = put(folder, 'log.csv', BYTES);
      system.refuses = path;
      const kept = archiveInputs(night(folder, 'one'), [input], [path], NONE);
      await expect(kept).rejects.toThrow(
        expect.objectContaining({
          constructor: InputRefused,
          path,
          cause: expect.objectContaining({ code: 'EMFILE' }),
        }),
      );
      system.refuses = '';
    });
  });

  it.each([
    ['link', 2],
    ['copy', 1],
  ] as const)('shares what the night before kept where asked to %s', async (sharing, links) => {
    await inFolder(async (folder) => {
      const path = put(folder, 'log.csv', BYTES);
      const earlier = night(folder, 'one');
      await archiveInputs(earlier, [input], [path], NONE);
      chmodSync(join(earlier, nameOf(input)), 0o600);
      const later = night(folder, 'two');
      // Only the night before has it.
      await archiveInputs(later, [input], [join(folder, 'none')], { folder: earlier, sharing });
      const [before, after] = [earlier, later].map((each) => join(each, nameOf(input)));
      expect(statSync(after as string).nlink).toBe(links);
      expect(statSync(after as string).mode & 0o777).toBe(0o600);
      expect(readFileSync(after as string)).toEqual(readFileSync(before as string));
    });
  });

  it.each(['link', 'copy'] as const)('takes nothing from a night before that is damaged (%s)', async (sharing) => {
    await inFolder(async (folder) => {
      const path = put(folder, 'log.csv', BYTES);
      const earlier = night(folder, 'one');
      await archiveInputs(earlier, [input], [path], NONE);
      const damaged = gzipSync('another');
      writeFileSync(join(earlier, nameOf(input)), damaged);
      const later = night(folder, 'two');
      await archiveInputs(later, [input], [path], { folder: earlier, sharing });
      expect(await contentHash(join(later, nameOf(input)), false)).toBe(input.sha256);
      expect(readFileSync(join(earlier, nameOf(input)))).toEqual(damaged);
    });
  });
});
