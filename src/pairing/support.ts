import { ABSENT } from '../intake/tables.ts';
import type { Book } from '../ledger/book.ts';
import type { Case, Evidence, Payment } from '../ledger/case.ts';
import type { ClaimStanding } from '../ledger/claims.ts';
import type { Instant } from '../policy/instants.ts';
import type { Terms } from '../policy/terms.ts';
import { compareText } from '../policy/text.ts';
import { type ClaimantPairing, claimantPairings } from './claimants.ts';
import { type Combinations, findCombinations, firstIndexAt } from './combinations.ts';
import { pairingSize } from './group-pairing.ts';
import { countRepeats, type Group, type GroupRecord, groupsOf, type Support } from './groups.ts';
import { MaximumPairing } from './maximum-pairing.ts';
import type { Sale, Shop, ShopPayment, ShopRecord } from './shop-record.ts';

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

/**
 * Holds cases' groups against their shops' records (3-rules.md §3, and the sales that §4 asks for), shop by shop: what is
 * worked out of one till is forgotten before the next is opened, for together they would not fit.
 *
 * @param claimed the groups of all cases with a claim: they may want a sale that one of these cases wants
 */
export function pairWithShops(
  book: Book,
  record: ShopRecord,
  cases: readonly PairingCase[],
  claimed: GroupsByShop,
): ReadonlyMap<number, readonly GroupRecord[]> {
  const { terms } = book.policy;
  const asked = new Set(cases.map(({ coupon }) => coupon));
  const records = new Map<number, GroupRecord[]>();
  for (const [merchant, groups] of groupsByShop(cases, book, record)) {
    const till = merchant === ABSENT ? undefined : new Till(record.shopOf(merchant), terms, record.hasOwnSale);
    const rivals = (claimed.get(merchant) ?? []).filter(({ of }) => !asked.has(of.coupon));
    const drafts = [...groups, ...rivals].map((each) => draftOf(each, till, terms));
    const claimants = pairClaimants(drafts);
    for (const draft of drafts.slice(0, groups.length)) {
      const list = records.get(draft.of.coupon);
      const made = recordOf(book, draft, claimants.get(draft));
      if (list === undefined) records.set(draft.of.coupon, [made]);
      else list.push(made);
    }
  }
  for (const list of records.values()) list.sort(byMerchantAndAmount);
  return records;
}

const byMerchantAndAmount = ({ group: a }: GroupRecord, { group: b }: GroupRecord): number =>
  compareText(a.merchantId, b.merchantId) || a.amountYen - b.amountYen;

export type GroupsByShop = ReadonlyMap<number, readonly PlacedGroup[]>;

/** Groups by shop; those on days that no shop reported come without one. */
export function groupsByShop(cases: readonly PairingCase[], book: Book, record: ShopRecord): GroupsByShop {
  const shops = new Map<number, PlacedGroup[]>();
  for (const of of cases) {
    for (const each of placedGroups(of, book, record)) {
      const merchant = each.isCovered ? each.merchant : ABSENT;
      const list = shops.get(merchant);
      if (list === undefined) shops.set(merchant, [each]);
      else list.push(each);
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

function placedGroups(of: PairingCase, book: Book, record: ShopRecord): readonly PlacedGroup[] {
  const { merchant } = book.tables.transactions;
  return groupsOf(of.case, book.policy.terms).map((group) => {
    const shop = merchant[group.payments[0]?.row ?? -1] ?? ABSENT;
    const isCovered = group.payments.every((payment) => record.isCovered(shop, payment.occurredAt));
    return { of, group, merchant: shop, isCovered };
  });
}

function draftOf({ of, group }: PlacedGroup, till: Till | undefined, terms: Terms): Draft {
  if (till === undefined) {
    const repeats = countRepeats(group.payments, terms.repeatPressGap);
    return { of, group, support: { kind: 'uncovered', repeats }, bills: [], near: [], written: [], claimable: [] };
  }
  const { support, bills } = till.supportOf(of.coupon, group);
  const unsupported = support.kind === 'decided' ? support.unsupported : [];
  return {
    of,
    group,
    support,
    bills,
    near: till.salesNear(of.coupon, group),
    written: till.writtenDown(of.coupon, group.amountYen, unsupported),
    claimable: of.claims.length === 0 ? [] : till.claimable(group.amountYen, unsupported),
  };
}

/** What a shop's till and its report hold of one amount, by time. */
interface Line {
  readonly payments: ShopPayment[];
  readonly sales: Sale[];
}

/** One shop, with its maximum pairings and combinations found once. */
class Till {
  /** Bills paid without a coupon, by time. */
  private readonly withoutCoupon: readonly Sale[];
  private readonly terms: Terms;
  private readonly hasOwnSale: Uint8Array;
  private readonly lines = new Map<number, Line>();
  private readonly components = new Map<number, readonly Component[]>();
  private found:
    | {
        readonly combinations: Combinations;
        readonly indexOf: ReadonlyMap<number, number>;
        readonly sales: readonly Sale[];
      }
    | undefined;

  constructor(shop: Shop, terms: Terms, hasOwnSale: Uint8Array) {
    this.terms = terms;
    this.hasOwnSale = hasOwnSale;
    for (const payment of shop.payments) this.lineOf(payment.amountYen).payments.push(payment);
    for (const sale of shop.sales) if (sale.couponYen > 0) this.lineOf(sale.couponYen).sales.push(sale);
    this.withoutCoupon = shop.sales.filter(({ couponYen }) => couponYen === 0);
  }

  private lineOf(amountYen: number): Line {
    const known = this.lines.get(amountYen);
    if (known !== undefined) return known;
    const line = { payments: [], sales: [] };
    this.lines.set(amountYen, line);
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
    const isWritten = (sale: Sale): boolean => sale.coupon === coupon && sale.totalYen >= amountYen;
    return this.near(this.withoutCoupon, unsupported)
      .filter(isWritten)
      .map(({ row }) => row);
  }

  /** §4.2: nameless bills of the amount, paid without a coupon. */
  claimable(amountYen: number, unsupported: readonly Payment[]): readonly number[] {
    const isNameless = (sale: Sale): boolean => sale.coupon < 0 && sale.totalYen === amountYen;
    return this.near(this.withoutCoupon, unsupported)
      .filter(isNameless)
      .map(({ row }) => row);
  }

  /** Of sales by time those at most T from one of the payments. */
  private near(sales: readonly Sale[], payments: readonly Payment[]): readonly Sale[] {
    const { matchTolerance } = this.terms;
    const isNear = (sale: Sale): boolean =>
      payments.some((payment) => Math.abs(payment.occurredAt - sale.at) <= matchTolerance);
    return payments.length === 0 ? [] : salesAround(sales, payments, this.terms).filter(isNear);
  }

  supportOf(coupon: number, group: Group): { readonly support: Support; readonly bills: readonly number[] } {
    if (group.payments.every(({ row }) => this.hasOwnSale[row] === 1) || this.isPlainPair(coupon, group))
      return { support: { kind: 'decided', paired: group.payments.length, combined: [], unsupported: [] }, bills: [] };
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

  /** One payment with one sale in reach, and that sale with no other payment in its own: every best pairing pairs them. */
  private isPlainPair(coupon: number, group: Group): boolean {
    const [payment, ...more] = group.payments;
    const there = this.lines.get(group.amountYen);
    if (payment === undefined || more.length > 0 || there === undefined) return false;
    const { matchTolerance } = this.terms;
    const sale = onlyOneWithin(there.sales, payment.occurredAt, matchTolerance);
    if (sale === undefined || (sale.coupon >= 0 && sale.coupon !== coupon)) return false;
    return onlyOneWithin(there.payments, sale.at, matchTolerance)?.row === payment.row;
  }

  /** Sales of the amount that name no coupon or this one: instants, ascending. */
  private openSales(coupon: number, group: Group): readonly Instant[] {
    const sales = salesAround(this.lineOf(group.amountYen).sales, group.payments, this.terms);
    return sales.filter((sale) => sale.coupon < 0 || sale.coupon === coupon).map((sale) => sale.at);
  }

  private componentOf(group: Group): readonly Component[] {
    return this.componentsOf(group.amountYen).filter((component) => component.holdsAny(group.payments));
  }

  private componentsOf(amountYen: number): readonly Component[] {
    const known = this.components.get(amountYen);
    if (known !== undefined) return known;
    const { payments, sales } = this.lineOf(amountYen);
    const components = splitByTime(payments, sales, this.terms.matchTolerance)
      .filter((part) => this.matters(part))
      .map((part) => new Component(part.payments, part.sales, this.terms.matchTolerance, this.hasOwnSale));
    this.components.set(amountYen, components);
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
    const payments = [...this.lines]
      .filter(([, line]) => line.payments.some(({ row }) => this.hasOwnSale[row] === 0))
      .flatMap(([amountYen]) => this.componentsOf(amountYen).flatMap((component) => component.sparePayments()))
      .sort((a, b) => a.at - b.at || a.row - b.row);
    if (!canCombine(payments, this.terms.repeatPressGap)) return NO_COMBINATIONS;
    const sales = [...this.lines.keys()]
      .flatMap((amountYen) => this.componentsOf(amountYen))
      .filter((component) => component.hasSaleNear(payments))
      .flatMap((component) => component.spareSales())
      .sort((a, b) => a.at - b.at || a.row - b.row);
    return {
      combinations: findCombinations(payments, sales, this.terms),
      indexOf: new Map(payments.map((payment, index) => [payment.row, index])),
      sales,
    };
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

/** The only one at most so far from an instant, if it is. @param sorted by time */
function onlyOneWithin<Event extends { readonly at: Instant }>(
  sorted: readonly Event[],
  at: Instant,
  tolerance: number,
): Event | undefined {
  const first = firstIndexAt(sorted, at - tolerance);
  const found = sorted[first];
  const next = sorted[first + 1];
  if (found === undefined || found.at > at + tolerance) return undefined;
  return next !== undefined && next.at <= at + tolerance ? undefined : found;
}

/** Payments and sales of one amount that lie together: no two parts can pair. */
class Component {
  private readonly payments: readonly ShopPayment[];
  private readonly sales: readonly Sale[];
  private readonly tolerance: number;
  /** Every payment has its sale: none is spare, and nothing needs to be paired to know it. */
  private readonly isSettled: boolean;
  private readonly indexOf: ReadonlyMap<number, number>;
  private paired: MaximumPairing | undefined;

  constructor(payments: readonly ShopPayment[], sales: readonly Sale[], tolerance: number, hasOwnSale: Uint8Array) {
    this.payments = payments;
    this.sales = sales;
    this.tolerance = tolerance;
    this.isSettled = payments.every(({ row }) => hasOwnSale[row] === 1);
    this.indexOf = new Map(payments.map((payment, index) => [payment.row, index]));
  }

  private get pairing(): MaximumPairing {
    this.paired ??= new MaximumPairing(this.payments, this.sales, this.tolerance);
    return this.paired;
  }

  holdsAny(group: readonly Payment[]): boolean {
    return group.some(({ row }) => this.indexOf.has(row));
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
  const shown = (rows: readonly number[]): readonly Evidence[] => rows.map((row) => evidence.sale(row));
  return {
    group: draft.group,
    support: draft.support,
    writtenDown: shown(draft.written),
    claimant: claimant?.standing ?? 'no claim',
    claimedSales: shown(readable(claimant?.sales ?? [])),
    nearSales: shown(readable(draft.near)),
    bills: shown([...new Set(draft.bills)]),
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
  const claimants = drafts.filter(({ of, group, support, written }) => {
    const isUnsupported = support.kind === 'decided' && support.unsupported.length > 0 && written.length === 0;
    return isUnsupported && of.claims.some((standing) => isForCash(standing, group));
  });
  const standings = claimantPairings(claimants.map(({ claimable }) => claimable));
  return new Map(
    claimants.map((draft, index) => [draft, { standing: standings[index] ?? 'none', sales: draft.claimable }]),
  );
}

const isForCash = ({ claim, valid }: ClaimStanding, { merchantId }: Group): boolean =>
  valid && claim.kind === 'cash_and_deducted' && claim.merchantId === merchantId;
