import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readInputs } from '../../src/intake/read-inputs.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { csv, HEADERS, inFolder, instant, ROW } from './read-files.ts';

const MEGABYTE = 'x'.repeat(1 << 20);

/** What is told of a file that begins with `head`, and goes on with so many MiB of one sign; how many of them were read. */
async function problemsOf(
  head: string,
  megabytes: number,
  reader: 'bytes' | 'csv-parse',
  tail = '\n',
  gzip = false,
): Promise<readonly string[]> {
  return inFolder(async (folder) => {
    const path = join(folder, 'i.csv');
    const content = Readable.from(
      (function* () {
        yield head;
        for (let at = 0; at < megabytes; at++) yield MEGABYTE;
        yield tail;
      })(),
    );
    const out = createWriteStream(path);
    await (gzip ? pipeline(content, createGzip(), out) : pipeline(content, out));
    const result = await readInputs({
      paths: { issuance: [path] },
      profile: undefined,
      encoding: undefined,
      reader,
      terms: KAGOSHIMA.terms,
      asOf: instant('2023-12-01T00:00:00+09:00'),
    });
    return result.problems.map(({ code, where }) => `${code} ${where}`);
  });
}

const TWO_ROWS = csv('issuance', ROW.issuance, `"${ROW.issuance.split(',')[0]}2"${ROW.issuance.slice(4)}`);

describe.each(['bytes', 'csv-parse'] as const)('by %s', (reader) => {
  it('a line of more than 16 MiB is refused where it begins', async () => {
    expect(await problemsOf(TWO_ROWS, 17, reader)).toEqual(['RECORD_TOO_LONG i.csv:4']);
    expect(await problemsOf(TWO_ROWS.replaceAll('\n', '\r\n'), 17, reader)).toEqual(['RECORD_TOO_LONG i.csv:4']);
    expect(await problemsOf(TWO_ROWS.replaceAll('\n', '\r'), 17, reader)).toEqual(['RECORD_TOO_LONG i.csv:4']);
    expect(await problemsOf(TWO_ROWS, 17, reader, '\n', true)).toEqual(['RECORD_TOO_LONG i.csv:4']);
    expect(await problemsOf('', 17, reader)).toEqual(['RECORD_TOO_LONG i.csv:1']);
  });

  it('a quote that spans more is refused where its record begins', async () => {
    const lines = `"\n${`${'x'.repeat(1023)}\n`.repeat(17 * 1024)}`;
    expect(await problemsOf(`${TWO_ROWS}${lines}`, 0, reader, '')).toEqual(['RECORD_TOO_LONG i.csv:4']);
  });

  it('a line of 15 MiB is a row at fault like any other', async () => {
    const problems = await problemsOf(`${HEADERS.issuance}\n${ROW.issuance},`, 15, reader);
    expect(problems).toEqual([]);
  });
});
