/**
 * Small files in the layouts of real exports, and as spreadsheets leave them behind, with what must come out of each. What
 * is written here was found by hand from the notice, the contract and the files; the program was asked afterwards.
 */
export interface RealFile {
  /** The folder of `fixtures/real-files`, and what tells its cases apart where it holds several. */
  readonly name: string;
  readonly why: string;
  /** What goes where, relative to the folder. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly options?: readonly string[];
  readonly expected: Published | Refused | Checked;
}

export interface Published {
  /** All of eligibility.csv: the number (without 46000000), status, grounds, yen payable. */
  readonly coupons: readonly string[];
  /** All of payouts.csv: recipient, yen. */
  readonly payouts?: readonly string[];
  /** All of review.csv: coupon, reason, yen at stake. */
  readonly review?: readonly string[];
  /** What every question of review.csv must say. None may say then that the shop sent no report. */
  readonly asks?: readonly string[];
  /** All of rejects.csv: file, line, code. */
  readonly rejects?: readonly string[];
  /** All of merchant_days.csv: merchant, date. */
  readonly days?: readonly string[];
  /** All files that a warning is given for. */
  readonly warned?: readonly string[];
}

export interface Refused {
  readonly exit: 2 | 3;
  /** The codes in the order in which they are told first. */
  readonly codes: readonly string[];
  /** Places that must be told. */
  readonly at?: readonly string[];
  /** Words that must be told, in one language or the other. */
  readonly says?: readonly string[];
  /** Words of the file that must not be told. */
  readonly never?: readonly string[];
}

export interface Checked {
  /** The log as `check` tells of it: rows accepted, headers that were passed over. */
  readonly accepted: number;
  readonly ignored: readonly string[];
}

/** The plain night: 201 was charged twice, 202 bought twice, 203 paid cash too. All expire on 2023-02-25. */
const NIGHT = {
  issuance: '../base/issuance.csv',
  transactions: '../base/transactions.csv',
  'merchant-reports': '../base/sales.csv',
  claims: '../base/claims.csv',
};
const { claims: _, ...NO_CALLS } = NIGHT;

const BASE: Published = {
  coupons: ['0201 payable B2 2000', '0202 not_eligible - 0', '0203 payable B1 3000'],
  payouts: ['account:A201 2000', 'account:A203 3000'],
};

/** The same night on coupons that expire on 2023-02-24, and nobody has called: what is left of each is paid under (A). */
const COHORT: Published = {
  coupons: ['0201 payable A+B2 1000', '0202 payable A 600', '0203 payable A 1500'],
  payouts: ['account:A201 1000', 'account:A202 600', 'account:A203 1500'],
  review: ['0203 UNSUPPORTED_PAYMENT 1500'],
};

/** The same, where the coupons were never charged to an account. */
const WITHOUT_ACCOUNT: Published = {
  coupons: [
    '0201 awaiting_application A+B2 1000',
    '0202 awaiting_application A 600',
    '0203 awaiting_application A 1500',
  ],
  review: ['0203 UNSUPPORTED_PAYMENT 1500'],
};

/** Five coupons of 3,000 yen that expire on 2023-02-24, and spent 1,000 yen each on the next day. */
const FIVE_OF_THE_COHORT: Published = {
  coupons: ['0201', '0202', '0203', '0204', '0205'].map((coupon) => `${coupon} payable A 2000`),
  payouts: ['A201', 'A202', 'A203', 'A204', 'A205'].map((account) => `account:${account} 2000`),
};

/** The plain night, where rows of the shop's report were set aside. */
const SHOP_NOT_COVERED = {
  coupons: ['0201 in_review - 0', '0202 in_review - 0', '0203 in_review - 0'],
  review: ['0201 REPEAT_UNVERIFIED 1000', '0202 REPEAT_UNVERIFIED 1200', '0203 CLAIM_UNVERIFIED 1500'],
} satisfies Published;

const invisible = (sign: string): Refused => ({
  exit: 3,
  codes: ['TOO_MANY_REJECTS', 'INVISIBLE_CHARACTER'],
  at: ['tx.csv:2:coupon_number', 'tx.csv:3:coupon_number'],
  says: [sign],
});

export const REAL_FILES: readonly RealFile[] = [
  {
    name: 'base',
    why: '201 has 1,000 left and one of two payments that no sale supports to get back; both of 202 are supported; 203 has 1,500 left and a bill paid in cash.',
    inputs: NIGHT,
    expected: BASE,
  },
  {
    name: 'B02-invisible-lrm',
    why: 'Two of five payments name 201 with a mark behind it that nobody sees; unread they would leave it its full face, so that two rejects of five refuse the log.',
    inputs: { ...NO_CALLS, issuance: 'issuance.csv', transactions: 'tx.csv' },
    expected: invisible('U+200E'),
  },
  {
    name: 'B02-invisible-zwsp',
    why: 'As with the mark of writing direction: a space of no width makes another number of 201, and the log is refused by its two rejects.',
    inputs: { ...NO_CALLS, issuance: 'issuance.csv', transactions: 'tx.csv' },
    expected: invisible('U+200B'),
  },
  {
    name: 'B03-excel-guard-unquoted',
    why: 'The whole column stands in ="…", which is a guard for spreadsheets and no part of a number: without it this is the plain night.',
    inputs: { ...NIGHT, transactions: 'tx.csv' },
    expected: BASE,
  },
  {
    name: 'B04-apostrophe',
    why: 'Every number of the log has an apostrophe before it, which is taken off: 1,000, 600 and 1,500 yen are left, and a double charge that nobody called about waits.',
    inputs: { ...NO_CALLS, issuance: 'issuance.csv', transactions: 'tx.csv' },
    expected: COHORT,
  },
  {
    name: 'B05c-overlap-lost-zero-txid',
    why: 'One payment stands in two overlapping exports, once as 000501 and once as 501; counted twice it would be a double charge, so both places are told and nothing is paid.',
    inputs: { ...NIGHT, transactions: 'tx-*.csv' },
    expected: { exit: 3, codes: ['TWO_SPELLINGS'], at: ['tx-a.csv:2:transaction_id'], says: ['000501', 'tx-b.csv:2'] },
  },
  {
    name: 'B07b-per-shop-numbers',
    why: 'Each shop numbers its sales from 1, so that all eight contradict each other; with M01’s set aside nothing is known of its day, and whoever asks must see that a report came.',
    inputs: { ...NIGHT, 'merchant-reports': 'sales-*.csv' },
    expected: {
      ...SHOP_NOT_COVERED,
      asks: ['sale 1', '売上 1', 'rows of one id with different content', '同じ ID で内容の違う行'],
      rejects: ['sales-M01.csv', 'sales-M02.csv'].flatMap((file) =>
        [2, 3, 4, 5].map((line) => `${file}:${line} CONFLICTING`),
      ),
    },
  },
  {
    name: 'B08-trailing-comma-rows',
    why: 'Every row has a field more than there are headers, and nobody can say which one is too much: five of five are rejected.',
    inputs: { ...NIGHT, transactions: 'tx.csv' },
    expected: {
      exit: 3,
      codes: ['TOO_MANY_REJECTS', 'FIELD_COUNT'],
      at: [2, 3, 4, 5, 6].map((line) => `tx.csv:${line}`),
    },
  },
  {
    name: 'B15f-one-payout-line-for-whole-recipient',
    why: 'A row without coupons speaks of a payout that no run at hand has made, so that nobody can say whose money it was.',
    inputs: { ...NIGHT, paid: 'paid.csv' },
    expected: { exit: 3, codes: ['UNKNOWN_PAYOUT'], at: ['paid.csv:2:payout_id'] },
  },
  {
    name: 'B18-utc-no-offset',
    why: 'Without an offset times are Japanese, so that no payment lies in the outage and no call finds its payment: three questions, a warning that it may be UTC, and no yen.',
    inputs: { ...NIGHT, transactions: 'tx.csv' },
    expected: {
      coupons: ['0201 in_review - 0', '0202 in_review - 0', '0203 in_review - 0'],
      review: ['0201 CLAIM_MISMATCH 0', '0202 CLAIM_MISMATCH 0', '0203 CLAIM_MISMATCH 0'],
      warned: ['tx.csv'],
    },
  },
  {
    name: 'B18-utc-no-offset (and a profile says so)',
    why: 'A profile that says that the log counts in UTC makes 09:00 into 18:00, and the plain night of it.',
    inputs: { ...NIGHT, transactions: 'tx.csv', profile: 'profile-utc.json' },
    expected: BASE,
  },
  {
    name: 'B23-after-midnight',
    why: 'A sale at 24:30 belongs to 00:30 of the next day, where it stands alone; the shop’s evening stays covered, and the plain night stays as it is.',
    inputs: { ...NIGHT, 'merchant-reports': 'sales.csv' },
    expected: { ...BASE, days: ['M01 2023-02-24', 'M01 2023-02-25'] },
  },
  {
    name: 'F01b-A-only-yy',
    why: '23 is 2023: the coupons are of (A), and 2,000 of 3,000 yen are left on each.',
    inputs: { ...NO_CALLS, issuance: 'issuance.csv', transactions: 'tx.csv', profile: 'profile.json' },
    expected: FIVE_OF_THE_COHORT,
  },
  {
    name: 'F01d-A-only-four-digits',
    why: 'The same coupons with years in four digits, which need no profile: 2,000 yen each.',
    inputs: { ...NO_CALLS, issuance: 'issuance.csv', transactions: 'tx.csv' },
    expected: FIVE_OF_THE_COHORT,
  },
  {
    name: 'F02-lost-zeros (as exported)',
    why: 'Twenty coupons of 2,000 yen, of which 1,501 to 1,520 were spent: 499 to 480 are left, 9,790 together.',
    inputs: { issuance: 'issuance.csv', transactions: 'tx.csv', 'merchant-reports': 'sales.csv' },
    expected: {
      coupons: Array.from({ length: 20 }, (_, at) => `${String(at + 1).padStart(12, '0')} payable A ${499 - at}`),
      payouts: Array.from({ length: 20 }, (_, at) => `account:A${at + 1} ${499 - at}`),
    },
  },
  {
    name: 'F02-lost-zeros (saved by a spreadsheet)',
    why: 'The log says 1 where the issuance says 000000000001: none of its payments finds its coupon, and all would be paid in full.',
    inputs: { issuance: 'issuance.csv', transactions: 'tx-excel.csv', 'merchant-reports': 'sales.csv' },
    expected: {
      exit: 3,
      codes: ['TOO_MANY_UNMATCHED', 'UNKNOWN_COUPON'],
      at: ['tx-excel.csv', 'tx-excel.csv:2:coupon_number'],
      says: ['000000000001'],
    },
  },
  {
    name: 'F02-lost-zeros (with spaces of no width)',
    why: 'Each number of the log ends in a space of no width: twenty of twenty rows are rejected.',
    inputs: { issuance: 'issuance.csv', transactions: 'tx-zwsp.csv', 'merchant-reports': 'sales.csv' },
    expected: {
      exit: 3,
      codes: ['TOO_MANY_REJECTS', 'INVISIBLE_CHARACTER'],
      at: ['tx-zwsp.csv', 'tx-zwsp.csv:2:coupon_number'],
      says: ['U+200B'],
    },
  },
  {
    name: 'F02e-sixteen-digits-excel-15',
    why: 'Three coupons have become one that was never issued, because a spreadsheet keeps fifteen digits: no payment finds its coupon.',
    inputs: { ...NO_CALLS, issuance: 'issuance.csv', transactions: 'tx.csv' },
    expected: {
      exit: 3,
      codes: ['TOO_MANY_UNMATCHED', 'UNKNOWN_COUPON'],
      at: ['tx.csv', 'tx.csv:2:coupon_number'],
    },
  },
  {
    name: 'F03-account-exponent',
    why: 'Three accounts have become 1.23457E+11, under which three strangers’ money would go to one phone: three of three rows are rejected.',
    inputs: { ...NO_CALLS, issuance: 'issuance.csv' },
    expected: {
      exit: 3,
      codes: ['TOO_MANY_REJECTS', 'EXCEL_NUMBER'],
      at: [2, 3, 4].map((line) => `issuance.csv:${line}:account_id`),
    },
  },
  {
    name: 'F03b-account-as-it-was',
    why: 'Three accounts, of which only that of 201 says a phone: its 1,000 yen are sent, and how to reach the others is a question.',
    inputs: { ...NO_CALLS, issuance: 'issuance.csv' },
    expected: {
      coupons: ['0201 payable A+B2 1000', '0202 in_review A 0', '0203 in_review A 0'],
      payouts: ['account:123456789012 1000'],
      review: ['0202 NO_CONTACT 600', '0203 NO_CONTACT 1500', '0203 UNSUPPORTED_PAYMENT 1500'],
    },
  },
  {
    name: 'F03f-placeholder-account-dash',
    why: 'A dash is no account: the coupons were never charged to one, and who holds them applies.',
    inputs: { ...NO_CALLS, issuance: 'issuance.csv' },
    expected: WITHOUT_ACCOUNT,
  },
  {
    name: 'F03f-placeholder-account-null',
    why: 'NULL is no account, as a dash is none.',
    inputs: { ...NO_CALLS, issuance: 'issuance.csv' },
    expected: WITHOUT_ACCOUNT,
  },
  {
    name: 'F03i-blank-no-phones',
    why: 'An empty account is none, and what the words for nothing come to must be the same.',
    inputs: { ...NO_CALLS, issuance: 'issuance.csv' },
    expected: WITHOUT_ACCOUNT,
  },
  {
    name: 'F05-name-in-error-paid',
    why: 'A bank’s answer has no headers, so that its first line is a person’s bank account: the columns are missing, and nothing of the line may be told.',
    inputs: { ...NIGHT, paid: 'paid.csv' },
    expected: {
      exit: 3,
      codes: ['MISSING_COLUMN'],
      never: ['ﾀﾅｶ', 'ｻﾌﾞﾛｳ', '123456', '0185', 'ｶｺﾞｼﾏ'],
    },
  },
  {
    name: 'F05d-title-name',
    why: 'The first line is a title with the name of who took the calls: no header is found, and the name is not told.',
    inputs: { ...NIGHT, claims: 'claims.csv' },
    expected: { exit: 3, codes: ['MISSING_COLUMN'], never: ['佐藤', '花子'] },
  },
  {
    name: 'F06-renamed-optional-as-was',
    why: 'The profile finds its header: 201 paid 1,500 of its own, which count for nothing, so that 2,000, 1,800 and 3,000 yen are left.',
    inputs: { ...NO_CALLS, issuance: 'issuance.csv', transactions: 'tx.csv', profile: 'profile.json' },
    expected: {
      coupons: ['0201 payable A 2000', '0202 payable A 1800', '0203 payable A 3000'],
      payouts: ['account:A201 2000', 'account:A202 1800', 'account:A203 3000'],
    },
  },
  {
    name: 'F06b-renamed-optional-now',
    why: 'The source renamed the column that the profile asks for; unread, own money would count as the coupon’s, so that the header must be named with the one that took its place.',
    inputs: { ...NO_CALLS, issuance: 'issuance.csv', transactions: 'tx.csv', profile: 'profile.json' },
    expected: {
      exit: 3,
      codes: ['PROFILE_HEADER_MISSING'],
      at: ['profile: inputs.transactions.headers.支払い方法'],
      says: ['決済手段'],
    },
  },
  {
    name: 'F07-mm-as-month-none',
    why: 'The slashes need no profile: the coupons expire on 2023-02-24, and what is left of each is paid.',
    inputs: { ...NO_CALLS, issuance: 'issuance.csv' },
    expected: COHORT,
  },
  {
    name: 'F07-mm-as-month-yyyy-mm-dd',
    why: 'mm are minutes: a pattern without a month would read every day as one of January, so that the profile is wrong.',
    inputs: { ...NO_CALLS, issuance: 'issuance.csv', profile: 'profile.json' },
    expected: { exit: 2, codes: ['BAD_PROFILE'], says: ['mm means minutes', 'mm は分', 'yyyy/MM/dd'] },
  },
  {
    name: 'F07g-HHMM-overpays',
    why: 'MM are months and mm minutes, here the wrong way round: payments would move to another month, so that the profile is wrong.',
    inputs: { ...NO_CALLS, issuance: 'issuance.csv', transactions: 'tx.csv', profile: 'profile.json' },
    expected: { exit: 2, codes: ['BAD_PROFILE'], says: ['MM means months', 'MM は月', 'yyyy/MM/dd HH:mm'] },
  },
  {
    name: 'F07h-HHMM-without',
    why: 'The same files need no profile, and leave 2,000 yen each.',
    inputs: { ...NO_CALLS, issuance: 'issuance.csv', transactions: 'tx.csv' },
    expected: FIVE_OF_THE_COHORT,
  },
  {
    name: 'L01-paypay-report',
    why: 'The export says what was paid and not with what, so that two required columns are missing; the shop’s two numbers are no contradiction, because the profile says which is meant.',
    inputs: { ...NIGHT, 'merchant-reports': 'sales.csv', profile: 'profile.json' },
    expected: { exit: 3, codes: ['MISSING_COLUMN'], at: ['sales.csv:1:coupon_yen', 'sales.csv:1:cash_yen'] },
  },
  {
    name: 'L02-paypay-log',
    why: 'The export has no column that tells a payment from a cancel.',
    inputs: { ...NIGHT, transactions: 'tx.csv', profile: 'profile.json' },
    expected: { exit: 3, codes: ['MISSING_COLUMN'], at: ['tx.csv:1:kind'] },
  },
  {
    name: 'L03-coiney',
    why: 'The profile reads a sale by its date alone, and does not say what time that stands for.',
    inputs: { ...NIGHT, 'merchant-reports': 'sales.csv', profile: 'profile.json' },
    expected: { exit: 2, codes: ['BAD_PROFILE'], says: ['the time is missing', '時刻がない', 'timeOfDatesAlone'] },
  },
  {
    name: 'L04-smaregi',
    why: 'The export does not say what was paid by coupon.',
    inputs: { ...NIGHT, 'merchant-reports': 'sales.csv', profile: 'profile.json' },
    expected: { exit: 3, codes: ['MISSING_COLUMN'], at: ['sales.csv:1:coupon_yen'] },
  },
  {
    name: 'L04b-smaregi-coupon-added',
    why: 'The sale of 18:30 was voided, and would support a payment that it did not: one reject of five refuses the report.',
    inputs: { ...NIGHT, 'merchant-reports': 'sales.csv', profile: 'profile.json' },
    expected: { exit: 3, codes: ['TOO_MANY_REJECTS', 'VOIDED_SALE'], at: ['sales.csv:5:voided'] },
  },
  {
    name: 'L04c-smaregi-void-dropped-by-hand',
    why: 'Without the voided sale one of 202’s two payments has no sale: 600 yen are left and 1,200 put back; 201 and 203 are as in the plain night.',
    inputs: { ...NIGHT, 'merchant-reports': 'sales.csv', profile: 'profile.json' },
    expected: {
      coupons: ['0201 payable B2 2000', '0202 payable B2 1800', '0203 payable B1 3000'],
      payouts: ['account:A201 2000', 'account:A202 1800', 'account:A203 3000'],
    },
  },
  {
    name: 'L05-square',
    why: 'The time stands in a column of its own, and the profile reads the date alone without a word on its time; no limit on rejects helps.',
    inputs: { ...NIGHT, 'merchant-reports': 'sales.csv', profile: 'profile.json' },
    options: ['--max-rejects', '100%'],
    expected: { exit: 2, codes: ['BAD_PROFILE'], says: ['the time is missing', '時刻がない', 'timeOfDatesAlone'] },
  },
  {
    name: 'L06-airpay',
    why: 'A settlement by card and day says no time of a sale, and the profile none that its dates stand for.',
    inputs: { ...NIGHT, 'merchant-reports': 'sales.csv', profile: 'profile.json' },
    expected: { exit: 2, codes: ['BAD_PROFILE'], says: ['the time is missing', '時刻がない', 'timeOfDatesAlone'] },
  },
  {
    name: 'L10-title-lines',
    why: 'The first line is a title and no header: all six required columns are missing, which is told once.',
    inputs: { ...NIGHT, 'merchant-reports': 'sales.csv' },
    expected: {
      exit: 3,
      codes: ['MISSING_COLUMN'],
      at: ['sales.csv:1'],
    },
  },
  {
    name: 'L12-google-forms',
    why: 'Both applications came in time, at 10:00 in the morning and 15:15 in the afternoon, and their bank accounts are whole: the plain night, by bank.',
    inputs: { ...NIGHT, applications: 'app.csv', profile: 'profile.json' },
    expected: { ...BASE, payouts: ['bank:0185-001-1-1234567 2000', 'bank:0185-001-1-7654321 3000'] },
  },
  {
    name: 'L15-one-refund-row',
    why: 'Amounts are whole yen of 0 or more, so that a refund of 300 yen is rejected: one of six refuses the report.',
    inputs: { ...NIGHT, 'merchant-reports': 'sales.csv' },
    expected: { exit: 3, codes: ['TOO_MANY_REJECTS', 'BAD_AMOUNT'], at: ['sales.csv:7:total_yen'] },
  },
  {
    name: 'L15b-one-refund-row-tolerated',
    why: 'With a sale of the day rejected the shop’s record of it is not whole, so that nothing is concluded from it; whoever asks must see which row is wanting.',
    inputs: { ...NIGHT, 'merchant-reports': 'sales.csv' },
    options: ['--max-rejects', '1'],
    expected: {
      ...SHOP_NOT_COVERED,
      asks: ['sale S6', '売上 S6', 'not whole yen of 0 or more', '0 以上の整数の円ではありません'],
      rejects: ['sales.csv:7 BAD_AMOUNT'],
    },
  },
  {
    name: 'P01-two-builtin-headers',
    why: 'Two headers could mean the time of a payment, and the profile says which: the other is passed over.',
    inputs: { ...NO_CALLS, transactions: 'tx.csv', profile: 'profile.json' },
    expected: { accepted: 5, ignored: ['処理日時'] },
  },
  {
    name: 'P01-two-builtin-headers (both in the profile)',
    why: 'The profile gives the other header another meaning, so that none is passed over.',
    inputs: { ...NO_CALLS, transactions: 'tx.csv', profile: 'profile2.json' },
    expected: { accepted: 5, ignored: [] },
  },
  {
    name: 'P01b-two-phones',
    why: 'The profile says which of two phones is meant, and the application changes nothing: 201 and 203 are reached by their accounts, as in the plain night.',
    inputs: { ...NIGHT, applications: 'app.csv', profile: 'profile.json' },
    expected: BASE,
  },
];
