import { expect, test } from 'vitest';
import { DECISIONS, deciderOf, SHOWN_AS_ANSWERED } from '../../../src/tables/kinds/decisions.ts';

test('one person is one, however the name is written, and two are two', () => {
  expect(new Set(['佐藤', ' 佐藤', '佐 藤', '佐\u3000藤'].map(deciderOf)).size).toBe(1);
  expect(new Set(['Sato', 'sato', 'ＳＡＴＯ'].map(deciderOf)).size).toBe(1);
  expect(deciderOf('佐藤')).not.toBe(deciderOf('佐藤太郎'));
});

test('what review.csv shows as answered is known as that answer, for whoever signs it', () => {
  const wordsFor = (decision: 'approve' | 'reject') => DECISIONS.columns.decision.values[decision].split(' ');
  for (const decision of ['approve', 'reject'] as const)
    expect(wordsFor(decision)).toContain(SHOWN_AS_ANSWERED[decision]);
});
