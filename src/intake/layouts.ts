import type { InputKind } from './tables.ts';

export type ValueType =
  | 'identifier'
  | 'coupon'
  | 'amount'
  | 'instant'
  | 'date'
  | 'choice'
  | 'prefecture'
  | 'unjudged'
  | 'verbatim';

export interface ColumnLayout {
  readonly name: string;
  readonly type: ValueType;
  readonly required: boolean;
  /** Headers recognised without a profile, NFKC-normalised. */
  readonly headers: readonly string[];
  /** For a choice: written value → our value. */
  readonly values?: Readonly<Record<string, string>>;
}

export interface Layout {
  readonly columns: readonly ColumnLayout[];
  /** The column whose amounts the control totals add up; absent where there is none. */
  readonly yenColumn?: string;
}

type Options = { readonly optional?: true; readonly values?: Readonly<Record<string, string>> };
const column = (name: string, type: ValueType, headers: string, options: Options = {}): ColumnLayout => ({
  name,
  type,
  required: options.optional !== true,
  headers: headers === '' ? [] : headers.split(' '),
  ...(options.values === undefined ? {} : { values: options.values }),
});
const optional = { optional: true } as const;

/** Written values of a choice: each of ours, and the Japanese words for it. */
function choice<Ours extends string>(words: Readonly<Record<Ours, string>>): Readonly<Record<string, string>> {
  const pairs: [string, string][] = [];
  for (const [ours, japanese] of Object.entries<string>(words)) {
    for (const written of [ours, ...japanese.split(' ').filter((word) => word !== '')]) pairs.push([written, ours]);
  }
  return Object.fromEntries(pairs);
}

const COUPON_HEADERS = 'クーポン番号 お問合せ番号 お問い合わせ番号 問合せ番号 地域クーポン番号';
const PREFECTURE_HEADERS = '都道府県 都道府県コード 利用都道府県';
const MERCHANT_HEADERS = '加盟店ID 加盟店コード 加盟店番号 店舗ID 店舗コード';
const PHONE_HEADERS = '電話番号 携帯番号 携帯電話番号 電話';
const EMAIL_HEADERS = 'メールアドレス メール Eメール';

export const LAYOUTS: Readonly<Record<InputKind, Layout>> = {
  issuance: {
    yenColumn: 'face_yen',
    columns: [
      column('coupon_number', 'coupon', COUPON_HEADERS),
      column('medium', 'choice', '媒体 券種 種別', {
        values: choice({ paper: '紙 紙クーポン', app: 'アプリ 電子 電子クーポン' }),
      }),
      column('prefecture', 'prefecture', PREFECTURE_HEADERS),
      column('face_yen', 'amount', '額面 額面金額 券面額 発行額'),
      column('issued_at', 'instant', '発行日時 発行日'),
      column('expires_on', 'date', '有効期限 期限 有効期限日'),
      column('issuer_id', 'identifier', '発行者ID 発行店ID 発行店コード 発行者コード 発行店', optional),
      column('travel_date', 'date', '旅行日 宿泊日', optional),
      column('account_id', 'identifier', 'アカウントID 会員ID アプリ会員ID', optional),
      column('account_status', 'choice', 'アカウント状態 会員状態', {
        ...optional,
        values: choice({ active: '有効 利用中', withdrawn: '退会 退会済 退会済み' }),
      }),
      column('phone', 'unjudged', PHONE_HEADERS, optional),
      column('email', 'verbatim', EMAIL_HEADERS, optional),
    ],
  },
  transactions: {
    yenColumn: 'amount_yen',
    columns: [
      column('transaction_id', 'identifier', '取引ID 取引番号'),
      column('coupon_number', 'coupon', COUPON_HEADERS),
      column('occurred_at', 'instant', '取引日時 利用日時 処理日時'),
      column('kind', 'choice', '取引種別 種別 取引区分 区分', {
        values: choice({
          charge: 'チャージ',
          payment: '決済 支払 支払い 利用',
          cancel: '取消 取り消し 取消し キャンセル',
          reinstatement: '戻入 戻し入れ 残高戻入',
        }),
      }),
      column('status', 'choice', '状態 取引状態 ステータス 処理結果', {
        values: choice({
          completed: '完了 成功 正常',
          failed: '失敗 エラー 不成立',
          pending: '保留 処理中 未確定 不明',
        }),
      }),
      column('amount_yen', 'amount', '金額 取引金額 利用金額 決済金額'),
      column('merchant_id', 'identifier', MERCHANT_HEADERS, optional),
      column('terminal_id', 'identifier', '端末ID 端末番号', optional),
      column('related_transaction_id', 'identifier', '元取引ID 元取引番号 関連取引ID 対象取引ID', optional),
      column('funding', 'choice', '原資 財源 資金区分', {
        ...optional,
        values: choice({ coupon: 'クーポン', own: '自己資金 自己負担 購入ポイント' }),
      }),
    ],
  },
  sales: {
    yenColumn: 'total_yen',
    columns: [
      column('report_id', 'identifier', '報告ID 報告番号 明細ID 売上ID'),
      column('merchant_id', 'identifier', MERCHANT_HEADERS),
      column('sold_at', 'instant', '売上日時 販売日時 会計日時'),
      column('total_yen', 'amount', '合計 合計金額 総額 会計金額'),
      column('coupon_yen', 'amount', 'クーポン クーポン額 クーポン金額 クーポン利用額'),
      column('cash_yen', 'amount', '現金 現金額 現金金額'),
      column('other_yen', 'amount', 'その他 その他金額', optional),
      column('coupon_number', 'coupon', COUPON_HEADERS, optional),
      column('receipt_no', 'identifier', 'レシート番号 伝票番号', optional),
      column('voided', 'choice', '取消区分 取消フラグ 取消', {
        ...optional,
        values: choice({ no: '0 通常 いいえ false', yes: '1 取消 取消済 取消済み はい true' }),
      }),
    ],
  },
  claims: {
    columns: [
      column('claim_id', 'identifier', '申出ID 申出番号 受付番号 問合せID'),
      column('received_at', 'instant', '受付日時 申出日時'),
      column('kind', 'choice', '申出種別 種別 内容', {
        values: choice({
          double_charge: '二重決済 重複決済',
          cash_and_deducted: '現金払い・引落 現金支払・残高引落 現金払い',
          other: 'その他',
        }),
      }),
      column('coupon_number', 'coupon', COUPON_HEADERS),
      column('expires_on', 'date', '有効期限 期限'),
      column('prefecture', 'prefecture', PREFECTURE_HEADERS),
      column('merchant_id', 'identifier', MERCHANT_HEADERS),
    ],
  },
  applications: {
    columns: [
      column('application_id', 'identifier', '申請ID 申請番号 受付番号'),
      column('applied_at', 'instant', '申請日時 受付日時'),
      column('coupon_number', 'coupon', COUPON_HEADERS),
      column('prefecture', 'prefecture', PREFECTURE_HEADERS),
      column('travel_date', 'date', '旅行日 宿泊日', optional),
      column('name', 'verbatim', '氏名 お名前 名前'),
      column('method', 'choice', '受取方法 返金方法 方法', {
        values: choice({ points: 'ポイント', bank_transfer: '銀行振込 口座振込 振込' }),
      }),
      column('phone', 'unjudged', PHONE_HEADERS, optional),
      column('email', 'verbatim', EMAIL_HEADERS, optional),
      column('bank_code', 'unjudged', '銀行コード 金融機関コード', optional),
      column('branch_code', 'unjudged', '支店コード 支店番号', optional),
      column('account_type', 'unjudged', '預金種目 口座種別', {
        ...optional,
        values: choice({ '1': '普通', '2': '当座', '4': '貯蓄' }),
      }),
      column('account_number', 'unjudged', '口座番号', optional),
      column('account_holder_kana', 'verbatim', '口座名義 口座名義カナ 口座名義(カナ)', optional),
    ],
  },
  decisions: {
    columns: [
      column('review_id', 'identifier', '確認ID 審査ID'),
      column('evidence_hash', 'identifier', '根拠ハッシュ 証拠ハッシュ'),
      column('decision', 'choice', '判断 決定', {
        values: choice({ approve: '承認 認める', reject: '却下 認めない' }),
      }),
      column('decided_by', 'verbatim', '判断者 決定者'),
      column('decided_at', 'instant', '判断日時 決定日時'),
      column('note', 'verbatim', '備考 メモ', optional),
    ],
  },
  paid: {
    yenColumn: 'amount_yen',
    columns: [
      column('payout_id', 'identifier', '支払ID 支払番号'),
      // Without one the row speaks of the whole payout.
      column('coupon_number', 'coupon', COUPON_HEADERS, optional),
      column('amount_yen', 'amount', '金額 支払金額'),
      column('sent_at', 'instant', '送付日時 送金日時 支払日時'),
      column('status', 'choice', '状態 ステータス', {
        values: choice({
          sent: '送付済 送付済み 支払済',
          received: '受取済 受取済み 受領済',
          expired: '期限切れ 失効',
          failed: '失敗 不達',
        }),
      }),
    ],
  },
};

const PREFECTURE_NAMES =
  '北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県'.split(
    ' ',
  );

/** JIS X 0401: a prefecture's name to its two digits. */
export const PREFECTURE_CODES: ReadonlyMap<string, string> = new Map(
  PREFECTURE_NAMES.map((name, index) => [name, String(index + 1).padStart(2, '0')]),
);
