import { drained } from '../base/steps.ts';
import type { Payment } from '../ledger/case.ts';
import { firstIndexAt } from './combinations.ts';
import { MaximumPairing } from './maximum-pairing.ts';
import type { MerchantPayment, Sale } from './merchant-record.ts';

/** So few are paired at once. */
const FEW = 1 << 10;

/** Payments of E and sales of one amount that lie together: no two parts can pair, being more than T apart. */
export class Component {
  private readonly payments: readonly MerchantPayment[];
  private readonly sales: readonly Sale[];
  private readonly tolerance: number;
  /** Every payment has its sale: none is spare, and nothing needs to be paired to know it. */
  private readonly isSettled: boolean;
  private index: ReadonlyMap<number, number> | undefined;
  private paired: MaximumPairing | undefined;

  constructor(payments: readonly MerchantPayment[], sales: readonly Sale[], tolerance: number, hasOwnSale: Uint8Array) {
    this.payments = payments;
    this.sales = sales;
    this.tolerance = tolerance;
    this.isSettled = payments.every(({ row }) => hasOwnSale[row] === 1);
  }

  /** Where a payment stands, by its row. */
  private get indexOf(): ReadonlyMap<number, number> {
    this.index ??= placesByRow(this.payments);
    return this.index;
  }

  private get pairing(): MaximumPairing {
    return this.paired ?? drained(this.pairInSteps());
  }

  /** Pairs all of it, once, so that whatever is asked of it then takes no long time. */
  *pairInSteps(): Generator<undefined, MaximumPairing> {
    if (this.paired === undefined && this.payments.length + this.sales.length > FEW)
      this.paired = yield* MaximumPairing.inSteps(this.payments, this.sales, this.tolerance);
    this.paired ??= MaximumPairing.of(this.payments, this.sales, this.tolerance);
    return this.paired;
  }

  holdsAny(group: readonly Payment[]): boolean {
    const [first, last] = [this.payments[0], this.payments.at(-1)];
    if (first === undefined || last === undefined) return false;
    return group.some(({ row, occurredAt: at }) => at >= first.at && at <= last.at && this.indexOf.has(row));
  }

  /** What this part adds to lo of a group. */
  lowest(group: readonly Payment[]): number {
    const indices = group.flatMap((payment) => this.indexOf.get(payment.row) ?? []);
    return this.isSettled ? indices.length : this.pairing.lowest(indices);
  }

  isSpare(row: number): boolean {
    const index = this.indexOf.get(row);
    return !this.isSettled && index !== undefined && this.pairing.sparePayment[index] === 1;
  }

  sparePayments(): readonly MerchantPayment[] {
    if (this.isSettled) return [];
    return this.payments.filter((_, index) => this.pairing.sparePayment[index] === 1);
  }

  /** Whether a bill of it could take in one of the payments. @param payments by time */
  hasSaleNear(payments: readonly MerchantPayment[]): boolean {
    const [first, last] = [this.sales[0], this.sales.at(-1)];
    if (first === undefined || last === undefined) return false;
    const next = payments[firstIndexAt(payments, first.at - this.tolerance)];
    return next !== undefined && next.at <= last.at + this.tolerance;
  }

  *spareSales(): Generator<undefined, readonly Sale[]> {
    if (this.payments.length === 0) return this.sales;
    // Every payment has its sale, and so many sales there are.
    if (this.isSettled && this.sales.length === this.payments.length) return [];
    const pairing = yield* this.pairInSteps();
    const spareSale = yield* pairing.findSpareSales();
    return this.sales.filter((_, index) => spareSale[index] === 1);
  }
}

function placesByRow(payments: readonly MerchantPayment[]): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  for (const [place, { row }] of payments.entries()) places.set(row, place);
  return places;
}

/** Cuts the merged sequence wherever two neighbours lie further apart than T, as payments and their sales may not. */
export function splitByTime(
  payments: readonly MerchantPayment[],
  sales: readonly Sale[],
  tolerance: number,
): { payments: MerchantPayment[]; sales: Sale[] }[] {
  const parts: { payments: MerchantPayment[]; sales: Sale[] }[] = [];
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
