import { expect, it } from 'vitest';
import { paidRowsGone } from '../../../src/cli/render/paid-rows-gone.ts';

it('names the first twenty payouts, and how many more there are', () => {
  const ids = Array.from({ length: 22 }, (_, place) => `P${String(place).padStart(2, '0')}`);
  const { what } = paidRowsGone(ids);
  for (const language of ['ja', 'en'] as const) {
    expect(what[language]).toContain(ids.slice(0, 20).join(' '));
    expect(what[language]).not.toContain('P20');
  }
  expect(what.ja).toContain('支払 22 件');
  expect(what.ja).toContain('ほか 2 件');
  expect(what.en).toContain('of 22 payouts');
  expect(what.en).toContain('and 2 more');
  expect(paidRowsGone(['P1']).what.en).toMatch(/of 1 payout: P1$/);
});
