import { formatDate } from '../base/instants.ts';
import type { Settlement } from '../settlement/settlement.ts';
import type { Column, SettlementTable } from './output-table.ts';

export const ELIGIBILITY = 'eligibility.csv';

/** Most lists hold one thing or none. */
export const joined = (values: readonly string[], separator: string): string =>
  values.length < 2 ? (values[0] ?? '') : values.join(separator);
export const list = (values: readonly string[]): string => joined(values, ' ');

const NO_ROWS: readonly never[] = [];

const ELIGIBILITY_COLUMNS = [
  { name: 'coupon_number', of: (each) => each.couponNumber, compared: false },
  { name: 'status', of: (each) => each.status },
  { name: 'grounds', of: (each) => joined(each.grounds, '+') },
  { name: 'valid_until', of: (each) => (each.amounts === undefined ? '' : formatDate(each.amounts.validUntil)) },
  { name: 'residual_yen', yenOf: (each) => each.amounts?.residualYen },
  { name: 'reinstate_yen', yenOf: (each) => each.amounts?.reinstateYen },
  { name: 'already_paid_yen', yenOf: (each) => each.amounts?.alreadyPaidYen },
  { name: 'payable_yen', yenOf: (each) => each.amounts?.payableYen },
  { name: 'route', of: (each) => each.route ?? '' },
  { name: 'payout_id', of: (_, payoutId) => payoutId, compared: false },
  { name: 'reasons', of: (each) => list(each.reasons) },
  { name: 'evidence', of: (each) => list(each.evidence), compared: false },
] as const satisfies readonly Column<Settlement>[];

export const eligibility: SettlementTable<Settlement> = {
  name: ELIGIBILITY,
  columns: ELIGIBILITY_COLUMNS,
  rowsOf: (each) => (each.listed ? [each] : NO_ROWS),
  forMachines: true,
};

/** The columns of eligibility.csv that `diff` compares. */
export const COMPARED_COLUMNS = ELIGIBILITY_COLUMNS.filter(isCompared).map(({ name }) => name);

type EligibilityColumn = (typeof ELIGIBILITY_COLUMNS)[number];
function isCompared(column: EligibilityColumn): column is Exclude<EligibilityColumn, { readonly compared: false }> {
  return !('compared' in column);
}
