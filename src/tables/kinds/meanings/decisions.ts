import { text } from '../../../base/text.ts';
import type { DECISIONS } from '../decisions.ts';
import { JUDGED_ALIKE, type KindMeaning } from './meaning.ts';

export const DECISIONS_IN_WORDS: KindMeaning<typeof DECISIONS> = {
  title: text('人の決定', 'Review decisions'),
  what: text(
    '1 行が review.csv の確認 1 件への答えです。review.csv(または review.xlsx)に decision・decided_by・decided_at を書き入れ、CSV で保存すれば、それがこのファイルです。一度渡したものは毎晩渡します。',
    'A row is the answer to one question of review.csv. A review.csv (or review.xlsx) in which decision, decided_by and decided_at were filled in, saved as CSV, is this file. What was handed in once is handed in every night.',
  ),
  givenBy: text('確認を担当する職員', 'the staff who answer the questions'),
  columns: {
    reviewId: { what: text('確認の番号。review.csv のまま。', 'The question, as review.csv has it.') },
    evidenceHash: {
      what: text(
        '答えたときの根拠を表す文字列。review.csv のまま。根拠が変わると、答えは使わず聞き直す。',
        'What the answer rests on, as review.csv has it: if the evidence changes, the question is asked again.',
      ),
    },
    decision: {
      what: text('認めるかどうか。', 'Whether it is approved.'),
      values: { approve: text('認める', 'yes'), reject: text('認めない', 'no') },
    },
    decidedBy: { what: text('決めた人の名前。', 'Who decided.') },
    decidedAt: {
      what: text(
        '決めた日時。空欄なら、まだ決めていない行として数えない。',
        'When. A row without it is not decided yet, and does not count.',
      ),
    },
    note: {
      what: text('理由などの控え。', 'Why, for whoever asks later.'),
      without: JUDGED_ALIKE,
    },
  },
  rows: [
    {
      reviewId: 'R0123456789abcdef',
      evidenceHash: '0123456789abcdef0123456789abcdef',
      decision: 'approve',
      decidedBy: '係員A',
      decidedAt: '2022-12-26T10:00:00+09:00',
      note: '店に確認した',
    },
  ],
};
