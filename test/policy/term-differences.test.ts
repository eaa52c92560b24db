import { expect, test } from 'vitest';
import { differenceWords, termDifferences } from '../../src/policy/term-differences.ts';
import { FILE, policyWith } from './made-up.ts';

test('terms that differ are told with both values, and which one is not stated', () => {
  const { firstExtension: _, ...before } = FILE.terms;
  const after = policyWith({ repeatPressGapSeconds: 61, claimsClose: undefined }).file.terms;
  const differences = termDifferences(before, after);
  expect(differences).toEqual([
    { term: 'claimsClose', before: '2031-08-10', after: undefined },
    { term: 'repeatPressGapSeconds', before: 60, after: 61 },
    { term: 'firstExtension', before: undefined, after: '2031-07-18' },
  ]);
  expect(differenceWords(differences)).toEqual({
    ja: 'claimsClose 2031-08-10 → なし、repeatPressGapSeconds 60 → 61、firstExtension なし → 2031-07-18',
    en: 'claimsClose 2031-08-10 → none; repeatPressGapSeconds 60 → 61; firstExtension none → 2031-07-18',
  });
});

test('the same terms in another order do not differ', () => {
  const reversed = Object.fromEntries(Object.entries(FILE.terms).reverse()) as typeof FILE.terms;
  expect(termDifferences(FILE.terms, reversed)).toEqual([]);
});
