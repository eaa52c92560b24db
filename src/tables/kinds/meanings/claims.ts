import { text } from '../../../base/text.ts';
import type { CLAIMS } from '../claims.ts';
import type { KindMeaning } from './meaning.ts';

export const CLAIMS_IN_WORDS: KindMeaning<typeof CLAIMS> = {
  title: text('コールセンターへの申出', 'Call-centre claims'),
  what: text(
    '1 行が電話で受けた申出 1 件(クーポン 1 枚、店 1 つ)です。クーポンが 2 枚なら 2 行に分けます。',
    'A row is what somebody told of one coupon at one shop. Two coupons are two rows.',
  ),
  givenBy: text('コールセンター', 'the call centre'),
  columns: {
    claimId: {
      what: text(
        '受け付けた番号。氏名や電話番号を入れない。',
        'The number of the claim; no name or phone number in it.',
      ),
    },
    receivedAt: { what: text('電話を受けた日時。', 'When the call came in.') },
    kind: {
      what: text('何があったという申出か。', 'What is said to have happened.'),
      values: {
        double_charge: text('クーポンから二重に引かれた', 'the coupon was charged twice'),
        cash_and_deducted: text(
          '現金で払ったのにクーポンからも引かれた',
          'cash was paid, and the coupon was charged too',
        ),
        other: text('そのほか', 'something else'),
      },
    },
    couponNumber: { what: text('申し出たクーポンの番号。', 'The number of the coupon, as it was stated.') },
    expiresOn: {
      what: text('申し出た有効期限。延長後の日付でもよい。', 'The expiry, as it was stated; an extended one will do.'),
    },
    prefecture: { what: text('申し出たクーポンの都道府県。', 'The prefecture of the coupon, as it was stated.') },
    merchantId: {
      what: text('使った店の ID。取引記録と同じ書き方で。', 'The shop, written as in the transaction log.'),
    },
  },
  rows: [
    {
      claimId: 'C0001',
      receivedAt: '2022-12-06T11:00:00+09:00',
      kind: 'double_charge',
      couponNumber: '000000004101',
      expiresOn: '2022-11-18',
      prefecture: '鹿児島県',
      merchantId: 'M0001',
    },
  ],
};
