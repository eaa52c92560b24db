import { describe, expect, test } from 'vitest';
import type { Changes } from '../../../src/audit/diff/difference.ts';
import { text } from '../../../src/base/text.ts';
import {
  changesWords,
  netFigure,
  said,
  saidLines,
  statusWords,
  yenCells,
  yenHeads,
} from '../../../src/cli/render/comparison-words.ts';
import { NET_COLUMNS } from '../../../src/cli/render/diff-words.ts';
import { net, seen } from '../../support/comparison.ts';

const words = (changes: Changes, language: 'ja' | 'en') => changesWords(changes).map((each) => each[language]);

describe('what changed of a coupon', () => {
  test('is told column by column, in the order of the file, with words for codes', () => {
    const changes: Changes = {
      payable_yen: { before: '2000', after: '0' },
      route: { before: 'bank_transfer', after: '' },
      status: { before: 'payable', after: 'settled' },
    };
    expect(words(changes, 'ja')).toEqual([
      '状態: 支払える → 支払済み',
      '支払う額: 2,000円 → 0円',
      '送り方: 銀行振込 → –',
    ]);
    expect(words(changes, 'en')).toEqual([
      'status: payable → settled',
      'to pay: 2,000 yen → 0 yen',
      'route: bank transfer → –',
    ]);
  });

  test('of one that a run alone lists is what tells something: 0 yen and its reasons do not', () => {
    const changes: Changes = {
      status: { before: '', after: 'payable' },
      reinstate_yen: { before: '', after: '0' },
      payable_yen: { before: '', after: '700' },
      reasons: { before: '', after: 'IN' },
    };
    expect(words(changes, 'en')).toEqual(['status: not listed → payable', 'to pay: – → 700 yen']);
  });

  test.each(['toString', 'no_such', '__proto__'])('stands as it is where it is no word of ours: %s', (word) => {
    expect(statusWords(word)).toEqual(text(word, word));
    expect(words({ route: { before: word, after: '' } }, 'en')).toEqual([`route: ${word} → –`]);
    expect(words({ payable_yen: { before: '', after: word } }, 'en')).toEqual([`to pay: – → ${word} yen`]);
  });
});

test('a sum has its sign, and the name by which diff --json tells it', () => {
  expect(netFigure('netYen', 1800).html).toContain('data-figure="netYen"');
  expect(seen(netFigure('netYen', 1800).html, 'ja')).toBe('+1,800円');
  expect(seen(netFigure('netYen', -1).html, 'en')).toBe('-1 yen');
});

test('columns of yen have a head and a cell each', () => {
  const row = (pieces: readonly { html: string }[]) => pieces.map(({ html }) => seen(html, 'en'));
  expect(row(yenHeads(NET_COLUMNS))).toEqual(['to pay', 'to put back', 'kept or held']);
  expect(row(yenCells(net(1, -2, 0), NET_COLUMNS))).toEqual(['+1 yen', '-2 yen', '0 yen']);
});

test('what stands in a file is text, in both languages', () => {
  const piece = said((t) => t(text('<b>', '</span>')));
  expect(piece.html).toBe('<span class="ja" lang="ja">&lt;b&gt;</span><span class="en" lang="en">&lt;/span&gt;</span>');
  expect(saidLines((t) => [t(text('一', 'one')), 'two']).map(({ html }) => seen(html, 'ja'))).toEqual(['一', 'two']);
});
