import { expect, test } from 'vitest';
import {
  isCashWord,
  isCode,
  isCouponWord,
  isNoSale,
  meantBy,
  saysHowPaid,
  saysWhat,
  takesBack,
} from '../../../src/intake/proposal/kinds-of-words.ts';

test.each([
  ['transactions', 'kind', 'クーポン利用', 'payment'],
  ['transactions', 'kind', '残高戻し入れ', 'reinstatement'],
  ['transactions', 'kind', '返金', 'cancel'],
  ['transactions', 'status', '未完了', 'pending'],
  ['transactions', 'status', '取引完了', 'completed'],
  ['transactions', 'status', '取引失敗', 'failed'],
  ['claims', 'kind', '二重に引かれた', 'double_charge'],
  ['applications', 'method', '口座へ振り込み', 'bank_transfer'],
  ['paid', 'status', '組戻', 'failed'],
  ['decisions', 'decision', '認めない', 'reject'],
  ['transactions', 'kind', '調整', undefined],
  ['sales', 'report_id', '返金', undefined],
] as const)('%s.%s: %s means %s', (kind, column, word, ours) => {
  expect(meantBy(kind, column, word)).toBe(ours);
});

test.each([
  [takesBack, ['返金完了', 'Refund', '取消'], ['決済', '入金']],
  [isNoSale, ['入金', '決済手数料', '失敗'], ['返金', '売上', '取消手数料']],
  [isCode, ['1', '02'], ['100', 'a']],
  [isCouponWord, ['地域クーポン', 'Coupon'], ['VISA']],
  [isCashWord, ['現金', 'Cash'], ['Cashier', 'QUICPay']],
  [saysWhat, ['取引区分', 'Event Type', '項目'], ['支払い方法', '金額']],
  [saysHowPaid, ['支払い方法', '決済ブランド', 'Other Tender Type'], ['取引種別']],
])('%o', (is, those, others) => {
  expect(those.filter(is)).toEqual(those);
  expect(others.filter(is)).toEqual([]);
});
