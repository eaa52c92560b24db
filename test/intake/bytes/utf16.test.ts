import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { delimiterOf, utf16Begin, utf16Of } from '../../../src/intake/bytes/utf16.ts';
import { csv, type Options, ROW, read } from '../read-files.ts';

const little = (content: string): Buffer => Buffer.from(`\uFEFF${content}`, 'utf16le');
const big = (content: string): Buffer => little(content).swap16();
const tabbed = (content: string): string => content.replaceAll(',', '\t');
const PLAIN = csv('decisions', ROW.decisions, ROW.decisions.replace('R1', 'R2'));

test('is known by its byte order mark', () => {
  expect(utf16Of(little('a'))).toBe('utf-16le');
  expect(utf16Of(big('a'))).toBe('utf-16be');
  expect(utf16Of(Buffer.from('\uFEFFa'))).toBeUndefined();
  expect(utf16Of(Buffer.of(0xff))).toBeUndefined();
});

test('is cut at tabs where the first line has one', () => {
  expect(delimiterOf('a\tb,c\n')).toBe('\t');
  expect(delimiterOf('a,b\nc\td')).toBe(',');
});

test('what it begins with ends where a line does, unless it is all of it', () => {
  const bytes = little('a\tb\nc\td').subarray(2);
  expect(utf16Begin(bytes, 'utf-16le', false)).toBe('a\tb\n');
  expect(utf16Begin(bytes, 'utf-16le', true)).toBe('a\tb\nc\td');
  expect(utf16Begin(bytes.subarray(0, 3), 'utf-16le', true)).toBe('a');
});

async function facts(content: string | Uint8Array, options: Options = {}) {
  const { tables, problems } = await read({ decisions: content }, options);
  const rows = tables?.decisions.map(({ reviewId, decidedAt, note, line }) => ({ reviewId, decidedAt, note, line }));
  return { problems: problems.map(({ code }) => code), rows, encoding: tables?.files[0]?.encoding };
}

describe('a file in UTF-16 is read as the same in UTF-8', () => {
  const note = csv(
    'decisions',
    `${ROW.decisions.replace(/,[^,]*$/, '')},"一行目\n二行目、""引用"""`,
    ROW.decisions.replace('R1', 'R2'),
  );
  test.each([
    ['with commas', (content: string) => little(content), PLAIN],
    ['with tabs', (content: string) => little(tabbed(content)), PLAIN],
    ['the other way round', (content: string) => big(tabbed(content)), PLAIN],
    ['with CRLF', (content: string) => little(tabbed(content).replaceAll('\n', '\r\n')), PLAIN],
    [
      'with blank lines, each row on its own line',
      (content: string) => little(tabbed(content)),
      PLAIN.replace('\n', '\n\n'),
    ],
    ['packed', (content: string) => gzipSync(little(tabbed(content))), PLAIN],
    ['with line feeds and quotes in a cell', (content: string) => little(tabbed(content)), note],
  ])('%s', async (_, written, content) => {
    const [plain, found] = [await facts(content), await facts(written(content))];
    expect(plain.rows).toHaveLength(2);
    expect({ ...found, encoding: 'utf-8' }).toEqual(plain);
    expect(found.encoding).toMatch(/^utf-16[lb]e$/);
    expect(await facts(written(content), { reader: 'csv-parse' })).toEqual(found);
  });
});

test.each([
  ['half a sign', Buffer.concat([little(PLAIN), Buffer.of(0x41)])],
  ['half a pair of surrogates', Buffer.concat([little(PLAIN), Buffer.of(0x00, 0xd8)])],
])('that ends in %s is refused', async (_, content) => {
  expect((await facts(content)).problems).toEqual(['BAD_ENCODING']);
});

test('is refused where another encoding is asked for', async () => {
  expect((await facts(little(PLAIN), { encoding: 'utf-8' })).problems).toEqual(['BAD_ENCODING']);
});

test('a quote that is never closed is told as in any file', async () => {
  expect((await facts(little(`${tabbed(PLAIN)}"open`))).problems).toEqual(['QUOTE_NEVER_CLOSED']);
});

test('a damaged workbook is told as one', async () => {
  const { problems } = await read({ decisions: Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0xff, 0xff) });
  expect(problems.map(({ code, what }) => `${code} ${what.en}`)).toEqual([
    'BAD_WORKBOOK is a workbook (or a zip) that is damaged or cut short',
  ]);
});
