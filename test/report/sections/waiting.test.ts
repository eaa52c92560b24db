import { expect, test } from 'vitest';
import { dayNumber, startOfDay } from '../../../src/base/instants.ts';
import { KAGOSHIMA } from '../../../src/policy/kagoshima-2023-02-24.ts';
import { policyOf } from '../../../src/policy/policy.ts';
import { waitingSection } from '../../../src/report/sections/waiting.ts';
import { TWO_COHORTS } from '../../rules/rule-tester.ts';
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

test('of several expiries each has its extensions with its name, and what is waited for is each of their days', () => {
  const statuses = { extended: contents.summary.statuses.awaiting_application };
  const summary = { ...contents.summary, statuses } as typeof contents.summary;
  const inApril = { ...contents, policy: TWO_COHORTS, summary, asOf: startOfDay(dayNumber(2023, 4, 3)) };
  const several = shownIn(waitingSection(inApril).html, 'en');
  for (const name of ['first extension (expiry 24 February)', 'second extension (expiry 25 February)'])
    expect(several).toContain(name);
  expect(several).not.toContain('first extension (expiry 25 February)');
  // A (B) of any other expiry is extended to a day of its own.
  expect(several).toContain('extension of (B) (other expiries)');
  expect(several).toContain('20 March (closed); 31 March (closed); 5 April');
});

test('a night on which nothing waits says so', () => {
  const summary = { ...contents.summary, review: {}, statuses: {}, extensions: 0 };
  expect(shownIn(waitingSection({ ...contents, summary }).html, 'en')).toContain('Nothing waits.');
});
