import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import {
  type BankDirectory,
  branchIn,
  DIRECTORY_DATE,
  DIRECTORY_VERSION,
  loadBankDirectory,
} from '../../../src/disbursement/zengin/bank-directory.ts';

const directory = await loadBankDirectory();
const notices = (bank: string, branch: string): readonly string[] =>
  branchIn(directory, bank, branch).notices.map(({ en }) => en);

test('the directory is the version that is told, of the day that its version names', () => {
  const { version } = createRequire(import.meta.url)('zengin-code/package.json') as { readonly version: string };
  expect(version).toBe(DIRECTORY_VERSION);
  expect(DIRECTORY_VERSION.slice(-8)).toBe(DIRECTORY_DATE.replaceAll('-', ''));
});

describe('a bank and a branch', () => {
  test('are known by their codes', () => {
    expect(branchIn(directory, '9900', '018')).toEqual({
      bankKana: 'ユウチヨ',
      branchKana: 'ゼロイチハチ',
      notices: [],
    });
  });

  test.each([
    // Gone with its bank, and never there.
    ['0533', '001', ['bank code 0533 is not in the directory']],
    ['0537', '001', ['bank code 0537 is not in the directory']],
    ['0185', '999', ['branch code 0185-999 (鹿児島) is not in the directory']],
    // Given anew to another branch, and a bank under another name.
    ['0149', '534', ['0149-534 is 静岡 武蔵小杉 now (綱島 on 2022-04-25)']],
    ['0522', '092', ['0522-092 is 東日本 日本橋 now (東陽町 on 2022-04-25)']],
    ['0038', '001', ['0038 is ドコモＳＭＴＢネット now (住信ＳＢＩネット on 2022-04-25)']],
  ])('of %s-%s are told about where they are unknown or renamed', (bank, branch, told) => {
    const found = notices(bank, branch);
    expect(found.slice(0, told.length)).toEqual(
      told.map((words) => words.replace('東日本', directory['0522']?.name ?? '')),
    );
  });

  test('of no bank are not found among what every object has', () => {
    expect(branchIn({} as BankDirectory, 'constructor', 'name').bankKana).toBe('');
  });
});
