import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomAsOf, randomNight } from '../oracle/random-night.ts';
import { nightToCsv } from '../oracle/write-night.ts';
import { outageNight, shuffledAndSplit, withRows } from '../support/nights.ts';
import { type Inputs, type Row, type RunResult, runTables } from '../support/run-tables.ts';

const DATES = ['2023-02-26', '2023-03-20', '2023-05-10'].map((date) => `${date}T02:00:00+09:00`);
/** rejects.csv names files and lines, so it alone follows how the rows are split. */
const FILES = [
  'eligibility.csv',
  'payouts.csv',
  'extensions.csv',
  'reinstatements.csv',
  'review.csv',
  'outage_payments.csv',
  'merchant_days.csv',
];
const published = (result: RunResult) => ({
  ...Object.fromEntries(FILES.map((file) => [file, result.rows(file)])),
  figures: result.outcome.figures,
});
const seeds = fc.integer({ min: 0, max: 1_000_000 });

function nightInputs(seed: number): Inputs {
  const csv = nightToCsv(randomNight(seed));
  return {
    issuance: csv.issuance,
    transactions: csv.transactions,
    sales: csv.merchant_reports,
    claims: csv.claims,
    applications: csv.applications,
    paid: csv.paid,
  };
}

describe('the order of rows and how they are split over files', () => {
  test.each(DATES)('change nothing on the worked night at %s', async (asOf) => {
    const whole = published(await runTables(outageNight(), { asOf }));
    for (const seed of [1, 2, 3]) {
      expect(published(await runTables(shuffledAndSplit(outageNight(), seed), { asOf }))).toEqual(whole);
    }
  });

  test('change nothing on random nights', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const asOf = randomAsOf(seed);
        const inputs = nightInputs(seed);
        expect(published(await runTables(shuffledAndSplit(inputs, seed), { asOf }))).toEqual(
          published(await runTables(inputs, { asOf })),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('an unrelated coupon', () => {
  test('changes no other coupon\u2019s row', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, fc.constantFrom('2023-02-24', '2023-02-25'), async (seed, expiry) => {
        const asOf = randomAsOf(seed);
        const inputs = nightInputs(seed);
        const more = {
          ...inputs,
          issuance: withRows(String(inputs.issuance), newcomer(String(inputs.issuance), expiry)),
          transactions: withRows(
            String(inputs.transactions),
            cells(String(inputs.transactions), {
              transaction_id: 'NEW1',
              coupon_number: 'NEWCOMER',
              occurred_at: '2023-02-24T18:00:00+09:00',
              kind: 'payment',
              status: 'completed',
              amount_yen: '700',
              merchant_id: 'A-SHOP-OF-ITS-OWN',
            }),
          ),
        };
        const others = (result: RunResult) =>
          Object.fromEntries(
            ['eligibility.csv', 'review.csv', 'extensions.csv', 'reinstatements.csv'].map((file) => [
              file,
              result.rows(file).filter((row) => row.coupon_number !== 'NEWCOMER'),
            ]),
          );
        expect(others(await runTables(more, { asOf }))).toEqual(others(await runTables(inputs, { asOf })));
      }),
      { numRuns: 60 },
    );
  });
});

/** A row for a file, in the order of its header. */
function cells(csv: string, values: Readonly<Record<string, string>>): string {
  const header = (csv.split('\n')[0] ?? '').split(',');
  return header.map((name) => values[name] ?? '').join(',');
}

const newcomer = (csv: string, expiry: string): string =>
  cells(csv, {
    coupon_number: 'NEWCOMER',
    medium: 'paper',
    prefecture: '46',
    face_yen: '2000',
    issued_at: '2023-02-23T15:00:00+09:00',
    expires_on: expiry,
  });

describe('money', () => {
  test('no transaction is put back twice, and no coupon is paid more than its face value', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, fc.boolean(), async (seed, countUnclaimed) => {
        const night = randomNight(seed);
        const result = await runTables(nightInputs(seed), { asOf: randomAsOf(seed), countUnclaimed });
        const put = result.rows('reinstatements.csv').map((row) => row.transaction_id);
        expect(new Set(put).size).toBe(put.length);
        const deducted = new Map(night.transactions.map((row) => [row.transaction_id, row.amount_yen]));
        for (const row of result.rows('reinstatements.csv')) {
          expect(Number(row.amount_yen)).toBeLessThanOrEqual(deducted.get(row.transaction_id ?? '') ?? 0);
        }
        const face = new Map(night.issuance.map((row) => [row.coupon_number, row.face_yen]));
        const rows = new Map(result.rows('eligibility.csv').map((row) => [row.coupon_number, row]));
        for (const payout of result.rows('payouts.csv')) {
          const coupons = (payout.coupons ?? '').split(' ').map((number) => rows.get(number) as Row);
          expect(Number(payout.amount_yen)).toBe(coupons.reduce((sum, row) => sum + Number(row.payable_yen), 0));
          for (const row of coupons) {
            const paid = Number(row.already_paid_yen) + Number(row.payable_yen);
            if (result.outcome.problems.length === 0)
              expect(paid).toBeLessThanOrEqual(face.get(row.coupon_number ?? '') ?? 0);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test('a second press added to a payment that the shop supports puts back exactly its amount, never more', async () => {
    const header = 'transaction_id,coupon_number,occurred_at,kind,status,amount_yen,merchant_id';
    const pay = (id: string, at: string, amount: number) =>
      `${id},C1,2023-02-24T${at}+09:00,payment,completed,${amount},M1`;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 2000 }),
        fc.integer({ min: 0, max: 600 }),
        fc.boolean(),
        async (amount, gap, named) => {
          const second = `18:${String(10 + Math.floor(gap / 60)).padStart(2, '0')}:${String(gap % 60).padStart(2, '0')}`;
          const inputs = (rows: readonly string[]): Inputs => ({
            issuance:
              'coupon_number,medium,prefecture,face_yen,issued_at,expires_on\nC1,paper,46,4000,2023-02-23T15:00:00+09:00,2023-02-25\n',
            transactions: `${[header, ...rows].join('\n')}\n`,
            sales: `report_id,merchant_id,sold_at,total_yen,coupon_yen,cash_yen,coupon_number\nS1,M1,2023-02-24T18:10:30+09:00,${amount},${amount},0,${named ? 'C1' : ''}\n`,
            claims:
              'claim_id,received_at,kind,coupon_number,expires_on,prefecture,merchant_id\nCL1,2023-03-08T11:00:00+09:00,double_charge,C1,2023-02-25,46,M1\n',
          });
          const due = async (rows: readonly string[], asOf: string) => {
            const row = (await runTables(inputs(rows), { asOf })).rows('eligibility.csv')[0];
            return { reinstate: Number(row?.reinstate_yen), payable: Number(row?.payable_yen) };
          };
          const once = [pay('T1', '18:10:00', amount)];
          const twice = [...once, pay('T2', second, amount)];
          expect(await due(once, '2023-03-20T02:00:00+09:00')).toEqual({ reinstate: 0, payable: 0 });
          expect(await due(twice, '2023-03-20T02:00:00+09:00')).toEqual({ reinstate: amount, payable: 0 });
          // At the cut-off: what is left after both presses, and the second one back.
          const settled = await due(twice, '2023-05-10T02:00:00+09:00');
          expect(settled.reinstate).toBe(amount);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('a decision', () => {
  test('once approved and then removed leaves everything as it was', async () => {
    const asOf = '2023-05-10T02:00:00+09:00';
    const before = await runTables(outageNight(), { asOf });
    const items = before.rows('review.csv');
    expect(items.length).toBe(8);
    for (const item of items) {
      const decisions = `review_id,evidence_hash,decision,decided_by,decided_at\n${item.review_id},${item.evidence_hash},approve,K,2023-05-01T00:00:00+09:00\n`;
      const decided = await runTables({ ...outageNight(), decisions }, { asOf });
      const row = decided.rows('review.csv').find((each) => each.review_id === item.review_id);
      expect(row?.decision, item.reason).toBe('approved');
      expect(
        published(await runTables({ ...outageNight(), decisions: decisions.split('\n')[0] ?? '' }, { asOf })),
      ).toEqual(published(before));
    }
  });
});
