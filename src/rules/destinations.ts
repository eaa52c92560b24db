import { comparablePhone } from '../ledger/issued-account.ts';
import type { ApplicationRow } from '../tables/tables.ts';

/** Whom a payment goes to, and how it reaches them. */
export type Destination =
  | { readonly kind: 'bank account'; readonly account: BankAccount; readonly holderKana: string }
  /** The contact is the one registered with the account: a mobile number or an e-mail address. */
  | { readonly kind: 'app account'; readonly accountId: string; readonly contact: string }
  | { readonly kind: 'contact'; readonly contact: string };

const asWritten = (address: string): string => address;

/**
 * The column `recipient` of payouts.csv: who is paid, in one text. Payments to one recipient are one payout (R10). It is
 * written here and parsed nowhere.
 *
 * @param shown how a bank account or a contact is written
 */
export function recipientOf(destination: Destination, shown: (address: string) => string = asWritten): string {
  switch (destination.kind) {
    case 'bank account':
      return `bank:${shown(destination.account.join('-'))}`;
    case 'app account':
      return `account:${destination.accountId}`;
    case 'contact':
      return `contact:${shown(destination.contact)}`;
  }
}

/** The column `deliver_to` of payouts.csv: the holder of a bank account, else where the URL is sent. */
export const deliverToOf = (destination: Destination): string =>
  destination.kind === 'bank account' ? destination.holderKana : destination.contact;

const MOBILE = /^0[6-9]0\d{8}$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
/** What a spreadsheet puts in front or around, and what nobody sees: it is of no address, and would not reach anybody. */
const OF_NO_ADDRESS = /^['\uff07=]|["\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

const isEmail = (written: string): boolean => EMAIL.test(written) && !OF_NO_ADDRESS.test(written);

/** deliver_to of points: the phone if it is a mobile number, else the e-mail if it is one; else nowhere (3-rules.md §8). */
export function deliverTo(phones: readonly string[], emails: readonly string[]): string | undefined {
  return phones.map(comparablePhone).find((phone) => MOBILE.test(phone)) ?? emails.find(isEmail);
}

type BankFields = Pick<
  ApplicationRow,
  'bankCode' | 'branchCode' | 'accountType' | 'accountNumber' | 'accountHolderKana'
>;

/** Bank, branch, type and number, the number padded to the seven digits that banks use. */
export type BankAccount = readonly [bankCode: string, branchCode: string, accountType: string, accountNumber: string];

export const bankAccountOf = (row: BankFields): BankAccount => [
  row.bankCode,
  row.branchCode,
  row.accountType,
  /^\d{1,7}$/.test(row.accountNumber) ? row.accountNumber.padStart(7, '0') : row.accountNumber,
];

/** Katakana of either width, and what a bank's holder field may hold beside it. */
const HOLDER = /^[\u30a1-\u30fa\uff66-\uff6f\uff71-\uff9dー\uff70\uff9e\uff9f \u3000()（）.\-0-9A-Z]+$/;
const KATAKANA = /[\u30a1-\u30fa\uff66-\uff6f\uff71-\uff9d]/;

/** Whether a bank would take the details (3-rules.md §8). */
export const areBankDetailsUsable = (row: BankFields): boolean =>
  /^\d{4}$/.test(row.bankCode) &&
  /^\d{3}$/.test(row.branchCode) &&
  /^[124]$/.test(row.accountType) &&
  /^\d{1,7}$/.test(row.accountNumber) &&
  HOLDER.test(row.accountHolderKana) &&
  KATAKANA.test(row.accountHolderKana);
