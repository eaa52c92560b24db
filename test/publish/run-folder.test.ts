import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Locked, takeLock } from '../../src/publish/lock.ts';
import { LeftAside, openPublisher, type Step, TargetTaken, Unconfirmed } from '../../src/publish/run-folder.ts';
import { filesOf, program, ROOT, withFolder } from '../support/program.ts';

/** What the system is to refuse, by call and path. */
const system = vi.hoisted(() => ({ refuses: undefined as ((call: string, path: string) => boolean) | undefined }));

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const refusing = (name: 'renameSync' | 'openSync' | 'rmSync') =>
    Object.assign((path: string, ...more: unknown[]) => {
      if (system.refuses?.(name, path) === true) throw Object.assign(new Error('EIO'), { code: 'EIO', errno: -5 });
      return (fs[name] as (...all: unknown[]) => unknown)(path, ...more);
    }, fs[name]);
  return {
    ...fs,
    renameSync: refusing('renameSync'),
    openSync: refusing('openSync'),
    rmSync: refusing('rmSync'),
  };
});

afterEach(() => {
  system.refuses = undefined;
});

const filesWith = (content: string) =>
  ['manifest.json', 'SHA256SUMS', 'payouts.csv'].map((name) => ({ name, content }));
const publish = async (target: string, content: string, replace = false, onStep?: (step: Step) => void) => {
  const publisher = openPublisher(target, onStep);
  try {
    await publisher.write(filesWith(content));
    return publisher.publish(filesWith(content), replace);
  } finally {
    publisher.close();
  }
};
const contentOf = (target: string) => new Set(Object.values(filesOf(target)));
const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('publishing', () => {
  test('puts the whole run in place, for its owner alone, and leaves nothing beside it', async () => {
    await withFolder(async (folder) => {
      const target = join(folder, 'deep/er/run');
      expect(await publish(target, 'one')).toBe('published');
      expect(Object.keys(filesOf(target))).toEqual(['SHA256SUMS', 'manifest.json', 'payouts.csv']);
      expect(modeOf(target)).toBe(0o700);
      expect(modeOf(join(target, 'payouts.csv'))).toBe(0o600);
      expect(readdirSync(join(folder, 'deep/er'))).toEqual(['run']);
    });
  });

  test('of the same bytes again changes nothing', async () => {
    await withFolder(async (folder) => {
      const target = join(folder, 'run');
      await publish(target, 'one');
      const before = statSync(join(target, 'payouts.csv')).ino;
      expect(await publish(target, 'one')).toBe('unchanged');
      expect(statSync(join(target, 'payouts.csv')).ino).toBe(before);
    });
  });

  test('never overwrites another run, unless it is told to', async () => {
    await withFolder(async (folder) => {
      const target = join(folder, 'run');
      await publish(target, 'one');
      await expect(publish(target, 'two')).rejects.toThrow(TargetTaken);
      expect(contentOf(target)).toEqual(new Set(['one']));
      expect(await publish(target, 'two', true)).toBe('replaced');
      expect(contentOf(target)).toEqual(new Set(['two']));
      expect(readdirSync(folder)).toEqual(['run']);
    });
  });

  test('a file added to a published run makes it another run', async () => {
    await withFolder(async (folder) => {
      const target = join(folder, 'run');
      await publish(target, 'one');
      writeFileSync(join(target, 'note.txt'), 'mine');
      await expect(publish(target, 'one')).rejects.toThrow(TargetTaken);
    });
  });

  test.each([
    [
      'holds files that are no run',
      (target: string) => {
        mkdirSync(target);
        writeFileSync(join(target, 'diary.txt'), 'mine');
      },
    ],
    ['is a file', (target: string) => writeFileSync(target, 'mine')],
  ])('refuses a target that %s, even with replace', async (_, prepare) => {
    await withFolder(async (folder) => {
      const target = join(folder, 'run');
      prepare(target);
      await expect(publish(target, 'one', true)).rejects.toThrow(TargetTaken);
      expect(readdirSync(folder)).toEqual(['run']);
    });
  });

  test('takes an empty folder', async () => {
    await withFolder(async (folder) => {
      mkdirSync(join(folder, 'run'));
      expect(await publish(join(folder, 'run'), 'one')).toBe('published');
    });
  });
});

describe('where the system refuses', () => {
  /** Publishes `new` over `old` from the given step on. */
  const refused = async (folder: string, step: Step, refuses: (call: string, path: string) => boolean) => {
    const target = join(folder, 'run');
    await publish(target, 'old');
    const replacing = () =>
      publish(target, 'new', true, (reached) => {
        if (reached === step) system.refuses = refuses;
      });
    return { target, replacing };
  };
  const isStaging = (path: string) => path.includes('.partial-');

  test('the second rename, the former run is back in its place at once', async () => {
    await withFolder(async (folder) => {
      const { target, replacing } = await refused(
        folder,
        'moved aside',
        (call, path) => call === 'renameSync' && isStaging(path),
      );
      await expect(replacing()).rejects.toThrow('EIO');
      expect(contentOf(target)).toEqual(new Set(['old']));
      expect(readdirSync(folder)).toEqual(['run']);
    });
  });

  test('to put it back, too, the place where it lies is told, and the next one puts it back', async () => {
    await withFolder(async (folder) => {
      const { target, replacing } = await refused(folder, 'moved aside', (call) => call === 'renameSync');
      await expect(replacing()).rejects.toThrow(LeftAside);
      system.refuses = undefined;
      expect(existsSync(target)).toBe(false);
      openPublisher(target).close();
      expect(contentOf(target)).toEqual(new Set(['old']));
    });
  });

  test.each([
    ['a first run', false, 'published'],
    ['one that replaces another', true, 'replaced'],
  ])('to confirm that the folder is on disk, %s is published, and told as that', async (_, replace, done) => {
    await withFolder(async (folder) => {
      const target = join(folder, 'run');
      if (replace) await publish(target, 'old');
      const refusing = () =>
        publish(target, 'new', replace, (step) => {
          if (step === 'staged') system.refuses = (call, path) => call === 'openSync' && path === folder;
        });
      await expect(refusing()).rejects.toThrow(expect.objectContaining({ constructor: Unconfirmed, done }));
      system.refuses = undefined;
      expect(contentOf(target)).toEqual(new Set(['new']));
      // The same run again is how it is confirmed.
      system.refuses = (call, path) => call === 'openSync' && path === folder;
      await expect(publish(target, 'new')).rejects.toThrow(expect.objectContaining({ done: 'unchanged' }));
      system.refuses = undefined;
      expect(await publish(target, 'new')).toBe('unchanged');
      expect(readdirSync(folder)).toEqual(['run']);
    });
  });

  test('to remove anything, what was done stays done', async () => {
    await withFolder(async (folder) => {
      const { target, replacing } = await refused(folder, 'in place', () => true);
      expect(await replacing()).toBe('replaced');
      system.refuses = undefined;
      expect(contentOf(target)).toEqual(new Set(['new']));
      openPublisher(target).close();
      expect(readdirSync(folder)).toEqual(['run']);
    });
  });
});

const STEPS: readonly Step[] = ['staged', 'moved aside', 'in place'];

describe.each(STEPS)('a crash when the run is %s', (step) => {
  test.each([
    'thrown',
    'killed',
  ])('leaves the old run or the new one, whole, and the next run cleans up (%s)', async (how) => {
    await withFolder(async (folder) => {
      const target = join(folder, 'run');
      await publish(target, 'old');
      if (how === 'killed') {
        const child = join(ROOT, 'test/publish/publish-child.ts');
        const { signal } = spawnSync(join(ROOT, 'node_modules/.bin/tsx'), [child, target, step, 'new']);
        expect(signal === 'SIGKILL' || signal === null).toBe(true);
      } else {
        const crash = (reached: Step) => {
          if (reached === step) throw new Error('crash');
        };
        await expect(publish(target, 'new', true, crash)).rejects.toThrow('crash');
      }
      // Between the two renames the old run is aside for a moment; the next publisher puts it back.
      openPublisher(target).close();
      expect(contentOf(target)).toEqual(new Set([step === 'in place' ? 'new' : 'old']));
      expect(Object.keys(filesOf(target)).length).toBe(3);
      expect(readdirSync(folder)).toEqual(['run']);
      expect(await publish(target, 'newer', true)).toBe('replaced');
    });
  });
});

describe('the lock', () => {
  const held = (pid: number, started: string, host = hostname()) => JSON.stringify({ pid, host, started });
  const startOf = (pid: number) =>
    readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')[19] ?? '';
  const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid;

  test('keeps a second writer out while the first is at it', () => {
    withFolder((folder) => {
      const first = openPublisher(join(folder, 'run'));
      expect(() => openPublisher(join(folder, 'run'))).toThrow(Locked);
      first.close();
      openPublisher(join(folder, 'run')).close();
    });
  });

  test.each([
    ['a dead process is taken over', () => held(deadPid(), '1'), true],
    ['a process whose number another one has since is taken over', () => held(process.pid, '1'), true],
    ['a living process is respected', () => held(process.pid, startOf(process.pid)), false],
    ['another machine is respected, for nobody here can tell', () => held(deadPid(), '1', 'elsewhere'), false],
    ['nobody knows whom is respected', () => 'scribble', false],
  ])('of %s', (_, content, taken) => {
    withFolder((folder) => {
      const path = join(folder, '.run.lock');
      writeFileSync(path, content());
      if (taken) takeLock(path).release();
      else expect(() => takeLock(path)).toThrow(Locked);
      expect(existsSync(path)).toBe(!taken);
    });
  });

  test('is released only by its owner', () => {
    withFolder((folder) => {
      const path = join(folder, '.run.lock');
      const lock = takeLock(path);
      writeFileSync(path, held(1, '1'));
      lock.release();
      expect(existsSync(path)).toBe(true);
    });
  });
});

describe('the program', () => {
  const config = join(ROOT, 'fixtures/outage-night/run.json');

  test('says that the system failed where its lock is a folder', () => {
    withFolder((folder) => {
      mkdirSync(join(folder, '.run.lock'));
      const { status, stderr } = program(['run', '--config', config, '--out', join(folder, 'run'), '--quiet']);
      expect([status, stderr.includes('SYSTEM_EISDIR')]).toEqual([4, true]);
    });
  });

  test('publishes checksums that sha256sum accepts', () => {
    withFolder((folder) => {
      const run = join(folder, 'run');
      expect(program(['run', '--config', config, '--out', run, '--excel', '--quiet']).status).toBe(0);
      const { status, stdout } = spawnSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: run, encoding: 'utf8' });
      expect(status).toBe(0);
      expect(stdout.trim().split('\n').length).toBe(Object.keys(filesOf(run)).length - 1);
    });
  });

  test('that is interrupted while it reads leaves nothing and exits 130', async () => {
    await withFolder(async (folder) => {
      const big = join(folder, 'transactions.csv');
      writeFileSync(big, 'transaction_id,coupon_number,occurred_at,kind,status,amount_yen\n');
      for (let part = 0; part < 10; part++) {
        const rows = Array.from(
          { length: 50_000 },
          (_, at) => `T${part}-${at},C${at},2023-02-01T10:00:00+09:00,charge,completed,0\n`,
        );
        appendFileSync(big, rows.join(''));
      }
      const night = join(ROOT, 'fixtures/outage-night');
      const words = [
        'run',
        '--issuance',
        join(night, 'issuance.csv'),
        '--transactions',
        big,
        '--merchant-reports',
        join(night, 'merchant_reports.csv'),
      ];
      const child = spawn(
        process.execPath,
        [join(ROOT, 'bin/regionpay-reconcile.js'), ...words, '--lang', 'en', '--out', join(folder, 'out/run')],
        { stdio: 'pipe' },
      );
      const output: string[] = [];
      child.stderr.on('data', (chunk) => output.push(String(chunk)));
      const ended = new Promise<number | null>((done) => child.on('exit', done));
      while (!output.join('').includes('reading')) await wait(10);
      child.kill('SIGINT');
      expect(await ended).toBe(130);
      expect(output.join('')).toContain('interrupted; nothing was published');
      expect(readdirSync(join(folder, 'out'))).toEqual([]);
    });
  });
});
