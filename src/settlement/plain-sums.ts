import type { CalendarDate, Instant } from '../base/instants.ts';
import type { Book } from '../ledger/book.ts';
import type { CaseSums } from '../ledger/case-sums.ts';
import type { PlainSums } from '../rules/plain-coupon.ts';
import type { ByCoupon, CouponIndex } from '../tables/pool-index.ts';
import type { IssuanceTable } from '../tables/tables.ts';

/** The sums of one case after another, read from their columns where a rule asks: a run makes no object for any. */
export class SumsOfCases implements PlainSums {
  private readonly issuance: IssuanceTable;
  private readonly issuanceRow: ByCoupon;
  private readonly caseSums: CaseSums;
  private row = 0;
  private place = 0;

  constructor({ tables, scope }: Book, caseSums: CaseSums) {
    this.issuance = tables.issuance;
    this.issuanceRow = scope.issuanceRow;
    this.caseSums = caseSums;
  }

  /** @param place of the coupon among the cases */
  moveTo(coupon: CouponIndex, place: number): void {
    this.row = this.issuanceRow[coupon] as number;
    this.place = place;
  }

  get faceYen(): number {
    return this.issuance.faceYen[this.row] as number;
  }

  get issuedAt(): Instant {
    return this.issuance.issuedAt[this.row] as number;
  }

  get expiresOn(): CalendarDate {
    return this.issuance.expiresOn[this.row] as number;
  }

  get spentYen(): number {
    return this.caseSums.spentYen[this.place] as number;
  }

  get leftAtFirstEndYen(): number {
    return this.faceYen - (this.caseSums.spentBeforeFirstYen[this.place] as number);
  }

  /** At the cut-off of a coupon with ground (A), or at as-of where that comes first. */
  get leftAtCutOffYen(): number {
    return this.faceYen - (this.caseSums.spentBeforeSecondYen[this.place] as number);
  }

  get firstPaidAt(): Instant {
    return this.caseSums.firstPaidAt[this.place] as number;
  }

  get lastPaidAt(): Instant {
    return this.caseSums.lastPaidAt[this.place] as number;
  }
}
