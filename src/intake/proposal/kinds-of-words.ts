import type { InputKind } from '../../tables/tables.ts';

/** What words of tills, wallets and forms say of a row. */
const TAKES_BACK = /返金|返品|払い?戻|キャンセル|取消|取り消し|refund|return|cancel|void|chargeback/i;
const NO_SALE =
  /入金|出金|振込|手数料|預り|チャージ(?!バック)|両替|準備|釣銭|中間|失敗|エラー|不成立|保留|処理中|未確定|deposit|payout|failed?\b|declined|pending|fee/i;

export const takesBack = (word: string): boolean => TAKES_BACK.test(word);
export const isWithdrawn = (word: string): boolean => /取り?下げ|取消|取り消し|キャンセル|withdrawn|cancel/i.test(word);
export const isNoSale = (word: string): boolean => !takesBack(word) && NO_SALE.test(word);
export const isCode = (word: string): boolean => /^\d{1,2}$/.test(word);
export const isCouponWord = (word: string): boolean => /クーポン|地域券|旅行支援|coupon/i.test(word);
export const isCashWord = (word: string): boolean => /現金|\bcash\b/i.test(word);

/** Headers of columns whose words say what has become of a call or an application. */
export const saysWhere = (header: string): boolean => /状況|状態|ステータス|status/i.test(header);
/** Headers of columns whose words say what a row is, and of those that say how it was paid. */
export const saysWhat = (header: string): boolean =>
  /区分|種別|種類|項目|内容|ステータス|状態|結果|type|status|event/i.test(header) && !saysHowPaid(header);
export const saysHowPaid = (header: string): boolean =>
  /方法|手段|ブランド|tender type|payment (?:type|method)|card brand|支払い?種別|決済種別|決済手段/i.test(header);

type Meant = readonly (readonly [pattern: RegExp, ours: string])[];

/** Other systems\u2019 words for our values, the first that fits. */
const MEANT: Readonly<Partial<Record<`${InputKind}.${string}`, Meant>>> = {
  'issuance.medium': [
    [/紙|paper/i, 'paper'],
    [/アプリ|電子|デジタル|app|digital/i, 'app'],
  ],
  'issuance.account_status': [
    [/退会|解約|withdrawn|closed/i, 'withdrawn'],
    [/有効|利用中|active/i, 'active'],
  ],
  'transactions.kind': [
    [/戻入|戻し入れ|reinstate/i, 'reinstatement'],
    [TAKES_BACK, 'cancel'],
    [/チャージ|発行|付与|入金|charge|top ?up|issue/i, 'charge'],
    [/決済|支払|利用|使用|売上|payment|purchase|sale|redeem/i, 'payment'],
  ],
  'transactions.status': [
    [/失敗|エラー|不成立|否認|\bng\b|fail|error|declined/i, 'failed'],
    [/未|保留|処理中|仮|pending|processing|hold/i, 'pending'],
    [/完了|成功|正常|確定|済|\bok\b|success|complete|approved|settled/i, 'completed'],
  ],
  'claims.kind': [
    [/二重|重複|2重|double/i, 'double_charge'],
    [/現金|cash/i, 'cash_and_deducted'],
    [/その他|other/i, 'other'],
  ],
  'applications.method': [
    [/ポイント|point/i, 'points'],
    [/振込|振り込み|口座|銀行|bank/i, 'bank_transfer'],
  ],
  'applications.account_type': [
    [/普通|ordinary|savings?$/i, '1'],
    [/当座|current/i, '2'],
    [/貯蓄/, '4'],
  ],
  'paid.status': [
    [/失敗|不達|組戻|返戻|不能|エラー|fail|error|return/i, 'failed'],
    [/期限|失効|expire/i, 'expired'],
    [/受取|受け取|受領|received|claimed/i, 'received'],
    [/済|完了|送|振込|sent|paid|complete|success/i, 'sent'],
  ],
  'decisions.decision': [
    [/承認|認め(?!な)|approve/i, 'approve'],
    [/却下|認めない|否|reject|deny/i, 'reject'],
  ],
  'sales.voided': [
    [/取消|返品|キャンセル|void|cancel|true|yes/i, 'yes'],
    [/通常|なし|売上|normal|false|no/i, 'no'],
  ],
};

/** Our value that a word most likely means. */
export const meantBy = (kind: InputKind, column: string, word: string): string | undefined =>
  MEANT[`${kind}.${column}`]?.find(([pattern]) => pattern.test(word))?.[1];
