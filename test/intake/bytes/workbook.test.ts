import { describe, expect, it } from 'vitest';
import { fieldsOf, isWorkbook, readSheet, sheetNames, type WorkbookFault } from '../../../src/intake/bytes/workbook.ts';
import { madeWorkbook, textCell, textWorkbook } from '../workbooks.ts';

const row = (...texts: string[]): string => `<row>${texts.map(textCell).join('')}</row>`;
const BOOK = madeWorkbook({
  sheets: [
    { name: '元データ', rows: row('hidden'), isHidden: true },
    { name: '表 & 計', rows: row('a', 'b') },
    { name: '控え', rows: row('c') },
  ],
});
const firstOf = (book: Buffer, sheet?: string): readonly string[] => {
  const { rows, columns } = readSheet(book, sheet);
  return rows[0] === undefined ? [] : fieldsOf(rows[0], columns);
};

function faultOf(read: () => unknown): WorkbookFault | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return (error as { fault?: WorkbookFault }).fault;
  }
}

describe('a workbook', () => {
  it('is read by the first sheet that is seen, or by the one that is named', () => {
    expect(firstOf(BOOK)).toEqual(['a', 'b']);
    expect(firstOf(BOOK, '控え')).toEqual(['c']);
    expect(firstOf(BOOK, '元データ')).toEqual(['hidden']);
    expect(faultOf(() => firstOf(BOOK, '表'))).toBe('no such sheet');
  });

  it('tells the names of its sheets', () => {
    expect(sheetNames(BOOK)).toEqual(['元データ', '表 & 計', '控え']);
  });

  it('has records as wide as its widest row', () => {
    const { rows, columns } = readSheet(textWorkbook(['a', 'b', 'c'], ['1'], ['', '2']), undefined);
    expect(rows.map((each) => fieldsOf(each, columns))).toEqual([
      ['a', 'b', 'c'],
      ['1', '', ''],
      ['', '2', ''],
    ]);
  });

  it('shows numbers as their styles do, and texts by their list', () => {
    const rows = '<row><c t="s"><v>1</v></c><c s="1"><v>44981</v></c><c s="2"><v>7</v></c><c><v>7</v></c></row>';
    const texts = ['<t>x</t>', '<r><t>鹿児</t></r><r><t>島</t></r><rPh sb="0" eb="1"><t>カゴシマ</t></rPh>'];
    const book = { sheets: [{ name: 'S', rows }], formats: [14, '0000'], texts };
    expect(firstOf(madeWorkbook(book))).toEqual(['鹿児島', '2023-02-24', '0007', '7']);
    expect(firstOf(madeWorkbook({ ...book, is1904: true }))[1]).toBe('2027-02-25');
  });

  it.each<[string, Buffer, WorkbookFault]>([
    ['has another format in it', madeWorkbook({ sheets: [], others: { 'xl/workbook.xml': 'no xml' } }), 'damaged'],
    ['has no sheet', madeWorkbook({ sheets: [] }), 'no such sheet'],
    ['is cut short', BOOK.subarray(0, BOOK.length - 30), 'damaged'],
    [
      'has more rows than are read',
      madeWorkbook({ sheets: [{ name: 'S', rows: row('a').repeat(100_001) }] }),
      'too large',
    ],
    [
      'unpacks to more than is read',
      madeWorkbook({ sheets: [{ name: 'S', rows: ' '.repeat((1 << 27) + 1) }] }),
      'too large',
    ],
  ])('that %s is not read', (_, book, fault) => {
    expect(faultOf(() => firstOf(book))).toBe(fault);
  });

  it('is told from other archives by its files', () => {
    expect(isWorkbook(['[content_types].xml', 'xl/workbook.xml'])).toBe(true);
    expect(isWorkbook(['word/document.xml'])).toBe(false);
  });
});
