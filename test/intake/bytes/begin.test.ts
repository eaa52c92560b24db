import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { endOfLines, readBegin } from '../../../src/intake/bytes/begin.ts';
import { inFolder, put } from '../read-files.ts';

const beginOf = (content: string | Uint8Array, compressed: boolean) =>
  inFolder((folder) => readBegin({ path: put(folder, 'file.csv', content), compressed }));

test.each([
  ['as it is', (content: string) => content, false],
  ['out of a gzip', (content: string) => gzipSync(content), true],
])('a file begins with 64 KiB, %s, or is less', async (_, pack, compressed) => {
  const short = await beginOf(pack('a\n1\n'), compressed);
  expect([Buffer.from(short.bytes).toString(), short.isAll]).toEqual(['a\n1\n', true]);
  const long = await beginOf(pack('1234567\n'.repeat(9000)), compressed);
  expect([long.bytes.length, long.isAll]).toEqual([65_536, false]);
});

test.each([
  ['a\nb', 2],
  ['a\r\nb', 3],
  ['a\rb\r', 4],
  ['a\nb\r', 2],
  ['ab', 0],
])('the whole lines of %j end at %i', (text, end) => {
  expect(endOfLines(Buffer.from(text))).toBe(end);
});
