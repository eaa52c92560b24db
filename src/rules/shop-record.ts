import { grouped } from '../base/figures.ts';
import { text } from '../base/text.ts';
import type { Group, GroupRecord, Support } from '../pairing/groups.ts';
import type { SetAsideSale } from '../pairing/rejected-sales.ts';
import { setAsideOnAny } from '../pairing/set-aside-sales.ts';
import type { Facts, Finding, Question } from './finding.ts';
import { isLeftOpen, latest, onGroup } from './group-words.ts';
import { AMBIGUITY_WORDS, reportGap, reportMissing } from './merchant-report-words.ts';
import type { CaseFile, Rule } from './rule.ts';

/**
 * Before any ground: does the shop's record allow a conclusion on these payments at all (3-rules.md §3)? Not where lo and hi
 * differ or a combination is not sole; else Z and U are known. Of a shop-day that is not covered it says nothing, but for
 * payments at most G apart.
 */
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
  onPlainCoupon: 'silent',
  judge: (file) => file.groups.map((record) => judgeGroup(record, file)),
  concerns: ({ groups }) => groups.some(isLeftOpen),
};

function judgeGroup(record: GroupRecord, { setAsideOn }: CaseFile): Finding {
  const { group, support } = record;
  const observed = { kind: 'support', support } as const;
  const facts = () => factsOf(support);
  const evidence = () => [...record.nearSales, ...record.bills];
  switch (support.kind) {
    case 'decided': {
      const outcome = support.unsupported.length === 0 ? 'met' : 'not met';
      return onGroup(group, { outcome, observed, facts, evidence });
    }
    case 'uncovered': {
      const setAside = setAsideOnAny(group.payments, setAsideOn);
      const question = support.repeats === 0 ? undefined : repeated(group, support.repeats, setAside);
      const missing = [reportMissing(setAside)];
      return onGroup(group, { outcome: 'undetermined', missing, observed, question, facts, evidence });
    }
    case 'ambiguous': {
      const question = ambiguous(group, support);
      return onGroup(group, { outcome: 'undetermined', missing: NO_ONE_PAIRING, observed, question, facts, evidence });
    }
  }
}

function factsOf(support: Support): Facts {
  switch (support.kind) {
    case 'decided':
      return {
        paired_with_sales: support.paired,
        in_combined_bills: support.combined.length,
        unsupported: support.unsupported.length,
      };
    case 'uncovered':
      return { covered: false, repeats_within_gap: support.repeats };
    case 'ambiguous':
      return {
        covered: true,
        paired_at_least: support.lowest,
        paired_at_most: support.highest,
        because: support.because,
      };
  }
}

const NO_ONE_PAIRING = [
  text('どの売上がどの決済のものか(店に確認)', 'which sale belongs to which payment (ask the shop)'),
];

const repeated = (group: Group, repeats: number, setAside: readonly SetAsideSale[]): Question => ({
  reason: 'REPEAT_UNVERIFIED',
  stakeYen: repeats * group.amountYen,
  detail: text(
    `${group.merchantId}: ${grouped(group.amountYen)}円の決済が続けて ${group.payments.length} 件。${reportGap(setAside).ja}`,
    `${group.merchantId}: ${group.payments.length} payments of ${grouped(group.amountYen)} yen in quick succession, ${reportGap(setAside).en}`,
  ),
  grants: [{ id: 'B2', group, payments: latest(group.payments, repeats) }],
});

function ambiguous(group: Group, { lowest, highest, because }: Extract<Support, { kind: 'ambiguous' }>): Question {
  const doubtful = group.payments.length - lowest;
  return {
    reason: 'AMBIGUOUS_SUPPORT',
    stakeYen: doubtful * group.amountYen,
    detail: text(
      `${group.merchantId}: ${grouped(group.amountYen)}円の決済 ${group.payments.length} 件のうち店の売上と合うのは ${lowest}〜${highest} 件(${AMBIGUITY_WORDS[because].ja})`,
      `${group.merchantId}: of ${group.payments.length} payments of ${grouped(group.amountYen)} yen, the shop\u2019s sales support ${lowest} to ${highest} (${AMBIGUITY_WORDS[because].en})`,
    ),
    grants: [{ id: 'B1', group, payments: latest(group.payments, doubtful) }],
  };
}
