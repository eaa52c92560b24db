import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Threads } from '../../../src/intake/parallel/reader-pool.ts';
import { readInputs } from '../../../src/intake/read-inputs.ts';
import * as reference from '../../../src/intake/readers/csv-parse-reader.ts';
import { firstRecord } from '../../../src/intake/readers/csv-parse-reader.ts';
import type { Sizes } from '../../../src/intake/readers/file-reader.ts';
import { KAGOSHIMA } from '../../../src/policy/kagoshima-2023-02-24.ts';
import { WORKER } from '../../support/program.ts';
import { csv, inFolder, instant, put } from '../read-files.ts';

vi.mock('../../../src/intake/readers/csv-parse-reader.ts', { spy: true });
afterEach(() => vi.clearAllMocks());

describe('one record that csv-parse cuts', () => {
  const cut = (text: string, last: boolean): readonly [fields: readonly string[], length: number] | undefined => {
    const record = firstRecord(Buffer.from(text), last);
    return record === undefined
      ? undefined
      : [record.fields.map((field) => Buffer.from(field).toString()), record.length];
  };

  it.each<[string, string, boolean, ReturnType<typeof cut>]>([
    ['ends where its line does', '"a"x,b\nc\n', false, [['"a"x', 'b'], 7]],
    ['ends behind both halves of a line end', '"a"x,b\r\nc\n', false, [['"a"x', 'b'], 8]],
    ['ends behind a carriage return alone', '"a"x,b\rc\n', false, [['"a"x', 'b'], 7]],
    ['goes on where its bytes may', '"a"x,b', false, undefined],
    ['goes on where a line end may have a second half', '"a"x,b\r', false, undefined],
    ['goes on where a quote may be no closing one', '"a"x,"b"', false, undefined],
    ['ends with the last bytes', '"a"x,b', true, [['"a"x', 'b'], 6]],
    ['ends with a last carriage return', '"a"x,b\r', true, [['"a"x', 'b'], 7]],
    ['holds lines inside quotes', '"a"x,"b\nc"\nd', false, [['"a"x', 'b\nc'], 11]],
    ['is none where a quote is open at the end of some bytes', '"a"x,"b\n', false, undefined],
    ['is none where a quote is never closed', '"a"x,"b\n', true, undefined],
    ['keeps what looks like the mark of a file', '\ufeff"a"x\n', false, [['\ufeff"a"x'], 8]],
  ])('%s', (_, text, last, expected) => {
    expect(cut(text, last)).toEqual(expected);
  });
});

describe('quotes out of place', () => {
  const row = (id: string): string =>
    `${id},000123456789,2023-02-24T18:00:00+09:00,payment,completed,500,M1,M1-1,,coupon`;
  const rows = (count: number, isOdd: (index: number) => boolean): string =>
    csv(
      'transactions',
      ...Array.from({ length: count }, (_, index) => row(isOdd(index) ? `"T${index}"x` : `T${index}`)),
    );

  async function read(content: string, threads?: Threads, sizes?: Sizes) {
    return inFolder(async (folder) => {
      const result = await readInputs({
        paths: { transactions: [put(folder, 'transactions.csv', content)] },
        profile: undefined,
        encoding: undefined,
        terms: KAGOSHIMA.terms,
        asOf: instant('2023-12-01T00:00:00+09:00'),
        ...(threads === undefined ? {} : { threads }),
        ...(sizes === undefined ? {} : { sizes }),
      });
      if (!('tables' in result)) throw new Error('refused');
      return result.tables;
    });
  }

  it('send their records to csv-parse, and nothing else', async () => {
    const tables = await read(rows(5000, (index) => index % 1000 === 999));
    expect(reference.readCsv).not.toHaveBeenCalled();
    expect(reference.firstRecord).toHaveBeenCalledTimes(5);
    expect(tables.rejects.map(({ line, code, column }) => [line, code, column])).toEqual(
      [1001, 2001, 3001, 4001, 5001].map((line) => [line, 'STRAY_QUOTE', 'transaction_id']),
    );
    expect(tables.transactions.rows).toBe(4995);
  });

  it.each([200, 251, 333])('do so where their record lies across blocks of %i bytes', async (blockBytes) => {
    // A line end inside quotes: a block of whole lines may end there.
    const lines = rows(60, (index) => index % 3 === 0).replaceAll(/x,(.*),M1-1,/g, 'x,$1,"M1\n1",');
    const tables = await read(lines, undefined, { blockBytes });
    expect(reference.readCsv).not.toHaveBeenCalled();
    expect(tables.rejects.map(({ line }) => line)).toEqual(Array.from({ length: 20 }, (_, index) => index * 4 + 2));
    expect(tables.transactions.rows).toBe(40);
  });

  it('do so in chunks too', async () => {
    const threads = { script: pathToFileURL(WORKER), count: 2, leastBytes: 0, chunkBytes: 1 << 14, ownChunks: 1 };
    const tables = await read(
      rows(5000, (index) => index % 1000 === 999),
      threads,
    );
    expect(reference.readCsv).not.toHaveBeenCalled();
    expect(tables.rejects.map(({ line }) => line)).toEqual([1001, 2001, 3001, 4001, 5001]);
    expect(tables.transactions.rows).toBe(4995);
  });

  it.each([
    ['as many as 1,024 are few, though they are all rows', 1024, 1, 0],
    ['one more sends the file to csv-parse', 1025, 1, 1],
    ['more of twenty times as many rows are few', 1100 * 20, 20, 0],
    ['more of ten times as many are not', 1100 * 10, 10, 1],
  ])('%s', async (_, count, every, calls) => {
    const tables = await read(rows(count, (index) => index % every === 0));
    expect(reference.readCsv).toHaveBeenCalledTimes(calls);
    expect(tables.rejects.length).toBe(Math.ceil(count / every));
    expect(tables.files[0]?.rowsRead).toBe(count);
  });
});
