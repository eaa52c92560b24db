import { expect, test } from 'vitest';
import { isOpenWord } from '../../../src/intake/proposal/open-words.ts';

test.each([
  '取引完了',
  '返金完了',
  '地域クーポン',
  'PayPay(残高)',
  'VISA',
  '決済手数料(課税10%対象)',
  '1',
  '02',
  'Coupon',
  '銀行振込',
  '銀行口座へ',
  'アプリのポイント',
  '二重に引かれた',
  '現金でも払った',
  '組戻',
])('%s can be shown', (word) => {
  expect(isOpenWord(word)).toBe(true);
});

test.each([
  '佐藤',
  '佐藤クーポン',
  'とも',
  'もも払った',
  'お客様のもも',
  '佐藤に払った',
  '見本 太郎',
  'Taro',
  'taro@example.jp',
  '09000000001',
  '460000000201',
  '',
  '123',
])('%s may be somebody\u2019s, and cannot', (word) => {
  expect(isOpenWord(word)).toBe(false);
});
