import type { FewKindDeclaration } from './column.ts';

/** What people decided of the questions of earlier runs. */
export const DECISIONS = {
  id: 'reviewId',
  happenedAt: 'decidedAt',
  option: { name: 'decisions', words: { ja: '人の決定', en: 'review decisions' } },
  evidencePrefix: 'decision',
  columns: {
    reviewId: { name: 'review_id', type: 'identifier', headers: '確認ID 審査ID' },
    evidenceHash: { name: 'evidence_hash', type: 'identifier', headers: '根拠ハッシュ 証拠ハッシュ' },
    decision: {
      name: 'decision',
      type: 'choice',
      headers: '判断 決定',
      values: { approve: '承認 認める approved 承認済 承認済み', reject: '却下 認めない rejected 却下済 却下済み' },
    },
    decidedBy: { name: 'decided_by', type: 'verbatim', headers: '判断者 決定者' },
    decidedAt: { name: 'decided_at', type: 'instant', headers: '判断日時 決定日時' },
    note: { name: 'note', type: 'verbatim', optional: true, headers: '備考 メモ' },
  },
} as const satisfies FewKindDeclaration;

/** What review.csv shows of a question that is answered: no order to answer it so, unless somebody signs it. */
export const SHOWN_AS_ANSWERED = { approve: 'approved', reject: 'rejected' } as const;

/** Who decided, for telling people apart: one who writes their name in full width, or with a space, is still the same. */
export const deciderOf = (decidedBy: string): string => decidedBy.normalize('NFKC').replace(/\s/g, '').toLowerCase();
