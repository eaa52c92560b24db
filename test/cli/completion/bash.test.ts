import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { execute, inFolder, put, regionpay } from '../command.ts';

let script: string;
beforeAll(async () => {
  script = (await regionpay(['completion', 'bash'])).stdout;
});

/** What bash offers for the last of some words, in a folder with a file and a folder of runs. */
const offered = (...words: readonly string[]): Promise<readonly string[]> =>
  inFolder(async (folder) => {
    put(folder, 'log one.csv', '');
    mkdirSync(join(folder, 'runs'));
    const typed = ['regionpay-reconcile', ...words].map((word) => `'${word}'`).join(' ');
    const ask = `${script}\nCOMP_WORDS=(${typed}); COMP_CWORD=${words.length}\n_regionpay_reconcile\nprintf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = await execute('bash', ['-c', ask], { cwd: folder });
    expect(stderr).toBe('');
    return stdout.split('\n').filter((line) => line !== '');
  });

describe('bash completes', () => {
  it('commands', async () => {
    expect(await offered('ru')).toEqual(['run', 'rules']);
  });

  it('commands behind a command', async () => {
    expect(await offered('policy', 'ch')).toEqual(['check']);
  });

  it('options of the command that was called', async () => {
    expect(await offered('run', '--max')).toEqual(expect.arrayContaining(['--max-rejects', '--max-unmatched']));
    expect(await offered('rules', '--max')).toEqual([]);
  });

  it.each([
    ['two words', ['run', '--lang', '']],
    ['one word, which bash breaks at its sign', ['run', '--lang', '=', '']],
  ])('values that are known, in %s', async (_, words) => {
    expect(await offered(...words)).toEqual(['ja', 'en']);
  });

  it('files with blanks in their names, and the next of a list of files', async () => {
    expect(await offered('run', '--issuance', 'lo')).toEqual(['log one.csv']);
    expect(await offered('run', '--issuance', 'a.csv', 'lo')).toEqual(['log one.csv']);
  });

  it('folders where a run is asked for', async () => {
    expect(await offered('verify', '')).toEqual(['runs']);
  });

  it('a value that nobody knows not at all', async () => {
    expect(await offered('run', '--memory', '')).toEqual([]);
  });
});
