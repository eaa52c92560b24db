import { expect, test } from 'vitest';
import type { OpenQuestion } from '../../../src/audit/record/questions.ts';
import { answeredText, reviewScreen } from '../../../src/cli/render/review-screen.ts';
import { translateTo } from '../../../src/cli/terminal/language.ts';
import { REVIEW_REASONS, type ReviewReason } from '../../../src/policy/vocabulary.ts';

const [JA, EN] = [translateTo('ja'), translateTo('en')];
const QUESTION: OpenQuestion = {
  reviewId: 'R0123456789abcdef',
  evidenceHash: 'E1',
  couponNumber: '000000000204',
  reason: 'REPEAT_UNVERIFIED',
  holds: false,
  stakeYen: 1400,
  detail: 'M09: 続けて 2 件 / M09: 2 in quick succession',
  evidence: ['tx:T1', 'tx:T2'],
  state: 'open',
};
const FACTS = { place: 3, of: 12, answers: [], decidedBy: '佐藤', note: '' };

test('a screen says what is asked, of what, of how much, who could say, and what each answer does', () => {
  expect(reviewScreen(QUESTION, FACTS, JA).split('\n')).toEqual([
    '3 / 12 件目',
    '',
    '■ 続けて決済されているが、店の報告がないか使えない行がある。店に報告を求めてください',
    '',
    '  クーポン 000000000204',
    '  M09: 続けて 2 件',
    '  確認中の金額 1,400円',
    '  分かるところ: 店 (その日の全売上の報告)',
    '',
    '  承認すると: 確認中の金額を戻し入れます',
    '  却下すると: 戻し入れません',
    '',
    '  R0123456789abcdef  REPEAT_UNVERIFIED  tx:T1 tx:T2',
    '',
  ]);
  expect(reviewScreen(QUESTION, FACTS, EN)).toContain('  M09: 2 in quick succession\n  at stake: 1,400 yen\n');
});

test('a detail that could be cut in two ways is shown whole', () => {
  expect(reviewScreen({ ...QUESTION, detail: 'a / b / c' }, FACTS, JA)).toContain('  a / b / c\n');
});

test('what was answered before, and a note, are shown', () => {
  const answer = { reviewId: 'R', evidenceHash: 'E1', decision: 'approve', decidedAt: '5/9', note: '' } as const;
  const screen = reviewScreen(
    { ...QUESTION, state: 'needs_second', holds: true },
    {
      ...FACTS,
      note: '店長に電話',
      answers: [
        { ...answer, decidedBy: '森' },
        { ...answer, decision: 'reject', decidedBy: '佐藤' },
      ],
    },
    JA,
  );
  for (const line of [
    '決まるまで支払いを止めています',
    '別の人の確認が要ります',
    '承認 森 5/9',
    '却下 佐藤(あなた) 5/9',
    '備考: 店長に電話',
  ])
    expect(screen).toContain(line);
  expect(reviewScreen({ ...QUESTION, state: 'stale' }, FACTS, JA)).toContain('もう一度決めてください');
});

// 3-rules.md §7: reject: a hold stays for good, payable 0; the others close.
test('a rejected hold pays nothing, and no other question says so', () => {
  for (const reason of Object.keys(REVIEW_REASONS) as ReviewReason[]) {
    const rejects = reviewScreen({ ...QUESTION, reason }, FACTS, JA).includes(
      '却下すると: このクーポンには支払いません',
    );
    expect(rejects, reason).toBe(REVIEW_REASONS[reason].holds);
  }
});

test('at the end it is said where the answers are, and what to do with them', () => {
  expect(answeredText(2, 1200, 'd.csv', JA)).toBe(
    'この回に決めたもの 2 件、残り 1,200 件。書いた先: d.csv\n次の run に --decisions d.csv で渡してください',
  );
});
