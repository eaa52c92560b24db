import type { BulkKindDeclaration } from './column.ts';
import { COUPON_HEADERS, MERCHANT_HEADERS } from './shared-headers.ts';

/** What shops reported of their tills. */
export const SALES = {
  id: 'report',
  yen: 'totalYen',
  option: { name: 'merchantReports', words: { ja: '店の売上報告', en: 'merchant reports' }, isRequired: true },
  evidencePrefix: 'sale',
  columns: {
    report: { name: 'report_id', type: 'identifier', texts: 'reports', headers: '報告ID 報告番号 明細ID 売上ID' },
    merchant: { name: 'merchant_id', type: 'identifier', texts: 'merchants', headers: MERCHANT_HEADERS },
    soldAt: { name: 'sold_at', type: 'instant', headers: '売上日時 販売日時 会計日時' },
    totalYen: { name: 'total_yen', type: 'amount', headers: '合計 合計金額 総額 会計金額' },
    couponYen: { name: 'coupon_yen', type: 'amount', headers: 'クーポン クーポン額 クーポン金額 クーポン利用額' },
    cashYen: { name: 'cash_yen', type: 'amount', headers: '現金 現金額 現金金額' },
    otherYen: { name: 'other_yen', type: 'amount', optional: true, headers: 'その他 その他金額' },
    coupon: { name: 'coupon_number', type: 'coupon', optional: true, headers: COUPON_HEADERS },
    receipt: {
      name: 'receipt_no',
      type: 'identifier',
      texts: 'texts',
      optional: true,
      headers: 'レシート番号 伝票番号',
    },
    voided: {
      name: 'voided',
      type: 'choice',
      optional: true,
      headers: '取消区分 取消フラグ 取消',
      values: { no: '0 通常 いいえ false', yes: '1 取消 取消済 取消済み はい true' },
      kept: false,
      refuses: { yes: 'VOIDED_SALE' },
    },
  },
} as const satisfies BulkKindDeclaration;
