import { describe, expect, it } from 'vitest';
import { fileMapping, isPlainMapping, MappedRows, saidByValue } from '../../../src/intake/mapping/file-mapping.ts';
import type { Mapping } from '../../../src/intake/mapping/mapping-schema.ts';

const HEADER = ['番号', '日時', '金額', '種別'];
const OURS = [
  { name: 'id', isAmount: false, position: -1 },
  { name: 'at', isAmount: false, position: 1 },
  { name: 'yen', isAmount: true, position: 2 },
  { name: 'word', isAmount: false, position: -1 },
];
const begin = { name: 'x.csv', titles: [], headerRecords: [HEADER], lastLine: 1 };
const mappingOf = (mapping: Mapping) => fileMapping(mapping, OURS, 2, begin, (header) => HEADER.indexOf(header));
const rowsOf = (mapping: Mapping) => new MappedRows(mappingOf(mapping));

describe('a record of a mapped file is', () => {
  const rows = rowsOf({
    columns: { id: '番号', word: '種別' },
    rows: { only: { 種別: ['売上', '返品'] }, leaveOut: { 番号: ['9'] } },
    table: { totals: ['売上合計'] },
  });
  it.each([
    ['a row', ['1', '2023-02-24', '500', '売上'], undefined],
    ['empty, of blanks', ['', ' ', '\u3000', ''], 'empty'],
    ['the headers again', ['番号', '日時 ', '金額', '種別'], 'header'],
    ['a total by its first word', ['', '合計', '500', ''], 'total'],
    ['a count', ['件数', '', '3', ''], 'total'],
    ['a total by a stated word in any field', ['1', '', '500', '売上合計'], 'total'],
    ['left out, for it is not among those that count', ['1', '2023-02-24', '500', '入金'], 'left_out'],
    ['left out, for it is among those that do not', ['9', '2023-02-24', '500', '売上'], 'left_out'],
  ])('%s', (_, fields, expected) => {
    expect(rows.open(fields, 2)).toBe(expected);
  });
});

it('rows are left out by a pattern, and counted for it', () => {
  const rows = rowsOf({ rows: { leaveOut: { 種別: { pattern: '^手数料' } } } });
  expect([rows.open(['1', '', '5', '手数料(課税10%)'], 2), rows.leftOutFor]).toEqual(['left_out', 0]);
  expect(rows.open(['1', '', '5', '売上'], 3)).toBeUndefined();
});

it('texts are those of our columns, stated or known by their headers', () => {
  const rows = rowsOf({
    columns: { id: { join: ['番号', { line: true }], with: '-' }, word: { constant: 'payment' } },
  });
  rows.open(['1', '2023-02-24', '500', ''], 12);
  expect([0, 1, 2, 3].map((column) => rows.textOf(column))).toEqual(['1-12', '2023-02-24', '500', 'payment']);
});

describe('fields behind the last header', () => {
  const rows = rowsOf({ table: { trailingCommas: true } });
  it.each([
    ['are cut off where they are blank', ['1', '2', '3', '4', '', ' '], ['1', '2', '3', '4']],
    ['are kept where one holds something', ['1', '2', '3', '4', 'x'], ['1', '2', '3', '4', 'x']],
    ['are empty where a row ends early', ['1', '2'], ['1', '2', '', '']],
  ])('%s', (_, record, expected) => {
    expect(rows.cut(record, 4)).toEqual(expected);
  });

  it('are left alone where the profile does not say so', () => {
    expect(rowsOf({}).cut(['1', '2'], 4)).toEqual(['1', '2']);
  });
});

describe('rows can be read from bytes', () => {
  const uses = OURS.map(({ name }) => ({
    mayBeCondition: name === 'word',
    takesConstant: (text: string) => text !== 'odd',
  }));
  it.each<[string, Mapping, boolean]>([
    ['of other columns and constants', { columns: { id: '番号', word: { constant: 'x' } } }, true],
    [
      'of a filter on a field that nothing else reads',
      { columns: { id: '番号' }, rows: { only: { 種別: ['売上'] } } },
      true,
    ],
    ['of a filter on a field of words', { columns: { word: '種別' }, rows: { only: { 種別: ['売上'] } } }, true],
    ['not of a filter on a field of another column', { rows: { only: { 金額: ['500'] } } }, false],
    ['not of one field for two columns', { columns: { id: '番号', word: '番号' } }, false],
    ['not of a joined value', { columns: { id: { join: ['番号'] } } }, false],
    ['not of a constant that only the row reader reads', { columns: { id: { constant: 'odd' } } }, false],
    ['not of an id made of the line', { refunds: { negative: true, id: { join: ['番号', { line: true }] } } }, false],
    ['not of words of totals', { table: { totals: ['売上合計'] } }, false],
    ['not of commas too many', { table: { trailingCommas: true } }, false],
  ])('%s', (_, mapping, expected) => {
    expect(isPlainMapping(mappingOf(mapping), uses)).toBe(expected);
  });
});

it('one value by itself says why a row is left out, that it may take another back, or that it counts', () => {
  const mapping = mappingOf({
    rows: { leaveOut: { 種別: ['入金'] } },
    refunds: { when: { 種別: ['返品'], 番号: ['1'] } },
  });
  expect(['入金', '返品', '売上', ''].map((value) => saidByValue(mapping, 3, value))).toEqual([
    0,
    'may take back',
    'counts',
    'counts',
  ]);
});
