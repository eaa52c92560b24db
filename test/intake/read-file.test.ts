import { describe, expect, test } from 'vitest';
import { locate } from '../../src/intake/bytes/file.ts';
import { readSample } from '../../src/intake/bytes/sample.ts';
import { IdDictionary } from '../../src/intake/columns/id-dictionary.ts';
import { type FileResult, type ReadRequest, readFile } from '../../src/intake/read-file.ts';
import { TableBuilder } from '../../src/intake/schema/decoders.ts';
import { LAYOUTS } from '../../src/intake/schema/layouts.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import type { CouponIndex } from '../../src/tables/pool-index.ts';
import { csv, inFolder, put, ROW } from './read-files.ts';

/** What reading a transaction log comes to, and how many rows and rejects it leaves in the tables. */
const readLog = (content: string, how: Partial<ReadRequest>) =>
  inFolder(async (folder): Promise<{ result: FileResult; rows: number; rejects: number }> => {
    const found = locate(put(folder, 'log.csv', content), 'log.csv');
    if ('problem' in found) throw new Error(found.problem.code);
    const { location } = found;
    const into = new TableBuilder(new IdDictionary<CouponIndex>());
    const sample = await readSample(location, {});
    const request = { profile: undefined, encoding: undefined, terms: KAGOSHIMA.terms, ...how };
    const result = await readFile(
      { kind: 'transactions', location, index: 0, sample, extent: { shareBefore: 0, share: 1, rows: 2 } },
      into,
      undefined,
      request,
    );
    return { result, rows: into.transactions.rows, rejects: into.rejects.length };
  });

const twoRows = csv('transactions', ROW.transactions, ROW.transactions.replace('500', 'many'));

describe.each([
  ['from its bytes', {}],
  ['by the reference reader', { reader: 'csv-parse' as const }],
])('a file that is read %s', (_, how) => {
  test('is told with all that its rows came to', async () => {
    const { result, rows, rejects } = await readLog(twoRows, how);
    if (!('read' in result)) throw new Error(JSON.stringify(result.problems));
    const { plan, read } = result;
    expect(read).toMatchObject({ rowsRead: 2, yenRead: 500, rejectedYen: 0, encoding: 'utf-8' });
    expect(read.plan).toBe(plan);
    expect(read.sha256).toMatch(/^[\da-f]{64}$/);
    // No column holds a word for nothing.
    expect(read.absentCells).toEqual(LAYOUTS.transactions.columns.map(() => 0));
    expect([rows, rejects]).toEqual([1, 1]);
  });

  test('tells of a file that it refuses how it was to be read, and what is wrong, and nothing else', async () => {
    const { result } = await readLog(`${twoRows}"T2,0001`, how);
    expect('read' in result).toBe(false);
    expect(result.problems.map(({ code }) => code)).toEqual(['QUOTE_NEVER_CLOSED']);
    expect(result.plan?.fieldCount).toBe(10);
  });

  test('tells of a file without a header that it is known how to read none', async () => {
    const { result, rows } = await readLog('', how);
    expect(result).toMatchObject({ plan: undefined, problems: [{ code: 'EMPTY_FILE' }] });
    expect(rows).toBe(0);
  });
});
