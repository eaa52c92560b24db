import { text } from '../../../base/text.ts';
import type { PAID } from '../paid.ts';
import type { KindMeaning } from './meaning.ts';

export const PAID_IN_WORDS: KindMeaning<typeof PAID> = {
  title: text('支払済みの記録', 'What was already paid'),
  what: text(
    '1 行が、送った支払い 1 件がどうなったかです。paid_template.csv に status と sent_at を書き入れれば、それがこのファイルです。status と sent_at がどちらも空欄の行は、まだ送っていないものとして数えません。一度渡した行は毎晩渡します。抜けた行があると実行しません。',
    'A row is what became of one payout that was sent. A paid_template.csv in which status and sent_at were filled in is this file: a row that has neither is not sent yet, and does not count. What was handed in once is handed in every night: a row that has gone refuses the run.',
  ),
  givenBy: text(
    '送金・送付を担当する職員(銀行やギフト事業者の結果から)',
    'the staff who send payouts, from what the bank or the provider answers',
  ),
  columns: {
    payoutId: { what: text('支払いの番号。payouts.csv のまま。', 'The payout, as payouts.csv has it.') },
    couponNumber: {
      what: text('支払ったクーポンの番号。', 'The coupon that was paid.'),
      without: text(
        'その支払い全体についての行とみなし、元の実行のとおりにクーポンごとに分ける。',
        'The row speaks of the whole payout, and is spread over its coupons as the run that made it had them.',
      ),
    },
    amountYen: {
      what: text(
        '送った額。coupon_number があればそのクーポンの額、なければ支払い全体の額。',
        'The yen that were sent: the coupon’s where there is a coupon_number, else the whole payout’s.',
      ),
    },
    sentAt: {
      what: text(
        '送った日時。日付だけなら、その日の 0:00(日本時間)とみなす。',
        'When it was sent. A date alone is 0:00 of that day in Japan.',
      ),
    },
    status: {
      what: text('どうなったか。', 'What became of it.'),
      values: {
        sent: text('送った。結果はまだ分からない', 'it was sent, and nothing is known yet'),
        received: text('受け取られた', 'it was received'),
        expired: text(
          '期限までに受け取られなかった。支払済みとして数える',
          'nobody took it in time; it counts as paid',
        ),
        failed: text(
          '届かなかった。支払済みに数えず、次の実行でもう一度支払う',
          'it did not arrive: it does not count as paid, and the next run pays again',
        ),
      },
    },
  },
  rows: [
    {
      payoutId: 'P0123456789abcdef',
      couponNumber: '000000004101',
      amountYen: '800',
      sentAt: '2022-12-23T10:00:00+09:00',
      status: 'received',
    },
    {
      payoutId: 'Pfedcba9876543210',
      couponNumber: '000000004102',
      amountYen: '3000',
      sentAt: '2022-12-24',
      status: 'sent',
    },
  ],
};
