/**
 * Reads the CSV files of a night back into rows: the other half of write-night.ts.
 * Well-formed files only; nothing is normalised and nothing is rejected here.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApplicationRow, ClaimRow, IssuanceRow, Night, PaidRow, SaleRow, TransactionRow } from './reference.ts';

export type Cells = Record<string, string>;

/** Plain CSV with quotes; the first row is the header. */
export function parseCsv(text: string): Cells[] {
  const records: string[][] = [];
  let record: string[] = [];
  let cell = '';
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charAt(index);
    if (quoted) {
      if (char === '"' && text.charAt(index + 1) === '"') {
        cell += '"';
        index += 1;
      } else if (char === '"') quoted = false;
      else cell += char;
    } else if (char === '"') quoted = true;
    else if (char === ',') {
      record.push(cell);
      cell = '';
    } else if (char === '\n') {
      record.push(cell);
      records.push(record);
      record = [];
      cell = '';
    } else if (char !== '\r') cell += char;
  }
  if (cell !== '' || record.length > 0) records.push([...record, cell]);
  const [header = [], ...body] = records;
  return body.map((values) => Object.fromEntries(header.map((name, index) => [name, values[index] ?? ''])));
}

function typed<R>(rows: readonly Cells[]): R[] {
  return rows.map((row) => {
    const entries = Object.entries(row)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => [name, name.endsWith('_yen') ? Number(value) : value]);
    return Object.fromEntries(entries) as R;
  });
}

export function readNight(folder: string): Night {
  const rows = (name: string): Cells[] => {
    const path = join(folder, name);
    return existsSync(path) ? parseCsv(readFileSync(path, 'utf8')) : [];
  };
  return {
    issuance: typed<IssuanceRow>(rows('issuance.csv')),
    transactions: typed<TransactionRow>(rows('transactions.csv')),
    sales: typed<SaleRow>(rows('merchant_reports.csv')),
    claims: typed<ClaimRow>(rows('claims.csv')),
    applications: typed<ApplicationRow>(rows('applications.csv')),
    paid: typed<PaidRow>(rows('paid.csv')),
  };
}
