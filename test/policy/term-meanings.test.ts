import { describe, expect, test } from 'vitest';
import { differenceMeaning, TERM_MEANINGS } from '../../src/policy/term-meanings.ts';
import { FILE } from './made-up.ts';

/** Which of the sentences of a term is said. */
function said(term: string, before: string | number | undefined, after: string | number | undefined): string {
  const told = differenceMeaning({ term, before, after });
  return told === TERM_MEANINGS[term]?.more ? 'more' : told === TERM_MEANINGS[term]?.less ? 'less' : told.en;
}

describe('each term that a policy can state', () => {
  test('is asked for, in the order of a policy file', () => {
    expect(Object.keys(TERM_MEANINGS)).toEqual(Object.keys(FILE.terms));
  });

  test.each(Object.entries(TERM_MEANINGS))('%s is told in both languages', (_, { asks, means, more, less }) => {
    for (const { ja, en } of [asks, means, more, less]) {
      expect(ja).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
      expect(en).not.toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
    }
  });
});

describe('a term that differs', () => {
  test.each([
    ['claimsClose', '2031-08-10', '2031-08-11', 'more'],
    ['claimsClose', '2031-08-10', '2031-08-09', 'less'],
    ['repeatPressGapSeconds', 60, 61, 'more'],
    // As texts, 9 would be above 10.
    ['repeatPressGapSeconds', 9, 10, 'more'],
    ['outageTo', '2031-07-14 23:30', '2031-07-14T23:30:30', 'more'],
    ['outageTo', '2031-07-14T23:31', '2031-07-14 23:30', 'less'],
  ])('%s %s → %s is told as %s', (term, before, after, expected) => {
    expect(said(term, before, after)).toBe(expected);
  });

  test.each([
    ['claimsClose', '2031-08-10', undefined, 'more'],
    ['claimsClose', undefined, '2031-08-10', 'less'],
    // Without an opening day, people could apply from the first day on.
    ['applicationsOpen', '2031-07-25', undefined, 'less'],
    ['applicationsOpen', undefined, '2031-07-25', 'more'],
    ['firstExtension', '2031-07-18', undefined, 'less'],
  ])('%s %s → %s: what is not stated has its own place', (term, before, after, expected) => {
    expect(said(term, before, after)).toBe(expected);
  });

  // Version 2 of a policy file states the same terms elsewhere, and some of its own.
  test.each([
    ['outages.1.to', '2031-07-14T23:30', '2031-07-14T23:31', TERM_MEANINGS.outageTo?.more.en],
    ['bank.applicationsClose', '2031-08-10', '2031-08-09', TERM_MEANINGS.bankApplicationsClose?.less.en],
    ['points.applicationsClose', '2031-08-10', '2031-08-11', TERM_MEANINGS.applicationsClose?.more.en],
    ['prefectures.0', '13', '27', 'the coupons of another prefecture are judged'],
    ['outages.1.from', undefined, '2031-07-14T23:30', 'there is one time of the outage more'],
    ['outages.1.to', '2031-07-14T23:31', undefined, 'there is one time of the outage less'],
    ['points.from', '2031-08-21', undefined, 'nothing is paid in points any more'],
    ['bank.from', undefined, '2031-09-10', 'a bank transfer is a way to be paid, too'],
    ['cohorts.2031-07-16.originalExpiry', undefined, '2031-07-16', 'coupons of this expiry are in (A), too'],
    ['cohorts.2031-07-16.originalExpiry', '2031-07-16', undefined, 'coupons of this expiry are in (A) no more'],
    ['cohorts.2031-07-16.firstExtension', undefined, '2031-07-18', 'of this expiry (A) is read at the end of this day'],
    ['cohorts.2031-07-16.firstExtension', '2031-07-18', '2031-07-19', TERM_MEANINGS.firstExtension?.more.en],
    ['cohorts.2031-07-16.secondExtension', '2031-08-20', '2031-08-19', TERM_MEANINGS.secondExtension?.less.en],
    ['compensation.percent', 50, 51, 'another sum is paid for the balance'],
  ])('%s %s → %s of version 2 is told as what it is', (term, before, after, expected) => {
    expect(differenceMeaning({ term, before, after }).en).toBe(expected);
  });

  test('is told even if nobody has described it', () => {
    expect(said('anotherTerm', 1, 2)).toBe('is another condition');
  });
});
