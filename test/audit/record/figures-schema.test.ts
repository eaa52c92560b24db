import { expect, it, test } from 'vitest';
import { figuresSchema } from '../../../src/audit/record/figures-schema.ts';

const SUM = { coupons: 1, faceYen: 2000, spentYen: -300 };
const PAYMENTS = {
  ...{ from: '2023-02-24T17:00:00+09:00', binMinutes: 1 },
  ...{ completed: [1, 0], failed: [0, 0], pending: [0, 0], repeated: [0, 0], unsupported: [0, 0] },
};
const FIGURES = {
  schemaVersion: 1,
  payments: PAYMENTS,
  gaps: { limitSeconds: 600, binSeconds: 60, counts: [0], longer: 0 },
  balance: { issued: SUM, cohort: SUM, listed: SUM },
};
const isTaken = (figures: unknown): boolean => figuresSchema().safeParse(figures).success;

it('takes what a run writes, and what a later one adds', () => {
  expect(isTaken(FIGURES)).toBe(true);
  expect(isTaken({ ...FIGURES, more: 1 })).toBe(true);
});

test.each<readonly [string, unknown]>([
  ['a list', []],
  ['another version', { ...FIGURES, schemaVersion: 2 }],
  ['half a payment', { ...FIGURES, payments: { ...PAYMENTS, completed: [0.5, 0] } }],
  ['fewer minutes of one kind', { ...FIGURES, payments: { ...PAYMENTS, failed: [0] } }],
  ['bins of no time', { ...FIGURES, payments: { ...PAYMENTS, binMinutes: 0 } }],
  ['no times between payments', { ...FIGURES, gaps: undefined }],
  ['words for yen', { ...FIGURES, balance: { ...FIGURES.balance, listed: { ...SUM, spentYen: 'all' } } }],
])('does not take %s', (_, figures) => expect(isTaken(figures)).toBe(false));
