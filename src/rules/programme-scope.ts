import { text } from '../base/text.ts';
import type { Rule } from './rule.ts';

/** Which coupons the notice speaks of at all: in scope, and of a cohort, paid with in W, or named (3-rules.md §1). */
export const programmeScope: Rule = {
  id: 'programme-scope',
  version: 1,
  title: text('事業の対象', 'Coupons of the programme'),
  clauses: ['0', '1'],
  readings: ['R1'],
  reading: text(
    'この事業の都道府県と媒体のクーポンで、(A) の期限に当たるか、障害中に決済があるか、申出・申請・支払いがあるもの。',
    'A coupon of the programme\u2019s prefecture and medium that is in the (A) cohort, paid during the outage, or is named by a claim, an application or a payout.',
  ),
  concerns: () => false,
  onPlainCoupon: 'silent',
  judge: ({ coupon }) => [
    {
      outcome: 'met',
      facts: () => ({ prefecture: coupon.prefecture, medium: coupon.medium, face_yen: coupon.faceYen }),
      evidence: () => [coupon.issuance],
    },
  ],
};
