import { expect, it } from 'vitest';
import { eachRepeat } from '../../src/settlement/equal-payments.ts';

/** Shop, yen and time of each payment of one coupon. */
const PAYMENTS: readonly (readonly [shop: number, yen: number, at: number])[] = [
  [1, 500, 300],
  [1, 500, 100],
  [2, 500, 110],
  [1, 400, 120],
  [1, 500, 300],
  [-1, 500, 130],
];
const table = {
  merchant: Int32Array.from(PAYMENTS, ([shop]) => shop),
  amountYen: Float64Array.from(PAYMENTS, ([, yen]) => yen),
  occurredAt: Float64Array.from(PAYMENTS, ([, , at]) => at),
};
const told = (rows: readonly number[], byId?: (a: number, b: number) => number) => {
  const found: (readonly number[])[] = [];
  eachRepeat(Int32Array.from(rows), table as never, (...each) => found.push(each), byId);
  return found;
};

it('tells the payments of one shop and amount that follow each other, whatever stands between them', () => {
  // Rows 1, 0 and 4 are equal, the last two at one instant; whoever asks says which of them is the first.
  expect(told([0, 1, 2, 3, 4, 5], (a, b) => a - b)).toEqual([
    [1, 0, 200],
    [0, 4, 0],
  ]);
  expect(told([0, 1, 2, 3, 4, 5], (a, b) => b - a)).toEqual([
    [1, 4, 200],
    [4, 0, 0],
  ]);
});

it('tells nothing of one payment, nor of none', () => {
  expect(told([0])).toEqual([]);
  expect(told([])).toEqual([]);
});
