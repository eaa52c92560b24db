import { ASKED_FILE, REVIEW_FILE } from '../../publish/asked.ts';
import { ELIGIBILITY } from '../../publish/eligibility.ts';
import { OUTAGE_PAYMENTS } from '../../publish/outage-payments.ts';
import { PAID_TEMPLATE, PAYOUTS, UNMATCHED } from '../../publish/output-files.ts';
import { PAID_PAYOUTS_FILE } from '../../publish/paid-payouts.ts';
import { CARRIED_FILE } from '../../publish/previous.ts';
import { TO_SEND_FILE } from '../../publish/unsent-payouts.ts';

/** How the rows of a file of a run folder are held against those of another run. */
export interface ComparedTable {
  readonly name: string;
  /** What tells a row from others, in either run. Rows alike in it are paired off in their order. */
  readonly key: readonly string[];
  /** The column that the file is sorted by, of the key: rows are held in memory for one value of it at a time. */
  readonly sortedBy?: string;
  /** Columns that differ between runs that come to the same. */
  readonly passed?: readonly string[];
  /** Columns with personal data: that they differ is told, never what stands in them. */
  readonly personal?: readonly string[];
  /** Whether a difference here is one of money: who gets what, and what is put back. Dates are not. */
  readonly money?: readonly string[];
}

const CONTACTS = ['recipient', 'deliver_to'];

/**
 * Every table beside eligibility.csv that says what a run came to, or what it read. Payouts go by their coupons: their ids
 * depend on whoever receives them.
 */
export const COMPARED_TABLES: readonly ComparedTable[] = [
  {
    name: PAYOUTS,
    key: ['coupons'],
    passed: ['payout_id'],
    personal: CONTACTS,
    money: ['route', 'amount_yen', ...CONTACTS],
  },
  { name: TO_SEND_FILE, key: ['coupons'], passed: ['payout_id', 'made_at'], personal: CONTACTS },
  { name: 'extensions.csv', key: ['coupon_number'], sortedBy: 'coupon_number' },
  {
    name: 'reinstatements.csv',
    key: ['coupon_number', 'transaction_id'],
    sortedBy: 'coupon_number',
    money: ['merchant_id', 'amount_yen'],
  },
  { name: REVIEW_FILE, key: ['coupon_number', 'reason', 'review_id'], sortedBy: 'coupon_number' },
  { name: 'merchant_days.csv', key: ['merchant_id', 'date'], sortedBy: 'merchant_id' },
  { name: 'rejects.csv', key: ['file', 'line', 'column'] },
  { name: UNMATCHED, key: ['input', 'file', 'line'] },
  { name: 'input_days.csv', key: ['input', 'date'] },
];

/** Files that `diff` passes by, and why. */
export const NOT_COMPARED: Readonly<Record<string, string>> = {
  [ELIGIBILITY]: 'compared coupon by coupon',
  [OUTAGE_PAYMENTS]: 'what follows from it stands in the tables that are compared',
  [PAID_TEMPLATE]: `made of ${TO_SEND_FILE}`,
  [CARRIED_FILE]: 'said by earlier runs: the cause `previous`',
  [PAID_PAYOUTS_FILE]: 'said by earlier runs: the cause `previous`',
  [ASKED_FILE]: 'said by earlier runs: the cause `previous`',
};
