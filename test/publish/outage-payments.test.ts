import { expect, it } from 'vitest';
import { OUTAGE_PAYMENTS, outagePayments } from '../../src/publish/outage-payments.ts';
import { SETTLEMENT_TABLES } from '../../src/publish/output-files.ts';
import { issue, pay, runNight, sale } from '../settlement/tables.ts';

it('tells each payment by coupon, time and id', async () => {
  const transactions = [
    pay('T9', 'C2', '18:00:00'),
    pay('T2', 'C1', '18:00:30'),
    pay('T1', 'C1', '18:00:30', 700, { merchant_id: 'M2' }),
    pay('T3', 'C1', '18:00:00'),
  ];
  const sales = [sale('S1', '18:00:00', 500)];
  const result = await runNight(
    { issuance: [issue('C1'), issue('C2')], transactions, sales },
    { asOf: '2023-05-10T02:00:00+09:00' },
  );
  const at = (time: string) => ({ occurred_at: `2023-02-24T${time}+09:00` });
  const first = { coupon_number: 'C1', status: 'completed', repeated: 'no' };
  expect(result.rows(OUTAGE_PAYMENTS)).toMatchObject([
    { ...first, ...at('18:00:00'), transaction_id: 'T3', merchant_id: 'M1', amount_yen: '500' },
    { ...first, ...at('18:00:30'), transaction_id: 'T1', merchant_id: 'M2', amount_yen: '700', support: '' },
    { ...first, ...at('18:00:30'), transaction_id: 'T2', merchant_id: 'M1', repeated: 'yes' },
    { coupon_number: 'C2', transaction_id: 'T9' },
  ]);
});

it('follows the settlements, so that it is told as they come', () =>
  expect(SETTLEMENT_TABLES).toContain(outagePayments));
