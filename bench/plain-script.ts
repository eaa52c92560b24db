import { createReadStream, writeFileSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';

/**
 * The work of same-work.sql as a plain script on csv-parse: rows as objects, maps by id, nothing clever.
 * RESULT NAME=PATH…: its result must be the bytes of DuckDB's; prints how many rows counted.
 */
const [result = '', ...inputs] = process.argv.slice(2);

type Row = Readonly<Record<string, string>>;

interface Payment {
  readonly id: string;
  readonly coupon: string;
  readonly merchant: string;
  readonly amount: number;
  readonly at: number;
}

interface Sale {
  readonly merchant: string;
  readonly at: number;
  readonly total: number;
  readonly couponYen: number;
  readonly coupon: string;
}

const MINUTE = 60_000;
const TOLERANCE = 30 * MINUTE;
const REPEAT_GAP = 10 * MINUTE;
const OUTAGE_FROM = Date.parse('2023-02-24T17:45:00+09:00');
const OUTAGE_END = Date.parse('2023-02-24T22:16:00+09:00');
const FIRST_END = Date.parse('2023-02-27T00:00:00+09:00');
const SECOND_END = Date.parse('2023-04-01T00:00:00+09:00');
const ORIGINAL_EXPIRY = '2023-02-24';

const AMOUNT = /^[0-9]{1,12}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const IDENTIFIER = /^[!#-~]+$/;
const EXPONENT = /^[0-9](\.[0-9]+)?e\+[0-9]+$/i;
const KINDS = ['charge', 'payment', 'cancel', 'reinstatement'];
const STATUSES = ['completed', 'failed', 'pending'];

const yen = (written: string | undefined): number => (AMOUNT.test(written ?? '') ? Number(written) : Number.NaN);
const isIdentifier = (written = ''): boolean => IDENTIFIER.test(written) && !EXPONENT.test(written);
/** The day of the month says whether the calendar has the date: `Date` would count on into the next month. */
function instant(written = ''): number {
  if (!INSTANT.test(written) || !isDate(written.slice(0, 10))) return Number.NaN;
  return Date.parse(written);
}
const isDate = (written = ''): boolean =>
  DATE.test(written) && new Date(`${written}T00:00:00Z`).getUTCDate() === Number(written.slice(8));
const inOutage = (at: number): boolean => at >= OUTAGE_FROM && at < OUTAGE_END;
const dayOf = (at: number): number => Math.floor((at + 9 * 60 * MINUTE) / (24 * 60 * MINUTE));
const near = (a: number, b: number, span: number): boolean => Math.abs(a - b) <= span;

/** The rows of one id once, without those whose content differs. */
class ById {
  private readonly rows = new Map<string, Row>();
  private readonly conflicting = new Set<string>();
  private readonly id: string;
  private readonly isReadable: (row: Row) => boolean;
  readonly setAside: Row[] = [];

  constructor(id: string, isReadable: (row: Row) => boolean) {
    this.id = id;
    this.isReadable = isReadable;
  }

  take(row: Row): void {
    if (!this.isReadable(row)) {
      this.setAside.push(row);
      return;
    }
    const id = row[this.id] ?? '';
    const earlier = this.rows.get(id);
    if (earlier === undefined) this.rows.set(id, row);
    else if (Object.keys(row).some((column) => row[column] !== earlier[column])) {
      this.conflicting.add(id);
      this.setAside.push(row, earlier);
    }
  }

  count(): number {
    return this.rows.size - this.conflicting.size;
  }

  *kept(): Generator<Row> {
    for (const [id, row] of this.rows) if (!this.conflicting.has(id)) yield row;
  }
}

const issuance = new ById(
  'coupon_number',
  (row) =>
    isIdentifier(row.coupon_number) &&
    ['paper', 'app'].includes(row.medium ?? '') &&
    /^[0-9]{2}$/.test(row.prefecture ?? '') &&
    yen(row.face_yen) > 0 &&
    !Number.isNaN(instant(row.issued_at)) &&
    isDate(row.expires_on),
);
const transactions = new ById(
  'transaction_id',
  (row) =>
    isIdentifier(row.transaction_id) &&
    isIdentifier(row.coupon_number) &&
    !Number.isNaN(instant(row.occurred_at)) &&
    KINDS.includes(row.kind ?? '') &&
    STATUSES.includes(row.status ?? '') &&
    (yen(row.amount_yen) > 0 || (row.kind === 'charge' && row.amount_yen === '0')) &&
    ['', 'coupon', 'own'].includes(row.funding ?? '') &&
    (row.kind !== 'payment' || row.merchant_id !== '') &&
    (row.kind !== 'cancel' || row.related_transaction_id !== ''),
);
const reports = new ById(
  'report_id',
  (row) =>
    isIdentifier(row.report_id) &&
    isIdentifier(row.merchant_id) &&
    !Number.isNaN(instant(row.sold_at)) &&
    yen(row.total_yen) === yen(row.coupon_yen) + yen(row.cash_yen) + (row.other_yen === '' ? 0 : yen(row.other_yen)),
);
const claims = new ById('claim_id', () => true);
const FILES: Readonly<Record<string, ById>> = { issuance, transactions, merchant_reports: reports, claims };

for (const input of inputs) {
  const at = input.indexOf('=');
  await read(input.slice(at + 1), FILES[input.slice(0, at)] ?? claims);
}

function read(path: string, into: ById): Promise<void> {
  return new Promise((resolve, reject) => {
    const parser = parse({ columns: true, skip_records_with_error: true });
    parser.on('data', (row: Row) => into.take(row));
    parser.on('error', reject);
    parser.on('end', resolve);
    const file = createReadStream(path, { highWaterMark: 1 << 18 }).on('error', reject);
    (path.endsWith('.gz') ? file.pipe(createGunzip()).on('error', reject) : file).pipe(parser);
  });
}

interface Balance {
  readonly inCohort: boolean;
  first: number;
  residual: number;
  isCase: boolean;
}
const balances = new Map<string, Balance>();
for (const { coupon_number: number = '', medium, prefecture, face_yen: face, expires_on: expiry } of issuance.kept()) {
  if (medium !== 'paper' || prefecture !== '46') continue;
  const inCohort = expiry === ORIGINAL_EXPIRY;
  balances.set(number, { inCohort, first: yen(face), residual: yen(face), isCase: inCohort });
}

const payments = new Map<string, Payment>();
const cancelled = new Map<string, number>();
for (const row of transactions.kept()) {
  if (row.status !== 'completed' || row.funding === 'own' || row.kind === 'charge') continue;
  const [at, amount, coupon] = [instant(row.occurred_at), yen(row.amount_yen), row.coupon_number ?? ''];
  const id = row.transaction_id ?? '';
  move(coupon, at, row.kind === 'payment' ? -amount : amount);
  if (row.kind === 'payment') notePayment({ id, coupon, merchant: row.merchant_id ?? '', amount, at });
  if (row.kind === 'cancel') {
    const key = `${row.related_transaction_id} ${coupon}`;
    cancelled.set(key, (cancelled.get(key) ?? 0) + amount);
  }
}

function move(coupon: string, at: number, movement: number): void {
  const balance = balances.get(coupon);
  if (balance === undefined) return;
  if (at < FIRST_END) balance.first += movement;
  if (at < SECOND_END) balance.residual += movement;
}

function notePayment(payment: Payment): void {
  if (payment.at >= OUTAGE_FROM - 3 * TOLERANCE && payment.at < OUTAGE_END + 3 * TOLERANCE)
    payments.set(payment.id, payment);
  const balance = balances.get(payment.coupon);
  if (balance !== undefined && inOutage(payment.at)) balance.isCase = true;
}

const shopDay = (merchant: string, at: number): string => `${merchant} ${dayOf(at)}`;
const covered = new Set<string>();
const salesOf = new Map<string, Sale[]>();
for (const row of reports.kept()) {
  const sale: Sale = {
    merchant: row.merchant_id ?? '',
    at: instant(row.sold_at),
    total: yen(row.total_yen),
    couponYen: yen(row.coupon_yen),
    coupon: row.coupon_number ?? '',
  };
  covered.add(shopDay(sale.merchant, sale.at));
  put(salesOf, sale.merchant, sale);
}
for (const row of reports.setAside) covered.delete(shopDay(row.merchant_id ?? '', instant(row.sold_at)));

function put<T>(into: Map<string, T[]>, key: string, value: T): void {
  const present = into.get(key);
  if (present === undefined) into.set(key, [value]);
  else present.push(value);
}

const alike = new Map<string, Payment[]>();
const groups = new Map<string, Payment[]>();
for (const payment of payments.values()) {
  if ((cancelled.get(`${payment.id} ${payment.coupon}`) ?? 0) >= payment.amount) continue;
  if (!covered.has(shopDay(payment.merchant, payment.at))) continue;
  put(alike, `${payment.merchant} ${payment.amount}`, payment);
  if (inOutage(payment.at) && balances.has(payment.coupon))
    put(groups, `${payment.coupon} ${payment.merchant} ${payment.amount}`, payment);
}

const claimedCash = new Set<string>();
for (const row of claims.kept())
  if (row.kind === 'cash_and_deducted') claimedCash.add(`${row.coupon_number} ${row.merchant_id}`);

const grounds = new Map<string, Set<string>>();
for (const group of groups.values()) {
  const coupon = group[0]?.coupon ?? '';
  const present = grounds.get(coupon) ?? new Set();
  grounds.set(coupon, present.add(groundOf(group)));
}

/** As same-work.sql: '?' where the group does not stand alone. */
function groundOf(group: readonly Payment[]): string {
  const { coupon = '', merchant = '', amount = 0 } = group[0] ?? {};
  const sales = salesOf.get(merchant) ?? [];
  const others = (alike.get(`${merchant} ${amount}`) ?? []).filter((other) => !group.includes(other));
  if (group.some((mine) => others.some((other) => near(mine.at, other.at, 2 * TOLERANCE)))) return '?';
  const inReach = sales.filter(
    (sale) =>
      sale.couponYen === amount &&
      (sale.coupon === '' || sale.coupon === coupon) &&
      group.some((mine) => near(mine.at, sale.at, TOLERANCE)),
  );
  if (inReach.some((sale) => !group.every((mine) => near(mine.at, sale.at, TOLERANCE)))) return '?';
  const unsupported = latest(group).slice(0, Math.max(0, group.length - inReach.length));
  if (unsupported.length === 0) return '';
  const nearBill = (sale: Sale, of: readonly Payment[]) => of.some((mine) => near(mine.at, sale.at, TOLERANCE));
  if (sales.some((sale) => sale.couponYen > amount && nearBill(sale, group))) return '?';
  if (
    sales.some(
      (sale) => sale.coupon === coupon && sale.couponYen === 0 && sale.total >= amount && nearBill(sale, unsupported),
    )
  )
    return 'B1';
  if (claimedCash.has(`${coupon} ${merchant}`)) return '?';
  const followed = unsupported.every((mine) =>
    group.some((other) => other !== mine && near(other.at, mine.at, REPEAT_GAP)),
  );
  return unsupported.length < group.length && followed ? 'B2' : '';
}

function latest(group: readonly Payment[]): readonly Payment[] {
  return [...group].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
}

const lines = [...balances]
  .filter(([, { isCase }]) => isCase)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([coupon, { inCohort, first, residual }]) => {
    const found = grounds.get(coupon) ?? new Set();
    const grounded = found.has('?') ? '?' : ['B1', 'B2'].filter((ground) => found.has(ground)).join('+');
    return `${coupon},${residual},${inCohort && first >= 1 ? 'A' : ''},${grounded}\n`;
  });
writeFileSync(result, `coupon_number,residual_yen,ground_a,grounds_b\n${lines.join('')}`);
const kept = [issuance, transactions, reports].reduce((sum, file) => sum + file.count(), 0);
process.stdout.write(`${kept}\n`);
