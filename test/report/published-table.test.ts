import { describe, expect, test } from 'vitest';
import { csvBytes } from '../../src/publish/csv-bytes.ts';
import { tableOf } from '../../src/report/published-table.ts';

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
    ['a carriage return and a blank before', [['a\rb', ' x', 'y']]],
    [
      'a quoted cell at each end',
      [
        ['"', 'm', ','],
        ['', '', '"a"'],
      ],
    ],
  ])('%s', (_, rows) => {
    const table = tableOf(Buffer.from(csvBytes(HEADER, rows)).toString());
    expect(table.rows).toBe(rows.length);
    expect(HEADER.map((name) => table.column(name))).toEqual(
      HEADER.map((_name, place) => rows.map((row) => row[place])),
    );
  });

  test('a column that is not there is empty', () => {
    expect(tableOf('a\n1\n2\n').column('b')).toEqual(['', '']);
  });
});
