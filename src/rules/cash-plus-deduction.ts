import type { GroupRecord } from '../pairing/groups.ts';
import { text } from '../policy/text.ts';
import { hasUnsupported, latest, paymentEvidence, seenOfGroup } from './group-words.ts';
import type { Finding, Rule } from './rule.ts';

/** (B)①: paid in cash or the like while the coupon was deducted too (3-rules.md §4.1, §4.2). */
export const cashPlusDeduction: Rule = {
  id: 'cash-plus-deduction',
  version: 1,
  title: text('現金払いと引き落とし(B①)', 'Cash plus deduction (B①)'),
  clauses: ['1B1', '2B2'],
  readings: ['R6', 'R8'],
  reading: text(
    '店の売上に裏づけのない決済について、店がその番号を「クーポンなしで払われた」会計に書き残しているか、申出があって同額の番号なし会計がどの組み合わせでもその人のものになるとき。',
    'For payments that the shop\u2019s sales do not support: the shop wrote the number on a bill paid without the coupon; or there is a claim, and a nameless bill of the same amount is the claimant\u2019s in every best pairing.',
  ),
  judge: ({ groups }) => groups.map(judgeGroup),
  concerns: ({ groups }) => groups.some(hasUnsupported),
};

function judgeGroup(record: GroupRecord): Finding {
  const { group, support, writtenDown, claimant } = record;
  const common = { ...seenOfGroup(group), group, evidence: paymentEvidence(group) };
  if (support.kind !== 'decided') {
    return {
      ...common,
      outcome: 'undetermined',
      missing: [text('店の記録による裏づけ', 'what the shop\u2019s record supports')],
    };
  }
  const { unsupported } = support;
  const seen = { ...common.seen, unsupported: unsupported.length, written_down: writtenDown.length, claimant };
  if (unsupported.length === 0) return { ...common, seen, outcome: 'not met', missing: [] };
  const ground = { id: 'B1', group, payments: unsupported } as const;
  if (writtenDown.length > 0) {
    return { ...common, seen, outcome: 'met', missing: [], ground, evidence: [...common.evidence, ...writtenDown] };
  }
  const evidence = [...common.evidence, ...record.claimedSales];
  if (claimant === 'every') return { ...common, seen, outcome: 'met', missing: [], ground, evidence };
  if (claimant !== 'some') return { ...common, seen, outcome: 'not met', missing: [] };
  return {
    ...common,
    seen,
    outcome: 'undetermined',
    missing: [text('番号なしの会計が誰のものか(店に確認)', 'whose the nameless bill is (ask the shop)')],
    evidence,
    question: {
      reason: 'AMBIGUOUS_SUPPORT',
      stakeYen: unsupported.length * group.amountYen,
      detail: text(
        `${group.merchantId}: ${group.amountYen}円の番号なし会計より申出のほうが多い`,
        `${group.merchantId}: more claims than nameless bills of ${group.amountYen} yen`,
      ),
      grants: [{ id: 'B1', group, payments: latest(group.payments, unsupported.length) }],
    },
  };
}
