import { expect, test } from 'vitest';
import { headerWeight, isKnownHeader } from '../../../src/intake/proposal/header-weights.ts';

test.each([
  ['sales', 'report_id', '取引番号', 0.85],
  ['sales', 'report_id', 'report_id', 1],
  ['sales', 'sold_at', '決済日', 0.85],
  ['sales', 'total_yen', 'Total Collected', 0.85],
  ['sales', 'cash_yen', '内現金支払金額', 0.85],
  ['sales', 'coupon_yen', 'クーポン番号', 0],
  ['sales', 'merchant_id', '店舗名', 0.6],
  ['transactions', 'related_transaction_id', '返金元取引番号', 0.9],
  ['applications', 'applied_at', 'タイムスタンプ', 0.85],
  ['applications', 'account_holder_kana', '口座名義カナ', 1],
  ['paid', 'sent_at', '振込日', 0.85],
  ['paid', 'sent_at', '勘定日', 0.8],
  ['claims', 'claim_id', '受付 番号', 0.9],
  ['claims', 'kind', '申出の種類', 0.8],
  ['applications', 'name', '申請する方のお名前', 0.9],
  ['applications', 'phone', '連絡先の電話番号', 0.8],
] as const)('%s: %s by %s', (kind, column, header, weight) => {
  expect(headerWeight(kind, column, header)).toBe(weight);
});

test('headers that are words of tables are known', () => {
  const headers = [
    'お問合せ番号',
    'coupon_number',
    '取引番号',
    '店名',
    '受入金額(円)',
    '対応状況',
    '見本太郎',
    '見本太郎電話',
  ];
  expect(headers.map(isKnownHeader)).toEqual([true, true, true, true, true, true, false, false]);
});
