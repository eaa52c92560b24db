import { expect, test } from 'vitest';
import { hashOf, soughtIn } from '../../../src/report/table/address.ts';
import { ALL } from '../../../src/report/table/filter.ts';

test.each([
  ['#status=payable&ground=B2', { ...ALL, status: 'payable', ground: 'B2' }],
  ['#shop=M%2001&lang=en', { ...ALL, shop: 'M 01' }],
  ['#number=', ALL],
  // No place of ours, and no such sign.
  ['#outage', undefined],
  ['', undefined],
  ['#lang=en', undefined],
  ['#shop=%E0%A4%A', { ...ALL, shop: '%E0%A4%A' }],
])('%s', (hash, sought) => {
  expect(soughtIn(hash)).toEqual(sought);
});

test.each(['A & B', '店=1', '#', '</a>', 'a+b'])('a link to the shop %s leads there', (shop) => {
  expect(hashOf({ shop })).not.toMatch(/[<>"]/);
  expect(soughtIn(hashOf({ shop }))).toEqual({ ...ALL, shop });
});

test('a link to everything leads to the table', () => {
  expect(hashOf({})).toBe('#coupons');
});
