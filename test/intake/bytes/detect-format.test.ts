import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { detectFormat, type TextFormat, textFormat } from '../../../src/intake/bytes/detect-format.ts';
import { inFolder, put, windows31j } from '../read-files.ts';
import { madeWorkbook } from '../workbooks.ts';

const PLAIN: TextFormat = {
  what: 'text',
  encoding: 'utf-8',
  isToState: false,
  hasByteOrderMark: false,
  delimiter: 'comma',
  lineEnd: 'lf',
};
const euc = (hex: string): Buffer => Buffer.from(hex, 'hex');
/** あいう,券番 and 鹿児島 in EUC-JP, by JIS X 0208: rows 4; 23, 40; 28, 27, 37. */
const EUC_TABLE = Buffer.concat([euc('a4a2a4a4a4a62cb7f4c8d60a'), euc('bcafbbf9c5e72c310a')]);
const UTF16 = Buffer.from('番号,金額\r\n0001,500\r\n', 'utf16le');

describe('a text looks like', () => {
  it.each<[string, string | Uint8Array, Partial<TextFormat>]>([
    ['ASCII', 'a,b\n1,2\n', {}],
    ['UTF-8', '番号,b\n1,2\n', {}],
    ['UTF-8 with its mark', '\ufeff番号,b\n', { hasByteOrderMark: true }],
    ['Windows-31J', windows31j('券番号,金額\r\n1,2\r\n'), { encoding: 'windows-31j', lineEnd: 'crlf' }],
    ['Windows-31J with the kana of banks', windows31j('ﾐﾎﾝ ﾀﾛｳ,ｶ)ﾐﾎﾝｼﾖｳｼﾞ\n'), { encoding: 'windows-31j' }],
    ['EUC-JP', EUC_TABLE, { encoding: 'euc-jp', isToState: true }],
    [
      'UTF-16 with its mark',
      Buffer.from('\ufeffa\tb\r\n1\t2\r\n', 'utf16le'),
      { encoding: 'utf-16le', hasByteOrderMark: true, delimiter: 'tab', lineEnd: 'crlf' },
    ],
    ['UTF-16 without', UTF16, { encoding: 'utf-16le', isToState: true, lineEnd: 'crlf' }],
    [
      'UTF-16 the other way round',
      Buffer.from(UTF16).swap16(),
      { encoding: 'utf-16be', isToState: true, lineEnd: 'crlf' },
    ],
    ['no encoding', Buffer.of(0x81, 0x20, 0xff, 0x0a), { encoding: undefined }],
    ['nothing', '', { lineEnd: 'none' }],
    ['tabs', 'a\tb\tc\n1,000\t2,000\tx\n1\t2\t3\n', { delimiter: 'tab' }],
    ['semicolons and decimal commas', 'a;b;c\n1,5;2;3\n1,5;2;4\n', { delimiter: 'semicolon' }],
    ['commas with tabs in quotes', 'a,b\n"1\t2",3\n"4\t5",6\n', {}],
    ['commas below a title', 'title\n\na,b\n1,2\n3,4\n', {}],
    ['one column', 'a\n1\n2\n', {}],
    ['a quote that is open', 'a;b\n1;2\n"3;4\n', { delimiter: 'semicolon' }],
    ['lines of old machines', 'a,b\r1,2\r', { lineEnd: 'cr' }],
    ['lines of two kinds', 'a,b\r\n1,2\n', { lineEnd: 'mixed' }],
  ])('%s', (_, content, format) => {
    expect(textFormat({ bytes: Buffer.from(content), isAll: true })).toEqual({ ...PLAIN, ...format });
  });

  it('what its whole lines do, where more follows', () => {
    const bytes = Buffer.from('番,b\n番').subarray(0, 8);
    expect(textFormat({ bytes, isAll: false })).toEqual(PLAIN);
  });
});

describe('a file looks like', () => {
  const detected = (content: string | Uint8Array) =>
    inFolder(async (folder) => {
      const found = await detectFormat(put(folder, 'file', content), 'file');
      return 'problem' in found ? found.problem.code : found.format;
    });
  const book = madeWorkbook({
    sheets: [
      { name: '一覧', rows: '' },
      { name: '控え', rows: '' },
    ],
  });

  it('a text, plain or in a gzip', async () => {
    expect(await detected('a,b\n')).toEqual({ ...PLAIN, isGzip: false });
    expect(await detected(gzipSync('a,b\n'))).toEqual({ ...PLAIN, isGzip: true });
  });

  it('a workbook with its sheets, plain or in a gzip', async () => {
    const format = { what: 'workbook', sheets: ['一覧', '控え'] };
    expect(await detected(book)).toEqual({ ...format, isGzip: false });
    expect(await detected(gzipSync(book))).toEqual({ ...format, isGzip: true });
  });

  it.each<[string, string | Uint8Array, string]>([
    ['a page', '<html>', 'NO_TABLE'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'OLD_WORKBOOK'],
    ['a damaged workbook', book.subarray(0, 200), 'BAD_WORKBOOK'],
    [
      'a workbook that is none inside',
      madeWorkbook({ sheets: [], others: { 'xl/workbook.xml': '<' } }),
      'BAD_WORKBOOK',
    ],
    ['a damaged gzip', gzipSync('a,b\n'.repeat(100)).subarray(0, 20), 'BAD_GZIP'],
  ])('what is wrong with it: %s', async (_, content, code) => {
    expect(await detected(content)).toBe(code);
  });

  it('one that is not there', async () => {
    const found = await inFolder((folder) => detectFormat(`${folder}/none`, 'none'));
    expect('problem' in found && found.problem.code).toBe('NO_SUCH_FILE');
  });
});
