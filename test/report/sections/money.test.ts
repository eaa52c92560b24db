import { expect, test } from 'vitest';
import { drained } from '../../../src/base/steps.ts';
import { KAGOSHIMA } from '../../../src/policy/kagoshima-2023-02-24.ts';
import { moneySection } from '../../../src/report/sections/money.ts';
import { contentsIn, shownIn, workedNight } from '../worked-night.ts';

const contents = contentsIn(workedNight());
const { html } = drained(moneySection(contents));

test('routes now and later, and grounds', () => {
  const ja = shownIn(html, 'ja');
  expect(ja).toContain('アプリ登録先に URL を送付\n9\n20,401\n–\n–');
  expect(ja).toContain('銀行振込\n–\n–\n1\n2,000');
  expect(ja).toContain('合計\n11\n24,401\n1\n2,000');
  expect(ja).toContain('A 期限延長後も残額あり\n11\n16,301');
});

test('from all coupons down to payouts', () => {
  const ja = shownIn(html, 'ja');
  // 30 issued of 78,000 yen, 12 of the day; 25 listed of 64,000; with a ground 11 A + 3 B1 + 4 B2, one of them with two.
  for (const words of [
    '30 枚 ・ 78,000円',
    '12 枚 ・ 25,000円',
    '25 枚 ・ 64,000円',
    '17 枚',
    '15 枚 ・ 30,401円',
    '13 枚 ・ 26,401円',
  ])
    expect(ja).toContain(words);
});

test('an expiry on another day than that of the outage is told by its date', () => {
  const cohorts = KAGOSHIMA.terms.cohorts.map((cohort) => ({ ...cohort, originalExpiry: cohort.originalExpiry + 1 }));
  const terms = { ...KAGOSHIMA.terms, cohorts, media: ['app'] as const };
  const other = shownIn(drained(moneySection({ ...contents, policy: { ...KAGOSHIMA, terms } })).html, 'ja');
  expect(other).toContain('うち、もとの期限が2月25日のもの');
  expect(shownIn(html, 'ja')).toContain('うち、券面の期限が障害の日のもの');
});

test('marks lead to the coupons', () => {
  expect(html).toContain('href="#ground=B2"');
  expect(html).toContain('href="#status=payable"');
});
