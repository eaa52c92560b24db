import { text } from '../../../base/text.ts';
import type { SALES } from '../sales.ts';
import { JUDGED_ALIKE, type KindMeaning } from './meaning.ts';

export const SALES_IN_WORDS: KindMeaning<typeof SALES> = {
  title: text('店の売上報告', 'Merchant reports'),
  what: text(
    '1 行がレジの売上 1 件(レシート 1 枚)です。障害のあった日の売上を、クーポンを使わなかったものも含めて 1 日分全部書いてください。1 件でも抜けると、二重に引かれた支払いと区別がつきません。取り消した売上は書かないか、voided に印をつけます。',
    'A row is one sale at the till: one receipt. All sales of the day of the outage are needed, with a coupon or without: if one is missing, it cannot be told from a payment that was deducted twice. A voided sale is left out, or marked in voided.',
  ),
  givenBy: text(
    'それぞれの店(加盟店)。まとめて 1 つのファイルにしても、店ごとに分けてもよい',
    'each shop; in one file, or one a shop',
  ),
  columns: {
    report: {
      what: text(
        '売上 1 件の番号。全部の店を通して同じものがないように(たとえば店の ID とレシート番号をつなぐ)。',
        'A number for the sale that no other sale of any shop has: the shop’s id and the receipt’s number together, say.',
      ),
    },
    merchant: { what: text('店の ID。取引記録と同じ書き方で。', 'The shop, written as in the transaction log.') },
    soldAt: {
      what: text(
        '会計した日時。日付だけでは読めない。24:30 は翌日の 0:30 と読む。',
        'When it was rung up; a date alone is not enough. 24:30 is half past midnight of the next day.',
      ),
    },
    totalYen: {
      what: text(
        'お客の支払いの合計。coupon_yen・cash_yen・other_yen の和と同じこと。',
        'All that the customer paid: the sum of coupon_yen, cash_yen and other_yen.',
      ),
    },
    couponYen: {
      what: text('そのうちクーポンの分。使わなければ 0。', 'What of it was paid with coupons; 0 for none.'),
    },
    cashYen: { what: text('そのうち現金の分。使わなければ 0。', 'What of it was cash; 0 for none.') },
    otherYen: {
      what: text('そのうちカードや電子マネーなど、ほかの分。', 'What of it was anything else: a card, e-money …'),
      without: text('0 円とみなす。', 'It counts as 0.'),
    },
    coupon: {
      what: text(
        '使った、または使おうとしたクーポンの番号。控えていれば書く。',
        'The coupon that was used, or was to be, if the shop wrote it down.',
      ),
      without: text(
        '店・時刻・金額から取引記録と突き合わせる。',
        'The sale is matched with the log by shop, time and yen.',
      ),
    },
    receipt: {
      what: text('レシートの番号。', 'The number on the receipt.'),
      without: JUDGED_ALIKE,
    },
    voided: {
      what: text('取り消した売上かどうか。', 'Whether the sale was voided.'),
      values: {
        no: text('取り消していない', 'it was not'),
        yes: text(
          '取り消した。その行は使わず、その店のその日はまだ揃っていないものとして扱う',
          'it was: the row is set aside, and the shop’s day counts as not complete',
        ),
      },
      without: text('no(取り消していない)とみなす。', 'It counts as no.'),
    },
  },
  rows: [
    {
      report: 'M0001-0041',
      merchant: 'M0001',
      soldAt: '2022-11-18T18:02:00+09:00',
      totalYen: '1500',
      couponYen: '1200',
      cashYen: '300',
      otherYen: '0',
      coupon: '000000004101',
      receipt: '0041',
      voided: 'no',
    },
    {
      report: 'M0001-0042',
      merchant: 'M0001',
      soldAt: '2022-11-18T18:30:00+09:00',
      totalYen: '2400',
      couponYen: '0',
      cashYen: '1000',
      otherYen: '1400',
      receipt: '0042',
      voided: 'no',
    },
  ],
};
