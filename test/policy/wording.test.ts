import { describe, expect, test } from 'vitest';
import { formatDate } from '../../src/base/instants.ts';
import { text } from '../../src/base/text.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { clausesOf, type Policy, policyOf, readingsOf } from '../../src/policy/policy.ts';
import { policyFileSchema } from '../../src/policy/policy-file.ts';
import {
  expireOnDayOfOutage,
  isOfOneNight,
  mediumWords,
  outageDates,
  outageTime,
  wordedBy,
} from '../../src/policy/wording.ts';

/** The built-in policy with some terms otherwise; undefined takes one away. */
function withTerms(changes: Readonly<Record<string, unknown>>): Policy {
  const { file } = KAGOSHIMA;
  const terms = Object.entries({ ...file.terms, ...changes }).filter(([, value]) => value !== undefined);
  return policyOf(policyFileSchema.parse({ ...file, terms: Object.fromEntries(terms) }));
}

/** An outage from one time to another, on the night of a February that has no other term of this test. */
const outage = (from: string, to: string): Policy =>
  withTerms({ outageFrom: `2023-02-${from}`, outageTo: `2023-02-${to}` });

const saysOf = (policy: Policy, id: string) =>
  [...clausesOf(policy), ...readingsOf(policy)].find((each) => each.id === id)?.says;

test.each([
  ['24T17:45', '24T22:15', true],
  ['24T19:00', '25T05:59', true],
  ['24T16:59', '24T17:30', false],
  ['24T08:00', '24T11:00', false],
  // All day is no night, though it ends in one.
  ['24T12:00', '24T23:00', false],
  ['24T19:00', '26T04:00', false],
])('an outage from %s to %s is of one evening or night: %s', (from, to, isOfOne) => {
  expect(isOfOneNight(outage(from, to).terms)).toBe(isOfOne);
});

test('words are the same under every policy, or made from its terms', () => {
  expect(wordedBy(KAGOSHIMA.terms, text('紙', 'paper'))).toEqual({ ja: '紙', en: 'paper' });
  expect(wordedBy(KAGOSHIMA.terms, ({ media: [medium = ''] }) => text(medium, medium)).en).toBe('paper');
});

describe('an outage is told', () => {
  test.each([
    // The end is exclusive: 22:59 is over at 23:00, 23:00 is not.
    ['24T17:45', '24T22:59', 'On the evening of {outageDate}'],
    ['24T17:45', '24T23:00', 'On {outageDate}'],
    ['24T17:00', '24T17:30', 'On the evening of {outageDate}'],
    ['24T16:59', '24T17:30', 'On the afternoon of {outageDate}'],
    ['24T16:59', '24T18:00', 'On {outageDate}'],
    ['24T19:00', '24T23:59', 'On the evening of {outageDate}'],
    ['24T05:00', '24T11:59', 'On the morning of {outageDate}'],
    ['24T05:00', '24T12:00', 'On {outageDate}'],
    ['24T04:59', '24T06:00', 'On {outageDate}'],
    ['24T12:00', '24T12:30', 'On the afternoon of {outageDate}'],
    ['24T18:00', '25T05:59', 'In the night from {outageDate} to {outageLastDate}'],
    ['24T23:10', '25T06:00', 'From {outageDate} to {outageLastDate}'],
    ['24T17:45', '26T10:00', 'From {outageDate} to {outageLastDate}'],
  ])('from %s to %s: %s', (from, to, words) => {
    expect(outageTime(outage(from, to).terms).en).toBe(words);
  });

  test('in Japanese by the part of the day too: an evening that begins at seven is a night', () => {
    expect(outageTime(outage('24T18:59', '24T20:00').terms).ja).toBe('{outageDate} 夕方、');
    expect(outageTime(outage('24T19:00', '24T20:00').terms).ja).toBe('{outageDate} 夜、');
  });

  test('with its last date, which a minute after midnight is another', () => {
    const datesOf = (policy: Policy) => outageDates(policy.terms).map(formatDate);
    expect(datesOf(outage('24T22:00', '24T23:59'))).toEqual(['2023-02-24', '2023-02-24']);
    expect(datesOf(outage('24T22:00', '25T00:00'))).toEqual(['2023-02-24', '2023-02-25']);
    expect(saysOf(outage('24T22:00', '25T00:00'), '0')?.en).toBe(
      'In the night from 2023-02-24 to 2023-02-25 paper regional coupons could not be issued, charged or paid with. Programme of prefecture 46.',
    );
  });
});

test('an expiry is the day of the outage only where that is one day, and this one', () => {
  expect(expireOnDayOfOutage(KAGOSHIMA.terms)).toBe(true);
  expect(expireOnDayOfOutage(outage('24T22:00', '25T00:00').terms)).toBe(false);
  expect(expireOnDayOfOutage(outage('23T10:00', '23T11:00').terms)).toBe(false);
});

test('only on paper an expiry is printed', () => {
  expect(mediumWords(KAGOSHIMA.terms).own.en).toBe('printed');
  expect(mediumWords(withTerms({ medium: 'app' }).terms).own.en).toBe('own');
});

describe('a term that is absent is a sentence of its own', () => {
  test.each([
    [
      '1A',
      { firstExtension: undefined },
      'A coupon valid until 2023-02-24 that still holds at least 1 yen at the end of that day.',
    ],
    [
      'R3',
      { firstExtension: undefined },
      'Two balances: whether it is covered is read at the end of 2023-02-24, how much at the end of 2023-03-31.',
    ],
    [
      '2A2i',
      { applicationsOpen: undefined },
      'Not charged to the app, or no longer a member: apply on the special site by 2023-04-30. To be received by 2023-05-31.',
    ],
    [
      '2A2i',
      { applicationsClose: undefined },
      'Not charged to the app, or no longer a member: apply on the special site from 2023-03-22 on. To be received by 2023-05-31.',
    ],
    [
      '2A2i',
      { applicationsOpen: undefined, applicationsClose: undefined, receiveBy: undefined },
      'Not charged to the app, or no longer a member: apply on the special site. No day is stated by which it has to be received.',
    ],
    ['R15', { mostCouponsPerAccount: undefined }, 'An account is one person, however many coupons it has.'],
    [
      'R13',
      { receiveBy: undefined },
      'The office\u2019s delay is not the citizen\u2019s: without a deadline for receiving nothing is sent too late.',
    ],
  ])('clause or reading %s without %o', (id, changes, says) => {
    expect(saysOf(withTerms(changes), id)?.en).toBe(says);
  });

  test.each([
    [
      '2B1',
      { claimsClose: '2023-03-20' },
      '(B) begins with a call to the call centre by 2023-03-20, which asks for the number, the expiry, the prefecture and the shop.',
    ],
    [
      '2bank',
      { bankApplicationsClose: '2023-06-30' },
      'Who does not want points applies with a bank account by 2023-06-30 and is refunded by transfer, in turn, from about 2023-05-15.',
    ],
  ])('and clause %s says what the built-in notice leaves open, with %o', (id, changes, says) => {
    expect(saysOf(withTerms(changes), id)?.en).toBe(says);
  });

  test('and words that speak of one all the same are refused, not printed with a gap', () => {
    const policy = withTerms({ firstExtension: undefined });
    const cohorts = policy.terms.cohorts.map((cohort) => ({ ...cohort, firstExtension: 1 }));
    // The wording sees an extension that the file does not state.
    const contradictory = { ...policy, terms: { ...policy.terms, cohorts } };
    expect(() => clausesOf(contradictory)).toThrow('words speak of firstExtension0, which the policy does not state');
  });
});
