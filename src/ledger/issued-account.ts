import { rowsByNumber, rowsOfNumber } from '../base/rows-by-number.ts';
import { compareText } from '../base/text.ts';
import type { CouponIndex } from '../tables/pool-index.ts';
import { ABSENT, ACCEPTED, type IssuanceTable, type Tables } from '../tables/tables.ts';
import { type Account, type Evidence, NONE } from './case.ts';
import type { RowEvidence } from './evidence.ts';
import { MOST_NAMED, NAMED_OF_MANY, namedAmong } from './many-rows.ts';
import type { Scope } from './scope.ts';

/** The same phone, however it was punctuated (3-rules.md §8). */
export const comparablePhone = (phone: string): string =>
  /^\d*$/.test(phone) ? phone : phone.replace(/[-\u2010-\u2015\u2212\s]/g, '');

/** What the issuance rows of its coupons say of an account. */
export class IssuedAccount implements Account {
  readonly accountId: string;
  readonly active: boolean;
  private readonly contacts: AccountContacts;
  private readonly row: number;

  /** @param row of the coupon in question @param contacts of all its coupons */
  constructor({ issuance, texts }: Tables, row: number, contacts: AccountContacts) {
    this.accountId = texts.textOf(issuance.account[row] as number);
    this.active = issuance.accountStatus[row] === 0;
    this.contacts = contacts;
    this.row = row;
  }

  get couponCount(): number {
    return this.contacts.rows.length;
  }

  get phones(): readonly string[] {
    return this.contacts.phones;
  }

  get emails(): readonly string[] {
    return this.contacts.emails;
  }

  get coupons(): readonly Evidence[] {
    return this.contacts.couponsAsAskedOf(this.row);
  }
}

/** What all issuance rows of an account say: looked at once, however many coupons it has, and not before it is asked for. */
export class AccountContacts {
  readonly rows: Int32Array;
  private readonly tables: Tables;
  private readonly evidence: RowEvidence;
  private knownPhones: readonly string[] | undefined;
  private knownEmails: readonly string[] | undefined;
  private knownCoupons: readonly Evidence[] | undefined;
  private knownWitnesses: readonly number[] | undefined;

  constructor(tables: Tables, rows: Int32Array, evidence: RowEvidence) {
    this.tables = tables;
    this.rows = rows;
    this.evidence = evidence;
  }

  get phones(): readonly string[] {
    this.knownPhones ??= distinctTexts(this.tables.issuance.phone, this.rows, (key) =>
      comparablePhone(this.textOf(key)),
    );
    return this.knownPhones;
  }

  get emails(): readonly string[] {
    this.knownEmails ??= distinctTexts(this.tables.issuance.email, this.rows, (key) => this.textOf(key));
    return this.knownEmails;
  }

  /** All of its coupons; of many those that show each contact first, and that of the question (3-rules.md §7). */
  couponsAsAskedOf(row: number): readonly Evidence[] {
    this.knownCoupons ??= Array.from(this.rows, (each) => this.evidence.issuance(each));
    const all = this.knownCoupons;
    if (all.length <= MOST_NAMED) return all;
    this.knownWitnesses ??= this.witnesses();
    const named = new Set([...this.knownWitnesses, row]);
    return namedAmong(
      all,
      Array.from(named, (each) => this.evidence.issuance(each)),
    );
  }

  /** In the order of their ids, those with a phone or an e-mail that none before them has; the first few of these. */
  private witnesses(): readonly number[] {
    const { phone, email } = this.tables.issuance;
    const inOrder = Array.from(this.rows, (row) => ({ row, id: this.evidence.issuance(row).id }));
    inOrder.sort((a, b) => compareText(a.id, b.id));
    const [phones, emails] = [new Set(['']), new Set([''])];
    const found: number[] = [];
    for (const { row } of inOrder) {
      if (found.length === NAMED_OF_MANY) break;
      const [ownPhone, ownEmail] = [
        comparablePhone(this.textOf(phone[row] as number)),
        this.textOf(email[row] as number),
      ];
      if (!phones.has(ownPhone) || !emails.has(ownEmail)) found.push(row);
      phones.add(ownPhone);
      emails.add(ownEmail);
    }
    return found;
  }

  private textOf(key: number): string {
    return key === ABSENT ? '' : this.tables.texts.textOf(key);
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
  cases: readonly CouponIndex[],
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
