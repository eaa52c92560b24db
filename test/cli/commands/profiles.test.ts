import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BUILT_IN_PROFILES } from '../../../src/intake/profiles/built-in-profiles.ts';
import { profileSchema } from '../../../src/intake/schema/profile.ts';
import { ROOT } from '../../support/program.ts';
import { inFolder, put, regionpay, toldCodes } from '../command.ts';

const SQUARE = join(ROOT, 'fixtures/layouts/square/sales.csv');
const BASE = join(ROOT, 'fixtures/real-files/base');
const INPUTS = [
  ...['--issuance', join(BASE, 'issuance.csv'), '--transactions', join(BASE, 'transactions.csv')],
  ...['--merchant-reports', SQUARE],
];

describe('profiles', () => {
  test('lists each with its inputs, its page and its date', async () => {
    const { status, stdout } = await regionpay(['profiles', '--lang', 'en']);
    expect(status).toBe(0);
    for (const name of BUILT_IN_PROFILES) expect(stdout).toMatch(new RegExp(`^${name}  `, 'm'));
    expect(stdout).toContain('paypay  transactions (transaction log), sales (merchant reports)');
    expect(stdout).toContain('https://paypay.ne.jp/help-merchant/b0836 (2026-11-30)');
  });

  test('tells the same as JSON', async () => {
    const { stdout } = await regionpay(['profiles', '--json']);
    const told = JSON.parse(stdout) as { name: string; inputs: string[] }[];
    expect(told.map(({ name }) => name)).toEqual(BUILT_IN_PROFILES);
    expect(told.find(({ name }) => name === 'square')?.inputs).toEqual(['sales']);
  });

  test.each(BUILT_IN_PROFILES)('show %s prints a profile that can be copied', async (name) => {
    const { status, stdout } = await regionpay(['profiles', 'show', name]);
    expect(status).toBe(0);
    expect(profileSchema().parse(JSON.parse(stdout)).id).toBe(name);
  });

  test('show of another name says which there are', async () => {
    const ended = await regionpay(['profiles', 'show', 'squaer', '--lang', 'en']);
    expect(ended.status).toBe(2);
    expect(toldCodes(ended)).toEqual(['UNKNOWN_VALUE']);
    expect(ended.stderr).toContain('square');
  });
});

describe('--profile NAME', () => {
  const check = (words: readonly string[], cwd: string) =>
    regionpay(['check', ...INPUTS, ...words, '--quiet'], { cwd });

  test('is the built-in one, also where a folder has that name', async () => {
    await inFolder(async (folder) => {
      mkdirSync(join(folder, 'square'));
      expect(await check(['--profile', 'square'], folder)).toMatchObject({ status: 0, stderr: '' });
    });
  });

  test('is a file, where one of that name is there', async () => {
    await inFolder(async (folder) => {
      put(folder, 'square', '{');
      const ended = await check(['--profile', 'square'], folder);
      expect([ended.status, toldCodes(ended)]).toEqual([2, ['BAD_PROFILE']]);
    });
  });

  test('stands in a config file, wherever that lies', async () => {
    await inFolder(async (folder) => {
      mkdirSync(join(folder, 'etc'));
      const config = put(folder, 'etc/run.json', '{"profile":"square:sales"}');
      expect(await check(['--config', config], folder)).toMatchObject({ status: 0, stderr: '' });
      put(folder, 'etc/square:sales', '{');
      const ended = await check(['--config', config], folder);
      expect([ended.status, toldCodes(ended)]).toEqual([2, ['BAD_PROFILE']]);
    });
  });

  test('of an input that the profile knows nothing of is told', async () => {
    await inFolder(async (folder) => {
      const ended = await check(['--profile', 'square:claims'], folder);
      expect([ended.status, toldCodes(ended)]).toEqual([2, ['UNKNOWN_VALUE']]);
    });
  });
});
