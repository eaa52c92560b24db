import { expect, test } from 'vitest';
import { policyComparisonSchema } from '../../../src/audit/diff/policy-difference.ts';

const named = { id: 'a', title: { ja: '甲', en: 'A' } };

test('a comparison without a night says so, and nothing else may stand in it', () => {
  const comparison = { before: named, after: named, terms: [], night: null };
  expect(policyComparisonSchema.safeParse(comparison).success).toBe(true);
  expect(policyComparisonSchema.safeParse({ ...comparison, phone: '' }).success).toBe(false);
  expect(policyComparisonSchema.safeParse({ before: named, after: named, terms: [] }).success).toBe(false);
});

test('a term that is not stated is null', () => {
  const terms = [{ path: 'terms.claimsClose', before: null, after: '2031-08-10', means: { ja: '甲', en: 'A' } }];
  expect(policyComparisonSchema.safeParse({ before: named, after: named, terms, night: null }).success).toBe(true);
});
