import { describe, expect, it } from 'vitest';
import { GrowingTable, TRANSACTION_SHAPE } from '../../../src/intake/columns/growing-table.ts';
import { conflictingIds, SortedIds } from '../../../src/intake/spill/conflicting-ids.ts';
import { SpilledRows } from '../../../src/intake/spill/spilled-rows.ts';
import { createRandom } from '../../support/random.ts';
import { inFolder } from '../read-files.ts';

type Column = keyof typeof TRANSACTION_SHAPE;
/** An id, and what its row says otherwise than all others. */
type Row = readonly [id: number, column?: Column];

const LIMIT = { bytes: 1e9, folder: '' };

const conflictsIn = (rows: readonly Row[], limit: { bytes?: number; partitions?: number } = {}): Promise<number[]> =>
  inFolder((folder) => {
    const table = new GrowingTable(TRANSACTION_SHAPE);
    for (const [id, column] of rows) {
      const at = table.addRow();
      table.columns.transaction[at] = id;
      if (column !== undefined) table.columns[column][at] = 7;
    }
    const stored = new SpilledRows(folder, TRANSACTION_SHAPE, 3);
    stored.takeFrom(table, 0);
    const found = conflictingIds(stored, { ...LIMIT, ...limit });
    stored.close();
    return [...found.ids];
  });

const ANY_ORDER = { ids: [5, 3, 9, 3, 5, 1, 9, 2, 3] };

describe('ids conflict', () => {
  it('where no two rows have one, never', async () => {
    expect(await conflictsIn([[1], [2, 'coupon'], [4]])).toEqual([]);
    expect(await conflictsIn([[4], [2, 'coupon'], [1]])).toEqual([]);
  });

  it('where rows say the same, never', async () => {
    expect(await conflictsIn(ANY_ORDER.ids.map((id) => [id]))).toEqual([]);
  });

  it.each(
    Object.keys(TRANSACTION_SHAPE).filter((name) => name !== 'transaction') as Column[],
  )('where rows differ in %s, however far apart they lie', async (column) => {
    expect(await conflictsIn([[5], [3], [9], [3], [7], [1], [9, column]])).toEqual([9]);
    expect(await conflictsIn([[9, column], [3], [9]])).toEqual([9]);
    // One row after the other, in the order of their ids.
    expect(await conflictsIn([[1], [9], [9, column]])).toEqual([9]);
  });

  it('wherever they stand in a file: its lines are no content', async () => {
    await inFolder((folder) => {
      const table = new GrowingTable(TRANSACTION_SHAPE);
      for (const line of [2, 3]) table.columns.line[table.addRow()] = line;
      const stored = new SpilledRows(folder, TRANSACTION_SHAPE, 3);
      stored.takeFrom(table, 0);
      expect(conflictingIds(stored, LIMIT).ids.length).toBe(0);
      stored.close();
    });
  });

  it('the same, however many are held against each other at a time', async () => {
    const random = createRandom(1);
    const rows = Array.from({ length: 300 }, (): Row => {
      const id = Math.floor(random() * 100);
      return random() < 0.1 ? [id, 'terminal'] : [id];
    });
    const whole = await conflictsIn(rows);
    const unlike = (id: number): boolean => new Set(rows.filter((row) => row[0] === id).map((row) => row[1])).size > 1;
    expect(whole).toEqual(Array.from({ length: 100 }, (_, id) => id).filter(unlike));
    expect(whole.length).toBeGreaterThan(10);
    for (const partitions of [2, 5]) expect(await conflictsIn(rows, { partitions })).toEqual(whole);
    expect(await conflictsIn(rows, { bytes: 1000 })).toEqual(whole);
  });
});

it('an id has its place among others, or none', () => {
  const some = new SortedIds(Float64Array.of(-4, 2, 3, 8));
  expect([-4, 2, 3, 8].map((id) => some.placeOf(id))).toEqual([0, 1, 2, 3]);
  expect([-5, 0, 2.5, 9].map((id) => some.placeOf(id))).toEqual([-1, -1, -1, -1]);
  expect(new SortedIds(new Float64Array(0)).placeOf(0)).toBe(-1);
});
