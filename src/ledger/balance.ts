import type { Instant } from '../base/instants.ts';
import type { Case, Evidence, Movement, Payment } from './case.ts';

/** + for what comes back to the coupon, − for what is spent. */
export const signedYen = (movement: Movement): number =>
  movement.kind === 'payment' ? -movement.amountYen : movement.amountYen;

/** balance(t): face + the movements strictly before the instant (3-rules.md §2). */
export function balanceAt(coupon: Pick<Case, 'faceYen' | 'movements'>, instant: Instant): number {
  let balance = coupon.faceYen;
  for (const movement of coupon.movements) if (movement.occurredAt < instant) balance += signedYen(movement);
  return balance;
}

/** The movements that a balance at the instant rests on. */
export const evidenceBefore = ({ movements }: Pick<Case, 'movements'>, instant: Instant): readonly Evidence[] =>
  movements.filter((movement) => movement.occurredAt < instant).map((movement) => movement.evidence);

export interface BalanceStep {
  readonly movement: Movement;
  readonly balanceYen: number;
}

/** The balance after each movement, in their order. */
export function balanceSteps(coupon: Pick<Case, 'faceYen' | 'movements'>): readonly BalanceStep[] {
  let balance = coupon.faceYen;
  return coupon.movements.map((movement) => {
    balance += signedYen(movement);
    return { movement, balanceYen: balance };
  });
}

export const reinstatementsOf = ({ movements, payments }: Case): readonly Movement[] =>
  movements.length === payments.length ? [] : movements.filter((movement) => movement.kind === 'reinstatement');

/** So few payments are looked through quicker than an index of them is made. */
const FEW_PAYMENTS = 16;

/** By the payments of a coupon, which never change: each by its id. */
const PAYMENTS_BY_ID = new WeakMap<readonly Payment[], ReadonlyMap<string, Payment>>();

/** The payment of this coupon that a movement names, if there is one. */
export function namedPayment({ payments }: Case, { relatedId }: Movement): Payment | undefined {
  if (relatedId === '') return undefined;
  if (payments.length <= FEW_PAYMENTS) return payments.find((payment) => payment.transactionId === relatedId);
  let byId = PAYMENTS_BY_ID.get(payments);
  if (byId === undefined) {
    byId = new Map([...payments].reverse().map((payment) => [payment.transactionId, payment]));
    PAYMENTS_BY_ID.set(payments, byId);
  }
  return byId.get(relatedId);
}
