import { grouped } from '../base/figures.ts';
import { text } from '../base/text.ts';
import { reinstatementsOf } from '../ledger/balance.ts';
import { bGrounds } from './conclusions.ts';
import type { Rule } from './rule.ts';

/** A balance that regionPAY put back although the files show neither B1 nor B2 (3-rules.md §5). */
export const reinstatement: Rule = {
  id: 'reinstatement',
  version: 1,
  title: text('理由の見えない戻入', 'Reinstatement without a ground'),
  clauses: ['2B2'],
  readings: ['R12'],
  reading: text(
    '戻入は補償であって取消ではない。理由がデータに見えない戻入は、延長してよいかを人が決める。',
    'What was put back is compensation, not a cancel. Where the files show no reason for it, a person decides whether the coupon stays extended.',
  ),
  concerns: ({ coupon }) => reinstatementsOf(coupon).length > 0,
  onPlainCoupon: 'silent',
  judge: (file, _policy, earlier) => {
    const reinstatements = reinstatementsOf(file.coupon);
    if (reinstatements.length === 0) return [];
    const evidence = () => reinstatements.map((movement) => movement.evidence);
    const yen = reinstatements.reduce((sum, movement) => sum + movement.amountYen, 0);
    const grounds = bGrounds(file, earlier).length;
    const facts = () => ({ reinstatements: reinstatements.length, reinstated_yen: yen, b_grounds: grounds });
    if (grounds > 0) return [{ outcome: 'met', facts, evidence }];
    return [
      {
        outcome: 'undetermined',
        facts,
        missing: [text('戻入の理由(regionPAY か事務局)', 'why it was put back (regionPAY or the office)')],
        evidence,
        question: {
          reason: 'REINSTATED_WITHOUT_GROUND',
          stakeYen: 0,
          detail: text(
            `戻入 ${grouped(yen)}円の理由がデータにない`,
            `${grouped(yen)} yen put back for a reason that the files do not show`,
          ),
          grants: [{ id: 'B1', payments: [] }],
        },
      },
    ];
  },
};
