import type { BulkKindDeclaration } from './column.ts';
import { COUPON_HEADERS, MERCHANT_HEADERS } from './shared-headers.ts';

/** What was charged to coupons and paid with them. */
export const TRANSACTIONS = {
  id: 'transaction',
  yen: 'amountYen',
  option: { name: 'transactions', words: { ja: '取引記録', en: 'transaction log' }, isRequired: true },
  evidencePrefix: 'tx',
  columns: {
    transaction: { name: 'transaction_id', type: 'identifier', texts: 'transactionIds', headers: '取引ID 取引番号' },
    coupon: { name: 'coupon_number', type: 'coupon', headers: COUPON_HEADERS },
    occurredAt: { name: 'occurred_at', type: 'instant', headers: '取引日時 利用日時 処理日時' },
    kind: {
      name: 'kind',
      type: 'choice',
      headers: '取引種別 種別 取引区分 区分',
      values: {
        charge: 'チャージ',
        payment: '決済 支払 支払い 利用',
        cancel: '取消 取り消し 取消し キャンセル',
        reinstatement: '戻入 戻し入れ 残高戻入',
      },
    },
    status: {
      name: 'status',
      type: 'choice',
      headers: '状態 取引状態 ステータス 処理結果',
      values: { completed: '完了 成功 正常', failed: '失敗 エラー 不成立', pending: '保留 処理中 未確定 不明' },
    },
    amountYen: { name: 'amount_yen', type: 'amount', headers: '金額 取引金額 利用金額 決済金額' },
    merchant: {
      name: 'merchant_id',
      type: 'identifier',
      texts: 'merchants',
      optional: true,
      headers: MERCHANT_HEADERS,
    },
    terminal: { name: 'terminal_id', type: 'identifier', texts: 'words', optional: true, headers: '端末ID 端末番号' },
    related: {
      name: 'related_transaction_id',
      type: 'identifier',
      texts: 'transactionIds',
      optional: true,
      headers: '元取引ID 元取引番号 関連取引ID 対象取引ID',
    },
    funding: {
      name: 'funding',
      type: 'choice',
      optional: true,
      headers: '原資 財源 資金区分',
      values: { coupon: 'クーポン', own: '自己資金 自己負担 購入ポイント' },
      boundBefore: 'amountYen',
    },
  },
} as const satisfies BulkKindDeclaration;
