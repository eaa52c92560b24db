import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alter, redoAll, redoSums } from '../../support/forged-run.ts';
import { copied, nightsInChain } from '../../support/nights-in-chain.ts';
import { program } from '../../support/program.ts';

let nights = '';
beforeAll(() => {
  nights = nightsInChain(2);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'made-up', '-f', join(nights, 'key')]);
  writeFileSync(join(nights, 'allowed'), `office ${readFileSync(join(nights, 'key.pub'), 'utf8')}`);
});
afterAll(() => rmSync(nights, { recursive: true }));

/** What the sealing of a night, and its verification, come to. */
const told = (folder: string, ...words: readonly string[]) => {
  const [command = '', night = '', ...more] = words.map((word) => word.replace('~', folder));
  const { status, stdout, stderr } = program([command, join(folder, night), ...more, '--lang', 'en']);
  return { status, said: stdout + stderr };
};
const SEALED = ['--sealed', '~/seals.txt'] as const;
const SIGNERS = ['--allowed-signers', '~/allowed'] as const;
const TO = ['--to', '~/seals.txt'] as const;

test('nights are sealed one by one, signed, and verified against the file', () =>
  copied(nights, (folder) => {
    const signed = ['--key', '~/key', '--identity', 'office'];
    expect(told(folder, 'seal', 'first', ...TO, ...signed)).toMatchObject({
      status: 0,
      said: expect.stringContaining('sealed in line 1'),
    });
    expect(told(folder, 'seal', 'second', ...TO, ...signed).status).toBe(0);
    expect(told(folder, 'seal', 'second', ...TO, ...signed).said).toContain('already sealed in line 2');
    const { status, said } = told(
      folder,
      'verify',
      'second',
      '--chain',
      ...SEALED,
      ...SIGNERS,
      '--signer',
      'office',
      '--strict',
    );
    expect(said).toContain('ok: seals\nok: signatures of the seals');
    expect(status).toBe(0);
    expect(told(folder, 'verify', 'second', ...SEALED, '--strict').status).toBe(1);
    expect(told(folder, 'verify', 'second', ...SEALED).status).toBe(0);
    alter(folder, 'seals.txt', (content) => content.replace('"signer":"office"', '"signer":"others"'));
    const altered = told(folder, 'verify', 'second', ...SEALED, ...SIGNERS);
    expect(altered.status).toBe(1);
    expect(altered.said).toContain('line 1: its signature is not of what it says');
    expect(altered.said).toContain('line 2 does not follow the line before it');
  }));

test('a chain that was forged as a whole is found by its seals alone', () =>
  copied(nights, (folder) => {
    for (const night of ['first', 'second']) expect(told(folder, 'seal', night, ...TO).status).toBe(0);
    rmSync(join(folder, 'second'), { recursive: true });
    const cut = told(folder, 'verify', 'first', '--chain', ...SEALED);
    expect(cut.status).toBe(1);
    expect(cut.said).toContain(
      'the run that was sealed last (line 2, as of 2023-05-10T02:00:00+09:00) is not among the folders',
    );
    redoAll(join(folder, 'first'), (body) => ({ ...body, program: { name: 'x', version: '1', revision: 'y' } }));
    const forged = told(folder, 'verify', 'first', ...SEALED);
    expect(forged.status).toBe(1);
    expect(forged.said).toContain('first is not the run that was sealed in line 1');
    expect(told(folder, 'seal', 'first', ...TO)).toMatchObject({
      status: 3,
      said: expect.stringContaining('SEAL_CONTRADICTED'),
    });
  }));

test('a run that is not as it was written is not sealed, and nothing is noted', () =>
  copied(nights, (folder) => {
    alter(join(folder, 'first'), 'eligibility.csv', (content) => `${content}x\n`);
    redoSums(join(folder, 'first'));
    const { status, said } = told(folder, 'seal', 'first', ...TO);
    expect([status, said.includes('eligibility.csv differs from manifest.json')]).toEqual([3, true]);
    expect(() => readFileSync(join(folder, 'seals.txt'))).toThrow('ENOENT');
  }));

test.each<readonly [string, readonly string[], number, string]>([
  ['no file', ['seal', 'first'], 2, 'MISSING_OPTION'],
  ['a name and no key', ['seal', 'first', ...TO, '--identity', 'x'], 2, 'MISSING_OPTION'],
  ['a key that is not there', ['seal', 'first', ...TO, '--key', '~/nothing'], 3, 'CANNOT_SIGN'],
  ['a folder in the place of the file', ['seal', 'first', '--to', '~/first'], 3, 'BAD_SEAL_FILE'],
  ['what is no run', ['seal', 'nothing', ...TO], 3, 'NOT_A_RUN_FOLDER'],
  ['signers without seals', ['verify', 'first', ...SIGNERS], 2, 'MISSING_OPTION'],
  ['a signer without a list', ['verify', 'first', ...SEALED, '--signer', 'x'], 2, 'MISSING_OPTION'],
  ['a file of seals that is not there', ['verify', 'first', '--sealed', '~/none.txt'], 3, 'BAD_SEAL_FILE'],
  ['a number of nights that is none', ['verify', 'first', '--execute', '0'], 2, 'UNKNOWN_VALUE'],
])('%s is told in plain words', (_, words, exit, code) =>
  copied(nights, (folder) => {
    const { status, said } = told(folder, ...words);
    expect([status, said.includes(`[${code}]`)]).toEqual([exit, true]);
  }));

test('a file of seals that somebody else wrote into is not added to', () =>
  copied(nights, (folder) => {
    appendFileSync(join(folder, 'seals.txt'), 'notes\n');
    const { status, said } = told(folder, 'seal', 'first', ...TO);
    expect([status, said.includes('line 1 is not in the form that seal writes')]).toEqual([3, true]);
    expect(readFileSync(join(folder, 'seals.txt'), 'utf8')).toBe('notes\n');
  }));
