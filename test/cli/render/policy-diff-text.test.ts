import { expect, test } from 'vitest';
import type { NightDifference } from '../../../src/audit/diff/policy-difference.ts';
import { text } from '../../../src/base/text.ts';
import { policyDiffText } from '../../../src/cli/render/policy-diff-text.ts';
import { translateTo } from '../../../src/cli/terminal/language.ts';

const [ja, en] = [translateTo('ja'), translateTo('en')];
const named = (id: string) => ({ id, title: text(`${id} の表題`, `title of ${id}`) });
const NET = { netYen: -150, netReinstateYen: 0, netKeptYen: 0 };
const NONE = { coupons: 0, netYen: 0, netReinstateYen: 0, netKeptYen: 0 };
const because = [{ cause: 'term' as const, what: ['minimumResidualYen: 100 → 151'], ...NET, changes: {}, rows: [] }];
const NIGHT: NightDifference = {
  asOf: '2031-09-01T00:00:00+09:00',
  routes: [{ name: 'app_url', before: { count: 2, yen: 2150 }, after: { count: 1, yen: 2000 } }],
  grounds: [{ name: 'A', before: { count: 1, yen: 2000 }, after: { count: 1, yen: 2000 } }],
  statuses: [{ name: 'lapsed', before: { count: 0, yen: 0 }, after: { count: 1, yen: 150 } }],
  steps: [{ cause: 'term', what: ['minimumResidualYen: 100 → 151'], coupons: 1, ...NET }],
  couponsDiffering: 2,
  money: true,
  ...NET,
  groups: {
    'newly eligible': NONE,
    'no longer eligible': { coupons: 1, ...NET },
    paid: NONE,
    more: NONE,
    less: NONE,
    moved: NONE,
    otherwise: NONE,
  },
  moves: [],
  coupons: [
    {
      couponNumber: '000000000001',
      group: 'no longer eligible',
      money: true,
      ...NET,
      changes: { payable_yen: { before: '150', after: '0' } },
      because,
      couldBe: [],
    },
  ],
};

test('terms alone are told with both values and what they come to', () => {
  const terms = [{ path: 'terms.claimsClose', before: null, after: '2031-08-10', means: text('早まる', 'earlier') }];
  const comparison = { before: named('a'), after: named('b'), terms, night: null };
  expect(policyDiffText(comparison, en)).toBe(
    'before: a  title of a\nafter: b  title of b\n\nOne term differs:\n  terms.claimsClose  none → 2031-08-10\n      earlier\n',
  );
  expect(policyDiffText({ ...comparison, terms: [] }, ja)).toBe(
    '前: a  a の表題\n後: b  b の表題\n\n条件に違いはありません。\n',
  );
});

test('a night is told by its yen, term by term, by route, ground and status, and coupon by coupon', () => {
  const told = policyDiffText({ before: named('a'), after: named('b'), terms: [], night: NIGHT }, en);
  expect(told.split('\n\n').slice(2)).toEqual([
    'As of 2031-09-01T00:00:00+09:00. Net -150 yen: 2 coupons come out otherwise.\n  no longer eligible: 1 coupon, -150 yen',
    'What each term moves, one exchanged after the other:\n  minimumResidualYen: 100 → 151: 1 coupon, -150 yen',
    'To be paid, by route (payouts, yen):\n  URL to the app’s registered contact: 2, 2,150 yen → 1, 2,000 yen (-150 yen)',
    'Payable, by ground (coupons, yen, held ones too; one with two grounds counts in both):\n  A: 1, 2,000 yen',
    'Left on coupons, by status (coupons, yen):\n  lapsed: 0, 0 yen → 1, 150 yen (+150 yen)',
    '000000000001  no longer eligible  -150 yen\n    payable_yen 150 → 0\n  ← policy term',
    'and 1 more (see --limit)\n',
  ]);
});
