import type { FewKindDeclaration } from './column.ts';
import { COUPON_HEADERS } from './shared-headers.ts';

/** What became of payouts of earlier runs. */
export const PAID = {
  id: 'payoutId',
  happenedAt: 'sentAt',
  yen: 'amountYen',
  option: { name: 'paid', words: { ja: '支払済みの記録', en: 'what was already paid' } },
  evidencePrefix: 'paid',
  // The earliest moment: a payment that was sent on the day of as-of is not made again, and a failure that day undoes no later word.
  timeOfDatesAlone: '00:00',
  columns: {
    payoutId: { name: 'payout_id', type: 'identifier', headers: '支払ID 支払番号' },
    // Without one the row speaks of the whole payout.
    couponNumber: {
      name: 'coupon_number',
      type: 'coupon',
      optional: true,
      headers: `${COUPON_HEADERS} coupons`,
    },
    amountYen: { name: 'amount_yen', type: 'amount', headers: '金額 支払金額 支払額' },
    sentAt: { name: 'sent_at', type: 'instant', headers: '送付日時 送金日時 支払日時 送付日 送金日 支払日' },
    status: {
      name: 'status',
      type: 'choice',
      headers: '状態 ステータス',
      values: {
        sent: '送付済 送付済み 送信済 送信済み 送金済 送金済み 振込済 振込済み 支払済 支払済み 支払い済み 発送済 発送済み',
        received: '受取済 受取済み 受け取り済み 受領済 受領済み',
        expired: '期限切れ 期限切 受取期限切れ 失効',
        failed: '失敗 不達 組戻 組戻し 組み戻し 不能 振込不能 送金不能 送付不能',
      },
    },
  },
} as const satisfies FewKindDeclaration;
