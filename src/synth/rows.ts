/** The files that are written, with their columns. */
const COLUMNS = {
  issuance:
    'coupon_number medium prefecture face_yen issued_at expires_on issuer_id travel_date account_id account_status phone email',
  transactions:
    'transaction_id coupon_number occurred_at kind status amount_yen merchant_id terminal_id related_transaction_id funding',
  merchant_reports: 'report_id merchant_id sold_at total_yen coupon_yen cash_yen other_yen coupon_number receipt_no',
  claims: 'claim_id received_at kind coupon_number expires_on prefecture merchant_id',
  applications:
    'application_id applied_at coupon_number prefecture travel_date name method phone email bank_code branch_code account_type account_number account_holder_kana',
} as const;

export type FileName = keyof typeof COLUMNS;
export const FILE_NAMES = Object.keys(COLUMNS) as FileName[];

export const columnsOf = (name: FileName): readonly string[] => COLUMNS[name].split(' ');

/** Something for each of the files. */
export const forEachFile = <T>(make: (name: FileName) => T): Readonly<Record<FileName, T>> =>
  Object.fromEntries(FILE_NAMES.map((name) => [name, make(name)])) as Record<FileName, T>;

const YEN: Partial<Readonly<Record<FileName, number>>> = {
  issuance: columnsOf('issuance').indexOf('face_yen'),
  transactions: columnsOf('transactions').indexOf('amount_yen'),
  merchant_reports: columnsOf('merchant_reports').indexOf('total_yen'),
};

/** What a row adds to its file's control total. */
export const yenOf = (name: FileName, row: readonly (string | number)[]): number => Number(row[YEN[name] ?? -1] ?? 0);
