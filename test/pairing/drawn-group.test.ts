import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/base/instants.ts';
import { drained } from '../../src/base/steps.ts';
import { DrawnTill, MOST_DRAWN } from '../../src/pairing/drawn-group.ts';
import type { Group } from '../../src/pairing/groups.ts';
import type { MerchantPayment, MerchantTill, Sale } from '../../src/pairing/merchant-record.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { ABSENT } from '../../src/tables/tables.ts';
import { couponAt } from '../support/coupon-index.ts';

const { terms } = KAGOSHIMA;
const AT = terms.outageFrom;

const paid = (row: number, minute: number, amountYen: number, coupon = 0): MerchantPayment => ({
  row,
  at: AT + minute * MINUTE,
  coupon: couponAt(coupon),
  amountYen,
});
const sold = (row: number, minute: number, couponYen: number, more: Partial<Sale> = {}): Sale => ({
  row,
  at: AT + minute * MINUTE,
  totalYen: couponYen,
  couponYen,
  coupon: ABSENT,
  ...more,
});
const till = (payments: readonly MerchantPayment[], sales: readonly Sale[]): MerchantTill => ({
  merchant: 0,
  payments: [...payments].sort((a, b) => a.at - b.at),
  sales: [...sales].sort((a, b) => a.at - b.at),
});
/** Only rows, amount and number are looked at. */
const groupOf = (payments: readonly MerchantPayment[]): Group =>
  ({ merchantId: 'M1', amountYen: payments[0]?.amountYen ?? 0, payments }) as unknown as Group;
const rowsOf = (things: readonly { readonly row: number }[]): readonly number[] => things.map(({ row }) => row);

describe('a drawn group', () => {
  it('has its own sales and rivals, and loses a sale where another may have it', () => {
    const [own, rival, far] = [paid(1, 0, 500), paid(2, 10, 500, 1), paid(3, 200, 500, 2)];
    const drawn = drained(
      new DrawnTill(till([own, rival, far], [sold(7, 5, 500), sold(8, 5, 400)]), terms).draw(groupOf([own])),
    );
    expect(drawn).toMatchObject({ salesInReach: 1, highest: 1, lowest: 0, total: 1, crowded: false });
    expect(rowsOf(drawn.rivals.shown)).toEqual([2]);
    expect(rowsOf(drawn.payments[0]?.sales.shown ?? [])).toEqual([7]);
  });

  it('counts the sales in its reach, and shows the first few', () => {
    const own = paid(1, 0, 500);
    const sales = Array.from({ length: 20 }, (_, row) => sold(row, row, 500));
    const [payment] = drained(new DrawnTill(till([own], sales), terms).draw(groupOf([own]))).payments;
    expect(payment?.sales.count).toBe(20);
    expect(rowsOf(payment?.sales.shown ?? [])).toEqual(Array.from({ length: MOST_DRAWN }, (_, row) => row));
  });

  it('is shown the bill that it adds up to with another, and which other way would use the same', () => {
    const [own, two, three] = [paid(1, 0, 300), paid(2, 1, 200, 1), paid(3, 2, 200, 2)];
    const { bills } = drained(new DrawnTill(till([own, two, three], [sold(7, 3, 500)]), terms).draw(groupOf([own])));
    expect(bills.count).toBe(2);
    expect(bills.shown.map(({ payments }) => rowsOf(payments))).toEqual([
      [1, 2],
      [1, 3],
    ]);
    expect(bills.shown.map(({ sole, sharedWith }) => [sole, sharedWith.count])).toEqual([
      [false, 1],
      [false, 1],
    ]);
  });

  it('without a sale has the bills near it that were paid without a coupon: nameless of its amount, or with its number', () => {
    const own = paid(1, 0, 500);
    const cash = (row: number, minute: number, totalYen: number, coupon?: number): Sale =>
      sold(row, minute, 0, { totalYen, coupon: coupon === undefined ? ABSENT : couponAt(coupon) });
    const near = [cash(4, 30, 500), cash(5, 20, 700, 0), cash(6, 10, 500)];
    const others = [cash(7, 31, 500), cash(8, 10, 600), cash(9, 10, 499, 0), cash(10, 10, 700, 1)];
    const drawn = drained(new DrawnTill(till([own], [...near, ...others]), terms).draw(groupOf([own])));
    expect(rowsOf(drawn.paidOtherwise.shown)).toEqual([6, 5, 4]);
  });

  it('costs no more where its coupon has very many others', () => {
    expect(looksFor(800) / looksFor(200)).toBeLessThan(5);
  });

  it('costs no more than its payments and their sales, though each could have any', () => {
    expect(looksAtEqual(1600) / looksAtEqual(400)).toBeLessThan(5.5);
  });
});

/** Things that count how often anybody looks when they happened. */
function counting<Thing extends { readonly at: number }>(things: readonly Thing[], look: () => void): Thing[] {
  return things.map((thing) => {
    const { at } = thing;
    return Object.defineProperty({ ...thing }, 'at', {
      enumerable: true,
      get: () => {
        look();
        return at;
      },
    });
  });
}

/** One coupon with so many payments of different amounts, none with a sale, and as many bills: a group each. */
function looksFor(groups: number): number {
  let looks = 0;
  const look = (): void => {
    looks++;
  };
  const payments = counting(
    Array.from({ length: groups }, (_, row) => paid(row, (row * 240) / groups, 1000 + row)),
    look,
  );
  const bills = counting(
    Array.from({ length: groups }, (_, row) => sold(row, (row * 240) / groups, 0, { totalYen: 100 })),
    look,
  );
  const drawn = new DrawnTill({ merchant: 0, payments, sales: bills }, terms);
  for (const payment of payments) expect(drained(drawn.draw(groupOf([payment]))).lowest).toBe(0);
  return looks;
}

/** One coupon's equal payments, half of them with a sale that any of them could have. */
function looksAtEqual(count: number): number {
  let looks = 0;
  const look = (): void => {
    looks++;
  };
  const payments = counting(
    Array.from({ length: count }, (_, row) => paid(row, (row * 20) / count, 500)),
    look,
  );
  const sales = counting(
    Array.from({ length: count / 2 }, (_, row) => sold(row, (row * 40) / count, 500)),
    look,
  );
  const drawn = drained(new DrawnTill({ merchant: 0, payments, sales }, terms).draw(groupOf(payments)));
  expect([drawn.highest, drawn.lowest, drawn.salesInReach]).toEqual([count / 2, count / 2, count / 2]);
  return looks;
}
