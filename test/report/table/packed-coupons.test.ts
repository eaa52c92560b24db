import { expect, test } from 'vitest';
import { drained } from '../../../src/base/steps.ts';
import { packCoupons } from '../../../src/report/table/packed-coupons.ts';
import { turnsOf } from '../../support/turns.ts';
import { tableIn } from '../worked-night.ts';

const COUPONS = tableIn(
  'coupon_number,status,residual_yen,reasons,evidence\n01,payable,500,,claim:C1 tx:T1\n02,in_review,,X Y,tx:T2\n',
);
const PAYMENTS = tableIn(
  'coupon_number,occurred_at,merchant_id,amount_yen,transaction_id\n01,2023-02-24T18:00:07+09:00,M1,300,T1\n',
);
const REVIEW = tableIn('coupon_number,reason,holds,amount_at_stake_yen,detail,decision\n02,X,yes,700,x,\n');

test('a coupon\u2019s rows follow it; a payment that is shown is no evidence once more', () => {
  const { list, details } = drained(
    packCoupons({
      coupons: COUPONS.column,
      review: REVIEW.column,
      payments: PAYMENTS.column,
      rows: [0, 1],
    }),
  );
  expect(list.count).toBe(2);
  expect(list.residualYen).toEqual([500, null]);
  expect(details.evidence).toMatchObject({ perCoupon: [1, 1], count: 2 });
  expect(details.questions.perCoupon).toEqual([0, 1]);
  expect(details.payments).toMatchObject({ perCoupon: [1, 0], amountYen: [300], hour: { words: ['2023-02-24T18'] } });
});

test('only rows that are shown are packed', () => {
  const packed = drained(
    packCoupons({ coupons: COUPONS.column, review: REVIEW.column, payments: undefined, rows: [1] }),
  );
  expect(packed).toMatchObject({
    list: { count: 1, reasons: { words: ['X Y'] } },
    details: { payments: null, evidence: { count: 1 } },
  });
});

/** How often the id of a payment is looked at, of one coupon with so many that are all evidence of it. */
function looksAtIds(count: number): number {
  const ids = Array.from({ length: count }, (_, at) => `T${at}`);
  let looks = 0;
  const watched = new Proxy(ids, {
    get: (target, key, receiver) => {
      if (typeof key === 'string' && /^\d+$/.test(key)) looks++;
      return Reflect.get(target, key, receiver);
    },
  });
  const evidence = [...ids.map((id) => `tx:${id}`), 'claim:C1'].join(' ');
  const coupons = tableIn(`coupon_number,evidence\n01,${evidence}\n`);
  const payments = tableIn(`coupon_number,transaction_id\n${ids.map((id) => `01,${id}\n`).join('')}`);
  const packed = drained(
    packCoupons({
      coupons: coupons.column,
      review: REVIEW.column,
      payments: function* (name) {
        return name === 'transaction_id' ? watched : yield* payments.column(name);
      },
      rows: [0],
    }),
  );
  expect(packed.details.evidence).toMatchObject({ perCoupon: [1], count: 1 });
  return looks;
}

test('a coupon with very many payments is looked through once, not once for each', () => {
  // Each id is looked at to be found again, and to be packed.
  expect(looksAtIds(1000)).toBeLessThanOrEqual(10 * 1000);
  expect(looksAtIds(4)).toBeLessThanOrEqual(10 * 4);
});

/** Packs so many coupons with a payment and a question each, and so much evidence; says how many turns it gave. */
function turnsFor(coupons: number, evidence: number): number {
  const numbers = Array.from({ length: coupons }, (_, at) => String(at).padStart(12, '0'));
  const ids = Array.from({ length: evidence }, (_, at) => `tx:T${at}`).join(' ');
  const steps = packCoupons({
    coupons: tableIn(`coupon_number,evidence\n${numbers.map((number) => `${number},${ids}\n`).join('')}`).column,
    review: tableIn(`coupon_number,detail\n${numbers.map((number) => `${number},x\n`).join('')}`).column,
    payments: tableIn(`coupon_number,transaction_id\n${numbers.map((number) => `${number},T1\n`).join('')}`).column,
    rows: numbers.map((_, at) => at),
  });
  const { whole, turns } = turnsOf(steps);
  expect(whole.details.questions.perCoupon).toHaveLength(coupons);
  expect(whole.details.evidence.count).toBe(coupons * Math.max(0, evidence - 1));
  return turns;
}

test('many coupons are packed in steps, and so is one with much evidence', () => {
  const [few, many] = [turnsFor(1, 2), turnsFor(20_000, 2)];
  expect(many).toBeGreaterThan(few + 50);
  expect(turnsFor(1, 50_000)).toBeGreaterThan(few + 10);
});
