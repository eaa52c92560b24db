import type { FewKindDeclaration } from './column.ts';
import { COUPON_HEADERS, EMAIL_HEADERS, PHONE_HEADERS, PREFECTURE_HEADERS } from './shared-headers.ts';

/** Who applied for a refund, and how they want it. */
export const APPLICATIONS = {
  id: 'applicationId',
  happenedAt: 'appliedAt',
  option: { name: 'applications', words: { ja: '特設サイトの申請', en: 'special-site applications' } },
  evidencePrefix: 'application',
  isTyped: true,
  nearlyNamedBy: ['appliedAt', 'method'],
  columns: {
    applicationId: { name: 'application_id', type: 'identifier', headers: '申請ID 申請番号 受付番号' },
    appliedAt: { name: 'applied_at', type: 'instant', headers: '申請日時 受付日時' },
    couponNumber: { name: 'coupon_number', type: 'coupon', headers: COUPON_HEADERS, personal: 'perhaps' },
    prefecture: { name: 'prefecture', type: 'prefecture', headers: PREFECTURE_HEADERS },
    travelDate: { name: 'travel_date', type: 'date', optional: true, headers: '旅行日 宿泊日' },
    name: { name: 'name', type: 'verbatim', headers: '氏名 お名前 名前', personal: 'always' },
    method: {
      name: 'method',
      type: 'choice',
      headers: '受取方法 返金方法 方法',
      values: { points: 'ポイント', bank_transfer: '銀行振込 口座振込 振込' },
    },
    phone: { name: 'phone', type: 'unjudged', optional: true, headers: PHONE_HEADERS, personal: 'always' },
    email: { name: 'email', type: 'verbatim', optional: true, headers: EMAIL_HEADERS, personal: 'always' },
    bankCode: {
      name: 'bank_code',
      type: 'unjudged',
      optional: true,
      headers: '銀行コード 金融機関コード',
      personal: 'always',
    },
    branchCode: {
      name: 'branch_code',
      type: 'unjudged',
      optional: true,
      headers: '支店コード 支店番号',
      personal: 'always',
    },
    accountType: {
      name: 'account_type',
      type: 'unjudged',
      optional: true,
      headers: '預金種目 口座種別',
      personal: 'always',
      values: { '1': '普通', '2': '当座', '4': '貯蓄' },
    },
    accountNumber: {
      name: 'account_number',
      type: 'unjudged',
      optional: true,
      headers: '口座番号',
      personal: 'always',
    },
    accountHolderKana: {
      name: 'account_holder_kana',
      type: 'verbatim',
      optional: true,
      headers: '口座名義 口座名義カナ 口座名義(カナ)',
      personal: 'always',
    },
  },
} as const satisfies FewKindDeclaration;
