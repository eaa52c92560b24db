import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { makeFolders, syncFolder, writeSynced } from '../../src/publish/on-disk.ts';
import { withFolder } from '../support/program.ts';

const system = vi.hoisted(() => ({ opened: new Map<number, string>(), synced: [] as string[], refuses: '' }));

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return {
    ...fs,
    openSync: (path: string, ...more: [string, number?]) => {
      const file = fs.openSync(path, ...more);
      system.opened.set(file, path);
      return file;
    },
    fsyncSync: (file: number) => {
      if (system.refuses !== '') throw Object.assign(new Error(system.refuses), { code: system.refuses });
      system.synced.push(system.opened.get(file) ?? '');
    },
  };
});

beforeEach(() => {
  system.synced.length = 0;
  system.refuses = '';
});

it('every folder that is made is on disk in the one above it', () => {
  withFolder((folder) => {
    makeFolders(join(folder, 'a/b/c'));
    expect(system.synced).toEqual([folder, join(folder, 'a'), join(folder, 'a/b')]);
    makeFolders(join(folder, 'a/b/c'));
    expect(system.synced.length).toBe(3);
  });
});

it('a file is whole on disk, and its owner alone may read it', () => {
  withFolder((folder) => {
    writeSynced(join(folder, 'x'), '円');
    expect(readFileSync(join(folder, 'x'), 'utf8')).toBe('円');
    expect(statSync(join(folder, 'x')).mode & 0o777).toBe(0o600);
    expect(system.synced).toEqual([join(folder, 'x')]);
  });
});

it('a failing disk is told, and not a file system that writes no names of its own', () => {
  withFolder((folder) => {
    system.refuses = 'EINVAL';
    syncFolder(folder);
    expect(() => writeSynced(join(folder, 'x'), '')).toThrow('EINVAL');
    system.refuses = 'EIO';
    expect(() => syncFolder(folder)).toThrow('EIO');
  });
});
