import { compareText } from '../../base/text.ts';
import { readCouponNumber } from '../../intake/values/identifiers.ts';
import { comparablePhone } from '../../ledger/issued-account.ts';
import { type Carried, isFromChain } from '../../publish/previous.ts';
import { bankAccountOf } from '../../rules/destinations.ts';
import type { CouponIndex } from '../../tables/pool-index.ts';
import { ABSENT, type ApplicationRow, type Tables } from '../../tables/tables.ts';

/** What is looked through for the coupons that a word means. */
export interface Known {
  readonly tables: Tables;
  /** What earlier runs of the chain made. */
  readonly carried: readonly Carried[];
  /** The coupons of a payout that this run made, by its id. */
  readonly payouts: ReadonlyMap<string, readonly string[]>;
  /** Whether the run has listed a number as it is written, issued or not. */
  readonly isListed: (couponNumber: string) => boolean;
}

/** The coupons that a word of the command line means, and what it was taken for. */
export type Meant =
  /** As a run writes the number, issued or not. */
  | { readonly as: 'coupon'; readonly coupons: readonly [string] }
  /** Of one person: the coupons of a payout, or of whoever has the phone, the address or the account. */
  | { readonly as: 'payout' | 'contact'; readonly coupons: readonly string[] }
  /** It may be how to reach somebody, and was not asked for as such; or nobody has it, or more than one. */
  | { readonly as: 'contact not asked for' | 'nobody' | 'several people' };

/**
 * @param byContact whether phones, addresses and accounts are looked for too
 */
export function couponsMeant(word: string, known: Known, byContact: boolean): Meant {
  const couponNumber = couponNumberOf(word);
  const issued = issuedAs(couponNumber, known);
  if (issued !== undefined) return { as: 'coupon', coupons: [issued] };
  const inPayout = couponsOfPayout(word.normalize('NFKC').trim(), known);
  if (inPayout.length > 0) return { as: 'payout', coupons: inPayout };
  if (!byContact) return isContact(word) ? { as: 'contact not asked for' } : { as: 'coupon', coupons: [couponNumber] };
  const found = couponsOfContact(word, known.tables);
  if (found !== undefined) return found;
  return isContact(word) ? { as: 'nobody' } : { as: 'coupon', coupons: [couponNumber] };
}

/** A number as a run writes it. */
export function couponNumberOf(written: string): string {
  const read = readCouponNumber(written);
  return 'value' in read ? read.value : written;
}

/** The number itself if it is known, or the one that is the same but for zeros in front. */
function issuedAs(couponNumber: string, { tables, isListed }: Known): string | undefined {
  if (tables.coupons.find(couponNumber) !== ABSENT || isListed(couponNumber)) return couponNumber;
  const nearest = tables.nearestIssued(couponNumber);
  return nearest !== undefined && withoutZeros(nearest) === withoutZeros(couponNumber) ? nearest : undefined;
}

const withoutZeros = (number: string): string => number.replace(/^0+/, '');

const PAYOUT_ID = /^P[0-9a-f]+$/i;

function couponsOfPayout(word: string, { tables, carried, payouts }: Known): readonly string[] {
  if (!PAYOUT_ID.test(word)) return [];
  // Read out, a letter has no case.
  const payoutId = `P${word.slice(1).toLowerCase()}`;
  const isIt = (each: { readonly payoutId: string }): boolean => each.payoutId === payoutId || each.payoutId === word;
  return inOrder([
    ...(payouts.get(payoutId) ?? []),
    ...carried.filter(isIt).map(({ couponNumber }) => couponNumber),
    ...tables.paid
      .filter((row) => isIt(row) && !isFromChain(row) && row.couponNumber !== '')
      .map(({ couponNumber }) => couponNumber),
  ]);
}

const inOrder = (coupons: readonly string[]): readonly string[] => [...new Set(coupons)].sort(compareText);

/** A phone number of Japan, an e-mail address, or a bank account in four parts or three: no coupon has such a number. */
const isContact = (word: string): boolean => {
  const written = word.normalize('NFKC').trim();
  return written.includes('@') || PHONE.test(phoneOf(written)) || BANK_ACCOUNT.test(written);
};

const PHONE = /^0(?:[1-9]\d{8}|[5-9]0\d{8})$/;
const BANK_ACCOUNT = /^(?:bank:)?(\d{4})-(\d{3})-(?:([124])-)?(\d{1,7})$/;

/** As columns of phones are compared, `+81` in place of the zero. */
const phoneOf = (written: string): string => comparablePhone(written.replace(/[()]/g, '')).replace(/^\+81/, '0');

/** Undefined where nobody has it. */
function couponsOfContact(word: string, tables: Tables): Meant | undefined {
  const written = word.normalize('NFKC').trim();
  const bank = couponsOfBank(written, tables.applications);
  if (bank !== undefined) return bank;
  const phone = phoneOf(written);
  const isIt = (text: string): boolean => text !== '' && (text === written || phoneOf(text) === phone);
  const coupons = inOrder([
    ...couponsOfAccounts(written.replace(/^account:/, ''), isIt, tables),
    ...tables.applications.filter((row) => isIt(row.phone) || isIt(row.email)).map(({ couponNumber }) => couponNumber),
  ]);
  return coupons.length === 0 ? undefined : { as: 'contact', coupons };
}

/** Of every app account that has this number, or this phone or address by any of its rows. */
function couponsOfAccounts(account: string, isIt: (text: string) => boolean, tables: Tables): readonly string[] {
  const { issuance, texts, coupons } = tables;
  const known = new Map<number, boolean>();
  const isContactKey = (key: number): boolean => {
    if (key === ABSENT) return false;
    let is = known.get(key);
    if (is === undefined) {
      is = isIt(texts.textOf(key));
      known.set(key, is);
    }
    return is;
  };
  const accounts = new Set<number>();
  const numbers: string[] = [];
  const ofAccount = texts.find(account);
  if (ofAccount !== ABSENT) accounts.add(ofAccount);
  for (let row = 0; row < issuance.rows; row++) {
    if (!isContactKey(issuance.phone[row] ?? ABSENT) && !isContactKey(issuance.email[row] ?? ABSENT)) continue;
    const key = issuance.account[row] ?? ABSENT;
    if (key !== ABSENT) accounts.add(key);
    numbers.push(coupons.textOf(issuance.coupon[row] as CouponIndex));
  }
  for (let row = 0; row < issuance.rows && accounts.size > 0; row++) {
    if (accounts.has(issuance.account[row] ?? ABSENT))
      numbers.push(coupons.textOf(issuance.coupon[row] as CouponIndex));
  }
  return numbers;
}

/** By all of an account, by it without its type, or by its number alone if nobody else has that at another bank. */
function couponsOfBank(written: string, applications: readonly ApplicationRow[]): Meant | undefined {
  const parts = BANK_ACCOUNT.exec(written);
  const number = parts?.[4] ?? (/^\d{1,7}$/.test(written) ? written : undefined);
  if (number === undefined) return undefined;
  const found = applications.filter((row) => {
    const [bank, branch, type, account] = bankAccountOf(row);
    if (row.method !== 'bank_transfer' || account !== number.padStart(7, '0')) return false;
    return (
      parts === null || (bank === parts[1] && branch === parts[2] && (parts[3] === undefined || type === parts[3]))
    );
  });
  if (found.length === 0) return undefined;
  if (new Set(found.map((row) => bankAccountOf(row).join('-'))).size > 1) return { as: 'several people' };
  return { as: 'contact', coupons: inOrder(found.map(({ couponNumber }) => couponNumber)) };
}
