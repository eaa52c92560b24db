import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { systemFailureOf } from '../../src/cli/terminal/system-failure.ts';
import { appendOrders, readOrders } from '../../src/disbursement/orders.ts';
import { stageFile } from '../../src/disbursement/whole-file.ts';
import { makeFolders, NotConfirmed, syncFolder, writeAllSynced, writeSynced } from '../../src/publish/on-disk.ts';
import { withFolder } from '../support/program.ts';

const system = vi.hoisted(() => ({
  opened: new Map<number, string>(),
  synced: [] as string[],
  refuses: '',
  refusesFolders: '',
  /** Ends so; of files that are written together. */
  refusesFile: 'none',
}));

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return {
    ...fs,
    openSync: (path: string, ...more: [string, number?]) => {
      const file = fs.openSync(path, ...more);
      system.opened.set(file, path);
      return file;
    },
    fsync: (file: number, done: (error: Error | null) => void) => {
      const path = system.opened.get(file) ?? '';
      setImmediate(() => {
        if (path.endsWith(system.refusesFile)) return done(new Error(`refused ${path}`));
        system.synced.push(path);
        done(null);
      });
    },
    fsyncSync: (file: number) => {
      const path = system.opened.get(file) ?? '';
      if (system.refusesFolders !== '' && fs.statSync(path).isDirectory())
        throw Object.assign(new Error('refused'), { code: system.refusesFolders, errno: -5 });
      if (system.refuses !== '') throw Object.assign(new Error(system.refuses), { code: system.refuses });
      system.synced.push(system.opened.get(file) ?? '');
    },
  };
});

beforeEach(() => {
  system.synced.length = 0;
  system.refuses = '';
  system.refusesFolders = '';
  system.refusesFile = 'none';
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

it('files that are written together are each whole on disk', async () => {
  await withFolder(async (folder) => {
    const names = Array.from({ length: 9 }, (_, at) => join(folder, `f${at}`));
    await writeAllSynced(names.map((path) => ({ path, content: `${path}\n` })));
    expect([...system.synced].sort()).toEqual(names);
    expect(names.map((path) => readFileSync(path, 'utf8'))).toEqual(names.map((path) => `${path}\n`));
    expect(new Set(names.map((path) => statSync(path).mode & 0o777))).toEqual(new Set([0o600]));
  });
});

it('a large file is written in pieces, and between them whoever waits may end it', async () => {
  await withFolder(async (folder) => {
    const content = Buffer.alloc(20_000_000, 'rows\n');
    const [whole, cut] = [join(folder, 'whole'), join(folder, 'cut')];
    await writeAllSynced([{ path: whole, content }]);
    expect(readFileSync(whole).equals(content)).toBe(true);
    const controller = new AbortController();
    setImmediate(() => controller.abort());
    const written = writeAllSynced([{ path: cut, content }], controller.signal);
    await expect(written).rejects.toThrow(controller.signal.reason);
    expect(statSync(cut).size).toBeLessThan(content.length);
  });
});

it('of files that are written together the failure is told once nothing is being written any more', async () => {
  await withFolder(async (folder) => {
    const names = Array.from({ length: 40 }, (_, at) => join(folder, `f${at}x`));
    system.refusesFile = 'f5x';
    const written = writeAllSynced(names.map((path) => ({ path, content: '' })));
    await expect(written).rejects.toThrow('refused');
    const before = readdirSync(folder).length;
    // Those beside it were under way; those behind it were never begun.
    expect(before).toBeGreaterThan(5);
    expect(before).toBeLessThan(12);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(readdirSync(folder)).toHaveLength(before);
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

it('a file that is in its place and may not be on disk is told as such, not as one that is not there', () => {
  withFolder((folder) => {
    const path = join(folder, 'paid.csv');
    const staged = stageFile(path, Buffer.from('all of it'));
    system.refusesFolders = 'EIO';
    expect(() => staged.replace()).toThrow(NotConfirmed);
    expect(readFileSync(path, 'utf8')).toBe('all of it');
    const told = systemFailureOf(new NotConfirmed(path, { code: 'EIO', errno: -5 }), path, '--out');
    expect(told).toMatchObject({ exitCode: 4, problems: [{ code: 'WRITTEN_UNCONFIRMED', where: path }] });
  });
});

it('orders that may not be on disk are taken back, for no file of theirs is in its place', () => {
  withFolder((folder) => {
    const order = {
      payoutId: 'P1',
      route: 'app_url',
      amountYen: 500,
      orderedAt: '2023-05-10',
      file: 'a.csv',
      fileSha256: 'a'.repeat(64),
    };
    appendOrders(folder, [order]);
    system.refusesFolders = 'EIO';
    expect(() => appendOrders(folder, [{ ...order, payoutId: 'P2' }])).toThrow('refused');
    expect(drained(readOrders(folder)).map(({ payoutId }) => payoutId)).toEqual(['P1']);
  });
});
