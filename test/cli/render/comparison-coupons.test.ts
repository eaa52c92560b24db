import { describe, expect, test } from 'vitest';
import type { CouponDifference, RunComparison } from '../../../src/audit/diff/difference.ts';
import { couponsPart, groupTable, tablesPart } from '../../../src/cli/render/comparison-coupons.ts';
import { comparison, net, seen } from '../../support/comparison.ts';

const coupon = (couponNumber: string, group: CouponDifference['group'], netYen: number): CouponDifference => ({
  couponNumber,
  group,
  money: true,
  ...net(netYen),
  changes: { payable_yen: { before: '2000', after: String(2000 + netYen) } },
  because: [],
  couldBe: ['term', 'input'],
});
const told = comparison({
  couponsDiffering: 4,
  ...net(-1500),
  groups: {
    ...comparison().groups,
    more: { coupons: 1, ...net(500) },
    less: { coupons: 3, ...net(-2000) },
  },
  coupons: [coupon('0001', 'less', -1000), coupon('0002', 'more', 500), coupon('0003', 'less', -500)],
});

describe('groups', () => {
  test('are told with what each comes to, and what all do', () => {
    expect(seen(groupTable(told).html, 'en')).toBe(
      'group coupons to pay more 1 +500 yen less 3 -2,000 yen net 4 -1,500 yen',
    );
  });

  test('lead to their coupons, where any of them is told', () => {
    const none = { ...told, coupons: told.coupons.filter(({ group }) => group === 'more') };
    expect(groupTable(told).html).toContain('href="#group-less"');
    expect(couponsPart(told).html).toContain('id="group-less"');
    expect(groupTable(none).html).not.toContain('href="#group-less"');
  });
});

describe('coupons', () => {
  test('stand in their groups, in their order, with how they were and are, and what it could be', () => {
    const shown = seen(couponsPart(told).html, 'en');
    expect(shown).toContain('0002 +500 yen to pay: 2,000 yen → 2,500 yen could be any of: policy term, input rows');
    const order = ['0002', '0001', '0003'].map((number) => shown.indexOf(number));
    expect([...order].sort((a, b) => a - b)).toEqual(order);
    expect(shown).toContain('and 1 more (see --limit)');
  });

  test('are text, whatever stands in a file', () => {
    const hostile = coupon('<script>alert(1)</script>\u202e', 'more', 1);
    const { html } = couponsPart({ ...told, coupons: [hostile] });
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;\\u202e');
    expect(html).not.toMatch(/<script|\u202e/);
  });
});

test('other files are told by their rows and yen; cells with contacts are not', () => {
  const tables: RunComparison['tables'] = [
    {
      name: 'payouts.csv',
      writtenBy: 'both',
      added: 1,
      removed: 0,
      changed: 1,
      yen: { amount_yen: { moreYen: 700, lessYen: 0 } },
      rows: [
        { change: 'changed', key: { coupons: '0001' }, changes: {}, hidden: ['deliver_to'] },
        {
          change: 'added',
          key: { coupons: '0002' },
          changes: { amount_yen: { before: '', after: '700' } },
          hidden: [],
        },
      ],
    },
    { name: 'rejects.csv', writtenBy: 'both', added: 0, removed: 0, changed: 0, yen: {}, rows: [] },
    { name: 'unmatched.csv', writtenBy: 'after', added: 0, removed: 0, changed: 0, yen: {}, rows: [] },
  ];
  const shown = seen(tablesPart(comparison({ tables })).html, 'en');
  expect(shown).toContain('payouts.csv 1 added, 1 changed amount_yen +700 yen');
  expect(shown).toContain('~ 0001 deliver_to is another (personal data, not shown)');
  expect(shown).toContain('+ 0002 amount_yen 700');
  expect(shown).toContain('unmatched.csv written by the later run only');
  expect(shown).not.toContain('rejects.csv');
});
