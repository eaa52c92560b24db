import { dayWords } from '../base/figures.ts';
import { type Text, text } from '../base/text.ts';
import type { Case, Payment } from '../ledger/case.ts';
import type { ClaimMismatch, ClaimStanding } from '../ledger/claims.ts';
import { claimEvidence } from '../ledger/evidence.ts';
import { shownId } from '../policy/personal-data.ts';
import { duringOutage } from '../policy/policy.ts';
import { type Terms, yearOf } from '../policy/terms.ts';
import type { ClaimRow } from '../tables/tables.ts';
import { conclusionOn } from './conclusions.ts';
import type { Finding, GroundFound, JudgedFinding } from './finding.ts';
import { reportGap, reportMissing } from './merchant-report-words.ts';
import type { CaseFile, Rule } from './rule.ts';

/**
 * Calls to the call centre: whether they fit the records, and what is left of those that led to nothing (3-rules.md §5). A
 * valid one names a shop at which the coupon has a completed payment in W.
 */
export const callCentreClaim: Rule = {
  id: 'call-centre-claim',
  version: 1,
  title: text('コールセンターへの申出', 'Calls to the call centre'),
  clauses: ['2B1', '1other'],
  readings: ['R9', 'R14'],
  reading: text(
    '都道府県・期限・店がクーポンの記録と合い、その店で障害中の決済があれば申出は有効。有効でも店の記録が決済を裏づけていれば対象外、店の報告がなければ人が確かめる。',
    'A claim is valid if prefecture, expiry and shop fit the coupon\u2019s records and it paid there during the outage. A valid one still leads to nothing where the shop\u2019s record supports the payments; without a report a person looks into it.',
  ),
  concerns: ({ claims }) => claims.length > 0,
  onPlainCoupon: 'silent',
  judge: (file, policy, earlier) =>
    file.claims.flatMap((standing) => judgeClaim(standing, file, policy.terms, earlier)),
};

/** What of a claim is otherwise in the records, with both values: whoever calls back has to name them. */
const MISMATCH: Readonly<Record<ClaimMismatch, (claim: ClaimRow, coupon: Case, terms: Terms) => Text>> = {
  prefecture: (claim, coupon) =>
    text(
      `都道府県が、お申し出(${claim.prefecture})と記録(${coupon.prefecture})で異なります`,
      `the prefecture is ${claim.prefecture} in the claim and ${coupon.prefecture} in the records`,
    ),
  expires_on: (claim, coupon, terms) => {
    const year = yearOf(terms);
    const [called, recorded] = [dayWords(claim.expiresOn, year), dayWords(coupon.expiresOn, year)];
    return text(
      `有効期限が、お申し出(${called.ja})と記録(${recorded.ja})で異なります`,
      `the expiry is ${called.en} in the claim and ${recorded.en} in the records`,
    );
  },
  merchant_id: () =>
    text(
      'お申し出のお店では、障害中の決済の記録がありません',
      'the records have no payment at that shop during the outage',
    ),
};

function judgeClaim(
  standing: ClaimStanding,
  file: CaseFile,
  terms: Terms,
  earlier: readonly JudgedFinding[],
): readonly Finding[] {
  const { claim, mismatches } = standing;
  const otherwise = mismatches.map((each) => MISMATCH[each](claim, file.coupon, terms));
  const common = {
    about: claim.claimId,
    facts: () => ({
      kind: claim.kind,
      merchant_id: claim.merchantId,
      mismatches: mismatches.join(' '),
      valid: standing.valid,
    }),
    evidence: () => [claimEvidence(claim)],
  };
  if (standing.outOfTime) return [{ ...common, outcome: 'not met', reasons: ['CLAIM_OUT_OF_TIME'] }];
  const mismatch: Finding = {
    ...common,
    outcome: 'undetermined',
    missing: [text('申出の内容の確認(申出者)', 'what the caller meant (ask the caller)')],
    question: {
      reason: 'CLAIM_MISMATCH',
      stakeYen: 0,
      detail: text(
        `申出 ${shownId(claim.claimId)}: ${otherwise.map(({ ja }) => ja).join('。')}`,
        `claim ${shownId(claim.claimId)}: ${otherwise.map(({ en }) => en).join('; ')}`,
      ),
    },
  };
  return [
    ...(mismatches.length > 0 ? [mismatch] : []),
    ...(standing.valid ? [judgeValid(standing, file, terms, earlier, common)] : []),
  ];
}

type Common = Pick<Finding, 'about' | 'facts' | 'evidence'>;

function judgeValid(
  { claim }: ClaimStanding,
  file: CaseFile,
  terms: Terms,
  earlier: readonly JudgedFinding[],
  common: Common,
): Finding {
  if (claim.kind === 'other') {
    const detail = text(`申出 ${shownId(claim.claimId)}: その他`, `claim ${shownId(claim.claimId)}: another matter`);
    return { ...common, outcome: 'undetermined', question: { reason: 'CLAIM_OTHER', stakeYen: 0, detail } };
  }
  const here = file.groups.filter(({ group }) => group.merchantId === claim.merchantId);
  if (here.some(({ group }) => conclusionOn(group, earlier) !== undefined)) return { ...common, outcome: 'met' };
  const paid = file.coupon.payments.filter(
    (payment) => payment.merchantId === claim.merchantId && duringOutage(terms, payment.occurredAt),
  );
  if (paid.every((payment) => payment.undone)) return { ...common, outcome: 'not met', reasons: ['ALREADY_CANCELLED'] };
  const covered = paid.every((payment) => file.isCovered(payment));
  if (covered) return { ...common, outcome: 'not met', reasons: ['SUPPORTED_BY_MERCHANT'] };
  return unverified(
    claim.kind,
    shownId(claim.claimId),
    file,
    paid.filter((payment) => !payment.undone),
    common,
  );
}

function unverified(
  kind: 'double_charge' | 'cash_and_deducted',
  claimId: string,
  file: CaseFile,
  paid: readonly Payment[],
  common: Common,
): Finding {
  const doubtful = kind === 'double_charge' ? paid.slice(1) : paid;
  const stakeYen = doubtful.reduce((sum, payment) => sum + payment.amountYen, 0);
  const id = kind === 'double_charge' ? 'B2' : 'B1';
  const grants = file.groups.flatMap(({ group }): GroundFound[] => {
    const payments = group.payments.filter((payment) => doubtful.includes(payment));
    return payments.length === 0 ? [] : [{ id, group, payments }];
  });
  const setAside = [...new Set(paid.flatMap(file.setAsideOn))];
  const gap = reportGap(setAside);
  return {
    ...common,
    outcome: 'undetermined',
    evidence: () => [...common.evidence(), ...paid.map((payment) => payment.evidence)],
    missing: [reportMissing(setAside)],
    question: {
      reason: 'CLAIM_UNVERIFIED',
      stakeYen,
      detail:
        setAside.length === 0
          ? text(
              `申出 ${claimId}: 店の報告がなく確かめられない`,
              `claim ${claimId}: no report from the shop to hold it against`,
            )
          : text(
              `申出 ${claimId}: 確かめられない。${gap.ja}`,
              `claim ${claimId}: nothing to hold it against, ${gap.en}`,
            ),
      grants,
    },
  };
}
