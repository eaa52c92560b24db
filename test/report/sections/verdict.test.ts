import { describe, expect, test } from 'vitest';
import { drained } from '../../../src/base/steps.ts';
import type { Summary } from '../../../src/publish/summary.ts';
import type { Contents } from '../../../src/report/contents.ts';
import { openQuestions, verdictSection, waitingSum } from '../../../src/report/sections/verdict.ts';
import { contentsIn, shownIn, workedNight } from '../worked-night.ts';

const contents = contentsIn(workedNight());
const changed = (change: (summary: { -readonly [Key in keyof Summary]: Summary[Key] }) => void): Contents => {
  const summary = structuredClone(contents.summary);
  change(summary);
  return { ...contents, summary };
};
const told = (of: Contents, language: 'ja' | 'en' = 'ja'): string =>
  shownIn(drained(verdictSection(of)).html, language);
const NOBODY = { count: 0, yen: 0, routes: {} };

describe('the verdict', () => {
  test('is what can be sent, what later, and what is stuck', () => {
    const ja = told(contents);
    expect(ja).toContain('いま 11 件、24,401円を送れます。');
    expect(ja).toContain('ほかに 1 件、2,000円は5月15日から送れます');
    // OUTLIVES_EXTENSION 3,000 and INDETERMINATE 2,000 hold; six others are at 3,000 + 1,400 + 1,600 + 0 yen.
    expect(ja).toContain('支払いを止めているものが 2 件、5,000円');
    expect(ja).toContain('確かめることが 6 件あります(6,000円が変わり得ます)');
    expect(ja).toContain('申請を待つクーポンが 2 枚、4,000円');
    expect(drained(verdictSection(contents)).html).toContain('class="verdict good"');
  });

  test.each([
    [
      'later alone',
      NOBODY,
      { ...NOBODY, count: 2, yen: 70 },
      'いま送るものはありません。後日 2 件、70円を送ります。',
      'good',
    ],
    ['nothing', NOBODY, NOBODY, '送るものはありません。', 'idle'],
  ])('of %s', (_, now, later, words, kind) => {
    const of = changed((summary) => {
      summary.sending = { ...summary.sending, toSend: { now, later } };
    });
    expect(told(of)).toContain(words);
    expect(drained(verdictSection(of)).html).toContain(`class="verdict ${kind}"`);
  });

  test.each<readonly [string, (summary: Summary) => Partial<Summary>, string]>([
    [
      'paid rows that contradict',
      (s) => ({ sending: { ...s.sending, conflicting: { count: 3, yen: 1 } } }),
      '食い違う支払いが 3 件',
    ],
    [
      'paid rows that have gone',
      (s) => ({ sending: { ...s.sending, gone: { count: 2, yen: 1 } } }),
      '2 件なくなっています',
    ],
    ['paid rows that match nothing', () => ({ unmatchedPaid: { rows: 4, first: [] } }), '支払済みの行が 4 行'],
    ['paid rows of other coupons', () => ({ paidRowsOnOtherCoupons: 5 }), '支払済みの行が 5 行'],
    [
      'odd files',
      (s) => ({ files: s.files.map((file) => ({ ...file, warnings: ['MAY_BE_UTC'] })) }),
      'issuance.csv、transactions.csv',
    ],
  ])('asks to look first where there are %s', (_, change, words) => {
    const of = changed((summary) => Object.assign(summary, change(summary)));
    expect(told(of)).toContain(`送る前に確かめてください: `);
    expect(told(of)).toContain(words);
    expect(drained(verdictSection(of)).html).toContain('class="verdict care"');
  });
});

test('what is answered is no longer open', () => {
  const of = changed(({ review }) => {
    const { INDETERMINATE } = review;
    if (INDETERMINATE !== undefined) Object.assign(INDETERMINATE, { open: 0, approved: 1, stakeYen: 0 });
  });
  expect(openQuestions(of.summary).holding).toEqual({ count: 1, yen: 3000 });
});

test('what waits is due, or what is left', () => {
  expect(waitingSum(contents.summary)).toEqual({ coupons: 2, yen: 4000 });
});
