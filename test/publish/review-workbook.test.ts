import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it, test } from 'vitest';
import { csvBytes } from '../../src/publish/csv-bytes.ts';
import { SHEET_COLUMNS } from '../../src/publish/review-sheet.ts';
import { reviewWorkbook } from '../../src/publish/review-workbook.ts';

const row = (coupon: string): string[] =>
  SHEET_COLUMNS.map((_, place) => (place === 0 ? coupon : `${place}\n<&"${place}`));
const HEADER = SHEET_COLUMNS.map(() => 'x');
const tableOf = (rows: readonly string[][]) => ({
  bytes: Buffer.from(csvBytes(HEADER, rows)).subarray(
    `${HEADER.join()}
`.length,
  ),
  rows: rows.length,
  sums: [],
});
const rows = [row('000000000204'), row('1E5')];

const partsOf = (workbook: Uint8Array) => {
  const parts = unzipSync(workbook);
  const part = (name: string): string => strFromU8(parts[name] as Uint8Array);
  return { names: Object.keys(parts), sheet: part('xl/worksheets/sheet1.xml'), texts: part('xl/sharedStrings.xml') };
};

describe('a workbook', async () => {
  const workbook = await reviewWorkbook(tableOf(rows), 'ja');
  const { names, sheet, texts } = partsOf(workbook);

  it('holds texts only, with their zeros and line feeds', () => {
    expect([...sheet.matchAll(/<c [^>]*\bt="(\w+)"/g)].every(([, type]) => type === 's')).toBe(true);
    expect(texts).toContain('000000000204');
    expect(texts).toContain('>1E5<');
    expect(texts).toContain('9\n&lt;&amp;');
  });

  it('has a list to choose the answer from, for each of its questions', () => {
    expect(sheet).toContain('sqref="J2:J3"');
    expect(sheet).toContain('<formula1>"承認,却下"</formula1>');
    // The schema wants it behind the cells, and Excel calls a sheet damaged where it is not.
    expect(sheet.indexOf('<dataValidations')).toBeGreaterThan(sheet.indexOf('</sheetData>'));
  });

  it('says nowhere when it was made, or by whom', () => {
    expect(names.filter((name) => name.startsWith('docProps'))).toEqual([]);
    // MS-DOS date and time of each local header: 1980-01-01 00:00.
    const bytes = Buffer.from(workbook);
    for (let at = bytes.indexOf('PK\u0003\u0004'); at >= 0; at = bytes.indexOf('PK\u0003\u0004', at + 4))
      expect(bytes.readUInt32LE(at + 10)).toBe(((1 << 5) | 1) << 16);
  });
});

test('another language has its own headers and answers', async () => {
  const { sheet, texts } = partsOf(await reviewWorkbook(tableOf(rows), 'en'));
  expect(sheet).toContain('<formula1>"approve,reject"</formula1>');
  expect(texts).toContain('coupon_number');
});

test('of no question it is a header', async () => {
  const { sheet } = partsOf(await reviewWorkbook(tableOf([]), 'ja'));
  expect([...sheet.matchAll(/<row /g)]).toHaveLength(1);
});
