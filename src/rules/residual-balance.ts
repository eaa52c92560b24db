import { dayWords, grouped } from '../base/figures.ts';
import { type CalendarDate, formatDate, type Instant, readableInstant } from '../base/instants.ts';
import { text } from '../base/text.ts';
import { balanceAt, evidenceBefore, namedPayment, reinstatementsOf } from '../ledger/balance.ts';
import { paidEvidence } from '../ledger/evidence.ts';
import { isTheBalance, shareOf, shareWords } from '../policy/compensation.ts';
import { secondExtensionOf, type Terms, yearOf } from '../policy/terms.ts';
import type { ReasonCode } from '../policy/vocabulary.ts';
import { type BGround, cutOffOf, earliestOf, lastDayOf, standingOf, validUntil } from './conclusions.ts';
import type { Amounts, Facts, Finding } from './finding.ts';
import type { CaseFile, Rule } from './rule.ts';

/**
 * What is left at the reading instant, which is the cut-off (t2 for nearly all) or as_of before it; what is still to be put
 * back; and what is due (3-rules.md §6).
 */
export const residualBalance: Rule = {
  id: 'residual-balance',
  version: 1,
  title: text('期限時点の残高', 'Residual balance'),
  clauses: ['2A2', '2B2'],
  readings: ['R1', 'R3', 'R4', 'R5', 'R11', 'R12'],
  reading: (terms) => {
    const share = isTheBalance(terms)
      ? text('延長の期限が終わった瞬間の残高', 'The balance at the moment the extension ends')
      : text(
          `延長の期限が終わった瞬間の残高に対して払う額(${shareWords(terms).ja})`,
          `What is paid for the balance at the moment the extension ends (${shareWords(terms).en})`,
        );
    return text(
      `${share.ja}に、まだ戻し入れていない (B) の額を足したもの。期限前は 0。延長後の期限より長く使えるクーポンは人が決める。`,
      `${share.en}, plus what (B) still has to put back; nothing before that. A coupon that outlives the extension is for a person.`,
    );
  },
  onPlainCoupon: {
    states: 'amounts',
    amountsOf: ({ expiresOn, ground, residualYen }, terms, asOf) => {
      const until = lastDayOf(expiresOn, ground === 'A', terms);
      const amounts = amountsAt({ expiresOn, until }, ground === 'A', { residualYen, reinstateYen: 0 }, terms, asOf);
      if (amounts.entitledYen > 0 && isOutliving(amounts, expiresOn, terms)) return 'for the rules';
      // What is told beside, and what may come to more than the face value, is for every rule to see.
      return isBelowMinimum(amounts, ground === 'A', asOf) || amounts.shareYen > residualYen
        ? 'for the rules'
        : amounts;
    },
  },
  judge: (file, { terms }, earlier) => {
    const { coupon, asOf } = file;
    const standing = standingOf(file, earlier);
    const until = validUntil(file, terms, standing);
    const readAt = Math.min(asOf, cutOffOf(until, coupon.expiresOn, terms));
    const residualYen = balanceAt(coupon, readAt);
    const reinstateYen = stillToReinstate(file, standing.grounds, readAt);
    const eligible = standing.groundA || standing.countingB;
    const amounts = amountsAt(
      { expiresOn: coupon.expiresOn, until },
      eligible,
      { residualYen, reinstateYen },
      terms,
      asOf,
    );
    const { entitledYen } = amounts;
    const facts = () => ({
      valid_until: formatDate(until),
      read_at: readableInstant(readAt),
      residual_yen: residualYen,
      reinstate_yen: reinstateYen,
      ...(isTheBalance(terms) ? {} : { share_yen: amounts.shareYen }),
      entitled_yen: entitledYen,
      already_paid_yen: coupon.alreadyPaidYen,
    });
    const outcome = entitledYen > 0 ? 'met' : 'not met';
    const reasons = isBelowMinimum(amounts, eligible, asOf) ? BELOW_MINIMUM : undefined;
    const due: Finding = { outcome, amounts, reasons, facts, evidence: () => evidenceBefore(coupon, readAt) };
    const unpaidYen = entitledYen - coupon.alreadyPaidYen;
    if (unpaidYen > 0 && isOutliving(amounts, coupon.expiresOn, terms))
      return [due, outlives(file, amounts, facts, terms)];
    return unpaidYen < 0 ? [due, overpaid(file, amounts, facts)] : [due];
  },
};

/** What is left and what is put back are owed once the extension has ended, and not before. */
function amountsAt(
  { expiresOn, until }: { readonly expiresOn: CalendarDate; readonly until: CalendarDate },
  eligible: boolean,
  { residualYen, reinstateYen }: Pick<Amounts, 'residualYen' | 'reinstateYen'>,
  terms: Terms,
  asOf: Instant,
): Amounts {
  const cutOff = cutOffOf(until, expiresOn, terms);
  const shareYen = shareOf(terms, residualYen);
  const entitledYen = eligible && asOf >= cutOff ? shareYen + reinstateYen : 0;
  return { validUntil: until, cutOff, residualYen, reinstateYen, shareYen, entitledYen };
}

const BELOW_MINIMUM: readonly ReasonCode[] = ['BELOW_MINIMUM'];

/** Something is left, and nothing is paid for it. */
const isBelowMinimum = ({ residualYen, shareYen, cutOff }: Amounts, eligible: boolean, asOf: Instant): boolean =>
  eligible && asOf >= cutOff && residualYen > 0 && shareYen === 0;

/** The notice does not say what is due for a coupon that can be used longer than it extends any. */
const isOutliving = ({ validUntil: until }: Amounts, expiresOn: CalendarDate, terms: Terms): boolean =>
  until > secondExtensionOf(terms, expiresOn);

/** B payments that count, less what was put back already: group by group, then the reinstatements that name nothing. */
function stillToReinstate({ coupon }: CaseFile, grounds: readonly BGround[], readAt: Instant): number {
  const counting = grounds.filter((ground) => ground.counts && ground.payments.length > 0);
  if (counting.length === 0) return 0;
  const before = reinstatementsOf(coupon).filter((movement) => movement.occurredAt < readAt);
  const byGroup = new Map<BGround['group'], number>();
  for (const { group, payments } of counting) {
    byGroup.set(
      group,
      payments.reduce((sum, payment) => sum + payment.amountYen, byGroup.get(group) ?? 0),
    );
  }
  const backByRow = new Map<number, number>();
  for (const movement of before) {
    const row = namedPayment(coupon, movement)?.row;
    if (row !== undefined) backByRow.set(row, (backByRow.get(row) ?? 0) + movement.amountYen);
  }
  let sum = 0;
  for (const [group, yen] of byGroup) {
    const back = group?.payments.reduce((total, { row }) => total + (backByRow.get(row) ?? 0), 0);
    sum += Math.max(0, yen - (back ?? 0));
  }
  const earliest = counting.reduce((least, { payments }) => Math.min(least, earliestOf(payments)), Infinity);
  const nameless = before.filter((movement) => movement.relatedId === '' && movement.occurredAt >= earliest);
  return Math.max(0, sum - nameless.reduce((total, movement) => total + movement.amountYen, 0));
}

function outlives(
  { coupon }: CaseFile,
  { validUntil: until, residualYen }: Amounts,
  facts: () => Facts,
  terms: Terms,
): Finding {
  const last = dayWords(until, yearOf(terms));
  return {
    outcome: 'undetermined',
    facts,
    missing: [
      text(
        '延長後の期限より長く使えるクーポンの扱い(事務局)',
        'what is due for a coupon that outlives the extension (the office)',
      ),
    ],
    evidence: () => [coupon.issuance],
    question: {
      reason: 'OUTLIVES_EXTENSION',
      detail: text(
        `有効期限 ${last.ja}、残高 ${grouped(residualYen)}円`,
        `valid until ${last.en}, balance ${grouped(residualYen)} yen`,
      ),
    },
  };
}

function overpaid({ coupon }: CaseFile, { entitledYen }: Amounts, facts: () => Facts): Finding {
  const excessYen = coupon.alreadyPaidYen - entitledYen;
  return {
    outcome: 'undetermined',
    facts: () => ({ ...facts(), excess_yen: excessYen }),
    evidence: () => coupon.paid.map(paidEvidence),
    question: {
      reason: 'OVERPAID',
      stakeYen: excessYen,
      detail: text(
        `支払済み ${grouped(coupon.alreadyPaidYen)}円に対し、払うべき額は ${grouped(entitledYen)}円`,
        `${grouped(coupon.alreadyPaidYen)} yen paid, ${grouped(entitledYen)} yen due`,
      ),
    },
  };
}
