import { ABSENT } from '../intake/tables.ts';
import type { Book } from '../ledger/book.ts';
import type { Case, Evidence, Payment } from '../ledger/case.ts';
import type { ClaimStanding } from '../ledger/claims.ts';
import type { Instant } from '../policy/instants.ts';
import type { Terms } from '../policy/terms.ts';
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

interface Draft {
  readonly of: PairingCase;
  readonly group: Group;
  readonly merchant: number;
  readonly till: Till | undefined;
  readonly support: Support;
  readonly bills: readonly number[];
}

/** The tills of a run's shops, each looked into when somebody asks, and once. */
export class Tills {
  private readonly record: ShopRecord;
  private readonly terms: Terms;
  private readonly known = new Map<number, Till>();

  constructor(record: ShopRecord, terms: Terms) {
    this.record = record;
    this.terms = terms;
  }

  of(merchant: number): Till {
    const known = this.known.get(merchant);
    if (known !== undefined) return known;
    const till = new Till(this.record.shopOf(merchant), this.terms, this.record.hasOwnSale);
    this.known.set(merchant, till);
    return till;
  }
}

/**
 * What the tills say of a case (3-rules.md §3, and the sales that §4 asks for).
 *
 * @param claimed the cases with a claim: only they can want one and the same sale
 */
export function askTills(
  book: Book,
  record: ShopRecord,
  tills: Tills,
  claimed: readonly PairingCase[],
): (of: PairingCase) => readonly GroupRecord[] {
  const { terms } = book.policy;
  const draftsOf = (of: PairingCase): readonly Draft[] =>
    placedGroups(of, book, record).map((each) => draftOf(each, tills, terms));
  const claimants = pairClaimants(claimed.flatMap(draftsOf), terms);
  return (of) =>
    draftsOf(of).map(
      (draft) => new RecordOfDraft(book, draft, writtenDown(draft, terms), claimants.get(nameOf(draft))),
    );
}

const nameOf = ({ of, group }: Draft): string => `${of.coupon} ${group.amountYen} ${group.merchantId}`;

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

function draftOf({ of, group, merchant, isCovered }: PlacedGroup, tills: Tills, terms: Terms): Draft {
  const till = isCovered && merchant !== ABSENT ? tills.of(merchant) : undefined;
  if (till !== undefined) return { of, group, merchant, till, ...till.supportOf(of.coupon, group) };
  const repeats = countRepeats(group.payments, terms.repeatPressGap);
  return { of, group, merchant, till, support: { kind: 'uncovered', repeats }, bills: [] };
}

/** What a shop's till and its report hold of one amount, by time. */
interface Line {
  readonly payments: ShopPayment[];
  readonly sales: Sale[];
}

/** One shop, with its maximum pairings and combinations found once. */
export class Till {
  /** Bills paid without a coupon, by time. */
  readonly withoutCoupon: readonly Sale[];
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

  /** Its sales of an amount of coupon money, by time. */
  salesOf(amountYen: number): readonly Sale[] {
    return this.lines.get(amountYen)?.sales ?? [];
  }

  /** Whether some maximum pairing leaves a payment out: where none does, it has its sale without a question. */
  canLeaveOut(row: number, amountYen: number): boolean {
    return this.hasOwnSale[row] === 0 && this.componentsOf(amountYen).some((component) => component.isSpare(row));
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
    const sales = salesAround(this.salesOf(group.amountYen), group.payments, this.terms);
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

/** Which sales a record shows is only worked out where somebody looks. */
class RecordOfDraft implements GroupRecord {
  private readonly book: Book;
  private readonly draft: Draft;
  private readonly written: readonly number[];
  private readonly pairing: Claimant | undefined;
  private near: readonly Evidence[] | undefined;

  constructor(book: Book, draft: Draft, written: readonly number[], pairing: Claimant | undefined) {
    this.book = book;
    this.draft = draft;
    this.written = written;
    this.pairing = pairing;
  }

  get group(): Group {
    return this.draft.group;
  }

  get support(): Support {
    return this.draft.support;
  }

  get writtenDown(): readonly Evidence[] {
    return this.shown(this.written);
  }

  get claimant(): GroupRecord['claimant'] {
    return this.pairing?.standing ?? 'no claim';
  }

  get claimedSales(): readonly Evidence[] {
    return this.shown(readable(this.pairing?.sales ?? []));
  }

  get nearSales(): readonly Evidence[] {
    this.near ??= this.shown(readable(nearSales(this.draft, this.book.policy.terms)));
    return this.near;
  }

  get bills(): readonly Evidence[] {
    return this.shown([...new Set(this.draft.bills)]);
  }

  private shown(sales: readonly number[]): readonly Evidence[] {
    return sales.map((row) => this.book.evidence.sale(row));
  }
}

const unsupportedOf = (draft: Draft): readonly Payment[] =>
  draft.support.kind === 'decided' ? draft.support.unsupported : [];

/** The sales from T before the first payment to T after the last, by binary search. */
function salesAround(sales: readonly Sale[], payments: readonly Payment[], terms: Terms): readonly Sale[] {
  const from = (payments[0]?.occurredAt ?? 0) - terms.matchTolerance;
  const to = (payments.at(-1)?.occurredAt ?? 0) + terms.matchTolerance;
  return sales.slice(firstIndexAt(sales, from), firstIndexAt(sales, to + 1));
}

const isNear = (sale: Sale, payments: readonly Payment[], terms: Terms): boolean =>
  payments.some((payment) => Math.abs(payment.occurredAt - sale.at) <= terms.matchTolerance);

/** §4.1: the shop wrote this coupon's number on a bill that was paid without it. */
function writtenDown(draft: Draft, terms: Terms): readonly number[] {
  const payments = unsupportedOf(draft);
  if (payments.length === 0) return [];
  return salesAround(draft.till?.withoutCoupon ?? [], payments, terms)
    .filter(
      (sale) =>
        sale.coupon === draft.of.coupon && sale.totalYen >= draft.group.amountYen && isNear(sale, payments, terms),
    )
    .map((sale) => sale.row);
}

interface Claimant {
  readonly standing: ClaimantPairing;
  readonly sales: readonly number[];
}

/** §4.2: those who claim to have paid otherwise, against the shop's nameless bills paid without a coupon. By name. */
function pairClaimants(drafts: readonly Draft[], terms: Terms): ReadonlyMap<string, Claimant> {
  const byShop = new Map<number, Draft[]>();
  for (const draft of drafts) {
    const claims = draft.of.claims.some(
      ({ claim, valid }) => valid && claim.kind === 'cash_and_deducted' && claim.merchantId === draft.group.merchantId,
    );
    if (!claims || unsupportedOf(draft).length === 0 || writtenDown(draft, terms).length > 0) continue;
    const others = byShop.get(draft.merchant);
    if (others === undefined) byShop.set(draft.merchant, [draft]);
    else others.push(draft);
  }
  const result = new Map<string, Claimant>();
  for (const claimants of byShop.values()) {
    const sides = claimants.map((draft) => claimableSales(draft, terms));
    claimantPairings(sides).forEach((standing, position) => {
      result.set(nameOf(claimants[position] as Draft), { standing, sales: sides[position] ?? [] });
    });
  }
  return result;
}

const claimableSales = (draft: Draft, terms: Terms): readonly number[] =>
  salesAround(draft.till?.withoutCoupon ?? [], unsupportedOf(draft), terms)
    .filter(
      (sale) => sale.coupon < 0 && sale.totalYen === draft.group.amountYen && isNear(sale, unsupportedOf(draft), terms),
    )
    .map((sale) => sale.row);

/** Sales that the group could be paired with. */
function nearSales(draft: Draft, terms: Terms): readonly number[] {
  const sales = salesAround(draft.till?.salesOf(draft.group.amountYen) ?? [], draft.group.payments, terms).filter(
    (sale) => (sale.coupon < 0 || sale.coupon === draft.of.coupon) && isNear(sale, draft.group.payments, terms),
  );
  return sales.map((sale) => sale.row);
}
