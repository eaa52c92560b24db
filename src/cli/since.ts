import { text } from '../policy/text.ts';
import type { Previous } from '../publish/previous.ts';
import type { Outcome } from '../settlement/settle.ts';
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

export function changesSince(previous: Previous, { settlements }: Outcome): Since {
  const listed = settlements.filter((each) => each.listed);
  const now = new Set(listed.map((each) => each.couponNumber));
  const known = listed.filter((each) => previous.coupons.has(each.couponNumber));
  const changed = known.filter((each) => {
    const before = previous.coupons.get(each.couponNumber);
    return before?.status !== each.status || before.payableYen !== String(each.amounts?.payableYen ?? '');
  });
  return {
    newCoupons: listed.length - known.length,
    changedCoupons: changed.length,
    goneCoupons: [...previous.coupons.keys()].filter((coupon) => !now.has(coupon)).length,
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
