import { join } from 'node:path';
import type { Medium, Terms } from '../policy/terms.ts';
import type { Answers, TillEvent } from './answers.ts';
import { CsvOutput, type Format } from './csv-output.ts';
import { type Fault, Faults } from './faults.ts';
import { knownAnswers, type WrittenCoupon } from './known-answers.ts';
import { type KnownApplication, type KnownCoupon, lastSecondOf, type Person, rowsOf } from './known-coupon.ts';
import { knownPeople } from './known-people.ts';
import type { NightOptions } from './night-options.ts';
import { drawOf, Random } from './random.ts';
import { columnsOf, type FileName, forEachFile, yenOf } from './rows.ts';
import {
  DAY,
  type Days,
  dateText,
  dayAt,
  HOUR,
  instantText,
  isOfVersion1,
  MINUTE,
  reinstatementDays,
  type Season,
  type SeasonCohort,
  seasonOf,
  settledBy,
} from './season.ts';

const COUPONS_PER_TRANSACTION = 0.4;
const SALES_PER_TRANSACTION = 0.05;
/** Of the log, at most so much is of coupons of which everything is known. */
const KNOWN_SHARE = 0.5;

/** Days from issue to expiry, and how often. */
const VALIDITIES: readonly (readonly [days: number, share: number])[] = [
  [0, 0.05],
  [1, 0.6],
  [2, 0.25],
  [3, 0.1],
];
/** Others than those of the programme, by JIS X 0401: of all where it is of these, too. */
const PREFECTURES = ['01', '04', '13', '27', '28', '40', '43', '44', '45', '47'];
const ALL_PREFECTURES = Array.from({ length: 47 }, (_, place) => String(place + 1).padStart(2, '0'));
const FACES = [1000, 2000, 2000, 3000];
/** Seconds between two presses, and from a payment to the sale by the shop's clock, where the notice allows as much. */
const PRESSES_APART = [2, 40] as const;
const SALE_OFF = [-20, 150] as const;

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
  readonly medium: Medium;
  readonly prefecture: string;
  readonly face: number;
  readonly issuedAt: number;
  readonly expiry: number;
  readonly account: number;
  readonly withdrawn: boolean;
  /** Of its medium and prefecture. */
  readonly isOurs: boolean;
  /** By its expiry alone, in scope or not. */
  readonly cohort: SeasonCohort | undefined;
  /** Its issuance row is accepted, or a repeat of it is. */
  stands: boolean;
  /** Cancels and reinstatements are not added back, so that it is never more than what is there. */
  balance: number;
  /** What rows that stand leave on it when (A) is judged, and when it is paid. */
  firstYen: number;
  residualYen: number;
}

/** A sale as it is rung up. */
interface Sale {
  readonly shop: number;
  /** When it was paid: the shop's clock is another. */
  readonly paidAt: number;
  readonly couponYen: number;
  readonly rest: number;
  readonly couponNumber: string;
  /** No fault may touch it: the answers speak of it. */
  readonly spared?: boolean;
  /** By the shop's clock, where that is not left to the dice. */
  readonly soldAt?: number;
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
  /** An answer rests on this row, so that nothing happens to it. */
  readonly spared: boolean;
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
const accountId = (account: number): string => `A${String(account).padStart(8, '0')}`;
const shopId = (shop: number): string => `M${String(shop + 1).padStart(5, '0')}`;

/** What happened at a till with nothing like it near by, so that what must come of it is known. */
interface LoneEvent extends Omit<TillEvent, 'couponNumber' | 'merchantId' | 'transactionIds'> {
  readonly coupon: Coupon;
  readonly shop: number;
  readonly payments: readonly Entry[];
}

/** Three months of one programme, day by day: only the coming days' rows of coupons still in use are in memory. */
export class Night {
  private readonly options: NightOptions;
  private readonly terms: Terms;
  private readonly season: Season;
  private readonly known: readonly KnownCoupon[];
  private readonly written: WrittenCoupon[] = [];
  private readonly accountsOf = new Map<number, number>();
  /** Rows of the log that are not of known coupons. */
  private readonly crowdRows: number;
  private readonly random: Random;
  private readonly faults: Faults;
  private readonly files: Readonly<Record<FileName, CsvOutput>>;
  private readonly tally = forEachFile(() => ({
    made: 0,
    accepted: 0,
    acceptedYen: 0,
    duplicate: 0,
    conflicting: 0,
    outOfScope: 0,
    rejected: 0,
    rejects: {} as Record<string, number>,
  }));
  private readonly couponCount: number;
  private readonly saleCount: number;
  private readonly shopCount: number;
  private readonly otherPrefectures: readonly string[];
  private readonly outageEnds: number;
  private readonly cohorts: ReadonlyMap<number, SeasonCohort>;
  private readonly outageDays: ReadonlySet<number>;
  private readonly days = new Map<number, Entry[]>();
  private readonly cohort: Coupon[] = [];
  private readonly events: LoneEvent[] = [];
  /** For each amount the shop of its last lone event: no two of one amount happen at one shop. */
  private readonly loneShops = new Map<number, number>();
  private numbers = 0;
  private issued = 0;
  private planned = 0;
  /** When the last of what is made up happens. */
  private lastAt = 0;
  private accounts = 0;
  private accountDay = -1;
  private accountCoupons = 0;
  private openBill: OpenBill | undefined;
  private readonly outage = { payments: 0, paymentYen: 0, doublePresses: 0 };

  constructor(folder: string, options: NightOptions, terms: Terms, policyId?: string) {
    const { transactions, seed } = options;
    const season = seasonOf(terms, policyId);
    this.options = options;
    this.terms = terms;
    this.season = season;
    this.known = isOfVersion1(terms) ? [] : knownPeople(terms, season, seed, transactions * KNOWN_SHARE);
    this.crowdRows = transactions - this.known.reduce((rows, coupon) => rows + rowsOf(coupon), 0);
    this.random = new Random(seed);
    this.faults = new Faults(seed, options.errorRate);
    this.couponCount = Math.round(transactions * COUPONS_PER_TRANSACTION);
    this.saleCount = Math.round(transactions * SALES_PER_TRANSACTION);
    this.shopCount = Math.min(6000, Math.round(Math.sqrt(transactions) * 4));
    this.otherPrefectures = prefecturesBeside(season.prefectures);
    this.outageEnds = season.windows.reduce((last, { end }) => Math.max(last, end), 0);
    this.cohorts = new Map(season.cohorts.map((cohort) => [cohort.expiry, cohort]));
    this.outageDays = new Set(season.outageDays);
    this.files = forEachFile((name) => new CsvOutput(join(folder, fileOf(name, options)), columnsOf(name), options));
  }

  /** Writes the files. `onDay` is called between days. */
  async write(onDay: (transactions: number) => void): Promise<Answers> {
    const issueDays = issuesByDay(this.couponCount, this.options.affected, this.season);
    const from = Math.min(...issueDays.keys(), ...this.known.map(({ issuedAt }) => dayAt(issuedAt)));
    try {
      for (const coupon of this.known) this.writeKnown(coupon);
      this.planned = 0;
      for (let day = from; day <= this.season.lastExpiry || this.days.size > 0; day++) {
        this.issueDay(day, issueDays.get(day) ?? []);
        this.writeDay(day);
        onDay(this.tally.transactions.made);
        for (const file of Object.values(this.files)) await file.drained();
      }
      while (this.tally.merchant_reports.made < this.saleCount) this.writeOtherSale();
      for (const file of Object.values(this.files)) await file.close();
    } catch (error) {
      for (const file of Object.values(this.files)) file.abandon();
      throw error;
    }
    return this.answers();
  }

  /** Whoever is paid in points can still receive them. */
  private asOf(): number {
    const ends = this.known.map(({ expiry }) => (expiry + 1) * DAY);
    const over = Math.max(settledBy(this.season), (dayAt(this.lastAt) + 1) * DAY, ...ends);
    return Math.min(over, (this.season.lastDay + 1) * DAY - 1);
  }

  private answers(): Answers {
    const { options, season } = this;
    return {
      options,
      ...(season.policyId === undefined ? {} : { policyId: season.policyId }),
      asOf: instantText(this.asOf()),
      files: forEachFile((name) => {
        const { made: _, ...found } = this.tally[name];
        return { name: fileOf(name, options), rows: this.files[name].rows, ...found };
      }),
      outage: this.outage,
      cohort: this.cohort
        .filter((coupon) => coupon.stands)
        .map(({ number, firstYen, residualYen }) => ({
          couponNumber: number,
          groundA: firstYen >= season.minimumResidualYen,
          residualYen,
        })),
      tillEvents: this.events.map(({ coupon, shop, payments, ...event }) => ({
        ...event,
        couponNumber: coupon.number,
        merchantId: shopId(shop),
        transactionIds: payments.map((payment) => payment.id),
      })),
      ...(this.known.length === 0 ? {} : { known: knownAnswers(this.written, this.terms, this.asOf()) }),
    };
  }

  /** Writes a row, or what goes wrong with it. Says whether its content counts. */
  private put(name: FileName, row: readonly (string | number)[], { spared = false, outOfScope = false } = {}): boolean {
    const [file, tally] = [this.files[name], this.tally[name]];
    const drawn = spared ? undefined : this.faults.on(name, row);
    const fault = this.mayBeOfAnyShop(name, drawn) ? undefined : drawn;
    tally.made++;
    for (const written of fault?.rows ?? [row]) file.write(written);
    if (fault?.kind === 'rejected') {
      tally.rejected++;
      tally.rejects[fault.code] = (tally.rejects[fault.code] ?? 0) + 1;
      return false;
    }
    if (fault?.kind === 'conflicting') {
      tally.conflicting += fault.rows.length;
      return false;
    }
    if (fault?.kind === 'duplicate') tally.duplicate++;
    tally[outOfScope ? 'outOfScope' : 'accepted']++;
    if (!outOfScope) tally.acceptedYen += yenOf(name, row);
    return true;
  }

  /**
   * A sale that is cut short may be of each shop of its day, where its own shop has no other row: then nothing is known of
   * what others wrote down. Of version 1 they are what they were.
   */
  private mayBeOfAnyShop(name: FileName, fault: Fault | undefined): boolean {
    const isCut = fault?.kind === 'rejected' && fault.code === 'FIELD_COUNT';
    return isCut && name === 'merchant_reports' && this.known.length > 0;
  }

  private isCohort({ isOurs, cohort }: Coupon): boolean {
    return isOurs && cohort !== undefined;
  }

  private inOutage(at: number): boolean {
    return this.season.windows.some(({ from, end }) => at >= from && at < end);
  }

  /** For as long as a button may be pressed again, without a break and on one day. */
  private inOutageForAMinute(at: number): boolean {
    return this.season.windows.some(({ from, end }) => at >= from && at + MINUTE < end);
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
    const medium = this.medium();
    const prefecture = this.prefecture();
    const account = medium === 'app' || random.chance(0.6) ? this.accountFor(dayAt(issuedAt)) : NO_ACCOUNT;
    const face = random.pick(FACES);
    const number = this.couponNumber();
    this.issued++;
    return this.writeCoupon({
      number,
      medium,
      prefecture,
      face,
      issuedAt,
      expiry,
      account,
      withdrawn: account !== NO_ACCOUNT && drawOf(account, 1) < 0.04,
      isOurs: this.season.media.includes(medium) && this.season.prefectures.includes(prefecture),
      cohort: this.cohorts.get(expiry),
      stands: true,
      balance: face,
      firstYen: face,
      residualYen: face,
    });
  }

  /** Few are of a medium that the programme has not. */
  private medium(): Medium {
    const [own, other] = this.season.media;
    if (other !== undefined) return this.random.chance(0.5) ? 'app' : 'paper';
    return this.random.chance(0.05) === (own === 'paper') ? 'app' : 'paper';
  }

  private prefecture(): string {
    const isOther = this.random.chance(0.06) && this.otherPrefectures.length > 0;
    return isOther ? this.random.pick(this.otherPrefectures) : oneOf(this.random, this.season.prefectures);
  }

  /** What goes wrong with coupons out of scope would put their transactions into it: they are spared. */
  private writeCoupon(coupon: Coupon, contact = contactOf(coupon.account), spared = false): Coupon {
    const { account, issuedAt } = coupon;
    const row = [
      coupon.number,
      coupon.medium,
      coupon.prefecture,
      coupon.face,
      instantText(issuedAt),
      dateText(coupon.expiry),
      `H${String(this.random.between(1, 500)).padStart(4, '0')}`,
      dateText(dayAt(issuedAt)),
      account === NO_ACCOUNT ? '' : accountId(account),
      account === NO_ACCOUNT ? '' : coupon.withdrawn ? 'withdrawn' : 'active',
      ...contact,
    ];
    const outOfScope = !coupon.isOurs;
    coupon.stands = this.put('issuance', row, { spared: spared || outOfScope, outOfScope });
    if (this.isCohort(coupon)) this.cohort.push(coupon);
    return coupon;
  }

  /** Twelve digits, each number once, in no visible order. */
  private couponNumber(): string {
    const start = (this.options.seed % 1000) * 1_000_003;
    return String((start + this.numbers++ * 1_000_000_007) % 1_000_000_000_000).padStart(12, '0');
  }

  /** A family's coupons are charged to one account. */
  private accountFor(day: number): number {
    const asksAgain = this.accountDay === day && this.random.chance(0.45);
    const shared = asksAgain && this.accountCoupons < this.season.mostCouponsPerAccount;
    this.accountDay = day;
    this.accountCoupons = shared ? this.accountCoupons + 1 : 1;
    return shared ? this.accounts : ++this.accounts;
  }

  /** Plans all rows of a coupon: as many as keep the file on its way to the rows that were asked for. */
  private live(coupon: Coupon): void {
    const { random } = this;
    const due = Math.round((this.issued * this.crowdRows) / this.couponCount);
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
    const { issuedAt, expiry, cohort } = coupon;
    const issueDay = dayAt(issuedAt);
    const seen = this.outageFor(coupon);
    if (seen.length > 0) {
      const draw = random.next();
      if (draw < (cohort === undefined ? 0.35 : 0.5)) return random.between(...oneOf(random, seen));
      const days = cohort !== undefined && coupon.isOurs ? this.extendedDays(cohort, issueDay, draw) : undefined;
      if (days !== undefined) return openHours(random, random.between(...days));
    }
    const day = random.between(issueDay, expiry);
    if (day > issueDay) return openHours(random, day);
    return random.between(issuedAt + 10 * MINUTE, day * DAY + 22 * HOUR);
  }

  /** Within which extension it is used, if by these dice in one at all. */
  private extendedDays(
    { firstExtension, secondExtension }: SeasonCohort,
    issueDay: number,
    draw: number,
  ): Days | undefined {
    const next = Math.max(this.season.outageDays[0] as number, issueDay) + 1;
    if (draw < 0.58) return next <= firstExtension ? [next, firstExtension] : undefined;
    return draw < 0.66 && firstExtension < secondExtension ? [firstExtension + 1, secondExtension] : undefined;
  }

  /** What a coupon can see of the outage: of each window that it can, the first second and the last. */
  private outageFor(coupon: Coupon): readonly Days[] {
    const { cohort, isOurs, expiry, issuedAt } = coupon;
    const validUntil = isOurs && cohort !== undefined ? cohort.secondExtension : expiry;
    const seen: Days[] = [];
    for (const { from, end } of this.season.windows) {
      const [first, last] = [Math.max(from, issuedAt + 10 * MINUTE), Math.min(end, (validUntil + 1) * DAY) - 1];
      if (first <= last) seen.push([first, last]);
    }
    return seen;
  }

  /** What happens at a till: returns how many rows it made, from 1 to `most`. */
  private visit(coupon: Coupon, planned: number, most: number, last: boolean): number {
    const { random } = this;
    const bill = this.billToJoin(coupon, planned);
    const [at, shop] = bill === undefined ? [planned, this.shop()] : [this.joinAt(bill), bill.shop];
    const outage = this.inOutage(at);
    const amount = this.amountFor(coupon, last);
    if (amount === 0 || random.chance(outage ? 0.15 : 0.02)) return this.noCouponMoney(coupon, at, shop);
    if (random.chance(0.01))
      return this.plan({ at, coupon, kind: 'payment', amount: random.between(50, 900), shop, own: true });
    const again = outage && coupon.balance >= 2 * amount && most >= 2 && random.chance(0.025);
    const rows = bill === undefined ? this.visitAlone(coupon, at, amount, again ? most : 0) : 0;
    if (rows > 0) return rows;
    const payment = this.pay(coupon, at, shop, amount);
    if (this.isReported(dayAt(at))) this.reportPayment(payment, bill, again);
    if (again) return 1 + this.pressAgain(payment, most - 1);
    if (most >= 2 && random.chance(0.01)) return 1 + this.cancel(payment);
    return 1;
  }

  /** What can be told of for certain, now and then: rows made, or 0. @param pressedAgain at most so many, 0 for once */
  private visitAlone(coupon: Coupon, at: number, amount: number, pressedAgain: number): number {
    const { random } = this;
    if (!this.canStandAlone(coupon, at)) return 0;
    if (pressedAgain > 0 && random.chance(0.5)) return this.pressTwiceAlone(coupon, at, amount, pressedAgain);
    return random.chance(0.005) ? this.payCashAlone(coupon, at, amount) : 0;
  }

  /**
   * The last minute would put a second press after the outage, the last one of a day into another day's report. Beyond its
   * own expiry a coupon can be used only where (A) has extended it.
   */
  private canStandAlone(coupon: Coupon, at: number): boolean {
    const isUsable = at + MINUTE < (coupon.expiry + 1) * DAY || coupon.balance >= this.season.minimumResidualYen;
    const isOneDay = dayAt(at) === dayAt(at + MINUTE);
    return coupon.isOurs && isUsable && isOneDay && this.inOutageForAMinute(at);
  }

  /** Shops report the days of the outage. */
  private isReported(day: number): boolean {
    return this.outageDays.has(day);
  }

  private secondsApart(): number {
    const [least, most] = PRESSES_APART;
    const { repeatPressGap } = this.season;
    return this.random.between(Math.min(least, repeatPressGap), Math.min(most, repeatPressGap));
  }

  /** The button is pressed twice at a shop where nobody else pays this amount. */
  private pressTwiceAlone(coupon: Coupon, at: number, amount: number, most: number): number {
    const { random } = this;
    const shop = this.loneShop(amount, () => true);
    const first = this.pay(coupon, at, shop, amount, true);
    const second = this.pay(coupon, at + this.secondsApart(), shop, amount, true);
    this.outage.doublePresses++;
    const reported = this.reports(shop);
    if (reported)
      this.sell({ shop, paidAt: at, couponYen: amount, rest: 0, couponNumber: this.noted(coupon), spared: true });
    const undone = most >= 3 && random.chance(0.2);
    if (random.chance(0.5)) this.claim('double_charge', coupon, shop);
    const expected = undone ? 'nothing' : reported ? 'B2' : 'REPEAT_UNVERIFIED';
    this.note({ kind: 'double press', coupon, shop, amountYen: amount, payments: [first, second], expected });
    return undone ? 2 + this.cancel(second) : 2;
  }

  /** The coupon seems not to work, the bill is paid in cash, and the shop writes the coupon's number on it. */
  private payCashAlone(coupon: Coupon, at: number, amount: number): number {
    const shop = this.loneShop(amount, (each) => this.reports(each));
    const payments = [this.pay(coupon, at, shop, amount, true)];
    this.sell({ shop, paidAt: at, couponYen: 0, rest: amount, couponNumber: coupon.number, spared: true });
    if (this.random.chance(0.6)) this.claim('cash_and_deducted', coupon, shop);
    this.note({ kind: 'cash', coupon, shop, amountYen: amount, payments, expected: 'B1' });
    return 1;
  }

  /** What becomes of a coupon whose issuance row went wrong is another matter. */
  private note(event: LoneEvent): void {
    if (event.coupon.stands) this.events.push(event);
  }

  /** A shop beyond those that everybody goes to, at which this amount has not been paid. */
  private loneShop(amount: number, fits: (shop: number) => boolean): number {
    let shop = (this.loneShops.get(amount) ?? this.shopCount - 1) + 1;
    while (!fits(shop)) shop++;
    this.loneShops.set(amount, shop);
    return shop;
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

  private pay(coupon: Coupon, at: number, shop: number, amount: number, spared = false): Entry {
    coupon.balance -= amount;
    if (this.inOutage(at)) {
      this.outage.payments++;
      this.outage.paymentYen += amount;
    }
    return this.enter({ at, coupon, kind: 'payment', amount, shop, spared });
  }

  private pressAgain(first: Entry, most: number): number {
    const { random } = this;
    this.outage.doublePresses++;
    const second = this.pay(first.coupon, first.at + this.secondsApart(), first.shop, first.amount);
    if (random.chance(0.5)) this.claim('double_charge', first.coupon, first.shop);
    if (most >= 2 && random.chance(0.2)) return 1 + this.cancel(second);
    if (most < 2 || !random.chance(0.15)) return 1;
    const { coupon, amount } = first;
    const days = reinstatementDays(this.season, coupon.cohort?.secondExtension ?? this.season.lastExpiry);
    const at = openHours(random, random.between(...days));
    return 1 + this.plan({ at, coupon, kind: 'reinstatement', amount, related: second });
  }

  private cancel(payment: Entry): number {
    const at = payment.at + this.random.between(30, 900);
    const { coupon, amount, shop, spared } = payment;
    return this.plan({ at, coupon, kind: 'cancel', amount, shop, related: payment, spared });
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
    if (bill === undefined || bill.coupon === coupon || !this.inOutage(at)) return undefined;
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
    const outage = this.inOutage(at);
    if (bill !== undefined) {
      this.sell({ shop, paidAt: at, couponYen: amount + bill.amount, rest: 0, couponNumber: coupon.number });
      return;
    }
    const free = outage && !again && this.openBill === undefined;
    if (free && at < this.outageEnds - 10 * MINUTE && random.chance(0.01)) {
      this.openBill = { at, shop, amount, coupon };
      return;
    }
    const draw = random.next();
    if (outage && draw < 0.01) {
      this.sell({
        shop,
        paidAt: at,
        couponYen: 0,
        rest: amount,
        couponNumber: random.chance(0.4) ? coupon.number : '',
      });
      if (random.chance(0.6)) this.claim('cash_and_deducted', coupon, shop);
      return;
    }
    if (draw < 0.98)
      this.sell({
        shop,
        paidAt: at,
        couponYen: amount,
        rest: random.chance(0.5) ? random.between(1, 3000) : 0,
        couponNumber: this.noted(coupon),
      });
  }

  /** Some shops write the number down. */
  private noted = (coupon: Coupon): string => (this.random.chance(0.35) ? coupon.number : '');

  private writeOtherSale(): void {
    let shop = this.shop();
    while (!this.reports(shop)) shop = this.shop();
    const at = openHours(this.random, oneOf(this.random, this.season.outageDays));
    this.sell({ shop, paidAt: at, couponYen: 0, rest: this.random.between(100, 12_000), couponNumber: '' });
  }

  private sell({ shop, paidAt, couponYen, rest, couponNumber, spared = false, soldAt }: Sale): void {
    if (!spared && this.tally.merchant_reports.made >= this.saleCount) return;
    const byCard = rest > 0 && this.random.chance(0.3);
    const number = this.tally.merchant_reports.made + 1;
    const row = [
      `S${String(number).padStart(9, '0')}`,
      shopId(shop),
      instantText(soldAt ?? this.soldAt(paidAt)),
      couponYen + rest,
      couponYen,
      byCard ? 0 : rest,
      byCard ? rest : 0,
      couponNumber,
      `R${number}`,
    ];
    this.put('merchant_reports', row, { spared });
  }

  /** By the shop's clock, on the day of the payment. */
  private soldAt(paidAt: number): number {
    const [early, late] = SALE_OFF;
    const { matchTolerance } = this.season;
    const at = paidAt + this.random.between(Math.max(early, -matchTolerance), Math.min(late, matchTolerance));
    const day = dayAt(paidAt) * DAY;
    return Math.min(Math.max(at, day), day + DAY - 1);
  }

  /** Only those whose coupon the programme covers have a reason to call. */
  private claim(kind: string, coupon: Coupon, shop: number): void {
    if (!coupon.isOurs) return;
    const { random } = this;
    const expiry = random.chance(0.95) ? coupon.expiry : coupon.expiry + 5;
    this.put('claims', [
      `CL${String(this.tally.claims.made + 1).padStart(7, '0')}`,
      instantText(openHours(random, random.between(...this.season.claims))),
      random.chance(0.98) ? kind : 'other',
      coupon.number,
      dateText(expiry),
      coupon.prefecture,
      shopId(shop),
    ]);
  }

  /** Who has something left of a cohort coupon and no account to send to applies, or would rather have money. */
  private afterwards(coupon: Coupon): void {
    if (!this.isCohort(coupon) || coupon.balance === 0) return;
    const { random } = this;
    const reachable = coupon.account !== NO_ACCOUNT && !coupon.withdrawn;
    if (!random.chance(reachable ? 0.02 : 0.3)) return;
    const bank = reachable || random.chance(0.2);
    const days = this.season.applications[bank ? 'bank_transfer' : 'points'];
    const person = random.between(0, 99);
    const number = this.tally.applications.made + 1;
    const phone = `080${String((number * 7919) % 100_000_000).padStart(8, '0')}`;
    const account = [
      String(random.between(1, 9999)).padStart(4, '0'),
      String(random.between(1, 999)).padStart(3, '0'),
      1,
    ];
    this.put('applications', [
      `AP${String(number).padStart(7, '0')}`,
      instantText(openHours(random, random.between(...days))),
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

  /** A coupon of which everything is known, with all that is told of it; nothing goes wrong with any of it. */
  private writeKnown(known: KnownCoupon): void {
    const { person, faceYen: face, shows: _, ...own } = known;
    const account = this.accountOf(person);
    const coupon = this.writeCoupon(
      {
        ...{ number: this.couponNumber(), medium: own.medium, prefecture: own.prefecture, face },
        ...{ issuedAt: own.issuedAt, expiry: own.expiry, account, withdrawn: person.account === 'withdrawn' },
        ...{ isOurs: own.isOurs, cohort: own.cohort, stands: true, balance: face, firstYen: face, residualYen: face },
      },
      contactOf(person.hasContact ? account : NO_ACCOUNT),
      true,
    );
    for (const { at, yen, shop, cancelledAt } of own.payments) {
      const related = this.pay(coupon, at, shop, yen, true);
      if (cancelledAt !== undefined)
        this.enter({ at: cancelledAt, coupon, kind: 'cancel', amount: yen, shop, related, spared: true });
    }
    for (const { at, shop, couponYen, cashYen } of own.sales)
      this.sell({ shop, paidAt: at, soldAt: at, couponYen, rest: cashYen, couponNumber: coupon.number, spared: true });
    if (own.claim !== undefined) this.call(own.claim, coupon);
    if (own.application !== undefined) this.apply(own.application, coupon, person);
    this.lastAt = Math.max(this.lastAt, lastSecondOf(known));
    const [phone, bank] = [phoneOf(person), bankAccountOf(person)];
    this.written.push({
      coupon: known,
      number: coupon.number,
      recipients: {
        bank_transfer: `bank:${bank.join('-')}`,
        app_url: `account:${accountId(account)}`,
        application_url: `contact:${phone}`,
      },
    });
  }

  /** One a person. */
  private accountOf({ place, account }: Person): number {
    if (account === 'none') return NO_ACCOUNT;
    const known = this.accountsOf.get(place) ?? ++this.accounts;
    this.accountsOf.set(place, known);
    return known;
  }

  private call({ at, kind, shop }: NonNullable<KnownCoupon['claim']>, coupon: Coupon): void {
    const id = `CL${String(this.tally.claims.made + 1).padStart(7, '0')}`;
    const { number, expiry, prefecture } = coupon;
    const row = [id, instantText(at), kind, number, dateText(expiry), prefecture, shopId(shop)];
    this.put('claims', row, { spared: true });
  }

  private apply({ at, method }: KnownApplication, coupon: Coupon, person: Person): void {
    const bank = method === 'bank_transfer' ? [...bankAccountOf(person), 'ヤマダ テスト'] : ['', '', '', '', ''];
    const row = [
      `AP${String(this.tally.applications.made + 1).padStart(7, '0')}`,
      instantText(at),
      coupon.number,
      coupon.prefecture,
      dateText(dayAt(coupon.issuedAt)),
      '山田花子',
      method,
      phoneOf(person),
      '',
      ...bank,
    ];
    this.put('applications', row, { spared: true });
  }

  /** Puts a row into its day, and says that it is one. */
  private plan(entry: Parameters<Night['enter']>[0]): number {
    this.enter(entry);
    return 1;
  }

  private enter(given: Pick<Entry, 'at' | 'coupon' | 'kind' | 'amount'> & Partial<Entry>): Entry {
    // Field by field: millions of objects that are spread together differ in shape, and all that reads them is slow.
    const entry: Entry = {
      at: given.at,
      coupon: given.coupon,
      kind: given.kind,
      status: given.status ?? 'completed',
      amount: given.amount,
      shop: given.shop ?? NO_SHOP,
      related: given.related,
      own: given.own ?? false,
      spared: given.spared ?? false,
      id: '',
    };
    this.planned++;
    this.lastAt = Math.max(this.lastAt, entry.at);
    const day = this.days.get(dayAt(entry.at));
    if (day === undefined) this.days.set(dayAt(entry.at), [entry]);
    else day.push(entry);
    return entry;
  }

  /** All coupons that could have a row on the day have been issued: it is complete. */
  private writeDay(day: number): void {
    const entries = this.days.get(day) ?? [];
    this.days.delete(day);
    for (const entry of entries.sort((a, b) => a.at - b.at)) {
      const { coupon, at, shop } = entry;
      entry.id = `T${String(this.tally.transactions.made + 1).padStart(10, '0')}`;
      const row = [
        entry.id,
        coupon.number,
        instantText(at),
        entry.kind,
        entry.status,
        entry.amount,
        shop === NO_SHOP ? '' : shopId(shop),
        shop === NO_SHOP ? '' : `${shopId(shop)}-${1 + (at % 3)}`,
        entry.related?.id ?? '',
        entry.own ? 'own' : '',
      ];
      const outOfScope = entry.own || !coupon.isOurs;
      if (this.put('transactions', row, { spared: entry.spared, outOfScope })) this.move(entry);
    }
  }

  /** Only completed rows in coupon money move a balance; a charge moves nothing. */
  private move({ at, coupon, kind, status, own, amount }: Entry): void {
    const { cohort } = coupon;
    if (status !== 'completed' || own || kind === 'charge' || cohort === undefined) return;
    const movement = kind === 'payment' ? -amount : amount;
    if (at < cohort.firstEnd) coupon.firstYen += movement;
    if (at < cohort.secondEnd) coupon.residualYen += movement;
  }
}

/** Where a file is written. */
export const fileOf = (name: FileName, { gzip }: Pick<Format, 'gzip'>): string => `${name}.csv${gzip ? '.gz' : ''}`;

const prefecturesBeside = (own: readonly string[]): readonly string[] => {
  const isOther = (prefecture: string): boolean => !own.includes(prefecture);
  const others = PREFECTURES.filter(isOther);
  return others.length > 0 ? others : ALL_PREFECTURES.filter(isOther);
};

/** Of one there is nothing to draw. */
const oneOf = <T>(random: Random, values: readonly T[]): T =>
  values.length === 1 ? (values[0] as T) : random.pick(values);

const openHours = (random: Random, day: number): number => random.between(day * DAY + 9 * HOUR, day * DAY + 22 * HOUR);

/** Mobile number or mail address of an account, the same on all its coupons. */
function contactOf(account: number): readonly [phone: string, email: string] {
  if (account === NO_ACCOUNT) return ['', ''];
  if (drawOf(account, 3) < 0.2) return ['', `user${account}@example.jp`];
  return [`0${7 + (account % 3)}0${String((account * 48_271) % 100_000_000).padStart(8, '0')}`, ''];
}

/** Nobody else's: those of other applications begin with 080, and other bank accounts are of type 1. */
const phoneOf = ({ place }: Person): string => `090${String(place).padStart(8, '0')}`;
const bankAccountOf = ({ place }: Person): readonly string[] => ['0001', '001', '2', String(place).padStart(7, '0')];

/** For each day the validities of the coupons that are issued on it: exactly `coupons` in all. */
function issuesByDay(
  coupons: number,
  affected: number,
  { firstExpiry, lastExpiry, cohorts }: Season,
): ReadonlyMap<number, readonly number[]> {
  const ofCohorts = new Set(cohorts.map(({ expiry }) => expiry));
  const inCohort = affected / ofCohorts.size;
  const ordinary = (1 - affected) / (lastExpiry - firstExpiry + 1 - ofCohorts.size);
  const days = new Map<number, number[]>();
  let [share, issued] = [0, 0];
  for (let expiry = firstExpiry; expiry <= lastExpiry; expiry++) {
    for (const [validity, part] of VALIDITIES) {
      share += part * (ofCohorts.has(expiry) ? inCohort : ordinary);
      const due = Math.min(coupons, Math.round(share * coupons));
      const day = days.get(expiry - validity) ?? [];
      days.set(expiry - validity, day);
      for (; issued < due; issued++) day.push(validity);
    }
  }
  return days;
}
