import type { GroupRecord, Support } from '../pairing/groups.ts';
import { text } from '../policy/text.ts';
import { isLeftOpen, latest, paymentEvidence, seenOfGroup } from './group-words.ts';
import type { Finding, Rule } from './rule.ts';

/** Before any ground: does the shop's record allow a conclusion on these payments at all (3-rules.md §3)? */
export const shopRecord: Rule = {
  id: 'shop-record',
  version: 1,
  title: text('店の記録との突合せ', 'The shop\u2019s record'),
  clauses: ['2B2'],
  readings: ['R6', 'R7', 'R8', 'R14'],
  reading: text(
    '店の売上と決済を最善に組み合わせ、どの組み合わせでも答えが同じときだけ機械が決める。報告のない日については何も言えない。',
    'Payments are paired with the shop\u2019s sales as well as can be; only what every best pairing agrees on is decided. A day without a report says nothing.',
  ),
  judge: ({ groups }) => groups.map(judgeGroup),
  concerns: ({ groups }) => groups.some(isLeftOpen),
};

function judgeGroup(record: GroupRecord): Finding {
  const { group, support } = record;
  const common = {
    ...seenOfGroup(group),
    group,
    evidence: [...paymentEvidence(group), ...record.nearSales, ...record.bills],
  };
  if (support.kind === 'decided') {
    const seen = {
      ...common.seen,
      paired_with_sales: support.paired,
      in_combined_bills: support.combined.length,
      unsupported: support.unsupported.length,
    };
    return { ...common, seen, outcome: support.unsupported.length === 0 ? 'met' : 'not met', missing: [] };
  }
  return support.kind === 'uncovered' ? uncovered(record, support, common) : ambiguous(record, support, common);
}

type Common = Pick<Finding, 'seen' | 'evidence'> & { readonly about: string; readonly group: GroupRecord['group'] };

function uncovered({ group }: GroupRecord, support: Extract<Support, { kind: 'uncovered' }>, common: Common): Finding {
  const finding: Finding = {
    ...common,
    seen: { ...common.seen, covered: false, repeats_within_gap: support.repeats },
    outcome: 'undetermined',
    missing: [text('その日の店の売上報告(店に依頼)', 'the shop\u2019s report for that day (ask the shop)')],
  };
  if (support.repeats === 0) return finding;
  const payments = latest(group.payments, support.repeats);
  return {
    ...finding,
    question: {
      reason: 'REPEAT_UNVERIFIED',
      stakeYen: support.repeats * group.amountYen,
      detail: text(
        `${group.merchantId}: ${group.amountYen}円の決済が続けて ${group.payments.length} 件。店の報告がない`,
        `${group.merchantId}: ${group.payments.length} payments of ${group.amountYen} yen in quick succession, no report from the shop`,
      ),
      grants: [{ id: 'B2', group, payments }],
    },
  };
}

function ambiguous({ group }: GroupRecord, support: Extract<Support, { kind: 'ambiguous' }>, common: Common): Finding {
  const doubtful = group.payments.length - support.lowest;
  return {
    ...common,
    seen: {
      ...common.seen,
      covered: true,
      paired_at_least: support.lowest,
      paired_at_most: support.highest,
      because: support.because,
    },
    outcome: 'undetermined',
    missing: [text('どの売上がどの決済のものか(店に確認)', 'which sale belongs to which payment (ask the shop)')],
    question: {
      reason: 'AMBIGUOUS_SUPPORT',
      stakeYen: doubtful * group.amountYen,
      detail: text(
        `${group.merchantId}: ${group.amountYen}円の決済 ${group.payments.length} 件のうち店の売上と合うのは ${support.lowest}〜${support.highest} 件(${AMBIGUITIES[support.because].ja})`,
        `${group.merchantId}: of ${group.payments.length} payments of ${group.amountYen} yen, the shop\u2019s sales support ${support.lowest} to ${support.highest} (${AMBIGUITIES[support.because].en})`,
      ),
      grants: [{ id: 'B1', group, payments: latest(group.payments, doubtful) }],
    },
  };
}

const AMBIGUITIES: Readonly<Record<Extract<Support, { kind: 'ambiguous' }>['because'], ReturnType<typeof text>>> = {
  'pairings differ': text('組み合わせ方で変わる', 'it depends on the pairing'),
  'bills overlap': text('合算払いの候補が複数ある', 'more than one combined bill is possible'),
  'crowded till': text('同じ時間帯の決済が多すぎる', 'too many payments at the till at once'),
  'bill or sale': text('合算払いか単独払いか決まらない', 'a combined bill or a sale of its own'),
};
