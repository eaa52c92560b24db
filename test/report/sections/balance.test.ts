import { expect, test } from 'vitest';
import { drained } from '../../../src/base/steps.ts';
import { NO_TABLE } from '../../../src/report/published-table.ts';
import { balanceSection } from '../../../src/report/sections/balance.ts';
import { contentsIn, shownIn, workedNight } from '../worked-night.ts';

const contents = contentsIn(workedNight());

test('face value is spent, left or wrongly deducted, and goes on', () => {
  const ja = shownIn(drained(balanceSection(contents)).html, 'ja');
  // 36,301 left + 6,500 wrongly deducted of 64,000; the rest was spent.
  for (const words of ['64,000円', '21,199円', '36,301円', '6,500円', '24,401円']) expect(ja).toContain(words);
  expect(ja).toContain('合計\n–\n36,301\n6,500\n42,801');
});

test('what is not listed is told beside it: of seven such coupons one is out of scope', () => {
  const ja = shownIn(drained(balanceSection(contents)).html, 'ja');
  // Six of 2,000, 2,000, 2,000, 2,000, 4,000 and 2,000 yen; 6,300 yen of payments less what was put back.
  expect(ja).toContain('一覧にない 6 枚・14,000円は補償に関わらず、6,300円が使われ、7,700円が残っています');
});

test('of coupons in the app no expiry is printed', () => {
  const terms = { ...contents.policy.terms, media: ['app'] as const };
  const other = drained(balanceSection({ ...contents, policy: { ...contents.policy, terms } }));
  expect(shownIn(other.html, 'ja')).toContain('ほかはもとの期限か延長の終わりの時点です');
  expect(shownIn(drained(balanceSection(contents)).html, 'ja')).toContain('ほかは券面の期限か延長の終わりの時点です');
});

test('without figures the face value is not known', () => {
  const { html } = drained(balanceSection({ ...contents, figures: undefined }));
  expect(html).not.toContain('64,000');
  expect(shownIn(html, 'ja')).toContain('36,301円');
});

test('where nothing is left it says so', () => {
  expect(shownIn(drained(balanceSection({ ...contents, coupons: NO_TABLE })).html, 'en')).toContain('Nothing is left');
});
