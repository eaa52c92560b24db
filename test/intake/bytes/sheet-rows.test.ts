import { describe, expect, it } from 'vitest';
import { numberFormOf, PLAIN } from '../../../src/intake/bytes/number-formats.ts';
import { type SheetRow, sheetRows, TooManyRows, unescaped } from '../../../src/intake/bytes/sheet-rows.ts';
import { BadXml } from '../../../src/intake/bytes/xml.ts';

const SHARED = { texts: ['東京', ''], forms: [PLAIN, numberFormOf(22, undefined)], is1904: false };
const rowsOf = (xml: string, most = 10): readonly SheetRow[] =>
  sheetRows(Buffer.from(`<worksheet><sheetData>${xml}</sheetData></worksheet>`), SHARED, most);
const cellText = (xml: string): string | undefined => rowsOf(`<row r="1">${xml}</row>`)[0]?.cells[0]?.[1];

describe('a cell', () => {
  it.each<[string, string, string | undefined]>([
    ['a text of the list', '<c t="s"><v>0</v></c>', '東京'],
    ['an empty text of the list', '<c t="s"><v>1</v></c>', undefined],
    ['a text of its own', '<c t="inlineStr"><is><t>0001</t></is></c>', '0001'],
    [
      'a text in pieces, and how it is read out',
      '<c t="inlineStr"><is><r><t>東</t></r><r><t>京</t></r><rPh><t>トウキョウ</t></rPh></is></c>',
      '東京',
    ],
    ['the spaces of a text', '<c t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>', ' a '],
    ['a line end', '<c t="inlineStr"><is><t>a_x000D_&#10;b</t></is></c>', 'a\r\nb'],
    ['the text of a formula', '<c t="str"><f>A1&amp;"x"</f><v>0001x</v></c>', '0001x'],
    ['the number of a formula', '<c><f>1+1</f><v>2</v></c>', '2'],
    ['a formula that came to no text', '<c t="str"><f>""</f><v></v></c>', undefined],
    ['a formula whose result was never saved', '<c><f>1+1</f></c>', '#CALC!'],
    ['true', '<c t="b"><v>1</v></c>', 'TRUE'],
    ['false', '<c t="b"><v>0</v></c>', 'FALSE'],
    ['an error', '<c t="e"><f>VLOOKUP(1,A:A,2)</f><v>#N/A</v></c>', '#N/A'],
    ['a date', '<c s="1"><v>44981.75</v></c>', '2023-02-24 18:00:00'],
    ['a date as ISO', '<c t="d"><v>2023-02-24T18:00:00</v></c>', '2023-02-24T18:00:00'],
    ['a number without its style', '<c s="9"><v>44981.75</v></c>', '44981.75'],
    ['nothing', '<c s="1"/>', undefined],
  ])('with %s', (_, xml, text) => {
    expect(cellText(xml)).toBe(text);
  });
});

describe('rows', () => {
  it('have the numbers that they have in the sheet, and columns by their letters', () => {
    const xml =
      '<row r="2"><c r="B2"><v>1</v></c><c r="AA2"><v>2</v></c></row><row r="4"/><row r="7"><c><v>3</v></c><c><v>4</v></c></row>';
    expect(rowsOf(xml)).toEqual([
      {
        line: 2,
        cells: [
          [2, '1'],
          [27, '2'],
        ],
      },
      {
        line: 7,
        cells: [
          [1, '3'],
          [2, '4'],
        ],
      },
    ]);
  });

  it('are those of the cells, whatever follows them', () => {
    const sheet = '<sheetData><row><c><v>1</v></c></row></sheetData><extLst><row r="1"/><c><v>2</v></c></extLst>';
    expect(sheetRows(Buffer.from(`<worksheet>${sheet}</worksheet>`), SHARED, 1)).toEqual([
      { line: 1, cells: [[1, '1']] },
    ]);
  });

  it('that follow without numbers follow each other', () => {
    expect(rowsOf('<row><c><v>1</v></c></row><row><c><v>2</v></c></row>').map(({ line }) => line)).toEqual([1, 2]);
  });

  it.each([
    ['come again', '<row r="2"><c><v>1</v></c></row><row r="2"/>'],
    ['are more than a sheet has', '<row r="1048577"/>'],
    ['have no number', '<row r="x"/>'],
    ['have a cell twice', '<row r="1"><c r="A1"/><c r="A1"/></row>'],
    ['have more columns than a sheet has', '<row r="1"><c r="XFE1"/></row>'],
    ['name a text that is not there', '<row r="1"><c t="s"><v>2</v></c></row>'],
  ])('that %s are of a damaged sheet', (_, xml) => {
    expect(() => rowsOf(xml)).toThrow(BadXml);
  });

  it('are read up to a number of them that hold anything', () => {
    const xml = '<row><c><v>1</v></c></row><row/><row><c><v>2</v></c></row>';
    expect(rowsOf(xml, 2)).toHaveLength(2);
    expect(() => rowsOf(xml, 1)).toThrow(TooManyRows);
  });
});

it('signs that XML cannot hold stand in their place, and what only looks so does not', () => {
  expect([unescaped('a_x0009_b'), unescaped('_x005F_x0009_'), unescaped('_x09_')]).toEqual([
    'a\tb',
    '_x0009_',
    '_x09_',
  ]);
});
