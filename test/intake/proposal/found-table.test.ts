import { describe, expect, test } from 'vitest';
import { foundTable, joinedTables, tableWith } from '../../../src/intake/proposal/found-table.ts';
import { beginOf, CLOCK, lookedAt, tableOf } from './tables.ts';

describe('foundTable', () => {
  test('finds headers below titles by their words, and leaves totals and blank rows out', () => {
    const table = tableOf('取引明細一覧', '対象店舗,M01', '', '報告ID,店舗ID,合計', 'S1,M01,5', '合計,,5', ',,');
    expect(table).toMatchObject({ line: 4, titles: ['取引明細一覧', '対象店舗,M01'], rows: [['S1', 'M01', '5']] });
    expect(table.form).toEqual({ header: { words: ['報告ID', '店舗ID', '合計'] } });
  });

  test('finds two rows of headers', () => {
    const table = tableOf('申請者,,受取', '申請番号,都道府県,受取方法', 'A1,鹿児島県,銀行振込');
    expect(table.form).toEqual({ header: { words: expect.arrayContaining([]) as unknown, rows: 2 } });
    expect(table.columns.map(({ header }) => header)).toEqual(['申請番号', '都道府県', '受取方法']);
    expect(table.rows).toEqual([['A1', '鹿児島県', '銀行振込']]);
  });

  test('leaves out headers that are printed again, and tells words of rows that add up', () => {
    const header = '利用日,店舗名,決済ブランド,項目,金額';
    const row = '2023-02-24,M01,VISA,,1500';
    const table = tableOf(header, row, row, ',,,売上合計金額,3000', header, row);
    expect(table.form).toEqual({ totals: ['売上合計金額'] });
    expect(table.rows).toHaveLength(3);
  });

  test('lets empty fields too many or too few at the end pass', () => {
    const table = tableOf('店舗ID,合計,現金', 'M01,5,5,,', 'M01,5,');
    expect(table.form).toEqual({ trailingCommas: true });
    expect(table.rows).toEqual([
      ['M01', '5', '5'],
      ['M01', '5', ''],
    ]);
  });

  test.each([
    ['no row of headers', ['見本太郎,09000000001', '見本花子,09000000002']],
    ['nothing', []],
  ])('finds none in %s', (_, lines) => {
    expect(foundTable(beginOf(lines), CLOCK)).toBeUndefined();
  });

  test('does not write a header that may be a person\u2019s, or that stands twice', () => {
    const columns = tableOf('取引ID,見本太郎,備考,備考,合計', 'T1,a,b,c,5').columns;
    expect(columns.map(({ shown, isOpen }) => [shown, isOpen])).toEqual([
      ['取引ID', true],
      ['<2: 字字字字>', false],
      ['備考', false],
      ['備考', false],
      ['合計', true],
    ]);
  });
});

describe('two rows of headers', () => {
  test('are found from the lower one, where that alone tells too little', () => {
    const table = tableOf('受付,,お店,', '番号,日時,番号,名前', 'K1,2023-03-08,M01,a');
    expect(table.form).toEqual({ header: { row: 1, rows: 2 } });
    expect(table.columns.map(({ header }) => header)).toEqual(['受付 番号', '日時', 'お店 番号', '名前']);
    expect(table.rows).toHaveLength(1);
  });

  test.each([
    ['a title', '対象店舗,M01,,'],
    ['a title with a number', '受付,,20230308,'],
  ])('%s is none', (_, title) => {
    const table = tableOf(title, '番号,日時,番号,名前', 'K1,2023-03-08,M01,a');
    expect(table.columns.map(({ header }) => header)).toEqual(['番号', '日時', '番号', '名前']);
  });
});

test('a row of words and equal yen below a header with a blank is no second row of headers', () => {
  const table = tableOf('区分,,金額,合計', '売上,現金,5,5');
  expect([table.form, table.rows.length]).toEqual([{}, 1]);
});

test('a table of some of its rows knows what these hold', () => {
  const table = tableWith(tableOf('店舗ID,合計', 'M01,5', 'M02,-5'), ([shop]) => shop === 'M01', CLOCK);
  expect([table.rows.length, table.columns[1]?.facts.negatives]).toEqual([1, 0]);
});

test('tables with the same headers are looked at as one', () => {
  const [a, b] = [tableOf('店舗ID,合計', 'M01,5'), tableOf('店舗ID,合計', 'M02,-5')];
  const joined = joinedTables([a, b], CLOCK);
  expect(joined.rows).toEqual([
    ['M01', '5'],
    ['M02', '-5'],
  ]);
  expect(joined.columns[1]?.facts.negatives).toBe(1);
});

test('a first line without headers is shown by its shapes', () => {
  expect(lookedAt('a.csv', '見本太郎,09000000001').shown).toEqual(['<1: 字字字字>', '<2: 99999999999>']);
});
