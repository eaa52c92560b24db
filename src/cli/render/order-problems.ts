import type { Problem } from '../../base/problem.ts';
import { text } from '../../base/text.ts';
import type { OrderedTransfers } from '../../disbursement/order-transfers.ts';

/** Why nothing was written, if that is so: every payout that cannot be, by its id and field, without what stands there. */
export function orderProblems({ outcome, prepared }: OrderedTransfers, file: string): readonly Problem[] {
  switch (outcome) {
    case 'unusable':
      return prepared.unusable.flatMap(({ payoutId, reasons }) =>
        reasons.map(({ field, what }) => ({
          code: 'UNUSABLE_TRANSFER',
          where: payoutId,
          what: text(`${field.ja}: ${what.ja}`, `${field.en}: ${what.en}`),
          advice: text(
            '申請の口座を本人に確かめて直し、run をやり直してください。これを除いて出すには --skip-unusable を足してください',
            'ask the person, mend the application and make a new run; or leave it out by --skip-unusable',
          ),
        })),
      );
    case 'file exists':
      return [
        {
          code: 'FILE_EXISTS',
          where: file,
          what: text(
            '別の内容のファイルがすでにあります。振込ファイルは上書きしません',
            'another file is there, and a file of transfers is never overwritten',
          ),
          advice: text('別の --out を指定してください', 'give another --out'),
        },
      ];
    case 'too many':
      return [
        {
          code: 'TOO_MANY_TRANSFERS',
          where: file,
          what: text(
            '1 ファイルの合計欄(件数 6 桁、金額 12 桁)に収まりません',
            'the totals of one file (six digits of transfers, twelve of yen) cannot hold them',
          ),
          advice: text('条件の違う実行に分けてください', 'divide the coupons among several runs'),
        },
      ];
    default:
      return [];
  }
}
