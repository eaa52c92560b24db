import { expect, test } from 'vitest';
import { drained } from '../../../src/base/steps.ts';
import { NO_TABLE } from '../../../src/report/published-table.ts';
import { shownRows, tableData } from '../../../src/report/sections/coupons.ts';
import type { PackedCoupons } from '../../../src/report/table/packed-coupons.ts';
import { type ShownCoupon, unpackDetails, unpackList } from '../../../src/report/table/unpacked-coupons.ts';
import { cellsIn, contentsIn, workedNight } from '../worked-night.ts';

test('what is packed of a night unpacks to its rows', () => {
  const contents = contentsIn(workedNight());
  const { coupons, payments, review } = contents;
  const packed: PackedCoupons = JSON.parse(JSON.stringify(drained(tableData(contents, drained(shownRows(contents))))));
  const [unpacked, { detailsAt }] = [unpackList(packed.list), unpackDetails(packed.details)];
  const cells = (row: number, name: string): string => cellsIn(coupons, name)[row] ?? '';
  const yen = (cell: string): number | null => (cell === '' ? null : Number(cell));
  expect(unpacked.count).toBe(25);
  for (let row = 0; row < coupons.rows; row++) {
    const shown: ShownCoupon = { ...unpacked.couponAt(row), ...detailsAt(row) };
    expect(unpacked.soughtNumbers()[row]).toBe(shown.number);
    const own = cellsIn(payments ?? NO_TABLE, 'coupon_number').flatMap((number, at) =>
      number === shown.number ? [at] : [],
    );
    const evidence = new Set([...shown.evidence, ...shown.payments.map(({ transactionId }) => `tx:${transactionId}`)]);
    expect(shown).toMatchObject({
      number: cells(row, 'coupon_number'),
      status: cells(row, 'status'),
      validUntil: cells(row, 'valid_until'),
      residualYen: yen(cells(row, 'residual_yen')),
      payableYen: yen(cells(row, 'payable_yen')),
      route: cells(row, 'route'),
      payoutId: cells(row, 'payout_id'),
    });
    expect(shown.grounds.join('+')).toBe(cells(row, 'grounds'));
    expect(shown.reasons.join(' ')).toBe(cells(row, 'reasons'));
    for (const id of cells(row, 'evidence').split(' ')) if (id !== '') expect(evidence).toContain(id);
    expect(
      shown.payments.map((payment) => [payment.occurredAt, payment.shop, String(payment.amountYen), payment.support]),
    ).toEqual(
      own.map((at) =>
        ['occurred_at', 'merchant_id', 'amount_yen', 'support'].map((name) => cellsIn(payments ?? NO_TABLE, name)[at]),
      ),
    );
    expect(shown.questions.map(({ detail }) => detail)).toEqual(
      cellsIn(review, 'detail').filter((_, at) => cellsIn(review, 'coupon_number')[at] === shown.number),
    );
  }
});
