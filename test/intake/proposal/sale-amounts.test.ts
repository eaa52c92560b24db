import { describe, expect, test } from 'vitest';
import { amountsOf, comesTo } from '../../../src/intake/proposal/sale-amounts.ts';
import { salesOf, tableOf } from './tables.ts';

const HEAD = '取引ID,店舗ID,取引日時,合計';
const sale = (id: number, ...cells: (string | number)[]): string =>
  [`T${id}`, 'M01', '2023-02-24 18:00', ...cells].join(',');

describe('what was paid how', () => {
  test.each([
    [
      'columns that come to the total',
      [`${HEAD},クーポン,現金,クレジット,電子マネー`, sale(1, 1000, 700, 300, 0, 0), sale(2, 900, 0, 0, 400, 500)],
      { coupon_yen: 'クーポン', cash_yen: '現金', other_yen: { sum: ['クレジット', '電子マネー'] } },
    ],
    [
      'the rest, where they do not',
      [`${HEAD},クーポン,現金`, sale(1, 1000, 700, 0)],
      { coupon_yen: 'クーポン', cash_yen: '現金', other_yen: { from: '合計', minus: ['クーポン', '現金'] } },
    ],
    [
      'words for ways to pay',
      [`${HEAD},支払い方法`, sale(1, 1000, '地域クーポン'), sale(2, 500, '現金'), sale(3, 800, 'VISA')],
      {
        coupon_yen: { from: '合計', when: { 支払い方法: ['地域クーポン'] } },
        cash_yen: { from: '合計', when: { 支払い方法: ['現金'] } },
        other_yen: { from: '合計', unless: { 支払い方法: ['地域クーポン', '現金'] } },
      },
    ],
    [
      'nothing said: no coupon, no cash',
      [HEAD, sale(1, 1000)],
      { coupon_yen: { constant: '0' }, cash_yen: { constant: '0' }, other_yen: '合計' },
    ],
    [
      'words for coupons beside columns',
      [`${HEAD},現金,その他,その他 tender type`, sale(1, 1000, 0, 1000, 'Coupon'), sale(2, 500, 500, 0, '')],
      {
        coupon_yen: { sum: ['その他'], when: { 'その他 tender type': ['Coupon'] } },
        cash_yen: '現金',
        other_yen: { sum: ['その他'], unless: { 'その他 tender type': ['Coupon'] } },
      },
    ],
  ])('%s', (_, lines, columns) => {
    expect(salesOf(lines).input?.columns).toMatchObject(columns);
  });

  test('asks whether what no column shows was paid with coupons', () => {
    const lines = [`${HEAD},現金,クレジット`, sale(1, 1000, 0, 0), sale(2, 500, 500, 0)];
    const { proposal, input } = salesOf(lines);
    expect(proposal.questions.map(({ id, otherwise }) => [id, otherwise])).toContainEqual(['sales.rest', 'other']);
    expect(input?.columns).toMatchObject({
      coupon_yen: { constant: '0' },
      other_yen: { from: '合計', minus: ['現金'] },
    });
    const told = salesOf(lines, { 'sales.rest': 'coupon' });
    expect(told.input?.columns).toMatchObject({
      coupon_yen: { from: '合計', minus: ['現金', 'クレジット'] },
      cash_yen: '現金',
      other_yen: 'クレジット',
    });
  });
});

test('parts come to the total, blank ones being 0', () => {
  const table = tableOf('合計,現金,クレジット', '5,2,3', '4,4,');
  const [total, cash, card] = table.columns;
  if (total === undefined || cash === undefined || card === undefined) throw new Error('columns');
  expect(comesTo(table.rows, total, [cash, card])).toBe(true);
  expect(comesTo(table.rows, total, [cash])).toBe(false);
  expect(amountsOf({ kind: 'sales', table, matches: new Map(), files: 1 })).toBeUndefined();
});
