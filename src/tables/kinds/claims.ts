import type { FewKindDeclaration } from './column.ts';
import { COUPON_HEADERS, MERCHANT_HEADERS, PREFECTURE_HEADERS } from './shared-headers.ts';

/** What people told the call centre. */
export const CLAIMS = {
  id: 'claimId',
  happenedAt: 'receivedAt',
  option: { name: 'claims', words: { ja: 'コールセンターへの申出', en: 'call-centre claims' } },
  evidencePrefix: 'claim',
  isTyped: true,
  nearlyNamedBy: ['receivedAt', 'kind'],
  columns: {
    claimId: { name: 'claim_id', type: 'identifier', headers: '申出ID 申出番号 受付番号 問合せID' },
    receivedAt: { name: 'received_at', type: 'instant', headers: '受付日時 申出日時' },
    kind: {
      name: 'kind',
      type: 'choice',
      headers: '申出種別 種別 内容',
      values: {
        double_charge: '二重決済 重複決済',
        cash_and_deducted: '現金払い・引落 現金支払・残高引落 現金払い',
        other: 'その他',
      },
    },
    couponNumber: { name: 'coupon_number', type: 'coupon', headers: COUPON_HEADERS, personal: 'perhaps' },
    expiresOn: { name: 'expires_on', type: 'date', headers: '有効期限 期限' },
    prefecture: { name: 'prefecture', type: 'prefecture', headers: PREFECTURE_HEADERS },
    merchantId: { name: 'merchant_id', type: 'identifier', headers: MERCHANT_HEADERS, personal: 'perhaps' },
  },
} as const satisfies FewKindDeclaration;
