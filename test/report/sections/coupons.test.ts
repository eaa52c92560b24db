import { expect, test } from 'vitest';
import { drained } from '../../../src/base/steps.ts';
import { couponsSection, MOST_COUPONS, shownRows } from '../../../src/report/sections/coupons.ts';
import { contentsIn, shownIn, tableIn, workedNight } from '../worked-night.ts';

const contents = contentsIn(workedNight());

test('all coupons are there, up to the limit', () => {
  expect(drained(shownRows(contents))).toHaveLength(25);
  expect(couponsSection(contents, drained(shownRows(contents))).html).not.toContain('class="note"');
  expect(MOST_COUPONS).toBe(120_000);
});

test('above it those that wait, need a person or are paid, and it says so', () => {
  const statuses = ['payable', 'used_up', 'in_review', 'not_eligible', 'awaiting_application', 'lapsed', 'settled'];
  const coupons = tableIn(`coupon_number,status\n${statuses.map((status, at) => `${at},${status}\n`).join('')}`);
  expect(drained(shownRows({ coupons }, 7))).toHaveLength(7);
  const rows = drained(shownRows({ coupons }, 6));
  expect(rows).toEqual([0, 2, 4, 6]);
  const en = shownIn(couponsSection({ ...contents, coupons }, rows).html, 'en');
  expect(en).toContain('There are 7 coupons, more than a page can open with. It holds the 4');
});

test('without payments no shop can be sought', () => {
  expect(couponsSection({ ...contents, payments: undefined }, []).html).toContain('id="coupons-shop" type="hidden"');
});
