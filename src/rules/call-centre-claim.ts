import { dayWords } from '../base/figures.ts';
import { formatDate, readableInstant } from '../base/instants.ts';
import { type Text, text } from '../base/text.ts';
import type { Case, Evidence, Payment } from '../ledger/case.ts';
import type { ClaimMismatch, ClaimStanding } from '../ledger/claims.ts';
import { claimEvidence } from '../ledger/evidence.ts';
import { namedAmong } from '../ledger/many-rows.ts';
import type { SetAsideSale } from '../pairing/rejected-sales.ts';
import { setAsideOnAny } from '../pairing/set-aside-sales.ts';
import { shownId } from '../policy/personal-data.ts';
import { duringOutage } from '../policy/policy.ts';
import { type Terms, yearOf } from '../policy/terms.ts';
import type { ClaimRow } from '../tables/tables.ts';
import { conclusionOn } from './conclusions.ts';
import type { Finding, GroundFound, JudgedFinding } from './finding.ts';
import { reportGap, reportMissing } from './merchant-report-words.ts';
import type { CaseFile, Rule } from './rule.ts';

const READING = text(
  '都道府県・期限・店がクーポンの記録と合い、その店で障害中の決済があれば申出は有効。有効でも店の記録が決済を裏づけていれば対象外、店の報告がなければ人が確かめる。',
  'A claim is valid if prefecture, expiry and shop fit the coupon\u2019s records and it paid there during the outage. A valid one still leads to nothing where the shop\u2019s record supports the payments; without a report a person looks into it.',
);

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
  reading: ({ claimsClose }) => {
    if (claimsClose === undefined) return READING;
    const close = formatDate(claimsClose);
    return text(
      `${READING.ja}申出は ${close} に締め切り、それまでに申出のなかった (B) は期限切れになる。`,
      `${READING.en} Calls close on ${close}; a (B) that nobody has called about by then lapses.`,
    );
  },
  concerns: ({ claims }) => claims.length > 0,
  onPlainCoupon: 'silent',
  *judge(file, policy, earlier) {
    const merchantOf = merchantsOf(file, policy.terms, earlier);
    for (const standing of file.claims) yield* judgeClaim(standing, file, policy.terms, merchantOf);
  },
};

/** What the records say of a coupon at a shop that claims name: gathered once, however many they are. */
interface ClaimedMerchant {
  /** A ground or a question came of its payments there. */
  readonly isConcluded: boolean;
  /** Every one of its shop-days in W is covered. */
  readonly isCovered: boolean;
  /** Its completed payments in W there that are not undone. */
  readonly standing: readonly Payment[];
  /** What is doubtful of them where nothing can be said. */
  readonly doubt: () => Doubt;
}

interface Doubt {
  /** The payments, as several claims name them. */
  readonly evidence: readonly Evidence[];
  /** Rows of the shop's report of their days that were set aside. */
  readonly setAside: readonly SetAsideSale[];
  /** Of cash: all of them. */
  readonly ofB1: Doubtful;
  /** Of a double charge: all but the earliest. */
  readonly ofB2: Doubtful;
}

interface Doubtful {
  readonly stakeYen: number;
  /** What an approval grants. */
  readonly grants: readonly GroundFound[];
}

type MerchantOf = (merchantId: string) => ClaimedMerchant;

function merchantsOf(file: CaseFile, terms: Terms, earlier: readonly JudgedFinding[]): MerchantOf {
  const known = new Map<string, ClaimedMerchant>();
  return (merchantId) => {
    const merchant = known.get(merchantId) ?? merchantAt(merchantId, file, terms, earlier);
    known.set(merchantId, merchant);
    return merchant;
  };
}

function merchantAt(
  merchantId: string,
  file: CaseFile,
  terms: Terms,
  earlier: readonly JudgedFinding[],
): ClaimedMerchant {
  const paid = file.coupon.payments.filter(
    (payment) => payment.merchantId === merchantId && duringOutage(terms, payment.occurredAt),
  );
  const standing = paid.filter((payment) => !payment.undone);
  let doubt: Doubt | undefined;
  return {
    isConcluded: file.groups.some(
      ({ group }) => group.merchantId === merchantId && conclusionOn(group, earlier) !== undefined,
    ),
    isCovered: paid.every(file.isCovered),
    standing,
    doubt: () => {
      doubt ??= doubtOf(standing, file);
      return doubt;
    },
  };
}

const doubtOf = (payments: readonly Payment[], file: CaseFile): Doubt => ({
  evidence: namedAmong(payments.map((payment) => payment.evidence)),
  setAside: setAsideOnAny(payments, file.setAsideOn),
  ofB1: doubtful('B1', payments, file),
  ofB2: doubtful('B2', payments.slice(1), file),
});

function doubtful(id: 'B1' | 'B2', payments: readonly Payment[], { groups }: CaseFile): Doubtful {
  const wanted = new Set(payments);
  const grants = groups.flatMap(({ group }): GroundFound[] => {
    const granted = group.payments.filter((payment) => wanted.has(payment));
    return granted.length === 0 ? [] : [{ id, group, payments: granted }];
  });
  return { stakeYen: payments.reduce((sum, payment) => sum + payment.amountYen, 0), grants };
}

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

function judgeClaim(standing: ClaimStanding, file: CaseFile, terms: Terms, merchantOf: MerchantOf): readonly Finding[] {
  const { claim, mismatches } = standing;
  const otherwise = mismatches.map((each) => MISMATCH[each](claim, file.coupon, terms));
  const facts = () => ({
    kind: claim.kind,
    merchant_id: claim.merchantId,
    mismatches: mismatches.join(' '),
    valid: standing.valid,
  });
  const common = { about: claim.claimId, facts, evidence: () => [claimEvidence(claim)] };
  if (standing.outOfTime) return [outOfTime(standing, terms, common)];
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
    ...(standing.valid ? [judgeValid(standing, merchantOf, common)] : []),
  ];
}

type Common = Pick<Finding, 'about' | 'facts' | 'evidence'>;

/** Both times are told: when the call came, and when calls closed. */
const outOfTime = ({ claim }: ClaimStanding, { claimsClose }: Terms, common: Common): Finding => ({
  ...common,
  outcome: 'not met',
  reasons: ['CLAIM_OUT_OF_TIME'],
  facts: () => ({
    ...common.facts(),
    received_at: readableInstant(claim.receivedAt),
    ...(claimsClose === undefined ? {} : { claims_close: formatDate(claimsClose) }),
  }),
});

function judgeValid({ claim }: ClaimStanding, merchantOf: MerchantOf, common: Common): Finding {
  if (claim.kind === 'other') {
    const detail = text(`申出 ${shownId(claim.claimId)}: その他`, `claim ${shownId(claim.claimId)}: another matter`);
    return { ...common, outcome: 'undetermined', question: { reason: 'CLAIM_OTHER', stakeYen: 0, detail } };
  }
  const merchant = merchantOf(claim.merchantId);
  if (merchant.isConcluded) return { ...common, outcome: 'met' };
  if (merchant.standing.length === 0) return { ...common, outcome: 'not met', reasons: ['ALREADY_CANCELLED'] };
  if (merchant.isCovered) return { ...common, outcome: 'not met', reasons: ['SUPPORTED_BY_MERCHANT'] };
  return unverified(claim.kind, shownId(claim.claimId), merchant, common);
}

function unverified(
  kind: 'double_charge' | 'cash_and_deducted',
  claimId: string,
  merchant: ClaimedMerchant,
  common: Common,
): Finding {
  const { evidence, setAside, ofB1, ofB2 } = merchant.doubt();
  const { stakeYen, grants } = kind === 'double_charge' ? ofB2 : ofB1;
  const gap = reportGap(setAside);
  return {
    ...common,
    outcome: 'undetermined',
    evidence: () => [...common.evidence(), ...evidence],
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
