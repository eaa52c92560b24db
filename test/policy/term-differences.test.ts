import { expect, test } from 'vitest';
import { differenceWords, termDifferences, withGoneRoutesOnce } from '../../src/policy/term-differences.ts';
import { FILE, policyWith } from './made-up.ts';
import { COHORTS, FILE_2, policyOfCohorts } from './version-2.ts';

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

test('terms of version 2 are told by their paths, in lists too', () => {
  const { points, outages } = FILE_2.terms;
  const later = { ...outages[1], to: '2031-07-15T20:50' };
  const after = { ...FILE_2.terms, outages: [outages[0], later], points: { ...points, receiveBy: undefined } };
  expect(differenceWords(termDifferences(FILE_2.terms, after)).en).toBe(
    'outages.1.to 2031-07-15T20:44 → 2031-07-15T20:50; points.receiveBy 2031-10-01 → none',
  );
  expect(termDifferences(FILE_2.terms, structuredClone(FILE_2.terms))).toEqual([]);
});

test('of a way to be paid that is gone its beginning is told, and of one that is new all', () => {
  const { points, ...withoutPoints } = FILE_2.terms;
  const gone = termDifferences(FILE_2.terms, { ...withoutPoints, claimsClose: '2031-08-11' });
  expect(gone.length).toBe(5);
  expect(differenceWords(withGoneRoutesOnce(gone)).en).toBe(
    'points.from 2031-08-21 → none; claimsClose 2031-08-10 → 2031-08-11',
  );
  const come = termDifferences(withoutPoints, FILE_2.terms);
  expect(withGoneRoutesOnce(come)).toEqual(come);
  // A window that is gone is no way to be paid.
  const [first] = FILE_2.terms.outages;
  const fewer = termDifferences(FILE_2.terms, { ...FILE_2.terms, outages: [first] });
  expect(withGoneRoutesOnce(fewer)).toEqual(fewer);
});

test('a cohort is told by its expiry: one more before it is that alone, and their order says nothing', () => {
  const [first, second] = COHORTS;
  const one = policyOfCohorts([second]).file.terms;
  expect(termDifferences(one, policyOfCohorts([first, second]).file.terms)).toEqual([
    { term: 'cohorts.2031-07-15.originalExpiry', before: undefined, after: '2031-07-15' },
    { term: 'cohorts.2031-07-15.firstExtension', before: undefined, after: '2031-07-18' },
    { term: 'cohorts.2031-07-15.secondExtension', before: undefined, after: '2031-08-20' },
  ]);
  const both = policyOfCohorts([first, second]).file.terms;
  expect(termDifferences(both, policyOfCohorts([second, first]).file.terms)).toEqual([]);
});
