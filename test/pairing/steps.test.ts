import { expect, it } from 'vitest';
import { claimantPairings } from '../../src/pairing/claimants.ts';
import { combinationsInSteps } from '../../src/pairing/combinations.ts';
import { drawPairings } from '../../src/pairing/drawing.ts';
import { MaximumPairing } from '../../src/pairing/maximum-pairing.ts';
import { ABSENT } from '../../src/tables/tables.ts';
import { couponAt } from '../support/coupon-index.ts';

const MANY = 20_000;
const TOLERANCE = 600;

/** Equal payments a second apart, each of a coupon of its own; nameless sales for half of them. */
const payments = Array.from({ length: MANY }, (_, at) => ({ at, coupon: couponAt(at), amountYen: 500 }));
const sales = Array.from({ length: MANY / 2 }, (_, at) => ({ at: 2 * at, coupon: ABSENT, couponYen: 500 }) as const);

const nameless = payments.map(({ at }) => ({ at, coupon: ABSENT }) as const);

/** How often others have a turn. */
function turnsIn(steps: Iterator<undefined, unknown>): number {
  let turns = 0;
  while (steps.next().done !== true) turns++;
  return turns;
}

it('others have turns while very many payments of one till are paired', () => {
  expect(turnsIn(MaximumPairing.inSteps(payments, sales, TOLERANCE))).toBeGreaterThan(20);
});

it('others have turns while it is found what no maximum pairing needs, and none once it is known', () => {
  const pairing = MaximumPairing.of(payments.slice(0, MANY / 2), nameless, TOLERANCE);
  expect(turnsIn(pairing.findSpareSales())).toBeGreaterThan(10);
  expect(turnsIn(pairing.findSpareSales())).toBe(0);
});

it('others have turns while pairings are drawn', () => {
  expect(turnsIn(drawPairings(payments, sales, new Set([0, 1]), TOLERANCE))).toBeGreaterThan(10);
});

it('others have turns while bills of several coupons are looked for', () => {
  const apart = payments.map((payment) => ({ ...payment, at: payment.at * 10 }));
  const bills = apart.slice(0, MANY / 2).map(({ at }) => ({ at, coupon: ABSENT, couponYen: 1000 }) as const);
  const limits = { repeatPressGap: 60, matchTolerance: 60 };
  expect(turnsIn(combinationsInSteps(apart, bills, limits))).toBeGreaterThan(MANY / 10);
});

it('others have turns while very many claims are held against the bills of one shop', () => {
  const sides = Array.from({ length: MANY }, () => [{ from: 0, end: MANY / 2 }]);
  expect(turnsIn(claimantPairings(sides, MANY / 2))).toBeGreaterThan(10);
});
