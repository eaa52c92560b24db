import { type Text, text } from '../base/text.ts';

export type ClauseId =
  | '0'
  | '1'
  | '1A'
  | '1B1'
  | '1B2'
  | '1other'
  | '2A1'
  | '2A2'
  | '2A2a'
  | '2A2i'
  | '2B1'
  | '2B2'
  | '2bank'
  | '3';

/**
 * A clause of the notice in our own words; `{term}` is filled from the terms in force. Its source is told in 1-notice.md,
 * "Where each clause stands".
 */
export interface Clause {
  readonly id: ClauseId;
  readonly printedAs: string;
  readonly says: Text;
  /** What a policy adds to it that states the term. */
  readonly stated?: { readonly term: 'claimsClose' | 'bankApplicationsClose'; readonly says: Text };
  /** Why no rule encodes it, where none does. */
  readonly notEncoded?: Text;
}

export const CLAUSES: readonly Clause[] = [
  {
    id: '0',
    printedAs: '見出し',
    says: text(
      '{outageDate} 夕方、地域クーポン(紙)の発行・チャージ・決済ができなくなった。対象は都道府県コード {prefecture} の事業。',
      'On the evening of {outageDate} paper regional coupons could not be issued, charged or paid with. Programme of prefecture {prefecture}.',
    ),
  },
  {
    id: '1',
    printedAs: '1',
    says: text(
      '旅行支援で紙の地域クーポンを受け取り、(A) か (B) に当てはまる人を補償する。',
      'Compensation covers people who received a paper coupon under the travel support and meet (A) or (B).',
    ),
  },
  {
    id: '1A',
    printedAs: '1(A)',
    says: text(
      '有効期限が {originalExpiry} までで、{firstExtension} までの延長が終わった時点で {minimumResidualYen} 円以上残っているクーポン。',
      'A coupon valid until {originalExpiry} that still holds at least {minimumResidualYen} yen when the extension to {firstExtension} has ended.',
    ),
  },
  {
    id: '1B1',
    printedAs: '1(B)①',
    says: text(
      '障害中({outageFrom}〜{outageTo})にクーポンが使えず現金などで払ったのに、残高も引かれていた。',
      'During the outage ({outageFrom} to {outageTo}) the coupon could not be used, the person paid in cash or the like, and the balance was deducted all the same.',
    ),
  },
  {
    id: '1B2',
    printedAs: '1(B)②',
    says: text(
      '障害中に決済ボタンを二度以上押し、二度以上決済された。',
      'During the outage the pay button was pressed more than once and more than one payment was settled.',
    ),
  },
  {
    id: '1other',
    printedAs: '1※',
    says: text(
      '障害中の決済でそのほかのことが起きた人は、コールセンターに申し出る。',
      'Whoever met with anything else in a payment during the outage turns to the call centre.',
    ),
  },
  {
    id: '2A1',
    printedAs: '2(A)①',
    says: text(
      '(A) のクーポンは {secondExtension} の終わりまで使えるようにする。',
      'An (A) coupon can be used until the end of {secondExtension}.',
    ),
  },
  {
    id: '2A2',
    printedAs: '2(A)②',
    says: text(
      '{pointsFrom} から、{secondExtension} 23:59 時点の残高と同じ額のポイントを送る。',
      'From {pointsFrom}, points worth the balance at {secondExtension} 23:59 are sent.',
    ),
  },
  {
    id: '2A2a',
    printedAs: '2(A)②ア',
    says: text(
      'アプリにチャージしていた人は手続き不要。登録された電話番号かメールに受取サイトの URL を送る。受取は {receiveBy} まで。',
      'Coupon charged to the app: nothing to do; the URL of the receiving site goes to the registered phone or e-mail. To be received by {receiveBy}.',
    ),
  },
  {
    id: '2A2i',
    printedAs: '2(A)②イ',
    says: text(
      'アプリを使わなかった人・退会した人は {applicationsOpen} から {applicationsClose} までに特設サイトで申請する。受取は {receiveBy} まで。',
      'Not charged to the app, or no longer a member: apply on the special site from {applicationsOpen} to {applicationsClose}. To be received by {receiveBy}.',
    ),
  },
  {
    id: '2B1',
    printedAs: '2(B)①',
    says: text(
      '(B) はコールセンターへの申出で始まる。番号・有効期限・都道府県・店名を聞く。',
      '(B) begins with a call to the call centre, which asks for the number, the expiry, the prefecture and the shop.',
    ),
    stated: {
      term: 'claimsClose',
      says: text('申出は {claimsClose} まで。', 'Calls are taken until {claimsClose}.'),
    },
  },
  {
    id: '2B2',
    printedAs: '2(B)②',
    says: text(
      '申出と店の記録が確かめられたら {secondExtension} まで延長し、残高を戻し入れる。使い切れなければ (A)② と同じ扱い。',
      'Once the call and the shop\u2019s record agree, the coupon is extended to {secondExtension} and the balance put back; what is left then is treated as under 2(A)②.',
    ),
  },
  {
    id: '2bank',
    printedAs: '2※',
    says: text(
      'ポイントを望まない人は特設サイトで口座を申請し、{bankTransfersFrom} ごろから順に振り込む。',
      'Who does not want points applies with a bank account and is refunded by transfer, in turn, from about {bankTransfersFrom}.',
    ),
    stated: {
      term: 'bankApplicationsClose',
      says: text('申請は {bankApplicationsClose} まで。', 'Applications are taken until {bankApplicationsClose}.'),
    },
  },
  {
    id: '3',
    printedAs: '3',
    says: text('問い合わせ先。', 'The call centre.'),
    notEncoded: text(
      '連絡先の案内であり、金額にも対象にも影響しない。',
      'It gives a telephone number; it decides neither who is covered nor how much.',
    ),
  },
];
