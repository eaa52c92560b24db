import { describe, expect, test } from 'vitest';
import { salesOf } from './tables.ts';

const HEAD = '取引ID,店舗ID,取引日時,合計,取引区分';
const sale = (id: number | string, yen: number, word: string, ...more: string[]): string =>
  [`T${id}`, 'M01', '2023-02-24 18:00', yen, word, ...more].join(',');

describe('which rows count', () => {
  test.each([
    ['amounts below nothing', [HEAD, sale(1, 5, '売上'), sale(2, -5, '返金')], { refunds: { negative: true } }],
    [
      'a refund with the number of its sale',
      [HEAD, sale(1, 5, '売上'), sale(1, -5, '返金')],
      { refunds: { negative: true, of: '取引ID' } },
    ],
    [
      'a column that names the sale',
      [`${HEAD},元取引ID`, sale(1, 5, '売上', ''), sale(2, -5, '返金', 'T1')],
      { refunds: { negative: true, of: '元取引ID' } },
    ],
    ['words alone', [HEAD, sale(1, 5, '売上'), sale(2, 5, '返品')], { refunds: { when: { 取引区分: ['返品'] } } }],
    [
      'rows that are no sale',
      [HEAD, sale(1, 5, '売上'), sale(2, 9, '入金')],
      { rows: { leaveOut: { 取引区分: ['入金'] } } },
    ],
  ])('%s', (_, lines, said) => {
    const { input } = salesOf(lines);
    expect({ refunds: input?.refunds, rows: input?.rows }).toEqual({ refunds: undefined, rows: undefined, ...said });
  });

  test('asks what codes mean, and counts all until somebody says', () => {
    const lines = [HEAD, sale(1, 5, '1'), sale(2, 6, '1'), sale(3, 9, '2')];
    const { proposal, input } = salesOf(lines);
    expect(proposal.questions.map(({ id }) => id)).toContain('sales.codes.取引区分');
    expect(input?.rows).toBeUndefined();
    expect(salesOf(lines, { 'sales.codes.取引区分': '1' }).input?.rows).toEqual({ only: { 取引区分: ['1'] } });
  });

  test('shows no word that may be somebody\u2019s', () => {
    const { proposal } = salesOf([HEAD, sale(1, 5, '見本太郎'), sale(2, -5, '見本花子')]);
    expect(JSON.stringify([proposal, [...proposal.notes]])).not.toContain('見本');
  });
});
