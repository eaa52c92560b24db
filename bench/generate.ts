import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DAY, dateText, dayOf, HOUR, instantText, MINUTE, OUTAGE_DAY, OUTAGE_FROM, OUTAGE_TO } from './calendar.ts';
import { CsvFile } from './csv-file.ts';
import { drawOf, Random } from './random.ts';

export interface GenerateOptions {
  /** Rows of transactions.csv; at least 1000. */
  readonly transactions: number;
  readonly seed: number;
}

/** What was written: `run` must find the same. */
export interface Totals {
  readonly rows: Readonly<Record<FileName, number>>;
  readonly bytes: number;
  readonly faceYen: number;
  /** Completed payments with coupon money from 17:45 to 22:15, the last minute included. */
  readonly outagePayments: number;
  readonly outagePaymentYen: number;
  readonly doublePresses: number;
  readonly cohortCoupons: number;
}

const HEADERS = {
  issuance:
    'coupon_number medium prefecture face_yen issued_at expires_on issuer_id travel_date account_id account_status phone email',
  transactions:
    'transaction_id coupon_number occurred_at kind status amount_yen merchant_id terminal_id related_transaction_id funding',
  merchant_reports: 'report_id merchant_id sold_at total_yen coupon_yen cash_yen other_yen coupon_number receipt_no',
  claims: 'claim_id received_at kind coupon_number expires_on prefecture merchant_id',
  applications:
    'application_id applied_at coupon_number prefecture travel_date name method phone email bank_code branch_code account_type account_number account_holder_kana',
} as const;
export type FileName = keyof typeof HEADERS;
export const FILE_NAMES = Object.keys(HEADERS) as FileName[];

/** Writes the five inputs into a folder, row by row. The same options give the same bytes. */
export function generate(folder: string, options: GenerateOptions): Totals {
  mkdirSync(folder, { recursive: true });
  return new Night(folder, options).run();
}

const COUPONS_PER_TRANSACTION = 0.4;
const SALES_PER_TRANSACTION = 0.05;

const FIRST_EXPIRY = dayOf(1, 8);
const LAST_EXPIRY = dayOf(3, 31);
const FIRST_EXTENSION = dayOf(2, 26);
/** Days from issue to expiry, and how often. */
const VALIDITIES: readonly (readonly [days: number, share: number])[] = [
  [0, 0.05],
  [1, 0.6],
  [2, 0.25],
  [3, 0.1],
];
const COHORT_SHARE = 0.05;
const OTHER_PREFECTURES = ['01', '04', '13', '27', '28', '40', '43', '44', '45', '47'];

const SURNAMES = ['山田', '佐藤', '鈴木', '髙橋', '田中', '渡邊', '有村', '中村', '鮫島', '前田'];
const GIVEN_NAMES = ['花子', '太郎', '美咲', '健一', '陽菜', '大翔', '結衣', '修', '恵', '誠'];
const KANA = [
  'ヤマダ',
  'サトウ',
  'スズキ',
  'タカハシ',
  'タナカ',
  'ワタナベ',
  'アリムラ',
  'ナカムラ',
  'サメシマ',
  'マエダ',
];

interface Coupon {
  readonly number: string;
  readonly medium: 'paper' | 'app';
  readonly prefecture: string;
  readonly face: number;
  readonly issuedAt: number;
  readonly expiry: number;
  readonly account: number;
  readonly withdrawn: boolean;
  /** Cancels and reinstatements are not added back, so that it is never more than what is there. */
  balance: number;
}

interface Entry {
  readonly at: number;
  readonly coupon: Coupon;
  readonly kind: 'charge' | 'payment' | 'cancel' | 'reinstatement';
  readonly status: 'completed' | 'failed' | 'pending';
  readonly amount: number;
  readonly shop: number;
  readonly related: Entry | undefined;
  readonly own: boolean;
  /** Given when it is written, in the order of time. */
  id: string;
}

interface OpenBill {
  readonly at: number;
  readonly shop: number;
  readonly amount: number;
  readonly coupon: Coupon;
}

const NO_SHOP = -1;
const NO_ACCOUNT = -1;
const inOutage = (at: number): boolean => at >= OUTAGE_FROM && at < OUTAGE_TO;
const dayAt = (second: number): number => Math.floor(second / DAY);
const isOurs = (coupon: Coupon): boolean => coupon.medium === 'paper' && coupon.prefecture === '46';
const isCohort = (coupon: Coupon): boolean => isOurs(coupon) && coupon.expiry === OUTAGE_DAY;
const shopId = (shop: number): string => `M${String(shop + 1).padStart(5, '0')}`;

/** Three months of one programme, day by day: only the coming days' rows of coupons still in use are in memory. */
class Night {
  private readonly options: GenerateOptions;
  private readonly random: Random;
  private readonly files: Readonly<Record<FileName, CsvFile>>;
  private readonly couponCount: number;
  private readonly saleCount: number;
  private readonly shopCount: number;
  private readonly days: Entry[][] = [];
  private issued = 0;
  private planned = 0;
  private accounts = 0;
  private accountDay = -1;
  private openBill: OpenBill | undefined;
  private readonly totals = {
    faceYen: 0,
    outagePayments: 0,
    outagePaymentYen: 0,
    doublePresses: 0,
    cohortCoupons: 0,
  };

  constructor(folder: string, options: GenerateOptions) {
    const { transactions, seed } = options;
    if (!Number.isSafeInteger(transactions) || transactions < 1000 || transactions > 20_000_000)
      throw new RangeError('transactions must be from 1000 to 20000000');
    this.options = options;
    this.random = new Random(seed);
    this.couponCount = Math.round(transactions * COUPONS_PER_TRANSACTION);
    this.saleCount = Math.round(transactions * SALES_PER_TRANSACTION);
    this.shopCount = Math.min(6000, Math.round(Math.sqrt(transactions) * 4));
    this.files = Object.fromEntries(
      FILE_NAMES.map((name) => [name, new CsvFile(join(folder, `${name}.csv`), HEADERS[name].split(' '))]),
    ) as Record<FileName, CsvFile>;
  }

  run(): Totals {
    const issueDays = issuesByDay(this.couponCount);
    for (let day = 0; day <= LAST_EXPIRY || this.days.length > day; day++) {
      this.issueDay(day, issueDays[day] ?? []);
      this.writeDay(day);
    }
    while (this.files.merchant_reports.rows < this.saleCount) this.writeOtherSale();
    for (const file of Object.values(this.files)) file.close();
    return {
      rows: Object.fromEntries(FILE_NAMES.map((name) => [name, this.files[name].rows])) as Record<FileName, number>,
      bytes: Object.values(this.files).reduce((sum, file) => sum + file.bytes, 0),
      ...this.totals,
    };
  }

  private issueDay(day: number, validities: readonly number[]): void {
    const order = [...validities];
    this.random.shuffle(order);
    const [open, close] = [8 * HOUR, 17 * HOUR + 30 * MINUTE];
    order.forEach((validity, index) => {
      const at = day * DAY + open + Math.floor(((close - open) * (index + this.random.next())) / order.length);
      this.live(this.issue(at, day + validity));
    });
  }

  private issue(issuedAt: number, expiry: number): Coupon {
    const { random } = this;
    const medium = random.chance(0.05) ? 'app' : 'paper';
    const prefecture = random.chance(0.06) ? random.pick(OTHER_PREFECTURES) : '46';
    const account = medium === 'app' || random.chance(0.6) ? this.accountFor(dayAt(issuedAt)) : NO_ACCOUNT;
    const coupon: Coupon = {
      number: this.couponNumber(),
      medium,
      prefecture,
      face: random.pick([1000, 2000, 2000, 3000]),
      issuedAt,
      expiry,
      account,
      withdrawn: account !== NO_ACCOUNT && drawOf(account, 1) < 0.04,
      balance: 0,
    };
    coupon.balance = coupon.face;
    this.totals.faceYen += coupon.face;
    if (isCohort(coupon)) this.totals.cohortCoupons++;
    this.files.issuance.write([
      coupon.number,
      medium,
      prefecture,
      coupon.face,
      instantText(issuedAt),
      dateText(expiry),
      `H${String(random.between(1, 600)).padStart(4, '0')}`,
      dateText(dayAt(issuedAt)),
      account === NO_ACCOUNT ? '' : `A${String(account).padStart(8, '0')}`,
      account === NO_ACCOUNT ? '' : coupon.withdrawn ? 'withdrawn' : 'active',
      ...contactOf(account),
    ]);
    return coupon;
  }

  /** Twelve digits, each number once, in no visible order. */
  private couponNumber(): string {
    const start = (this.options.seed % 1000) * 1_000_003;
    return String((start + this.issued++ * 1_000_000_007) % 1_000_000_000_000).padStart(12, '0');
  }

  /** A family's coupons are charged to one account. */
  private accountFor(day: number): number {
    const shared = this.accountDay === day && this.random.chance(0.45);
    this.accountDay = day;
    return shared ? this.accounts : ++this.accounts;
  }

  /** Plans all rows of a coupon: as many as keep the file on its way to the rows that were asked for. */
  private live(coupon: Coupon): void {
    const { random } = this;
    const due = Math.round((this.issued * this.options.transactions) / this.couponCount);
    const last = this.issued === this.couponCount;
    let left = last ? due - this.planned : Math.max(0, due - this.planned + random.between(-1, 1));
    if (left > 0 && coupon.account !== NO_ACCOUNT) {
      this.plan({ at: coupon.issuedAt + random.between(60, 300), coupon, kind: 'charge', amount: coupon.face });
      left--;
    }
    const times = Array.from({ length: left }, () => this.timeFor(coupon)).sort((a, b) => a - b);
    for (const [index, at] of times.entries()) {
      if (left <= 0) break;
      left -= this.visit(coupon, at, left, index === times.length - 1);
    }
    this.afterwards(coupon);
  }

  private timeFor(coupon: Coupon): number {
    const { random } = this;
    const { issuedAt, expiry } = coupon;
    const issueDay = dayAt(issuedAt);
    if (issueDay <= OUTAGE_DAY && expiry >= OUTAGE_DAY) {
      const draw = random.next();
      if (draw < (expiry === OUTAGE_DAY ? 0.5 : 0.35)) return random.between(OUTAGE_FROM, OUTAGE_TO - 1);
      if (isCohort(coupon) && draw < 0.58) return openHours(random, random.between(OUTAGE_DAY + 1, FIRST_EXTENSION));
      if (isCohort(coupon) && draw < 0.66) return openHours(random, random.between(FIRST_EXTENSION + 1, LAST_EXPIRY));
    }
    const day = random.between(issueDay, expiry);
    if (day > issueDay) return openHours(random, day);
    return random.between(issuedAt + 10 * MINUTE, day * DAY + 22 * HOUR);
  }

  /** What happens at a till: returns how many rows it made, from 1 to `most`. */
  private visit(coupon: Coupon, planned: number, most: number, last: boolean): number {
    const { random } = this;
    const bill = this.billToJoin(coupon, planned);
    const [at, shop] = bill === undefined ? [planned, this.shop()] : [this.joinAt(bill), bill.shop];
    const failing = inOutage(at) ? 0.15 : 0.02;
    const amount = this.amountFor(coupon, last);
    if (amount === 0 || random.chance(failing)) return this.noCouponMoney(coupon, at, shop);
    if (random.chance(0.01))
      return this.plan({ at, coupon, kind: 'payment', amount: random.between(50, 900), shop, own: true });
    const again = inOutage(at) && coupon.balance >= 2 * amount && most >= 2 && random.chance(0.025);
    const payment = this.pay(coupon, at, shop, amount);
    if (dayAt(at) === OUTAGE_DAY) this.reportPayment(payment, bill, again);
    if (again) return 1 + this.pressAgain(payment, most - 1);
    if (most >= 2 && random.chance(0.01)) return 1 + this.cancel(payment);
    return 1;
  }

  /** Nothing left, or the app does not answer. */
  private noCouponMoney(coupon: Coupon, at: number, shop: number): number {
    const { random } = this;
    const amount = random.between(1, 30) * 100;
    if (coupon.balance < 100 && random.chance(0.5))
      return this.plan({ at, coupon, kind: 'payment', amount, shop, own: true });
    const status = random.chance(0.002) ? 'pending' : 'failed';
    return this.plan({ at, coupon, kind: 'payment', status, amount, shop });
  }

  /** Whole coupons, round sums and odd ones; 0 where nothing can be paid. */
  private amountFor(coupon: Coupon, last: boolean): number {
    const { balance } = coupon;
    if (balance < 100) return 0;
    if (last && this.random.chance(0.55)) return balance;
    const most = last ? balance : Math.ceil(balance * 0.7);
    if (most >= 500 && this.random.chance(0.5)) return this.random.between(1, Math.floor(most / 500)) * 500;
    return this.random.between(Math.min(80, most), most);
  }

  private pay(coupon: Coupon, at: number, shop: number, amount: number): Entry {
    coupon.balance -= amount;
    if (inOutage(at)) {
      this.totals.outagePayments++;
      this.totals.outagePaymentYen += amount;
    }
    return this.enter({ at, coupon, kind: 'payment', amount, shop });
  }

  private pressAgain(first: Entry, most: number): number {
    const { random } = this;
    this.totals.doublePresses++;
    const second = this.pay(first.coupon, first.at + random.between(2, 40), first.shop, first.amount);
    if (random.chance(0.5)) this.claim('double_charge', first.coupon, first.shop);
    if (most >= 2 && random.chance(0.2)) return 1 + this.cancel(second);
    if (most < 2 || !random.chance(0.15)) return 1;
    const at = openHours(random, dayOf(3, random.between(8, 20)));
    return 1 + this.plan({ at, coupon: first.coupon, kind: 'reinstatement', amount: first.amount, related: second });
  }

  private cancel(payment: Entry): number {
    const at = payment.at + this.random.between(30, 900);
    const { coupon, amount, shop } = payment;
    return this.plan({ at, coupon, kind: 'cancel', amount, shop, related: payment });
  }

  /** Few shops take much: the density falls with the number of the shop. */
  private shop(): number {
    const draw = this.random.next();
    return Math.floor(this.shopCount * draw * draw * Math.sqrt(draw));
  }

  private reports(shop: number): boolean {
    return shop < 20 || drawOf(shop, 2) < 0.92;
  }

  /** One bill paid with two coupons: the next coupon of the evening joins it. */
  private billToJoin(coupon: Coupon, at: number): OpenBill | undefined {
    const bill = this.openBill;
    if (bill === undefined || bill.coupon === coupon || !inOutage(at)) return undefined;
    this.openBill = undefined;
    return bill;
  }

  private joinAt(bill: OpenBill): number {
    return bill.at + this.random.between(15, 60);
  }

  private reportPayment(payment: Entry, bill: OpenBill | undefined, again: boolean): void {
    const { random } = this;
    const { at, shop, amount, coupon } = payment;
    if (!this.reports(shop)) return;
    const outage = inOutage(at);
    if (bill !== undefined) {
      this.sell(shop, at, amount + bill.amount, 0, coupon.number);
      return;
    }
    const free = outage && !again && this.openBill === undefined;
    if (free && at < OUTAGE_TO - 10 * MINUTE && random.chance(0.01)) {
      this.openBill = { at, shop, amount, coupon };
      return;
    }
    const draw = random.next();
    if (outage && draw < 0.01) {
      this.sell(shop, at, 0, amount, random.chance(0.4) ? coupon.number : '');
      if (random.chance(0.6)) this.claim('cash_and_deducted', coupon, shop);
      return;
    }
    if (draw < 0.98) this.sell(shop, at, amount, random.chance(0.5) ? random.between(1, 3000) : 0, this.noted(coupon));
  }

  /** Some shops write the number down. */
  private noted = (coupon: Coupon): string => (this.random.chance(0.35) ? coupon.number : '');

  private writeOtherSale(): void {
    let shop = this.shop();
    while (!this.reports(shop)) shop = this.shop();
    const at = openHours(this.random, OUTAGE_DAY);
    this.sell(shop, at, 0, this.random.between(100, 12_000), '');
  }

  private sell(shop: number, paidAt: number, couponYen: number, rest: number, couponNumber: string): void {
    const { merchant_reports: file } = this.files;
    if (file.rows === this.saleCount) return;
    const byCard = rest > 0 && this.random.chance(0.3);
    const number = file.rows + 1;
    file.write([
      `S${String(number).padStart(9, '0')}`,
      shopId(shop),
      instantText(Math.min(paidAt + this.random.between(-20, 150), OUTAGE_DAY * DAY + DAY - 1)),
      couponYen + rest,
      couponYen,
      byCard ? 0 : rest,
      byCard ? rest : 0,
      couponNumber,
      `R${number}`,
    ]);
  }

  /** Only those whose coupon the programme covers have a reason to call. */
  private claim(kind: string, coupon: Coupon, shop: number): void {
    if (!isOurs(coupon)) return;
    const { random } = this;
    const expiry = random.chance(0.95) ? coupon.expiry : coupon.expiry + 5;
    this.files.claims.write([
      `CL${String(this.files.claims.rows + 1).padStart(7, '0')}`,
      instantText(openHours(random, dayOf(3, random.between(7, 31)))),
      random.chance(0.98) ? kind : 'other',
      coupon.number,
      dateText(expiry),
      coupon.prefecture,
      shopId(shop),
    ]);
  }

  /** Who has something left of a cohort coupon and no account to send to applies, or would rather have money. */
  private afterwards(coupon: Coupon): void {
    if (!isCohort(coupon) || coupon.balance === 0) return;
    const { random } = this;
    const reachable = coupon.account !== NO_ACCOUNT && !coupon.withdrawn;
    if (!random.chance(reachable ? 0.02 : 0.3)) return;
    const bank = reachable || random.chance(0.2);
    const person = random.between(0, 99);
    const number = this.files.applications.rows + 1;
    const phone = `080${String((number * 7919) % 100_000_000).padStart(8, '0')}`;
    const account = [
      String(random.between(1, 9999)).padStart(4, '0'),
      String(random.between(1, 999)).padStart(3, '0'),
      1,
    ];
    this.files.applications.write([
      `AP${String(number).padStart(7, '0')}`,
      instantText(openHours(random, random.between(dayOf(3, 22), dayOf(4, 30)))),
      coupon.number,
      coupon.prefecture,
      dateText(dayAt(coupon.issuedAt)),
      `${SURNAMES[person % 10]}${GIVEN_NAMES[Math.floor(person / 10)]}`,
      bank ? 'bank_transfer' : 'points',
      phone,
      '',
      ...(bank ? [...account, random.between(1000, 9_999_999), `${KANA[person % 10]} テスト`] : ['', '', '', '', '']),
    ]);
  }

  /** Puts a row into its day, and says that it is one. */
  private plan(entry: Parameters<Night['enter']>[0]): number {
    this.enter(entry);
    return 1;
  }

  private enter(given: Pick<Entry, 'at' | 'coupon' | 'kind' | 'amount'> & Partial<Entry>): Entry {
    const entry: Entry = { status: 'completed', shop: NO_SHOP, related: undefined, own: false, id: '', ...given };
    const day = dayAt(entry.at);
    this.planned++;
    while (this.days.length <= day) this.days.push([]);
    this.days[day]?.push(entry);
    return entry;
  }

  /** All coupons that could have a row on the day have been issued: it is complete. */
  private writeDay(day: number): void {
    const entries = this.days[day] ?? [];
    this.days[day] = [];
    const file = this.files.transactions;
    for (const entry of entries.sort((a, b) => a.at - b.at)) {
      entry.id = `T${String(file.rows + 1).padStart(10, '0')}`;
      file.write([
        entry.id,
        entry.coupon.number,
        instantText(entry.at),
        entry.kind,
        entry.status,
        entry.amount,
        entry.shop === NO_SHOP ? '' : shopId(entry.shop),
        entry.shop === NO_SHOP ? '' : `${shopId(entry.shop)}-${1 + (entry.at % 3)}`,
        entry.related?.id ?? '',
        entry.own ? 'own' : '',
      ]);
    }
  }
}

const openHours = (random: Random, day: number): number => random.between(day * DAY + 9 * HOUR, day * DAY + 22 * HOUR);

/** Mobile number or mail address of an account, the same on all its coupons. */
function contactOf(account: number): readonly [phone: string, email: string] {
  if (account === NO_ACCOUNT) return ['', ''];
  if (drawOf(account, 3) < 0.2) return ['', `user${account}@example.jp`];
  return [`0${7 + (account % 3)}0${String((account * 48_271) % 100_000_000).padStart(8, '0')}`, ''];
}

/** For each day the validities of the coupons that are issued on it: exactly `coupons` in all. */
function issuesByDay(coupons: number): readonly (readonly number[])[] {
  const ordinary = (1 - COHORT_SHARE) / (LAST_EXPIRY - FIRST_EXPIRY);
  const days: number[][] = [];
  let [share, issued] = [0, 0];
  for (let expiry = FIRST_EXPIRY; expiry <= LAST_EXPIRY; expiry++) {
    for (const [validity, part] of VALIDITIES) {
      share += part * (expiry === OUTAGE_DAY ? COHORT_SHARE : ordinary);
      const due = Math.min(coupons, Math.round(share * coupons));
      const day = expiry - validity;
      while (days.length <= day) days.push([]);
      for (; issued < due; issued++) days[day]?.push(validity);
    }
  }
  return days;
}
