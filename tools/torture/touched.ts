import type { CsvTable, Tables } from './csv-table.ts';
import type { Changed } from './mutations.ts';

/** Columns by which a row has to do with another: who, where, which payment. */
const PEOPLE = ['coupon_number', 'account_id', 'phone', 'email', 'account_number'];
const LINKS = [...PEOPLE, 'merchant_id', 'transaction_id', 'related_transaction_id'];
/** Rows that speak of others by an id that these files do not explain. */
const UNEXPLAINED = ['payout_id', 'review_id'];

/** Blanks, width and zeros in front make no other value. */
const plain = (value: string): string =>
  value
    .normalize('NFKC')
    .replace(/[\s-]/g, '')
    .replace(/^0+(?=.)/, '')
    .toLowerCase();

const valuesIn = (header: readonly string[], row: readonly string[], columns: readonly string[]): readonly string[] =>
  columns.flatMap((column) => {
    const value = plain(row[header.indexOf(column)] ?? '');
    // A transaction is one thing, whoever speaks of it.
    return value === '' || !header.includes(column) ? [] : [`${column.replace('related_', '')} ${value}`];
  });

/**
 * Coupons that may come out otherwise for it: those in the changed rows, those of the same people, and those with a row at any
 * shop where one of all these has one. Far more than need be, so that nobody else may get a yen more.
 */
export function touchedBy(changed: Changed, before: Tables, after: Tables): ReadonlySet<string> | 'everybody' {
  if (changed === 'everybody') return 'everybody';
  if (changed.some(({ header, row }) => valuesIn(header, row, UNEXPLAINED).length > 0)) return 'everybody';
  const tables = [...Object.values(before), ...Object.values(after)];
  const own = changed.flatMap(({ header, row }) => valuesIn(header, row, LINKS));
  const people = withRowsOf(new Set(own), tables, PEOPLE, PEOPLE);
  const all = withRowsOf(withRowsOf(people, tables, PEOPLE, LINKS), tables, LINKS, LINKS);
  return new Set([...all].flatMap((value) => (value.startsWith('coupon_number ') ? [value.slice(14)] : [])));
}

/** The values, and those that stand in one row with one of them. */
function withRowsOf(
  values: ReadonlySet<string>,
  tables: readonly CsvTable[],
  by: readonly string[],
  take: readonly string[],
): ReadonlySet<string> {
  const found = new Set(values);
  for (const { header, rows } of tables)
    for (const row of rows)
      if (valuesIn(header, row, by).some((value) => values.has(value)))
        for (const value of valuesIn(header, row, take)) found.add(value);
  return found;
}

/** Yen payable by coupon. */
export type Yen = ReadonlyMap<string, number>;

/** Nobody gets a yen more who was not touched. */
export function moneyFaults(before: Yen, after: Yen, touched: ReadonlySet<string> | 'everybody'): readonly string[] {
  if (touched === 'everybody') return [];
  return [...after]
    .filter(([coupon, yen]) => yen > (before.get(coupon) ?? 0) && !touched.has(plain(coupon)))
    .map(([coupon, yen]) => `${coupon} gets ${yen} yen, not ${before.get(coupon) ?? 0}, and was not touched`);
}
