import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { GivenOptions } from '../../../src/cli/options/given.ts';
import { memoryBytes } from '../../../src/cli/options/memory-limit.ts';
import { readRequest } from '../../../src/cli/options/request.ts';
import { CommandFailure } from '../../../src/cli/terminal/exit.ts';
import { filesOf } from '../../support/program.ts';
import {
  BIN,
  type Ended,
  execute,
  INPUTS,
  inFolder,
  inputsWith,
  NIGHT,
  put,
  regionpay,
  toldCodes,
} from '../command.ts';

describe('an amount of memory', () => {
  const MACHINE = 1000;
  it.each([
    ['1KB', 1000],
    ['1.5 kb', 1500],
    ['512MB', 512e6],
    ['2GB', 2e9],
    ['1TB', 1e12],
    ['1KiB', 1024],
    ['1MiB', 1024 ** 2],
    ['24GiB', 24 * 1024 ** 3],
    ['0.5TiB', 1024 ** 4 / 2],
    [' 2GB ', 2e9],
    ['60%', 600],
    ['100 %', 1000],
    ['0.15%', 1],
  ])('%s is %i bytes', (written, bytes) => {
    expect(memoryBytes(written, MACHINE)).toBe(bytes);
  });

  // A number alone could be meant in any unit; nothing at all, more than there is, and less than a byte are no amounts.
  it.each([
    '',
    '2',
    '2 000MB',
    '-1GB',
    '0GB',
    '0%',
    '100.1%',
    '1e3MB',
    'GB',
    '%',
    '2XB',
    'Infinity%',
    '2GB3',
  ])('%j is none', (written) => {
    expect(memoryBytes(written, MACHINE)).toBeUndefined();
  });

  it('is a share of what the machine has', () => {
    const half = memoryBytes('50%') ?? 0;
    expect(half).toBeGreaterThan(0);
    expect((memoryBytes('100%') ?? 0) - 2 * half).toBeLessThanOrEqual(1);
  });

  const requestWith = (options: GivenOptions) =>
    readRequest({ issuance: ['a'], transactions: ['b'], merchantReports: ['c'], ...options }, 0, { out: false });

  it('is 60 % of the machine unless something else is asked for', () => {
    const bytes = (options: GivenOptions): number | undefined => {
      try {
        return requestWith(options).memoryBytes;
      } catch (error) {
        // The inputs are not there, but that is told with the memory.
        if (error instanceof CommandFailure) return undefined;
        throw error;
      }
    };
    const night = {
      issuance: [join(NIGHT, 'issuance.csv')],
      transactions: [join(NIGHT, 'transactions.csv')],
      merchantReports: [join(NIGHT, 'merchant_reports.csv')],
    };
    expect(bytes(night)).toBe(memoryBytes('60%'));
    expect(bytes({ ...night, memory: '3MB' })).toBe(3e6);
  });
});

/** Rows of the worked night, and more of coupons that nobody asks about: much to keep, and little to publish. */
function withManyRows(folder: string, rows: number): string[] {
  const night = readFileSync(join(NIGHT, 'transactions.csv'), 'utf8').trimEnd();
  const columns = (night.split('\n')[0] ?? '').split(',').length;
  const more = Array.from(
    { length: rows },
    (_, at) => `Z${at},${700_000_000_000 + at},2023-02-01T10:00:00+09:00,charge,completed,0${','.repeat(columns - 6)}`,
  );
  return inputsWith('--transactions', put(folder, 'transactions.csv', `${[night, ...more].join('\n')}\n`));
}

const loggedEvents = ({ stderr }: Ended): readonly string[] =>
  stderr
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => String((JSON.parse(line) as { msg: unknown }).msg));

describe('a run with little memory', () => {
  const runTo = (out: string, ...more: readonly string[]): Promise<Ended> =>
    regionpay(['run', ...INPUTS, '--log-format', 'json', '--out', out, ...more]);

  it.concurrent('publishes the same bytes by way of the disk', async () => {
    await inFolder(async (folder) => {
      const whole = await runTo(join(folder, 'whole'));
      expect([whole.status, loggedEvents(whole).includes('rows to disk')]).toEqual([0, false]);
      const parted = await runTo(join(folder, 'parted'), '--memory', '1KB');
      expect(parted.status).toBe(0);
      expect(loggedEvents(parted).filter((event) => event === 'rows to disk')).toHaveLength(1);
      expect(loggedEvents(parted).filter((event) => event === 'part settled').length).toBeGreaterThan(1);
      expect(filesOf(join(folder, 'parted'))).toEqual(filesOf(join(folder, 'whole')));
      expect(readdirSync(folder).sort()).toEqual(['parted', 'whole']);
    });
  });

  it.concurrent('continues a chain, and archives, as any other', async () => {
    await inFolder(async (folder) => {
      const first = join(folder, 'first');
      expect((await runTo(first, '--archive')).status).toBe(0);
      const more = ['--previous', first, '--archive', '--as-of', '2023-05-11T02:00:00+09:00', '--json'];
      const whole = await runTo(join(folder, 'whole'), ...more);
      const parted = await runTo(join(folder, 'parted'), ...more, '--memory', '1KB');
      expect([whole.status, parted.status]).toEqual([0, 0]);
      expect(JSON.parse(parted.stdout).since).toEqual(JSON.parse(whole.stdout).since);
      expect(filesOf(join(folder, 'parted'))).toEqual(filesOf(join(folder, 'whole')));
    });
  });

  /** A transaction that cannot be read, two rows of one id that say different things, and a claim of nothing. */
  const withFaults = (folder: string): string[] => {
    const night = readFileSync(join(NIGHT, 'transactions.csv'), 'utf8').trimEnd();
    const row = (id: string, minute: number): string =>
      `${id},000000000201,2023-02-24T12:0${minute}:00+09:00,payment,completed,1,M1,,,coupon`;
    const more = [row('T98', 0), row('T98', 1), row('T99', 0).replace(',1,', ',one,')];
    const claims = 'claim_id,received_at,kind,coupon_number,expires_on,prefecture,merchant_id\nC,,,,,,\n';
    const words = inputsWith('--transactions', put(folder, 'transactions.csv', `${[night, ...more].join('\n')}\n`));
    const at = words.indexOf('--claims');
    return [...words.slice(0, at + 1), put(folder, 'claims.csv', claims), ...words.slice(at + 2)];
  };

  it.concurrent.each([
    ['run', []],
    ['check', []],
    ['check', ['--json']],
  ])('%s %j refuses as many rejects, and says the same of them', async (command, more) => {
    await inFolder(async (folder) => {
      const words = [command, ...withFaults(folder), '--log-level', 'silent', ...more];
      const out = command === 'run' ? ['--out', join(folder, 'run')] : [];
      const whole = await regionpay([...words, ...out]);
      const parted = await regionpay([...words, ...out, '--memory', '1KB']);
      expect(whole.status).toBe(3);
      expect(whole.stderr).toContain('TOO_MANY_REJECTS');
      if (command === 'check') expect(whole.stdout).toContain('transactions.csv');
      expect(parted).toEqual(whole);
    });
  });

  it.concurrent('check puts rows where --temp-directory says too', async () => {
    await inFolder(async (folder) => {
      const words = ['check', ...INPUTS, '--quiet', '--memory', '1KB', '--temp-directory'];
      const ended = await regionpay([...words, join(folder, 'missing')]);
      expect([ended.status, ...toldCodes(ended)]).toEqual([4, 'SYSTEM_ENOENT']);
      expect((await regionpay([...words, folder])).status).toBe(0);
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  it.concurrent('verify and diff execute runs again in as little', async () => {
    await inFolder(async (folder) => {
      const [first, second, temporary] = ['first', 'second', 'temporary'].map((name) => join(folder, name)) as [
        string,
        string,
        string,
      ];
      mkdirSync(temporary);
      expect((await runTo(first, '--archive')).status).toBe(0);
      expect((await runTo(second, '--archive', '--as-of', '2023-04-11T02:00:00+09:00')).status).toBe(0);
      const little = ['--memory', '1KB', '--temp-directory'];
      for (const [words, status] of [
        [['verify', first], 0],
        [['diff', first, second], 1],
      ] as const) {
        const whole = await regionpay([...words, '--json']);
        expect(whole.status).toBe(status);
        expect(await regionpay([...words, '--json', ...little, temporary])).toEqual(whole);
        expect(readdirSync(temporary)).toEqual([]);
      }
      const nowhere = await regionpay(['verify', first, ...little, join(folder, 'missing')]);
      expect([nowhere.status, ...toldCodes(nowhere)]).toEqual([4, 'SYSTEM_ENOENT']);
    });
  });

  it.concurrent.each([
    ['verify', ['a run']],
    ['diff', ['a run', 'another']],
    ['report', ['a run', 'another']],
    ['report', ['a run']],
  ])('%s takes no other words for an amount than run does', async (command, runs) => {
    const ended = await regionpay([command, ...runs, '--memory', '2']);
    expect([ended.status, ...toldCodes(ended)]).toEqual([2, 'BAD_MEMORY']);
  });

  it.concurrent('puts rows where --temp-directory says, and leaves nothing there', async () => {
    await inFolder(async (folder) => {
      const temporary = join(folder, 'temporary');
      mkdirSync(temporary);
      const ended = await runTo(join(folder, 'run'), '--memory', '1KB', '--temp-directory', temporary);
      expect(ended.status).toBe(0);
      expect(ended.stderr).toContain(temporary);
      expect(readdirSync(temporary)).toEqual([]);
    });
  });

  it.concurrent('says so where that folder is not there, and publishes nothing', async () => {
    await inFolder(async (folder) => {
      const missing = join(folder, 'missing');
      const words = ['--quiet', '--memory', '1KB', '--temp-directory', missing];
      const ended = await runTo(join(folder, 'run'), ...words);
      expect([ended.status, ...toldCodes(ended)]).toEqual([4, 'SYSTEM_ENOENT']);
      expect(ended.stderr).toContain(missing);
      expect(ended.stderr).toContain('--temp-directory');
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  it.concurrent('takes both from a config file, whose paths are relative to it', async () => {
    await inFolder(async (folder) => {
      const config = put(folder, 'run.json', JSON.stringify({ memory: '1KB', tempDirectory: 'missing' }));
      const ended = await runTo(join(folder, 'run'), '--quiet', '--config', config);
      expect([ended.status, ...toldCodes(ended)]).toEqual([4, 'SYSTEM_ENOENT']);
      expect(ended.stderr).toContain(join(folder, 'missing'));
    });
  });

  it.concurrent('tells of a disk that is full of its rows, and leaves nothing', async () => {
    await inFolder(async (folder) => {
      const out = join(folder, 'out/run');
      const words = ['run', ...withManyRows(folder, 3000), '--quiet', '--no-report', '--out', out];
      // 3,000 rows of 56 bytes are more than the 100 KiB that a file may have here; the published files are less, but for the
      // page, which is left out.
      const limited = (...more: readonly string[]): Promise<Ended> => {
        const line = [process.execPath, BIN, ...words, ...more].map((word) => `'${word}'`).join(' ');
        return execute('bash', ['-c', `ulimit -f 100; ${line}`]);
      };
      const parted = await limited('--memory', '1KB');
      expect([parted.status, ...toldCodes(parted)]).toEqual([4, 'SYSTEM_EFBIG']);
      expect(readdirSync(join(folder, 'out'))).toEqual([]);
      expect((await limited()).status).toBe(0);
    });
  });

  /** Sends a signal once the run has said something. Gives back its exit code, or the signal's name. */
  async function cutOff(
    words: readonly string[],
    said: string,
    signal: NodeJS.Signals,
  ): Promise<number | string | null> {
    const child = spawn(process.execPath, [BIN, ...words, '--log-format', 'json'], { stdio: 'pipe' });
    const output: string[] = [];
    child.stderr.on('data', (chunk) => output.push(String(chunk)));
    const ended = new Promise<number | string | null>((done) => child.on('exit', (code, by) => done(code ?? by)));
    while (!output.join('').includes(said) && child.exitCode === null) await wait(5);
    child.kill(signal);
    const exit = await ended;
    // It was cut off where it was, not once all partitions were settled.
    const parts = [...output.join('').matchAll(/"part":(\d+),"parts":(\d+)/g)];
    for (const [, part, of] of parts) expect(Number(part)).toBeLessThan(Number(of));
    return exit;
  }

  it.concurrent.each([
    ['rows to disk', 'SIGINT', 130],
    ['part settled', 'SIGINT', 130],
    ['part settled', 'SIGTERM', 130],
    ['part settled', 'SIGKILL', 'SIGKILL'],
  ] as const)('leaves no rows where it has said %s and is cut off by %s', async (said, signal, exit) => {
    await inFolder(async (folder) => {
      const [out, temporary] = [join(folder, 'out'), join(folder, 'temporary')];
      mkdirSync(temporary);
      const night = withManyRows(folder, 200_000);
      const words = ['run', ...night, '--out', join(out, 'run'), '--memory', '1MB'];
      expect(await cutOff([...words, '--temp-directory', temporary], said, signal)).toBe(exit);
      expect(readdirSync(temporary)).toEqual([]);
      expect(await cutOff(words, said, signal)).toBe(exit);
      // Nobody can clean up after SIGKILL: the next run removes the empty folder and the lock.
      const left = signal === 'SIGKILL' ? readdirSync(out, { recursive: true }).map(String).sort() : readdirSync(out);
      expect(left.map((name) => name.replace(/partial-.*/, 'partial'))).toEqual(
        signal === 'SIGKILL' ? ['.run.lock', '.run.partial'] : [],
      );
    });
  });
});
