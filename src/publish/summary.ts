import { DISPOSITIONS, type Disposition, type DispositionCount, type Tables } from '../intake/tables.ts';
import { formatInstant, type Instant } from '../policy/instants.ts';
import type { Policy } from '../policy/policy.ts';
import { compareText } from '../policy/text.ts';
import {
  type GroundId,
  REVIEW_REASONS,
  type ReviewReason,
  type RouteId,
  STATUSES,
  type Status,
} from '../policy/vocabulary.ts';
import type { Outcome } from '../settlement/settle.ts';
import type { Settlement } from '../settlement/settlement.ts';

export interface StatusCount {
  readonly coupons: number;
  readonly residualYen: number;
  readonly reinstateYen: number;
  readonly payableYen: number;
}

export interface ReviewCount {
  readonly holds: boolean;
  readonly open: number;
  readonly stale: number;
  readonly approved: number;
  readonly rejected: number;
  /** Of open and stale items. */
  readonly stakeYen: number;
}

export interface FileCount {
  readonly kind: string;
  readonly name: string;
  readonly rowsRead: number;
  readonly yenRead: number;
  readonly dispositions: Readonly<Record<Disposition, Readonly<DispositionCount>>>;
}

/** summary.json: the run in counts and yen. */
export interface Summary {
  readonly schemaVersion: 1;
  readonly policyId: string;
  readonly asOf: string;
  readonly casesJudged: number;
  readonly couponsListed: number;
  readonly statuses: Readonly<Partial<Record<Status, StatusCount>>>;
  readonly grounds: Readonly<Partial<Record<GroundId, StatusCount>>>;
  readonly payouts: {
    readonly count: number;
    readonly yen: number;
    readonly routes: Readonly<Partial<Record<RouteId, { count: number; yen: number }>>>;
  };
  readonly review: Readonly<Partial<Record<ReviewReason, ReviewCount>>>;
  readonly reasons: Readonly<Record<string, number>>;
  readonly extensions: number;
  readonly reinstatements: { readonly count: number; readonly yen: number };
  readonly paidRowsOnOtherCoupons: number;
  readonly files: readonly FileCount[];
}

export function summaryOf(outcome: Outcome, tables: Tables, policy: Policy, asOf: Instant): Summary {
  const listed = outcome.settlements.filter((each) => each.listed);
  const reinstatements = outcome.settlements.flatMap((each) => each.reinstatements);
  return {
    schemaVersion: 1,
    policyId: policy.id,
    asOf: formatInstant(asOf),
    casesJudged: outcome.casesJudged,
    couponsListed: listed.length,
    statuses: countBy(Object.keys(STATUSES) as Status[], listed, ({ status }) => [status]),
    grounds: countBy(['A', 'B1', 'B2'], listed, ({ grounds }) => grounds),
    payouts: payoutCounts(outcome),
    review: reviewCounts(outcome),
    reasons: reasonCounts(listed),
    extensions: outcome.settlements.filter((each) => each.extension !== undefined).length,
    reinstatements: { count: reinstatements.length, yen: reinstatements.reduce((sum, due) => sum + due.amountYen, 0) },
    paidRowsOnOtherCoupons: outcome.paidOnOtherCoupons,
    files: tables.files.map((file) => ({
      kind: file.kind,
      name: file.name,
      rowsRead: file.rowsRead,
      yenRead: file.yenRead,
      dispositions: Object.fromEntries(
        DISPOSITIONS.map((name) => [name, file.dispositions[name]]),
      ) as FileCount['dispositions'],
    })),
  };
}

/** Settlements by each of the keys they have, in the order of the keys. */
function countBy<Key extends string>(
  keys: readonly Key[],
  settlements: readonly Settlement[],
  keysOf: (each: Settlement) => readonly Key[],
): Partial<Record<Key, StatusCount>> {
  const counts = new Map<Key, { -readonly [Name in keyof StatusCount]: StatusCount[Name] }>();
  for (const settlement of settlements) {
    for (const key of keysOf(settlement)) {
      const count = counts.get(key) ?? { coupons: 0, residualYen: 0, reinstateYen: 0, payableYen: 0 };
      count.coupons++;
      count.residualYen += settlement.amounts?.residualYen ?? 0;
      count.reinstateYen += settlement.amounts?.reinstateYen ?? 0;
      count.payableYen += settlement.amounts?.payableYen ?? 0;
      counts.set(key, count);
    }
  }
  return Object.fromEntries(
    keys.flatMap((key) => {
      const count = counts.get(key);
      return count === undefined ? [] : [[key, count]];
    }),
  ) as Partial<Record<Key, StatusCount>>;
}

function payoutCounts({ payouts }: Outcome): Summary['payouts'] {
  const routes: Partial<Record<RouteId, { count: number; yen: number }>> = {};
  for (const payout of payouts) {
    const count = routes[payout.route] ?? { count: 0, yen: 0 };
    count.count++;
    count.yen += payout.amountYen;
    routes[payout.route] = count;
  }
  return { count: payouts.length, yen: payouts.reduce((sum, payout) => sum + payout.amountYen, 0), routes };
}

function reviewCounts({ settlements }: Outcome): Summary['review'] {
  const counts: Partial<Record<ReviewReason, ReviewCount>> = {};
  for (const item of settlements.flatMap((each) => each.items)) {
    const before = counts[item.reason] ?? {
      holds: REVIEW_REASONS[item.reason].holds,
      open: 0,
      stale: 0,
      approved: 0,
      rejected: 0,
      stakeYen: 0,
    };
    const open = item.verdict === 'open' || item.verdict === 'stale';
    counts[item.reason] = {
      ...before,
      open: before.open + (item.verdict === 'open' ? 1 : 0),
      stale: before.stale + (item.verdict === 'stale' ? 1 : 0),
      approved: before.approved + (item.verdict === 'approve' ? 1 : 0),
      rejected: before.rejected + (item.verdict === 'reject' ? 1 : 0),
      stakeYen: before.stakeYen + (open ? (item.stakeYen ?? 0) : 0),
    };
  }
  return counts;
}

function reasonCounts(listed: readonly Settlement[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const reason of listed.flatMap((each) => each.reasons)) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => compareText(a, b)));
}
