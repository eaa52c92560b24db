import { ownOf } from '../../base/own.ts';
import { type Text, text } from '../../base/text.ts';
import { expireOnDayOfOutage, mediumWords, type Wording } from '../../policy/wording.ts';
import { AMBIGUITY_WORDS } from '../../rules/merchant-report-words.ts';

/** What the values that rules see are called by people. */
export const SEEN_WORDS: Readonly<Record<string, Wording>> = {
  above_face_yen: text('額面を超える額', 'above the face value (yen)'),
  account: text('アカウント', 'account'),
  active_account: text('利用中のアカウント', 'active account'),
  allowed_gap_seconds: text('許される間隔(秒)', 'gap allowed (seconds)'),
  already_paid_yen: text('前回までに手続きした額', 'ordered before (yen)'),
  amount_yen: text('金額', 'amount (yen)'),
  application: text('申請', 'application'),
  applications: text('申請の数', 'applications'),
  applied_at: text('申請日時', 'applied at'),
  applied_for_points: text('ポイントの申請', 'applied for points'),
  b_grounds: text('(B) の理由の数', '(B) grounds'),
  balance_yen: text('残高', 'balance (yen)'),
  because: text('わけ', 'because'),
  claimant: text('番号なし会計との組み合わせ', 'paired with a nameless bill'),
  claims_close: text('申出の締切', 'calls close on'),
  coupons: text('クーポンの枚数', 'coupons'),
  covered: text('店の全売上が分かる', 'all sales of the shop are known'),
  earliest: text('最初のもの', 'the earliest'),
  emails: text('メールの数', 'e-mail addresses'),
  entitled_yen: text('払うべき額', 'due (yen)'),
  excess_yen: text('払いすぎ', 'excess (yen)'),
  expires_on: text('有効期限', 'expiry'),
  face_yen: text('額面', 'face value (yen)'),
  finding: text('見つかったこと', 'finding'),
  first_at: text('最初', 'first at'),
  in_cohort: (terms) =>
    expireOnDayOfOutage(terms)
      ? text('有効期限が障害の日', 'expires on the day of the outage')
      : text('有効期限が (A) の定める日', 'expires on the day that (A) names'),
  in_combined_bills: text('合算払いの決済', 'payments in combined bills'),
  kind: text('種別', 'kind'),
  last_at: text('最後', 'last at'),
  medium: text('媒体', 'medium'),
  merchant_id: text('店', 'shop'),
  method: text('受取方法', 'method'),
  minimum_yen: text('最低額', 'minimum (yen)'),
  mismatches: text('合わない項目', 'what does not fit'),
  movements: text('残高の動きの数', 'movements'),
  own_expiry: (terms) => {
    const { own } = mediumWords(terms);
    return text(`${own.ja}の期限`, `${own.en} expiry`);
  },
  paired_at_least: text('売上と合う決済(少なくとも)', 'payments with a sale, at least'),
  paired_at_most: text('売上と合う決済(多くても)', 'payments with a sale, at most'),
  paired_with_sales: text('売上と合う決済', 'payments with a sale'),
  payments: text('決済の数', 'payments'),
  phones: text('電話番号の数', 'phone numbers'),
  prefecture: text('都道府県', 'prefecture'),
  read_at: text('残高を見た時点', 'balance read at'),
  received_at: text('申出日時', 'call received at'),
  reinstate_yen: text('誤って引き落とされた額', 'wrongly deducted (yen)'),
  reinstated_yen: text('戻し入れた額', 'put back (yen)'),
  reinstatements: text('戻入の数', 'reinstatements'),
  repeats_within_gap: text('間隔以内に続く決済', 'payments soon after another'),
  residual_yen: text('残高', 'balance (yen)'),
  rows: text('行数', 'rows'),
  share_yen: text('残高に対して払う額', 'paid for the balance (yen)'),
  supported: text('裏づけのある決済', 'supported payments'),
  unsupported: text('裏づけのない決済', 'unsupported payments'),
  valid: text('有効', 'valid'),
  valid_until: text('有効期限', 'valid until'),
  widest_gap_seconds: text('いちばん長い間隔(秒)', 'widest gap (seconds)'),
  written_down: text('番号を書き残した会計', 'bills with this number on them'),
};

const VALUE_WORDS: Readonly<Record<string, Text>> = {
  true: text('はい', 'yes'),
  false: text('いいえ', 'no'),
  'no claim': text('申出なし', 'no claim'),
  none: text('なし', 'none'),
  some: text('組み合わせ方による', 'in some pairings'),
  every: text('どの組み合わせでも', 'in every pairing'),
  ...AMBIGUITY_WORDS,
  paper: text('紙', 'paper'),
  app: text('アプリ', 'app'),
  points: text('ポイント', 'points'),
  bank_transfer: text('銀行振込', 'bank transfer'),
  double_charge: text('二重決済', 'double charge'),
  cash_and_deducted: text('現金払いと引落', 'cash and deducted'),
  other: text('その他', 'other'),
  prefecture: text('都道府県', 'prefecture'),
  expires_on: text('有効期限', 'expiry'),
  merchant_id: text('店', 'shop'),
};

/** A value as a person reads it. */
export const seenValue = (value: string | number | boolean | null): Text => {
  if (value === null || value === '') return text('–', '–');
  const known = ownOf(VALUE_WORDS, String(value));
  if (known !== undefined) return known;
  // What of a claim does not fit is a list.
  const parts = String(value)
    .split(' ')
    .map((part) => ownOf(VALUE_WORDS, part));
  if (parts.some((part) => part === undefined)) return text(String(value), String(value));
  return text(parts.map((part) => part?.ja).join('・'), parts.map((part) => part?.en).join(', '));
};
