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

/** So many rows are counted at a time. */
const ROWS_A_STEP = 1 << 13;

/** Payouts that must not be sent yet, by their numbers. */
export function* laterPayouts({
  toSend,
  asOf,
}: Pick<Contents, 'toSend' | 'asOf'>): Generator<undefined, ReadonlySet<string>> {
  const today = formatDate(dateOf(asOf));
  const [ids, days] = [yield* toSend.column('payout_id'), yield* toSend.column('not_before')];
  const later = new Set<string>();
  for (let row = 0; row < toSend.rows; row++) {
    if ((days[row] as string) > today) later.add(ids[row] as string);
    if (row % ROWS_A_STEP === 0) yield undefined;
  }
  return later;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/**
 * Every yen that is left on a listed coupon, or was deducted wrongly, by what becomes of it. A coupon's yen may have two
 * fates: what earlier nights ordered, and the rest. What a limit keeps from being paid is outside.
 */
export function* outlookOf(contents: Pick<Contents, 'coupons' | 'toSend' | 'asOf'>): Generator<undefined, Outlook> {
  const { coupons } = contents;
  const later = yield* laterPayouts(contents);
  const sums = noYen();
  const [statuses, payouts] = [yield* coupons.column('status'), yield* coupons.column('payout_id')];
  const [residual, reinstate] = [yield* coupons.column('residual_yen'), yield* coupons.column('reinstate_yen')];
  const [already, payable] = [yield* coupons.column('already_paid_yen'), yield* coupons.column('payable_yen')];
  for (let row = 0; row < coupons.rows; row++) {
    let [left, deducted] = [Number(residual[row]), Number(reinstate[row])];
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
    take('earlier', Number(already[row]));
    if (status === 'payable') take(later.has(payouts[row] as string) ? 'later' : 'now', Number(payable[row]));
    else take(FATE_OF[status] ?? 'outside', left + deducted);
    take('outside', left + deducted);
    if (row % ROWS_A_STEP === 0) yield undefined;
  }
  return sums;
}

const noYen = () =>
  Object.fromEntries(FATES.map((fate) => [fate, { coupons: 0, leftYen: 0, deductedYen: 0 }])) as unknown as Record<
    Fate,
    Mutable<FateSum>
  >;

export const yenOf = ({ leftYen, deductedYen }: FateSum): number => leftYen + deductedYen;
