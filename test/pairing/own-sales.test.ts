import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, MINUTE } from '../../src/base/instants.ts';
import { drained } from '../../src/base/steps.ts';
import { MaximumPairing } from '../../src/pairing/maximum-pairing.ts';
import { paymentsWithOwnSale } from '../../src/pairing/own-sales.ts';
import { ReportedDays } from '../../src/pairing/reported-days.ts';
import { tillLines } from '../../src/pairing/till-lines.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import type { CouponIndex } from '../../src/tables/pool-index.ts';
import { ACCEPTED, type Tables } from '../../src/tables/tables.ts';

const { terms } = KAGOSHIMA;

interface Event {
  readonly minute: number;
  readonly amountYen: number;
  /** -1: none is named. */
  readonly coupon: number;
}

const instantAt = ({ minute }: Event): number => terms.outageFrom + minute * MINUTE;

/** One shop; just the columns that are looked at. */
function tablesOf(payments: readonly Event[], sales: readonly Event[]): Tables {
  const column = (events: readonly Event[], of: (event: Event) => number) => Float64Array.from(events, of);
  return {
    merchants: { size: 1 },
    transactions: {
      rows: payments.length,
      merchant: new Int32Array(payments.length),
      occurredAt: column(payments, instantAt),
      amountYen: column(payments, ({ amountYen }) => amountYen),
      coupon: Int32Array.from(payments, ({ coupon }) => coupon),
    },
    sales: {
      rows: sales.length,
      merchant: new Int32Array(sales.length),
      disposition: new Uint8Array(sales.length).fill(ACCEPTED),
      soldAt: column(sales, instantAt),
      couponYen: column(sales, ({ amountYen }) => amountYen),
      coupon: Int32Array.from(sales, ({ coupon }) => coupon),
    },
  } as unknown as Tables;
}

const ownSalesIn = (tables: Tables, rowsOfE: Int32Array): Uint8Array =>
  paymentsWithOwnSale(tables, drained(tillLines(tables, rowsOfE, terms)), terms);

const found = (payments: readonly Event[], sales: readonly Event[]): readonly number[] =>
  Array.from(
    ownSalesIn(
      tablesOf(payments, sales),
      Int32Array.from(payments, (_, row) => row),
    ),
  );

/** Payments of one amount that every maximum pairing pairs. */
function neverSpare(payments: readonly Event[], sales: readonly Event[], amountYen: number): ReadonlySet<Event> {
  const inOrder = (events: readonly Event[]) =>
    events.filter((event) => event.amountYen === amountYen).sort((a, b) => a.minute - b.minute);
  const [own, sold] = [inOrder(payments), inOrder(sales)];
  const at = (event: Event) => ({ at: instantAt(event), coupon: event.coupon as CouponIndex });
  const { sparePayment } = MaximumPairing.of(own.map(at), sold.map(at), terms.matchTolerance);
  return new Set(own.filter((_, index) => sparePayment[index] === 0));
}

const event = (coupons: number) =>
  fc.record({
    minute: fc.integer({ min: -60, max: 200 }),
    amountYen: fc.constantFrom(500, 1000),
    coupon: fc.integer({ min: coupons, max: 5 }),
  });

describe('payments with a sale of their own', () => {
  test('are left out by no maximum pairing, in whatever order the rows stand', () => {
    let marked = 0;
    fc.assert(
      fc.property(fc.array(event(0), { maxLength: 9 }), fc.array(event(-1), { maxLength: 9 }), (payments, sales) => {
        const own = found(payments, sales);
        payments.forEach((payment, row) => {
          if (own[row] === 0) return;
          marked++;
          expect(neverSpare(payments, sales, payment.amountYen).has(payment)).toBe(true);
        });
      }),
      { numRuns: 2000 },
    );
    expect(marked).toBeGreaterThan(100);
  });

  const payment = (minute: number, coupon = 1): Event => ({ minute, amountYen: 1000, coupon });
  const sale = (minute: number, coupon = -1): Event => ({ minute, amountYen: 1000, coupon });
  test.each<[string, readonly Event[], readonly Event[], readonly number[]]>([
    ['a payment and its sale', [payment(0)], [sale(1)], [1]],
    ['a sale exactly the tolerance later', [payment(0)], [sale(30)], [1]],
    ['a sale just beyond the tolerance', [payment(0)], [sale(30.001)], [0]],
    ['two payments, one sale', [payment(0), payment(1)], [sale(1)], [0, 0]],
    ['a sale that names another coupon', [payment(0)], [sale(1, 2)], [0]],
    ['a sale that names this coupon', [payment(0)], [sale(1, 1)], [1]],
    ['the next stretch stands by itself', [payment(0), payment(100), payment(101)], [sale(1), sale(100)], [1, 0, 0]],
    ['a stretch that touches no outage is as good', [payment(0), payment(-50)], [sale(0), sale(-50)], [1, 1]],
  ])('%s', (_, payments, sales, expected) => {
    expect(found(payments, sales)).toEqual(expected);
  });
});

describe('days of shops', () => {
  test('are found by shop and date, and not outside the dates that are known', () => {
    const days = new ReportedDays(3);
    const start = terms.outageFrom;
    expect([days.add(0, start), days.add(2, start), days.add(0, start + DAY), days.add(0, start)]).toEqual([
      0, 1, 2, 0,
    ]);
    expect([days.find(0, start), days.find(1, start), days.find(2, start + DAY), days.find(-1, start)]).toEqual([
      0, -1, -1, -1,
    ]);
    expect(start >= days.from && start + DAY < days.end).toBe(true);
    expect(days.end - days.from).toBe(2 * DAY);
  });

  test('beyond what a table can hold are kept all the same', () => {
    const days = new ReportedDays(1 << 23);
    const places = [0, 1, 2, 3, 4].map((day) => days.add((1 << 23) - 1, terms.outageFrom + day * DAY));
    expect(places).toEqual([0, 1, 2, 3, 4]);
    expect([0, 1, 2, 3, 4].map((day) => days.find((1 << 23) - 1, terms.outageFrom + day * DAY))).toEqual(places);
    expect(days.find(5, terms.outageFrom + 4 * DAY)).toBe(-1);
  });
});
