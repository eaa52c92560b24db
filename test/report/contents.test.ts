import { expect, test } from 'vitest';
import { contentsIn, withFiles, workedNight } from './worked-night.ts';

const night = workedNight();

test('a run without figures, questions or a night before is read', () => {
  const few = withFiles(night, {
    'figures.json': undefined,
    'review.csv': undefined,
    'outage_payments.csv': undefined,
  });
  const { figures, previous, review, payments, coupons } = contentsIn(few);
  expect([figures, previous, payments, review.rows, coupons.rows]).toEqual([undefined, undefined, undefined, 0, 25]);
});

test('without a summary there is no page', () => {
  expect(() => contentsIn(withFiles(night, { 'summary.json': undefined }))).toThrow('summary');
});
