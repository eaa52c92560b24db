import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GrowingTable } from '../../../src/intake/columns/growing-table.ts';
import { SpilledRows } from '../../../src/intake/spill/spilled-rows.ts';
import { DiskFailure, UnlinkedFile } from '../../../src/intake/spill/unlinked-file.ts';
import { inFolder } from '../read-files.ts';

const SHAPE = { kind: 'u8', coupon: 'i32', yen: 'f64' } as const;
type Rows = SpilledRows<typeof SHAPE>;

/** Adds rows to a table: the number of each is in all of its columns. */
function add(table: GrowingTable<typeof SHAPE>, from: number, to: number): void {
  for (let number = from; number < to; number++) {
    const at = table.addRow();
    table.columns.kind[at] = number;
    table.columns.coupon[at] = number + 1000;
    table.columns.yen[at] = number + 0.5;
    table.columns.line[at] = number + 2;
  }
}

function numbersIn(stored: Rows): number[] {
  const found: number[] = [];
  for (const { rows, columns } of stored.readAll()) {
    for (let row = 0; row < rows; row++) {
      const number = columns.kind[row] as number;
      expect([columns.coupon[row], columns.yen[row], columns.line[row]]).toEqual([
        number + 1000,
        number + 0.5,
        number + 2,
      ]);
      found.push(number);
    }
  }
  return found;
}

const upTo = (count: number, from = 0): number[] => Array.from({ length: count - from }, (_, at) => from + at);

async function withRows(rows: number, use: (stored: Rows, table: GrowingTable<typeof SHAPE>) => void): Promise<void> {
  await inFolder((folder) => {
    const table = new GrowingTable(SHAPE);
    const stored = new SpilledRows(folder, SHAPE, 4);
    add(table, 0, rows);
    stored.takeFrom(table, 0);
    use(stored, table);
    stored.close();
  });
}

describe('rows on disk', () => {
  it('come back in their order, by chunks, as they were', async () => {
    await withRows(10, (stored, table) => {
      expect([stored.rows, table.rows]).toEqual([10, 0]);
      expect(numbersIn(stored)).toEqual(upTo(10));
      expect([...stored.read('kind')].map(({ rows }) => rows)).toEqual([4, 4, 2]);
      // kind 1, coupon 4, yen 8, disposition 1, file 4, line 4
      expect(stored.bytes).toBe(10 * 22);
    });
  });

  it('come back by the columns that are asked for', async () => {
    await withRows(6, (stored) => {
      const yen: number[] = [];
      for (const { rows, columns } of stored.read('yen')) {
        expect(Object.keys(columns)).toEqual(['yen']);
        yen.push(...columns.yen.subarray(0, rows));
      }
      expect(yen).toEqual(upTo(6).map((number) => number + 0.5));
    });
  });

  it('are taken once they are many enough', async () => {
    await withRows(0, (stored, table) => {
      add(table, 0, 3);
      stored.takeFrom(table);
      expect([stored.rows, table.rows]).toEqual([0, 3]);
      add(table, 3, 4);
      stored.takeFrom(table);
      expect([stored.rows, table.rows]).toEqual([4, 0]);
    });
  });

  it.each([0, 1, 3, 4, 5, 8, 9, 10])('are cut to %i, and others come behind them', async (rows) => {
    await withRows(10, (stored, table) => {
      table.stored = stored;
      add(table, 10, 12);
      expect(table.total).toBe(12);
      table.cutTo(rows);
      expect([table.total, table.rows, stored.rows]).toEqual([rows, 0, rows]);
      expect(numbersIn(stored)).toEqual(upTo(rows));
      add(table, 20, 26);
      stored.takeFrom(table, 0);
      expect(numbersIn(stored)).toEqual([...upTo(rows), ...upTo(26, 20)]);
    });
  });

  it('stay where only rows in front of them are on disk', async () => {
    await withRows(10, (stored, table) => {
      table.stored = stored;
      add(table, 10, 13);
      table.cutTo(11);
      expect([table.rows, stored.rows, table.columns.kind[0]]).toEqual([1, 10, 10]);
    });
  });

  it('give up room that was reserved for a whole file, and keep what the next rows need', async () => {
    await withRows(0, (stored, table) => {
      const small = table.capacity;
      add(table, 0, 200);
      stored.takeFrom(table, 0);
      expect(table.capacity).toBe(small);
      expect(table.columns.yen.length).toBe(small);
      add(table, 200, 250);
      stored.takeFrom(table, 0);
      expect(numbersIn(stored).length).toBe(250);
    });
    await inFolder((folder) => {
      const table = new GrowingTable(SHAPE);
      const stored = new SpilledRows(folder, SHAPE, 100);
      add(table, 0, 200);
      const { capacity } = table;
      stored.takeFrom(table, 0);
      expect(table.capacity).toBe(capacity);
      stored.close();
    });
  });
});

describe('a file without a name', () => {
  it('cannot be seen while it is open', async () => {
    await inFolder((folder) => {
      const file = new UnlinkedFile(folder);
      file.append(Buffer.from('rows'));
      expect(readdirSync(folder)).toEqual([]);
      const read = Buffer.alloc(2);
      file.read(read, 1);
      expect(read.toString()).toBe('ow');
      file.close();
    });
  });

  it('fails as the disk does, never as an input would', async () => {
    await inFolder((folder) => {
      const missing = () => new UnlinkedFile(join(folder, 'missing'));
      expect(missing).toThrow(DiskFailure);
      expect(missing).toThrow(expect.objectContaining({ cause: expect.objectContaining({ code: 'ENOENT' }) }));
      const file = new UnlinkedFile(folder);
      file.append(Buffer.from('rows'));
      expect(() => file.read(Buffer.alloc(5), 0)).toThrow(DiskFailure);
      file.close();
      expect(() => file.append(Buffer.from('more'))).toThrow(DiskFailure);
      expect(() => file.read(Buffer.alloc(1), 0)).toThrow(DiskFailure);
    });
  });
});
