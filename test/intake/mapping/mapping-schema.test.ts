import { describe, expect, it } from 'vitest';
import { headersNamed } from '../../../src/intake/mapping/mapping-schema.ts';
import { profileSchema } from '../../../src/intake/schema/profile.ts';

const parse = (sales: unknown) => profileSchema().safeParse({ schemaVersion: 2, id: 'x', inputs: { sales } });
const faults = (sales: unknown): string[] =>
  (parse(sales).error?.issues ?? []).map(({ path }) => path.slice(2).join('.'));

describe('a mapping is refused, by its place', () => {
  it.each([
    ['without a header and without names', { table: { header: 'none' } }, ['table.header']],
    ['with names beside a header', { table: { names: ['a'] } }, ['table.names']],
    [
      'with fixed widths and a delimiter',
      { table: { header: 'none', delimiter: 'tab', fixedWidth: [{ name: 'a', from: 1, length: 2 }] } },
      ['table.fixedWidth'],
    ],
    [
      'of a column that headers map, too',
      { headers: { 番号: 'report_id' }, columns: { report_id: 'No' } },
      ['columns.report_id'],
    ],
    ['with a sum of what is no amount', { columns: { merchant_id: { sum: ['a'] } } }, ['columns.merchant_id']],
    ['with a pattern without a group', { columns: { merchant_id: { fileName: 'M\\d+' } } }, ['columns.merchant_id']],
    ['with a pattern of two groups', { columns: { merchant_id: { fileName: '(M)(\\d+)' } } }, ['columns.merchant_id']],
    ['with a pattern that repeats a group', { columns: { merchant_id: { title: '(a+)+' } } }, ['columns.merchant_id']],
    ['with a pattern that is none', { columns: { merchant_id: { title: '(' } } }, ['columns.merchant_id']],
    [
      'with a date format of no date',
      { columns: { sold_at: { from: 'a', dateFormat: 'qqq' } } },
      ['columns.sold_at.dateFormat'],
    ],
    ['of refunds that nothing tells', { refunds: { of: 'a' } }, ['refunds']],
  ])('%s', (_, sales, places) => {
    expect(faults(sales)).toEqual(places);
  });

  it('in version 1, which knows none', () => {
    const old = { schemaVersion: 1, id: 'x', inputs: { sales: { columns: {} } } };
    expect(profileSchema().safeParse(old).success).toBe(false);
  });

  it('of refunds, where rows take nothing back', () => {
    const claims = { schemaVersion: 2, id: 'x', inputs: { claims: { refunds: { negative: true } } } };
    expect(profileSchema().safeParse(claims).success).toBe(false);
  });
});

it('the headers that a mapping names are all that it reads, each once', () => {
  const mapping = {
    columns: {
      report_id: { join: ['No', { line: true } as const, { constant: '-' }] },
      total_yen: { sum: ['現金', 'カード'], unless: { 区分: ['入金'] } },
      cash_yen: { from: '現金', when: { 方法: ['現金'] } },
      other_yen: { from: '合計', minus: ['現金'] },
      coupon_yen: { constant: '0' },
      merchant_id: '店舗',
    },
    rows: { only: { 種別: ['売上'] }, leaveOut: { 取消: ['1'] } },
    refunds: { when: { 種別: ['返品'] }, of: '元番号' },
  };
  expect([...headersNamed(mapping)].sort()).toEqual(
    ['No', '現金', 'カード', '区分', '方法', '合計', '店舗', '種別', '取消', '元番号'].sort(),
  );
});
