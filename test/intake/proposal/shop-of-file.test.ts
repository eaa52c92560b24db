import { expect, test } from 'vitest';
import { rivalsFor } from '../../../src/intake/proposal/column-matches.ts';
import { shopColumn } from '../../../src/intake/proposal/shop-of-file.ts';
import { lookedAt, proposed, salesOf, tableOf } from './tables.ts';

const ROW = '1,2023-02-24 18:00,5';
const LOG = lookedAt(
  'log.csv',
  'transaction_id,coupon_number,occurred_at,kind,status,amount_yen,merchant_id',
  'T1,460000000201,2023-02-24 18:00,payment,completed,5,M01',
);

test.each([
  ['a column', ['取引ID,取引日時,合計,店舗コード', `${ROW},M01`], 'till.csv', '店舗コード'],
  ['its name, for want of an id', ['取引ID,取引日時,合計,店舗名', `${ROW},中央店`], 'till.csv', '店舗名'],
  [
    'a line above the headers',
    ['売上明細', '対象店舗,M01', '取引ID,取引日時,合計', ROW],
    'till.csv',
    { title: '対象店舗\\s*[,:]\\s*([A-Za-z0-9_-]+)' },
  ],
  ['nothing', ['取引ID,取引日時,合計', ROW], 'till.csv', undefined],
])('the shop is told by %s', (_, lines, name, source) => {
  expect((salesOf(lines, {}, name).input?.columns as Record<string, unknown>).merchant_id).toEqual(source);
});

test('by the file\u2019s name, where it holds a shop of the log', () => {
  const proposal = proposed([LOG, lookedAt('till-M01.csv', '取引ID,取引日時,合計', ROW)]);
  expect(proposal.profile?.inputs.sales).toMatchObject({ columns: { merchant_id: { fileName: '(M\\d\\d)' } } });
});

test('by a person, who may not know either', () => {
  const lines = ['取引ID,取引日時,合計', ROW];
  expect(salesOf(lines).proposal.questions.map(({ id, otherwise }) => [id, otherwise])).toContainEqual([
    'sales.shop',
    '',
  ]);
  expect(salesOf(lines, { 'sales.shop': ' M01 ' }).input?.columns).toMatchObject({ merchant_id: { constant: 'M01' } });
});

test('of two columns by the shop\u2019s own, unless somebody says otherwise', () => {
  const rivals = rivalsFor('transactions', 'merchant_id', tableOf('加盟店ID,店舗ID,取引金額', '7,M01,5'), {
    isCoupon: undefined,
    merchants: new Set(),
  });
  expect(shopColumn(rivals, new Map())?.header).toBe('店舗ID');
  expect(shopColumn(rivals, new Map([['transactions.shop.column', '加盟店ID']]))?.header).toBe('加盟店ID');
});
