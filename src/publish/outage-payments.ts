import { formatInstant } from '../base/instants.ts';
import type { OutagePayment } from '../settlement/outage-payments.ts';
import type { Settlement } from '../settlement/settlement.ts';
import type { SettlementTable } from './output-table.ts';

export const OUTAGE_PAYMENTS = 'outage_payments.csv';

interface PaymentOfCoupon {
  readonly couponNumber: string;
  readonly payment: OutagePayment;
}

const NO_ROWS: readonly never[] = [];

/** The payments of listed coupons in the outage, and what was found of each. */
export const outagePayments: SettlementTable<PaymentOfCoupon> = {
  name: OUTAGE_PAYMENTS,
  columns: [
    { name: 'coupon_number', of: ({ couponNumber }) => couponNumber },
    { name: 'occurred_at', of: ({ payment }) => formatInstant(payment.occurredAt) },
    { name: 'merchant_id', of: ({ payment }) => payment.merchantId },
    { name: 'amount_yen', yenOf: ({ payment }) => payment.amountYen },
    { name: 'transaction_id', of: ({ payment }) => payment.transactionId },
    { name: 'status', of: ({ payment }) => payment.status },
    { name: 'repeated', of: ({ payment }) => (payment.repeated ? 'yes' : 'no') },
    { name: 'support', of: ({ payment }) => payment.support ?? '' },
  ],
  rowsOf: ({ couponNumber, outagePayments: payments }: Settlement) =>
    payments.length === 0 ? NO_ROWS : payments.map((payment) => ({ couponNumber, payment })),
  forMachines: true,
};
