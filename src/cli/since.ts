import { text } from '../policy/text.ts';
import type { Previous } from '../publish/previous.ts';
import type { Cells } from '../publish/published-rows.ts';
import type { Say } from './language.ts';

/** What is otherwise than in the run before: coupons newly listed, changed in status or due yen, and no longer listed. */
export interface Since {
  readonly newCoupons: number;
  readonly changedCoupons: number;
  readonly goneCoupons: number;
  /** Payouts of earlier runs that now count as paid, and their yen. */
  readonly carriedPayouts: number;
  readonly carriedYen: number;
}

/** @param eligibility the rows of the run’s table of that name */
export function changesSince(previous: Previous, eligibility: readonly Cells[]): Since {
  let [newCoupons, known, changedCoupons] = [0, 0, 0];
  for (const { coupon_number: couponNumber = '', status, payable_yen: payableYen } of eligibility) {
    const before = previous.coupons.get(couponNumber);
    if (before === undefined) newCoupons++;
    else {
      known++;
      if (before.status !== status || before.payableYen !== payableYen) changedCoupons++;
    }
  }
  return {
    newCoupons,
    changedCoupons,
    goneCoupons: previous.coupons.size - known,
    carriedPayouts: new Set(previous.carried.map((each) => each.payoutId)).size,
    carriedYen: previous.carried.reduce((sum, each) => sum + each.amountYen, 0),
  };
}

export function sinceText(since: Since, say: Say): string {
  const { newCoupons, changedCoupons, goneCoupons, carriedPayouts, carriedYen } = since;
  return say(
    text(
      `■ 前回から  新しいクーポン ${newCoupons}、変わったもの ${changedCoupons}、なくなったもの ${goneCoupons}\n  これまでの支払い ${carriedPayouts} 件 ${carriedYen}円は支払済みとしています`,
      `■ Since the previous run: ${newCoupons} coupons new, ${changedCoupons} changed, ${goneCoupons} gone\n  ${carriedPayouts} earlier payouts of ${carriedYen} yen count as paid`,
    ),
  );
}
