import { expect, test } from 'vitest';
import { text } from '../../../src/base/text.ts';
import { pathOf } from '../../../src/intake/proposal/draft.ts';
import { writtenProfile } from '../../../src/intake/proposal/written-profile.ts';
import type { Profile } from '../../../src/intake/schema/profile.ts';

test('writes each word before its line, and what is left at the end', () => {
  const profile = {
    schemaVersion: 2,
    id: 'a',
    inputs: { sales: { columns: { total_yen: '合計', cash_yen: { constant: '0' } } } },
  } as unknown as Profile;
  const notes = new Map([
    [pathOf('inputs', 'sales', 'columns', 'cash_yen'), [text('ない\nよ', 'none\nat all')]],
    [pathOf('inputs', 'sales', 'columns', ''), [text('残り', 'left')]],
  ]);
  expect(writtenProfile(profile, notes, [text('案', 'a proposal')], ({ en }) => en)).toBe(`// a proposal
{
  "schemaVersion": 2,
  "id": "a",
  "inputs": {
    "sales": {
      "columns": {
        "total_yen": "合計",
        // none\\u000aat all
        "cash_yen": { "constant": "0" }
        // left
      }
    }
  }
}
`);
});
