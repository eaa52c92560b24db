import { expect, it } from 'vitest';
import { csv, ROW } from '../intake/read-files.ts';
import { publishedOf } from '../support/published-in-parts.ts';

/** A night on which so many payments name a coupon that nobody issued: each is a row of unmatched.csv and a question. */
async function nightOf(payments: number): Promise<{ readonly steps: number; readonly rows: number }> {
  const rows = Array.from({ length: payments }, (_, at) =>
    ROW.transactions.replace('T1', `T${at}`).replace('0001', '7777777'),
  );
  let steps = 0;
  const { files } = await publishedOf(
    {
      issuance: csv('issuance', ROW.issuance),
      transactions: csv('transactions', ...rows),
      sales: csv('sales', ROW.sales),
    },
    {
      asOf: '2023-05-10T02:00:00+09:00',
      onStep: () => {
        steps++;
      },
    },
  );
  return { steps, rows: (files['unmatched.csv'] ?? '').trimEnd().split('\n').length - 1 };
}

it('gives a turn before each file, and within one that has very many rows', async () => {
  const few = await nightOf(10);
  const many = await nightOf(7000);
  expect([few.rows, many.rows]).toEqual([10, 7000]);
  // Of eligibility.csv, payouts.csv, extensions.csv and so on there are ten at least.
  expect(few.steps).toBeGreaterThan(10);
  expect(many.steps - few.steps).toBeGreaterThanOrEqual(3);
});
