import type { Instant } from '../base/instants.ts';
import { lowerBound } from '../base/lower-bound.ts';
import { drained } from '../base/steps.ts';
import type { Absent, CouponIndex } from '../tables/pool-index.ts';

/** One bill paid with several coupons: a spare sale and the spare payments that add up to it (3-rules.md §3). */
export interface SparePayment {
  readonly at: Instant;
  readonly coupon: CouponIndex;
  readonly amountYen: number;
}

export interface SpareSale {
  readonly at: Instant;
  /** The coupon that the shop wrote down. */
  readonly coupon: CouponIndex | Absent;
  readonly couponYen: number;
}

export interface CombinationLimits {
  /** G, in microseconds. */
  readonly repeatPressGap: number;
  /** T, in microseconds. */
  readonly matchTolerance: number;
}

/** `sole` as 3-rules.md §3 has it; `shared`: in a combination that is not; `crowded`: more than 24 spare ones within G. */
export type CombinationStanding = 'none' | 'sole' | 'shared' | 'crowded';

/** What combinations say of each spare payment, and which sale is its bill where there is only one. */
export interface Combinations {
  readonly standing: readonly CombinationStanding[];
  readonly saleOf: ReadonlyMap<number, number>;
}

const FEWEST = 2;
const MOST = 6;
const MOST_IN_SPAN = 24;

interface Found {
  readonly sale: number;
  readonly payments: readonly number[];
}

/** @param payments spare payments of one shop, by time @param sales its spare sales with coupon money, by time */
export const findCombinations = (
  payments: readonly SparePayment[],
  sales: readonly SpareSale[],
  limits: CombinationLimits,
): Combinations => drained(combinationsInSteps(payments, sales, limits));

/** The same in steps: at one shop there may be very many. */
export function* combinationsInSteps(
  payments: readonly SparePayment[],
  sales: readonly SpareSale[],
  limits: CombinationLimits,
): Generator<undefined, Combinations> {
  const crowded = crowdedPayments(payments, limits.repeatPressGap);
  const paymentCount = new Int32Array(payments.length);
  const saleCount = new Int32Array(sales.length);
  // Only a combination that meets nothing counted before it can still turn out to be sole.
  const candidates: Found[] = [];
  const take: TakeCombination = (sale, members) => {
    const fresh = saleCount[sale] === 0 && members.every((member) => paymentCount[member] === 0);
    if (fresh) candidates.push({ sale, payments: [...members] });
    saleCount[sale] = (saleCount[sale] ?? 0) + 1;
    for (const member of members) paymentCount[member] = (paymentCount[member] ?? 0) + 1;
  };
  yield* eachCombination(payments.keys(), { payments, sales, limits, crowded }, take);
  const sole = candidates.filter(
    (found) => saleCount[found.sale] === 1 && found.payments.every((member) => paymentCount[member] === 1),
  );
  const saleOf = new Map(sole.flatMap((found) => found.payments.map((member) => [member, found.sale] as const)));
  const standing = payments.map((_, index): CombinationStanding => {
    if (crowded[index] === 1) return 'crowded';
    if (saleOf.has(index)) return 'sole';
    return paymentCount[index] === 0 ? 'none' : 'shared';
  });
  return { standing, saleOf };
}

/** Payments that lie with more than 24 others within one span of G: they enter no combination. */
function crowdedPayments(payments: readonly SparePayment[], gap: number): Uint8Array {
  const crowded = new Uint8Array(payments.length);
  let end = 0;
  let marked = 0;
  for (let start = 0; start < payments.length; start++) {
    while (end < payments.length && (payments[end]?.at ?? 0) - (payments[start]?.at ?? 0) <= gap) end++;
    if (end - start <= MOST_IN_SPAN) continue;
    crowded.fill(1, Math.max(start, marked), end);
    marked = end;
  }
  return crowded;
}

type TakeCombination = (sale: number, members: readonly number[]) => void;

/** What combinations are made up of: spare payments and sales of one shop, by time, and which payments enter none. */
interface Spare {
  readonly payments: readonly SparePayment[];
  readonly sales: readonly SpareSale[];
  readonly limits: CombinationLimits;
  readonly crowded: Uint8Array;
}

/** Every combination once, by its earliest payment: a walk over the sums of at most six of at most 24 payments. */
function* eachCombination(
  firsts: Iterable<number>,
  { payments, sales, limits, crowded }: Spare,
  take: TakeCombination,
): Generator<undefined, void> {
  for (const first of firsts) {
    if (crowded[first] === 1) continue;
    yield undefined;
    const start = payments[first] as SparePayment;
    const byYen = salesNear(sales, start.at, limits.matchTolerance);
    if (byYen.size === 0) continue;
    const others = followers(payments, first, limits.repeatPressGap, crowded);
    const largest = Math.max(...byYen.keys());
    const members = [first];
    const offer = (sum: number): void => {
      for (const sale of byYen.get(sum) ?? [])
        if (canPayWith(members, sales[sale] as SpareSale, payments, limits)) take(sale, members);
    };
    const extend = (from: number, sum: number): void => {
      if (members.length >= FEWEST) offer(sum);
      if (members.length === MOST) return;
      for (let at = from; at < others.length; at++) {
        const other = others[at] as number;
        const { coupon, amountYen } = payments[other] as SparePayment;
        if (sum + amountYen > largest || members.some((member) => payments[member]?.coupon === coupon)) continue;
        members.push(other);
        extend(at + 1, sum + amountYen);
        members.pop();
      }
    };
    extend(0, start.amountYen);
  }
}

/** Sales within T of an instant, by their coupon yen. */
function salesNear(
  sales: readonly SpareSale[],
  at: Instant,
  tolerance: number,
): ReadonlyMap<number, readonly number[]> {
  const byYen = new Map<number, number[]>();
  for (let index = firstIndexAt(sales, at - tolerance); index < sales.length; index++) {
    const sale = sales[index] as SpareSale;
    if (sale.at > at + tolerance) break;
    const list = byYen.get(sale.couponYen);
    if (list === undefined) byYen.set(sale.couponYen, [index]);
    else list.push(index);
  }
  return byYen;
}

/** The first of things in order of time that is at or after the instant. */
export const firstIndexAt = (things: readonly { readonly at: Instant }[], atLeast: Instant): number =>
  lowerBound(things.length, atLeast, (place) => things[place]?.at ?? 0);

function followers(
  payments: readonly SparePayment[],
  first: number,
  gap: number,
  crowded: Uint8Array,
): readonly number[] {
  const start = payments[first]?.at ?? 0;
  const others: number[] = [];
  for (let at = first + 1; at < payments.length && (payments[at]?.at ?? 0) - start <= gap; at++) {
    if (crowded[at] === 0) others.push(at);
  }
  return others;
}

/** Whether the last of them is near enough to a sale of their sum, and a coupon that it names is one of theirs. */
function canPayWith(
  members: readonly number[],
  { at, coupon }: SpareSale,
  payments: readonly SparePayment[],
  limits: CombinationLimits,
): boolean {
  const last = payments[members.at(-1) ?? 0]?.at ?? 0;
  if (Math.abs(last - at) > limits.matchTolerance) return false;
  return coupon < 0 || members.some((member) => payments[member]?.coupon === coupon);
}

/** Combinations of one shop, for a person who is to see some of them. */
export interface ListedCombinations {
  readonly standing: Combinations['standing'];
  /** The payments that can enter one, ascending. */
  readonly uncrowded: readonly number[];
  /** Calls back with each combination whose earliest payment is one of these, in their order. */
  readonly eachFrom: (firsts: Iterable<number>, take: TakeCombination) => Generator<undefined, void>;
}

/** Worked out once, whoever asks for some of them. Both by time, spare ones of one shop. */
export function* listCombinations(
  payments: readonly SparePayment[],
  sales: readonly SpareSale[],
  limits: CombinationLimits,
): Generator<undefined, ListedCombinations> {
  const crowded = crowdedPayments(payments, limits.repeatPressGap);
  const spare = { payments, sales, limits, crowded };
  const { standing } = yield* combinationsInSteps(payments, sales, limits);
  return {
    standing,
    uncrowded: Array.from(payments.keys()).filter((payment) => crowded[payment] === 0),
    eachFrom: (firsts, take) => eachCombination(firsts, spare, take),
  };
}
