import { expect, test } from 'vitest';
import { formatDate } from '../../src/base/instants.ts';
import { readDate } from '../../src/policy/policy-file.ts';
import { cohortOf, isOffered, secondExtensionOf, secondExtensionsOf, yearOf } from '../../src/policy/terms.ts';
import { COHORTS, policy2With, policyOfCohorts } from './version-2.ts';

const day = (written: string): number => readDate(written) ?? 0;
// Written the other way round, and (B) of any other expiry until another day.
const { terms } = policyOfCohorts([...COHORTS].reverse(), { secondExtension: '2031-08-22' });

test.each([
  ['2031-07-14', undefined, '2031-08-22'],
  ['2031-07-15', '2031-07-18', '2031-08-20'],
  // The 16th was not extended at first.
  ['2031-07-16', 'none', '2031-08-27'],
  ['2031-07-17', undefined, '2031-08-22'],
  // An extension is no printed expiry (R2).
  ['2031-07-18', undefined, '2031-08-22'],
])('a coupon of %s has the first extension %s, and is extended to %s', (expiry, first, second) => {
  const cohort = cohortOf(terms, day(expiry));
  const until = cohort?.firstExtension === undefined ? 'none' : formatDate(cohort.firstExtension);
  expect(cohort === undefined ? undefined : until).toBe(first);
  expect(formatDate(secondExtensionOf(terms, day(expiry)))).toBe(second);
});

test('the days until which coupons are extended stand in order, each once', () => {
  expect(secondExtensionsOf(terms).map(formatDate)).toEqual(['2031-08-20', '2031-08-22', '2031-08-27']);
  expect(secondExtensionsOf(policyOfCohorts().terms).map(formatDate)).toEqual(['2031-08-20', '2031-08-27']);
  expect(secondExtensionsOf(policy2With({}).terms).map(formatDate)).toEqual(['2031-08-20']);
});

test('the year is that of the outage, and a way is offered where a day is stated from which on', () => {
  expect(yearOf(terms)).toBe(2031);
  const { terms: noBank } = policy2With({ bank: undefined });
  expect([isOffered(noBank, 'points'), isOffered(noBank, 'bank_transfer')]).toEqual([true, false]);
});
