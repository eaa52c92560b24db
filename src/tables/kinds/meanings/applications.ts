import { text } from '../../../base/text.ts';
import type { APPLICATIONS } from '../applications.ts';
import { JUDGED_ALIKE, type KindMeaning } from './meaning.ts';

const FOR_TRANSFERS = text(
  '銀行振込を選んだ人の申請では、人が確かめるまで支払わない。ほかは空欄でよい。',
  'Of somebody who wants a bank transfer, a person is asked before anything is paid. Of others it may be empty.',
);

export const APPLICATIONS_IN_WORDS: KindMeaning<typeof APPLICATIONS> = {
  title: text('特設サイトの申請', 'Special-site applications'),
  what: text(
    '1 行がクーポン 1 枚の返金の申請です。1 回の申請にクーポンが 2 枚あれば 2 行に分け、application_id も別にします。',
    'A row is an application for one coupon. One for two coupons is two rows, each with an application_id of its own.',
  ),
  givenBy: text('特設サイトの事業者', 'the vendor of the special site'),
  columns: {
    applicationId: {
      what: text(
        '申請の番号。氏名や電話番号を入れない。',
        'The number of the application; no name or phone number in it.',
      ),
    },
    appliedAt: {
      what: text(
        '申請した日時。締切に間に合ったかはこれで決まる。',
        'When it was made: what the deadline is held against.',
      ),
    },
    couponNumber: { what: text('申請したクーポンの番号。', 'The number of the coupon.') },
    prefecture: { what: text('クーポンを使える都道府県。', 'The prefecture of the coupon.') },
    travelDate: {
      what: text('旅行した日(宿泊日)。', 'The day of the journey.'),
      without: JUDGED_ALIKE,
    },
    name: { what: text('申請した人の氏名(個人情報)。', 'Who applies (personal data).') },
    method: {
      what: text('受け取り方。', 'How they want to be paid.'),
      values: {
        points: text('ポイント。phone か email に URL を送る', 'points: a URL is sent to phone or email'),
        bank_transfer: text('銀行振込。口座の列がいる', 'a bank transfer, for which the account’s columns are needed'),
      },
    },
    phone: {
      what: text(
        '携帯電話番号(個人情報)。先頭の 0 を落とさない。',
        'Their mobile phone (personal data), with its leading 0.',
      ),
      without: text(
        'email に送る。ポイントの人にどちらもなければ、人が確かめる。',
        'The e-mail is used; where points have neither, a person is asked.',
      ),
    },
    email: {
      what: text('メールアドレス(個人情報)。', 'Their e-mail (personal data).'),
      without: text(
        'phone に送る。ポイントの人にどちらもなければ、人が確かめる。',
        'The phone is used; where points have neither, a person is asked.',
      ),
    },
    bankCode: { what: text('銀行コード。数字 4 桁。', 'The bank’s code: four digits.'), without: FOR_TRANSFERS },
    branchCode: { what: text('支店コード。数字 3 桁。', 'The branch’s code: three digits.'), without: FOR_TRANSFERS },
    accountType: {
      what: text('預金の種類。', 'The type of the account.'),
      values: { '1': text('普通預金', 'ordinary'), '2': text('当座預金', 'current'), '4': text('貯蓄預金', 'savings') },
      without: FOR_TRANSFERS,
    },
    accountNumber: {
      what: text(
        '口座番号。先頭の 0 を落とさない(個人情報)。',
        'The number of the account, with its leading zeros (personal data).',
      ),
      without: FOR_TRANSFERS,
    },
    accountHolderKana: {
      what: text(
        '口座名義。通帳のとおりカナで(個人情報)。',
        'The holder in kana, as the bank writes it (personal data).',
      ),
      without: FOR_TRANSFERS,
    },
  },
  rows: [
    {
      applicationId: 'AP0001',
      appliedAt: '2022-12-20T10:00:00+09:00',
      couponNumber: '000000004101',
      prefecture: '鹿児島県',
      travelDate: '2022-11-17',
      name: '見本太郎',
      method: 'points',
      phone: '09000000001',
      email: 'taro@example.jp',
    },
    {
      applicationId: 'AP0002',
      appliedAt: '2022-12-21T09:30:00+09:00',
      couponNumber: '000000004102',
      prefecture: '鹿児島県',
      travelDate: '2022-11-17',
      name: '見本花子',
      method: 'bank_transfer',
      bankCode: '0001',
      branchCode: '001',
      accountType: '1',
      accountNumber: '0001234',
      accountHolderKana: 'ミホン ハナコ',
    },
  ],
};
