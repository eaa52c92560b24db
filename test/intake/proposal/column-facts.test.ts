import { describe, expect, test } from 'vitest';
import { columnFacts, yenOf } from '../../../src/intake/proposal/column-facts.ts';
import { CLOCK } from './tables.ts';

describe('columnFacts', () => {
  test.each([
    ['amounts, of which one is below nothing', ['¥1,500', '-300', ''], { count: 2, amounts: 1, negatives: 1 }],
    ['words for nothing are none', ['-', 'NULL', 'a'], { count: 1, distinct: 1 }],
    ['long numbers', ['4600-0000-0201', '460000000202'], { longNumbers: 1, distinct: 2 }],
    ['prefectures', ['46', '鹿児島県'], { prefectures: 1 }],
    ['a unit', ['1,000コイン', '300コイン'], { unit: 'コイン', amounts: 0 }],
    ['two units', ['1,000コイン', '300pt'], { unit: undefined }],
    ['ids of payouts', ['ﾌﾘｺﾐ P0123456789ABCDEF', 'ﾔﾁﾝ', 'P0123'], { payoutIds: 1 }],
    ['times', ['18:00', '9:05:20'], { times: 1 }],
  ])('%s', (_, cells, facts) => {
    expect(columnFacts(cells, CLOCK)).toMatchObject(facts);
  });

  test.each([
    [['090-0000-0001', '09000000002']],
    [['a@example.jp', 'b@example.jp']],
  ])('keeps nothing of contacts: %o', (cells) => {
    const { isContact, words, numbers } = columnFacts(cells, CLOCK);
    expect([isContact, words.size, numbers.size]).toEqual([true, 0, 0]);
  });

  test('counts words, the most frequent first, where they are few', () => {
    expect([...columnFacts(['決済', '返金', '決済'], CLOCK).words]).toEqual([
      ['決済', 2],
      ['返金', 1],
    ]);
    expect(
      columnFacts(
        Array.from({ length: 31 }, (_, at) => `w${at}`),
        CLOCK,
      ).words.size,
    ).toBe(0);
  });
});

test.each([
  ['1,500', 1500],
  ['▲300', -300],
  ['(300)', -300],
  ['-¥1,500', -1500],
  ['x', undefined],
  ['1.5', undefined],
])('%s is %s yen', (cell, yen) => {
  expect(yenOf(cell)).toBe(yen);
});
