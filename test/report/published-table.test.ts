import { describe, expect, test } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { csvBytes } from '../../src/publish/csv-bytes.ts';
import { tableOf } from '../../src/report/published-table.ts';
import { turnsOf } from '../support/turns.ts';
import { cellsIn, tableIn } from './worked-night.ts';

const HEADER = ['a', 'b', 'c'];

describe('a published table reads back', () => {
  test.each([
    [
      'plain cells',
      [
        ['1', '2', '3'],
        ['x', '', 'z'],
      ],
    ],
    ['no rows', []],
    [
      'a comma, a quote, a line end',
      [
        ['1,2', 'say "x"', 'two\nlines'],
        ['4', '""', '"'],
      ],
    ],
    [
      'signs of several bytes',
      [
        ['円', '"x"', 'é😀'],
        ['a', '店,「」', '\ufeffz'],
      ],
    ],
    ['a carriage return and a blank before', [['a\rb', ' x', 'y']]],
    [
      'a quoted cell at each end',
      [
        ['"', 'm', ','],
        ['', '', '"a"'],
      ],
    ],
  ])('%s', (_, rows) => {
    const table = drained(tableOf(csvBytes(HEADER, rows)));
    expect(table.rows).toBe(rows.length);
    expect(HEADER.map((name) => cellsIn(table, name))).toEqual(
      HEADER.map((_name, place) => rows.map((row) => row[place])),
    );
  });

  test('what a row lacks is empty, and what it has too much is passed by', () => {
    const table = tableIn('a,b,c\n1\n4,5,6,7\n8,"9\n0"');
    expect(['a', 'b', 'c'].map((name) => cellsIn(table, name))).toEqual([
      ['1', '4', '8'],
      ['', '5', '9\n0'],
      ['', '6', ''],
    ]);
    expect(tableIn('').rows).toBe(0);
  });

  test('many rows, in steps', () => {
    const rows = Array.from({ length: 10_000 }, (_, row) => [String(row), row % 3000 === 0 ? '円' : 'x', `"${row},`]);
    const { whole: table, turns } = turnsOf(tableOf(csvBytes(HEADER, rows)));
    expect(turns).toBeGreaterThan(5);
    expect(table.rows).toBe(10_000);
    for (const [place, name] of HEADER.entries()) {
      const column = turnsOf(table.column(name));
      expect(column.turns).toBeGreaterThan(5);
      expect(column.whole).toEqual(rows.map((row) => row[place]));
    }
    expect(turnsOf(table.column('a')).turns).toBe(0);
  });

  test('long rows, fewer at a time', () => {
    const rows = Array.from({ length: 20 }, (_, row) => [String(row), '円'.repeat(100_000), 'x'.repeat(1000)]);
    const { whole: table, turns } = turnsOf(tableOf(csvBytes(HEADER, rows)));
    expect(turns).toBeGreaterThan(3);
    expect(cellsIn(table, 'b')).toEqual(rows.map(([, cell]) => cell));
    expect(cellsIn(table, 'a')).toEqual(rows.map(([cell]) => cell));
  });

  test('a column that is not there is empty', () => {
    expect(cellsIn(tableIn('a\n1\n2\n'), 'b')).toEqual(['', '']);
  });
});
