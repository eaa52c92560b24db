import { describe, expect, it } from 'vitest';
import type { ColumnMeanings } from '../../../src/cli/render/losses.ts';
import {
  allColumnLines,
  areMadeAlike,
  columnLines,
  formatWords,
  leftOutWords,
  sampleText,
} from '../../../src/cli/render/understood-text.ts';
import { translateTo } from '../../../src/cli/terminal/language.ts';
import type { InputFile } from '../../../src/tables/tables.ts';
import type { ColumnOrigin, UnderstoodColumn, UnderstoodFile } from '../../../src/tables/understood-file.ts';

const [ja, en] = [translateTo('ja'), translateTo('en')];
const MEANINGS: ColumnMeanings = {
  titleOf: () => ({ ja: '', en: '' }),
  without: () => ({ ja: '0 円とみなす。', en: 'It counts as 0.' }),
  costs: () => true,
};
const FILE: UnderstoodFile = {
  byteOrderMark: false,
  delimiter: 'comma',
  sheet: null,
  headerLine: 1,
  headerRows: 1,
  columns: [],
  leftOut: [],
  sample: [],
};
const column = (
  name: string,
  origin: Partial<ColumnOrigin>,
  more: Partial<UnderstoodColumn> = {},
): UnderstoodColumn => ({
  column: name,
  required: true,
  origin: { from: 'header', parts: [{ header: name }], when: [], unless: [], ...origin },
  examples: [{ line: 2, written: 'x1', read: 'x1' }],
  ...more,
});
const fileWith = (...columns: readonly UnderstoodColumn[]): InputFile =>
  ({ kind: 'sales', name: 'a.csv', understood: { ...FILE, columns } }) as unknown as InputFile;

describe('how a file is written', () => {
  it.each<[string, Partial<UnderstoodFile>, string, string]>([
    ['plainly', {}, 'カンマ区切り, 見出しは 1 行目', 'commas, header on line 1'],
    [
      'with tabs and a mark',
      { byteOrderMark: true, delimiter: 'tab', headerLine: 4 },
      'BOM あり, タブ区切り, 見出しは 4 行目',
      'BOM, tabs, header on line 4',
    ],
    [
      'in a sheet with two rows of headers',
      { delimiter: null, sheet: '明細', headerLine: 3, headerRows: 2 },
      'シート「明細」, 見出しは 3 行目までの 2 行',
      'sheet "明細", 2 rows of headers to line 3',
    ],
    [
      'by widths',
      { delimiter: 'none', headerLine: null, headerRows: 0 },
      '桁で区切る, 見出しなし',
      'fixed widths, no header',
    ],
  ])('%s', (_, more, japanese, english) => {
    expect([formatWords({ ...FILE, ...more }, ja), formatWords({ ...FILE, ...more }, en)]).toEqual([japanese, english]);
  });
});

describe('what a column is made of', () => {
  it.each<[string, Partial<ColumnOrigin>, string, string]>([
    ['a header', { parts: [{ header: '金額' }] }, '金額', '金額'],
    ['the same in all rows', { from: 'constant', parts: [{ constant: 'sent' }] }, 'いつも「sent」', 'always "sent"'],
    ['the file\u2019s name', { from: 'file_name', parts: [] }, 'ファイル名から', 'from the file’s name'],
    ['a title', { from: 'title', parts: [] }, '見出しの上の行から', 'from above the headers'],
    [
      'several parts',
      { from: 'join', parts: [{ header: '店' }, { constant: '-' }, { line: true }] },
      '店 + - + 行番号',
      '店 + - + line number',
    ],
    ['a difference', { from: 'sum', parts: [{ header: '計' }, { minus: '税' }] }, '計 − 税', '計 − 税'],
    [
      'a header of some rows',
      {
        parts: [{ header: '金額' }],
        when: [{ header: '種別', values: ['売上', ''] }],
        unless: [{ header: '取消', values: ['1'] }],
      },
      '金額(種別 = 売上 | "" の行、取消 = 1 でない行)',
      '金額 (where 種別 = 売上 | "", unless 取消 = 1)',
    ],
  ])('%s', (_, origin, japanese, english) => {
    const file = fileWith(column('amount_yen', origin));
    expect([columnLines(file, ja)[0], columnLines(file, en)[0]]).toEqual([
      `amount_yen  ${japanese}  x1`,
      `amount_yen  ${english}  x1`,
    ]);
  });

  it('is not told where all headers are our names, and is a sign where only some are', () => {
    const [same, other] = [column('report_id', {}), column('voided', { parts: [{ header: '取消' }] })];
    expect(columnLines(fileWith(same), en)).toEqual(['report_id  x1']);
    expect(columnLines(fileWith(same, other), en)).toEqual(['report_id  =     x1', 'voided     取消  x1']);
  });

  it('shows no sign that a terminal obeys', () => {
    const file = fileWith(column('voided', { parts: [{ header: 'a\u001b[1m' }] }));
    expect(columnLines(file, en)).toEqual(['voided  a\\u001b[1m  x1']);
  });
});

describe('what was read', () => {
  const examples = [
    { line: 2, written: '2023/2/24', read: '2023-02-24' },
    { line: 3, written: '<a>', read: null, code: 'BAD_DATE' },
  ];
  const dated = column('sold_at', {}, { examples, dates: { form: 'yyyy/M/d', zone: 'UTC' } });
  const missing = column('other_yen', { from: 'not_in_file', parts: [] }, { examples: [] });

  it('is one value in short, and all with their form in full', () => {
    expect(columnLines(fileWith(dated, missing), ja)).toEqual([
      'sold_at  2023/2/24 → 2023-02-24',
      'ファイルにない列: other_yen',
    ]);
    expect(allColumnLines(fileWith(dated, missing), MEANINGS, ja)).toEqual([
      'sold_at    =               2023/2/24 → 2023-02-24',
      '                           <a> 読めない(BAD_DATE)',
      '                           ["yyyy/M/d", UTC]',
      'other_yen  ファイルにない  (0 円とみなす。)',
    ]);
  });

  it('is told where the first rows hold nothing', () => {
    expect(columnLines(fileWith(column('voided', {}, { examples: [] })), en)).toEqual([
      'voided  (empty in the first rows)',
    ]);
  });

  it('is one line where nothing was read otherwise than it stands', () => {
    const same = ['A1', 'A2'].map((written, at) => ({ line: at + 2, written, read: written }));
    expect(allColumnLines(fileWith(column('report_id', {}, { examples: same })), MEANINGS, en)).toEqual([
      'report_id  A1, A2',
    ]);
  });

  it('of a row stands by column, behind its place', () => {
    const values = {
      report_id: { written: 'S1', read: 'S1' },
      sold_at: { written: '<a>', read: null, code: 'BAD_INSTANT' },
    };
    const file = { name: 'a\n.csv', understood: { ...FILE, sample: [{ line: 7, values }] } } as unknown as InputFile;
    expect(sampleText([file], en)).toBe(
      '  a\\u000a.csv:7\n    report_id  S1\n    sold_at    <a> cannot be read (BAD_INSTANT)',
    );
  });
});

it('rows that are left out are told by what leaves them out', () => {
  const leftOut = [
    { rule: 'only', header: '区分', values: ['売上', '返品'], rows: 1200 },
    { rule: 'leaveOut', header: '取消', values: ['1'], rows: 0 },
  ] as const;
  expect(leftOutWords(leftOut, ja)).toEqual(['区分 = 売上 | 返品 でない: 1,200', '取消 = 1: 0']);
  expect(leftOutWords(leftOut, en)).toEqual(['not 区分 = 売上 | 返品: 1,200', '取消 = 1: 0']);
});

it('files are made alike where their columns come from the same, whatever they hold', () => {
  const [one, other] = [['A1'], ['B2']].map(([written = '']) =>
    fileWith(column('report_id', {}, { examples: [{ line: 2, written, read: written }] })),
  ) as [InputFile, InputFile];
  expect(areMadeAlike(one, other)).toBe(true);
  expect(areMadeAlike(one, fileWith(column('report_id', { parts: [{ header: '報告ID' }] })))).toBe(false);
  expect(areMadeAlike(one, { ...one, kind: 'claims' })).toBe(false);
});
