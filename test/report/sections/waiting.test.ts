import { expect, test } from 'vitest';
import { KAGOSHIMA } from '../../../src/policy/kagoshima-2023-02-24.ts';
import { policyOf } from '../../../src/policy/policy.ts';
import { waitingSection } from '../../../src/report/sections/waiting.ts';
import { contentsIn, shownIn, workedNight } from '../worked-night.ts';

const contents = contentsIn(workedNight());
const { html } = waitingSection(contents);

test('what holds money comes first, with whom it waits for', () => {
  const ja = shownIn(html, 'ja');
  const places = ['OUTLIVES_EXTENSION', 'INDETERMINATE', 'AMBIGUOUS_SUPPORT', '申請待ち'].map((words) =>
    ja.indexOf(words),
  );
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(0);
  expect(ja).toContain('ポイント: 4月30日(締切済み)、振込: (定めなし)');
});

test('what nobody has to answer is not there', () => {
  const review = { ...contents.summary.review };
  delete review.INDETERMINATE;
  const without = waitingSection({ ...contents, summary: { ...contents.summary, review, statuses: {} } }).html;
  expect(without).not.toContain('INDETERMINATE');
  expect(without).not.toContain('#status=');
});

test('days are those of the policy: one without a first extension has none', () => {
  const { firstExtension: _, applicationsOpen: __, ...terms } = KAGOSHIMA.file.terms;
  const policy = policyOf({ ...KAGOSHIMA.file, terms: { ...terms, claimsClose: '2023-04-15' } });
  const other = shownIn(waitingSection({ ...contents, policy }).html, 'en');
  expect(other).not.toContain('first extension');
  expect(other).not.toContain('applications for points');
  expect(other).toContain('calls to the call centre');
  expect(shownIn(html, 'en')).toContain('first extension');
});

test('a night on which nothing waits says so', () => {
  const summary = { ...contents.summary, review: {}, statuses: {}, extensions: 0 };
  expect(shownIn(waitingSection({ ...contents, summary }).html, 'en')).toContain('Nothing waits.');
});
