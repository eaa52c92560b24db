import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { type BankDirectory, loadBankDirectory } from '../../../src/disbursement/zengin/bank-directory.ts';
import { RENAMED_CODES, RENAMED_SINCE } from '../../../src/disbursement/zengin/renamed-codes.ts';

test('the list is every code that both versions know, under names that are said otherwise', async () => {
  const require = createRequire(import.meta.url);
  const before = require('zengin-code-2022') as BankDirectory;
  const { version } = require('zengin-code-2022/package.json') as { readonly version: string };
  expect(version.slice(-8)).toBe(RENAMED_SINCE.replaceAll('-', ''));
  const now = await loadBankDirectory();
  const expected = new Map<string, string>();
  for (const [bank, { name, kana, branches }] of Object.entries(before)) {
    const same = now[bank];
    if (same !== undefined && same.kana !== kana) expected.set(bank, name);
    for (const [branch, { name: called, kana: said }] of Object.entries(branches)) {
      const known = same?.branches[branch];
      if (known !== undefined && known.kana !== said) expected.set(`${bank}-${branch}`, called);
    }
  }
  expect(expected.size).toBeGreaterThan(200);
  expect(new Map([...RENAMED_CODES].sort())).toEqual(new Map([...expected].sort()));
});
