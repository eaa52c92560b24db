import { text } from '../../../base/text.ts';
import type { TRANSACTIONS } from '../transactions.ts';
import { JUDGED_ALIKE, type KindMeaning } from './meaning.ts';

export const TRANSACTIONS_IN_WORDS: KindMeaning<typeof TRANSACTIONS> = {
  title: text('取引記録', 'Transaction log'),
  what: text(
    '1 行がクーポンへのチャージ、クーポンでの支払い、取消、残高戻入のどれか 1 件です。発行した日から書き出した時まで、失敗したものも含めて全部出してください。抜けた支払いは「使っていない」ことになり、そのまま返金されます。',
    'A row is a charge of a coupon, a payment with one, a cancel or a reinstatement. All are needed, failed ones too, from the first day of issue to the moment of the export: a payment that is missing was never made, and is paid back.',
  ),
  givenBy: text('決済システムの事業者', 'the vendor of the payment system'),
  columns: {
    transaction: {
      what: text(
        '取引の番号。1 件に 1 つで、同じ番号は二度と使わない。',
        'The number of the transaction, never used twice.',
      ),
    },
    coupon: {
      what: text('使ったクーポンの番号。発行データと同じ書き方で。', 'The coupon, written as in the issuance export.'),
    },
    occurredAt: {
      what: text('システムが処理した日時。秒まで。', 'When the system did it, to the second.'),
    },
    kind: {
      what: text('何をした取引か。', 'What was done.'),
      values: {
        charge: text(
          'クーポンをアプリのアカウントに読み込んだ。残高は動かない',
          'the coupon was loaded into an app account; moves no balance',
        ),
        payment: text('店での支払い。残高が減る', 'a payment at a shop; the balance falls'),
        cancel: text('支払いの取消。残高が戻る', 'a payment undone; the balance rises'),
        reinstatement: text(
          '後から補償として残高を戻した。取消ではない',
          'yen put back later as compensation; not a cancel',
        ),
      },
    },
    status: {
      what: text('処理の結果。', 'What became of it.'),
      values: {
        completed: text('終わった。これだけが残高を動かす', 'done; nothing else moves a balance'),
        failed: text('失敗した', 'failed'),
        pending: text('結果がまだ分からない', 'not known yet'),
      },
    },
    amountYen: {
      what: text(
        '金額。どの種別でも正の数で書く。charge だけは 0 でもよい。',
        'The yen, a positive number whatever the kind; of a charge 0 will do.',
      ),
    },
    merchant: {
      what: text('店の ID。店の売上報告と同じ書き方で。', 'The shop, written as in the merchant reports.'),
      without: text(
        'payment(決済)では必須で、なければその行を使わない。ほかの種別では空欄でよい。',
        'Required of a payment, whose row is set aside without it. Of other kinds it may be empty.',
      ),
    },
    terminal: {
      what: text('店の端末の ID。', 'The shop’s terminal.'),
      without: JUDGED_ALIKE,
    },
    related: {
      what: text(
        '取り消した、または戻した元の支払いの transaction_id。',
        'The transaction_id of the payment that is undone or put back.',
      ),
      without: text(
        'cancel(取消)では必須で、なければその行を使わない。reinstatement(戻入)では書ければ書く。ほかは空欄でよい。',
        'Required of a cancel, whose row is set aside without it. Of a reinstatement give it if it is known. Of others it may be empty.',
      ),
    },
    funding: {
      what: text('支払いに使ったお金。', 'What was paid with.'),
      values: {
        coupon: text('クーポンの残高', 'the coupon’s balance'),
        own: text(
          '本人のお金やポイント。クーポンの残高には数えない',
          'money or points of the holder’s own; moves no coupon',
        ),
      },
      without: text('coupon(クーポン)とみなす。', 'It counts as coupon.'),
    },
  },
  rows: [
    {
      transaction: 'T00000101',
      coupon: '000000004101',
      occurredAt: '2022-11-17T16:00:00+09:00',
      kind: 'charge',
      status: 'completed',
      amountYen: '2000',
    },
    {
      transaction: 'T00000102',
      coupon: '000000004101',
      occurredAt: '2022-11-18T18:02:11+09:00',
      kind: 'payment',
      status: 'completed',
      amountYen: '1200',
      merchant: 'M0001',
      terminal: 'P01',
      funding: 'coupon',
    },
    {
      transaction: 'T00000103',
      coupon: '000000004101',
      occurredAt: '2022-11-18T18:05:40+09:00',
      kind: 'payment',
      status: 'completed',
      amountYen: '1200',
      merchant: 'M0001',
      terminal: 'P01',
      funding: 'coupon',
    },
    {
      transaction: 'T00000104',
      coupon: '000000004101',
      occurredAt: '2022-11-18T18:20:00+09:00',
      kind: 'cancel',
      status: 'completed',
      amountYen: '1200',
      merchant: 'M0001',
      terminal: 'P01',
      related: 'T00000103',
      funding: 'coupon',
    },
  ],
};
