import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Locked } from '../../src/publish/lock.ts';
import { clearBeside, takeOut } from '../../src/publish/purge-run.ts';
import { withFolder } from '../support/program.ts';

const NOTE = { name: 'purged.json', content: 'the note\n' };

const inRun = (use: (run: string, parent: string) => void): void =>
  withFolder((parent) => {
    const run = join(parent, 'run');
    mkdirSync(join(run, 'inputs'), { recursive: true });
    for (const name of ['payouts.csv', 'inputs/a.gz', 'eligibility.csv']) writeFileSync(join(run, name), name);
    use(run, parent);
  });

describe('what is taken out of a run', () => {
  test('is gone, the rest stays, and the note is nobody else\u2019s to read', () => {
    inRun((run, parent) => {
      takeOut(run, NOTE, ['payouts.csv', 'inputs/a.gz']);
      expect(readdirSync(run).sort()).toEqual(['eligibility.csv', 'inputs', 'purged.json']);
      expect(readdirSync(join(run, 'inputs'))).toEqual([]);
      expect(statSync(join(run, 'purged.json')).mode & 0o777).toBe(0o600);
      expect(readdirSync(parent)).toEqual(['run']);
    });
  });

  test.each([
    ['noted', 0],
    ['taken', 1],
  ])('is noted before it goes: after a crash behind "%s" the same call takes the rest', (at, gone) => {
    inRun((run) => {
      const crash = (step: string): void => {
        if (step === at) throw new Error('crash');
      };
      expect(() => takeOut(run, NOTE, ['payouts.csv', 'inputs/a.gz'], crash)).toThrow('crash');
      expect(readFileSync(join(run, 'purged.json'), 'utf8')).toBe(NOTE.content);
      const left = ['payouts.csv', 'inputs/a.gz'].filter((name) => existsSync(join(run, name)));
      expect(left.length).toBe(2 - gone);
      takeOut(run, NOTE, ['payouts.csv', 'inputs/a.gz']);
      expect(existsSync(join(run, 'inputs/a.gz'))).toBe(false);
    });
  });

  test('leaves nothing of a call that could not end, though there is no more to take', () => {
    inRun((run, parent) => {
      const ended = { pid: spawnSync(process.execPath, ['-e', '0']).pid, host: hostname(), started: '' };
      const left = ['.run.lock', `.run.lock.${randomUUID()}`, '.run.purged', '.runs.lock'];
      for (const name of left) writeFileSync(join(parent, name), JSON.stringify(ended));
      clearBeside(run);
      expect(readdirSync(parent).sort()).toEqual(['.runs.lock', 'run']);
    });
  });

  test('is not cleared away beside one who is at it', () => {
    inRun((run, parent) => {
      writeFileSync(join(parent, '.run.lock'), JSON.stringify({ pid: process.pid, host: hostname(), started: '' }));
      expect(() => clearBeside(run)).toThrow(Locked);
      expect(readdirSync(parent).sort()).toEqual(['.run.lock', 'run']);
    });
  });

  test('touches nothing where nothing was left', () => {
    inRun((run, parent) => {
      const before = statSync(parent, { bigint: true }).mtimeNs;
      clearBeside(run);
      expect(statSync(parent, { bigint: true }).mtimeNs).toBe(before);
    });
  });
});
