import { expect, test } from 'vitest';
import { readInputs } from '../../src/intake/read-inputs.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { csv, inFolder, instant, put, ROW } from './read-files.ts';

test('how far reading is follows the bytes of all files', () =>
  inFolder(async (folder) => {
    // Two files of as many bytes: the first is half of all.
    const rows = Array.from({ length: 1000 }, (_, at) =>
      ROW.transactions.replace(/^[^,]+/, `T${String(at).padStart(9, '0')}`),
    );
    const paths = ['a.csv', 'b.csv'].map((name) => put(folder, name, csv('transactions', ...rows)));
    const told: (readonly [file: string, rows: number, share: number])[] = [];
    await readInputs({
      paths: { transactions: paths },
      profile: undefined,
      encoding: undefined,
      terms: KAGOSHIMA.terms,
      asOf: instant('2023-12-01T00:00:00+09:00'),
      sizes: { blockBytes: 4096 },
      onProgress: (file, rowsRead, share) => told.push([file, rowsRead, share]),
    });
    expect(told.length).toBeGreaterThan(10);
    for (const [file, rowsRead, share] of told) {
      const half = file === 'a.csv' ? 0 : 0.5;
      // Every row is as long as the others; the header weighs in a little.
      expect(share).toBeCloseTo(half + (rowsRead / 1000) * 0.5, 2);
      expect(share).toBeLessThanOrEqual(half + 0.5);
    }
  }));
