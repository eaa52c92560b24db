import { describe, expect, test } from 'vitest';
import { paidSoFar, paymentWords, payoutWords } from '../../../src/audit/explain/payment-words.ts';
import { type Drawn, earlier, row, toldOf } from './told.ts';

const settled: Drawn = { status: 'settled', grounds: ['A'] };
const japanese = (drawn: Drawn): readonly string[] => paymentWords(toldOf(drawn)).map(({ ja }) => ja);

test('what is sent, what lapsed and what is only made are counted apart; what failed is none of them', () => {
  const payments = [earlier('made'), earlier('sent'), earlier('received'), earlier('expired'), earlier('failed')];
  expect(paidSoFar(payments)).toEqual({ unsentYen: 2000, sentYen: 4000, expiredYen: 2000 });
});

describe('a payment that nobody has told of', () => {
  test('of points is said with the day by which it has to be received, for as long as that is to come', () => {
    const payments = [earlier('made', 'app_url')];
    expect(japanese({ ...settled, payments })[0]).toMatch(/お受け取りの期限は5月31日です。$/);
    expect(japanese({ ...settled, payments, asOf: '2023-06-01T02:00:00+09:00' })[0]).not.toContain('期限');
  });

  test('of a bank transfer is due from 15 May on, and on that day it is due', () => {
    const payments = [earlier('made', 'bank_transfer')];
    expect(japanese({ ...settled, payments, asOf: '2023-05-14T23:59:59+09:00' })[0]).toContain('5月15日以降に');
    expect(japanese({ ...settled, payments, asOf: '2023-05-15T00:00:00+09:00' })[0]).not.toContain('以降');
  });

  test('and of which no run says how it goes is said without a way', () =>
    expect(japanese({ ...settled, payments: [{ ...earlier('made'), route: undefined }] })).toEqual([
      '2,000円は、5月8日に手続きをしており、お支払いする予定です。お送りしたという記録は、まだ届いておりません。',
    ]));
});

test('what became of it later has its own day', () => {
  const expired = earlier(
    'expired',
    'application_url',
    row('sent', '2023-05-09T10:00:00+09:00'),
    row('expired', '2023-06-01T10:00:00+09:00'),
  );
  expect(japanese({ ...settled, payments: [expired], asOf: '2023-06-02T02:00:00+09:00' })).toEqual([
    '2,000円については、5月9日に、ご申請の連絡先に、受取サイトのご案内をお送りしましたが、お受け取りのないまま期限を過ぎました(6月1日)。',
  ]);
});

test('a payout of several coupons is said with its own sum, and again where one has failed before', () => {
  const drawn: Drawn = { status: 'payable', grounds: ['A'], route: 'app_url', payments: [earlier('failed')] };
  expect(payoutWords(toldOf(drawn)).map(({ ja }) => ja)).toEqual([
    '改めて、アプリにご登録の連絡先に、受取サイトのご案内をお送りする予定です。',
    'お受け取りの期限は5月31日です。',
    'ほかのクーポン1枚の分と合わせて、4,000円をお送りします。',
  ]);
  expect(payoutWords(toldOf({ status: 'in_review' }))).toEqual([]);
});
