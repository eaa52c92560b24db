import { expect, test } from 'vitest';
import { kindsOf } from '../../../src/intake/proposal/kinds-of-files.ts';
import { lookedAt } from './tables.ts';

const ISSUANCE = lookedAt(
  'issued.csv',
  'クーポン番号,媒体,都道府県,額面,発行日時,有効期限',
  '460000000201,紙,46,3000,2023-02-23 15:00,2023-02-25',
);
const WALLET = lookedAt(
  'wallet.csv',
  '取引番号,店舗ID,取引日時,取引金額,備考',
  '3,M01,2023/02/24 18:00:00,1000,460000000201',
);

test('a log is told from sales by the coupons of the issuance', () => {
  const kinds = (...files: (typeof WALLET)[]) => kindsOf(files, new Map(), []).findings.map(({ kind }) => kind);
  expect(kinds(WALLET)).toEqual(['sales']);
  expect(kinds(WALLET, ISSUANCE)).toEqual(['transactions', 'issuance']);
});

test('a file is what it is said to be, and its numbers are known to the others', () => {
  const said = { ...WALLET, said: 'transactions' as const };
  expect(kindsOf([said], new Map(), []).findings.map(({ kind }) => kind)).toEqual(['transactions']);
  expect(kindsOf([said], new Map(), []).known.merchants).toEqual(new Set(['M01']));
});

test('says what was found', () => {
  const [finding] = kindsOf([ISSUANCE], new Map(), []).findings;
  expect(finding).toMatchObject({
    name: 'issued.csv',
    kind: 'issuance',
    line: 1,
    rows: 1,
    days: ['2023-02-23', '2023-02-23'],
    unused: [],
  });
  expect(finding?.columns[0]).toEqual({ name: 'coupon_number', header: 'クーポン番号', by: 'known header' });
});

test('a file that fits nothing is said so, by shapes', () => {
  const [finding] = kindsOf([lookedAt('odd.csv', '見本太郎,09000000001')], new Map(), []).findings;
  expect(finding).toMatchObject({ kind: undefined, score: 0, unused: ['<1: 字字字字>', '<2: 99999999999>'] });
});
