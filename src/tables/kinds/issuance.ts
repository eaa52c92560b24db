import type { BulkKindDeclaration } from './column.ts';
import { COUPON_HEADERS, EMAIL_HEADERS, PHONE_HEADERS, PREFECTURE_HEADERS } from './shared-headers.ts';

/** Every coupon that was issued. */
export const ISSUANCE = {
  id: 'coupon',
  yen: 'faceYen',
  option: { name: 'issuance', words: { ja: 'クーポンの発行データ', en: 'coupon issuance export' }, isRequired: true },
  evidencePrefix: 'coupon',
  columns: {
    coupon: { name: 'coupon_number', type: 'coupon', headers: COUPON_HEADERS },
    medium: {
      name: 'medium',
      type: 'choice',
      headers: '媒体 券種 種別',
      values: { paper: '紙 紙クーポン', app: 'アプリ 電子 電子クーポン' },
    },
    prefecture: { name: 'prefecture', type: 'prefecture', headers: PREFECTURE_HEADERS },
    faceYen: { name: 'face_yen', type: 'amount', headers: '額面 額面金額 券面額 発行額' },
    issuedAt: { name: 'issued_at', type: 'instant', headers: '発行日時 発行日' },
    expiresOn: { name: 'expires_on', type: 'date', headers: '有効期限 期限 有効期限日' },
    issuer: {
      name: 'issuer_id',
      type: 'identifier',
      texts: 'words',
      optional: true,
      headers: '発行者ID 発行店ID 発行店コード 発行者コード 発行店',
    },
    travelDate: { name: 'travel_date', type: 'date', optional: true, headers: '旅行日 宿泊日' },
    account: {
      name: 'account_id',
      type: 'identifier',
      texts: 'texts',
      optional: true,
      headers: 'アカウントID 会員ID アプリ会員ID',
      personal: 'perhaps',
    },
    accountStatus: {
      name: 'account_status',
      type: 'choice',
      optional: true,
      headers: 'アカウント状態 会員状態',
      values: { active: '有効 利用中', withdrawn: '退会 退会済 退会済み' },
    },
    phone: {
      name: 'phone',
      type: 'unjudged',
      texts: 'texts',
      optional: true,
      headers: PHONE_HEADERS,
      personal: 'always',
    },
    email: {
      name: 'email',
      type: 'verbatim',
      texts: 'texts',
      optional: true,
      headers: EMAIL_HEADERS,
      personal: 'always',
    },
  },
} as const satisfies BulkKindDeclaration;
