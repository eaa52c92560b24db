import type { InputFile, Tables } from '../intake/tables.ts';

/** Where every row that evidence can name stands. */
export function placesOf(tables: Tables): (id: string) => readonly string[] {
  const index = new Map<string, string[]>();
  const add = (prefix: string, id: string, file: number, line: number) => {
    const key = `${prefix}:${id.replace(/\s/g, '%20')}`;
    const name = (tables.files[file] as InputFile | undefined)?.name;
    const place = name === undefined ? '(previous run)' : `${name}:${line}`;
    const list = index.get(key);
    if (list === undefined) index.set(key, [place]);
    else list.push(place);
  };
  const { issuance, transactions, sales } = tables;
  for (let row = 0; row < issuance.rows; row++)
    add('coupon', tables.coupons.textOf(issuance.coupon[row] ?? 0), issuance.file[row] ?? 0, issuance.line[row] ?? 0);
  for (let row = 0; row < transactions.rows; row++)
    add(
      'tx',
      tables.transactionIds.textOf(transactions.transaction[row] ?? 0),
      transactions.file[row] ?? 0,
      transactions.line[row] ?? 0,
    );
  for (let row = 0; row < sales.rows; row++)
    add('sale', tables.reports.textOf(sales.report[row] ?? 0), sales.file[row] ?? 0, sales.line[row] ?? 0);
  for (const row of tables.claims) add('claim', row.claimId, row.file, row.line);
  for (const row of tables.applications) add('application', row.applicationId, row.file, row.line);
  for (const row of tables.paid) add('paid', row.payoutId, row.file, row.line);
  for (const row of tables.decisions) add('decision', row.reviewId, row.file, row.line);
  for (const row of tables.rejects) if (row.kind === 'transactions') add('tx', row.rowId ?? '?', row.file, row.line);
  return (id) => index.get(id) ?? [];
}
