import type { FewKindDeclaration } from './column.ts';
import { COUPON_HEADERS } from './shared-headers.ts';

/** What became of payouts of earlier runs. */
export const PAID = {
  id: 'payoutId',
  happenedAt: 'sentAt',
  yen: 'amountYen',
  option: { name: 'paid', words: { ja: '支払済みの記録', en: 'what was already paid' } },
  evidencePrefix: 'paid',
  columns: {
    payoutId: { name: 'payout_id', type: 'identifier', headers: '支払ID 支払番号' },
    // Without one the row speaks of the whole payout.
    couponNumber: { name: 'coupon_number', type: 'coupon', optional: true, headers: COUPON_HEADERS },
    amountYen: { name: 'amount_yen', type: 'amount', headers: '金額 支払金額' },
    sentAt: { name: 'sent_at', type: 'instant', headers: '送付日時 送金日時 支払日時' },
    status: {
      name: 'status',
      type: 'choice',
      headers: '状態 ステータス',
      values: {
        sent: '送付済 送付済み 支払済',
        received: '受取済 受取済み 受領済',
        expired: '期限切れ 失効',
        failed: '失敗 不達',
      },
    },
  },
} as const satisfies FewKindDeclaration;
