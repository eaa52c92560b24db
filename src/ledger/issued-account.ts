import { ABSENT, ACCEPTED, type IssuanceTable, type Tables } from '../intake/tables.ts';
import { compareText } from '../policy/text.ts';
import { type Account, type Evidence, NONE } from './case.ts';
import type { RowEvidence } from './evidence.ts';
import { rowsByNumber, rowsOfNumber } from './rows-by-number.ts';
import type { Scope } from './scope.ts';

/** The same phone, however it was punctuated (3-rules.md §8). */
export const comparablePhone = (phone: string): string =>
  /^\d*$/.test(phone) ? phone : phone.replace(/[-\u2010-\u2015\u2212\s]/g, '');

/** What the issuance rows of its coupons say of an account. */
export class IssuedAccount implements Account {
  readonly accountId: string;
  readonly active: boolean;
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  private readonly rows: Int32Array;
  private readonly evidence: RowEvidence;

  /** @param row of the coupon in question @param rows of all its coupons */
  constructor({ issuance, texts }: Tables, row: number, rows: Int32Array, evidence: RowEvidence) {
    const textOf = (key: number): string => (key === ABSENT ? '' : texts.textOf(key));
    this.accountId = texts.textOf(issuance.account[row] as number);
    this.active = issuance.accountStatus[row] === 0;
    this.phones = distinctTexts(issuance.phone, rows, (key) => comparablePhone(textOf(key)));
    this.emails = distinctTexts(issuance.email, rows, textOf);
    this.rows = rows;
    this.evidence = evidence;
  }

  get coupons(): readonly Evidence[] {
    return Array.from(this.rows, (row) => this.evidence.issuance(row));
  }
}

/** Those that are not empty, in order. Mostly one key stands in all rows, and is one text. */
function distinctTexts(column: Float64Array, rows: Int32Array, textOf: (key: number) => string): readonly string[] {
  const first = column[rows[0] as number] as number;
  let isOne = true;
  for (let at = 1; at < rows.length; at++) if (column[rows[at] as number] !== first) isOne = false;
  const texts = isOne
    ? [textOf(first)]
    : [...new Set(Array.from(rows, (row) => textOf(column[row] as number)))].sort(compareText);
  return texts[0] === '' ? (isOne ? NONE : texts.slice(1)) : texts;
}

/** By account of one of the cases: the accepted issuance rows of all its coupons. */
export function rowsOfAccounts(
  { rows, account, disposition }: IssuanceTable,
  scope: Scope,
  cases: readonly number[],
): (account: number) => Int32Array | undefined {
  const numberOf = new Map<number, number>();
  // Nearly every row is another's: a look at one byte tells most of them.
  const marks = new Uint8Array(Math.max(1 << 10, 2 ** Math.ceil(Math.log2(cases.length + 1)) * MARKS_A_CASE));
  const mask = marks.length - 1;
  for (const coupon of cases) {
    const key = account[scope.issuanceRow[coupon] ?? -1] ?? ABSENT;
    if (key === ABSENT || numberOf.has(key)) continue;
    numberOf.set(key, numberOf.size);
    marks[key & mask] = 1;
  }
  const found: number[] = [];
  const numbers: number[] = [];
  for (let row = 0; numberOf.size > 0 && row < rows; row++) {
    const key = account[row] as number;
    if (marks[key & mask] === 0 || disposition[row] !== ACCEPTED) continue;
    const number = numberOf.get(key);
    if (number === undefined) continue;
    found.push(row);
    numbers.push(number);
  }
  const grouped = rowsByNumber(found, numbers, numberOf.size);
  return (key) => {
    const number = numberOf.get(key);
    return number === undefined ? undefined : rowsOfNumber(grouped, number);
  };
}

const MARKS_A_CASE = 16;
