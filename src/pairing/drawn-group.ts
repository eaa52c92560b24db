import type { Terms } from '../policy/terms.ts';
import { findCombinations, listCombinations } from './combinations.ts';
import { type DrawnPairing, drawPairings, salesInReach } from './drawing.ts';
import type { Group } from './groups.ts';
import { MaximumPairing } from './maximum-pairing.ts';
import type { MerchantPayment, MerchantTill, Sale } from './merchant-record.ts';

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

/** @param till where every one of the group's days is covered */
export function drawGroup(till: MerchantTill, group: Group, terms: Terms): DrawnGroup {
  const payments = till.payments.filter((payment) => payment.amountYen === group.amountYen);
  const sales = till.sales.filter((sale) => sale.couponYen === group.amountYen);
  const rows = new Set(group.payments.map((payment) => payment.row));
  const own = payments.flatMap((payment, at) => (rows.has(payment.row) ? [at] : []));
  const ofGroup = own.map((at) => payments[at] as MerchantPayment);
  const reach = (payment: MerchantPayment): readonly number[] => salesInReach(payment, sales, terms.matchTolerance);
  const wanted = new Set(ofGroup.flatMap(reach));
  const { most, least } = drawPairings(payments, sales, new Set(own), terms.matchTolerance);
  const paired = (pairing: DrawnPairing): number => own.filter((at) => (pairing[at] ?? NONE) !== NONE).length;
  const changed = [...payments.keys()].filter((at) => most[at] !== least[at]);
  const rivals = [...payments.keys()].filter(
    (at) => !own.includes(at) && reach(payments[at] as MerchantPayment).some((sale) => wanted.has(sale)),
  );
  const concerned = [...new Set([...own, ...changed, ...rivals])];
  const pairsOf = (pairing: DrawnPairing): Drawn<DrawnPair> =>
    drawn(concerned.map((at) => ({ payment: payments[at] as MerchantPayment, sale: sales[pairing[at] ?? NONE] })));
  return {
    payments: ofGroup.map((payment) => ({
      payment,
      sales: drawn(reach(payment).map((sale) => sales[sale] as Sale)),
    })),
    salesInReach: wanted.size,
    rivals: drawn(rivals.map((at) => payments[at] as MerchantPayment)),
    highest: paired(most),
    lowest: paired(least),
    total: concerned.filter((at) => most[at] !== NONE).length,
    most: pairsOf(most),
    least: pairsOf(least),
    ...drawBills(till, rows, terms),
    paidOtherwise: drawn(paired(least) === own.length ? [] : paidOtherwise(till, group, ofGroup, terms)),
  };
}

const NONE = -1;
const drawn = <Thing>(all: readonly Thing[]): Drawn<Thing> => ({ shown: all.slice(0, MOST_DRAWN), count: all.length });

function paidOtherwise(
  { sales }: MerchantTill,
  { amountYen }: Group,
  payments: readonly MerchantPayment[],
  terms: Terms,
): readonly Sale[] {
  const coupon = payments[0]?.coupon;
  return sales.filter(
    (sale) =>
      sale.couponYen === 0 &&
      (sale.coupon < 0 ? sale.totalYen === amountYen : sale.coupon === coupon && sale.totalYen >= amountYen) &&
      payments.some((payment) => Math.abs(payment.at - sale.at) <= terms.matchTolerance),
  );
}

/** Spare payments and sales: only of these can a bill be made up (3-rules.md §3). */
function spareOf(
  till: MerchantTill,
  terms: Terms,
): { readonly payments: readonly MerchantPayment[]; readonly sales: readonly Sale[] } {
  const spare = { payments: [] as MerchantPayment[], sales: [] as Sale[] };
  const paymentsOf = byYen(till.payments, (payment) => payment.amountYen);
  const salesOf = byYen(till.sales, (sale) => sale.couponYen);
  const amounts = new Set([...paymentsOf.keys(), ...[...salesOf.keys()].filter((yen) => yen > 0)]);
  for (const amountYen of amounts) {
    const [payments, sales] = [paymentsOf.get(amountYen) ?? [], salesOf.get(amountYen) ?? []];
    const pairing = new MaximumPairing(payments, sales, terms.matchTolerance);
    spare.payments.push(...payments.filter((_, at) => pairing.sparePayment[at] === 1));
    spare.sales.push(...sales.filter((_, at) => pairing.spareSale[at] === 1));
  }
  const byTime = (a: MerchantPayment | Sale, b: MerchantPayment | Sale): number => a.at - b.at || a.row - b.row;
  return { payments: spare.payments.sort(byTime), sales: spare.sales.sort(byTime) };
}

/** Things by their yen, each in its order: a till may have as many amounts as payments. */
function byYen<Thing>(
  things: readonly Thing[],
  yenOf: (thing: Thing) => number,
): ReadonlyMap<number, readonly Thing[]> {
  const found = new Map<number, Thing[]>();
  for (const thing of things) {
    const list = found.get(yenOf(thing));
    if (list === undefined) found.set(yenOf(thing), [thing]);
    else list.push(thing);
  }
  return found;
}

function drawBills(till: MerchantTill, rows: ReadonlySet<number>, terms: Terms): Pick<DrawnGroup, 'bills' | 'crowded'> {
  const { payments, sales } = spareOf(till, terms);
  const own = new Set(payments.flatMap((payment, at) => (rows.has(payment.row) ? [at] : [])));
  if (own.size === 0) return { bills: drawn([]), crowded: false };
  const { standing } = findCombinations(payments, sales, terms);
  const combinations = (most: number, wanted: (found: Found) => boolean): Drawn<Found> => {
    const shown: Found[] = [];
    let count = 0;
    listCombinations(payments, sales, terms, (sale, members) => {
      if (!wanted({ sale, members })) return;
      count++;
      if (shown.length < most) shown.push({ sale, members: [...members] });
    });
    return { shown, count };
  };
  const billOf = ({ sale, members }: Found): Bill => ({
    sale: sales[sale] as Sale,
    payments: members.map((member) => payments[member] as MerchantPayment),
  });
  const found = combinations(MOST_DRAWN, ({ members }) => members.some((member) => own.has(member)));
  const bills = found.shown.map((bill): DrawnBill => {
    const sharing = combinations(MOST_SHARING, (other) => isSharing(bill, other));
    const sole = bill.members.every((member) => standing[member] === 'sole');
    return { ...billOf(bill), sole, sharedWith: { ...sharing, shown: sharing.shown.map(billOf) } };
  });
  return { bills: { ...found, shown: bills }, crowded: [...own].some((at) => standing[at] === 'crowded') };
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
