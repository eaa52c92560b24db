import type { Absent, ByCoupon, CouponIndex } from '../../tables/pool-index.ts';
import { ABSENT, type Tables } from '../../tables/tables.ts';
import { spread } from '../columns/spread.ts';
import type { StoredTables } from './spill.ts';

const NONE = 0xff;
/** The partition of those who are judged by what each other claims. */
const CLAIMANTS = 0;

/**
 * The partition of each coupon, by its number. All rows of a coupon come to one, and all coupons of an account, whose
 * contacts are compared (3-rules.md §8). So do all who say that they paid otherwise: at one shop they can want one and
 * the same sale (§4).
 */
export function partitionOfCoupons(
  { coupons, claims }: Pick<Tables, 'coupons' | 'claims'>,
  issuance: StoredTables['issuance'],
  partitions: number,
): ByCoupon {
  const partitionOf: ByCoupon = new Uint8Array(coupons.size).fill(NONE);
  const claimants = new Set(
    claims.filter(({ kind }) => kind === 'cash_and_deducted').map(({ couponNumber }) => coupons.find(couponNumber)),
  );
  const accounts = accountsOf(issuance, claimants);
  for (const { rows, columns } of issuance.read('coupon', 'account')) {
    for (let row = 0; row < rows; row++) {
      const coupon = columns.coupon[row] as CouponIndex;
      const account = columns.account[row] as number;
      // Its last row decides: rows that name several accounts contradict each other, and stand for none.
      if (claimants.has(coupon) || accounts.has(account)) partitionOf[coupon] = CLAIMANTS;
      else partitionOf[coupon] = spread(account === ABSENT ? coupon : account, partitions);
    }
  }
  for (let coupon = 0 as CouponIndex; coupon < partitionOf.length; coupon++)
    if (partitionOf[coupon] === NONE) partitionOf[coupon] = spread(coupon, partitions);
  return partitionOf;
}

function accountsOf(
  issuance: StoredTables['issuance'],
  coupons: ReadonlySet<CouponIndex | Absent>,
): ReadonlySet<number> {
  const accounts = new Set<number>();
  if (coupons.size === 0) return accounts;
  for (const { rows, columns } of issuance.read('coupon', 'account')) {
    for (let row = 0; row < rows; row++) {
      const account = columns.account[row] as number;
      if (account !== ABSENT && coupons.has(columns.coupon[row] as CouponIndex)) accounts.add(account);
    }
  }
  return accounts;
}
