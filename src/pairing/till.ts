import type { Instant } from '../base/instants.ts';
import { type RowsByNumber, rowsOfNumber } from '../base/rows-by-number.ts';
import { drained } from '../base/steps.ts';
import { NONE, type Payment } from '../ledger/case.ts';
import type { Terms } from '../policy/terms.ts';
import type { Absent, CouponIndex } from '../tables/pool-index.ts';
import { ABSENT } from '../tables/tables.ts';
import { type Combinations, combinationsInSteps, firstIndexAt } from './combinations.ts';
import { pairedInOrder, pairingSize } from './group-pairing.ts';
import type { Group, Support } from './groups.ts';
import type { MerchantPayment, MerchantRecord, Sale } from './merchant-record.ts';
import { type PlaceRange, placesIn, spansAround, thingsIn } from './near-sales.ts';
import { Component, splitByTime } from './till-component.ts';

/** What a shop's till and its report hold of one amount, by time. */
interface Line {
  readonly payments: readonly MerchantPayment[];
  readonly sales: readonly Sale[];
  /** Those of the sales that name no coupon, and those that name one, by it. */
  readonly nameless: readonly Sale[];
  readonly byCoupon: ReadonlyMap<CouponIndex | Absent, readonly Sale[]>;
}

const NO_LINE: Line = { payments: NONE, sales: NONE, nameless: NONE, byCoupon: new Map() };

/** Nameless bills of one amount that were paid without a coupon, and which of them a claim could stand for. */
export interface Claimable {
  /** The same list for all who claim so much at the shop. */
  readonly bills: readonly Sale[];
  readonly ranges: readonly PlaceRange[];
}

export const NOTHING_CLAIMABLE: Claimable = { bills: NONE, ranges: NONE };

/** Sales that are shown of those near a group: more of them are none that a person could choose from. */
export const MOST_SALES_SHOWN = 12;

/** Fewer on a line are paired in no time. */
const MANY_ROWS = 1 << 12;

const rowsOn = ({ starts }: RowsByNumber, number: number): number =>
  (starts[number + 1] as number) - (starts[number] as number);

/** One shop, with its maximum pairings and combinations found once. Of its lines only those are made that are asked for. */
export class Till {
  private readonly merchant: number;
  private readonly record: MerchantRecord;
  private readonly terms: Terms;
  private readonly hasOwnSale: Uint8Array;
  private readonly lines = new Map<number, Line>();
  private readonly components = new Map<number, readonly Component[]>();
  private bills: PaidOtherwise | undefined;
  private found:
    | {
        readonly combinations: Combinations;
        readonly indexOf: ReadonlyMap<number, number>;
        readonly sales: readonly Sale[];
      }
    | undefined;

  constructor(merchant: number, record: MerchantRecord, terms: Terms) {
    this.merchant = merchant;
    this.record = record;
    this.terms = terms;
    this.hasOwnSale = record.hasOwnSale;
  }

  /** Bills paid without a coupon, sorted out once however many groups ask. */
  private paidOtherwise(): PaidOtherwise {
    this.bills ??= paidOtherwise(Array.from(this.record.withoutCoupon(this.merchant), this.record.saleAt));
    return this.bills;
  }

  private lineOf(amountYen: number): Line {
    const number = this.record.lines.find(this.merchant, amountYen);
    return number === ABSENT ? NO_LINE : this.line(number);
  }

  private line(number: number): Line {
    const known = this.lines.get(number);
    if (known !== undefined) return known;
    const { lines } = this.record;
    const sales = Array.from(rowsOfNumber(lines.sales, number), this.record.saleAt);
    const payments = Array.from(rowsOfNumber(lines.payments, number), this.record.paymentAt);
    const line = { payments, sales, ...sortedOut(sales) };
    this.lines.set(number, line);
    return line;
  }

  /** Sales within T of one of its payments, with which the group could be paired; of many only so many as show that they are. */
  salesNear(coupon: CouponIndex, { amountYen, payments }: Group): readonly number[] {
    const spans = spansAround(payments, this.terms.matchTolerance);
    return openSales(this.lineOf(amountYen), coupon)
      .flatMap((sales) => thingsIn(placesIn(spans, sales), sales, MOST_SALES_SHOWN + 1))
      .sort((a, b) => a.at - b.at || a.row - b.row)
      .slice(0, MOST_SALES_SHOWN + 1)
      .map(({ row }) => row);
  }

  /** §4.1: the shop wrote this coupon's number on a bill that was paid without it. */
  writtenDown(coupon: CouponIndex, amountYen: number, unsupported: readonly Payment[]): readonly number[] {
    if (unsupported.length === 0) return NONE;
    const bills = this.paidOtherwise().byCoupon.get(coupon) ?? NONE;
    const near = thingsIn(placesIn(spansAround(unsupported, this.terms.matchTolerance), bills), bills);
    return near.filter(({ totalYen }) => totalYen >= amountYen).map(({ row }) => row);
  }

  /** §4.2: nameless bills of the amount, paid without a coupon. */
  claimable(amountYen: number, unsupported: readonly Payment[]): Claimable {
    const bills = (unsupported.length === 0 ? undefined : this.paidOtherwise().nameless.get(amountYen)) ?? NONE;
    return { bills, ranges: placesIn(spansAround(unsupported, this.terms.matchTolerance), bills) };
  }

  /** lo, hi, Z (of sole combinations) and U of a group, unless pairings or combinations disagree (3-rules.md §3). */
  supportOf(coupon: CouponIndex, group: Group): { readonly support: Support; readonly bills: readonly number[] } {
    if (group.payments.every(({ row }) => this.hasOwnSale[row] === 1)) return { support: ownSales(group), bills: NONE };
    const component = this.componentOf(group);
    const lowest = component.reduce((sum, part) => sum + part.lowest(group.payments), 0);
    const sales = openSales(this.lineOf(group.amountYen), coupon);
    const { matchTolerance } = this.terms;
    const highest = pairingSize(instantsOf(group.payments), sales, matchTolerance);
    const ambiguous = (because: Extract<Support, { kind: 'ambiguous' }>['because']) =>
      ({ support: { kind: 'ambiguous', because, lowest, highest }, bills: [] }) as const;
    if (lowest > highest) throw new Error('a group must be paired more often than it can be');
    const standings = group.payments.map((payment) => this.combinationOf(payment.row, component));
    if (standings.some(({ standing }) => standing === 'crowded')) return ambiguous('crowded till');
    if (lowest !== highest) return ambiguous('pairings differ');
    if (standings.some(({ standing }) => standing === 'shared')) return ambiguous('bills overlap');
    const combined = group.payments.filter((_, index) => standings[index]?.standing === 'sole');
    const others = group.payments.filter((_, index) => standings[index]?.standing !== 'sole');
    const paired = pairedInOrder(instantsOf(others), sales, matchTolerance);
    const unsupported = others.filter((_, index) => paired[index] === 0);
    if (others.length - unsupported.length < lowest) return ambiguous('bill or sale');
    if (others.length - unsupported.length > lowest)
      throw new Error('the unsupported payments are not those that a pairing can leave out');
    const bills = standings.flatMap(({ sale }) => (sale === undefined ? [] : [sale.row]));
    return { support: { kind: 'decided', paired: lowest, combined, unsupported }, bills };
  }

  /** Whether so much lies on a group's line that what it is held against takes long to work out. */
  isLong({ amountYen }: Group): boolean {
    const { lines } = this.record;
    const number = lines.find(this.merchant, amountYen);
    return number !== ABSENT && rowsOn(lines.payments, number) + rowsOn(lines.sales, number) > MANY_ROWS;
  }

  /** Works out what a group will be held against, so that it need not be worked out in one piece when it is. */
  *prepare({ amountYen, payments }: Group): Generator<undefined, void> {
    if (payments.every(({ row }) => this.hasOwnSale[row] === 1)) return;
    const number = this.record.lines.find(this.merchant, amountYen);
    if (number === ABSENT) return;
    this.line(number);
    yield undefined;
    this.componentsOf(number);
    yield undefined;
    const component = this.componentOf({ amountYen, payments });
    for (const part of component) {
      yield undefined;
      yield* part.pairInSteps();
    }
    // Bills ask for all that is spare at a shop, the first time any group has some.
    if (payments.some(({ row }) => component.some((part) => part.isSpare(row))))
      this.found ??= yield* this.findCombinations();
  }

  private componentOf(group: Pick<Group, 'amountYen' | 'payments'>): readonly Component[] {
    const number = this.record.lines.find(this.merchant, group.amountYen);
    return number === ABSENT
      ? NONE
      : this.componentsOf(number).filter((component) => component.holdsAny(group.payments));
  }

  private componentsOf(number: number): readonly Component[] {
    const known = this.components.get(number);
    if (known !== undefined) return known;
    const { payments, sales } = this.line(number);
    const components = splitByTime(payments, sales, this.terms.matchTolerance)
      .filter((part) => this.matters(part))
      .map((part) => new Component(part.payments, part.sales, this.terms.matchTolerance, this.hasOwnSale));
    this.components.set(number, components);
    return components;
  }

  /** Whether a component can touch a payment in W, directly or through a bill that shares a sale or payment. */
  private matters(part: { readonly payments: readonly MerchantPayment[]; readonly sales: readonly Sale[] }): boolean {
    const { outageFrom, outageEnd, matchTolerance, repeatPressGap } = this.terms;
    const reach = 2 * Math.max(matchTolerance, repeatPressGap);
    const isWithin = ({ at }: { readonly at: Instant }): boolean => at >= outageFrom - reach && at < outageEnd + reach;
    return part.payments.some(isWithin) || part.sales.some(isWithin);
  }

  private combinationOf(
    row: number,
    component: readonly Component[],
  ): { readonly standing: Combinations['standing'][number]; readonly sale?: Sale } {
    // Only what is spare can be part of a bill: most shops need not be searched for any.
    if (!component.some((part) => part.isSpare(row))) return { standing: 'none' };
    this.found ??= drained(this.findCombinations());
    const { combinations, indexOf, sales } = this.found;
    const index = indexOf.get(row);
    if (index === undefined) return { standing: 'none' };
    const sale = sales[combinations.saleOf.get(index) ?? -1];
    return { standing: combinations.standing[index] ?? 'none', ...(sale === undefined ? {} : { sale }) };
  }

  private *findCombinations(): Generator<undefined, NonNullable<Till['found']>> {
    const payments = (yield* this.sparePayments()).sort(inTime);
    yield undefined;
    if (!canCombine(payments, this.terms.repeatPressGap)) return NO_COMBINATIONS;
    const sales = (yield* this.spareSalesNear(payments)).sort(inTime);
    yield undefined;
    const indexOf = new Map<number, number>();
    for (const [index, { row }] of payments.entries()) indexOf.set(row, index);
    return { combinations: yield* combinationsInSteps(payments, sales, this.terms), indexOf, sales };
  }

  private *sparePayments(): Generator<undefined, MerchantPayment[]> {
    const payments: MerchantPayment[] = [];
    for (const number of this.record.lines.linesOf(this.merchant)) {
      yield undefined;
      if (this.isSettled(number)) continue;
      for (const component of this.componentsOf(number)) {
        yield* component.pairInSteps();
        for (const payment of component.sparePayments()) payments.push(payment);
      }
    }
    return payments;
  }

  /** @param payments by time */
  private *spareSalesNear(payments: readonly MerchantPayment[]): Generator<undefined, Sale[]> {
    const sales: Sale[] = [];
    for (const number of this.record.lines.linesOf(this.merchant)) {
      yield undefined;
      if (!this.maySpareSaleNear(number, payments)) continue;
      const components = this.componentsOf(number).filter((component) => component.hasSaleNear(payments));
      for (const component of components) for (const sale of yield* component.spareSales()) sales.push(sale);
    }
    return sales;
  }

  /** Every payment of the line has a sale of its own. */
  private isSettled(number: number): boolean {
    const { starts, rows } = this.record.lines.payments;
    const end = starts[number + 1] as number;
    for (let at = starts[number] as number; at < end; at++) if (this.hasOwnSale[rows[at] as number] === 0) return false;
    return true;
  }

  /** Whether the line can have a spare sale that lies near one of the payments: no other can be a bill of theirs. */
  private maySpareSaleNear(number: number, payments: readonly MerchantPayment[]): boolean {
    const { lines, soldAt } = this.record;
    const { starts, rows } = lines.sales;
    const { matchTolerance } = this.terms;
    const [from, end] = [starts[number] as number, starts[number + 1] as number];
    if (end - from === rowsOn(lines.payments, number) && this.isSettled(number)) return false;
    for (let at = from; at < end; at++) {
      const instant = soldAt[rows[at] as number] as number;
      const next = payments[firstIndexAt(payments, instant - matchTolerance)];
      if (next !== undefined && next.at <= instant + matchTolerance) return true;
    }
    return false;
  }
}

const inTime = (a: MerchantPayment | Sale, b: MerchantPayment | Sale): number => a.at - b.at || a.row - b.row;

/** A combination takes two payments at most G apart. @param payments by time */
const canCombine = (payments: readonly MerchantPayment[], gap: number): boolean =>
  payments.some((payment, index) => index > 0 && payment.at - (payments[index - 1]?.at ?? 0) <= gap);

const NO_COMBINATIONS = {
  combinations: { standing: [], saleOf: new Map<number, number>() },
  indexOf: new Map<number, number>(),
  sales: [],
} as const;

/** Every payment has a sale of its own: lo = hi = n. */
export const ownSales = ({ payments }: Group): Support => ({
  kind: 'decided',
  paired: payments.length,
  combined: NONE,
  unsupported: NONE,
});

const instantsOf = (payments: readonly Payment[]): readonly Instant[] => payments.map(({ occurredAt }) => occurredAt);

/** Sales of a line that name no coupon, and those that name this one; both by time. */
const openSales = ({ nameless, byCoupon }: Line, coupon: CouponIndex): readonly (readonly Sale[])[] => [
  nameless,
  byCoupon.get(coupon) ?? NONE,
];

/** Sales that name no coupon, and those that do, by it; both by time. */
function sortedOut(sales: readonly Sale[]): Pick<Line, 'nameless' | 'byCoupon'> {
  const nameless: Sale[] = [];
  const byCoupon = new Map<CouponIndex | Absent, Sale[]>();
  for (const sale of sales) {
    if (sale.coupon < 0) nameless.push(sale);
    else put(byCoupon, sale.coupon, sale);
  }
  return { nameless, byCoupon };
}

/** Bills that were paid without a coupon: nameless ones by their total, and those with a number on them, by it; by time. */
interface PaidOtherwise {
  readonly nameless: ReadonlyMap<number, readonly Sale[]>;
  readonly byCoupon: ReadonlyMap<CouponIndex | Absent, readonly Sale[]>;
}

function paidOtherwise(bills: readonly Sale[]): PaidOtherwise {
  const { nameless, byCoupon } = sortedOut(bills);
  const byTotal = new Map<number, Sale[]>();
  for (const sale of nameless) put(byTotal, sale.totalYen, sale);
  return { nameless: byTotal, byCoupon };
}

function put<Key>(lists: Map<Key, Sale[]>, key: Key, sale: Sale): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [sale]);
  else list.push(sale);
}
