import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { takeOut } from '../../src/publish/purge-run.ts';
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
});
