import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import {
  type ForeignFile,
  foreignFileOf,
  foreignProblem,
  workbookProblem,
} from '../../../src/intake/bytes/foreign-files.ts';
import { csv, ROW, readProblems } from '../read-files.ts';
import { madeWorkbook, textWorkbook } from '../workbooks.ts';

const zip = (...names: string[]): Buffer =>
  Buffer.from(zipSync(Object.fromEntries(names.map((name) => [name, strToU8('x')]))));
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const LOCKED = Buffer.concat([OLE, Buffer.alloc(2000), Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(9)]);

describe('what a file is by its bytes', () => {
  it.each<[string, Buffer | string, ForeignFile | undefined]>([
    ['a table', csv('sales', ROW.sales), undefined],
    ['a table with a title in brackets', '[社外秘],,\na,b,c\n', undefined],
    ['a table of signs', '<5,{x},[y]\n', undefined],
    ['nothing', '', undefined],
    ['a workbook', textWorkbook(['a']), undefined],
    ['an old workbook', Buffer.concat([OLE, Buffer.alloc(600)]), 'old workbook'],
    ['a workbook with a password', LOCKED, 'locked workbook'],
    ['a binary workbook', zip('[Content_Types].xml', 'xl/workbook.bin'), 'binary workbook'],
    ['OpenDocument', zip('mimetype', 'content.xml'), 'ods'],
    ['Numbers', zip('Index/Document.iwa', 'Metadata/Properties.plist'), 'numbers'],
    ['Numbers of earlier years', zip('Index.zip', 'preview.jpg'), 'numbers'],
    ['a zip of tables', zip('sales.csv'), 'zip'],
    ['a zip that is cut short', zip('sales.csv').subarray(0, 50), 'damaged zip'],
    ['a PDF', '%PDF-1.7\n', 'pdf'],
    ['a page', '\ufeff\r\n<!DOCTYPE html>\n<html>', 'html'],
    ['a table of a page', '<table border=1><tr><td>x', 'html'],
    ['a page in XML', '<?xml version="1.0"?>\n<!DOCTYPE html>\n<html xmlns="x">', 'html'],
    ['XML', '<?xml version="1.0"?><Workbook>', 'xml'],
    ['an object', '{ "sales": [] }', 'json'],
    ['a list of objects', '[\n  {"id": 1}]', 'json'],
    ['an empty list', '[]', 'json'],
  ])('%s', (_, content, file) => {
    expect(foreignFileOf(Buffer.from(content))).toBe(file);
  });
});

describe('a file that is no table', () => {
  const told = async (content: Uint8Array): Promise<string[]> =>
    (await readProblems({ sales: { 'sales.csv': content } })).map(({ code, where }) => `${code} ${where}`);

  it.each<[string, string, Uint8Array]>([
    ['OLD_WORKBOOK', 'an old workbook', Buffer.concat([OLE, Buffer.alloc(600, 0x41)])],
    ['LOCKED_WORKBOOK', 'a workbook with a password', LOCKED],
    ['LOCKED_WORKBOOK', 'a large workbook with a password', Buffer.concat([OLE, Buffer.alloc(1 << 19), LOCKED])],
    ['BAD_WORKBOOK', 'a workbook that is cut short', textWorkbook(['a']).subarray(0, 300)],
    ['BAD_WORKBOOK', 'a workbook with a part that is no XML', madeWorkbook({ sheets: [{ name: 'S', rows: '<row' }] })],
    ['NO_SUCH_SHEET', 'a workbook without a sheet', madeWorkbook({ sheets: [] })],
    [
      'WORKBOOK_TOO_LARGE',
      'more rows than are read',
      madeWorkbook({ sheets: [{ name: 'S', rows: '<row><c><v>1</v></c></row>'.repeat(100_001) }] }),
    ],
    [
      'WORKBOOK_TOO_LARGE',
      'more bytes than are read',
      Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(1 << 25)]),
    ],
    ['NO_TABLE', 'a zip', zip('sales.csv')],
    ['NO_TABLE', 'a page', Buffer.from('<html><table><tr><td>report_id</td></tr></table></html>')],
    ['NO_TABLE', 'JSON', Buffer.from('{"report_id": "S1"}\n')],
    ['EMPTY_FILE', 'a workbook whose sheet is empty', madeWorkbook({ sheets: [{ name: 'S', rows: '' }] })],
  ])('is told as %s: %s', async (code, _, content) => {
    expect(await told(content)).toEqual([`${code} sales.csv`]);
  });

  it('is told in both languages, with what to do', () => {
    for (const file of [
      'zip',
      'ods',
      'numbers',
      'pdf',
      'html',
      'xml',
      'json',
      'binary workbook',
      'workbook',
    ] as const) {
      const { what, advice } = foreignProblem(file, 'x');
      expect([what.ja, what.en, advice.ja, advice.en]).not.toContain('');
    }
  });

  it('a sheet that is not there is told by the name that was asked for, and never by those that are', () => {
    expect(workbookProblem('no such sheet', 'x', '一覧').what.en).toBe('has no sheet \u201c一覧\u201d');
  });
});
