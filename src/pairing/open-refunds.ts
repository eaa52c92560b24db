import { dateOf, type Instant } from '../base/instants.ts';
import { text } from '../base/text.ts';
import { ABSENT, ACCEPTED, type RefundedSale, type Reject, type SaleTable, type Tables } from '../tables/tables.ts';
import type { SetAsideSale } from './rejected-sales.ts';

const WHY = text('どの売上の返金か分からない', 'a refund of a sale that cannot be told');
const NONE: readonly SetAsideSale[] = [];

/** A refund that names no sale, or only part of one. */
interface OpenRefund {
  readonly sale: SetAsideSale;
  /** When the sales were made that it may take back, and those whose payments hang together with theirs. */
  readonly concerned: readonly Instant[];
}

/** Refunds that may take back a sale near an instant. */
export type RefundsAt = (merchant: number, at: Instant) => readonly SetAsideSale[];

/**
 * Refunds that may take back a sale near a payment. A shop gives back on the day, after the sale, and no more in each way of
 * paying than was paid in it: whatever else the shop sold that day stands as it is.
 */
export function openRefunds(
  tables: Tables,
  matchTolerance: number,
): (merchant: number, at: Instant) => readonly SetAsideSale[] {
  const byDay = gathered(tables, matchTolerance);
  if (byDay.size === 0) return () => NONE;
  return (merchant, at) =>
    (byDay.get(placeOf(merchant, at)) ?? []).flatMap(({ sale, concerned }) =>
      concerned.some((soldAt) => Math.abs(soldAt - at) <= matchTolerance) ? [sale] : [],
    );
}

const placeOf = (merchant: number, at: Instant): string => `${merchant} ${dateOf(at)}`;

function gathered(
  { rejects, merchants, sales }: Tables,
  matchTolerance: number,
): ReadonlyMap<string, readonly OpenRefund[]> {
  const found = new Map<string, OpenRefund[]>();
  const open = rejects.filter(({ refund }) => refund?.sale !== undefined && refund.isNetted !== true);
  if (open.length === 0) return found;
  const rowsOf = rowsByDay(sales);
  for (const reject of open) {
    const refunded = reject.refund?.sale as RefundedSale;
    const merchant = merchants.find(reject.merchantId ?? '');
    if (merchant === ABSENT) continue;
    const place = placeOf(merchant, refunded.soldAt);
    // Payments are paired with sales that a coupon paid; claims with bills that none did: neither hangs together with the other.
    const [withCoupon, without] = parted(rowsOf.get(place) ?? [], (row) => (sales.couponYen[row] as number) > 0);
    const concerned = [withCoupon, without].flatMap((rows) => concernedSales(rows, sales, refunded, matchTolerance));
    const refunds = found.get(place);
    const refund = { sale: asSetAside(reject), concerned };
    if (refunds === undefined) found.set(place, [refund]);
    else refunds.push(refund);
  }
  return found;
}

function parted<Thing>(things: readonly Thing[], isFirst: (thing: Thing) => boolean): readonly [Thing[], Thing[]] {
  const [first, second]: [Thing[], Thing[]] = [[], []];
  for (const thing of things) (isFirst(thing) ? first : second).push(thing);
  return [first, second];
}

/**
 * A payment is looked for among the sales at most T from it (matchTolerance): sales more than 2 T apart share none. Of those
 * that hang together each may stand for another\u2019s payment once one is taken back.
 */
function concernedSales(
  rows: readonly number[],
  sales: SaleTable,
  refunded: RefundedSale,
  matchTolerance: number,
): readonly Instant[] {
  const byTime = [...rows].sort((a, b) => (sales.soldAt[a] as number) - (sales.soldAt[b] as number));
  const concerned: Instant[] = [];
  let together: Instant[] = [];
  let mayBeOneOf = false;
  for (const row of byTime) {
    const at = sales.soldAt[row] as number;
    if (at - (together.at(-1) ?? at) > 2 * matchTolerance) {
      if (mayBeOneOf) concerned.push(...together);
      together = [];
      mayBeOneOf = false;
    }
    together.push(at);
    mayBeOneOf ||= mayTakeBack(refunded, sales, row);
  }
  if (mayBeOneOf) concerned.push(...together);
  return concerned;
}

const asSetAside = ({ rowId }: Reject): SetAsideSale => ({ reportId: rowId ?? '', why: WHY });

function rowsByDay({ rows, merchant, soldAt, disposition }: SaleTable): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (let row = 0; row < rows; row++) {
    if (disposition[row] !== ACCEPTED) continue;
    const place = placeOf(merchant[row] as number, soldAt[row] as number);
    const list = found.get(place);
    if (list === undefined) found.set(place, [row]);
    else list.push(row);
  }
  return found;
}

const mayTakeBack = ({ soldAt, couponYen, cashYen, otherYen }: RefundedSale, sales: SaleTable, row: number): boolean =>
  (sales.soldAt[row] as number) <= soldAt &&
  (sales.couponYen[row] as number) >= couponYen &&
  (sales.cashYen[row] as number) >= cashYen &&
  (sales.otherYen[row] as number) >= otherYen;
