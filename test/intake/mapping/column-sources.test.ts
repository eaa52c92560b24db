import { describe, expect, it } from 'vitest';
import { placedSource, textOfSource } from '../../../src/intake/mapping/column-sources.ts';
import type { SourceOfColumn } from '../../../src/intake/mapping/mapping-schema.ts';

const NAMES = ['日付', '時刻', '金額', 'カード', '方法', '番号'];
const FILE = { name: 'sales-M07_2023-02.csv', titles: ['取引明細一覧', '対象店舗,M01'] };
const ROW = ['2023/02/24', '18:00', '1,500', '¥500', '現金', '12'];

function textOf(source: SourceOfColumn, fields: readonly string[] = ROW, isAmount = false): string | undefined {
  const placed = placedSource(source, isAmount, FILE, (header) => NAMES.indexOf(header));
  return placed === undefined ? undefined : textOfSource(placed, fields, 7);
}
const without = (name: string): string[] => ROW.map((value, index) => (NAMES[index] === name ? '' : value));

describe('a column is made of', () => {
  it.each<[string, SourceOfColumn, string]>([
    ['a field', '金額', '1,500'],
    ['a field that has its own date format', { from: '日付', dateFormat: 'yyyy/MM/dd' }, '2023/02/24'],
    ['a constant', { constant: 'payment' }, 'payment'],
    ['part of the file\u2019s name', { fileName: 'sales-(M\\d+)_' }, 'M07'],
    ['part of a title', { title: '^対象店舗,(.+)$' }, 'M01'],
    ['two fields with a blank between', { join: ['日付', '時刻'], with: ' ' }, '2023/02/24 18:00'],
    ['a field, a text and the line', { join: ['番号', { constant: '/' }, { line: true }] }, '12/7'],
    ['a sum', { sum: ['金額', 'カード'] }, '2000'],
    ['a difference', { from: '金額', minus: ['カード'] }, '1000'],
  ])('%s', (_, source, text) => {
    expect(textOf(source)).toBe(text);
  });
});

describe('nothing is made up:', () => {
  it.each<[string, SourceOfColumn, readonly string[], string]>([
    ['half a date and time is none', { join: ['日付', '時刻'], with: ' ' }, without('時刻'), ''],
    ['a blank amount in a sum is 0 yen', { sum: ['金額', 'カード'] }, without('カード'), '1500'],
    ['a sum of blanks is 0 yen', { sum: ['カード'] }, without('カード'), '0'],
    ['an amount that is none stands for the sum', { sum: ['金額', '方法'] }, ROW, '現金'],
    [
      'an amount that is taken back is taken from a sum',
      { sum: ['金額', 'カード'] },
      ['', '', '1,500', '-500', '', ''],
      '1000',
    ],
    ['a difference may be below nothing', { from: 'カード', minus: ['金額'] }, ROW, '-1000'],
  ])('%s', (_, source, fields, text) => {
    expect(textOf(source, fields)).toBe(text);
  });

  it('a pattern that finds nothing gives no source at all', () => {
    expect([textOf({ fileName: 'shop-(\\d+)' }), textOf({ title: '^店舗コード,(.+)$' })]).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe('of some rows only', () => {
  const cash: SourceOfColumn = { from: '金額', when: { 方法: ['現金'] } };
  const others: SourceOfColumn = { sum: ['金額'], unless: { 方法: ['現金', 'クーポン'] } };

  it('a row that meets it has the value, and another 0 yen', () => {
    const byCard = ['', '', '800', '', 'VISA', ''];
    expect([textOf(cash, ROW, true), textOf(cash, byCard, true)]).toEqual(['1,500', '0']);
    expect([textOf(others, ROW, true), textOf(others, byCard, true)]).toEqual(['0', '800']);
  });

  it('what is no amount is absent where it is not met', () => {
    expect(textOf({ from: '番号', when: { 方法: ['VISA'] } })).toBe('');
  });
});
