import { describe, expect, it } from 'vitest';
import { GrowingTable, TRANSACTION_SHAPE } from '../../../src/intake/columns/growing-table.ts';

const table = () => new GrowingTable(TRANSACTION_SHAPE);

describe('a table that grows', () => {
  it.each([0, 65_535, 65_536, 1_000_000])('knows a row of file number %i as one of that file', (file) => {
    const grown = table();
    const row = grown.addRow();
    grown.columns.file[row] = file;
    grown.columns.line[row] = 2;
    expect(grown.last).toEqual({ file, line: 2 });
    expect(grown.finish().file[row]).toBe(file);
  });

  it('keeps the rows it has while it makes room for more', () => {
    const grown = table();
    for (let line = 2; line < 1002; line++) {
      const row = grown.addRow();
      grown.columns.line[row] = line;
    }
    const { line, rows } = grown.finish();
    expect(rows).toBe(1000);
    expect(Array.from(line)).toEqual(Array.from({ length: 1000 }, (_, row) => row + 2));
  });

  it('forgets rows that are cut away, and a row in their place is clear', () => {
    const grown = table();
    for (let rows = 0; rows < 3; rows++) {
      const row = grown.addRow();
      grown.columns.file[row] = 7;
    }
    grown.cutTo(1);
    expect(grown.total).toBe(1);
    const next = grown.addRow();
    expect(grown.columns.file[next]).toBe(0);
  });

  it('has no last row where it has none', () => {
    expect(table().last).toBeUndefined();
  });
});
