import { expect, it } from 'vitest';
import { lossesSchema, understoodFileSchema } from '../../src/tables/understood-file.ts';

const FILE = {
  byteOrderMark: true,
  delimiter: null,
  sheet: 'Sheet1',
  headerLine: null,
  headerRows: 0,
  columns: [
    {
      column: 'sold_at',
      required: true,
      origin: {
        from: 'join',
        parts: [{ header: '日付' }, { constant: '-' }, { line: true }, { minus: '税' }],
        when: [{ header: '区分', values: ['売上'] }],
        unless: [],
      },
      dates: { form: 'known', zone: 'JST' },
      examples: [{ line: 2, written: '<a>', read: null, code: 'BAD_INSTANT' }],
    },
  ],
  leftOut: [{ rule: 'only', header: '区分', values: ['売上'], rows: 0 }],
  sample: [{ line: 2, values: { report_id: { written: 'S1', read: 'S1' } } }],
};

it('a file that was understood has this form, and no other', () => {
  expect(understoodFileSchema.parse(FILE)).toEqual(FILE);
  expect(understoodFileSchema.safeParse({ ...FILE, phone: 'x' }).success).toBe(false);
  expect(understoodFileSchema.safeParse({ ...FILE, delimiter: 'pipe' }).success).toBe(false);
});

it('so has what would be lost', () => {
  const losses = {
    unreadable: { rows: 1, yen: 500 },
    leftOutRows: 0,
    differingTotals: 0,
    unusedColumns: [{ file: 'a.csv', columns: ['備考'] }],
    missingColumns: [{ kind: 'sales', column: 'voided', without: { ja: '無', en: 'none' } }],
  };
  expect(lossesSchema.parse(losses)).toEqual(losses);
  expect(lossesSchema.safeParse({ ...losses, leftOutRows: 0.5 }).success).toBe(false);
});
