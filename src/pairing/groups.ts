import { compareText } from '../base/text.ts';
import type { Case, Evidence, Payment } from '../ledger/case.ts';
import { duringOutage } from '../policy/policy.ts';
import type { Terms } from '../policy/terms.ts';
import type { ClaimantPairing } from './claimants.ts';

/** A case's completed payments in W, not undone, at one shop, of one amount (3-rules.md §3). n is how many. */
export interface Group {
  readonly merchantId: string;
  readonly amountYen: number;
  /** By time, then transaction id. */
  readonly payments: readonly Payment[];
}

/** What the shop's record says of a group (3-rules.md §3). */
export type Support =
  | { readonly kind: 'uncovered'; readonly repeats: number }
  | {
      readonly kind: 'ambiguous';
      readonly because: 'pairings differ' | 'bills overlap' | 'crowded till' | 'bill or sale';
      /** lo. */
      readonly lowest: number;
      /** hi. */
      readonly highest: number;
    }
  | {
      readonly kind: 'decided';
      /** lo = hi: how many payments every best pairing pairs with a sale. */
      readonly paired: number;
      /** Z: payments that are part of one bill paid with several coupons. */
      readonly combined: readonly Payment[];
      /** U. With Z and lo: k = paired + combined, u = unsupported. */
      readonly unsupported: readonly Payment[];
    };

/** Why a record leaves it open which payments of a group have a sale. */
export type Ambiguity = Extract<Support, { kind: 'ambiguous' }>['because'];

export interface GroupRecord {
  readonly group: Group;
  readonly support: Support;
  /** Sales that name this coupon, paid without it, near an unsupported payment. */
  readonly writtenDown: readonly Evidence[];
  /** Sales that a claim of "paid otherwise" could stand for, and whether they suffice for all who claim. */
  readonly claimant: ClaimantPairing | 'no claim';
  readonly claimedSales: readonly Evidence[];
  /** Sales of the same amount that the group could be paired with, the nearest few. */
  readonly nearSales: readonly Evidence[];
  /** Sales that are the bill of a combined payment. */
  readonly bills: readonly Evidence[];
}

export function groupsOf(coupon: Pick<Case, 'payments'>, terms: Terms): readonly Group[] {
  const paid = coupon.payments.filter((payment) => !payment.undone && duringOutage(terms, payment.occurredAt));
  if (paid.length < 2) return paid.map((payment) => groupOf([payment]));
  const groups = new Map<string, Payment[]>();
  for (const payment of paid) {
    const key = `${payment.amountYen} ${payment.merchantId}`;
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [payment]);
    else list.push(payment);
  }
  return Array.from(groups.values(), groupOf).sort(
    (a, b) => compareText(a.merchantId, b.merchantId) || a.amountYen - b.amountYen,
  );
}

const groupOf = (payments: readonly Payment[]): Group => ({
  merchantId: payments[0]?.merchantId ?? '',
  amountYen: payments[0]?.amountYen ?? 0,
  payments,
});

/** How many payments come at most the given span after the one before them. */
export const countRepeats = (payments: readonly Payment[], gap: number): number =>
  payments.filter((payment, index) => index > 0 && payment.occurredAt - (payments[index - 1]?.occurredAt ?? 0) <= gap)
    .length;
