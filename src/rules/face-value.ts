import { grouped } from '../base/figures.ts';
import { text } from '../base/text.ts';
import { evidenceBefore } from '../ledger/balance.ts';
import type { ReviewReason } from '../policy/vocabulary.ts';
import type { Finding, JudgedFinding } from './finding.ts';
import type { CaseFile, Rule } from './rule.ts';

/**
 * What is paid for a coupon never exceeds its face value (3-rules.md §6). Sums that come to more were counted twice
 * somewhere: most likely one payment was put back both by name and without. A person looks, and what is above the face
 * value is not paid whatever the answer is.
 */
export const faceValue: Rule = {
  id: 'face-value',
  version: 1,
  title: text('額面の上限', 'No more than the face value'),
  clauses: ['2A2', '2B2'],
  readings: ['R8', 'R16'],
  reading: text(
    '支払済みとこれから払う額の和が額面を超えるクーポンは、人が確かめるまで払わない。承認しても、払うのは支払済みと合わせて額面まで。',
    'Where what was paid and what is due come to more than the face value, nothing is paid until a person has looked; and then no more than the face value in all.',
  ),
  // Nothing comes back to a plain coupon, so that what is left of it is within its face value; one for which more is paid
  // than is left is not settled from sums.
  onPlainCoupon: 'silent',
  concerns: ({ coupon }, earlier) =>
    earlier.some(({ amounts }) => amounts !== undefined && amounts.entitledYen > coupon.faceYen),
  judge: (file, _policy, earlier) => {
    const { faceYen, alreadyPaidYen } = file.coupon;
    const amounts = earlier.find((finding) => finding.amounts !== undefined)?.amounts;
    if (amounts === undefined || isAsked('OVERPAID', earlier) || isAsked('OVER_REFUNDED', earlier)) return [];
    const dueYen = Math.max(0, amounts.entitledYen - alreadyPaidYen);
    const excessYen = alreadyPaidYen + dueYen - faceYen;
    return excessYen > 0 ? [exceedsFace(file, amounts.cutOff, amounts.entitledYen, excessYen)] : [];
  },
};

/** Such a question is asked, or was answered. */
const isAsked = (reason: ReviewReason, earlier: readonly JudgedFinding[]): boolean =>
  earlier.some(({ question }) => question?.reason === reason);

/** The paid rows are no evidence of it: an answer must outlast the payout that is made for its sake. */
function exceedsFace({ coupon }: CaseFile, cutOff: number, entitledYen: number, excessYen: number): Finding {
  const { faceYen, alreadyPaidYen } = coupon;
  return {
    outcome: 'undetermined',
    facts: () => ({
      face_yen: faceYen,
      entitled_yen: entitledYen,
      already_paid_yen: alreadyPaidYen,
      above_face_yen: excessYen,
    }),
    missing: [text('二重に数えた戻入・取消(regionPAY)', 'which credit was counted twice (regionPAY)')],
    evidence: () => [coupon.issuance, ...evidenceBefore(coupon, cutOff)],
    question: {
      reason: 'EXCEEDS_FACE',
      atMostYen: faceYen,
      detail: text(
        `額面 ${grouped(faceYen)}円に対し、支払済み ${grouped(alreadyPaidYen)}円、払うべき額 ${grouped(entitledYen)}円(${grouped(excessYen)}円の超過)`,
        `face value ${grouped(faceYen)} yen; ${grouped(alreadyPaidYen)} yen paid, ${grouped(entitledYen)} yen due in all: ${grouped(excessYen)} too many`,
      ),
    },
  };
}
