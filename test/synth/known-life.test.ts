import { describe, expect, test } from 'vitest';
import { leftAt } from '../../src/synth/known-coupon.ts';
import { KnownLives, MOST_YEN, type Wanted } from '../../src/synth/known-life.ts';
import { Random } from '../../src/synth/random.ts';
import { DAY, instantText, type SeasonCohort, seasonOf } from '../../src/synth/season.ts';
import { type ChangedTerms2, policyOfCohorts } from '../policy/version-2.ts';

function livesUnder(changed: ChangedTerms2 = {}) {
  const { terms } = policyOfCohorts(undefined, changed);
  const season = seasonOf(terms);
  const lives = new KnownLives(terms, season, new Random(1));
  const [first] = season.cohorts as readonly [SeasonCohort];
  return {
    lives,
    season,
    first,
    make: (wanted: Partial<Wanted>) => lives.make({ shows: 'x', of: first, lastYen: 700, ...wanted }),
  };
}

describe('what is left is what is wanted', () => {
  test('when (A) is judged and in the end', () => {
    const { make, first } = livesUnder();
    const coupon = make({ firstYen: 1500, lastYen: 700 });
    expect(coupon).toBeDefined();
    if (coupon === undefined) return;
    expect([leftAt(coupon, first.firstEnd), leftAt(coupon, first.secondEnd)]).toEqual([1500, 700]);
    expect(coupon.payments.map(({ at }) => at)).toContain(first.secondEnd - 1);
  });

  test('with what is paid in the outage taken off it, on whichever side of the first extension that is', () => {
    const { make, first, season } = livesUnder();
    const at = season.windows[0].from;
    const wrong = { kind: 'pressed twice', at, againAt: at + 5, yen: 400, call: 'in time' } as const;
    const coupon = make({ firstYen: 900, lastYen: 900, wrong });
    if (coupon === undefined) throw new Error('there is room for it');
    expect(leftAt(coupon, first.firstEnd)).toBe(900);
    expect(coupon.payments.filter(({ yen }) => yen === 400).map((payment) => payment.at)).toEqual([at, at + 5]);
    expect(coupon.wronged).toEqual({ ground: 'B2', yen: 400 });
    expect(coupon.sales).toEqual([{ at, shop: coupon.payments[0]?.shop, couponYen: 400, cashYen: 0 }]);
  });

  test('in the last second that counts, or the first that does not', () => {
    const { make, first } = livesUnder();
    expect(make({ lastYen: 700, isSpentLate: true })?.payments.map(({ at }) => at)).toEqual([first.firstEnd - 1]);
    const early = make({ firstYen: 1000, lastYen: 700, isSpentEarly: true });
    expect(early?.payments.map(({ at }) => at)).toContain(first.firstEnd);
    const undone = make({ firstYen: 1000, lastYen: 700, isUndoneTooLate: true });
    expect(undone?.payments.map(({ cancelledAt }) => cancelledAt)).toContain(first.secondEnd);
  });
});

describe('there is no room', () => {
  test.each<readonly [string, ChangedTerms2, Partial<Wanted>]>([
    ['for less than nothing', {}, { lastYen: -1 }],
    ['for more than can be read', {}, { lastYen: MOST_YEN + 1 }],
    ['for what is spent in an extension of no cohort', {}, { of: 22_900, firstYen: 900, lastYen: 700 }],
    [
      'for a late call where none is late',
      { claimsClose: undefined },
      { wrong: { kind: 'cash', at: 0, yen: 1, call: 'late' } },
    ],
    ['for a face value that does not hold it', {}, { faceYen: 500 }],
  ])('%s', (_, changed, wanted) => expect(livesUnder(changed).make(wanted)).toBeUndefined());

  test('after points can be received any more', () => {
    const { make, season } = livesUnder();
    const end = (season.lastDay + 1) * DAY - 1;
    expect(instantText(end)).toBe('2031-10-01T23:59:59+09:00');
    expect(make({ way: { method: 'points', at: end - 1 } })).toBeDefined();
    expect(make({ way: { method: 'points', at: end } })).toBeUndefined();
  });
});

test('media and prefectures come in turn, each at shops of its own', () => {
  const { make } = livesUnder();
  const made = Array.from({ length: 4 }, () => make({}));
  expect(made.map((coupon) => `${coupon?.medium} ${coupon?.prefecture}`)).toEqual([
    'paper 13',
    'paper 14',
    'app 13',
    'app 14',
  ]);
  const shops = made.flatMap((coupon) => coupon?.payments.map(({ shop }) => shop) ?? []);
  expect(new Set(shops).size).toBe(shops.length);
});

test('people are paid in the ways that are offered', () => {
  expect(livesUnder().lives.ways).toEqual(['app', 'points', 'bank_transfer']);
  expect(livesUnder({ bank: undefined }).lives.ways).toEqual(['app', 'points']);
  expect(livesUnder({ points: undefined }).lives.ways).toEqual(['bank_transfer']);
});
