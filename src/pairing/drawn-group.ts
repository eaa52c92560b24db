import { lowerBound } from '../base/lower-bound.ts';
import { mapped } from '../base/steps.ts';
import type { Terms } from '../policy/terms.ts';
import type { Absent, CouponIndex } from '../tables/pool-index.ts';
import { firstIndexAt, type ListedCombinations, listCombinations } from './combinations.ts';
import { type DrawnPairing, drawPairings } from './drawing.ts';
import type { Group } from './groups.ts';
import { MaximumPairing } from './maximum-pairing.ts';
import type { MerchantPayment, MerchantTill, Sale } from './merchant-record.ts';
import { type ListStretch, SalesInReach } from './sales-in-reach.ts';

/** A busy till has thousands of equal payments: so many of a kind are drawn, and the others counted. */
export const MOST_DRAWN = 12;
/** Of the other ways to use the sale or the payments of a bill a few are enough to see that it is not the only one. */
const MOST_SHARING = 3;

export interface DrawnPair {
  readonly payment: MerchantPayment;
  readonly sale: Sale | undefined;
}

/** One bill that could have been paid with several coupons. */
interface Bill {
  readonly sale: Sale;
  readonly payments: readonly MerchantPayment[];
}

export interface DrawnBill extends Bill {
  /** A sole combination: no other shares its sale or one of its payments. */
  readonly sole: boolean;
  readonly sharedWith: Drawn<Bill>;
}

/** The first few, and how many there are. */
export interface Drawn<Thing> {
  readonly shown: readonly Thing[];
  readonly count: number;
}

/** A group of payments beside the shop's sales, as a person can follow it. */
export interface DrawnGroup {
  readonly payments: readonly { readonly payment: MerchantPayment; readonly sales: Drawn<Sale> }[];
  /** Sales that one of the payments could be paired with, each once. */
  readonly salesInReach: number;
  /** Other payments that could be paired with one of these sales. */
  readonly rivals: Drawn<MerchantPayment>;
  /** hi and lo: how many of the group a maximum pairing pairs at most and at least; and how many of all that concern it. */
  readonly highest: number;
  readonly lowest: number;
  readonly total: number;
  /** Those pairs of either pairing that concern the group: its own, what they give way to, and its rivals'. */
  readonly most: Drawn<DrawnPair>;
  readonly least: Drawn<DrawnPair>;
  readonly bills: Drawn<DrawnBill>;
  /** More payments at once than bills are looked for among. */
  readonly crowded: boolean;
  /**
   * Where a payment may stay without a sale: bills at most T away that were paid without a coupon, with this coupon's number on
   * them, or nameless and of this amount.
   */
  readonly paidOtherwise: Drawn<Sale>;
}

const NONE = -1;
/** Where the things stand that are wanted, ascending. */
function placesWhere<Thing>(things: readonly Thing[], isWanted: (thing: Thing, place: number) => boolean): number[] {
  const places: number[] = [];
  for (const [place, thing] of things.entries()) if (isWanted(thing, place)) places.push(place);
  return places;
}

const drawn = <Thing>(all: readonly Thing[]): Drawn<Thing> => ({ shown: all.slice(0, MOST_DRAWN), count: all.length });

/** A till that is drawn: of a coupon with very many groups there, what concerns them all is worked out once. */
export class DrawnTill {
  private readonly till: MerchantTill;
  private readonly terms: Terms;
  private readonly paymentsOf: ReadonlyMap<number, readonly MerchantPayment[]>;
  private readonly salesOf: ReadonlyMap<number, readonly Sale[]>;
  private spare: Spare | undefined;
  private bills: PaidOtherwise | undefined;

  constructor(till: MerchantTill, terms: Terms) {
    this.till = till;
    this.terms = terms;
    this.paymentsOf = by(till.payments, (payment) => payment.amountYen);
    this.salesOf = by(till.sales, (sale) => sale.couponYen);
  }

  /**
   * In steps: a till may have a million payments.
   *
   * @param group every one of whose days is covered
   */
  *draw(group: Group): Generator<undefined, DrawnGroup> {
    const payments = this.paymentsOf.get(group.amountYen) ?? [];
    const sales = this.salesOf.get(group.amountYen) ?? [];
    const rows = new Set(group.payments.map((payment) => payment.row));
    const own = placesWhere(payments, ({ row }) => rows.has(row));
    const ofGroup = own.map((at) => payments[at] as MerchantPayment);
    const reach = new SalesInReach(sales, this.terms.matchTolerance);
    yield undefined;
    const wanted = new WantedSales(ofGroup, sales.length, reach);
    const isOwn = new Set(own);
    yield undefined;
    const { most, least } = yield* drawPairings(payments, sales, isOwn, this.terms.matchTolerance);
    const paired = (pairing: DrawnPairing): number => own.filter((at) => (pairing[at] ?? NONE) !== NONE).length;
    const changed = placesWhere(payments, (_, at) => most[at] !== least[at]);
    yield undefined;
    const rivals = placesWhere(payments, (payment, at) => !isOwn.has(at) && wanted.isAnyOf(payment));
    yield undefined;
    const concerned = [...new Set([...own, ...changed, ...rivals])];
    const pairsOf = (pairing: DrawnPairing): Drawn<DrawnPair> => ({
      shown: concerned
        .slice(0, MOST_DRAWN)
        .map((at) => ({ payment: payments[at] as MerchantPayment, sale: sales[pairing[at] ?? NONE] })),
      count: concerned.length,
    });
    const isAllPaired = paired(least) === own.length;
    yield undefined;
    return {
      payments: yield* mapped(ofGroup, (payment) => ({
        payment,
        sales: {
          shown: reach.firstOf(payment, MOST_DRAWN).map((sale) => sales[sale] as Sale),
          count: reach.count(payment),
        },
      })),
      salesInReach: wanted.size,
      rivals: { shown: rivals.slice(0, MOST_DRAWN).map((at) => payments[at] as MerchantPayment), count: rivals.length },
      highest: paired(most),
      lowest: paired(least),
      total: concerned.filter((at) => most[at] !== NONE).length,
      most: pairsOf(most),
      least: pairsOf(least),
      ...(yield* this.drawBills(group)),
      paidOtherwise: drawn(isAllPaired ? [] : this.paidOtherwise(group, ofGroup)),
    };
  }

  private *drawBills({ payments }: Group): Generator<undefined, Pick<DrawnGroup, 'bills' | 'crowded'>> {
    const spare = this.spare ?? (yield* spareOf(this.paymentsOf, this.salesOf, this.terms));
    this.spare = spare;
    const own = payments.flatMap(({ row }) => spare.placeOf.get(row) ?? []);
    const isCrowded = own.some((at) => spare.combinations.standing[at] === 'crowded');
    return { bills: yield* billsOf(own, spare, this.terms), crowded: isCrowded };
  }

  /** Bills paid without a coupon near one of the payments, in the order of the till. */
  private paidOtherwise({ amountYen }: Group, payments: readonly MerchantPayment[]): readonly Sale[] {
    this.bills ??= paidOtherwiseAt(this.till);
    const { nameless, byCoupon, sales } = this.bills;
    const coupon = payments[0]?.coupon ?? NONE;
    const near = (places: readonly number[]): readonly number[] =>
      nearOf(places, (place) => sales[place]?.at ?? 0, payments, this.terms.matchTolerance);
    const named = coupon < 0 ? [] : near(byCoupon.get(coupon as CouponIndex) ?? []);
    return [
      ...near(nameless.get(amountYen) ?? []),
      ...named.filter((place) => (sales[place]?.totalYen ?? 0) >= amountYen),
    ]
      .sort((a, b) => a - b)
      .map((place) => sales[place] as Sale);
  }
}

/** The sales that one of a group's payments could be paired with, each once. */
class WantedSales {
  readonly size: number;
  private readonly reach: SalesInReach;
  /** By place among the sales that name no coupon, or that name the group's: how many before it are wanted. */
  private readonly before = new Map<readonly number[], Int32Array>();

  /** @param payments of one coupon, by time */
  constructor(payments: readonly MerchantPayment[], sales: number, reach: SalesInReach) {
    this.reach = reach;
    const isWanted = new Uint8Array(sales);
    const mark = (stretches: readonly ListStretch[]): void => {
      let done = 0;
      for (const { list, from, end } of stretches) {
        for (let place = Math.max(from, done); place < end; place++) isWanted[list[place] as number] = 1;
        done = Math.max(done, end);
      }
    };
    mark(payments.map((payment) => reach.namelessOf(payment)));
    mark(payments.map((payment) => reach.namedOf(payment)));
    const coupon = payments[0]?.coupon;
    let size = 0;
    for (const list of [reach.nameless, coupon === undefined ? [] : reach.namedFor(coupon)]) {
      const before = new Int32Array(list.length + 1);
      list.forEach((sale, place) => {
        before[place + 1] = (before[place] as number) + (isWanted[sale] as number);
      });
      this.before.set(list, before);
      size += before[list.length] as number;
    }
    this.size = size;
  }

  /** Whether another payment could be paired with one of them. */
  isAnyOf(payment: MerchantPayment): boolean {
    return [this.reach.namelessOf(payment), this.reach.namedOf(payment)].some(({ list, from, end }) => {
      const before = this.before.get(list);
      return before !== undefined && (before[end] as number) > (before[from] as number);
    });
  }
}

/** Bills of a till that were paid without a coupon, by their places among its sales. */
interface PaidOtherwise {
  readonly sales: readonly Sale[];
  /** By their total. */
  readonly nameless: ReadonlyMap<number, readonly number[]>;
  readonly byCoupon: ReadonlyMap<CouponIndex | Absent, readonly number[]>;
}

function paidOtherwiseAt({ sales }: MerchantTill): PaidOtherwise {
  const places = Array.from(sales.keys()).filter((place) => sales[place]?.couponYen === 0);
  const saleAt = (place: number): Sale => sales[place] as Sale;
  return {
    sales,
    nameless: by(
      places.filter((place) => saleAt(place).coupon < 0),
      (place) => saleAt(place).totalYen,
    ),
    byCoupon: by(
      places.filter((place) => saleAt(place).coupon >= 0),
      (place) => saleAt(place).coupon,
    ),
  };
}

/** Those of the things that lie at most T from one of the payments. Both by time. */
function nearOf(
  things: readonly number[],
  atOf: (thing: number) => number,
  payments: readonly MerchantPayment[],
  tolerance: number,
): readonly number[] {
  const firstAt = (atLeast: number): number =>
    lowerBound(things.length, atLeast, (place) => atOf(things[place] as number));
  const found: number[] = [];
  let done = 0;
  for (const { at } of things.length === 0 ? [] : payments) {
    const end = firstAt(at + tolerance + 1);
    for (let place = Math.max(done, firstAt(at - tolerance)); place < end; place++) found.push(things[place] as number);
    done = Math.max(done, end);
  }
  return found;
}

/** Spare payments and sales: only of these can a bill be made up (3-rules.md §3). */
interface Spare {
  readonly payments: readonly MerchantPayment[];
  readonly sales: readonly Sale[];
  /** Where a payment stands among them, by its row. */
  readonly placeOf: ReadonlyMap<number, number>;
  readonly combinations: ListedCombinations;
}

function* spareOf(
  paymentsOf: ReadonlyMap<number, readonly MerchantPayment[]>,
  salesOf: ReadonlyMap<number, readonly Sale[]>,
  terms: Terms,
): Generator<undefined, Spare> {
  const payments: MerchantPayment[] = [];
  const sales: Sale[] = [];
  const amounts = new Set([...paymentsOf.keys(), ...[...salesOf.keys()].filter((yen) => yen > 0)]);
  for (const amountYen of amounts) {
    const [own, sold] = [paymentsOf.get(amountYen) ?? [], salesOf.get(amountYen) ?? []];
    const pairing = yield* MaximumPairing.inSteps(own, sold, terms.matchTolerance);
    const spareSale = yield* pairing.findSpareSales();
    for (const [at, payment] of own.entries()) if (pairing.sparePayment[at] === 1) payments.push(payment);
    for (const [at, sale] of sold.entries()) if (spareSale[at] === 1) sales.push(sale);
    yield undefined;
  }
  const byTime = (a: MerchantPayment | Sale, b: MerchantPayment | Sale): number => a.at - b.at || a.row - b.row;
  payments.sort(byTime);
  yield undefined;
  sales.sort(byTime);
  yield undefined;
  const placeOf = new Map<number, number>();
  for (const [place, { row }] of payments.entries()) placeOf.set(row, place);
  return { payments, sales, placeOf, combinations: yield* listCombinations(payments, sales, terms) };
}

/** Things by what they have in common, each in its order: a till may have as many amounts as payments. */
function by<Key, Thing>(things: readonly Thing[], keyOf: (thing: Thing) => Key): ReadonlyMap<Key, readonly Thing[]> {
  const found = new Map<Key, Thing[]>();
  for (const thing of things) {
    const list = found.get(keyOf(thing));
    if (list === undefined) found.set(keyOf(thing), [thing]);
    else list.push(thing);
  }
  return found;
}

/** Places, the end not among them. */
interface Places {
  readonly from: number;
  readonly end: number;
}

/** @param own the group's spare payments */
function* billsOf(
  own: readonly number[],
  { payments, sales, combinations }: Spare,
  terms: Terms,
): Generator<undefined, DrawnGroup['bills']> {
  const { uncrowded, standing, eachFrom } = combinations;
  const firstAt = (atLeast: number): number => firstIndexAt(payments, atLeast);
  // The earliest payment of a combination comes at most G before any other.
  const upTo = (member: number): Places => ({
    from: firstAt((payments[member]?.at ?? 0) - terms.repeatPressGap),
    end: member + 1,
  });
  const around = ({ at }: Sale): Places => ({
    from: firstAt(at - terms.matchTolerance),
    end: firstAt(at + terms.matchTolerance + 1),
  });
  function* collect(
    most: number,
    places: readonly Places[],
    wanted: (found: Found) => boolean,
  ): Generator<undefined, Drawn<Found>> {
    const shown: Found[] = [];
    let count = 0;
    yield* eachFrom(withinAny(uncrowded, places), (sale, members) => {
      if (!wanted({ sale, members })) return;
      count++;
      if (shown.length < most) shown.push({ sale, members: [...members] });
    });
    return { shown, count };
  }
  const billOf = ({ sale, members }: Found): Bill => ({
    sale: sales[sale] as Sale,
    payments: members.map((member) => payments[member] as MerchantPayment),
  });
  const open = own.filter((member) => standing[member] !== 'crowded');
  const isOpen = new Set(open);
  const isOwn = ({ members }: Found): boolean => members.some((member) => isOpen.has(member));
  const found = yield* collect(MOST_DRAWN, open.map(upTo), isOwn);
  const bills: DrawnBill[] = [];
  for (const bill of found.shown) {
    const places = [...bill.members.map(upTo), around(sales[bill.sale] as Sale)];
    const sharing = yield* collect(MOST_SHARING, places, (other) => isSharing(bill, other));
    const sole = bill.members.every((member) => standing[member] === 'sole');
    bills.push({ ...billOf(bill), sole, sharedWith: { ...sharing, shown: sharing.shown.map(billOf) } });
  }
  return { ...found, shown: bills };
}

/** Those of ascending numbers that lie in one of the stretches, each once and ascending. */
function withinAny(numbers: readonly number[], stretches: readonly Places[]): readonly number[] {
  const found: number[] = [];
  let done = 0;
  for (const { from, end } of [...stretches].sort((a, b) => a.from - b.from)) {
    let place = Math.max(
      done,
      lowerBound(numbers.length, from, (at) => numbers[at] as number),
    );
    for (; place < numbers.length && (numbers[place] as number) < end; place++) found.push(numbers[place] as number);
    done = Math.max(done, place);
  }
  return found;
}

interface Found {
  readonly sale: number;
  readonly members: readonly number[];
}

/** Another combination that uses the same sale or one of the same payments. */
function isSharing(bill: Found, other: Found): boolean {
  const sameSale = bill.sale === other.sale;
  if (sameSale && bill.members.join() === other.members.join()) return false;
  return sameSale || other.members.some((member) => bill.members.includes(member));
}
