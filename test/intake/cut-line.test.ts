import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readInputs } from '../../src/intake/read-inputs.ts';
import type { MemoryLimit } from '../../src/intake/spill/spill.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import type { InputKind } from '../../src/tables/tables.ts';

const LOG = [
  'transaction_id,coupon_number,occurred_at,kind,status,amount_yen,merchant_id',
  'T1,1,2023-02-24 18:00,payment,completed,500,M1',
  'T2,1,2023-02-24 19:00,payment,completed,500,M1',
].join('\n');
const CLAIMS =
  'claim_id,received_at,kind,coupon_number,expires_on,prefecture,merchant_id\nC1,2023-02-25 10:00,other,1,2023-02-24,46,M1';
const SALES =
  'report_id,merchant_id,sold_at,total_yen,coupon_yen,cash_yen,voided\nS1,M1,2023-02-24 18:00,500,500,0,no\nS2,M1,2023-02-24 18:00,500,500,0,yes';

interface How {
  readonly reader?: 'bytes' | 'csv-parse';
  readonly memory?: Omit<MemoryLimit, 'folder'>;
}

async function cutAtLine(kind: InputKind, content: string | Buffer, { memory, ...how }: How = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'regionpay-'));
  try {
    const path = join(folder, 'in.csv');
    writeFileSync(path, content);
    const read = await readInputs({
      paths: { [kind]: [path] },
      profile: undefined,
      encoding: undefined,
      terms: KAGOSHIMA.terms,
      asOf: Number.MAX_SAFE_INTEGER,
      ...how,
      memory: memory === undefined ? undefined : { ...memory, folder },
    });
    if (!('tables' in read)) throw new Error(read.problems.map(({ code }) => code).join());
    read.partitions?.close();
    return read.tables.files[0]?.cutAtLine;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const WAYS: readonly (readonly [string, How])[] = [
  ['from bytes', {}],
  ['by the reference', { reader: 'csv-parse' }],
  ['to disk', { memory: { bytes: 0, partitions: 2, chunkRows: 1 } }],
];

describe.each(WAYS)('a log that is read %s', (_, how) => {
  // The third line loses its shop, its amount, its time: wherever it is cut before its last field, too few are left.
  test.each([1, 4, 30, 44])('and was cut %i signs before its end, is cut at its last line', async (signs) => {
    const cut = LOG.slice(0, signs === 1 ? LOG.lastIndexOf(',') : -signs);
    expect(await cutAtLine('transactions', cut, how)).toBe(3);
  });

  test.each([
    ['ends with a line end, though its last row is not whole', `${LOG.slice(0, -10)}\n`],
    ['ends with a carriage return', `${LOG.slice(0, -10)}\r`],
    ['ends without one, and its last row is whole', LOG],
    ['has a bad row before its last one', `${LOG.replace('500', 'many')}`],
    ['has no row', LOG.split('\n')[0] ?? ''],
  ])('and %s, is not', async (_title, content) => {
    expect(await cutAtLine('transactions', content, how)).toBeUndefined();
  });

  test('packed, is told as it is unpacked', async () => {
    expect(await cutAtLine('transactions', gzipSync(LOG.slice(0, -10)), how)).toBe(3);
    expect(await cutAtLine('transactions', gzipSync(`${LOG.slice(0, -10)}\n`), how)).toBeUndefined();
  });
});

test('an input of few rows is cut as well', async () => {
  expect(await cutAtLine('claims', CLAIMS.slice(0, -8))).toBe(2);
  expect(await cutAtLine('claims', CLAIMS)).toBeUndefined();
});

test('a sale that its shop voided is whole', async () => {
  expect(await cutAtLine('sales', SALES)).toBeUndefined();
  expect(await cutAtLine('sales', SALES.slice(0, -4))).toBe(3);
});
