import { Random } from './random.ts';
import { columnsOf, type FileName, forEachFile } from './rows.ts';

type Fields = readonly (string | number)[];

/** What is written in place of a row, and what must become of it. */
export type Fault =
  | { readonly kind: 'rejected'; readonly code: string; readonly rows: readonly Fields[] }
  | { readonly kind: 'duplicate' | 'conflicting'; readonly rows: readonly Fields[] };

interface Spoiling {
  readonly column: string;
  readonly code: string;
  readonly spoil: (written: string) => string;
}

const spoiling = (column: string, code: string, spoil: string | ((written: string) => string)): Spoiling => ({
  column,
  code,
  spoil: typeof spoil === 'string' ? () => spoil : spoil,
});
const badAmounts = (column: string): readonly Spoiling[] => [
  spoiling(column, 'BAD_AMOUNT', (written) => `${written}.5`),
  spoiling(column, 'BAD_AMOUNT', '1e3'),
  spoiling(column, 'BAD_AMOUNT', (written) => `-${written}`),
];
const excelNumber = spoiling('coupon_number', 'EXCEL_NUMBER', '1.23457E+11');
/** No February has so many days. */
const noSuchDate = (written: string): string => `${written.slice(0, 4)}-02-30${written.slice(10)}`;

/** One value of a row is made unreadable: as exports, spreadsheets and people do it. */
const SPOILINGS: Readonly<Record<FileName, readonly Spoiling[]>> = {
  issuance: [
    ...badAmounts('face_yen'),
    excelNumber,
    spoiling('face_yen', 'ZERO_AMOUNT', '0'),
    spoiling('medium', 'BAD_VALUE', 'plastic'),
    spoiling('prefecture', 'BAD_PREFECTURE', '4'),
    spoiling('expires_on', 'NO_SUCH_DATE', noSuchDate),
  ],
  transactions: [
    ...badAmounts('amount_yen'),
    excelNumber,
    spoiling('transaction_id', 'CIRCLED_DIGIT', (written) => `${written}①`),
    spoiling('transaction_id', 'STRAY_QUOTE', (written) => `${written}"`),
    spoiling('occurred_at', 'BAD_INSTANT', (written) => written.replace('T', ' at ')),
    spoiling('occurred_at', 'NO_SUCH_DATE', noSuchDate),
    spoiling('kind', 'BAD_VALUE', 'refund'),
    spoiling('amount_yen', 'MISSING_VALUE', ''),
  ],
  merchant_reports: [
    ...badAmounts('coupon_yen'),
    spoiling('total_yen', 'SALE_TOTAL', (written) => String(Number(written) + 1)),
    spoiling('sold_at', 'NO_SUCH_DATE', noSuchDate),
  ],
  claims: [
    spoiling('expires_on', 'NO_SUCH_DATE', noSuchDate),
    spoiling('kind', 'BAD_VALUE', 'lost'),
    spoiling('merchant_id', 'MISSING_VALUE', ''),
  ],
  applications: [
    excelNumber,
    spoiling('applied_at', 'NO_SUCH_DATE', noSuchDate),
    spoiling('method', 'BAD_VALUE', 'cash'),
  ],
};
/** A column in which a second row of the same id says something else. */
const DISPUTED: Readonly<Record<FileName, string>> = {
  issuance: 'issuer_id',
  transactions: 'terminal_id',
  merchant_reports: 'receipt_no',
  claims: 'merchant_id',
  applications: 'name',
};
const PLACES = forEachFile((name) => new Map(columnsOf(name).map((column, place) => [column, place])));

const UNREADABLE_SHARE = 0.5;
const DUPLICATE_SHARE = 0.25;
/** Of the unreadable rows, those that lose their last field. */
const SHORT_SHARE = 0.1;

/** Decides which rows go wrong, with dice of its own: the same night with another error rate stays the same night. */
export class Faults {
  private readonly random: Random;
  private readonly rate: number;

  constructor(seed: number, rate: number) {
    this.random = new Random(Math.imul(seed, 0x2c1b3c6d) ^ 0x297a2d39);
    this.rate = rate;
  }

  /** What happens to a row, or undefined: nothing. */
  on(name: FileName, row: Fields): Fault | undefined {
    if (!this.random.chance(this.rate)) return undefined;
    const draw = this.random.next();
    if (draw < UNREADABLE_SHARE) return this.unreadable(name, row);
    if (draw < UNREADABLE_SHARE + DUPLICATE_SHARE) return { kind: 'duplicate', rows: [row, row] };
    const other = replaced(row, PLACES[name].get(DISPUTED[name]) ?? 0, (written) => `${written}X`);
    return { kind: 'conflicting', rows: [row, other] };
  }

  private unreadable(name: FileName, row: Fields): Fault {
    if (this.random.chance(SHORT_SHARE)) return { kind: 'rejected', code: 'FIELD_COUNT', rows: [row.slice(0, -1)] };
    const { column, code, spoil } = this.random.pick(SPOILINGS[name]);
    return { kind: 'rejected', code, rows: [replaced(row, PLACES[name].get(column) ?? 0, spoil)] };
  }
}

const replaced = (row: Fields, place: number, by: (written: string) => string): Fields =>
  row.map((field, at) => (at === place ? by(String(field)) : field));
