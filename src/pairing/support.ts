import { ABSENT } from '../intake/tables.ts';
import type { Book } from '../ledger/book.ts';
import { type Case, type Evidence, NONE, type Payment } from '../ledger/case.ts';
import type { ClaimStanding } from '../ledger/claims.ts';
import { rowsOfNumber } from '../ledger/rows-by-number.ts';
import type { Instant } from '../policy/instants.ts';
import { lowerBound } from '../policy/lower-bound.ts';
import type { Terms } from '../policy/terms.ts';
import { type ClaimantPairing, claimantPairings } from './claimants.ts';
import { type Combinations, findCombinations, firstIndexAt } from './combinations.ts';
import { pairingSize } from './group-pairing.ts';
import { countRepeats, type Group, type GroupRecord, groupsOf, type Support } from './groups.ts';
import { MaximumPairing } from './maximum-pairing.ts';
import type { Sale, ShopPayment, ShopRecord } from './shop-record.ts';

/** A case as pairing sees it. */
export interface PairingCase {
  readonly coupon: number;
  readonly case: Case;
  readonly claims: readonly ClaimStanding[];
}

/** What a till says of a group; sales by their rows. */
interface Draft {
  readonly of: PairingCase;
  readonly group: Group;
  readonly support: Support;
  readonly bills: readonly number[];
  /** Sales that the group could be paired with. */
  readonly near: readonly number[];
  /** Bills that name this coupon and were paid without it. */
  readonly written: readonly number[];
  /** Nameless bills paid without a coupon that a claim could stand for. */
  readonly claimable: readonly number[];
}

/** A case with what the tills say of its groups, by shop and amount. */
export interface CaseWithGroups extends PairingCase {
  readonly groups: readonly GroupRecord[];
}

/**
 * Holds cases' groups against their shops' records (3-rules.md §3, and the sales that §4 asks for), shop by shop: what is
 * worked out of one till is forgotten before the next is opened, for together they would not fit. A till is opened once,
 * when all cases that paid there are at hand, so a case that paid at several shops waits for the last of them.
 */
export class ShopByShop {
  private readonly book: Book;
  private readonly record: ShopRecord;
  private readonly claimed: GroupsByShop;
  private readonly whole: boolean;
  private readonly waiting = new Map<number, WaitingGroup[]>();
  private ready: CaseWithGroups[] = [];

  /**
   * @param claimed the groups of all cases with a claim: they may want a sale that one of these cases wants
   * @param whole also the sales near groups that are supported, which only an explanation shows
   */
  constructor(book: Book, record: ShopRecord, claimed: GroupsByShop, whole: boolean) {
    this.book = book;
    this.record = record;
    this.claimed = claimed;
    this.whole = whole;
  }

  /** Takes a case. Most groups need no till: nothing is reported, or every payment has a sale of its own. */
  add(of: PairingCase): void {
    const groups = groupsOf(of.case, this.book.policy.terms);
    const list = new Array<GroupRecord>(groups.length);
    const awaited: Awaited = { coupon: of.coupon, case: of.case, claims: of.claims, groups: list, open: 0 };
    for (let place = 0; place < groups.length; place++) {
      const placed = placedGroup(of, groups[place] as Group, this.book, this.record);
      const atAGlance = this.recordAtAGlance(placed);
      if (atAGlance === undefined) this.wait(placed, awaited, place);
      else awaited.groups[place] = atAGlance;
    }
    if (awaited.open === 0) this.ready.push(awaited);
  }

  /** Opens the tills of shops up to one, for the cases so far, and returns those that wait for no other. */
  open(lastMerchant: number): readonly CaseWithGroups[] {
    const merchants = Array.from(this.waiting.keys()).filter((merchant) => merchant <= lastMerchant);
    for (const merchant of merchants.sort((a, b) => a - b)) {
      this.openTill(merchant, this.waiting.get(merchant) ?? []);
      this.waiting.delete(merchant);
    }
    const { ready } = this;
    this.ready = [];
    return ready;
  }

  private wait(placed: PlacedGroup, of: Awaited, place: number): void {
    const waiting = this.waiting.get(placed.merchant);
    if (waiting === undefined) this.waiting.set(placed.merchant, [{ placed, of, place }]);
    else waiting.push({ placed, of, place });
    of.open++;
  }

  private openTill(merchant: number, waiting: readonly WaitingGroup[]): void {
    const till = new Till(merchant, this.record, this.book.policy.terms);
    const drafts = waiting.map(({ placed }) => draftOf(placed, till, this.whole));
    const claimants = drafts.some(isClaimant)
      ? pairClaimants([...drafts, ...rivalsAt(till, this.claimed.get(merchant) ?? [], waiting)])
      : NO_CLAIMANTS;
    waiting.forEach(({ of, place }, index) => {
      const draft = drafts[index] as Draft;
      of.groups[place] = recordOf(this.book, draft, claimants.get(draft));
      of.open--;
      if (of.open === 0) this.ready.push(of);
    });
  }

  private recordAtAGlance({ group, isCovered }: PlacedGroup): GroupRecord | undefined {
    if (!isCovered) {
      const repeats = countRepeats(group.payments, this.book.policy.terms.repeatPressGap);
      return recordAtAGlance(group, { kind: 'uncovered', repeats });
    }
    const isSupported = !this.whole && group.payments.every(({ row }) => this.record.hasOwnSale[row] === 1);
    return isSupported ? recordAtAGlance(group, ownSales(group)) : undefined;
  }
}

/** A case whose tills are not all opened yet. */
interface Awaited extends PairingCase {
  readonly groups: GroupRecord[];
  /** Groups that wait for their till. */
  open: number;
}

/** A group that its shop's till must be asked about, and where the answer goes. */
interface WaitingGroup {
  readonly placed: PlacedGroup;
  readonly of: Awaited;
  readonly place: number;
}

/** Drafts of those who claim and are not among the waiting: they may want a sale that one of these wants. */
function rivalsAt(till: Till, claimed: readonly PlacedGroup[], waiting: readonly WaitingGroup[]): readonly Draft[] {
  const asked = new Set(waiting.map(({ of }) => of.coupon));
  return claimed.filter(({ of }) => !asked.has(of.coupon)).map((placed) => draftOf(placed, till, false));
}

const ownSales = ({ payments }: Group): Support => ({
  kind: 'decided',
  paired: payments.length,
  combined: NONE,
  unsupported: NONE,
});

const recordAtAGlance = (group: Group, support: Support): GroupRecord => ({
  group,
  support,
  writtenDown: NONE,
  claimant: 'no claim',
  claimedSales: NONE,
  nearSales: NONE,
  bills: NONE,
});

export type GroupsByShop = ReadonlyMap<number, readonly PlacedGroup[]>;

/** Groups on reported days by shop. */
export function groupsByShop(cases: readonly PairingCase[], book: Book, record: ShopRecord): GroupsByShop {
  const shops = new Map<number, PlacedGroup[]>();
  for (const of of cases) {
    for (const group of groupsOf(of.case, book.policy.terms)) {
      const placed = placedGroup(of, group, book, record);
      if (!placed.isCovered) continue;
      const list = shops.get(placed.merchant);
      if (list === undefined) shops.set(placed.merchant, [placed]);
      else list.push(placed);
    }
  }
  return shops;
}

interface PlacedGroup {
  readonly of: PairingCase;
  readonly group: Group;
  readonly merchant: number;
  /** The shop reported something of each of its days. */
  readonly isCovered: boolean;
}

function placedGroup(of: PairingCase, group: Group, book: Book, record: ShopRecord): PlacedGroup {
  const merchant = book.tables.transactions.merchant[group.payments[0]?.row ?? -1] ?? ABSENT;
  const isCovered =
    merchant !== ABSENT && group.payments.every(({ occurredAt }) => record.isCovered(merchant, occurredAt));
  return { of, group, merchant, isCovered };
}

function draftOf({ of, group }: PlacedGroup, till: Till, whole: boolean): Draft {
  const { support, bills } = till.supportOf(of.coupon, group);
  const unsupported = support.kind === 'decided' ? support.unsupported : NONE;
  const isSupported = support.kind === 'decided' && unsupported.length === 0;
  return {
    of,
    group,
    support,
    bills,
    near: isSupported && !whole ? NONE : till.salesNear(of.coupon, group),
    written: till.writtenDown(of.coupon, group.amountYen, unsupported),
    claimable: of.claims.length === 0 ? NONE : till.claimable(group.amountYen, unsupported),
  };
}

/** What a shop's till and its report hold of one amount, by time. */
interface Line {
  readonly payments: readonly ShopPayment[];
  readonly sales: readonly Sale[];
}

const NO_LINE: Line = { payments: NONE, sales: NONE };

/** One shop, with its maximum pairings and combinations found once. Of its lines only those are made that are asked for. */
class Till {
  private readonly merchant: number;
  private readonly record: ShopRecord;
  private readonly terms: Terms;
  private readonly hasOwnSale: Uint8Array;
  private readonly lines = new Map<number, Line>();
  private readonly components = new Map<number, readonly Component[]>();
  private bills: Int32Array | undefined;
  private found:
    | {
        readonly combinations: Combinations;
        readonly indexOf: ReadonlyMap<number, number>;
        readonly sales: readonly Sale[];
      }
    | undefined;

  constructor(merchant: number, record: ShopRecord, terms: Terms) {
    this.merchant = merchant;
    this.record = record;
    this.terms = terms;
    this.hasOwnSale = record.hasOwnSale;
  }

  /** Bills paid without a coupon at most T from one of the payments, by time. */
  private paidOtherwiseNear(payments: readonly Payment[]): readonly Sale[] {
    this.bills ??= this.record.withoutCoupon(this.merchant);
    const bills = this.bills;
    const { soldAt, saleAt } = this.record;
    const { matchTolerance } = this.terms;
    const first = (payments[0]?.occurredAt ?? 0) - matchTolerance;
    const last = (payments.at(-1)?.occurredAt ?? 0) + matchTolerance;
    const soldAtPlace = (place: number): Instant => soldAt[bills[place] as number] as number;
    const near: Sale[] = [];
    for (let place = lowerBound(bills.length, first, soldAtPlace); place < bills.length; place++) {
      const row = bills[place] as number;
      const at = soldAtPlace(place);
      if (at > last) break;
      if (payments.some((payment) => Math.abs(payment.occurredAt - at) <= matchTolerance)) near.push(saleAt(row));
    }
    return near;
  }

  private lineOf(amountYen: number): Line {
    const number = this.record.lines.find(this.merchant, amountYen);
    return number === ABSENT ? NO_LINE : this.line(number);
  }

  private line(number: number): Line {
    const known = this.lines.get(number);
    if (known !== undefined) return known;
    const { lines } = this.record;
    const line = {
      payments: Array.from(rowsOfNumber(lines.payments, number), this.record.paymentAt),
      sales: Array.from(rowsOfNumber(lines.sales, number), this.record.saleAt),
    };
    this.lines.set(number, line);
    return line;
  }

  /** Sales that the group could be paired with. */
  salesNear(coupon: number, { amountYen, payments }: Group): readonly number[] {
    const isOpen = (sale: Sale): boolean => sale.coupon < 0 || sale.coupon === coupon;
    return this.near(this.lineOf(amountYen).sales, payments)
      .filter(isOpen)
      .map(({ row }) => row);
  }

  /** §4.1: the shop wrote this coupon's number on a bill that was paid without it. */
  writtenDown(coupon: number, amountYen: number, unsupported: readonly Payment[]): readonly number[] {
    if (unsupported.length === 0) return NONE;
    const isWritten = (sale: Sale): boolean => sale.coupon === coupon && sale.totalYen >= amountYen;
    return this.paidOtherwiseNear(unsupported)
      .filter(isWritten)
      .map(({ row }) => row);
  }

  /** §4.2: nameless bills of the amount, paid without a coupon. */
  claimable(amountYen: number, unsupported: readonly Payment[]): readonly number[] {
    if (unsupported.length === 0) return NONE;
    const isNameless = (sale: Sale): boolean => sale.coupon < 0 && sale.totalYen === amountYen;
    return this.paidOtherwiseNear(unsupported)
      .filter(isNameless)
      .map(({ row }) => row);
  }

  /** Of sales by time those at most T from one of the payments. */
  private near(sales: readonly Sale[], payments: readonly Payment[]): readonly Sale[] {
    const { matchTolerance } = this.terms;
    const isNear = (sale: Sale): boolean =>
      payments.some((payment) => Math.abs(payment.occurredAt - sale.at) <= matchTolerance);
    return payments.length === 0 ? NONE : salesAround(sales, payments, this.terms).filter(isNear);
  }

  supportOf(coupon: number, group: Group): { readonly support: Support; readonly bills: readonly number[] } {
    if (group.payments.every(({ row }) => this.hasOwnSale[row] === 1)) return { support: ownSales(group), bills: NONE };
    const component = this.componentOf(group);
    const lowest = component.reduce((sum, part) => sum + part.lowest(group.payments), 0);
    const sales = this.openSales(coupon, group);
    const rank = (payments: readonly Payment[]): number =>
      pairingSize(
        payments.map((payment) => payment.occurredAt),
        sales,
        this.terms.matchTolerance,
      );
    const highest = rank(group.payments);
    const ambiguous = (because: Extract<Support, { kind: 'ambiguous' }>['because']) =>
      ({ support: { kind: 'ambiguous', because, lowest, highest }, bills: [] }) as const;
    if (lowest > highest) throw new Error('a group must be paired more often than it can be');
    const standings = group.payments.map((payment) => this.combinationOf(payment.row, component));
    if (standings.some(({ standing }) => standing === 'crowded')) return ambiguous('crowded till');
    if (lowest !== highest) return ambiguous('pairings differ');
    if (standings.some(({ standing }) => standing === 'shared')) return ambiguous('bills overlap');
    const combined = group.payments.filter((_, index) => standings[index]?.standing === 'sole');
    const others = group.payments.filter((payment) => !combined.includes(payment));
    if (rank(others) < lowest) return ambiguous('bill or sale');
    const unsupported = takeUnsupported(others, lowest, rank);
    const bills = standings.flatMap(({ sale }) => (sale === undefined ? [] : [sale.row]));
    return { support: { kind: 'decided', paired: lowest, combined, unsupported }, bills };
  }

  /** Sales of the amount that name no coupon or this one: instants, ascending. */
  private openSales(coupon: number, group: Group): readonly Instant[] {
    const sales = salesAround(this.lineOf(group.amountYen).sales, group.payments, this.terms);
    return sales.filter((sale) => sale.coupon < 0 || sale.coupon === coupon).map((sale) => sale.at);
  }

  private componentOf(group: Group): readonly Component[] {
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

  /** Whether a component can touch a payment in the outage, directly or through a bill that shares a sale or payment. */
  private matters(part: { readonly payments: readonly ShopPayment[]; readonly sales: readonly Sale[] }): boolean {
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
    this.found ??= this.findCombinations();
    const { combinations, indexOf, sales } = this.found;
    const index = indexOf.get(row);
    if (index === undefined) return { standing: 'none' };
    const sale = sales[combinations.saleOf.get(index) ?? -1];
    return { standing: combinations.standing[index] ?? 'none', ...(sale === undefined ? {} : { sale }) };
  }

  private findCombinations(): NonNullable<Till['found']> {
    const numbers = Array.from(this.record.lines.linesOf(this.merchant));
    const payments = numbers
      .filter((number) => !this.isSettled(number))
      .flatMap((number) => this.componentsOf(number).flatMap((component) => component.sparePayments()))
      .sort((a, b) => a.at - b.at || a.row - b.row);
    if (!canCombine(payments, this.terms.repeatPressGap)) return NO_COMBINATIONS;
    const sales = numbers
      .filter((number) => this.maySpareSaleNear(number, payments))
      .flatMap((number) => this.componentsOf(number))
      .filter((component) => component.hasSaleNear(payments))
      .flatMap((component) => component.spareSales())
      .sort((a, b) => a.at - b.at || a.row - b.row);
    return {
      combinations: findCombinations(payments, sales, this.terms),
      indexOf: new Map(payments.map((payment, index) => [payment.row, index])),
      sales,
    };
  }

  /** Every payment of the line has a sale of its own. */
  private isSettled(number: number): boolean {
    const { starts, rows } = this.record.lines.payments;
    const end = starts[number + 1] as number;
    for (let at = starts[number] as number; at < end; at++) if (this.hasOwnSale[rows[at] as number] === 0) return false;
    return true;
  }

  /** Whether the line can have a spare sale that lies near one of the payments: no other can be a bill of theirs. */
  private maySpareSaleNear(number: number, payments: readonly ShopPayment[]): boolean {
    const { lines, soldAt } = this.record;
    const { starts, rows } = lines.sales;
    const { matchTolerance } = this.terms;
    const [from, end] = [starts[number] as number, starts[number + 1] as number];
    const paid = (lines.payments.starts[number + 1] as number) - (lines.payments.starts[number] as number);
    if (end - from === paid && this.isSettled(number)) return false;
    for (let at = from; at < end; at++) {
      const instant = soldAt[rows[at] as number] as number;
      const next = payments[firstIndexAt(payments, instant - matchTolerance)];
      if (next !== undefined && next.at <= instant + matchTolerance) return true;
    }
    return false;
  }
}

/** A bill of several coupons takes two payments that lie close together. @param payments by time */
const canCombine = (payments: readonly ShopPayment[], gap: number): boolean =>
  payments.some((payment, index) => index > 0 && payment.at - (payments[index - 1]?.at ?? 0) <= gap);

const NO_COMBINATIONS = {
  combinations: { standing: [], saleOf: new Map<number, number>() },
  indexOf: new Map<number, number>(),
  sales: [],
} as const;

/** Payments and sales of one amount that lie together: no two parts can pair. */
class Component {
  private readonly payments: readonly ShopPayment[];
  private readonly sales: readonly Sale[];
  private readonly tolerance: number;
  /** Every payment has its sale: none is spare, and nothing needs to be paired to know it. */
  private readonly isSettled: boolean;
  private index: ReadonlyMap<number, number> | undefined;
  private paired: MaximumPairing | undefined;

  constructor(payments: readonly ShopPayment[], sales: readonly Sale[], tolerance: number, hasOwnSale: Uint8Array) {
    this.payments = payments;
    this.sales = sales;
    this.tolerance = tolerance;
    this.isSettled = payments.every(({ row }) => hasOwnSale[row] === 1);
  }

  /** Where a payment stands, by its row. */
  private get indexOf(): ReadonlyMap<number, number> {
    this.index ??= new Map(this.payments.map((payment, index) => [payment.row, index]));
    return this.index;
  }

  private get pairing(): MaximumPairing {
    this.paired ??= new MaximumPairing(this.payments, this.sales, this.tolerance);
    return this.paired;
  }

  holdsAny(group: readonly Payment[]): boolean {
    const [first, last] = [this.payments[0], this.payments.at(-1)];
    if (first === undefined || last === undefined) return false;
    return group.some(({ row, occurredAt: at }) => at >= first.at && at <= last.at && this.indexOf.has(row));
  }

  lowest(group: readonly Payment[]): number {
    const indices = group.flatMap((payment) => this.indexOf.get(payment.row) ?? []);
    return this.isSettled ? indices.length : this.pairing.lowest(indices);
  }

  isSpare(row: number): boolean {
    const index = this.indexOf.get(row);
    return !this.isSettled && index !== undefined && this.pairing.sparePayment[index] === 1;
  }

  sparePayments(): readonly ShopPayment[] {
    if (this.isSettled) return [];
    return this.payments.filter((_, index) => this.pairing.sparePayment[index] === 1);
  }

  /** Whether a bill of it could take in one of the payments. @param payments by time */
  hasSaleNear(payments: readonly ShopPayment[]): boolean {
    const [first, last] = [this.sales[0], this.sales.at(-1)];
    if (first === undefined || last === undefined) return false;
    const next = payments[firstIndexAt(payments, first.at - this.tolerance)];
    return next !== undefined && next.at <= last.at + this.tolerance;
  }

  spareSales(): readonly Sale[] {
    if (this.payments.length === 0) return this.sales;
    // Every payment has its sale, and so many sales there are.
    if (this.isSettled && this.sales.length === this.payments.length) return [];
    return this.sales.filter((_, index) => this.pairing.spareSale[index] === 1);
  }
}

/** Cuts the merged sequence wherever two neighbours lie further apart than payments and sales may. */
function splitByTime(
  payments: readonly ShopPayment[],
  sales: readonly Sale[],
  tolerance: number,
): { payments: ShopPayment[]; sales: Sale[] }[] {
  const parts: { payments: ShopPayment[]; sales: Sale[] }[] = [];
  let last = Number.NEGATIVE_INFINITY;
  let [payment, sale] = [0, 0];
  while (payment < payments.length || sale < sales.length) {
    const [nextPayment, nextSale] = [payments[payment], sales[sale]];
    const takesPayment = nextSale === undefined || (nextPayment !== undefined && nextPayment.at <= nextSale.at);
    const at = (takesPayment ? nextPayment?.at : nextSale?.at) ?? 0;
    if (at - last > tolerance) parts.push({ payments: [], sales: [] });
    const part = parts.at(-1);
    if (takesPayment && nextPayment !== undefined) {
      part?.payments.push(nextPayment);
      payment++;
    } else if (nextSale !== undefined) {
      part?.sales.push(nextSale);
      sale++;
    }
    last = at;
  }
  return parts;
}

/** U: as many as a maximum pairing of the group can leave out, one by one from the latest. */
function takeUnsupported(
  others: readonly Payment[],
  lowest: number,
  rank: (payments: readonly Payment[]) => number,
): readonly Payment[] {
  let kept = others;
  const taken: Payment[] = [];
  for (const payment of [...others].reverse()) {
    const without = kept.filter((other) => other !== payment);
    if (rank(without) < lowest) continue;
    kept = without;
    taken.push(payment);
  }
  if (kept.length !== lowest) throw new Error('the unsupported payments are not those that a pairing can leave out');
  return taken.reverse();
}

const MOST_SALES_SHOWN = 12;

/** All of them or none: a choice among many would rest on the order of rows. */
const readable = (rows: readonly number[]): readonly number[] => (rows.length > MOST_SALES_SHOWN ? [] : rows);

interface Claimant {
  readonly standing: ClaimantPairing;
  readonly sales: readonly number[];
}

function recordOf({ evidence }: Book, draft: Draft, claimant: Claimant | undefined): GroupRecord {
  const shown = (rows: readonly number[]): readonly Evidence[] =>
    rows.length === 0 ? NONE : rows.map((row) => evidence.sale(row));
  return {
    group: draft.group,
    support: draft.support,
    writtenDown: shown(draft.written),
    claimant: claimant?.standing ?? 'no claim',
    claimedSales: shown(readable(claimant?.sales ?? [])),
    nearSales: shown(readable(draft.near)),
    bills: draft.bills.length === 0 ? NONE : shown([...new Set(draft.bills)]),
  };
}

/** The sales from T before the first payment to T after the last, by binary search. */
function salesAround(sales: readonly Sale[], payments: readonly Payment[], terms: Terms): readonly Sale[] {
  const from = (payments[0]?.occurredAt ?? 0) - terms.matchTolerance;
  const to = (payments.at(-1)?.occurredAt ?? 0) + terms.matchTolerance;
  return sales.slice(firstIndexAt(sales, from), firstIndexAt(sales, to + 1));
}

/** §4.2: those of a shop who claim to have paid otherwise, against its nameless bills paid without a coupon. */
function pairClaimants(drafts: readonly Draft[]): ReadonlyMap<Draft, Claimant> {
  const claimants = drafts.filter(isClaimant);
  const standings = claimantPairings(claimants.map(({ claimable }) => claimable));
  return new Map(
    claimants.map((draft, index) => [draft, { standing: standings[index] ?? 'none', sales: draft.claimable }]),
  );
}

const isForCash = ({ claim, valid }: ClaimStanding, { merchantId }: Group): boolean =>
  valid && claim.kind === 'cash_and_deducted' && claim.merchantId === merchantId;

const NO_CLAIMANTS: ReadonlyMap<Draft, Claimant> = new Map();

function isClaimant({ of, group, support, written }: Draft): boolean {
  const isUnsupported = support.kind === 'decided' && support.unsupported.length > 0 && written.length === 0;
  return isUnsupported && of.claims.some((standing) => isForCash(standing, group));
}
