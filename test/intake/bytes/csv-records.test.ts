import { expect, test } from 'vitest';
import { cutContent, isBlankLine, NumberedRecords } from '../../../src/intake/bytes/csv-records.ts';

function cut(content: string, delimiter = ','): unknown[] {
  const taken: unknown[] = [];
  cutContent(content, new NumberedRecords((fields, line) => taken.push([line, ...fields])), delimiter);
  return taken;
}

test('a record has the line that it begins on, whatever stands in quotes before it', () => {
  expect(cut('a\r\n"1\r\n\r\n2"\r\n3\r\n')).toEqual([
    [1, 'a'],
    [2, '1\r\n\r\n2'],
    [5, '3'],
  ]);
});

test('blank lines are counted and not taken; a line of a comma is none', () => {
  expect(cut('\n\ra\n\n,\n""\nb')).toEqual([
    [3, 'a'],
    [5, '', ''],
    [7, 'b'],
  ]);
  expect([isBlankLine(['']), isBlankLine([' ']), isBlankLine(['', ''])]).toEqual([true, false, false]);
});

test('fields are cut at what is between them, and nowhere else', () => {
  expect(cut('a;b,c\td', ';')).toEqual([[1, 'a', 'b,c\td']]);
});
