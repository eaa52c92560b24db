import { expect, it, test } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import type { Previous } from '../../src/publish/previous.ts';
import { SettlementWriter } from '../../src/publish/settlement-writer.ts';
import { outageNight } from '../support/nights.ts';
import { digest, type RunResult, runTables } from '../support/run-tables.ts';

const listing = ({ rows }: RunResult): Previous['coupons'] =>
  new Map(
    rows('eligibility.csv').map((row) => [
      row.coupon_number ?? '',
      { status: row.status ?? '', payableYen: row.payable_yen ?? '' },
    ]),
  );

const [early, late] = [
  await runTables(outageNight(), { asOf: '2023-03-20T00:00:00+09:00' }),
  await runTables(outageNight(), { asOf: '2023-05-10T02:00:00+09:00' }),
];

function changed({ outcome, tables }: RunResult, before: Previous['coupons'] | undefined) {
  const settlements = new SettlementWriter(before);
  for (const settlement of outcome.settlements) settlements.add(settlement);
  settlements.addFacts(outcome);
  return drained(settlements.finish(tables.files, KAGOSHIMA, { digest })).written.changed;
}

/** The same from the rows of both tables, as they are published. */
function fromRows(before: Previous['coupons'], after: Previous['coupons']) {
  const [was, is] = [[...before.keys()], [...after.keys()]];
  const said = (coupons: Previous['coupons'], number: string) => JSON.stringify(coupons.get(number));
  return {
    newCoupons: is.filter((number) => !before.has(number)).length,
    changedCoupons: is.filter((number) => before.has(number) && said(before, number) !== said(after, number)).length,
    goneCoupons: was.filter((number) => !after.has(number)).length,
  };
}

it('counts what the tables of both runs say', () => {
  const [was, is] = [listing(early), listing(late)];
  const some = new Map([...was].slice(3));
  for (const [before, run, after] of [
    [was, late, is],
    [is, early, was],
    [some, late, is],
    [new Map(), late, is],
  ] as const)
    expect(changed(run, before)).toEqual(fromRows(before, after));
  // The nights are not the same, and some of each kind is there to be counted.
  expect(changed(late, some)).toMatchObject({ newCoupons: expect.any(Number), goneCoupons: expect.any(Number) });
  expect(changed(late, some)?.newCoupons).toBeGreaterThan(0);
  expect(changed(late, was)?.changedCoupons).toBeGreaterThan(0);
});

it('tells a coupon that is gone, one that is new, and one whose sum alone is another', () => {
  const before = new Map(listing(late));
  const [payable, { status }] = [...before].find(([, each]) => each.status === 'payable') ?? ['', { status: '' }];
  const [unlisted = ''] = [...before.keys()].filter((number) => number !== payable);
  before.delete(unlisted);
  before.set('no longer there', { status: 'no_ground', payableYen: '' });
  before.set(payable, { status, payableYen: '1' });
  expect(changed(late, before)).toEqual({ newCoupons: 1, changedCoupons: 1, goneCoupons: 1 });
});

test('nothing is compared where there is no run before', () => {
  expect(changed(late, undefined)).toBeUndefined();
  expect(changed(late, listing(late))).toEqual({ newCoupons: 0, changedCoupons: 0, goneCoupons: 0 });
});
