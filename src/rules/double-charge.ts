import { SECOND } from '../base/instants.ts';
import { text } from '../base/text.ts';
import type { Payment } from '../ledger/case.ts';
import type { GroupRecord } from '../pairing/groups.ts';
import type { Finding } from './finding.ts';
import { hasUnsupported, onGroup } from './group-words.ts';
import type { Rule } from './rule.ts';

/**
 * (B)②: the pay button was pressed again and the payment settled again (3-rules.md §4.3). B2 is of all of U: k (of lo and Z)
 * is at least 1, and each payment of U has another one of the group at most G away.
 */
export const doubleCharge: Rule = {
  id: 'double-charge',
  version: 1,
  title: text('二重決済(B②)', 'Double charge (B②)'),
  clauses: ['1B2', '2B2'],
  readings: ['R7', 'R8'],
  reading: text(
    '同じ店・同じ金額の決済のうち少なくともひとつに店の売上があり、裏づけのない決済がどれも別の決済から決められた間隔以内にあるとき。',
    'Of the payments of one amount at one shop at least one has a sale, and each one without lies within the stated gap of another.',
  ),
  onPlainCoupon: 'silent',
  judge: ({ groups }, policy) => groups.map((record) => judgeGroup(record, policy.terms.repeatPressGap)),
  concerns: ({ groups }) => groups.some(hasUnsupported),
};

function judgeGroup(record: GroupRecord, gap: number): Finding {
  const { group, support } = record;
  const evidence = () => record.nearSales;
  if (support.kind !== 'decided') {
    const missing = [text('店の記録による裏づけ', 'what the shop\u2019s record supports')];
    return onGroup(group, { outcome: 'undetermined', missing, facts: () => ({}), evidence });
  }
  const { unsupported } = support;
  const supported = support.paired + support.combined.length;
  const gapOf = new Map(group.payments.map((payment, place) => [payment, nearestGap(group.payments, place)]));
  const gaps = unsupported.map((payment) => gapOf.get(payment) as number);
  const facts = () => ({
    supported,
    unsupported: unsupported.length,
    widest_gap_seconds: widestOf(gaps),
    allowed_gap_seconds: gap / SECOND,
  });
  const met = unsupported.length > 0 && supported >= 1 && gaps.every((own) => own <= gap);
  if (!met) return onGroup(group, { outcome: 'not met', facts, evidence });
  const ground = { id: 'B2', group, payments: unsupported } as const;
  return onGroup(group, { outcome: 'met', ground, facts, evidence });
}

/** In seconds; null where there is none. */
function widestOf(gaps: readonly number[]): number | null {
  const widest = gaps.reduce((most, gap) => Math.max(most, gap), Number.NEGATIVE_INFINITY);
  return Number.isFinite(widest) ? widest / SECOND : null;
}

/** Time to the nearest other payment of the group, which is a neighbour; infinite where there is none. @param all by time */
function nearestGap(all: readonly Payment[], place: number): number {
  const at = (all[place] as Payment).occurredAt;
  const gapTo = (other: Payment | undefined): number =>
    other === undefined ? Number.POSITIVE_INFINITY : Math.abs(other.occurredAt - at);
  return Math.min(gapTo(all[place - 1]), gapTo(all[place + 1]));
}
