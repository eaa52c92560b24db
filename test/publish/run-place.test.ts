import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Locked, takeLock } from '../../src/publish/lock.ts';
import { openPublisher, TargetTaken } from '../../src/publish/run-folder.ts';
import { recoverRun, restoreRuns, whatIsAt } from '../../src/publish/run-place.ts';
import { put } from '../cli/command.ts';
import { withFolder } from '../support/program.ts';

function putRun(folder: string, name: string): void {
  put(folder, `${name}/manifest.json`, '{}');
  put(folder, `${name}/SHA256SUMS`, '');
}

describe('what stands in a place', () => {
  it('is a run, another folder, a file, or nothing', () => {
    withFolder((folder) => {
      putRun(folder, 'run');
      put(folder, 'other/manifest.json', '{}');
      put(folder, 'file', '');
      mkdirSync(join(folder, 'empty'));
      const found = ['run', 'other', 'file', 'empty', 'none'].map((name) => whatIsAt(join(folder, name)));
      expect(found).toEqual(['run', 'other', 'file', 'nothing', 'nothing']);
    });
  });
});

describe('clearing up for a run', () => {
  it.each([
    '.o.old-x.lock',
    '.o.partial-x.lock',
    '.o.old-0123abcd.lock',
    '.o.old-x.partial-7-0123abcd/half',
    '.o.partial-x.old-0123abcd/manifest.json',
    '.o.old-0123abcd.partial-7-0123abcd/half',
    '.o.old-0123abcd',
    '.o.partial-7-0123abcd',
    '.o.partial-mine/half',
  ])('leaves %s, which is no folder of it', (path) => {
    withFolder((folder) => {
      put(folder, path, 'mine');
      openPublisher(join(folder, 'o')).close();
      expect(existsSync(join(folder, path))).toBe(true);
      expect(existsSync(join(folder, 'o'))).toBe(false);
    });
  });

  it('brings back nothing that was being deleted', () => {
    withFolder((folder) => {
      put(folder, '.o.old-0123abcd/payouts.csv', 'half');
      recoverRun(folder, 'o');
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  it('keeps the former run where something that is no run has been put in its place', () => {
    withFolder((folder) => {
      putRun(folder, '.o.old-0123abcd');
      put(folder, 'o/notes.txt', 'mine');
      expect(() => openPublisher(join(folder, 'o'))).toThrow(TargetTaken);
      expect(readdirSync(folder).sort()).toEqual(['.o.old-0123abcd', 'o']);
    });
  });
});

describe('whoever reads runs', () => {
  it('finds those that were moved aside in their places again', () => {
    withFolder((folder) => {
      putRun(folder, '.a.old-0123abcd');
      putRun(folder, '.b.old-0123abcd');
      putRun(folder, 'c');
      put(folder, '.c.partial-1-0123abcd/half', '');
      restoreRuns(folder, 'all');
      expect(readdirSync(folder).sort()).toEqual(['.c.partial-1-0123abcd', 'a', 'b', 'c']);
    });
  });

  it('disturbs no writer, and is told of the one that is needed', () => {
    withFolder((folder) => {
      putRun(folder, '.a.old-0123abcd');
      put(folder, '.a.partial-1-0123abcd/half', '');
      const lock = takeLock(join(folder, '.a.lock'));
      const before = readdirSync(folder);
      restoreRuns(folder, 'b');
      expect(() => restoreRuns(folder, 'a')).toThrow(Locked);
      expect(() => restoreRuns(folder, 'all')).toThrow(Locked);
      expect(readdirSync(folder)).toEqual(before);
      lock.release();
      restoreRuns(folder, 'a');
      expect(readdirSync(folder)).toEqual(['a']);
    });
  });

  it('goes on where nothing can be put back', () => {
    withFolder((folder) => {
      putRun(folder, '.a.old-0123abcd');
      symlinkSync('.a.lock', join(folder, '.a.lock'));
      restoreRuns(folder, 'all');
      expect(existsSync(join(folder, 'a'))).toBe(false);
      restoreRuns(join(folder, 'none'), 'all');
    });
  });
});
