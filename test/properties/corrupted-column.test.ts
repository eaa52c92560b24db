import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { InputKind } from '../../src/tables/tables.ts';
import { randomNight } from '../oracle/random-night.ts';
import { parseCsv } from '../oracle/read-night.ts';
import type { Night } from '../oracle/reference.ts';
import { nightToCsv } from '../oracle/write-night.ts';
import { endings, type Texts } from '../support/run-ending.ts';
import type { Row } from '../support/run-tables.ts';

/**
 * Files go through spreadsheets, editors and other systems before they come here, and what these do to one value they
 * mostly do to its whole column. Whatever it is: payouts stay as they were, or the run is refused, or the coupons whose
 * payouts changed are put before a person. Nobody ever gets more yen for it.
 */

// ----- Tables, as they are corrupted ----------------------------------------------------------------------------------

interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
type Tables = Partial<Readonly<Record<InputKind, Table>>>;

function tableOf(csv: string): Table {
  const header = (csv.split('\n')[0] ?? '').split(',');
  return { header, rows: parseCsv(csv).map((row) => header.map((name) => row[name] ?? '')) };
}

const field = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
const csvOf = ({ header, rows }: Table): string =>
  [header, ...rows].map((row) => `${row.map(field).join(',')}\n`).join('');
const textsOf = (tables: Tables): Texts =>
  Object.fromEntries(Object.entries(tables).map(([kind, table]) => [kind, csvOf(table)]));

type Change = (value: string, row: number) => string;

function mapColumns(table: Table, change: (value: string, column: string, row: number) => string): Table {
  const { header, rows } = table;
  return { header, rows: rows.map((row, at) => row.map((value, place) => change(value, header[place] ?? '', at))) };
}

// ----- Nights --------------------------------------------------------------------------------------------------------

const IDENTIFIERS: Readonly<Record<string, string>> = {
  coupon_number: 'coupon',
  issuer_id: 'issuer',
  account_id: 'account',
  transaction_id: 'transaction',
  related_transaction_id: 'transaction',
  merchant_id: 'merchant',
  terminal_id: 'terminal',
  report_id: 'report',
  receipt_no: 'receipt',
  claim_id: 'claim',
  application_id: 'application',
  payout_id: 'payout',
};
const FAMILIES = [...new Set(Object.values(IDENTIFIERS))];

/** How a night writes its identifiers: by family and place in it. */
const FORMS = {
  'letters and digits': undefined,
  'twelve digits with zeros in front': (family, at) => String(family * 1_000_000 + at * 7919 + 101).padStart(12, '0'),
  'six digits, some with zeros in front': (family, at) =>
    `${at % 3}${String((at * 3137 + 1207 + family * 17) % 100_000).padStart(5, '0')}`,
  'sixteen digits': (family, at) => `46${String(family).padStart(2, '0')}00000000${String(1001 + at * 3)}`,
  'sixteen digits, one after the other': (family, at) =>
    `46${String(family).padStart(2, '0')}00000000${String(1000 + at)}`,
  'twenty digits': (family, at) => `46${String(family).padStart(2, '0')}000000000000${String(1001 + at * 3)}`,
} as const satisfies Record<string, ((family: number, at: number) => string) | undefined>;
type Form = keyof typeof FORMS;

function rewritten(tables: Tables, form: Form): Tables {
  const write: ((family: number, at: number) => string) | undefined = FORMS[form];
  if (write === undefined) return tables;
  const known = new Map<string, string>();
  const counts = new Map<string, number>();
  const change = (value: string, column: string): string => {
    const family = IDENTIFIERS[column];
    if (family === undefined || value === '') return value;
    const key = `${family} ${value}`;
    const count = counts.get(family) ?? 0;
    if (!known.has(key)) {
      known.set(key, write(FAMILIES.indexOf(family), count));
      counts.set(family, count + 1);
    }
    return known.get(key) ?? '';
  };
  return mapTables(tables, (table) => mapColumns(table, change));
}

const mapTables = (tables: Tables, change: (table: Table) => Table): Tables =>
  Object.fromEntries(Object.entries(tables).map(([kind, table]) => [kind, change(table)]));

/**
 * What is done to a whole column shows by its many values: so many people used a coupon on an ordinary noon, each in a shop
 * of its own. That is more coupons than one person has (R15), too.
 */
const QUIET_COUPONS = 60;

function quietNoon(): Pick<Night, 'issuance' | 'transactions' | 'sales'> {
  const numbers = Array.from({ length: QUIET_COUPONS }, (_, at) => 10 + at);
  const noon = '2023-02-23T12:00:00+09:00';
  return {
    issuance: numbers.map((at) => ({
      coupon_number: `Q${at}`,
      medium: 'paper',
      prefecture: '46',
      face_yen: 2000,
      issued_at: '2023-02-22T15:00:00+09:00',
      expires_on: '2023-02-25',
    })),
    transactions: numbers.map((at) => ({
      transaction_id: `TQ${at}`,
      coupon_number: `Q${at}`,
      occurred_at: noon,
      kind: 'payment',
      status: 'completed',
      amount_yen: 500,
      merchant_id: `MQ${at}`,
      terminal_id: `PQ${at}`,
    })),
    sales: numbers.map((at) => ({
      report_id: `SQ${at}`,
      merchant_id: `MQ${at}`,
      sold_at: noon,
      total_yen: 500,
      coupon_yen: 500,
      cash_yen: 0,
    })),
  };
}

/** A night without what refuses a run of so few rows anyway: rows that cannot be read, and coupons never issued. */
function soundNight(seed: number): Night {
  const night = randomNight(seed);
  const quiet = quietNoon();
  const issued = new Set(night.issuance.filter((row) => row.rejected !== true).map((row) => row.coupon_number));
  const sound = <R extends { rejected?: boolean | undefined; coupon_number?: string | undefined }>(
    rows: readonly R[],
  ) =>
    rows.filter((row) => row.rejected !== true && (row.coupon_number === undefined || issued.has(row.coupon_number)));
  return {
    issuance: [...sound(night.issuance), ...quiet.issuance],
    transactions: [...sound(night.transactions), ...quiet.transactions],
    sales: [...sound(night.sales), ...quiet.sales],
    claims: sound(night.claims),
    applications: sound(night.applications),
    paid: sound(night.paid),
  };
}

function tablesOf(night: Night): Tables {
  const { merchant_reports: sales, ...others } = nightToCsv(night);
  return Object.fromEntries(Object.entries({ ...others, sales }).map(([kind, csv]) => [kind, tableOf(csv)]));
}

interface PaidNight {
  readonly tables: Tables;
  readonly money: Money;
}

async function moneyOf(tables: Tables): Promise<Money | undefined> {
  const { fast } = await endings(textsOf(tables), AS_OF);
  return 'refused' in fast ? undefined : moneyIn(fast.files);
}

/**
 * Questions answered with yes, so that decisions are a file that can be corrupted too. But for applications of another
 * prefecture: one that counts by a decision may hold what is paid without it, once the decision is stale.
 */
function decisionsOn(review: readonly Row[]): Table {
  const header = ['review_id', 'evidence_hash', 'decision', 'decided_by', 'decided_at', 'note'];
  const decided = ['approve', 'K', '2023-02-25T00:00:00+09:00', ''];
  return {
    header,
    rows: review
      .filter((item) => item.reason !== 'APPLICATION_MISMATCH')
      .map((item) => [item.review_id ?? '', item.evidence_hash ?? '', ...decided]),
  };
}

/** When all that is due under the notice is due, and nothing is late yet. */
const AS_OF = '2023-05-10T02:00:00+09:00';

async function paidNight(seed: number): Promise<PaidNight | undefined> {
  let tables = rewritten(tablesOf(soundNight(seed)), formOf(seed));
  if (seed % 2 === 0) {
    const { fast } = await endings(textsOf(tables), AS_OF);
    if ('refused' in fast) return undefined;
    const decisions = decisionsOn(fast.files['review.csv'] ?? []);
    if (decisions.rows.length > 0) tables = { ...tables, decisions };
  }
  const money = await moneyOf(tables);
  return money === undefined || money.payouts.length === 0 ? undefined : { tables, money };
}

// ----- What must hold -------------------------------------------------------------------------------------------------

interface Money {
  readonly payouts: readonly Row[];
  readonly coupons: readonly Row[];
  readonly review: readonly Row[];
}

const moneyIn = (files: Readonly<Record<string, readonly Row[]>>): Money => ({
  payouts: files['payouts.csv'] ?? [],
  coupons: files['eligibility.csv'] ?? [],
  review: files['review.csv'] ?? [],
});

/** Where money goes: two kinds of points to one telephone are one person\u2019s, and so are two payouts to one bank account. */
const addressOf = (payout: Row): string =>
  payout.route === 'bank_transfer' ? (payout.recipient ?? '') : (payout.deliver_to ?? '').toLowerCase();

interface CouponMoney {
  readonly yen: number;
  readonly address: string;
}

function moneyByCoupon({ payouts, coupons }: Money): ReadonlyMap<string, CouponMoney> {
  const addresses = new Map(payouts.map((payout) => [payout.payout_id ?? '', addressOf(payout)]));
  const paid = coupons.filter((row) => row.status === 'payable');
  return new Map(
    paid.map((row) => [
      row.coupon_number ?? '',
      { yen: Number(row.payable_yen), address: addresses.get(row.payout_id ?? '') ?? '' },
    ]),
  );
}

/** What a night itself knows of the person of a coupon. */
interface Holder {
  readonly addresses: ReadonlySet<string>;
  /** Of claims and applications that name the coupon. */
  readonly letters: readonly string[];
}

const cellsOf = (table: Table | undefined): readonly Row[] =>
  (table?.rows ?? []).map((row) => Object.fromEntries(row.map((value, at) => [table?.header[at] ?? '', value])));

function addressesIn(row: Row): readonly string[] {
  const { phone = '', email = '', bank_code, branch_code, account_type, account_number = '' } = row;
  const bank = `bank:${bank_code}-${branch_code}-${account_type}-${account_number.padStart(7, '0')}`;
  return [phone.replaceAll('-', ''), email.toLowerCase(), ...(account_number === '' ? [] : [bank])].filter(
    (each) => each !== '',
  );
}

function holderOf(coupon: string, { issuance, claims, applications }: Tables): Holder {
  const issued = cellsOf(issuance);
  const accounts = new Set(issued.filter((row) => row.coupon_number === coupon).map((row) => row.account_id));
  const isOwn = (row: Row): boolean =>
    row.coupon_number === coupon ||
    (row.account_id !== undefined && row.account_id !== '' && accounts.has(row.account_id));
  const applied = cellsOf(applications).filter(isOwn);
  return {
    addresses: new Set([...issued.filter(isOwn), ...applied].flatMap(addressesIn)),
    letters: [
      ...cellsOf(claims)
        .filter(isOwn)
        .map((row) => `claim:${row.claim_id}`),
      ...applied.map((row) => `application:${row.application_id}`),
      // Where ids and coupon numbers are swapped.
      `claim:${coupon}`,
      `application:${coupon}`,
    ],
  };
}

/** What was asked before the corruption tells nobody of it. */
const questionOf = (item: Row): string => `${item.review_id} ${item.evidence_hash}`;
const isOpen = (item: Row): boolean => item.decision !== 'approved' && item.decision !== 'rejected';

function yenByAddress(coupons: Iterable<CouponMoney>): ReadonlyMap<string, number> {
  const yen = new Map<string, number>();
  for (const coupon of coupons) yen.set(coupon.address, (yen.get(coupon.address) ?? 0) + coupon.yen);
  return yen;
}

/** Everything that a corruption has done to money behind everybody\u2019s back. */
function faultsOf(before: Money, after: Money, tables: Tables = {}): readonly string[] {
  const earlier = moneyByCoupon(before);
  const holders = new Map([...earlier.keys()].map((coupon) => [coupon, holderOf(coupon, tables)]));
  // A payout to another address of its own person goes to nobody else.
  const later = new Map(
    [...moneyByCoupon(after)].map(([coupon, { yen, address }]) => {
      const isOwn = holders.get(coupon)?.addresses.has(address) === true;
      return [coupon, { yen, address: (isOwn ? earlier.get(coupon)?.address : undefined) ?? address }];
    }),
  );
  const [yenBefore, yenAfter] = [yenByAddress(earlier.values()), yenByAddress(later.values())];
  const known = new Set(before.review.filter(isOpen).map(questionOf));
  const open = after.review.filter((item) => isOpen(item) && !known.has(questionOf(item)));
  const asked = new Set(open.map((item) => item.coupon_number));
  const evidence = new Set(open.flatMap((item) => (item.evidence ?? '').split(' ')));
  const isAsked = (coupon: string): boolean =>
    asked.has(coupon) || holders.get(coupon)?.letters.some((letter) => evidence.has(letter)) === true;
  return [
    ...[...yenAfter]
      .filter(([address, yen]) => yen > (yenBefore.get(address) ?? 0))
      .map(([address, yen]) => `more: ${address} gets ${yen} yen, not ${yenBefore.get(address) ?? 0}`),
    ...[...later]
      .filter(([coupon, { yen }]) => yen > (earlier.get(coupon)?.yen ?? 0))
      .map(([coupon, { yen }]) => `more: coupon ${coupon} is paid ${yen} yen, not ${earlier.get(coupon)?.yen ?? 0}`),
    ...[...earlier]
      .filter(([coupon, { yen, address }]) => later.get(coupon)?.yen !== yen || later.get(coupon)?.address !== address)
      .filter(([coupon]) => !isAsked(coupon))
      .map(
        ([coupon, { yen }]) =>
          `lost: coupon ${coupon} had ${yen} yen, now ${later.get(coupon)?.yen ?? 0}, and nobody is asked`,
      ),
  ];
}

// ----- Corruptions ----------------------------------------------------------------------------------------------------

/** A column of an input: `transactions.coupon_number`. */
type Place = string;
interface Corruption {
  readonly name: string;
  readonly places: readonly Place[];
  readonly corrupt: (table: Table, column: string) => Table;
}

const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  issuance:
    'coupon_number medium prefecture face_yen issued_at expires_on issuer_id travel_date account_id account_status phone email'.split(
      ' ',
    ),
  transactions:
    'transaction_id coupon_number occurred_at kind status amount_yen merchant_id terminal_id related_transaction_id funding'.split(
      ' ',
    ),
  sales: 'report_id merchant_id sold_at total_yen coupon_yen cash_yen other_yen coupon_number receipt_no'.split(' '),
  claims: 'claim_id received_at kind coupon_number expires_on prefecture merchant_id'.split(' '),
  applications:
    'application_id applied_at coupon_number prefecture travel_date name method phone email bank_code branch_code account_type account_number account_holder_kana'.split(
      ' ',
    ),
  paid: 'payout_id coupon_number amount_yen sent_at status'.split(' '),
  decisions: 'review_id evidence_hash decision decided_by decided_at note'.split(' '),
};
const ALL: readonly Place[] = Object.entries(COLUMNS).flatMap(([kind, names]) =>
  names.map((name) => `${kind}.${name}`),
);
const columnOf = (place: Place): string => place.split('.')[1] ?? '';
const placesOf = (...names: readonly string[]): readonly Place[] =>
  ALL.filter((place) => names.includes(columnOf(place)));

const IDS = placesOf(...Object.keys(IDENTIFIERS), 'review_id', 'evidence_hash');
const CONTACTS = placesOf('phone', 'email');
const PHONES = placesOf('phone');
const BANKING = placesOf('bank_code', 'branch_code', 'account_type', 'account_number');
const TEXTS = placesOf('name', 'account_holder_kana', 'email');
const INSTANTS = placesOf('issued_at', 'occurred_at', 'sold_at', 'received_at', 'applied_at', 'sent_at', 'decided_at');
const DATES = [...INSTANTS, ...placesOf('expires_on', 'travel_date')];
const AMOUNTS = ALL.filter((place) => place.endsWith('_yen'));
const ABSENTABLE = [
  ...placesOf('account_id', 'phone', 'email', 'related_transaction_id', 'terminal_id'),
  'sales.coupon_number',
  'claims.coupon_number',
  'paid.coupon_number',
];

const eachValue =
  (change: Change): Corruption['corrupt'] =>
  (table, column) =>
    mapColumns(table, (value, name, row) => (name === column && value !== '' ? change(value, row) : value));
const everySecond =
  (change: Change): Change =>
  (value, row) =>
    row % 2 === 1 ? change(value, row) : value;
const everyCell =
  (word: string): Corruption['corrupt'] =>
  (table, column) =>
    mapColumns(table, (value, name) => (name === column ? word : value));
const emptyCells =
  (word: string): Corruption['corrupt'] =>
  (table, column) =>
    mapColumns(table, (value, name) => (name === column && value === '' ? word : value));

const allOrHalf = (name: string, places: readonly Place[], change: Change): readonly Corruption[] => [
  { name, places, corrupt: eachValue(change) },
  { name: `${name}, in every second row`, places, corrupt: eachValue(everySecond(change)) },
];
// Spreadsheets.

const DIGITS_KEPT = 15;
const withoutZeros: Change = (value) => (/^0\d+$/.test(value) ? value.replace(/^0+(?=\d)/, '') : value);
const rounded: Change = (value) =>
  /^\d{16,}$/.test(value) ? value.slice(0, DIGITS_KEPT).padEnd(value.length, '0') : value;
const exponent: Change = (value) => (/^\d{6,}$/.test(value) ? Number(value).toExponential(5).toUpperCase() : value);

const SPREADSHEETS: readonly Corruption[] = [
  ...allOrHalf('zeros in front are lost', [...IDS, ...PHONES, ...BANKING], withoutZeros),
  ...allOrHalf('digits behind the fifteenth are zeros', IDS, rounded),
  ...allOrHalf('numbers are written with an exponent', [...IDS, ...PHONES, ...BANKING], exponent),
  ...allOrHalf('numbers end in .0', [...IDS, ...PHONES, ...BANKING], (value) =>
    /^\d+$/.test(value) ? `${value}.0` : value,
  ),
  ...allOrHalf('an apostrophe stands in front', ALL, (value) => `'${value}`),
  ...allOrHalf('values are formulas of a text', ALL, (value) => `="${value}"`),
  ...allOrHalf('values are #N/A', ALL, () => '#N/A'),
];

// Characters.

const UNSEEN = ['\u200b', '\u200e', '\u00ad', '\u2060', '\ufeff', '\0'];
const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
const inTheMiddle =
  (character: string): Change =>
  (value) => {
    const middle = Math.ceil(value.length / 2);
    return value.slice(0, middle) + character + value.slice(middle);
  };
const fullWidth: Change = (value) =>
  value.replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)).replaceAll(' ', '\u3000');
const halfWidth: Change = (value) => value.normalize('NFKC');

const CHARACTERS: readonly Corruption[] = [
  ...UNSEEN.flatMap((character) => [
    ...allOrHalf(`${codeOf(character)} stands behind`, ALL, (value) => value + character),
    ...allOrHalf(`${codeOf(character)} stands in the middle`, ALL, inTheMiddle(character)),
  ]),
  ...allOrHalf('letters are small', ALL, (value) => value.toLowerCase()),
  ...allOrHalf('letters are capitals', ALL, (value) => value.toUpperCase()),
  ...allOrHalf('all is full-width', ALL, fullWidth),
  ...allOrHalf('all is half-width', ALL, halfWidth),
];

// Words for nothing.

const ABSENT_WORDS = ['-', '―', 'NULL', 'null', 'N/A', 'なし', '0', '未登録', '不明'];
const OTHER_WORDS = ['X', '1', 'NO DATA', '00000000000', '9999999999999999'];
const WORDS: readonly Corruption[] = [...ABSENT_WORDS, ...OTHER_WORDS].flatMap((word) => [
  { name: `all cells are ${word}`, places: ABSENTABLE, corrupt: everyCell(word) },
  { name: `empty cells are ${word}`, places: ABSENTABLE, corrupt: emptyCells(word) },
]);

// Dates.

interface Clock {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  /** Behind the date: `T17:45:00+09:00`, or nothing. */
  readonly rest: string;
}
const dated =
  (write: (clock: Clock) => string): Change =>
  (value) => {
    const found = /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?<rest>.*)$/.exec(value);
    return found === null ? value : write(found.groups as unknown as Clock);
  };
const plain = (part: string): string => String(Number(part));
/** A time as people write it, without the offset. */
const timeOf = (rest: string): string => rest.replace('T', ' ').replace(/[+]09:00$/, '');
const lateHour: Change = (value) => {
  const found = /^(\d{4}-\d\d-\d\d)T0([0-5]):(.*)$/.exec(value);
  if (found === null) return value;
  const [, date, hour, rest] = found;
  const before = new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return `${before}T${24 + Number(hour)}:${rest}`;
};
const inUtc: Change = (value) =>
  value.endsWith('+09:00') ? `${new Date(Date.parse(value)).toISOString().slice(0, 19)}Z` : value;
const serial: Change = (value) => {
  const [date = '', time = '00:00:00'] = value.replace('+09:00', '').split('T');
  const days = (Date.parse(`${date}T${time}Z`) - Date.parse('1899-12-30T00:00:00Z')) / 86_400_000;
  return String(Math.round(days * 1e6) / 1e6);
};

const NOTATIONS: readonly Corruption[] = [
  ...allOrHalf(
    'dates are 2023/2/24',
    DATES,
    dated(({ year, month, day, rest }) => `${year}/${plain(month)}/${plain(day)}${timeOf(rest)}`),
  ),
  ...allOrHalf(
    'dates are R5.2.24',
    DATES,
    dated(({ year, month, day, rest }) => `R${Number(year) - 2018}.${plain(month)}.${plain(day)}${timeOf(rest)}`),
  ),
  ...allOrHalf(
    'dates are 2023年2月24日',
    DATES,
    dated(({ year, month, day, rest }) => `${year}年${plain(month)}月${plain(day)}日${timeOf(rest)}`),
  ),
  ...allOrHalf(
    'years have two digits',
    DATES,
    dated(({ year, month, day, rest }) => `${year.slice(2)}/${month}/${day}${timeOf(rest)}`),
  ),
  ...allOrHalf(
    'years have two digits, with hyphens',
    DATES,
    dated(({ year, month, day, rest }) => `${year.slice(2)}-${month}-${day}${rest}`),
  ),
  ...allOrHalf(
    'dates are 2/24/2023',
    DATES,
    dated(({ year, month, day, rest }) => `${plain(month)}/${plain(day)}/${year}${timeOf(rest)}`),
  ),
  ...allOrHalf(
    'dates are 24/2/2023',
    DATES,
    dated(({ year, month, day, rest }) => `${plain(day)}/${plain(month)}/${year}${timeOf(rest)}`),
  ),
  ...allOrHalf(
    'dates are 20230224',
    DATES,
    dated(({ year, month, day, rest }) => `${year}${month}${day}${timeOf(rest)}`),
  ),
  ...allOrHalf(
    'day and month are swapped where both may be',
    DATES,
    dated(({ year, month, day, rest }) =>
      Number(day) <= 12 ? `${year}-${day}-${month}${rest}` : `${year}-${month}-${day}${rest}`,
    ),
  ),
  ...allOrHalf('instants have lost their time', INSTANTS, (value) => value.slice(0, 10)),
  ...allOrHalf('instants have lost their seconds', INSTANTS, (value) => value.replace(/:\d\d\+/, '+')),
  ...allOrHalf('dates have a time', placesOf('expires_on', 'travel_date'), (value) => `${value} 00:00:00`),
  ...allOrHalf('hours of the night are those of the day before', INSTANTS, lateHour),
  ...allOrHalf('instants are in UTC, and say so', INSTANTS, inUtc),
  ...allOrHalf('instants are in UTC, and do not say so', INSTANTS, (value, row) => inUtc(value, row).replace('Z', '')),
  ...allOrHalf('instants do not say their zone', INSTANTS, (value) => value.replace('+09:00', '')),
  ...allOrHalf('dates are serial numbers of a spreadsheet', DATES, serial),
];

// Amounts.

const grouped = (value: string): string => value.replace(/(\d)(?=(\d{3})+$)/g, '$1,');
const MONEY: readonly Corruption[] = [
  ...allOrHalf('amounts have ¥ in front', AMOUNTS, (value) => `¥${value}`),
  ...allOrHalf('amounts are grouped by commas', AMOUNTS, grouped),
  ...allOrHalf('amounts have 円 behind', AMOUNTS, (value) => `${value}円`),
  ...allOrHalf('amounts are of full-width digits', AMOUNTS, fullWidth),
  ...allOrHalf('amounts have a fraction', AMOUNTS, (value) => `${grouped(value)}.00`),
  ...allOrHalf('amounts are negative', AMOUNTS, (value) => `-${value}`),
  ...allOrHalf('amounts are negative as accountants write it', AMOUNTS, (value) => `(${value})`),
  ...allOrHalf('amounts have a triangle for minus', AMOUNTS, (value) => `▲${value}`),
];

// Columns as wholes.

const renamed: Corruption['corrupt'] = ({ header, rows }, column) => ({
  header: header.map((name) => (name === column ? 'column_7' : name)),
  rows,
});
const shifted: Corruption['corrupt'] = ({ header, rows }, column) => {
  const at = header.indexOf(column);
  return { header, rows: rows.map((row, line) => row.with(at, rows[line + 1]?.[at] ?? '')) };
};
const rotated: Corruption['corrupt'] = ({ header, rows }, column) => {
  const at = header.indexOf(column);
  return { header, rows: rows.map((row, line) => row.with(at, rows[(line + 1) % rows.length]?.[at] ?? '')) };
};
const swappedWith =
  (other: string): Corruption['corrupt'] =>
  ({ header, rows }, column) => {
    const [one, two] = [header.indexOf(column), header.indexOf(other)];
    return { header, rows: rows.map((row) => row.with(one, row[two] ?? '').with(two, row[one] ?? '')) };
  };

/**
 * Columns whose values say nothing but which row it is: of all others a turned column is another true-looking night. So it
 * is of transaction ids, where a reversal then speaks of another payment of its coupon.
 */
const NAMES = placesOf(
  'report_id',
  'receipt_no',
  'terminal_id',
  'issuer_id',
  'claim_id',
  'application_id',
  'review_id',
  'evidence_hash',
);
const SWAPPABLE = [...IDS, ...CONTACTS, ...DATES, ...BANKING, ...TEXTS];
const SWAPS: readonly Corruption[] = [...new Set(SWAPPABLE.map(columnOf))]
  .map((other) => ({
    name: `swapped with ${other}`,
    places: SWAPPABLE.filter((place) => {
      const [kind = '', name = ''] = place.split('.');
      return name < other && (COLUMNS[kind] ?? []).includes(other);
    }),
    corrupt: swappedWith(other),
  }))
  .filter(({ places }) => places.length > 0);

const COLUMNS_AS_WHOLES: readonly Corruption[] = [
  { name: 'the column is empty', places: ALL, corrupt: everyCell('') },
  { name: 'the column has another header', places: ALL, corrupt: renamed },
  { name: 'the column is shifted by a row, and its last cell is empty', places: SWAPPABLE, corrupt: shifted },
  { name: 'the column is shifted by a row, and its first value is its last', places: NAMES, corrupt: rotated },
  ...SWAPS,
];

const KINDS: Readonly<Record<string, readonly Corruption[]>> = {
  'what spreadsheets do to numbers and texts': SPREADSHEETS,
  'what editors and other systems do to characters': CHARACTERS,
  'a word for nothing': WORDS,
  'another notation of dates': NOTATIONS,
  'another notation of amounts': MONEY,
  'a column that is lost, moved or mistaken': COLUMNS_AS_WHOLES,
};
const CORRUPTIONS: readonly Corruption[] = Object.values(KINDS).flat();

// ----- What nobody could notice -----------------------------------------------------------------------

interface Excuse {
  readonly corruption: RegExp;
  readonly place: RegExp;
  /** `lost`: what is due may not be paid, yet nobody may get more. */
  readonly excuses: 'lost' | 'anything';
  readonly why: string;
}

const EMPTIED =
  /^the column (is empty|has another header)$|^(all|empty) cells are (-|―|NULL|null|N\/A|なし|0|未登録|不明)$/;

/** Undetectable in principle: the file is as complete and consistent as before, and says something else. */
const UNDETECTABLE: readonly Excuse[] = [
  {
    corruption: EMPTIED,
    place: /^issuance\.account_id$/,
    excuses: 'lost',
    why: 'an issuance whose coupons nobody has charged: they await applications',
  },
  {
    corruption: EMPTIED,
    place: /\.(related_transaction_id|account_status|funding|phone|email)$|^sales\.coupon_number$/,
    excuses: 'anything',
    why: 'a file without an optional column is a file like others; without it a hold may have no reason any more',
  },
  {
    corruption: /shifted by a row/,
    place:
      /\.(account_id|phone|email|bank_code|branch_code|account_type|account_number|account_holder_kana|name)$|^sales\.coupon_number$|\.related_transaction_id$/,
    excuses: 'anything',
    why: 'whose telephone, account or sale it is only this file knows',
  },
  {
    corruption: /^instants are in UTC, and do not say so/,
    place: /./,
    excuses: 'lost',
    why: 'an evening in UTC is a noon in Japan: of log and reports the run says MAY_BE_UTC, and refuses nothing (2-data.md)',
  },
  {
    corruption: /^instants have lost their seconds/,
    place: /^(sales\.sold_at|transactions\.occurred_at)$/,
    excuses: 'anything',
    why: 'a till that writes minutes is as good as others, and up to a minute from what a bound asks',
  },
  {
    corruption: /^day and month are swapped/,
    place: /./,
    excuses: 'lost',
    why: 'both dates exist; in a column in which all days are above the twelfth nothing is swapped',
  },
  {
    corruption: /^digits behind the fifteenth are zeros/,
    place: /^(claims|applications|paid)\.coupon_number$/,
    excuses: 'anything',
    why: 'one number or two that end in a zero are numbers like others, where the issued ones follow each other; three are refused',
  },
  {
    corruption: /^digits behind the fifteenth are zeros, in every second row$/,
    place: /^(transactions|sales)\.(merchant_id|transaction_id|report_id)$/,
    excuses: 'anything',
    why: 'of numbers that follow each other every other one ends in a zero as well',
  },
  {
    corruption: /^swapped with/,
    place: /^sales\.(merchant_id|coupon_number)$|^transactions\.merchant_id$/,
    excuses: 'lost',
    why: 'shops that do not report, and reports of shops that nobody pays at, are ordinary',
  },
  {
    corruption: /^(swapped with|zeros in front|numbers|values are #N|U\+|all cells are (X|1|NO DATA|0+|9+)$)/,
    place: /^(applications|issuance)\.(phone|email)$/,
    excuses: 'anything',
    why: 'a contact that cannot be used says nothing, so two of them contradict each other no more (3-rules.md §8)',
  },
  {
    corruption: /^swapped with (email|phone)$/,
    place: /^issuance\.account_id$/,
    excuses: 'lost',
    why: 'an account may be named by an e-mail address, and need not have one',
  },
];

const isExcused = (fault: string, corruption: Corruption, place: Place): boolean =>
  UNDETECTABLE.some(
    (excuse) =>
      excuse.corruption.test(corruption.name) &&
      excuse.place.test(place) &&
      (excuse.excuses === 'anything' || fault.startsWith(excuse.excuses)),
  );

// ----- Tests ----------------------------------------------------------------------------------------------------------

/** So many nights of each form. */
const NIGHTS_OF_A_FORM = 4;
const RUNS = Number(process.env.CORRUPTED_COLUMN_RUNS ?? 90);
const SEED = Number(process.env.CORRUPTED_COLUMN_SEED ?? 20230224);
const nights = new Map<number, PaidNight>();

const formOf = (seed: number): Form => {
  const forms = Object.keys(FORMS) as Form[];
  return forms[seed % forms.length] ?? 'letters and digits';
};

beforeAll(async () => {
  const wanted = NIGHTS_OF_A_FORM * Object.keys(FORMS).length;
  for (let seed = 0; nights.size < wanted; seed += 1) {
    const night = await paidNight(seed);
    if (night !== undefined) nights.set(seed, night);
  }
});

/** A night's inputs with one column corrupted; undefined where nothing in it can be. */
function corrupted({ tables }: PaidNight, { corrupt }: Corruption, place: Place): Tables | undefined {
  const [kind = '', column = ''] = place.split('.');
  const table = tables[kind as InputKind];
  if (table === undefined || table.rows.length === 0) return undefined;
  const changed = corrupt(table, column);
  return csvOf(changed) === csvOf(table) ? undefined : { ...tables, [kind]: changed };
}

interface Ended {
  readonly refused: boolean;
  readonly faults: readonly string[];
}

/** What both readers make of corrupted inputs is the same; and what is wrong with it. */
async function endedAfter(night: PaidNight, tables: Tables): Promise<Ended> {
  const { fast, strict } = await endings(textsOf(tables), AS_OF);
  expect(strict).toEqual(fast);
  if ('refused' in fast) return { refused: true, faults: [] };
  return { refused: false, faults: faultsOf(night.money, moneyIn(fast.files), night.tables) };
}

function corruptionOf(name: string): Corruption {
  const found = CORRUPTIONS.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no such corruption: ${name}`);
  return found;
}

describe.concurrent('a corrupted column pays nobody more, and takes nothing from anybody without a question', () => {
  it.each(Object.entries(KINDS))('%s', async (_, corruptions) => {
    // Every corruption is as likely as every other, whether it reaches many columns or few.
    const cases = fc
      .constantFrom(...corruptions)
      .chain(({ name, places }) => fc.constantFrom(...places).map((place) => [name, place] as const));
    let passed = 0;
    await fc.assert(
      fc.asyncProperty(cases, fc.constantFrom(...nights.keys()), async ([name, place], seed) => {
        const night = nights.get(seed) as PaidNight;
        const corruption = corruptionOf(name);
        const tables = corrupted(night, corruption, place);
        fc.pre(tables !== undefined);
        const ended = await endedAfter(night, tables as Tables);
        expect(ended.faults.filter((fault) => !isExcused(fault, corruption, place))).toEqual([]);
        if (!ended.refused) passed += 1;
      }),
      { numRuns: RUNS, seed: SEED },
    );
    // A program that refuses everything would hold all of this.
    expect(passed).toBeGreaterThan(0);
  });
});

describe('what is stated can fail', () => {
  const coupon = (number: string, yen: number, payout: string): Row => ({
    coupon_number: number,
    status: yen > 0 ? 'payable' : 'settled',
    payable_yen: String(yen),
    payout_id: payout,
  });
  const payout = (id: string, telephone: string, yen: number): Row => ({
    payout_id: id,
    route: 'app_url',
    recipient: `account:${id}`,
    deliver_to: telephone,
    amount_yen: String(yen),
  });
  const [hers, his] = ['09011111111', '09022222222'];
  const before: Money = {
    payouts: [payout('P1', hers, 1000), payout('P2', his, 500)],
    coupons: [coupon('C1', 1000, 'P1'), coupon('C2', 500, 'P2')],
    review: [],
  };
  const asked: Row = { coupon_number: 'C1', decision: '', review_id: 'R1', evidence_hash: 'E', evidence: 'tx:T1' };

  it('finds nothing where nothing has changed', () => {
    expect(faultsOf(before, before)).toEqual([]);
  });

  it('finds who gets more, asked or not', () => {
    const after = {
      payouts: [payout('P1', hers, 1500), payout('P2', his, 500)],
      coupons: [coupon('C1', 1500, 'P1'), coupon('C2', 500, 'P2')],
      review: [asked],
    };
    expect(faultsOf(before, after)).toEqual([
      'more: 09011111111 gets 1500 yen, not 1000',
      'more: coupon C1 is paid 1500 yen, not 1000',
    ]);
  });

  it('finds a payout that is gone without a question, and not one that is asked about', () => {
    const after = { payouts: [payout('P2', his, 500)], coupons: [coupon('C1', 0, ''), coupon('C2', 500, 'P2')] };
    const lost = ['lost: coupon C1 had 1000 yen, now 0, and nobody is asked'];
    expect(faultsOf(before, { ...after, review: [] })).toEqual(lost);
    expect(faultsOf(before, { ...after, review: [asked] })).toEqual([]);
    // Nobody is told anything by a question that was open before, or by one that is answered.
    expect(faultsOf({ ...before, review: [asked] }, { ...after, review: [asked] })).toEqual(lost);
    expect(faultsOf(before, { ...after, review: [{ ...asked, decision: 'approved' }] })).toEqual(lost);
  });

  it('finds a payout that goes to somebody else', () => {
    const after = { ...before, payouts: [payout('P1', his, 1000), payout('P2', his, 500)] };
    expect(faultsOf(before, after)).toEqual([
      'more: 09022222222 gets 1500 yen, not 500',
      'lost: coupon C1 had 1000 yen, now 1000, and nobody is asked',
    ]);
  });

  it('knows the other address of the same person', () => {
    const issuance: Table = {
      header: ['coupon_number', 'account_id', 'phone', 'email'],
      rows: [['C1', 'A1', hers, 'c1@example.jp']],
    };
    const after = { ...before, payouts: [payout('P1', 'c1@example.jp', 1000), payout('P2', his, 500)] };
    expect(faultsOf(before, after, { issuance })).toEqual([]);
  });
});
