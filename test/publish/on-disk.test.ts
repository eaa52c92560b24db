import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { systemFailureOf } from '../../src/cli/terminal/system-failure.ts';
import { appendOrders, readOrders } from '../../src/disbursement/orders.ts';
import { stageFile } from '../../src/disbursement/whole-file.ts';
import { makeFolders, NotConfirmed, syncFolder, writeSynced } from '../../src/publish/on-disk.ts';
import { withFolder } from '../support/program.ts';

const system = vi.hoisted(() => ({
  opened: new Map<number, string>(),
  synced: [] as string[],
  refuses: '',
  refusesFolders: '',
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
    expect(readOrders(folder).map(({ payoutId }) => payoutId)).toEqual(['P1']);
  });
});
