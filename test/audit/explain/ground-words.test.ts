import { expect, test } from 'vitest';
import { firstExtension, groundsOn } from '../../../src/audit/explain/ground-words.ts';
import { cohort, type Drawn, terms, toldOf } from './told.ts';

/** Without a first extension. */
const UNEXTENDED = { ...cohort, firstExtension: undefined };

const english = (drawn: Drawn): string => {
  const { facts, settlement, amounts, asOf } = toldOf(drawn);
  return groundsOn(facts, { ...settlement, amounts }, { terms, asOf })
    .map(({ en }) => en)
    .join(' ');
};

test('a ground is named as the notice names it, with the shop', () => {
  expect(english({ status: 'payable', grounds: ['A', 'B2'] })).toBe(
    'Its printed expiry is the day of the outage (24 February), and the balance was 2,000 yen when the extension ended on 26 February: that is (A). Of 2 payments of 1,317 yen at M00309, 1 has no sale and came in quick succession: charged more than once (B②).',
  );
});

test('a rejected question says that it is no (B), beside why it is no (A)', () => {
  const said = english({ status: 'not_eligible', asked: 'UNSUPPORTED_PAYMENT', verdict: 'reject', inCohort: false });
  expect(said).toContain('It is not (A): its printed expiry 23 February is not the day of the outage (24 February).');
  expect(said).toContain('A person has decided that (B) does not apply');
});

test('the day until which the first extension lasts is the expiry itself where there is none', () => {
  const { originalExpiry, firstExtension: until } = cohort;
  expect(firstExtension(originalExpiry, terms)).toBe(until);
  expect(firstExtension(originalExpiry, { ...terms, cohorts: [UNEXTENDED] })).toBe(originalExpiry);
});

test('where (A) is of another day than the outage, or nothing was extended first, that is what is said', () => {
  const { facts, settlement, amounts, asOf } = toldOf({ status: 'payable', grounds: ['A'] });
  const said = (changes: Partial<typeof terms>): string =>
    groundsOn(facts, { ...settlement, amounts }, { terms: { ...terms, ...changes }, asOf })
      .map(({ en }) => en)
      .join(' ');
  expect(said({ cohorts: [UNEXTENDED] })).toBe(
    'Its printed expiry is the day of the outage (24 February), and the balance was 2,000 yen at the end of 24 February: that is (A).',
  );
  // An outage that went on for another day: 24 February is the day of (A), and not the day of the outage.
  expect(said({ outageEnd: terms.outageEnd + 86_400_000_000 })).toBe(
    'Its printed expiry is that of (A), 24 February, and the balance was 2,000 yen when the extension ended on 26 February: that is (A).',
  );
  expect(said({ media: ['app'] })).toContain('Its own expiry is');
});

test('of several expiries that of the coupon is told with its own extension, and to one that is none of them all', () => {
  const later = { ...UNEXTENDED, originalExpiry: cohort.originalExpiry + 1 };
  const said = (drawn: Drawn): string => {
    const { facts, settlement, amounts, asOf } = toldOf(drawn);
    const grounds = groundsOn(
      facts,
      { ...settlement, amounts },
      { terms: { ...terms, cohorts: [cohort, later] }, asOf },
    );
    return grounds.map(({ ja, en }) => `${ja} ${en}`).join(' ');
  };
  const covered = said({ status: 'payable', grounds: ['A'] });
  expect(covered).toContain(
    'is that of (A), 24 February, and the balance was 2,000 yen when the extension ended on 26',
  );
  const not = said({ status: 'not_eligible', inCohort: false });
  expect(not).toContain('its printed expiry 23 February is not that of (A), 24 February or 25 February');
  expect(not).toContain('(A) の定める2月24日・2月25日のいずれかではないので');
});
