import { describe, expect, test } from 'vitest';
import { isTheBalance, shareOf, shareWords } from '../../src/policy/compensation.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import type { ChangedTerms2 } from './version-2.ts';
import { policy2With } from './version-2.ts';

const termsWith = (compensation: ChangedTerms2['compensation']) => policy2With({ compensation }).terms;
const half = { kind: 'percentage', percent: 50 } as const;
const third = { kind: 'percentage', percent: 33 } as const;

/** What is left, and what is paid for it. Around each edge: below, at, above. */
const SHARES: readonly (readonly [string, ChangedTerms2['compensation'], readonly (readonly [number, number])[]])[] = [
  [
    'nothing stated',
    undefined,
    [
      [0, 0],
      [1, 1],
      [999, 999],
      [-5, -5],
    ],
  ],
  [
    'the balance',
    { kind: 'balance' },
    [
      [0, 0],
      [1, 1],
      [-1, -1],
    ],
  ],
  [
    'a fixed sum, whatever is left',
    { kind: 'fixed', yen: 500 },
    [
      [-1, -1],
      [0, 0],
      [1, 500],
      [499, 500],
      [501, 500],
    ],
  ],
  [
    'half, rounded down',
    { ...half, rounding: 'down' },
    [
      [1, 0],
      [2, 1],
      [3, 1],
      [-3, -3],
    ],
  ],
  [
    'half, rounded up',
    { ...half, rounding: 'up' },
    [
      [1, 1],
      [2, 1],
      [3, 2],
    ],
  ],
  [
    'half, half a yen up',
    { ...half, rounding: 'half-up' },
    [
      [1, 1],
      [2, 1],
      [3, 2],
    ],
  ],
  // 33 percent of 1 is 0.33, of 2 0.66, of 3 0.99, of 50 16.5, of 100 33.
  [
    'a third, rounded down',
    { ...third, rounding: 'down' },
    [
      [1, 0],
      [2, 0],
      [3, 0],
      [50, 16],
      [100, 33],
      [101, 33],
    ],
  ],
  [
    'a third, rounded up',
    { ...third, rounding: 'up' },
    [
      [1, 1],
      [3, 1],
      [50, 17],
      [100, 33],
      [101, 34],
    ],
  ],
  [
    'a third, half a yen up',
    { ...third, rounding: 'half-up' },
    [
      [1, 0],
      [2, 1],
      [48, 16],
      [50, 17],
      [100, 33],
    ],
  ],
  [
    'all of it by a percentage',
    { kind: 'percentage', percent: 100, rounding: 'up' },
    [
      [1, 1],
      [12_345, 12_345],
    ],
  ],
  // 29 percent of 100 is 28.999… in floating point.
  [
    'in whole numbers',
    { kind: 'percentage', percent: 29, rounding: 'down' },
    [
      [100, 29],
      [9_999_999_999_900, 2_899_999_999_971],
    ],
  ],
  [
    'at most so much',
    { kind: 'balance', capPerCouponYen: 700 },
    [
      [699, 699],
      [700, 700],
      [701, 700],
    ],
  ],
  [
    'not less than so much',
    { kind: 'balance', minimumYen: 300 },
    [
      [299, 0],
      [300, 300],
      [301, 301],
      [-1, -1],
    ],
  ],
  // Rounded first: half of 599 is 299.5, and 300 once it is rounded up.
  [
    'rounded before the minimum',
    { ...half, rounding: 'half-up', minimumYen: 300 },
    [
      [598, 0],
      [599, 300],
      [600, 300],
    ],
  ],
  [
    'rounded before the cap',
    { ...half, rounding: 'up', capPerCouponYen: 300 },
    [
      [599, 300],
      [600, 300],
      [601, 300],
    ],
  ],
  // The cap comes before the minimum, so that a sum that it cuts is held against what is really paid.
  ['the cap at the minimum', { kind: 'fixed', yen: 500, capPerCouponYen: 300, minimumYen: 300 }, [[1, 300]]],
];

describe('what is paid for a balance', () => {
  test.each(SHARES)('%s', (_, compensation, shares) => {
    const terms = termsWith(compensation);
    expect(shares.map(([left]) => [left, shareOf(terms, left)])).toEqual(shares);
  });

  test('is the balance in version 1, and where nothing else is stated', () => {
    expect(isTheBalance(KAGOSHIMA.terms)).toBe(true);
    expect(isTheBalance(termsWith(undefined))).toBe(true);
    expect(isTheBalance(termsWith({ kind: 'balance' }))).toBe(true);
    expect(isTheBalance(termsWith({ kind: 'balance', minimumYen: 2 }))).toBe(false);
    expect(isTheBalance(termsWith({ kind: 'balance', capPerCouponYen: 9 }))).toBe(false);
    expect(isTheBalance(termsWith({ kind: 'balance', capPerPersonYen: 9 }))).toBe(false);
    expect(isTheBalance(termsWith({ kind: 'fixed', yen: 9 }))).toBe(false);
  });

  test('is told in the order in which it is worked out', () => {
    const words = shareWords(termsWith({ ...half, rounding: 'up', capPerCouponYen: 1200, minimumYen: 100 }));
    expect(words.en).toBe(
      '50 percent of the balance (fractions of a yen rounded up), at most 1,200 yen a coupon, and nothing below 100 yen',
    );
    expect(words.ja).toBe('残高の 50%(1 円未満切り上げ)、1 枚につき 1,200円まで、100円に満たなければ払わない');
    expect(shareWords(termsWith({ kind: 'balance', capPerPersonYen: 5000 }))).toEqual({
      ja: '残高と同じ額、ひとりにつき合わせて 5,000円まで',
      en: 'the balance, at most 5,000 yen a person in all',
    });
    expect(shareWords(termsWith({ kind: 'fixed', yen: 2000 })).en).toBe('2,000 yen, whatever is left');
  });
});
