import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readInputs } from '../../src/intake/read-inputs.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { synthesise } from '../../src/synth/synthesise.ts';
import type { Tables } from '../../src/tables/tables.ts';
import { inFolder, instant } from './read-files.ts';
import { bytesIn } from './resident.ts';

/** Tables of a made-up night of so many transactions. */
async function nightOf(transactions: number): Promise<Tables> {
  return await inFolder(async (folder) => {
    await synthesise(
      { folder, answers: join(folder, 'answers.json') },
      {
        transactions,
        seed: 5,
        affected: 0.05,
        errorRate: 0.001,
        encoding: 'utf-8',
        quoting: 'minimal',
        lineEnd: 'lf',
        gzip: false,
      },
      KAGOSHIMA.terms,
    );
    const only = (name: string): string[] => [join(folder, `${name}.csv`)];
    const result = await readInputs({
      paths: {
        issuance: only('issuance'),
        transactions: only('transactions'),
        sales: only('merchant_reports'),
      },
      profile: undefined,
      encoding: undefined,
      terms: KAGOSHIMA.terms,
      asOf: instant('2023-05-01T00:00:00+09:00'),
    });
    if (!('tables' in result)) throw new Error('the night was not read');
    return result.tables;
  });
}

// The second night's coupons are just more than fill half of a table of slots: then it is twice as large.
it.each([20_000, 28_000])('a night of %i transactions takes no more memory than said', async (transactions) => {
  const tables = await nightOf(transactions);
  expect(tables.transactions.rows).toBeGreaterThan(transactions * 0.99);
  expect(bytesIn(tables.transactions) / tables.transactions.rows).toBeLessThanOrEqual(60);
  const perCoupon = (bytesIn(tables.issuance) + bytesIn(tables.coupons)) / tables.issuance.rows;
  expect(perCoupon).toBeLessThanOrEqual(120);
});

it('room for rows is reserved for a whole file, and little more', async () => {
  const { transactions, issuance } = await nightOf(20_000);
  for (const [table, most] of [
    [transactions, 1.3],
    [issuance, 1.1],
  ] as const)
    expect(table.line.buffer.byteLength).toBeLessThanOrEqual(table.line.byteLength * most);
});
