import { describe, expect, test } from 'vitest';
import { text } from '../../../src/base/text.ts';
import { assumedText, findingsText, questionText, unaskedText } from '../../../src/cli/render/init-text.ts';
import type { FileFinding } from '../../../src/intake/proposal/propose.ts';

const english = ({ en }: { readonly en: string }): string => en;
const japanese = ({ ja }: { readonly ja: string }): string => ja;

const FOUND: FileFinding = {
  name: 'till.csv',
  kind: 'sales',
  score: 0.82,
  others: [{ kind: 'transactions', score: 0.4 }],
  columns: [
    { name: 'total_yen', header: '合計', by: 'header' },
    { name: 'merchant_id', header: 'merchant_id', by: 'known header' },
  ],
  unused: ['小計', '<3: 字字>'],
  line: 4,
  rows: 2,
  days: ['2023-02-24', '2023-02-25'],
  builtIn: undefined,
  sheets: [],
};
const UNKNOWN: FileFinding = { ...FOUND, name: 'odd.csv', kind: undefined, columns: [], unused: ['<1: 字字>'] };

describe('findingsText', () => {
  test('says what each file is taken for, and why', () => {
    expect(findingsText([FOUND, UNKNOWN], english)).toBe(`■ Files
  till.csv: merchant reports (fits by 82 %)
    its headers are on line 4
    columns: 合計 → total_yen, merchant_id
    not used: 小計, <3: 字字>
    rows looked at: 2 (2023-02-24 – 2023-02-25)
  odd.csv: fits nothing that is known, and is left out
    what may be its headers: <1: 字字>
    check its row of headers; what a file should hold: docs/data.md
`);
  });

  test('says it in Japanese, with a profile of its own and its sheets', () => {
    const said = findingsText([{ ...FOUND, builtIn: 'smaregi', sheets: ['売上', '控え'] }], japanese);
    expect(said).toContain('till.csv: 店の売上報告');
    expect(said).toContain('組み込みのプロファイル smaregi の見出し');
    expect(said).toContain('シート「売上」を見た(ほか 1 枚)');
  });
});

test('says what was assumed, and of what', () => {
  const question = {
    id: 'kind.a.csv',
    words: text('何', 'what'),
    otherwise: 'sales',
    assumed: text('a は売上', 'a is sales'),
  };
  const assumed = [{ kind: 'sales' as const, words: text('現金なし', 'no cash') }];
  const said = assumedText({ assumed, questions: [question] }, english);
  expect(said.split('\n').slice(1, 3)).toEqual(['  - a is sales', '  - merchant reports: no cash']);
  expect(assumedText({ assumed: [], questions: [] }, english)).toBe('');
});

test('says what would have been asked, and of what', () => {
  const question = {
    id: 'sales.shop',
    about: 'sales' as const,
    words: text('どの店', 'which shop'),
    otherwise: '',
    assumed: text('', ''),
  };
  expect(questionText(question, japanese)).toBe('【店の売上報告】どの店');
  expect(unaskedText([question], english)).toContain('  - [merchant reports] which shop\n');
  expect(unaskedText([], english)).toBe('');
});
