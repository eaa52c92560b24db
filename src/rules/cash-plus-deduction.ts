import { grouped } from '../base/figures.ts';
import { text } from '../base/text.ts';
import { NONE } from '../ledger/case.ts';
import type { Group, GroupRecord } from '../pairing/groups.ts';
import type { Finding, Question } from './finding.ts';
import { hasUnsupported, latest, onGroup } from './group-words.ts';
import type { Rule } from './rule.ts';

/**
 * (B)①: paid in cash or the like while the coupon was deducted too (3-rules.md §4.1, §4.2). B1 is of all of U: a bill of at
 * least the amount that names the coupon, or a claimant's nameless one of just the amount, at most T from a payment of U.
 */
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
  onPlainCoupon: 'silent',
  judge: ({ groups }) => groups.map(judgeGroup),
  concerns: ({ groups }) => groups.some(hasUnsupported),
};

function judgeGroup(record: GroupRecord): Finding {
  const { group, support, writtenDown, claimant, claimedSales } = record;
  if (support.kind !== 'decided') {
    const missing = [text('店の記録による裏づけ', 'what the shop\u2019s record supports')];
    return onGroup(group, { outcome: 'undetermined', missing, facts: () => ({}), evidence: nothing });
  }
  const { unsupported } = support;
  const observed = { kind: 'claimant', pairing: claimant, bills: claimedSales } as const;
  const facts = () => ({ unsupported: unsupported.length, written_down: writtenDown.length, claimant });
  const notMet = { outcome: 'not met', observed, facts, evidence: nothing } as const;
  if (unsupported.length === 0) return onGroup(group, notMet);
  const ground = { id: 'B1', group, payments: unsupported } as const;
  if (writtenDown.length > 0)
    return onGroup(group, { outcome: 'met', observed, ground, facts, evidence: () => writtenDown });
  const evidence = () => claimedSales;
  if (claimant === 'every') return onGroup(group, { outcome: 'met', observed, ground, facts, evidence });
  if (claimant !== 'some') return onGroup(group, notMet);
  const missing = [text('番号なしの会計が誰のものか(店に確認)', 'whose the nameless bill is (ask the shop)')];
  const question = overclaimed(group, unsupported.length);
  return onGroup(group, { outcome: 'undetermined', missing, observed, question, facts, evidence });
}

const nothing = () => NONE;

const overclaimed = (group: Group, unsupported: number): Question => ({
  reason: 'AMBIGUOUS_SUPPORT',
  stakeYen: unsupported * group.amountYen,
  detail: text(
    `${group.merchantId}: ${grouped(group.amountYen)}円の番号なし会計より申出のほうが多い`,
    `${group.merchantId}: more claims than nameless bills of ${grouped(group.amountYen)} yen`,
  ),
  grants: [{ id: 'B1', group, payments: latest(group.payments, unsupported) }],
});
