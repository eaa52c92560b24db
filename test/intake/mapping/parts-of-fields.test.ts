import { describe, expect, it } from 'vitest';
import { placedSource, textOfSource } from '../../../src/intake/mapping/column-sources.ts';
import type { SourceOfColumn } from '../../../src/intake/mapping/mapping-schema.ts';

const HEADERS = ['支払方法1', '金額1', '支払方法2', '金額2', '摘要'];
const FILE = { name: 'sales-M01.csv', titles: ['店舗,M02'] };

function textOf(source: SourceOfColumn, fields: readonly string[], isAmount = false): string | undefined {
  const placed = placedSource(source, isAmount, FILE, (header) => HEADERS.indexOf(header));
  return placed === undefined ? undefined : textOfSource(placed, fields, 7);
}

const PAYMENTS: SourceOfColumn = {
  sum: [
    { from: '金額1', when: { 支払方法1: ['クーポン'] } },
    { from: '金額2', when: { 支払方法2: ['クーポン'] } },
  ],
};

describe('an amount by name and yen, side by side', () => {
  it.each([
    ['only what was paid in that way', ['クーポン', '1,000', '現金', '500', ''], '1000'],
    ['both, where both are', ['クーポン', '1000', 'クーポン', '500', ''], '1500'],
    ['nothing, where none is', ['現金', '1000', '', '', ''], '0'],
    ['without a yen that is none, where it does not count', ['現金', 'x', 'クーポン', '500', ''], '500'],
    ['as it is written, where a yen that counts is none', ['クーポン', 'x', '', '', ''], 'x'],
  ])('is %s', (_, fields, expected) => {
    expect(textOf(PAYMENTS, fields, true)).toBe(expected);
  });
});

describe('a part of a field', () => {
  const ID: SourceOfColumn = { from: '摘要', pattern: '(P[0-9A-F]{16})', unless: { 支払方法1: ['取消'] } };
  it.each([
    ['found after NFKC', ['振込', '', '', '', 'ﾌﾘｺﾐ Ｐ0123456789ABCDEF ｶｺﾞｼﾏ'], 'P0123456789ABCDEF'],
    ['nothing where the pattern finds none', ['振込', '', '', '', 'ﾃｽｳﾘﾖｳ'], ''],
    ['nothing of other rows', ['取消', '', '', '', 'P0123456789ABCDEF'], ''],
  ])('is %s', (_, fields, expected) => {
    expect(textOf(ID, fields)).toBe(expected);
  });

  it('is no 0 yen where an amount is not found: the row is to be rejected', () => {
    expect(textOf({ from: '摘要', pattern: '([\\d,]+)円' }, ['', '', '', '', '料金なし'], true)).toBe('');
  });
});

describe('a part of the file\u2019s name or of a line above its headers', () => {
  it('is the group of the pattern, and nothing at all where there is none', () => {
    expect(textOf({ fileName: '-(M\\d+)' }, [])).toBe('M01');
    expect(textOf({ title: '店舗,(M\\d+)' }, [])).toBe('M02');
    expect(textOf({ title: '店番,(M\\d+)' }, [])).toBeUndefined();
  });
});
