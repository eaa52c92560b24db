import { execFileSync, spawn } from 'node:child_process';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasPlace, MOST_BYTES, readSmallFile } from '../../../src/cli/options/small-file.ts';
import { ROOT } from '../../support/program.ts';
import { execute, inFolder, NIGHT, put, regionpay } from '../command.ts';

const AT_ONCE = { withoutWriter: 50, silent: 200 };
const fifo = (folder: string): string => {
  const path = join(folder, 'fifo');
  execFileSync('mkfifo', [path]);
  return path;
};
const codeOf = (read: () => unknown): string => {
  try {
    read();
    return '';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? '';
  }
};

describe('a small file', () => {
  it('is read up to a limit, whatever its size', async () => {
    await inFolder(async (folder) => {
      const path = put(folder, 'a.json', '{}');
      expect(readSmallFile(path).toString()).toBe('{}');
      expect(hasPlace(path)).toBe(true);
      truncateSync(path, MOST_BYTES);
      expect(readSmallFile(path).length).toBe(MOST_BYTES);
      truncateSync(path, MOST_BYTES + 1);
      expect(codeOf(() => readSmallFile(path))).toBe('TOO_LARGE');
    });
  });

  it('is read once where it is a pipe, and told again', async () => {
    await inFolder(async (folder) => {
      const path = fifo(folder);
      const writer = spawn('sh', ['-c', 'printf first > "$0"; sleep 60; printf second > "$0"', path]);
      expect(readSmallFile(path).toString()).toBe('first');
      expect(readSmallFile(path).toString()).toBe('first');
      expect(hasPlace(path)).toBe(false);
      writer.kill();
    });
  });

  it('is waited for so long where nobody writes, or somebody is silent', async () => {
    await inFolder(async (folder) => {
      expect(codeOf(() => readSmallFile(fifo(folder), AT_ONCE))).toBe('NOTHING_COMES');
    });
    await inFolder(async (folder) => {
      const path = fifo(folder);
      const writer = spawn('sh', ['-c', 'exec 3<>"$0"; echo ready; sleep 60', path]);
      await new Promise((resolve) => writer.stdout.once('data', resolve));
      expect(codeOf(() => readSmallFile(path, AT_ONCE))).toBe('NOTHING_COMES');
      writer.kill();
    });
  });

  it('has an end, or is refused', () => {
    expect(readSmallFile('/dev/null').length).toBe(0);
    expect(codeOf(() => readSmallFile('/dev/zero'))).toBe('TOO_LARGE');
  });
});

describe('a file of options', () => {
  it('may come out of a pipe, with paths from where the command is called', async () => {
    const config = {
      issuance: 'issuance.csv',
      transactions: 'transactions.csv',
      merchantReports: 'merchant_reports.csv',
      asOf: '2023-05-10',
      policy: '/dev/fd/61',
      profile: '/dev/fd/62',
      lang: 'ja',
    };
    await inFolder(async (folder) => {
      const [policy, profile] = [join(folder, 'policy.json'), join(folder, 'profile.json')];
      writeFileSync(policy, (await regionpay(['policy', '--json'])).stdout);
      writeFileSync(profile, '{"schemaVersion": 1, "id": "piped", "inputs": {}}');
      const command = `"$0" "$1" check --config <(printf %s "$2") 61< <(cat "$3") 62< <(cat "$4")`;
      const words = [
        '-c',
        command,
        process.execPath,
        join(ROOT, 'bin/regionpay-reconcile.js'),
        JSON.stringify(config),
        policy,
        profile,
      ];
      const ended = await execute('bash', words, { cwd: NIGHT });
      expect(`${ended.status} ${ended.stderr}`).toMatch(/^0 /);
      expect(ended.stdout).toContain('■ 入力');
    });
  });

  it.each([
    ['--config', 'BAD_CONFIG'],
    ['--policy', 'BAD_POLICY'],
    ['--profile', 'BAD_PROFILE'],
  ])('that %s names and that has no end, or never begins, is refused', async (option, code) => {
    await inFolder(async (folder) => {
      for (const [path, words] of [
        ['/dev/zero', 'is too large (16 MiB are read at most)'],
        [fifo(folder), 'nothing comes through the pipe'],
      ] as const) {
        const ended = await regionpay(['check', option, path, '--lang', 'en']);
        expect(ended.status).toBe(2);
        expect(ended.stderr).toContain(`[${code}] ${path}`);
        expect(ended.stderr).toContain(words);
      }
    });
  });
});
