import { expect, test } from 'vitest';
import { KAGOSHIMA } from '../../../src/policy/kagoshima-2023-02-24.ts';
import { policyOf } from '../../../src/policy/policy.ts';
import { canComeUnder, GROUNDS, REASONS, REVIEW_REASONS, STATUSES } from '../../../src/policy/vocabulary.ts';
import { tableWords } from '../../../src/report/table/words.ts';
import { CHANNELS } from '../../../src/rules/channels/index.ts';
import { policyOfVersion2, TWO_COHORTS } from '../../rules/rule-tester.ts';

const words = tableWords(KAGOSHIMA);

test('there is a word for everything that a table can hold', () => {
  expect(Object.keys(words.says).sort()).toEqual(Object.keys(STATUSES).sort());
  expect(Object.keys(words.because).sort()).toEqual(Object.keys(GROUNDS).sort());
  const reasons = Object.keys(REASONS).filter((reason) => canComeUnder(KAGOSHIMA.terms, reason));
  expect(Object.keys(words.reasons).sort()).toEqual([...reasons, ...Object.keys(REVIEW_REASONS)].sort());
  expect(Object.keys(words.routes)).toEqual(CHANNELS.map(({ id }) => id));
});

test('what a word rests on is a rule, and its clauses are there', () => {
  for (const id of Object.values(words.rulesOf).flat())
    for (const clause of words.rules[id]?.clauses ?? ['no such rule']) expect(words.clauses).toHaveProperty(clause);
});

test('days are those of the policy in force', () => {
  expect(words.says.lapsed?.en).toContain('points closed: 30 April; for bank transfers: (none stated)');
  const { firstExtension: _, ...terms } = KAGOSHIMA.file.terms;
  const other = tableWords(
    policyOf({
      ...KAGOSHIMA.file,
      terms: { ...terms, originalExpiry: '2023-02-25', bankApplicationsClose: '2023-06-30' },
    }),
  );
  // Without a first extension the printed expiry is the end of it.
  expect(other.says.pending?.ja).toContain('2月25日');
  expect(other.says.lapsed?.en).toContain('for bank transfers: 30 June');
});

test('coupons in the app have no printed expiry, and without a first extension none ends', () => {
  const { firstExtension: _, receiveBy: __, ...terms } = KAGOSHIMA.file.terms;
  const { says, because, reasons } = tableWords(policyOf({ ...KAGOSHIMA.file, terms: { ...terms, medium: 'app' } }));
  expect(because.A).toEqual({
    ja: 'もとの期限が2月24日で、その終わりに残高がありました。',
    en: 'Its own expiry is 24 February, and something was left at the end of it.',
  });
  expect(says.pending?.en).toBe('Nothing can be said before its own expiry, 24 February.');
  expect(says.still_valid?.ja).toBe('もとの期限{until}まで使えるため、補償はありません。');
  // Nor can anything be sent too late.
  expect([words.reasons.PAST_RECEIVE_BY !== undefined, reasons.PAST_RECEIVE_BY]).toEqual([true, undefined]);
  expect(words.because.A?.ja).toBe('券面の期限が2月24日で、最初の延長が終わった2月26日に残高がありました。');
});

test('of several expiries the day is that of the coupon', () => {
  const { says, because } = tableWords(TWO_COHORTS);
  expect(says.pending?.en).toBe('Nothing can be said before {until} has ended.');
  expect(because.A?.en).toBe(
    'Its printed expiry is one that (A) names, and something was left at the end of the first extension, or of an expiry that has none.',
  );
  expect(words.because.A?.en).toContain('24 February');
});

test('a way in which nothing is paid has no words, and whoever asked for it is told so', () => {
  const { routes, reasons, says } = tableWords(policyOfVersion2({ bank: undefined }));
  expect(Object.keys(routes)).toEqual(['app_url', 'application_url']);
  expect(reasons.METHOD_NOT_OFFERED?.en).toBe('an application for a bank transfer, and none is made here');
  expect(says.lapsed?.en).toBe('Nobody applied in time. Applications for points closed: 30 April.');
});
