import { INPUT_KINDS, type InputKind } from '../../tables/tables.ts';
import { LAYOUTS } from '../schema/layouts.ts';

/** How likely headers of other systems mean a column of ours: as patterns of all of the header, from 0 to 1. */
type MoreHeaders = Readonly<Record<string, readonly (readonly [pattern: RegExp, weight: number])[]>>;

const SHOP: MoreHeaders[string] = [
  [/^(?:店舗|加盟店|店|お店)(?:ID|コード|番号|No\.?|NO|CD)$/i, 0.9],
  [/^(?:store|shop|merchant|location)[ _]?(?:id|code|no|number)$/i, 0.9],
  [
    /^(?:店舗名|店名|加盟店名|店舗|加盟店|利用店舗|利用店|屋号|store|shop|merchant|location|store name|shop name)$/i,
    0.6,
  ],
];
const COUPON: MoreHeaders[string] = [
  [/^(?:地域)?(?:クーポン|券)(?:ID|コード|番号|No\.?|NO)$/i, 0.95],
  [/^(?:利用|使用|対象)(?:クーポン|券)?番号$/, 0.8],
  [/^(?:coupon|voucher)[ _]?(?:id|code|no|number)$/i, 0.95],
  [/^お?問い?合わ?せ(?:ID|コード|No\.?|NO)$/i, 0.9],
];
const PREFECTURE: MoreHeaders[string] = [
  [/^(?:ご?(?:利用|使用|旅行|宿泊|滞在)(?:した|された|先の?|の)?)?都道府県(?:名|コード)?$/, 0.8],
  [/^(?:.*都道府県.*|県|府県|prefecture)$/i, 0.8],
];
const PHONE: MoreHeaders[string] = [
  [/^(?:ご?連絡先の?)?お?(?:電話|携帯電話|携帯)(?:番号)?$/, 0.8],
  [/^.*(?:電話|携帯|phone|tel).*$/i, 0.8],
];
const OF_DEALS = '(?:取引|決済|会計|売上|利用|お?支払い?|販売|精算|注文|伝票)';
const WHEN: MoreHeaders[string] = [
  [new RegExp(`^${OF_DEALS}(?:完了)?(?:日時|日付|年月日|日|時刻)$`), 0.85],
  [/^(?:transaction|sale|sales|payment|order)[ _]?(?:date|time|date ?time|timestamp)$/i, 0.85],
  [/^(?:日時|日付|年月日|date|date time|datetime|timestamp|created(?:[ _]at)?|created time)$/i, 0.75],
];
const DEAL_NUMBER: MoreHeaders[string] = [
  [new RegExp(`^${OF_DEALS}(?:ID|番号|No\\.?|NO|コード)$`, 'i'), 0.85],
  [/^(?:請求|明細|売上明細)(?:ID|番号|No\.?)$/i, 0.8],
  [/^(?:transaction|sale|order|payment|invoice)[ _]?(?:id|no|number|code)$/i, 0.85],
  [/^(?:ID|No\.?|番号|通番|連番)$/i, 0.5],
];
const AMOUNT: MoreHeaders[string] = [
  [new RegExp(`^${OF_DEALS}(?:金額|額|合計|総額|合計金額)(?:\\(税込\\)|\\(円\\))?$`), 0.85],
  [/^(?:合計|総合計|合計額|合計金額|税込合計|税込金額|total collected|total|total amount)(?:\(税込\)|\(円\))?$/i, 0.85],
  [/^(?:金額|amount)(?:\(税込\)|\(円\))?$/i, 0.75],
];
const TIMESTAMP: MoreHeaders[string] = [
  [/^(?:完了時刻|completion time)$/i, 0.9],
  [/^(?:タイムスタンプ|timestamp|回答日時|送信日時|開始時刻|作成日時|登録日時)$/i, 0.85],
];

const MORE: Readonly<Partial<Record<InputKind, MoreHeaders>>> = {
  issuance: {
    coupon_number: COUPON,
    medium: [[/^(?:媒体|媒体種別|券種別|クーポン種別|クーポン種類|medium|type)$/i, 0.7]],
    prefecture: PREFECTURE,
    face_yen: [[/^(?:額面.*|券面.*|発行金額|付与額|付与金額|クーポン額|クーポン金額|金額|face value|amount)$/i, 0.8]],
    issued_at: [[/^(?:発行|付与|発券|issued)(?:日時|日付|年月日|日| at| date|_date)?$/i, 0.85]],
    expires_on: [
      [/^(?:有効期限.*|利用期限|使用期限|期限日|有効期間終了日?|expiry|expiry date|expires|valid until)$/i, 0.85],
    ],
    issuer_id: [[/^(?:発行者|発行店|発行元|宿泊施設|施設|旅行会社)(?:ID|コード|番号)?$/i, 0.7]],
    travel_date: [[/^(?:旅行|宿泊|利用)(?:日|開始日|年月日)$/, 0.7]],
    account_id: [[/^(?:会員|アプリ|ユーザー?|アカウント|user|account)[ _]?(?:ID|番号|id|コード)$/i, 0.8]],
    phone: PHONE,
    email: [[/^.*(?:メール|e-?mail).*$/i, 0.8]],
  },
  transactions: {
    transaction_id: DEAL_NUMBER,
    coupon_number: COUPON,
    occurred_at: WHEN,
    kind: [[/^(?:取引|決済|処理)(?:種類|内容|タイプ|方法種別)$|^(?:type|event type|transaction type)$/i, 0.8]],
    status: [[/^(?:取引|決済|処理)?(?:ステータス|状態|結果|状況)$|^(?:status|result)$/i, 0.85]],
    amount_yen: [...AMOUNT, [/^(?:利用)?(?:コイン|ポイント)(?:額|数)$/, 0.8]],
    merchant_id: SHOP,
    terminal_id: [[/^(?:端末|レジ|terminal|device|register)[ _]?(?:ID|番号|コード|No\.?|id)?(?:\/PosID)?$/i, 0.8]],
    related_transaction_id: [[/^(?:元|取消元|返金元|関連|対象)(?:の)?(?:取引|決済|支払い?)?(?:ID|番号)$/i, 0.9]],
  },
  sales: {
    report_id: DEAL_NUMBER,
    merchant_id: SHOP,
    sold_at: WHEN,
    total_yen: AMOUNT,
    coupon_yen: [[/^(?!.*(?:番号|ID|コード|名)).*(?:クーポン|地域券|coupon).*$/i, 0.85]],
    cash_yen: [[/^(?:内)?(?:お?現金|cash)(?:支払い?|売上|決済)?(?:金額|額|合計|計)?(?:\(円\))?$/i, 0.85]],
    other_yen: [
      [
        /^(?:内)?(?:クレジット(?:カード)?|電子マネー|(?:QR)?コード決済|交通系(?:IC)?|商品券|金券|その他|credit|card|e-?money)(?:支払い?|売上|決済)?(?:金額|額|合計|計)?$/i,
        0.5,
      ],
    ],
    coupon_number: COUPON,
    receipt_no: [[/^(?:レシート|伝票|領収書|receipt)[ _]?(?:ID|番号|No\.?|NO|number)$/i, 0.85]],
  },
  claims: {
    claim_id: [
      [/^(?:受付|申出|問い?合わ?せ|受電|コール)(?:ID|番号|No\.?)$/i, 0.85],
      [/^(?:レコード番号|案件番号|ケース番号|case (?:id|number))$/i, 0.8],
    ],
    received_at: [
      ...TIMESTAMP,
      [/^(?:受付|申出|受電|入電|問い?合わ?せ)(?:日時|日付|日|年月日)$/, 0.9],
      [/^(?:日時|日付)$/, 0.7],
    ],
    kind: [[/^(?:(?:申出|お?問い?合わ?せ|ご?相談)の?)?(?:種類|種別|区分|分類|内容|事由)$/, 0.8]],
    coupon_number: COUPON,
    expires_on: [[/^(?:有効期限.*|利用期限|使用期限|クーポンの期限)$/, 0.85]],
    prefecture: PREFECTURE,
    merchant_id: SHOP,
  },
  applications: {
    application_id: [[/^(?:申請|申込|受付|回答|フォーム)(?:ID|番号|No\.?)$|^(?:ID|番号|レコード番号)$/i, 0.8]],
    applied_at: [...TIMESTAMP, [/^(?:申請|申込|受付|回答)(?:日時|日付|日|年月日)$/, 0.9]],
    coupon_number: COUPON,
    prefecture: PREFECTURE,
    travel_date: [[/^(?:旅行|宿泊|利用)(?:日|開始日|年月日)$/, 0.7]],
    name: [
      [/^(?:ご?(?:申請|申込|回答)(?:する|した|される|された)?(?:方|者)の?)(?:お名前|ご?氏名)$/, 0.9],
      [/^(?:お名前|氏名|ご氏名|申請者名?|申請者氏名|お客様名|名前|name|full name)(?:\(漢字\))?$/i, 0.85],
    ],
    method: [[/^(?:ご?希望の?)?(?:お?受け?取り?|返金|支払|給付|振込)の?(?:方法|手段|方)$/, 0.85]],
    phone: PHONE,
    email: [[/^.*(?:メール|e-?mail).*$/i, 0.8]],
    bank_code: [[/^(?:銀行|金融機関)(?:コード|番号|CD)$/i, 0.9]],
    branch_code: [[/^支店(?:コード|番号|CD)$/i, 0.9]],
    account_type: [[/^(?:口座|預金|預貯金)(?:の)?(?:種別|種目|種類|区分)$/, 0.9]],
    account_number: [[/^口座(?:の)?番号$/, 0.9]],
    account_holder_kana: [[/^(?:口座)?名義(?:人|カナ|\(カナ\)|人カナ|人\(カナ\)|\(カタカナ\))?$/, 0.85]],
  },
  paid: {
    payout_id: [[/^(?:支払い?|送金|振込|送付)(?:ID|番号|No\.?)$/i, 0.8]],
    coupon_number: COUPON,
    amount_yen: [[/^(?:金額|支払い?金額|送金額|送金金額|振込金額|振込額|amount)$/i, 0.85]],
    sent_at: [
      [/^(?:送金|送付|送信|振込|支払い?|処理)(?:日時|日|完了日時|年月日)$/, 0.85],
      [/^(?:勘定日|お?取引日時?|お?取扱日|操作日)$/, 0.8],
      [/^(?:日付|年月日)$/, 0.7],
    ],
    status: [[/^(?:送金|送付|送信|振込|支払い?|処理)?(?:状態|ステータス|結果|状況)$/, 0.85]],
  },
};

const KNOWN: ReadonlySet<string> = new Set(
  INPUT_KINDS.flatMap((kind) => LAYOUTS[kind].columns.flatMap(({ name, headers }) => [name, ...headers])),
);

/** Of a bank\u2019s statement: yen that went out, yen that came in, and what each line was for. */
export const STATEMENT = {
  out: /^お?(?:出金|払出|払い?出し|引出し?|引き出し|支払い?)(?:金額|額)?(?:\(円\))?$/,
  in: /^お?(?:入金|受入|預入|預け入れ|預り)(?:金額|額)?(?:\(円\))?$/,
  description: /^(?:摘要|お?取引内容|詳細[12]?|内容|備考)$/,
} as const;

/** Headers of columns that are none of ours, and tell what a row is. */
const TELLING = /^(?:対応|受付|進捗|処理)(?:状況|状態|ステータス)$/;

/** Patterns of words alone: what they fit is made of nothing else. */
const CLOSED: readonly RegExp[] = [
  ...Object.values(MORE)
    .flatMap((columns) => Object.values(columns).flat())
    .flatMap(([pattern]) => (pattern.source.includes('.*') ? [] : [pattern])),
  ...Object.values(STATEMENT),
  TELLING,
];

/** Whether a header is one that is known here: all of it is words of tables. */
export const isKnownHeader = (header: string): boolean =>
  KNOWN.has(header) || CLOSED.some((pattern) => pattern.test(header));

/** How likely a header means a column of a kind; 1 where it is read as that without a profile. */
export function headerWeight(kind: InputKind, column: string, header: string): number {
  const layout = LAYOUTS[kind].columns.find(({ name }) => name === column);
  if (layout?.name === header || layout?.headers.includes(header) === true) return 1;
  const more = MORE[kind]?.[column] ?? [];
  const weight = Math.max(0, ...more.flatMap(([pattern, weight]) => (pattern.test(header) ? [weight] : [])));
  const joined = header.replace(TWO_ROWS, '');
  return joined === header ? weight : Math.max(weight, Math.min(MOST_OF_TWO_ROWS, headerWeight(kind, column, joined)));
}

/** Of two rows of headers: `受付 番号`. */
const TWO_ROWS = /(?<=[^\x20-\x7e]) (?=[^\x20-\x7e])/;
const MOST_OF_TWO_ROWS = 0.9;
