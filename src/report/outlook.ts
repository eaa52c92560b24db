import { dateOf, formatDate } from '../base/instants.ts';
import type { Status } from '../policy/vocabulary.ts';
import type { Contents } from './contents.ts';

/** What becomes of the yen of a coupon. */
export const FATES = ['earlier', 'now', 'later', 'held', 'waits', 'lapsed', 'outside'] as const;
export type Fate = (typeof FATES)[number];

/** Coupons with yen of one fate; their yen by where they come from. */
export interface FateSum {
  readonly coupons: number;
  /** Of the balance that was left. */
  readonly leftYen: number;
  /** Of what was deducted wrongly. */
  readonly deductedYen: number;
}

export type Outlook = Readonly<Record<Fate, FateSum>>;

const FATE_OF: Readonly<Record<Status, Fate>> = {
  in_review: 'held',
  not_eligible: 'outside',
  awaiting_claim: 'waits',
  pending: 'waits',
  extended: 'waits',
  still_valid: 'outside',
  settled: 'outside',
  used_up: 'outside',
  payable: 'now',
  lapsed: 'lapsed',
  awaiting_application: 'waits',
};

/** Payouts that must not be sent yet, by their numbers. */
export function laterPayouts({ toSend, asOf }: Pick<Contents, 'toSend' | 'asOf'>): ReadonlySet<string> {
  const today = formatDate(dateOf(asOf));
  const days = toSend.column('not_before');
  return new Set(toSend.column('payout_id').filter((_, row) => (days[row] ?? '') > today));
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/**
 * Every yen that is left on a listed coupon, or was deducted wrongly, by what becomes of it. A coupon's yen may have two
 * fates: what earlier nights ordered, and the rest. What a limit keeps from being paid is outside.
 */
export function outlookOf(contents: Pick<Contents, 'coupons' | 'toSend' | 'asOf'>): Outlook {
  const { coupons } = contents;
  const later = laterPayouts(contents);
  const sums = Object.fromEntries(
    FATES.map((fate) => [fate, { coupons: 0, leftYen: 0, deductedYen: 0 }]),
  ) as unknown as Record<Fate, Mutable<FateSum>>;
  const [statuses, payouts] = [coupons.column('status'), coupons.column('payout_id')];
  const yen = (name: string): readonly number[] => coupons.column(name).map(Number);
  const [residual, reinstate, already, payable] = [
    'residual_yen',
    'reinstate_yen',
    'already_paid_yen',
    'payable_yen',
  ].map(yen) as [readonly number[], readonly number[], readonly number[], readonly number[]];
  for (let row = 0; row < coupons.rows; row++) {
    let [left, deducted] = [residual[row] as number, reinstate[row] as number];
    const take = (fate: Fate, most: number): void => {
      const ofLeft = Math.min(left, most);
      const ofDeducted = Math.min(deducted, most - ofLeft);
      if (ofLeft + ofDeducted === 0) return;
      const sum = sums[fate];
      sum.coupons++;
      sum.leftYen += ofLeft;
      sum.deductedYen += ofDeducted;
      left -= ofLeft;
      deducted -= ofDeducted;
    };
    const status = statuses[row] as Status;
    take('earlier', already[row] as number);
    if (status === 'payable') take(later.has(payouts[row] as string) ? 'later' : 'now', payable[row] as number);
    else take(FATE_OF[status] ?? 'outside', left + deducted);
    take('outside', left + deducted);
  }
  return sums;
}

export const yenOf = ({ leftYen, deductedYen }: FateSum): number => leftYen + deductedYen;
