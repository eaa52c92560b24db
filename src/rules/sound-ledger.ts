import { endOfDay, type Instant } from '../base/instants.ts';
import { type Text, text } from '../base/text.ts';
import { namedPayment, signedYen } from '../ledger/balance.ts';
import { type Case, type Evidence, type Movement, NONE } from '../ledger/case.ts';
import type { Terms } from '../policy/terms.ts';
import { REVIEW_REASONS, type ReviewReason } from '../policy/vocabulary.ts';
import { lastDayOf, standingOf, validUntil } from './conclusions.ts';
import type { Finding } from './finding.ts';
import type { PlainGround, PlainSums } from './plain-coupon.ts';
import type { Rule } from './rule.ts';

/** Nothing is paid on a history that cannot be right: each of the ledger findings holds the coupon (3-rules.md §2). */
export const soundLedger: Rule = {
  id: 'sound-ledger',
  version: 1,
  title: text('取引履歴の確かさ', 'A ledger that can be relied on'),
  clauses: ['2A2'],
  readings: ['R3', 'R8', 'R11'],
  reading: text(
    '残高が 0 円未満や額面超になる、期限外の決済や合わない取消がある、結果不明・矛盾・読めない行がある——そうしたクーポンは人が確かめるまで払わない。',
    'A balance below 0 or above face, a payment outside the validity, a reversal that fits no payment, a payment of unknown outcome, rows that conflict or cannot be read: such a coupon is not paid until a person has looked.',
  ),
  onPlainCoupon: { states: 'an objection', objects: isUnsound },
  judge: (file, { terms }, earlier) => {
    const { coupon } = file;
    const end = endOfDay(validUntil(file, terms, standingOf(file, earlier)));
    const findings: Finding[] = [];
    const holdFor = (reason: ReviewReason, evidence: readonly Evidence[]): void => {
      if (evidence.length > 0) findings.push(held(reason, evidence));
    };
    holdFor('OVERDRAWN', evidenceOfSteps(coupon, isOverdrawn));
    holdFor('OVER_REFUNDED', evidenceOfSteps(coupon, isAboveFace));
    holdFor('OUTSIDE_VALIDITY', paymentsOutside(coupon, end));
    holdFor('REVERSAL_MISMATCH', mismatchedReversals(coupon));
    holdFor('INDETERMINATE', coupon.pending);
    holdFor('CONFLICTING_ROWS', coupon.conflicting);
    holdFor('REJECTED_ROWS', coupon.rejected);
    if (findings.length > 0) return findings;
    return [{ outcome: 'met', facts: () => ({ movements: coupon.movements.length }), evidence: () => NONE }];
  },
};

const isOverdrawn = (balanceYen: number): boolean => balanceYen < 0;

/** @param end of the day on which the coupon was valid last */
const isOutside = (paidAt: Instant, issuedAt: Instant, end: Instant): boolean => paidAt < issuedAt || paidAt >= end;

/** Nothing was put back, so the balance only falls: the last one is the lowest. */
function isUnsound(sums: PlainSums, terms: Terms, ground: PlainGround): boolean {
  if (isOverdrawn(sums.faceYen - sums.spentYen)) return true;
  if (sums.spentYen === 0) return false;
  const { expiresOn, issuedAt } = sums;
  const end = endOfDay(lastDayOf(expiresOn, ground === 'A', terms));
  return isOutside(sums.firstPaidAt, issuedAt, end) || isOutside(sums.lastPaidAt, issuedAt, end);
}

const isAboveFace = (balanceYen: number, faceYen: number): boolean => balanceYen > faceYen;

/** The movements after which the balance cannot be right. */
function evidenceOfSteps(coupon: Case, offends: (balanceYen: number, faceYen: number) => boolean): readonly Evidence[] {
  let evidence: Evidence[] | undefined;
  let balanceYen = coupon.faceYen;
  for (const movement of coupon.movements) {
    balanceYen += signedYen(movement);
    if (!offends(balanceYen, coupon.faceYen)) continue;
    evidence ??= [];
    evidence.push(movement.evidence);
  }
  return evidence ?? NONE;
}

function paymentsOutside({ payments, issuedAt }: Case, end: Instant): readonly Evidence[] {
  let evidence: Evidence[] | undefined;
  for (const payment of payments) {
    if (payment.undone || !isOutside(payment.occurredAt, issuedAt, end)) continue;
    evidence ??= [];
    evidence.push(payment.evidence);
  }
  return evidence ?? NONE;
}

const rowCount = (count: number): Text => text(`該当 ${count} 行`, `${count} ${count === 1 ? 'row' : 'rows'}`);

function held(reason: ReviewReason, evidence: readonly Evidence[]): Finding {
  const { asks } = REVIEW_REASONS[reason];
  const rows = rowCount(evidence.length);
  return {
    outcome: 'undetermined',
    about: reason,
    facts: () => ({ finding: reason, rows: evidence.length }),
    missing: [asks],
    evidence: () => evidence,
    question: { reason, detail: text(`${asks.ja}(${rows.ja})`, `${asks.en} (${rows.en})`) },
  };
}

/** Reversals that name no completed payment of this coupon, and payments whose reversals do not add up. */
function mismatchedReversals(coupon: Case): readonly Evidence[] {
  if (coupon.movements.length === coupon.payments.length) return NONE;
  const { byPayment, nameless } = reversalsOf(coupon);
  const evidence = nameless.map((movement) => movement.evidence);
  for (const payment of coupon.payments) {
    const sums = byPayment.get(payment.transactionId);
    if (sums === undefined) continue;
    const partly = sums.cancelledYen > 0 && sums.cancelledYen < payment.amountYen;
    if (partly || sums.reversedYen > payment.amountYen) {
      evidence.push(payment.evidence);
      for (const reversal of sums.reversals) evidence.push(reversal.evidence);
    }
  }
  return evidence;
}

interface Reversals {
  cancelledYen: number;
  reversedYen: number;
  readonly reversals: Movement[];
}

/** Cancels and reinstatements by the id of the payment that they name, and those that name no completed payment. */
function reversalsOf(coupon: Case) {
  const byPayment = new Map<string, Reversals>();
  const nameless: Movement[] = [];
  for (const movement of coupon.movements) {
    if (movement.kind === 'payment' || movement.relatedId === '') continue;
    if (namedPayment(coupon, movement) === undefined) {
      nameless.push(movement);
      continue;
    }
    const sums = byPayment.get(movement.relatedId) ?? { cancelledYen: 0, reversedYen: 0, reversals: [] };
    sums.reversedYen += movement.amountYen;
    if (movement.kind === 'cancel') sums.cancelledYen += movement.amountYen;
    sums.reversals.push(movement);
    byPayment.set(movement.relatedId, sums);
  }
  return { byPayment, nameless };
}
