import { expect, test } from 'vitest';
import { asVersion2, withCohorts } from '../../src/policy/as-version-2.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { policyOf } from '../../src/policy/policy.ts';
import { policyFile2Schema } from '../../src/policy/policy-file.ts';
import { FILE, policyWith } from './made-up.ts';

// What is paid follows from the terms as they are computed: these have to be the same.
test.each([
  ['every term', policyOf(FILE)],
  ['none that may be absent', policyWith({ firstExtension: undefined, claimsClose: undefined, receiveBy: undefined })],
  ['the built-in notice', KAGOSHIMA],
])('a policy of version 1 with %s has the same terms in version 2', (_, policy) => {
  const file = asVersion2(policy.file);
  expect(policyFile2Schema.parse(file)).toEqual(file);
  expect(policyOf(file).terms).toEqual(policy.terms);
  expect(asVersion2(file)).toBe(file);
});

test.each([
  ['a first extension', policyOf(FILE)],
  ['none', policyWith({ firstExtension: undefined })],
])('and the same with its one cohort of %s in a list', (_, policy) => {
  const file = withCohorts(asVersion2(policy.file));
  expect(policyFile2Schema.parse(file)).toEqual(file);
  expect(file.terms.cohorts).toHaveLength(1);
  expect(policyOf(file).terms).toEqual(policy.terms);
  expect(withCohorts(file)).toBe(file);
});
