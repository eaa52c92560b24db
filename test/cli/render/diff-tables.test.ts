import { describe, expect, test } from 'vitest';
import type { TableDifference } from '../../../src/audit/diff/difference.ts';
import { moreRowsText, rowsText, rowText, yenTexts } from '../../../src/cli/render/diff-tables.ts';
import { translateTo } from '../../../src/cli/terminal/language.ts';

const [ja, en] = [translateTo('ja'), translateTo('en')];
const table = (more: Partial<TableDifference>): TableDifference => ({
  name: 'review.csv',
  writtenBy: 'both',
  added: 0,
  removed: 0,
  changed: 0,
  yen: {},
  rows: [],
  ...more,
});

describe('a file that differs', () => {
  test('is told by how many rows came, went and changed', () => {
    expect(rowsText(table({ added: 1, changed: 1200 }), en)).toBe('1 added, 1,200 changed');
    expect(rowsText(table({ added: 1, changed: 1200 }), ja)).toBe('追加 1 行、変更 1,200 行');
    expect(rowsText(table({ writtenBy: 'before' }), en)).toContain('the earlier run only');
  });

  test('is told by its yen: the net, and both ways where there are two', () => {
    const yen = { log_yen: { moreYen: 7, lessYen: 0 }, report_yen: { moreYen: 5, lessYen: 1005 } };
    expect(yenTexts(table({ yen }), en)).toEqual(['log_yen +7 yen', 'report_yen -1,000 yen (+5 yen, -1,005 yen)']);
  });

  test('says how many of its rows are not shown', () => {
    expect(moreRowsText(table({ changed: 3 }), en)).toBe('and 3 more rows (see --limit)');
    expect(moreRowsText(table({}), en)).toBeUndefined();
  });
});

describe('a row that differs', () => {
  test('shows the cells that changed, and that a contact did', () => {
    const changes = { amount_yen: { before: '1000', after: '' } };
    const told = rowText({ change: 'changed', key: { coupons: '7 8' }, changes, hidden: ['deliver_to'] }, en);
    expect(told).toEqual(['~ 7 8', 'amount_yen 1,000 → –', 'deliver_to is another (personal data, not shown)']);
  });

  test('that one run alone has shows what it holds', () => {
    const changes = { to: { before: '2023-03-31', after: '' }, grounds: { before: 'A', after: '' } };
    expect(rowText({ change: 'removed', key: { coupon_number: '7' }, changes, hidden: [] }, ja)).toEqual([
      '- 7',
      'to 2023-03-31、grounds A',
    ]);
  });
});
