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

const WITHOUT_ZERO = /^[6-9]0\d{8}$/;

/** By the phones of an account, which are one list for all of its coupons, however many. */
const LACKS_ZERO = new WeakMap<readonly string[], boolean>();

/** Whether one of them is a mobile number but for the 0 in front, as a spreadsheet leaves it. */
export function lacksLeadingZero(phones: readonly string[]): boolean {
  const known = LACKS_ZERO.get(phones);
  if (known !== undefined) return known;
  const lacks = phones.some((phone) => WITHOUT_ZERO.test(comparablePhone(phone)));
  LACKS_ZERO.set(phones, lacks);
  return lacks;
}

type BankFields = Pick<
  ApplicationRow,
  'bankCode' | 'branchCode' | 'accountType' | 'accountNumber' | 'accountHolderKana'
>;

/** Bank, branch, type and number, the number padded to the seven digits that banks use. */
export type BankAccount = readonly [bankCode: string, branchCode: string, accountType: string, accountNumber: string];

export function bankAccountOf(row: BankFields): BankAccount {
  const { bankCode, branchCode, accountType, accountNumber } = row;
  const post = postNumber(row);
  if (post === undefined) return [bankCode, branchCode, accountType, padded(accountNumber)];
  return [bankCode, `${branchCode.slice(1, 3)}${isDeposit(row) ? '8' : '9'}`, accountType, padded(post)];
}

const padded = (number: string): string => (NUMBER.test(number) ? number.padStart(7, '0') : number);

const NUMBER = /^\d{1,7}$/;
const JAPAN_POST_BANK = '9900';

/**
 * Whether the account is given as 記号 and 番号, as passbooks of ゆうちょ銀行 have it, the 記号 (five digits) in the place of the
 * branch. The bank publishes what they are in a transfer: 「記号・番号から振込用の店名・預金種目・口座番号への変換の公式」
 * (3-rules.md §8).
 */
const hasPostSymbol = ({ bankCode, branchCode }: BankFields): boolean =>
  bankCode === JAPAN_POST_BANK && /^[01]\d{4}$/.test(branchCode);

/** 総合口座, 通常貯金 and 通常貯蓄貯金 begin with 1, 振替口座 with 0. */
const isDeposit = ({ branchCode }: BankFields): boolean => branchCode.startsWith('1');

/** Of a deposit the 番号 ends in a 1, which transfers leave away; of a 振替口座 it stays as it is. Undefined of any other. */
function postNumber(row: BankFields): string | undefined {
  if (!hasPostSymbol(row)) return undefined;
  if (!isDeposit(row)) return NUMBER.test(row.accountNumber) ? row.accountNumber : undefined;
  return /^\d{1,7}1$/.test(row.accountNumber) ? row.accountNumber.slice(0, -1) : undefined;
}

/** Katakana of either width, and what a bank's holder field may hold beside it. */
const HOLDER = /^[\u30a1-\u30fa\uff66-\uff6f\uff71-\uff9dー\uff70\uff9e\uff9f \u3000()（）.\-0-9A-Z]+$/;
const KATAKANA = /[\u30a1-\u30fa\uff66-\uff6f\uff71-\uff9d]/;

export type BankField = keyof BankFields;

/** What of the details a bank would not take, in the order of the columns; nothing where it would take all (3-rules.md §8). */
export function unusableBankFields(row: BankFields): readonly BankField[] {
  const isPost = hasPostSymbol(row);
  const types = isDeposit(row) ? /^[14]$/ : /^2$/;
  const usable: Readonly<Record<BankField, boolean>> = {
    bankCode: /^\d{4}$/.test(row.bankCode),
    branchCode: isPost || /^\d{3}$/.test(row.branchCode),
    accountType: (isPost ? types : /^[124]$/).test(row.accountType),
    accountNumber: isPost ? postNumber(row) !== undefined : NUMBER.test(row.accountNumber),
    accountHolderKana: HOLDER.test(row.accountHolderKana) && KATAKANA.test(row.accountHolderKana),
  };
  return (Object.keys(usable) as BankField[]).filter((field) => !usable[field]);
}
