import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPublisher } from '../../src/publish/run-folder.ts';
import { inFolder, put } from '../cli/command.ts';

/** What a run that was killed between its two renames leaves: nothing in place, the former run aside. */
function killedWhileReplacing(folder: string): void {
  put(folder, '.run.old-0123abcd/manifest.json', '{}');
  put(folder, '.run.old-0123abcd/SHA256SUMS', '');
}

describe('what a killed run leaves', () => {
  it('is a former run that comes back, where nothing is in its place', async () => {
    await inFolder(async (folder) => {
      killedWhileReplacing(folder);
      put(folder, '.run.partial-1-0123abcd/payouts.csv', 'half');
      openPublisher(join(folder, 'run')).close();
      expect(readdirSync(folder)).toEqual(['run']);
      expect(readdirSync(join(folder, 'run')).sort()).toEqual(['SHA256SUMS', 'manifest.json']);
    });
  });

  // 4-cli.md: kill -9 at any moment "leaves either the whole run or none"; an empty folder in its place (mkdir -p in
  // the nightly line) is no run, but the former one is deleted for it.
  it('is a former run that comes back, where an empty folder is in its place', async () => {
    await inFolder(async (folder) => {
      killedWhileReplacing(folder);
      mkdirSync(join(folder, 'run'));
      openPublisher(join(folder, 'run')).close();
      expect(readdirSync(join(folder, 'run')).sort()).toEqual(['SHA256SUMS', 'manifest.json']);
    });
  });

  // 4-cli.md: "a lock left by a dead process is taken over"; killed between making the lock file and writing it, a
  // process leaves an empty one, which is respected for ever.
  it('is not a lock for ever, where it was killed before it could write its name into it', async () => {
    await inFolder(async (folder) => {
      put(folder, '.run.lock', '');
      openPublisher(join(folder, 'run')).close();
      expect(existsSync(join(folder, '.run.lock'))).toBe(false);
    });
  });

  it('of another run in the same folder is left alone', async () => {
    await inFolder(async (folder) => {
      put(folder, '.other.partial-1-0123abcd/payouts.csv', 'half');
      put(folder, '.other.old-0123abcd/manifest.json', '{}');
      writeFileSync(join(folder, '.other.lock'), 'held');
      openPublisher(join(folder, 'run')).close();
      expect(readdirSync(folder).sort()).toEqual(['.other.lock', '.other.old-0123abcd', '.other.partial-1-0123abcd']);
    });
  });
});
