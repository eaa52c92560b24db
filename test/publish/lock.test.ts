import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Lock, Locked, takeLock } from '../../src/publish/lock.ts';
import { withFolder } from '../support/program.ts';

/** Called before each step of whoever takes a lock: the system calls by which others may come in between. */
const steps = vi.hoisted(() => ({ before: undefined as (() => void) | undefined }));

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const watched = (name: 'linkSync' | 'renameSync' | 'rmSync' | 'openSync' | 'readFileSync') =>
    Object.assign((...given: unknown[]) => {
      steps.before?.();
      return (fs[name] as (...all: unknown[]) => unknown)(...given);
    }, fs[name]);
  return {
    ...fs,
    linkSync: watched('linkSync'),
    renameSync: watched('renameSync'),
    rmSync: watched('rmSync'),
    openSync: watched('openSync'),
    readFileSync: watched('readFileSync'),
  };
});

afterEach(() => {
  steps.before = undefined;
});

const NO_SUCH_PROGRAM = 'no-such-program';
const WAYS = [
  ['held by the system', 'flock'],
  ['held by its name alone', NO_SUCH_PROGRAM],
] as const;

const DEAD = JSON.stringify({ pid: spawnSync(process.execPath, ['-e', '']).pid, host: hostname(), started: '1' });
const startOf = (pid: number) =>
  readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')[19] ?? '';
const held = (pid: number, started: string, more = {}) => JSON.stringify({ pid, host: hostname(), started, ...more });

/** The lock, or undefined where somebody else has it. */
function tried(path: string, flock: string): Lock | undefined {
  try {
    return takeLock(path, flock);
  } catch (error) {
    if (error instanceof Locked) return undefined;
    throw error;
  }
}

/** What three writers come to who find a dead lock: the second comes before the given step of the first, the third before another. */
function three(folder: string, flock: string, second: number, third: number) {
  const path = join(folder, '.run.lock');
  writeFileSync(path, DEAD);
  const others: (Lock | undefined)[] = [];
  let step = 0;
  const before = (): void => {
    steps.before = undefined;
    if (step === second) others.push(tried(path, flock));
    if (step === third) others.push(tried(path, flock));
    step++;
    steps.before = before;
  };
  steps.before = before;
  const first = tried(path, flock);
  steps.before = undefined;
  return { path, holders: [first, ...others].flatMap((lock) => lock ?? []), others, steps: step };
}

describe.each(WAYS)('a lock that is %s', (_, flock) => {
  test('has one holder, and stands there for it, whenever two more come while a dead one is taken over', () => {
    const seen = new Set<number>();
    let last = 1;
    for (let second = 0; second < last; second++) {
      for (let third = second; third < last; third++) {
        withFolder((folder) => {
          const { path, holders, others, steps: made } = three(folder, flock, second, third);
          last = Math.max(last, made);
          expect([second, third, holders.length]).toEqual([second, third, 1]);
          expect(JSON.parse(readFileSync(path, 'utf8')).pid).toBe(process.pid);
          expect(tried(path, flock)).toBeUndefined();
          seen.add(others.indexOf(holders[0]));
          for (const lock of holders) lock.release();
          expect(readdirSync(folder)).toEqual([]);
        });
      }
    }
    // The first one got it, and those who came in between.
    expect([...seen].sort()).toEqual([-1, 0]);
    expect(last).toBeGreaterThan(5);
  });

  test('is free once it is released, and not before', () => {
    withFolder((folder) => {
      const path = join(folder, '.run.lock');
      const lock = takeLock(path, flock);
      expect(tried(path, flock)).toBeUndefined();
      lock.release();
      takeLock(path, flock).release();
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  test('clears away what those left who were killed while they took it, and nothing of another lock', () => {
    withFolder((folder) => {
      const draft = '.run.lock.01234567-89ab-4def-8123-456789abcdef';
      const others = ['.run.lock.mine', `.my${draft}`, '.run.lock.old-x.lock'];
      for (const name of [draft, '.run.lock.over-0123456789abcdef', ...others]) writeFileSync(join(folder, name), DEAD);
      takeLock(join(folder, '.run.lock'), flock).release();
      expect(readdirSync(folder).sort()).toEqual(others.sort());
    });
  });

  test('is taken over from one who was killed while taking it over from a dead one', () => {
    withFolder((folder) => {
      const path = join(folder, '.run.lock');
      writeFileSync(path, DEAD);
      // All steps up to the last: the file stands behind the dead lock, and was not yet put in its place.
      let stopped = '';
      steps.before = () => {
        const behind = readdirSync(folder).find((name) => name.includes('.over-'));
        if (behind !== undefined) stopped = behind;
        if (stopped !== '') throw new Error('killed');
      };
      expect(() => takeLock(path, flock)).toThrow('killed');
      steps.before = undefined;
      writeFileSync(join(folder, stopped), DEAD.replace('"1"', '"2"'));
      const lock = takeLock(path, flock);
      expect(readdirSync(folder)).toEqual(['.run.lock']);
      lock.release();
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  test('of a live holder that an older version made is respected', () => {
    withFolder((folder) => {
      const path = join(folder, '.run.lock');
      writeFileSync(path, held(process.pid, startOf(process.pid)));
      expect(tried(path, flock)).toBeUndefined();
    });
  });

  test('which cannot be read as one is respected, however long it is, and is not read whole', () => {
    withFolder((folder) => {
      const path = join(folder, '.run.lock');
      writeFileSync(path, DEAD);
      // Far more than any text may hold: read whole, it could not be told at all.
      truncateSync(path, 2 ** 40);
      expect(() => takeLock(path, flock)).toThrow(Locked);
    });
  });

  test('which is a pipe is respected, and nobody waits for its other end', () => {
    withFolder((folder) => {
      const path = join(folder, '.run.lock');
      spawnSync('mkfifo', [path]);
      expect(() => takeLock(path, flock)).toThrow(Locked);
    });
  });

  test('which is a link is not followed', () => {
    withFolder((folder) => {
      writeFileSync(join(folder, 'dead'), DEAD);
      symlinkSync('dead', join(folder, '.run.lock'));
      expect(() => takeLock(join(folder, '.run.lock'), flock)).toThrow(/ELOOP/);
      expect(readFileSync(join(folder, 'dead'), 'utf8')).toBe(DEAD);
    });
  });

  test('of a process that was killed, and that nobody has waited for, is taken over', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, '.run.lock');
      // The shell is replaced by one that never waits for its child.
      const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
      try {
        const [told] = (await once(parent.stdout, 'data')) as [Buffer];
        const pid = Number(String(told));
        writeFileSync(path, held(pid, startOf(pid)));
        expect(tried(path, flock)).toBeUndefined();
        process.kill(pid, 'SIGKILL');
        await vi.waitUntil(() => / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')));
        takeLock(path, flock).release();
        expect(existsSync(path)).toBe(false);
      } finally {
        parent.kill('SIGKILL');
      }
    });
  });
});

test('a lock that the system holds is respected whatever its file says', () => {
  withFolder((folder) => {
    const path = join(folder, '.run.lock');
    const lock = takeLock(path);
    writeFileSync(path, DEAD);
    expect(tried(path, 'flock')).toBeUndefined();
    lock.release();
  });
});
