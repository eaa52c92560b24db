import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { csvBytes } from '../../src/publish/csv-bytes.ts';
import { excelText } from '../../src/publish/excel-copy.ts';

const csvOf = (rows: readonly (readonly string[])[]): string =>
  Buffer.from(csvBytes(rows[0] as string[], rows.slice(1))).toString('utf8');
const copyOf = (rows: readonly (readonly string[])[], forMachines = true): string[][] =>
  parse(excelText(csvOf(rows), forMachines), { bom: true });

/** As a spreadsheet takes the cells of the copy: what a formula of a text comes to, and a leading sign for a text off. */
const shown = (cell: string): string => {
  const formula = /^="((?:[^"]|"")*)"$/s.exec(cell)?.[1];
  return formula === undefined ? cell.replace(/^'/, '') : formula.replaceAll('""', '"');
};

const ROW = ['coupon', 'note', 'yen'];

test('a copy has a byte order mark and CRLF, and a cell with a line feed is quoted', () => {
  expect(excelText('a,b\n1,"x\ny"\n', true)).toBe('\uFEFFa,b\r\n1,"x\ny"\r\n');
  expect(
    copyOf([
      ['a', 'b'],
      ['x\ny', 'p\r\nq'],
      ['z\r', '\n'],
    ]),
  ).toEqual([
    ['a', 'b'],
    ['x\ny', 'p\r\nq'],
    ['z\r', '\n'],
  ]);
});

describe('a column is guarded as a whole where a spreadsheet would change one of its cells', () => {
  it.each([
    ['zeros in front', '0001234'],
    ['a telephone number', '09012345678'],
    ['a sign and a zero', '-012'],
    ['sixteen digits', '1234567890123456'],
    ['an exponent', '12e5'],
    ['a date', '12-1'],
    ['a fraction', '1/2'],
    ['a date with a short year', '1/2/23'],
  ])('%s', (_, cell) => {
    const [, first, second] = copyOf([ROW, [cell, 'n', '1400'], ['A1', '', '-5']]);
    expect(first).toEqual([`="${cell}"`, 'n', '1400']);
    // The others of the column have the same guard, for intake takes one off that all have; an empty cell has none.
    expect(second).toEqual(['="A1"', '', '-5']);
  });

  it.each([
    ['a number', '1400'],
    ['a number below 0', '-1400'],
    ['nothing but a zero', '0'],
    ['fifteen digits', '123456789012345'],
    ['a date as it is published', '2023-03-31'],
    ['an instant', '2023-02-24T17:45:03+09:00'],
    ['an id', 'R0123456789abcdef'],
    ['a list', '0001 0002'.replaceAll('000', 'C')],
  ])('%s is left as it is', (_, cell) => {
    expect(copyOf([ROW, [cell, 'n', '1']])[1]?.[0]).toBe(cell);
  });

  it('no text that a formula cannot hold', () => {
    const long = 'x'.repeat(256);
    expect(
      copyOf([ROW, ['01', '', ''], [long, '', ''], [long.slice(1), '', '']])
        .slice(1)
        .map(([cell]) => cell),
    ).toEqual(['="01"', long, `="${long.slice(1)}"`]);
  });
});

test('formulas are disarmed where no machine pays from it; a number below 0 is none', () => {
  const rows = [ROW, ['=1+1', '@a', '-5'], ['+x', '-x', '\uff1dA'], ['\tx', 'x', '5']];
  expect(copyOf(rows, false).slice(1)).toEqual([
    ["'=1+1", "'@a", '-5'],
    ["'+x", "'-x", "'\uff1dA"],
    ["'\tx", 'x', '5'],
  ]);
  expect(copyOf(rows, true)).toEqual(rows);
});

test('whatever stands in a table, its copy is read again to the same cells', () => {
  const cell = fc.oneof(
    fc.string({
      unit: fc.constantFrom('0', '1', '9', '-', '/', 'e', '"', ',', '\n', '\r', '=', '+', 'a', 'あ', ' ', ';'),
      maxLength: 8,
    }),
    fc.constantFrom('', '0001', '-14', '2023-03-31', 'line\nfeed'),
  );
  // A cell that begins with the sign that disarms is told from one that was disarmed by nobody: none is published.
  const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(table, fc.boolean(), (rows, forMachines) => {
      const all = [ROW, ...rows];
      expect(copyOf(all, forMachines).map((row) => row.map(shown))).toEqual(all.map((row) => row.map(asShown)));
    }),
  );
});
/** A cell that is written as a formula of a text is one, in the table too. */
const asShown = (cell: string): string => shown(cell);
