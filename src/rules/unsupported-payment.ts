import { grouped } from '../base/figures.ts';
import { text } from '../base/text.ts';
import type { GroupRecord } from '../pairing/groups.ts';
import type { Finding, Question } from './finding.ts';
import { hasUnsupported, latest, onGroup } from './group-words.ts';
import type { Rule } from './rule.ts';

/**
 * What is left where neither (B) ground fits, though u > 0: a question, and another one where k (of lo and Z) is 0 and n at
 * least 2, for then the shop has no sale at all (3-rules.md §4.4).
 */
export const unsupportedPayment: Rule = {
  id: 'unsupported-payment',
  version: 1,
  title: text('裏づけのない決済', 'Unsupported payment'),
  clauses: ['1other'],
  readings: ['R6', 'R7', 'R8'],
  reading: text(
    '店の売上にない決済で (B)① にも (B)② にも当たらないものは、人が店か本人に確かめる。',
    'A payment that the shop\u2019s sales do not show and that is neither (B)① nor (B)② is looked into by a person.',
  ),
  onPlainCoupon: 'silent',
  judge: ({ groups }) => groups.map(judgeGroup),
  concerns: ({ groups }) => groups.some(hasUnsupported),
};

function judgeGroup(record: GroupRecord): Finding {
  const { group, support } = record;
  const evidence = () => record.nearSales;
  const unsupported = support.kind === 'decided' ? support.unsupported.length : 0;
  if (support.kind !== 'decided' || unsupported === 0)
    return onGroup(group, { outcome: 'not met', facts: () => ({}), evidence });
  const supported = support.paired + support.combined.length;
  const count = group.payments.length;
  const noneRecorded = supported === 0 && count >= 2;
  const question: Question = {
    reason: noneRecorded ? 'NO_SALE_RECORDED' : 'UNSUPPORTED_PAYMENT',
    stakeYen: (noneRecorded ? count : unsupported) * group.amountYen,
    detail: text(
      `${group.merchantId}: ${grouped(group.amountYen)}円の決済 ${count} 件のうち ${unsupported} 件に店の売上がない`,
      `${group.merchantId}: ${unsupported} of ${count} payments of ${grouped(group.amountYen)} yen have no sale`,
    ),
    grants: [{ id: 'B1', group, payments: latest(group.payments, unsupported) }],
  };
  const facts = () => ({ supported, unsupported });
  return onGroup(group, { outcome: 'undetermined', missing: MISSING, question, facts, evidence });
}

const MISSING = [
  text(
    'この決済で何が売れたか(店に確認)、または本人の申出',
    'what was sold for it (ask the shop), or a call from the holder',
  ),
];
