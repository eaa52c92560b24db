import type { InputKind } from '../../src/tables/tables.ts';
import {
  APPLICATIONS_OPEN_DAY,
  CUT_OFF_DAY,
  clock,
  type Day,
  dateText,
  dayOf,
  FIRST_EXTENSION_DAY,
  instantText,
  POINTS_CLOSE_DAY,
} from './calendar.ts';
import { Dice } from './dice.ts';
import { type Fact, Feed, holdsRows, type InputText } from './feed.ts';

export type NightInputs = Readonly<Partial<Record<InputKind, readonly InputText[]>>>;
export type Row = Readonly<Record<string, string>>;
/** Notes that something occurred (occurrences.ts). */
export type Meet = (what: string) => void;

/** What the world reads of a run in the morning. */
export interface Orders {
  readonly extensions: readonly Row[];
  readonly reinstatements: readonly Row[];
}

export interface WorldCoupon {
  readonly number: string;
  readonly faceYen: number;
  readonly inScope: boolean;
  readonly cohort: boolean;
  readonly expiresOn: string;
  /** Charged to an active account that can be reached. */
  readonly reachable: boolean;
  validDay: Day;
  balance: number;
  readonly movements: { readonly day: Day; readonly second: number; readonly yen: number }[];
  /** Where it was charged in the outage, and how. */
  claimable: { readonly shop: string; readonly kind: string } | undefined;
  applied: boolean;
  /** The issuance export puts it into another prefecture, up to that night. */
  misplacedUntil: Day;
}

interface PutBack {
  readonly on: Day;
  readonly coupon: WorldCoupon;
  readonly payment: string;
  readonly yen: number;
}

const OUTAGE_STARTS = clock(17, 45);
const OUTAGE_ENDS = clock(22, 15);
const SCENARIOS = [
  'untouched',
  'normal',
  'double',
  'double',
  'cash',
  'cash',
  'combined',
  'unreported',
  'no sale',
] as const;

const MORE_THAN_ONE_PERSON_HAS = 51;

const PUT_BACK_TWICE = '00480001';
const PUT_BACK_TWICE_FACE_YEN = 1000;

/**
 * A small true world: coupons, shops and people, lived through day by day. It knows everything; what the program is shown
 * of it are exports that overlap, come late and are mended.
 */
export class World {
  readonly coupons: WorldCoupon[] = [];
  private readonly dice: Dice;
  private readonly quietFrom: Day;
  private readonly meet: Meet;
  private readonly shops: readonly string[];
  private readonly silentShop: string | undefined;
  private readonly lateShop: string | undefined;
  private readonly feeds = {
    issuance: new Feed(
      'issuance',
      'coupon_number,medium,prefecture,face_yen,issued_at,expires_on,account_id,account_status,phone,email',
    ),
    transactions: new Feed(
      'transactions',
      'transaction_id,coupon_number,occurred_at,kind,status,amount_yen,merchant_id,related_transaction_id,funding',
    ),
    sales: new Feed('sales', 'report_id,merchant_id,sold_at,total_yen,coupon_yen,cash_yen,coupon_number'),
    claims: new Feed('claims', 'claim_id,received_at,kind,coupon_number,expires_on,prefecture,merchant_id'),
    applications: new Feed(
      'applications',
      'application_id,applied_at,coupon_number,prefecture,travel_date,name,method,phone,email,bank_code,branch_code,account_type,account_number,account_holder_kana',
    ),
  };
  private readonly putBacks: PutBack[] = [];
  private readonly ordered = new Set<string>();

  /** @param quietFrom from this day on nothing new goes wrong, so that the last nights can settle everything */
  constructor(seed: number, quietFrom: Day, meet: Meet) {
    this.meet = meet;
    this.dice = new Dice(seed, 'world');
    this.quietFrom = quietFrom;
    this.shops = ['M1', 'M2', 'M3'].slice(0, this.dice.int(2, 3));
    this.silentShop = this.dice.chance(0.3) ? this.dice.pick(this.shops) : undefined;
    this.lateShop = this.dice.chance(0.3) ? this.dice.pick(this.shops) : undefined;
    this.issue();
    if (new Dice(seed, 'shared account').chance(0.12)) this.shareAccount();
    this.outage();
    for (const shop of this.shops) this.sell(shop, 0, clock(12), 0, 400);
    this.callsAndApplications();
    if (new Dice(seed, 'put back twice').chance(0.12)) this.putBackTwice();
  }

  // ----- What the program is given -------------------------------------------------------------------------------------

  /**
   * The inputs of a night: a full export of some day of the week before, and since then windows that overlap. `short` is
   * the night on which the newest export has not come.
   */
  inputs(night: Day, short: boolean): Omit<NightInputs, 'decisions' | 'paid'> {
    const newest = short ? night - 1 : night;
    const full = night - (night % 7);
    const windows: Day[] = [];
    for (let day = newest; day > full; day -= 3) windows.push(day);
    // A source that has nothing new sends no file, or one with a header alone.
    const sent = (each: InputText) => night % 5 === 0 || holdsRows(each);
    const log = (feed: Feed) => [
      feed.window(Number.NEGATIVE_INFINITY, full, night, `to-${dateText(full)}`),
      ...windows.map((day) => feed.window(day - 4, day, night, dateText(day))).filter(sent),
    ];
    // Every third night yesterday's list was left beside today's.
    const lists = (feed: Feed) =>
      [
        feed.whole(night),
        ...(night % 3 === 0 ? [feed.window(Number.NEGATIVE_INFINITY, night - 1, night, 'before')] : []),
      ].filter(sent);
    const { issuance, transactions, sales, claims, applications } = this.feeds;
    const [today, yesterday] = [night, night - 1].map((day) =>
      issuance.window(Number.NEGATIVE_INFINITY, day, night, dateText(day)),
    ) as [InputText, InputText];
    return {
      // Now and then yesterday's export still lies there; what differs contradicts.
      issuance: night % 5 === 0 || yesterday.content !== today.content ? [today, yesterday] : [today],
      transactions: log(transactions),
      sales: [
        sales.window(Number.NEGATIVE_INFINITY, full, night, `to-${dateText(full)}`),
        ...(newest > full ? [sales.window(full - 2, newest, night, dateText(newest))].filter(sent) : []),
      ],
      claims: lists(claims),
      applications: lists(applications),
    };
  }

  // ----- A day ------------------------------------------------------------------------------------------------------------

  /** Lives through the daytime of a day, on which people act on what last night's run published, if one did. */
  live(day: Day, orders: Orders | undefined): void {
    for (const row of orders?.extensions ?? []) {
      const coupon = this.find(row.coupon_number);
      if (coupon !== undefined) coupon.validDay = Math.max(coupon.validDay, dayOf(row.to ?? ''));
    }
    for (const row of orders?.reinstatements ?? []) this.order(day, row);
    for (const each of this.putBacks.filter(({ on }) => on === day)) this.putBack(day, each);
    for (const coupon of this.coupons) this.spend(day, coupon);
  }

  /** True yen on a coupon at the end of a day. */
  balanceAfter(coupon: WorldCoupon, day: Day): number {
    return coupon.movements.filter((each) => each.day <= day).reduce((sum, each) => sum + each.yen, coupon.faceYen);
  }

  isMisplaced(number: string, night: Day): boolean {
    return night < (this.find(number)?.misplacedUntil ?? 0);
  }

  private find(number: string | undefined): WorldCoupon | undefined {
    return this.coupons.find((coupon) => coupon.number === number);
  }

  /** regionPAY is a list of things to do: each payment is put back once, in so many days, while the coupon runs. */
  private order(day: Day, row: Row): void {
    const payment = row.transaction_id ?? '';
    const coupon = this.find(row.coupon_number);
    if (coupon === undefined || this.ordered.has(payment)) return;
    this.ordered.add(payment);
    const on = day + this.dice.int(1, 7);
    if (on <= CUT_OFF_DAY) this.putBacks.push({ on, coupon, payment, yen: Number(row.amount_yen) });
  }

  private putBack(day: Day, { coupon, payment, yen }: PutBack): void {
    const names = this.dice.chance(0.8) ? payment : '';
    this.meet(names === '' ? 'put back without naming the payment' : 'put back by name');
    this.move(coupon, day, clock(20), 'reinstatement', yen, '', { related: names });
  }

  private spend(day: Day, coupon: WorldCoupon): void {
    const valid = day <= coupon.validDay;
    const often = day <= FIRST_EXTENSION_DAY || day === CUT_OFF_DAY ? 0.12 : 0.025;
    if (!this.dice.chance(valid ? often : 0.0006) || coupon.balance <= 0 || day >= this.quietFrom) return;
    const yen = this.dice.pick([coupon.balance, 100, 300, 300]);
    if (yen > coupon.balance) return;
    const shop = this.dice.pick(this.shops);
    if (day + 1 <= coupon.validDay && this.dice.chance(0.06)) {
      // A late night at a bar: the morning's export holds it, though the run's as-of is before it.
      this.move(coupon, day + 1, clock(2, this.dice.int(1, 59)), 'payment', yen, shop);
      return;
    }
    const second = clock(this.dice.int(9, 21), this.dice.int(0, 59));
    const id = this.move(coupon, day, second, 'payment', yen, shop);
    this.sell(shop, day, second + 30, yen, 0);
    if (this.dice.chance(0.08)) this.move(coupon, day, second + 600, 'cancel', yen, shop, { related: id });
    else if (this.dice.chance(0.05)) this.move(coupon, day + 1, clock(10), 'cancel', yen, shop, { related: id });
  }

  // ----- The outage ---------------------------------------------------------------------------------------------------------

  private issue(): void {
    const { dice } = this;
    const people = [
      { account: 'A1', phone: '090-1234-0001', email: '' },
      { account: 'A2', phone: '', email: 'two@example.jp' },
      { account: 'A3', phone: '0992-00-0003', email: 'three@example.jp' },
      { account: 'A4', phone: '0992-00-0004', email: '' },
      { account: '', phone: '', email: '' },
    ];
    const count = dice.int(6, 12);
    for (let index = 1; index <= count; index++) {
      const person = dice.chance(0.7) ? (people[index % 3] ?? dice.pick(people)) : dice.pick(people);
      const cohort = dice.chance(0.75);
      const expiresOn = cohort
        ? '2023-02-24'
        : dice.pick(['2023-02-23', '2023-02-25', '2023-02-28', '2023-03-31', '2023-04-02', '2023-05-05']);
      const scope = dice.chance(0.94);
      const withdraws = person.account !== '' && dice.chance(0.08) ? dice.int(10, 75) : undefined;
      const coupon: WorldCoupon = {
        number: `0046${String(index).padStart(4, '0')}`,
        faceYen: dice.pick([1000, 1000, 2000, 3000]),
        inScope: scope,
        cohort: cohort && scope,
        expiresOn,
        reachable: person.account !== '' && person.account !== 'A4' && withdraws === undefined,
        validDay: Math.max(dayOf(expiresOn), cohort ? FIRST_EXTENSION_DAY : 0),
        balance: 0,
        movements: [],
        claimable: undefined,
        applied: false,
        misplacedUntil: 0,
      };
      coupon.balance = coupon.faceYen;
      this.coupons.push(coupon);
      const line = (status: string): string =>
        [
          coupon.number,
          scope ? 'paper' : dice.pick(['app', 'paper']),
          scope ? '46' : '45',
          coupon.faceYen,
          instantText(dice.chance(0.5) ? -1 : 0, clock(10)),
          expiresOn,
          person.account,
          person.account === '' ? '' : status,
          person.phone,
          person.email,
        ].join(',');
      this.issueFact(coupon, line, withdraws);
    }
  }

  /** One account of more coupons than a person can have, which nobody spends: what a system writes where it knows none. */
  private shareAccount(): void {
    this.meet('account shared by many');
    for (let index = 1; index <= MORE_THAN_ONE_PERSON_HAS; index++) {
      const number = `0047${String(index).padStart(4, '0')}`;
      const line = `${number},paper,46,1000,${instantText(-1, clock(10))},2023-05-05,A4,active,0992-00-0004,`;
      this.feeds.issuance.add({ line, knownOn: 1 });
    }
  }

  /**
   * One coupon that nobody spends any more: what it had paid for was put back by hand, and again weeks later by name. With
   * the cash that was paid in the outage it comes to more than its face value.
   */
  private putBackTwice(): void {
    this.meet('put back twice');
    const [number, shop] = [PUT_BACK_TWICE, 'M7'];
    const issued = `${number},paper,46,${PUT_BACK_TWICE_FACE_YEN},${instantText(-3, clock(10))},2023-03-10,A5,active,090-1234-0005,`;
    this.feeds.issuance.add({ line: issued, knownOn: 1 });
    const move = (day: Day, second: number, kind: string, yen: number, related: string): string => {
      const id = `T${String(this.feeds.transactions.size + 1).padStart(4, '0')}`;
      const line = [id, number, instantText(day, second), kind, 'completed', yen, shop, related, ''].join(',');
      this.feeds.transactions.add({ line, knownOn: day + 1 });
      return id;
    };
    const spent = move(-2, clock(12), 'payment', PUT_BACK_TWICE_FACE_YEN, '');
    move(-1, clock(15), 'reinstatement', PUT_BACK_TWICE_FACE_YEN, '');
    move(0, clock(19), 'payment', 500, '');
    move(7, clock(10), 'reinstatement', 500, spent);
    const sale = [`S${this.feeds.sales.size + 1}x`, shop, instantText(0, clock(19, 2)), 500, 0, 500, number].join(',');
    this.feeds.sales.add({ line: sale, knownOn: 1 });
    const call = [
      `K${this.feeds.claims.size + 1}`,
      instantText(4, clock(11)),
      'cash_and_deducted',
      number,
      '2023-03-10',
      '46',
      shop,
    ];
    this.feeds.claims.add({ line: call.join(','), knownOn: 5 });
  }

  /** As it was issued; undefined for a number of no coupon. */
  faceYenOf(number: string): number | undefined {
    return number === PUT_BACK_TWICE ? PUT_BACK_TWICE_FACE_YEN : this.find(number)?.faceYen;
  }

  private issueFact(coupon: WorldCoupon, line: (status: string) => string, withdraws: Day | undefined): void {
    const { dice } = this;
    const right = line(withdraws === undefined ? 'active' : 'withdrawn');
    const fields = right.split(',');
    const changed = (at: number, value: string) =>
      fields.map((field, index) => (index === at ? value : field)).join(',');
    const slipped = (wrong: string, mendedOn: Day): Fact => ({
      line: right,
      knownOn: 1,
      slip: { line: wrong, mendedOn, deliveredAnewOn: mendedOn + dice.int(1, 2) },
    });
    if (withdraws !== undefined) {
      this.meet('account withdrawn');
      this.feeds.issuance.add(slipped(changed(7, 'active'), withdraws));
      return;
    }
    if (dice.chance(0.06)) {
      const face = String(Number(fields[3]) + 1000);
      const phone = dice.chance(0.5) ? '080-9999-0009' : '';
      this.meet('issuance row corrected');
      this.feeds.issuance.add(slipped(dice.chance(0.5) ? changed(3, face) : changed(8, phone), dice.int(2, 60)));
      return;
    }
    if (coupon.inScope && dice.chance(0.04)) {
      // For weeks all is well, then the export puts it elsewhere for some days.
      const wrongFrom = dice.int(2, 85);
      const mendedOn = wrongFrom + dice.int(1, 4);
      coupon.misplacedUntil = mendedOn + 1;
      this.meet('coupon misplaced for days');
      const slip = { line: changed(2, '45'), wrongFrom, mendedOn, deliveredAnewOn: mendedOn + 1 };
      this.feeds.issuance.add({ line: right, knownOn: 1, slip });
      return;
    }
    this.feeds.issuance.add({ line: right, knownOn: dice.chance(0.05) ? dice.int(2, 9) : 1 });
  }

  private outage(): void {
    const { dice } = this;
    this.coupons.forEach((coupon, index) => {
      const scenario = dice.pick(SCENARIOS);
      const shop = scenario === 'unreported' ? (this.silentShop ?? dice.pick(this.shops)) : dice.pick(this.shops);
      const yen = dice.pick([300, 500, 500, 1000]);
      const start = OUTAGE_STARTS + dice.int(0, 52) * 300;
      if (dice.chance(0.15) && coupon.balance > 200)
        this.move(coupon, 0, clock(11), 'payment', 200, this.shops[0] ?? '');
      this.scene(scenario, coupon, this.coupons[index - 1], shop, yen, Math.min(start, OUTAGE_ENDS));
    });
  }

  private scene(
    scenario: (typeof SCENARIOS)[number],
    coupon: WorldCoupon,
    other: WorldCoupon | undefined,
    shop: string,
    yen: number,
    start: number,
  ): void {
    const { dice } = this;
    const press = (second: number): string => this.move(coupon, 0, second, 'payment', yen, shop);
    const claim = (kind: string) => {
      coupon.claimable = { shop, kind };
    };
    if (scenario === 'untouched' || coupon.balance < yen) return;
    if (scenario === 'normal') {
      press(start);
      this.sell(shop, 0, start + 60, yen, 0);
      if (dice.chance(0.3)) claim('double_charge');
      return;
    }
    if (scenario === 'cash') {
      press(start);
      const named = dice.chance(0.4) ? coupon.number : '';
      this.sell(shop, 0, start + 120, 0, yen, named);
      if (dice.chance(0.75)) claim('cash_and_deducted');
      return;
    }
    if (scenario === 'combined') {
      press(start);
      if (other === undefined || other.balance < yen) return;
      this.move(other, 0, start + 20, 'payment', yen, shop);
      this.sell(shop, 0, start + 60, 2 * yen, 0);
      return;
    }
    const first = press(start);
    const times = dice.chance(0.2) ? 2 : 1;
    const again: string[] = [];
    for (let time = 1; time <= times && coupon.balance >= yen; time++)
      again.push(press(start + time * dice.int(5, 400)));
    if (scenario !== 'no sale') this.sell(shop, 0, start + 30, yen, 0);
    if (dice.chance(0.15)) this.move(coupon, 0, start + 1800, 'cancel', yen, shop, { related: again[0] ?? first });
    if (dice.chance(0.06)) this.move(coupon, 0, start + 2000, 'payment', 100, shop, { status: 'pending' });
    if (dice.chance(0.06)) this.move(coupon, 0, start + 2100, 'payment', 100, shop, { status: 'failed' });
    if (dice.chance(0.75)) claim('double_charge');
  }

  // ----- People who call and apply --------------------------------------------------------------------------------------

  private callsAndApplications(): void {
    const { dice } = this;
    for (const coupon of this.coupons) {
      if (coupon.claimable !== undefined && dice.chance(0.85)) this.call(coupon, coupon.claimable);
      else if (dice.chance(0.04)) this.call(coupon, { shop: 'M9', kind: 'other' });
      if (dice.chance(coupon.reachable ? 0.12 : 0.8)) this.apply(coupon);
    }
    if (dice.chance(0.1)) this.call(undefined, { shop: 'M1', kind: 'double_charge' });
  }

  private call(
    coupon: WorldCoupon | undefined,
    { shop, kind }: { readonly shop: string; readonly kind: string },
  ): void {
    const { dice } = this;
    const day = Math.min(dice.chance(0.7) ? dice.int(1, 30) : dice.int(20, 95), this.quietFrom - 2);
    const wrong = dice.chance(0.08);
    const line = (asked: string): string =>
      [
        `K${this.feeds.claims.size + 1}`,
        instantText(day, clock(dice.int(10, 17))),
        asked,
        coupon?.number ?? '99999999',
        wrong ? '2023-02-20' : (coupon?.expiresOn ?? '2023-02-24'),
        coupon === undefined || coupon.inScope ? '46' : '45',
        shop,
      ].join(',');
    this.addFact(this.feeds.claims, line(kind), day, 0.06, (right) => right.replace(/,(M\d)$/, ',M8'));
  }

  private apply(coupon: WorldCoupon): void {
    const { dice } = this;
    const bank = dice.chance(0.4);
    const latest = this.quietFrom - 2;
    const day = Math.min(this.applicationDay(bank), latest);
    if (day <= 0) return;
    const well = dice.chance(0.9);
    const mine = dice.int(1, 4);
    const line = (prefecture: string): string =>
      [
        `P${this.feeds.applications.size + 1}`,
        instantText(day, clock(dice.int(8, 22), dice.int(0, 59))),
        coupon.number,
        prefecture,
        '2023-02-23',
        `申請者${mine}`,
        bank ? 'bank_transfer' : 'points',
        bank ? '' : well ? `080-0000-000${mine}` : '0992-12-3456',
        '',
        bank ? '0185' : '',
        bank ? '001' : '',
        bank ? '1' : '',
        bank ? (well ? `123456${mine}` : '12345678') : '',
        bank ? 'ヤマダ ハナコ' : '',
      ].join(',');
    const right = dice.chance(0.96);
    const inTime = day >= APPLICATIONS_OPEN_DAY && (bank || day <= POINTS_CLOSE_DAY);
    coupon.applied ||= right && well && inTime;
    this.addFact(this.feeds.applications, line(right ? '46' : '45'), day, 0.06, (given) =>
      given.replace('申請者', '別人'),
    );
    // Sent again the same day; now and then by somebody else.
    if (!dice.chance(0.12)) return;
    const again = line('46');
    const other = again.replace('申請者', '家族');
    this.addFact(this.feeds.applications, dice.chance(0.4) ? other : again, day, 0, (given) => given);
  }

  /** Bank transfers have no last day; for points some come too early or too late. */
  private applicationDay(bank: boolean): Day {
    const { dice } = this;
    if (bank) return dice.int(APPLICATIONS_OPEN_DAY, 100);
    if (dice.chance(0.05)) return APPLICATIONS_OPEN_DAY - dice.int(1, 2);
    if (dice.chance(0.07)) return POINTS_CLOSE_DAY + dice.int(1, 9);
    return dice.int(APPLICATIONS_OPEN_DAY, POINTS_CLOSE_DAY);
  }

  // ----- Rows -----------------------------------------------------------------------------------------------------------------

  /** Mostly an event is in the next morning's export; some come days late, some are wrong at first. */
  private addFact(feed: Feed, line: string, day: Day, wrongly: number, spoil: (line: string) => string): void {
    const { dice } = this;
    const late = dice.chance(0.06) ? dice.int(1, 9) : dice.chance(0.01) ? dice.int(10, 40) : 0;
    const knownOn = Math.max(day + 1, Math.min(day + 1 + late, this.quietFrom));
    if (knownOn > day + 1) this.meet('row late');
    if (!dice.chance(wrongly) || knownOn >= this.quietFrom - 5) {
      feed.add({ line, knownOn });
      return;
    }
    this.meet('row corrected');
    const mendedOn = knownOn + dice.int(1, 3);
    const deliveredAnewOn = mendedOn + dice.int(1, 2);
    feed.add({ line, knownOn, slip: { line: spoil(line), mendedOn, deliveredAnewOn } });
  }

  private move(
    coupon: WorldCoupon,
    day: Day,
    second: number,
    kind: 'payment' | 'cancel' | 'reinstatement',
    yen: number,
    shop: string,
    more: { readonly related?: string; readonly status?: string } = {},
  ): string {
    const id = `T${String(this.feeds.transactions.size + 1).padStart(4, '0')}`;
    const status = more.status ?? 'completed';
    if (status === 'completed') {
      const signed = kind === 'payment' ? -yen : yen;
      coupon.balance += signed;
      coupon.movements.push({ day, second, yen: signed });
    }
    const cells = [id, coupon.number, instantText(day, second), kind, status, yen, shop, more.related ?? '', ''];
    const spoiled = this.dice.pick(['abc', String(yen + 100), String(Math.max(1, yen - 100))]);
    const exported = second < clock(4) ? day - 1 : day;
    this.addFact(this.feeds.transactions, cells.join(','), exported, 0.035, () =>
      cells.map((cell, index) => (index === 5 ? spoiled : cell)).join(','),
    );
    return id;
  }

  private sell(shop: string, day: Day, second: number, couponYen: number, cashYen: number, coupon = ''): void {
    if (shop === this.silentShop && day < 20) {
      this.meet('sale never reported');
      return;
    }
    const id = `S${String(this.feeds.sales.size + 1).padStart(4, '0')}`;
    const cells = [id, shop, instantText(day, second), couponYen + cashYen, couponYen, cashYen, coupon];
    const line = cells.join(',');
    const total = this.dice.chance(0.3) ? 'abc' : couponYen + cashYen + 100;
    const wrong = [id, shop, instantText(day, second), total, couponYen, cashYen + 100, coupon];
    if (shop === this.lateShop && day === 0) {
      // The whole journal of that night comes weeks later.
      this.meet('journal late');
      this.feeds.sales.add({ line, knownOn: Math.min(24, this.quietFrom) });
      return;
    }
    this.addFact(this.feeds.sales, line, day, 0.06, () => wrong.join(','));
  }
}
