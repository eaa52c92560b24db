import { formatInstant, type Instant } from '../base/instants.ts';
import { compareText } from '../base/text.ts';
import { shapeOf } from '../policy/personal-data.ts';
import type { Policy } from '../policy/policy.ts';
import {
  type GroundId,
  isUnanswered,
  REVIEW_REASONS,
  type ReviewReason,
  type RouteId,
  STATUSES,
  type Status,
} from '../policy/vocabulary.ts';
import type { Outcome } from '../settlement/outcome.ts';
import type { ReviewItem, Settlement } from '../settlement/settlement.ts';
import {
  type CouponMatches,
  DISPOSITIONS,
  type DispositionCounts,
  type FileWarning,
  type InputFile,
  type IssuedCoupons,
  type StatedTotals,
  type Tables,
} from '../tables/tables.ts';
import type { AskedQuestions, DecisionCounts } from './decision-counts.ts';

import type { UnmatchedPaid } from './paid-matches.ts';

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
  /** Approved by one person of two: open still. */
  readonly needsSecond: number;
  /** Of items that are not answered. */
  readonly stakeYen: number;
}

export interface FileCount {
  readonly kind: string;
  readonly name: string;
  readonly rowsRead: number;
  readonly yenRead: number;
  readonly dispositions: DispositionCounts;
  /** Rows that name a coupon, and those whose coupon the issuance does not know; null where none names one. */
  readonly coupons: CouponMatches | null;
  /** Records that count for none, by what they are. */
  readonly passedOver: InputFile['passedOver'];
  /** Totals that the file states, and its rows do not come to; only where there are any. */
  readonly statedTotals?: StatedTotals;
  readonly warnings: readonly FileWarning[];
  /** Of the rows that could be read; null where there is none. */
  readonly firstAt: string | null;
  readonly lastAt: string | null;
}

/** Listed coupons of a prefecture, what they come to, and what of it the payouts of this run hold. */
interface PrefectureCount extends StatusCount {
  readonly payoutYen: number;
}

/** Payouts, and their yen. */
export interface Sum {
  readonly count: number;
  readonly yen: number;
}

/** Payouts that are sent from a day on, by route. */
interface SumByRoute extends Sum {
  readonly routes: Readonly<Record<RouteId, Sum>>;
}

/** Payouts by whether they were sent; a payout whose coupons became different things counts in each of them. */
interface Unreceived {
  /** In to_send.csv. */
  readonly toSend: Sum;
  /** Sent, and nobody says that they were received. */
  readonly sent: Sum;
}

/** What became of all payouts so far: of the chain, and of those that paid rows name. */
export interface SendingCounts {
  readonly toSend: { readonly now: SumByRoute; readonly later: SumByRoute };
  /** Not (yet) known to be received. */
  readonly sent: Sum;
  readonly received: Sum;
  readonly expired: Sum;
  readonly failed: Sum;
  /** Of those that failed: a later payout pays the coupon. */
  readonly resent: Sum;
  readonly notResent: Sum;
  /** Paid rows, or a paid row and the chain, contradict each other. */
  readonly conflicting: Sum;
  /** Made before there was a to_send.csv, and no paid row speaks of them. */
  readonly ofOlderVersions: Sum;
  /** Paid rows of them were there, and have gone. */
  readonly gone: Sum;
  readonly deadline: {
    /** So many days ahead is looked. */
    readonly days: number;
    readonly lapsing: Unreceived;
    readonly lapsed: Unreceived;
  };
}

/** A paid row that matches nothing, as it can be shown. */
interface ShownUnmatchedPaid extends Pick<UnmatchedPaid, 'why' | 'payoutId'> {
  /** file:line */
  readonly place: string;
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
  /** By JIS X 0401; only under a policy of several. */
  readonly prefectures?: Readonly<Record<string, PrefectureCount>>;
  /** What a cap a person takes; only under a policy with one. */
  readonly capPerPerson?: { readonly coupons: number; readonly cutYen: number };
  readonly payouts: {
    readonly count: number;
    readonly yen: number;
    readonly routes: Readonly<Record<RouteId, { count: number; yen: number }>>;
  };
  readonly sending: SendingCounts;
  readonly review: Readonly<Partial<Record<ReviewReason, ReviewCount>>>;
  /** Of the decisions that were handed in; null where no file of them was given. */
  readonly decisions: DecisionCounts | null;
  readonly reasons: Readonly<Record<string, number>>;
  readonly extensions: number;
  readonly reinstatements: { readonly count: number; readonly yen: number };
  readonly paidRowsOnOtherCoupons: number;
  /** Paid rows that match nothing, and the first of them. */
  readonly unmatchedPaid: { readonly rows: number; readonly first: readonly ShownUnmatchedPaid[] };
  readonly issued: IssuedCoupons;
  readonly files: readonly FileCount[];
}

/** What a summary is told of beside what was settled. */
export interface SummaryFacts {
  readonly policy: Policy;
  readonly asOf: Instant;
  readonly sending: SendingCounts;
  readonly unmatchedPaid: readonly UnmatchedPaid[];
  /** Review ids of earlier runs of the chain. */
  readonly askedBefore: ReadonlySet<string>;
}

export function summaryOf(
  outcome: Outcome,
  counts: CouponCounts,
  tables: Tables,
  { policy, asOf, sending, unmatchedPaid, askedBefore }: SummaryFacts,
): Summary {
  return {
    schemaVersion: 1,
    policyId: policy.id,
    asOf: formatInstant(asOf),
    casesJudged: outcome.casesJudged,
    couponsListed: counts.listed,
    statuses: inOrder(Object.keys(STATUSES) as Status[], counts.statuses),
    grounds: inOrder(['A', 'B1', 'B2'], counts.grounds),
    ...(policy.terms.prefectures.length === 1 ? {} : { prefectures: prefectureCounts(policy, counts) }),
    ...(policy.terms.compensation.capPerPersonYen === undefined ? {} : { capPerPerson: counts.capPerPerson }),
    payouts: payoutCounts(outcome),
    sending,
    review: counts.review,
    decisions: tables.files.some(({ kind }) => kind === 'decisions')
      ? counts.asked.countsOf(tables, askedBefore)
      : null,
    reasons: Object.fromEntries([...counts.reasons].sort(([a], [b]) => compareText(a, b))),
    extensions: counts.extensions,
    reinstatements: counts.reinstatements,
    paidRowsOnOtherCoupons: outcome.paidOnOtherCoupons,
    unmatchedPaid: shownUnmatched(unmatchedPaid, tables),
    issued: tables.issued,
    files: fileCountsOf(tables),
  };
}

/** What was read of each file. */
export const fileCountsOf = (tables: Tables): readonly FileCount[] =>
  tables.files.map((file, index) => ({
    kind: file.kind,
    name: file.name,
    rowsRead: file.rowsRead,
    yenRead: file.yenRead,
    dispositions: Object.fromEntries(
      DISPOSITIONS.flatMap((name) => (file.dispositions[name] === undefined ? [] : [[name, file.dispositions[name]]])),
    ) as FileCount['dispositions'],
    coupons: file.coupons,
    warnings: warningsOf(file, index, tables),
    passedOver: file.passedOver,
    ...differingTotals(file),
    firstAt: file.firstAt === undefined ? null : formatInstant(file.firstAt),
    lastAt: file.lastAt === undefined ? null : formatInstant(file.lastAt),
  }));

const differingTotals = ({ statedTotals }: InputFile): Pick<FileCount, 'statedTotals'> =>
  statedTotals === undefined || statedTotals.differing.length === 0 ? {} : { statedTotals };

/** What is odd about a file and refused nothing, with what only shows once its rows have been put in their places. */
export function warningsOf(file: InputFile, index: number, { findings }: Tables): readonly FileWarning[] {
  const { accepted, conflicting, out_of_scope, after_as_of } = file.dispositions;
  const used = accepted.rows + conflicting.rows + out_of_scope.rows;
  const codes = findings.filter((finding) => finding.file === index).map(({ code }) => code);
  return [
    ...file.warnings,
    ...(used === 0 && after_as_of.rows > 0 ? (['ALL_AFTER_AS_OF'] as const) : []),
    ...new Set(codes),
  ];
}

const MOST_UNMATCHED_SHOWN = 20;

/** Whatever stands in the column: an id of ours is shown. */
export const shownPayoutId = (id: string): string => (/^P[0-9a-f]{16}$/.test(id) ? id : `<${shapeOf(id)}>`);

const shownUnmatched = (rows: readonly UnmatchedPaid[], { files }: Tables): Summary['unmatchedPaid'] => ({
  rows: rows.length,
  first: rows.slice(0, MOST_UNMATCHED_SHOWN).map(({ file, line, payoutId, why }) => ({
    place: `${files[file]?.name ?? ''}:${line}`,
    payoutId: shownPayoutId(payoutId),
    why,
  })),
});

/** Questions of all kinds, answered or not. */
export const reviewItemsIn = ({ review }: Summary): number =>
  Object.values(review).reduce(
    (sum, { open, stale, needsSecond, approved, rejected }) => sum + open + stale + needsSecond + approved + rejected,
    0,
  );

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

/** What settlements count up to. */
export interface CouponCounts {
  listed: number;
  extensions: number;
  readonly reinstatements: { count: number; yen: number };
  readonly statuses: Map<Status, Mutable<StatusCount>>;
  readonly grounds: Map<GroundId, Mutable<StatusCount>>;
  /** By the number of the prefecture. */
  readonly prefectures: Map<number, Mutable<StatusCount>>;
  /** Of those that are payable. */
  readonly payoutsOf: Map<number, Mutable<StatusCount>>;
  /** Of which a cap a person takes something. */
  readonly capPerPerson: { coupons: number; cutYen: number };
  readonly review: Partial<Record<ReviewReason, Mutable<ReviewCount>>>;
  readonly reasons: Map<string, number>;
  /** The questions of which decisions speak. */
  readonly asked: AskedQuestions;
}

export const noCoupons = (asked: AskedQuestions): CouponCounts => ({
  listed: 0,
  extensions: 0,
  reinstatements: { count: 0, yen: 0 },
  statuses: new Map(),
  grounds: new Map(),
  prefectures: new Map(),
  payoutsOf: new Map(),
  capPerPerson: { coupons: 0, cutYen: 0 },
  review: {},
  reasons: new Map(),
  asked,
});

export function countCoupon(counts: CouponCounts, settlement: Settlement): void {
  if (settlement.extension !== undefined) counts.extensions++;
  for (const due of settlement.reinstatements) {
    counts.reinstatements.count++;
    counts.reinstatements.yen += due.amountYen;
  }
  for (const item of settlement.items) countItem(counts, item);
  if (!settlement.listed) return;
  counts.listed++;
  addTo(counts.statuses, settlement.status, asCount(settlement));
  for (const ground of settlement.grounds) addTo(counts.grounds, ground, asCount(settlement));
  const { prefecture, status, amounts } = settlement;
  if (amounts?.cutYen !== undefined) {
    counts.capPerPerson.coupons++;
    counts.capPerPerson.cutYen += amounts.cutYen;
  }
  if (prefecture !== undefined) {
    addTo(counts.prefectures, prefecture, asCount(settlement));
    if (status === 'payable') addTo(counts.payoutsOf, prefecture, asCount(settlement));
  }
  for (const reason of settlement.reasons) counts.reasons.set(reason, (counts.reasons.get(reason) ?? 0) + 1);
}

function countItem(counts: CouponCounts, { reviewId, reason, verdict, stakeYen }: ReviewItem): void {
  const count = reviewCountOf(counts, reason);
  count[COUNTED_AS[verdict]]++;
  if (isUnanswered(verdict)) count.stakeYen += stakeYen ?? 0;
  counts.asked.add(reviewId, verdict, stakeYen ?? 0);
}

function reviewCountOf(counts: CouponCounts, reason: ReviewReason): Mutable<ReviewCount> {
  const known = counts.review[reason];
  if (known !== undefined) return known;
  const { holds } = REVIEW_REASONS[reason];
  const count = { holds, open: 0, stale: 0, needsSecond: 0, approved: 0, rejected: 0, stakeYen: 0 };
  counts.review[reason] = count;
  return count;
}

const COUNTED_AS = {
  open: 'open',
  stale: 'stale',
  needs_second: 'needsSecond',
  approve: 'approved',
  reject: 'rejected',
} as const;

const asCount = ({ amounts }: Settlement): StatusCount => ({
  coupons: 1,
  residualYen: amounts?.residualYen ?? 0,
  reinstateYen: amounts?.reinstateYen ?? 0,
  payableYen: amounts?.payableYen ?? 0,
});

function addTo<Key>(counts: Map<Key, Mutable<StatusCount>>, key: Key, more: StatusCount): void {
  const count = counts.get(key);
  if (count === undefined) {
    counts.set(key, { ...more });
    return;
  }
  count.coupons += more.coupons;
  count.residualYen += more.residualYen;
  count.reinstateYen += more.reinstateYen;
  count.payableYen += more.payableYen;
}

function inOrder<Key extends string>(
  keys: readonly Key[],
  counts: ReadonlyMap<Key, StatusCount>,
): Partial<Record<Key, StatusCount>> {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const count = counts.get(key);
      return count === undefined ? [] : [[key, count]];
    }),
  ) as Partial<Record<Key, StatusCount>>;
}

/** Each of the policy’s, whether it has coupons or not. */
function prefectureCounts(
  { terms }: Policy,
  { prefectures, payoutsOf }: CouponCounts,
): Readonly<Record<string, PrefectureCount>> {
  const none: StatusCount = { coupons: 0, residualYen: 0, reinstateYen: 0, payableYen: 0 };
  return Object.fromEntries(
    terms.prefectures.map((prefecture) => [
      prefecture,
      {
        ...(prefectures.get(Number(prefecture)) ?? none),
        payoutYen: payoutsOf.get(Number(prefecture))?.payableYen ?? 0,
      },
    ]),
  );
}

/** Payouts and their yen, in all and by route. */
export function payoutCounts({ payouts }: Outcome): Summary['payouts'] {
  const routes: Record<RouteId, { count: number; yen: number }> = {};
  for (const payout of payouts) {
    const count = routes[payout.route] ?? { count: 0, yen: 0 };
    count.count++;
    count.yen += payout.amountYen;
    routes[payout.route] = count;
  }
  return { count: payouts.length, yen: payouts.reduce((sum, payout) => sum + payout.amountYen, 0), routes };
}
