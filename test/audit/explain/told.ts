import type { EarlierPayment } from '../../../src/audit/explain/payment-history.ts';
import type { Told } from '../../../src/audit/explain/spoken-words.ts';
import { readInstant } from '../../../src/intake/values/dates.ts';
import type { Case, Payment } from '../../../src/ledger/case.ts';
import type { Group } from '../../../src/pairing/groups.ts';
import { KAGOSHIMA } from '../../../src/policy/kagoshima-2023-02-24.ts';
import type { Cohort } from '../../../src/policy/terms.ts';
import type { Verdict } from '../../../src/policy/vocabulary.ts';
import {
  type GroundId,
  REVIEW_REASONS,
  type ReasonCode,
  type ReviewReason,
  type Status,
} from '../../../src/policy/vocabulary.ts';
import { type Finding, type JudgedFinding, judged } from '../../../src/rules/finding.ts';
import type { ReviewItem, Settlement } from '../../../src/settlement/settlement.ts';
import type { ClaimRow, DecisionRow, PaidRow } from '../../../src/tables/tables.ts';

export const { terms } = KAGOSHIMA;
export const cohort = terms.cohorts[0] as Cohort;

export function at(written: string): number {
  const read = readInstant(written);
  if ('problem' in read) throw new Error(written);
  return read.value;
}

const FIRST = at('2023-02-24T20:06:08+09:00');
export const payment = (second: number): Payment => ({
  row: second,
  transactionId: `T${second}`,
  occurredAt: FIRST + second * 1_000_000,
  kind: 'payment',
  amountYen: 1317,
  merchantId: 'M00309',
  relatedId: '',
  evidence: { id: `tx:T${second}`, content: '' },
  undone: false,
});
const PAYMENTS = [payment(0), payment(5)];
export const GROUP = { merchantId: 'M00309', amountYen: 1317, payments: PAYMENTS } as unknown as Group;

export const CLAIM = {
  claimId: 'CL0000003',
  kind: 'double_charge',
  couponNumber: 'C1',
  merchantId: 'M00309',
  prefecture: '45',
  expiresOn: cohort.originalExpiry - 1,
  receivedAt: at('2023-03-08T10:00:00+09:00'),
} as unknown as ClaimRow;

export const FACTS = {
  couponNumber: 'C1',
  prefecture: '46',
  faceYen: 12000,
  expiresOn: cohort.originalExpiry,
  movements: [],
  payments: PAYMENTS,
  pending: [{ id: 'tx:T9', content: '' }],
  conflicting: [],
  rejected: [],
  claims: [CLAIM],
  applications: [],
  paid: [],
  alreadyPaidYen: 0,
  payoutsNamed: [],
} as unknown as Case;

const nothing = (): readonly never[] => [];
const identify =
  (verdict: Verdict) =>
  (reason: ReviewReason): { reviewId: string; evidenceHash: string; verdict: Verdict } => ({
    reviewId: `R-${reason}`,
    evidenceHash: '',
    verdict,
  });
const found = (finding: Partial<Finding>, verdict: Verdict = 'open'): JudgedFinding =>
  judged('any', { outcome: 'met', facts: () => ({}), evidence: nothing, ...finding } as Finding, identify(verdict));

export interface Drawn {
  readonly status: Status;
  readonly grounds?: readonly GroundId[];
  readonly reasons?: readonly ReasonCode[];
  readonly asked?: ReviewReason;
  readonly verdict?: Verdict;
  readonly route?: string;
  readonly payments?: readonly EarlierPayment[];
  readonly payableYen?: number;
  readonly inCohort?: boolean;
  readonly asOf?: string;
  readonly namesDecider?: boolean;
  readonly claims?: readonly ClaimRow[];
  readonly group?: Group;
}

/** A coupon of 12,000 yen as rules could have left it: what is read out is made of nothing else. */
export function toldOf(drawn: Drawn): Told {
  const { status, grounds = [], reasons = [], asked, verdict = 'open', route, payments = [] } = drawn;
  const { payableYen = 3000, inCohort = true, group = GROUP } = drawn;
  const ofGroup = asked === undefined || !asked.startsWith('CLAIM') ? { group } : { about: CLAIM.claimId };
  const findings = [
    found({
      observed: { kind: 'expiry', ownExpiry: cohort.originalExpiry - (inCohort ? 0 : 1), inCohort, balanceYen: 2000 },
    }),
    ...(asked === undefined
      ? []
      : [
          found(
            {
              ...ofGroup,
              outcome: 'undetermined',
              question: {
                reason: asked,
                detail: { ja: '', en: '' },
                grants: [{ id: 'B1', group, payments: PAYMENTS }],
              },
            },
            verdict,
          ),
        ]),
    ...grounds.map((id) =>
      found(
        id === 'A'
          ? { ground: { id, payments: [] } }
          : { group: { ...group }, ground: { id, group, payments: [payment(5)] } },
      ),
    ),
  ];
  const item: ReviewItem | undefined =
    asked === undefined
      ? undefined
      : {
          ...identify(verdict)(asked),
          couponNumber: 'C1',
          reason: asked,
          holds: REVIEW_REASONS[asked].holds,
          stakeYen: 1317,
          detail: { ja: '', en: '' },
          evidence: [],
          happenings: [],
        };
  const settlement = {
    couponNumber: 'C1',
    listed: true,
    status,
    grounds,
    reasons,
    route,
    items: item === undefined ? [] : [item],
    findings,
  } as unknown as Settlement;
  const decision = {
    reviewId: `R-${asked}`,
    decidedAt: at('2023-05-08T10:00:00+09:00'),
    decidedBy: '佐藤',
    note: '店に確認',
  };
  return {
    facts: { ...FACTS, claims: drawn.claims ?? FACTS.claims },
    settlement,
    amounts: {
      faceYen: 12000,
      validUntil: terms.secondExtension,
      residualYen: 2000,
      reinstateYen: 1000,
      alreadyPaidYen: 0,
      payableYen,
    },
    terms,
    asOf: at(drawn.asOf ?? '2023-05-10T02:00:00+09:00'),
    decided: new Map(verdict === 'open' ? [] : [[decision.reviewId, [decision as unknown as DecisionRow]]]),
    namesDecider: drawn.namesDecider ?? false,
    payments,
    payout:
      route === undefined
        ? undefined
        : {
            payoutId: 'P0123456789abcdef',
            route,
            recipient: '',
            deliverTo: '',
            amountYen: 4000,
            coupons: ['C1', 'C2'],
            notBefore: terms.bankTransfersFrom ?? 0,
            receiveBy: terms.receiveBy,
          },
  };
}

export const row = (status: PaidRow['status'], sentAt: string): PaidRow =>
  ({
    payoutId: 'P1',
    couponNumber: 'C1',
    amountYen: 2000,
    sentAt: at(sentAt),
    status,
    file: 0,
    line: 2,
  }) as unknown as PaidRow;

export const earlier = (
  standing: EarlierPayment['standing'],
  route: string | undefined = 'app_url',
  ...told: readonly PaidRow[]
): EarlierPayment => ({
  payoutId: 'P1',
  route,
  amountYen: 2000,
  madeAt: at('2023-05-08T02:00:00+09:00'),
  told,
  standing,
});
