import { describe, expect, test } from 'vitest';
import { text } from '../../../src/base/text.ts';
import { Draft, pathOf, rowWords } from '../../../src/intake/proposal/draft.ts';

const QUESTION = { words: text('問い', 'question'), otherwise: 'safe', assumed: text('安全', 'safe') };

describe('Draft', () => {
  test('takes the safe answer where nobody has given one, and says so', () => {
    const draft = new Draft('sales', new Map());
    expect(draft.ask(QUESTION, 'shop')).toBe('safe');
    expect(draft.open).toEqual([{ ...QUESTION, id: 'sales.shop', about: 'sales' }]);
    expect(draft.assumed).toEqual([text('安全', 'safe')]);
  });

  test('takes what a person says', () => {
    const draft = new Draft('sales', new Map([['sales.shop', 'M01']]));
    expect(draft.ask(QUESTION, 'shop')).toBe('M01');
    expect([draft.open, draft.assumed]).toEqual([[], []]);
  });

  test('notes why beside each line, and each guess at the end, too', () => {
    const draft = new Draft('sales', new Map());
    draft.column('total_yen', '合計', text('見出し', 'header'));
    draft.assumeColumn('cash_yen', { constant: '0' }, text('ない', 'none'));
    draft.leaveOut({ a: ['1'] });
    draft.leaveOut({ b: ['2'] });
    expect(draft.input).toEqual({
      columns: { total_yen: '合計', cash_yen: { constant: '0' } },
      values: {},
      rows: { leaveOut: { a: ['1'], b: ['2'] } },
    });
    expect([...draft.notes]).toEqual([
      [pathOf('inputs', 'sales', 'columns', 'total_yen'), [text('見出し', 'header')]],
      [pathOf('inputs', 'sales', 'columns', 'cash_yen'), [text('推定: ない', 'assumed: none')]],
    ]);
    expect(draft.assumed).toEqual([text('ない', 'none')]);
  });
});

test('one row is no rows', () => {
  expect([1, 2].map(rowWords)).toEqual(['1 row', '2 rows']);
});
