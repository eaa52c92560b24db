import { describe, expect, test } from 'vitest';
import type { Compensation } from '../../src/policy/terms.ts';
import { askedBalances, leastPaid, shareOfBalance } from '../../src/synth/share.ts';

const PLAIN = { minimumYen: 1, capPerCouponYen: undefined, capPerPersonYen: undefined };
const half = (rounding: 'down' | 'up' | 'half-up', more: Partial<Compensation> = {}): Compensation =>
  ({ kind: 'percentage', percent: 50, rounding, ...PLAIN, ...more }) as Compensation;
const third = (rounding: 'down' | 'up' | 'half-up'): Compensation => ({
  kind: 'percentage',
  percent: 33,
  rounding,
  ...PLAIN,
});

describe('the share of a balance', () => {
  test.each<readonly [string, Compensation, number, number]>([
    ['is all of it', { kind: 'balance', ...PLAIN }, 1234, 1234],
    ['is the sum that is fixed, whatever is left', { kind: 'fixed', yen: 800, ...PLAIN }, 1, 800],
    ['is nothing where nothing is left', { kind: 'fixed', yen: 800, ...PLAIN }, 0, 0],
    ['is less than nothing where less than nothing is left', half('down'), -3, -3],
    ['drops half a yen', half('down'), 101, 50],
    ['rounds half a yen up', half('half-up'), 101, 51],
    ['rounds 0.33 yen down where half a yen is rounded up', third('half-up'), 1, 0],
    ['rounds 0.33 yen up where all is', third('up'), 1, 1],
    ['adds nothing to whole yen', third('up'), 100, 33],
    ['ends at the cap', half('down', { capPerCouponYen: 700 }), 1402, 700],
    ['is what it is below the cap', half('down', { capPerCouponYen: 700 }), 1399, 699],
    ['is paid from the minimum on', half('down', { minimumYen: 100 }), 200, 100],
    ['is not paid below it', half('down', { minimumYen: 100 }), 199, 0],
    ['is capped before the minimum is asked for', half('up', { minimumYen: 100, capPerCouponYen: 100 }), 5000, 100],
  ])('%s', (_, compensation, leftYen, shareYen) => {
    expect(shareOfBalance(compensation, leftYen)).toBe(shareYen);
  });
});

test('the least balance for which something is paid', () => {
  expect(leastPaid({ kind: 'balance', ...PLAIN, minimumYen: 330 })).toBe(330);
  expect(leastPaid(half('half-up', { minimumYen: 100 }))).toBe(199);
  expect(leastPaid(half('down', { minimumYen: 100 }))).toBe(200);
  expect(leastPaid({ kind: 'percentage', percent: 1, rounding: 'down', ...PLAIN })).toBe(100);
  expect(leastPaid({ kind: 'fixed', yen: 800, ...PLAIN })).toBe(1);
});

describe('balances at the edges', () => {
  const yenOf = (compensation: Compensation) =>
    Object.fromEntries(askedBalances(compensation).map(({ shows, yen }) => [shows, yen]));

  test('of a balance that is paid as it is there are none', () => {
    expect(askedBalances({ kind: 'balance', ...PLAIN })).toEqual([]);
  });

  test('are the least of which minimum and cap are reached, and a yen less', () => {
    expect(yenOf({ kind: 'balance', minimumYen: 100, capPerCouponYen: 700, capPerPersonYen: undefined })).toEqual({
      'a yen less than the minimum asks for': 99,
      'just the minimum': 100,
      'a yen less than the cap a coupon asks for': 699,
      'just the cap a coupon': 700,
      'above the cap a coupon': 701,
    });
  });

  test('are each kind of a fraction that the percentage can leave', () => {
    expect(yenOf(half('down', { minimumYen: 100 }))).toMatchObject({
      'no fraction of a yen': 200,
      'half a yen over': 201,
    });
    expect(yenOf(third('down'))).toEqual({
      'no fraction of a yen': 100,
      'less than half a yen over': 4,
      'half a yen over': 50,
      'more than half a yen over': 5,
    });
  });
});
