import type { Settlement } from '../settlement/settlement.ts';
import type { Previous } from './previous.ts';

/** Coupons that a run lists and the one before it did not, those that it lists otherwise, and those that it lists no more. */
export interface ChangedCoupons {
  readonly newCoupons: number;
  readonly changedCoupons: number;
  readonly goneCoupons: number;
}

/** Counts what settlements make of a run before, as each is made: nothing is kept of them. */
export class SincePrevious {
  private readonly before: Previous['coupons'];
  private newCoupons = 0;
  private changedCoupons = 0;
  private stillListed = 0;

  constructor(before: Previous['coupons']) {
    this.before = before;
  }

  add({ listed, couponNumber, status, amounts }: Settlement): void {
    if (!listed) return;
    const before = this.before.get(couponNumber);
    if (before === undefined) {
      this.newCoupons++;
      return;
    }
    this.stillListed++;
    const payableYen = amounts === undefined ? '' : String(amounts.payableYen);
    if (before.status !== status || before.payableYen !== payableYen) this.changedCoupons++;
  }

  finish(): ChangedCoupons {
    return {
      newCoupons: this.newCoupons,
      changedCoupons: this.changedCoupons,
      goneCoupons: this.before.size - this.stillListed,
    };
  }
}
