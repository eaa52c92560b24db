import { describe, expect, it } from 'vitest';
import { isRefund, refundPlan } from '../../../src/intake/mapping/refund-rows.ts';

const NAMES = ['番号', '種別', '金額'];
const FILE = { name: 'x.csv', titles: [] };
const planOf = (stated: Parameters<typeof refundPlan>[0]) => {
  const plan = refundPlan(stated, FILE, (header) => NAMES.indexOf(header));
  if (plan === undefined) throw new Error('no plan');
  return plan;
};

describe('a row takes another back', () => {
  it.each([
    ['whose word says so', { when: { 種別: ['返金', '取消'] } }, ['1', '返金', '500'], true],
    ['and not one of another word', { when: { 種別: ['返金', '取消'] } }, ['1', '売上', '-500'], false],
    ['whose amount is below nothing', { negative: true as const }, ['1', '売上', '-¥500'], true],
    ['and not one of an amount above it', { negative: true as const }, ['1', '返金', '500'], false],
    ['and not one of a dash, which is no amount', { negative: true as const }, ['1', '売上', '-'], false],
    ['and not one of nothing with a sign', { negative: true as const }, ['1', '売上', '-0'], false],
    [
      'for either reason where both are stated',
      { negative: true as const, when: { 種別: ['返金'] } },
      ['1', '売上', '▲5'],
      true,
    ],
  ])('%s', (_, stated, fields, expected) => {
    expect(isRefund(planOf(stated), fields, fields[2] ?? '')).toBe(expected);
  });
});

it('a profile without refunds has no such rows', () => {
  expect(refundPlan(undefined, FILE, () => 0)).toBeUndefined();
});
