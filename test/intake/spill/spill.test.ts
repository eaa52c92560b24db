import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { IdDictionary } from '../../../src/intake/columns/id-dictionary.ts';
import { readInputs } from '../../../src/intake/read-inputs.ts';
import { TableBuilder } from '../../../src/intake/schema/decoders.ts';
import { type MemoryLimit, partitionsFor, Spill, type StoredTables } from '../../../src/intake/spill/spill.ts';
import { KAGOSHIMA } from '../../../src/policy/kagoshima-2023-02-24.ts';
import { synthesise } from '../../../src/synth/synthesise.ts';
import type { CouponIndex } from '../../../src/tables/pool-index.ts';
import { CHARGE, PAYMENT } from '../../../src/tables/tables.ts';
import { inFolder, instant } from '../read-files.ts';
import { bytesIn } from '../resident.ts';

/** What 2-data.md's columns come to, a row. */
const [TRANSACTION, ISSUED, SALE] = [56, 68, 73];
/** A coupon's number (its key, and up to four slots of eight bytes less what most tables leave of them) and marks. */
const COUPON = 36 + 24;
const MOST_CASES = 1 << 24;
const { terms } = KAGOSHIMA;

function builderWith(rows: { issuance?: number; transactions?: number; sales?: number; coupons?: number }) {
  const into = new TableBuilder(new IdDictionary<CouponIndex>());
  into.issuance.rows = rows.issuance ?? 0;
  into.transactions.rows = rows.transactions ?? 0;
  into.sales.rows = rows.sales ?? 0;
  into.coupons.size = rows.coupons ?? 0;
  return into;
}

describe('rows go to disk', () => {
  const goes = (into: ReturnType<typeof builderWith>, bytes: number): Promise<boolean> =>
    inFolder((folder) => {
      const spill = new Spill(into, { bytes, folder, chunkRows: 1 << 20 }, terms);
      spill.check();
      const isOnDisk = spill.stored !== undefined;
      spill.close();
      return isOnDisk;
    });

  it.each([
    ['transactions', { transactions: 10 }, 10 * TRANSACTION],
    ['issuance', { issuance: 10 }, 10 * ISSUED],
    ['sales, which stay', { sales: 10 }, 10 * SALE],
    ['coupons that are only numbered', { coupons: 10 }, 10 * COUPON],
    ['all', { transactions: 1, issuance: 1, sales: 1, coupons: 1 }, TRANSACTION + ISSUED + SALE + COUPON],
  ])('where %s are more than fit', async (_, rows, bytes) => {
    expect(await goes(builderWith(rows), bytes)).toBe(false);
    expect(await goes(builderWith(rows), bytes - 1)).toBe(true);
  });

  /** A coupon of the cohort, one that pays in the outage, and one that does neither. */
  function threeCoupons() {
    const into = builderWith({ coupons: 3 });
    const { columns } = into.issuance;
    const originalExpiry = terms.cohorts[0]?.originalExpiry ?? 0;
    for (const expiresOn of [originalExpiry, originalExpiry + 1]) {
      columns.expiresOn[into.issuance.addRow()] = expiresOn;
    }
    const log = into.transactions.columns;
    const [paid, charged, late] = [0, 1, 2].map(() => into.transactions.addRow()) as [number, number, number];
    [log.kind[paid], log.occurredAt[paid]] = [PAYMENT, terms.outageFrom];
    [log.kind[charged], log.occurredAt[charged]] = [CHARGE, terms.outageFrom];
    [log.kind[late], log.occurredAt[late]] = [PAYMENT, terms.outageEnd];
    return into;
  }

  it.each([
    [1, 0, 'more', true],
    [2, 0, 'no more', false],
    [2, 1, 'more, for one is named by a claim', true],
  ])('where %i may be judged at a time and there are, with %i claims, %s', async (mostCases, claims, _, expected) => {
    await inFolder((folder) => {
      const limit = { bytes: Number.POSITIVE_INFINITY, folder, chunkRows: 10, mostCases };
      const into = threeCoupons();
      into.few.claims.length = claims;
      const spill = new Spill(into, limit, terms);
      spill.check();
      expect(spill.stored).toBeUndefined();
      const stored = spill.end();
      expect(stored?.transactions.rows).toBe(expected ? 3 : undefined);
      spill.close();
    });
  });

  it('from then on all of them, which is told once', async () => {
    await inFolder((folder) => {
      const into = builderWith({});
      let told = 0;
      const spill = new Spill(into, { bytes: 10, folder, chunkRows: 2, onSpill: () => told++ }, terms);
      spill.check();
      expect(told).toBe(0);
      for (const rows of [1, 1, 3]) {
        for (let row = 0; row < rows; row++) into.transactions.addRow();
        spill.check();
      }
      // The first goes at once, the second waits for another.
      expect([spill.stored?.transactions.rows, into.transactions.rows, told]).toEqual([5, 0, 1]);
      into.transactions.addRow();
      into.issuance.addRow();
      spill.check();
      expect([into.transactions.rows, into.issuance.rows]).toEqual([1, 1]);
      const stored = spill.end();
      expect([stored?.transactions.rows, stored?.issuance.rows, into.transactions.total, told]).toEqual([6, 1, 6, 1]);
      spill.close();
    });
  });

  it('so no room is reserved for more', async () => {
    await inFolder((folder) => {
      const into = builderWith({});
      const spill = new Spill(into, { bytes: 500_000 * TRANSACTION, folder, chunkRows: 1000 }, terms);
      into.transactions.reserve(100, 1e12);
      expect(into.transactions.capacity).toBe(500_000);
      into.sales.rows = 1_000_000;
      spill.check();
      // From now on the table holds no more than is written at a time.
      into.transactions.reserve(100, 1e12);
      expect(into.transactions.capacity).toBe(1 << 18);
      spill.close();
    });
  });
});

describe('there are as many partitions', () => {
  const parts = (rows: Parameters<typeof builderWith>[0], shared: number, limit: Partial<MemoryLimit>): number => {
    const stored = { issuance: { rows: rows.issuance ?? 0 }, transactions: { rows: rows.transactions ?? 0 } };
    const into = builderWith({ sales: rows.sales ?? 0, coupons: rows.coupons ?? 0 });
    return partitionsFor(into, stored as StoredTables, shared, { bytes: 1e6, folder: '', ...limit });
  };

  it('as rows need of what is left beside that which every partition holds', () => {
    expect(parts({ transactions: 1000 }, 0, { bytes: 1000 * TRANSACTION })).toBe(1);
    expect(parts({ transactions: 1000 }, 0, { bytes: 500 * TRANSACTION })).toBe(2);
    expect(parts({ transactions: 1000 }, 0, { bytes: 499 * TRANSACTION })).toBe(3);
    expect(parts({ transactions: 1000 }, 250, { bytes: 500 * TRANSACTION })).toBe(4);
    expect(parts({ issuance: 1000 }, 0, { bytes: 500 * ISSUED })).toBe(2);
    expect(parts({ issuance: 1000, coupons: 1000 }, 0, { bytes: 500 * ISSUED + 1000 * COUPON })).toBe(2);
    expect(parts({ issuance: 1000, sales: 1000 }, 0, { bytes: 500 * ISSUED + 1000 * SALE })).toBe(2);
  });

  it('as keep those few enough for a Map', () => {
    const bytes = Number.POSITIVE_INFINITY;
    expect(parts({ coupons: MOST_CASES }, 0, { bytes })).toBe(1);
    expect(parts({ coupons: 5 * MOST_CASES }, 0, { bytes })).toBe(5);
  });

  it('and not more than help', () => {
    // What every partition holds is more than there may be: an eighth of it is taken for the rest.
    expect(parts({ transactions: 1000, coupons: 1000 }, 0, { bytes: 1000 * TRANSACTION })).toBe(8);
    expect(parts({ transactions: 1e6 }, 0, { bytes: 1 })).toBe(250);
  });

  it('as are asked for', () => {
    expect(parts({ transactions: 1e6 }, 0, { bytes: 1, partitions: 3 })).toBe(3);
  });
});

it('no partition takes more memory than there may be', async () => {
  await inFolder(async (folder) => {
    const options = { seed: 5, affected: 0.05, errorRate: 0.001, encoding: 'utf-8', quoting: 'minimal' } as const;
    const place = { folder, answers: join(folder, 'answers.json') };
    await synthesise(place, { ...options, transactions: 20_000, lineEnd: 'lf', gzip: false }, KAGOSHIMA.terms);
    const only = (name: string): string[] => [join(folder, `${name}.csv`)];
    const bytes = 1.1e6;
    const read = await readInputs({
      paths: {
        issuance: only('issuance'),
        transactions: only('transactions'),
        sales: only('merchant_reports'),
      },
      profile: undefined,
      encoding: undefined,
      terms: KAGOSHIMA.terms,
      asOf: instant('2023-05-01T00:00:00+09:00'),
      memory: { bytes, folder },
      sizes: { blockBytes: 1 << 14 },
    });
    if (!('tables' in read) || read.partitions === undefined) throw new Error('nothing went to disk');
    const { partitions, tables } = read;
    expect([tables.issuance.rows, tables.transactions.rows]).toEqual([0, 0]);
    let [issued, most] = [0, 0];
    for (let part = 0; part < partitions.count; part++) {
      const { issuance, transactions } = partitions.load(part);
      issued += issuance.rows;
      most = Math.max(most, bytesIn(issuance) + bytesIn(transactions));
    }
    const inAll = bytesIn(tables.sales) + tables.coupons.size * COUPON;
    expect(issued).toBeGreaterThan(7_900);
    // Accounts are dealt out by their hash, so partitions differ by some per cent.
    expect(most + inAll).toBeLessThanOrEqual(bytes * 1.1);
    expect(partitions.count).toBeLessThan(8);
    partitions.close();
  });
});
