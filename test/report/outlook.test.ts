import { expect, test } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { FATES, laterPayouts, outlookOf, yenOf } from '../../src/report/outlook.ts';
import { turnsOf } from '../support/turns.ts';
import { AS_OF, cellsIn, contentsIn, tableIn, workedNight } from './worked-night.ts';

const HEADER = 'coupon_number,status,residual_yen,reinstate_yen,already_paid_yen,payable_yen,payout_id\n';
const TO_SEND = tableIn('payout_id,not_before\nP1,2023-05-10\nP2,2023-05-11\n');
const outlook = (rows: string) => drained(outlookOf({ coupons: tableIn(HEADER + rows), toSend: TO_SEND, asOf: AS_OF }));

test('the day of the run is now, the next is later', () => {
  expect([...drained(laterPayouts({ toSend: TO_SEND, asOf: AS_OF }))]).toEqual(['P2']);
});

test.each([
  // 3,000 to be paid now: 2,000 of the balance, 1,000 of what was deducted wrongly.
  ['1,payable,2000,1000,0,3000,P1\n', { now: [1, 2000, 1000] }],
  ['1,payable,2000,1000,0,3000,P2\n', { later: [1, 2000, 1000] }],
  // What was ordered before is of the balance first.
  ['1,payable,2000,1000,2500,500,P1\n', { earlier: [1, 2000, 500], now: [1, 0, 500] }],
  // A limit keeps 400 back.
  ['1,payable,2000,0,0,1600,P1\n', { now: [1, 1600, 0], outside: [1, 400, 0] }],
  ['1,in_review,900,100,0,0,\n', { held: [1, 900, 100] }],
  ['1,awaiting_application,700,0,0,700,\n', { waits: [1, 700, 0] }],
  ['1,lapsed,700,0,0,0,\n', { lapsed: [1, 700, 0] }],
  ['1,settled,700,0,700,0,\n', { earlier: [1, 700, 0] }],
  ['1,not_eligible,700,0,0,0,\n', { outside: [1, 700, 0] }],
  // Of a coupon that nobody issued nothing is known.
  ['1,in_review,,,,,\n', {}],
])('%s', (rows, sums) => {
  const found = Object.fromEntries(
    Object.entries(outlook(rows)).flatMap(([fate, { coupons, leftYen, deductedYen }]) =>
      coupons === 0 ? [] : [[fate, [coupons, leftYen, deductedYen]]],
    ),
  );
  expect(found).toEqual(sums);
});

test('every yen of a night has one fate', () => {
  const contents = contentsIn(workedNight());
  const told = drained(outlookOf(contents));
  const cells = ['residual_yen', 'reinstate_yen'].flatMap((name) => cellsIn(contents.coupons, name).map(Number));
  expect(FATES.reduce((sum, fate) => sum + yenOf(told[fate]), 0)).toBe(cells.reduce((sum, yen) => sum + yen, 0));
  const { now, later } = contents.summary.sending.toSend;
  expect([yenOf(told.now), yenOf(told.later)]).toEqual([now.yen, later.yen]);
});

test('many coupons are counted in steps', () => {
  const rows = Array.from({ length: 50_000 }, (_, row) => `${row},payable,1000,0,0,1000,P${1 + (row % 2)}\n`).join('');
  const { whole, turns } = turnsOf(outlookOf({ coupons: tableIn(HEADER + rows), toSend: TO_SEND, asOf: AS_OF }));
  expect([whole.now.coupons, whole.later.coupons]).toEqual([25_000, 25_000]);
  expect(turns).toBeGreaterThan(50);
});
