import { describe, expect, it } from 'vitest';
import type { TableForm } from '../../../src/intake/mapping/mapping-schema.ts';
import { cutByWidth, tableBegin } from '../../../src/intake/mapping/table-begin.ts';

const records = (...lines: readonly string[]) =>
  lines.flatMap((line, index) => (line === '' ? [] : [{ fields: line.split(','), line: index + 1 }]));
const begin = (header: TableForm['header'], ...lines: readonly string[]) => tableBegin(records(...lines), { header });

describe('the headers are', () => {
  it('in the first record where nothing is said', () => {
    expect(tableBegin(records('a,b', '1,2'), undefined)).toMatchObject({ header: ['a', 'b'], lastLine: 1, titles: [] });
  });

  it('in the row that is named, counted by lines as an editor counts them', () => {
    const found = begin({ row: 5 }, '一覧', '店舗,M01', '', '', '番号,金額', '1,2');
    expect(found).toMatchObject({ header: ['番号', '金額'], lastLine: 5, titles: ['一覧', '店舗,M01'] });
  });

  it('in the first record that holds all the words, however they are spaced', () => {
    const found = begin({ words: ['番号', '金額'] }, '番号一覧', '番号,名', ' 番号 ,金額', '番号,金額');
    expect(found).toMatchObject({ lastLine: 3, titles: ['番号一覧', '番号,名'] });
  });

  it('nowhere where no record holds the words', () => {
    expect(begin({ words: ['番号'] }, 'a,b', '1,2')).toBeUndefined();
    expect(begin({ row: 3 }, 'a,b')).toBeUndefined();
    expect(begin({ row: 1, rows: 2 }, 'a,b')).toBeUndefined();
  });

  it('the names that are given, where the file has none', () => {
    expect(tableBegin(records('1,2'), { header: 'none', names: ['x', 'y'] })).toMatchObject({
      header: ['x', 'y'],
      lastLine: 0,
    });
  });
});

describe('of two rows of headers', () => {
  const two = (upper: string, lower: string) => begin({ row: 1, rows: 2 }, upper, lower)?.header;

  it('the lower one names the column', () => {
    expect(two('申込,,連絡先', '番号,日時,電話')).toEqual(['番号', '日時', '電話']);
  });

  it('the upper one, carried on to the right, tells alike ones apart', () => {
    expect(two('本人,,代理人,', '氏名,電話,氏名,電話')).toEqual([
      '本人 氏名',
      '本人 電話',
      '代理人 氏名',
      '代理人 電話',
    ]);
  });

  it('the upper one names a column where the lower one is empty', () => {
    expect(two('番号,連絡先,', ',電話,メール')).toEqual(['番号', '電話', 'メール']);
  });
});

it('fields of fixed widths are cut by characters, and lose their padding', () => {
  const fields = [
    { name: 'id', from: 1, length: 4 },
    { name: 'kana', from: 5, length: 6 },
    { name: 'yen', from: 11, length: 5 },
  ];
  expect(cutByWidth('T001ﾀﾅｶ   01500', fields)).toEqual(['T001', 'ﾀﾅｶ', '01500']);
  expect(cutByWidth('T00', fields)).toEqual(['T00', '', '']);
});
