/** Writes a night as the six CSV files that the program reads. */
import type { Night } from './reference.ts';

export interface NightCsv {
  issuance: string;
  transactions: string;
  merchant_reports: string;
  claims: string;
  applications: string;
  paid: string;
}

type Cell = string | number | boolean | undefined;

const columns = {
  issuance: [
    'coupon_number',
    'medium',
    'prefecture',
    'face_yen',
    'issued_at',
    'expires_on',
    'issuer_id',
    'travel_date',
    'account_id',
    'account_status',
    'phone',
    'email',
  ],
  transactions: [
    'transaction_id',
    'coupon_number',
    'occurred_at',
    'kind',
    'status',
    'amount_yen',
    'merchant_id',
    'terminal_id',
    'related_transaction_id',
    'funding',
  ],
  merchant_reports: [
    'report_id',
    'merchant_id',
    'sold_at',
    'total_yen',
    'coupon_yen',
    'cash_yen',
    'other_yen',
    'coupon_number',
    'receipt_no',
  ],
  claims: ['claim_id', 'received_at', 'kind', 'coupon_number', 'expires_on', 'prefecture', 'merchant_id'],
  applications: [
    'application_id',
    'applied_at',
    'coupon_number',
    'prefecture',
    'travel_date',
    'name',
    'method',
    'phone',
    'email',
    'bank_code',
    'branch_code',
    'account_type',
    'account_number',
    'account_holder_kana',
  ],
  paid: ['payout_id', 'coupon_number', 'amount_yen', 'sent_at', 'status'],
} as const satisfies Record<keyof NightCsv, readonly string[]>;

function quote(value: Cell): string {
  const text = value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What makes a row rejected, while its coupon number, merchant and instant of sale stay readable. */
function spoil(file: keyof NightCsv, row: Record<string, Cell>): Record<string, Cell> {
  switch (file) {
    case 'issuance':
      return { ...row, face_yen: '12.5' };
    case 'transactions':
    case 'paid':
      return { ...row, amount_yen: '12.5' };
    case 'merchant_reports':
      return { ...row, total_yen: Number(row.total_yen) + 1 };
    case 'claims':
      return { ...row, expires_on: '2023-02-30' };
    case 'applications':
      return { ...row, applied_at: '2023-02-30T10:00:00+09:00' };
  }
}

function toCsv(file: keyof NightCsv, rows: readonly object[]): string {
  const names: readonly string[] = columns[file];
  const lines = rows.map((each) => {
    const row = { ...each } as Record<string, Cell>;
    const written = row.rejected === true ? spoil(file, row) : row;
    return names.map((name) => quote(written[name])).join(',');
  });
  return `${[names.join(','), ...lines].join('\n')}\n`;
}

export function nightToCsv(night: Night): NightCsv {
  return {
    issuance: toCsv('issuance', night.issuance),
    transactions: toCsv('transactions', night.transactions),
    merchant_reports: toCsv('merchant_reports', night.sales),
    claims: toCsv('claims', night.claims),
    applications: toCsv('applications', night.applications),
    paid: toCsv('paid', night.paid),
  };
}
