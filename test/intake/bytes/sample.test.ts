import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { type FileFormat, locate } from '../../../src/intake/bytes/file.ts';
import { readSample, type SampleRecord } from '../../../src/intake/bytes/sample.ts';
import { madeWorkbook, textCell } from '../workbooks.ts';

const folder = mkdtempSync(join(tmpdir(), 'sample-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function recordsOf(content: string | Buffer, format: FileFormat = {}): Promise<readonly SampleRecord[]> {
  const path = join(folder, 'file.csv');
  writeFileSync(path, content);
  const found = locate(path, 'file.csv');
  if ('problem' in found) throw new Error(found.problem.code);
  return (await readSample(found.location, format)).records();
}

const record = (line: number, ...fields: string[]): SampleRecord => ({ fields, line });

describe('the records of a sample', () => {
  it.each<[string, string | Buffer, readonly SampleRecord[]]>([
    ['begin with the header', 'a,b\n1,2\n', [record(1, 'a', 'b'), record(2, '1', '2')]],
    [
      'hold what stands above it',
      '利用一覧\n\na,b\n1,2\n',
      [record(1, '利用一覧'), record(3, 'a', 'b'), record(4, '1', '2')],
    ],
    ['pass blank lines over', '\r\na\r\n""\r\n1\r\n', [record(2, 'a'), record(4, '1')]],
    [
      'count lines inside quotes',
      'a,b\n"1\r\n1",2\n3,4\n',
      [record(1, 'a', 'b'), record(2, '1\r\n1', '2'), record(4, '3', '4')],
    ],
    ['are without a byte order mark', '\ufeffa\n1\n', [record(1, 'a'), record(2, '1')]],
    ['are decoded', Buffer.from('8c9494d40a310a', 'hex'), [record(1, '券番'), record(2, '1')]],
    ['are read out of a gzip', gzipSync('a\n1\n'), [record(1, 'a'), record(2, '1')]],
    [
      'are cut at the tabs of UTF-16',
      Buffer.from('\ufeffa\tb\r\n\r\n1\t2\r\n', 'utf16le'),
      [record(1, 'a', 'b'), record(3, '1', '2')],
    ],
    [
      'keep quotes out of place',
      'a,b\n1,x"y\n"2"z,3\n4,5\n',
      [record(1, 'a', 'b'), record(2, '1', 'x"y'), record(3, '"2"z', '3'), record(4, '4', '5')],
    ],
    ['end before a quote that is never closed', 'a,b\n1,2\n"3,4\n5,6\n', [record(1, 'a', 'b'), record(2, '1', '2')]],
    ['are none of an empty file', '', []],
  ])('%s', async (_, content, expected) => {
    expect(await recordsOf(content)).toEqual(expected);
  });

  it('are those of a workbook, by the rows of its sheet', async () => {
    const rows = `<row r="2">${textCell('a')}</row><row r="5">${textCell('')}${textCell("'1")}</row>`;
    const book = madeWorkbook({ sheets: [{ name: '表', rows }] });
    expect(await recordsOf(book)).toEqual([record(2, 'a', ''), record(5, '', "'1")]);
    expect(await recordsOf(book, { sheet: '別' })).toEqual([]);
  });

  it('are a header and a thousand more at most, in order and out of it', async () => {
    const rows = Array.from({ length: 3000 }, (_, row) => `${row}\n`);
    const last = record(1001, '999');
    expect((await recordsOf(`a\n${rows.join('')}`)).at(-1)).toEqual(last);
    expect((await recordsOf(`a\n${rows.join('').replace('7', '"7"x')}`)).at(-1)).toEqual(last);
  });
});
