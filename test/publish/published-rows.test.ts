import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { publishedRows } from '../../src/publish/published-rows.ts';

const byCsvParse = (content: string): unknown => {
  try {
    return parse(content, { columns: true, bom: true });
  } catch {
    return 'no table';
  }
};
const byUs = (content: string): unknown => {
  try {
    return publishedRows(content);
  } catch {
    return 'no table';
  }
};

const cell = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', '12', '', ' ', 'あ') },
  { weight: 1, arbitrary: fc.constantFrom('"a"', '"a,b"', '"a\nb"', 'a"b', '"a""b"', '\uFEFF', 'a\r') },
);
const line = fc.array(cell, { minLength: 1, maxLength: 3 }).map((cells) => cells.join(','));
const lineEnd = fc.oneof(
  { weight: 12, arbitrary: fc.constant('\n') },
  { weight: 1, arbitrary: fc.constantFrom('\r\n', '\r', '\n\n', '') },
);
const table = fc
  .array(fc.tuple(line, lineEnd), { maxLength: 5 })
  .map((lines) => lines.map(([cells, end]) => cells + end).join(''));

test('a published table is read as csv-parse reads it, whatever stands in it', () => {
  fc.assert(
    fc.property(table, (content) => {
      expect(byUs(content)).toEqual(byCsvParse(content));
    }),
    { numRuns: 3000 },
  );
});

test.each([
  ['no rows', 'a,b\n', []],
  [
    'rows',
    'a,b\n1,\n,2\n',
    [
      { a: '1', b: '' },
      { a: '', b: '2' },
    ],
  ],
  ['no last line end', 'a,b\n1,2', [{ a: '1', b: '2' }]],
  ['a quoted comma', 'a,b\n"1,5",2\n', [{ a: '1,5', b: '2' }]],
  ['the byte order mark and line ends of the copy for Excel', '\uFEFFa,b\r\n1,2\r\n', [{ a: '1', b: '2' }]],
  ['one column that is empty', 'a\n\n1\n', [{ a: '' }, { a: '1' }]],
  ['a column twice', 'a,a\n1,2\n', [{ a: '2' }]],
  ['nothing', '', []],
])('a published table with %s', (_, content, rows) => {
  expect(publishedRows(content)).toEqual(rows);
});

test('a row of another length is no table', () => {
  expect(() => publishedRows('a,b\n1\n')).toThrow();
});
