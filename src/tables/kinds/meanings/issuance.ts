import { text } from '../../../base/text.ts';
import type { ISSUANCE } from '../issuance.ts';
import { JUDGED_ALIKE, type KindMeaning } from './meaning.ts';

export const ISSUANCE_IN_WORDS: KindMeaning<typeof ISSUANCE> = {
  title: text('クーポンの発行データ', 'Coupon issuance export'),
  what: text(
    '1 行が発行したクーポン 1 枚です。発行したものを全部、使い終わったものも含めて出してください。ここにない番号の取引・報告・申請は、だれのものか分かりません。',
    'A row is one coupon that was issued. All that were issued are needed, used up or not: a transaction, a report or an application on a number that is not here is nobody’s.',
  ),
  givenBy: text(
    'クーポンの発行と登録を管理するシステム(決済システムの事業者)',
    'the vendor of the system that issues and registers coupons',
  ),
  columns: {
    coupon: {
      what: text(
        'クーポンの番号。問い合わせや申請で伝えてもらう番号と同じもの。',
        'The number of the coupon: the one that people state when they ask or apply.',
      ),
    },
    medium: {
      what: text('クーポンが紙かアプリか。', 'Whether the coupon is on paper or in the app.'),
      values: {
        paper: text('紙のクーポン', 'a coupon on paper'),
        app: text('アプリの中だけのクーポン', 'a coupon that is in the app only'),
      },
    },
    prefecture: { what: text('クーポンを使える都道府県。', 'The prefecture where the coupon can be used.') },
    faceYen: { what: text('券面の額。1 円以上。', 'What the coupon was issued for; 1 yen or more.') },
    issuedAt: { what: text('発行した日時。', 'When it was issued.') },
    expiresOn: {
      what: text(
        '元の有効期限。その日の終わりまで使える。延長した後の期限ではない。',
        'The last day on which it could be used, as it was issued: not what it was extended to.',
      ),
    },
    issuer: {
      what: text('発行した宿や店の ID。', 'Who issued it: a hotel or an office.'),
      without: JUDGED_ALIKE,
    },
    travelDate: {
      what: text('旅行した日(宿泊日)。', 'The day of the journey.'),
      without: JUDGED_ALIKE,
    },
    account: {
      what: text('クーポンをチャージしたアプリのアカウントの ID。', 'The app account to which the coupon was charged.'),
      without: text(
        'アプリにチャージしていないものとして扱う。返金には特設サイトの申請がいる。',
        'It counts as never charged to the app: to be paid back, its holder must apply on the special site.',
      ),
    },
    accountStatus: {
      what: text('そのアカウントの、書き出した時の状態。', 'The state of that account when the file is made.'),
      values: {
        active: text('使われている', 'in use'),
        withdrawn: text(
          '退会した。アプリには送れない',
          'its holder has left the app, and cannot be reached through it',
        ),
      },
      without: text('active(有効)とみなす。', 'It counts as active.'),
    },
    phone: {
      what: text(
        '送り先の携帯電話番号(個人情報)。先頭の 0 を落とさない。',
        'The mobile phone to which a gift is sent (personal data); with its leading 0.',
      ),
      without: text(
        'email に送る。アカウントのどの行にもどちらもなければ、人が確かめる。',
        'The e-mail is used; where no row of the account has either, a person is asked.',
      ),
    },
    email: {
      what: text('送り先のメールアドレス(個人情報)。', 'The e-mail to which a gift is sent (personal data).'),
      without: text(
        'phone に送る。アカウントのどの行にもどちらもなければ、人が確かめる。',
        'The phone is used; where no row of the account has either, a person is asked.',
      ),
    },
  },
  rows: [
    {
      coupon: '000000004101',
      medium: 'paper',
      prefecture: '鹿児島県',
      faceYen: '2000',
      issuedAt: '2022-11-17T15:00:00+09:00',
      expiresOn: '2022-11-18',
      issuer: 'H001',
      travelDate: '2022-11-17',
      account: 'A000101',
      accountStatus: 'active',
      phone: '09000000001',
      email: 'taro@example.jp',
    },
    {
      coupon: '000000004102',
      medium: 'paper',
      prefecture: '鹿児島県',
      faceYen: '3000',
      issuedAt: '2022-11-17T15:10:00+09:00',
      expiresOn: '2022-11-18',
      issuer: 'H001',
      travelDate: '2022-11-17',
    },
  ],
};
