import { describe, expect, it } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { readInstant } from '../../src/intake/values/dates.ts';
import { openBook } from '../../src/ledger/book.ts';
import { merchantRecord } from '../../src/pairing/merchant-record.ts';
import { MerchantByMerchant } from '../../src/pairing/support.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import type { CouponIndex } from '../../src/tables/pool-index.ts';
import { runTables } from '../support/run-tables.ts';

const AS_OF = '2023-05-01T00:00:00+09:00';
const lines = (...rows: readonly string[]): string => `${rows.join('\n')}\n`;
const minute = (at: number): string => `2023-02-24T18:${String(at).padStart(2, '0')}:00+09:00`;

interface Paid {
  readonly coupon: string;
  readonly merchant: string;
}

/** Coupons that each paid 500 yen somewhere at 18:30, and shops that report so many sales of 500 yen, a minute apart. */
async function tillsOf(paid: readonly Paid[], sales: Readonly<Record<string, number>>) {
  const coupons = [...new Set(paid.map(({ coupon }) => coupon))];
  const { tables } = await runTables(
    {
      issuance: lines(
        'coupon_number,medium,prefecture,face_yen,issued_at,expires_on',
        ...coupons.map((coupon) => `${coupon},paper,46,3000,2023-02-20T10:00:00+09:00,2023-02-24`),
      ),
      transactions: lines(
        'transaction_id,coupon_number,occurred_at,kind,status,amount_yen,merchant_id',
        ...paid.map(({ coupon, merchant }, at) => `T${at},${coupon},${minute(30)},payment,completed,500,${merchant}`),
      ),
      sales: lines(
        'report_id,merchant_id,sold_at,total_yen,coupon_yen,cash_yen',
        ...Object.entries(sales).flatMap(([merchant, count]) =>
          Array.from({ length: count }, (_, at) => `S${merchant}${at},${merchant},${minute(24 + at)},500,500,0`),
        ),
      ),
    },
    { asOf: AS_OF },
  );
  const asOf = readInstant(AS_OF);
  if ('problem' in asOf) throw new Error('no instant');
  const book = drained(openBook(tables, KAGOSHIMA, asOf.value));
  const tills = new MerchantByMerchant(book, drained(merchantRecord(book)), new Map(), true);
  for (const coupon of coupons) {
    const number = tables.coupons.find(coupon) as CouponIndex;
    tills.add({ coupon: number, case: book.caseOf(number), claims: [] });
  }
  const open = (merchant: string) =>
    [...tills.open(tables.merchants.find(merchant))].filter((each) => each !== undefined);
  return { open, namesOf: (cases: ReturnType<typeof open>) => cases.map((each) => each.case.couponNumber) };
}

describe('a case', () => {
  it('waits for the last of its shops, and is given once', async () => {
    const paid = [
      { coupon: 'C1', merchant: 'M1' },
      { coupon: 'C2', merchant: 'M1' },
      { coupon: 'C2', merchant: 'M2' },
      { coupon: 'C3', merchant: 'M3' },
    ];
    const { open, namesOf } = await tillsOf(paid, { M1: 2, M2: 1, M3: 1 });
    expect(namesOf(open('M1'))).toEqual(['C1']);
    expect(namesOf(open('M2'))).toEqual(['C2']);
    expect(namesOf(open('M2'))).toEqual([]);
    expect(namesOf(open('M3'))).toEqual(['C3']);
  });

  it('that paid where nothing is reported waits for nobody', async () => {
    const paid = [
      { coupon: 'C1', merchant: 'M1' },
      { coupon: 'C2', merchant: 'M9' },
    ];
    const { open, namesOf } = await tillsOf(paid, { M1: 1 });
    expect(namesOf(open(''))).toEqual(['C2']);
    expect(namesOf(open('M9'))).toEqual(['C1']);
  });

  // T is ten minutes: all of these sales lie near.
  it.each([
    [1, 1],
    [11, 11],
    [12, 12],
    [13, 0],
    [14, 0],
  ])('that could be paired with %i sales is shown %i of them', async (sales, shown) => {
    const { open } = await tillsOf([{ coupon: 'C1', merchant: 'M1' }], { M1: sales });
    const [only] = open('M1');
    expect(only?.groups.map(({ nearSales }) => nearSales.length)).toEqual([shown]);
  });
});
