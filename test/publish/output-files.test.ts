import { readFileSync } from 'node:fs';
import { expect, it, test } from 'vitest';
import { CountedCsv } from '../../src/publish/counted-csv.ts';
import { COMPARED_COLUMNS } from '../../src/publish/eligibility.ts';
import { OUTPUTS, SETTLEMENT_TABLES } from '../../src/publish/output-files.ts';
import { type Column, headerOf, yenColumnsOf } from '../../src/publish/output-table.ts';

test('every output stands in the contract with its columns, in the order of the manifest', () => {
  const contract = readFileSync(new URL('../../docs/contract/2-data.md', import.meta.url), 'utf8');
  const promised = [...contract.matchAll(/^\| `(\w+\.csv)` \|[^|]*\| `([^`]+)`/gm)].map(
    ([, name, columns]) => `${name}: ${columns}`,
  );
  expect(OUTPUTS.map((table) => `${table.name}: ${headerOf(table).join(', ')}`)).toEqual(promised);
});

it('sums every column of yen, and no other', () => {
  for (const { name, columns } of OUTPUTS)
    expect(
      yenColumnsOf(columns).map((column) => column.name),
      name,
    ).toEqual(columns.map((column) => column.name).filter((column) => column.endsWith('_yen')));
});

test('diff compares what eligibility.csv says of a coupon, not which number, payout or rows it has', () => {
  const passedBy = ['coupon_number', 'payout_id', 'evidence'];
  const [eligibility] = SETTLEMENT_TABLES;
  expect(COMPARED_COLUMNS).toEqual(headerOf(eligibility ?? { columns: [] }).filter((name) => !passedBy.includes(name)));
});

// A column is one declaration: its name, its cell and its sum cannot drift apart.
test('a column that is put between others moves none of their cells or sums', () => {
  interface Thing {
    readonly id: string;
    readonly yen?: number;
  }
  const written = (columns: readonly Column<Thing>[]) => {
    const csv = new CountedCsv(columns);
    csv.add({ id: 'a', yen: 1200 }, '');
    csv.add({ id: 'b,c' }, 'P1');
    csv.add({ id: ' d', yen: -5 }, '');
    return { header: headerOf({ columns }), text: csv.finish().toString('utf8'), sums: csv.sums, rows: csv.rows };
  };
  const id: Column<Thing> = { name: 'id', of: (each) => each.id };
  const yen: Column<Thing> = { name: 'owed_yen', yenOf: (each) => each.yen };
  expect(written([id, yen])).toEqual({
    header: ['id', 'owed_yen'],
    text: 'a,1200\n"b,c",\n d,-5\n',
    sums: [1195],
    rows: 3,
  });
  const payout: Column<Thing> = { name: 'payout_id', of: (_, payoutId) => payoutId };
  const twice: Column<Thing> = { name: 'twice_yen', yenOf: ({ yen: once }) => (once ?? 0) * 2 };
  expect(written([id, payout, twice, yen])).toEqual({
    header: ['id', 'payout_id', 'twice_yen', 'owed_yen'],
    text: 'a,,2400,1200\n"b,c",P1,0,\n d,,-10,-5\n',
    sums: [2390, 1195],
    rows: 3,
  });
});
