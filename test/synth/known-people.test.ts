import { describe, expect, test } from 'vitest';
import { rowsOf } from '../../src/synth/known-coupon.ts';
import { knownPeople } from '../../src/synth/known-people.ts';
import { seasonOf } from '../../src/synth/season.ts';
import { type ChangedTerms2, policyOfCohorts } from '../policy/version-2.ts';

const CAPS = {
  compensation: {
    kind: 'percentage',
    percent: 50,
    rounding: 'half-up',
    minimumYen: 100,
    capPerCouponYen: 700,
    capPerPersonYen: 1600,
  },
} as const;

function peopleUnder(changed: ChangedTerms2 = {}, { seed = 1, mostRows = 2000 } = {}) {
  const { terms } = policyOfCohorts(undefined, changed);
  return knownPeople(terms, seasonOf(terms), seed, mostRows);
}
const shownUnder = (changed: ChangedTerms2 = {}) => new Set(peopleUnder(changed).map(({ shows }) => shows));

describe('somebody is at the edge', () => {
  test.each<readonly [string, ChangedTerms2, readonly string[]]>([
    ['of each expiry', {}, ['just enough for (A)', 'a yen too little for (A)', 'all spent in the extension']],
    [
      'of each window',
      {},
      ['cash in the last second of a window', 'cash in the second after a window', 'called about too late'],
    ],
    [
      'of what is paid for a balance',
      CAPS,
      ['just the minimum', 'just the cap a coupon', 'above the cap a coupon', 'half a yen over'],
    ],
    [
      'of what is paid to a person',
      CAPS,
      [
        'a yen less than the cap a person',
        'just the cap a person',
        'a yen more than the cap a person',
        'shares beyond the cap a person',
      ],
    ],
    [
      'of first and last days',
      {},
      ['applied for a second too early (points)', 'applied for in the last second (bank_transfer)'],
    ],
    ['of the programme', { media: ['paper'] }, ['of another medium', 'of another prefecture']],
    [
      'of a fixed sum',
      { compensation: { kind: 'fixed', yen: 800 } },
      ['a fixed sum of just the face value', 'a fixed sum above the face value'],
    ],
    [
      'of what one account can hold',
      { mostCouponsPerAccount: 2 },
      ['as many as an account can hold', 'more than an account can hold'],
    ],
  ])('%s', (_, changed, shows) => {
    expect([...shownUnder(changed)]).toEqual(expect.arrayContaining([...shows]));
  });

  test('of each window and expiry', () => {
    const people = peopleUnder();
    const times = (shows: string) => people.filter((coupon) => coupon.shows === shows).length;
    expect([times('just enough for (A)'), times('cash in the last second of a window')]).toEqual([2, 2]);
  });

  test('and nobody where the policy has none', () => {
    const shown = shownUnder({ claimsClose: undefined, mostCouponsPerAccount: undefined, bank: undefined });
    for (const shows of [
      'called about too late',
      'more than an account can hold',
      'just the cap a person',
      'of another medium',
    ])
      expect([...shown]).not.toContain(shows);
  });
});

test('the same seed makes the same people, and no more than there are rows for, those who come last left out', () => {
  expect(peopleUnder()).toEqual(peopleUnder());
  expect(peopleUnder({}, { seed: 2 })).not.toEqual(peopleUnder());
  const few = peopleUnder({}, { mostRows: 60 });
  expect(few.reduce((rows, coupon) => rows + rowsOf(coupon), 0)).toBeLessThanOrEqual(60);
  expect(few.map(({ shows }) => shows)).toEqual(
    peopleUnder()
      .slice(0, few.length)
      .map(({ shows }) => shows),
  );
});
