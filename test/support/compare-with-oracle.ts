import type { Policy } from '../../src/policy/policy.ts';
import type { InputKind } from '../../src/tables/tables.ts';
import {
  judgeNight,
  type Night,
  type OracleDecision,
  type Outcome,
  type Terms,
  type Terms2,
} from '../oracle/reference.ts';
import { nightToCsv } from '../oracle/write-night.ts';
import { type Row, type RunResult, runTables } from './run-tables.ts';

export interface Compared {
  readonly differences: readonly string[];
  /** Our run stopped on an invariant of 3-rules.md §9. */
  readonly broken: boolean;
}

export interface CompareOptions {
  readonly asOf: string;
  readonly countUnclaimed?: boolean;
  readonly policy?: Policy;
  readonly terms?: Terms | Terms2;
  readonly decide?: (review: Outcome['review']) => readonly OracleDecision[];
}

/** Runs a night through the program and through the independent reference, and lists every cell that differs. */
export async function compareWithOracle(night: Night, options: CompareOptions): Promise<Compared> {
  const csv = nightToCsv(night);
  const inputs: Partial<Record<InputKind, string>> = {
    issuance: csv.issuance,
    transactions: csv.transactions,
    sales: csv.merchant_reports,
    claims: csv.claims,
    applications: csv.applications,
    paid: csv.paid,
  };
  const judging = {
    asOf: options.asOf,
    countUnclaimed: options.countUnclaimed ?? false,
    ...(options.terms === undefined ? {} : { terms: options.terms }),
  };
  const running = {
    asOf: options.asOf,
    countUnclaimed: options.countUnclaimed ?? false,
    ...(options.policy === undefined ? {} : { policy: options.policy }),
  };
  let expected = judgeNight(night, judging);
  let actual = await runTables(inputs, running);
  const decisions: OracleDecision[] = [];
  for (let round = 0; round < 4 && options.decide !== undefined; round++) {
    // What an approval brings to light may ask something new, so people answer in rounds.
    const answered = new Set(decisions.map((each) => `${each.coupon_number} ${each.reason}`));
    const fresh = options
      .decide(expected.review)
      .filter((each) => !answered.has(`${each.coupon_number} ${each.reason}`));
    if (fresh.length === 0) break;
    decisions.push(...fresh);
    expected = judgeNight(night, { ...judging, decisions });
    actual = await withDecisions(inputs, actual, decisions, running);
  }
  return { differences: differencesOf(expected, actual), broken: actual.outcome.problems.length > 0 };
}

/** Repeats the run until every item that the decisions speak of has been met. */
async function withDecisions(
  inputs: Partial<Record<InputKind, string>>,
  before: RunResult,
  decisions: readonly OracleDecision[],
  running: Parameters<typeof runTables>[1],
): Promise<RunResult> {
  const rows = new Map<string, string>();
  let result = before;
  for (let round = 0; round < 8; round++) {
    const size = rows.size;
    for (const item of result.rows('review.csv')) {
      const decision = decisions.find(
        (each) => each.coupon_number === item.coupon_number && each.reason === item.reason,
      );
      if (decision !== undefined)
        rows.set(
          item.review_id ?? '',
          `${item.review_id},${item.evidence_hash},${decision.decision},tester,2023-02-24T00:00:00+09:00,`,
        );
    }
    if (rows.size === size) return result;
    const csv = ['review_id,evidence_hash,decision,decided_by,decided_at,note', ...rows.values()].join('\n');
    result = await runTables({ ...inputs, decisions: `${csv}\n` }, running);
  }
  return result;
}

const FILES = {
  'eligibility.csv': [
    'coupon_number',
    'status',
    'grounds',
    'valid_until',
    'residual_yen',
    'reinstate_yen',
    'already_paid_yen',
    'payable_yen',
    'route',
    'reasons',
  ],
  'review.csv': ['coupon_number', 'reason', 'holds', 'amount_at_stake_yen'],
  'payouts.csv': [
    'route',
    'recipient',
    'deliver_to',
    'amount_yen',
    'coupon_count',
    'coupons',
    'not_before',
    'receive_by',
  ],
  'extensions.csv': ['coupon_number', 'from', 'to', 'grounds'],
  'reinstatements.csv': ['coupon_number', 'transaction_id', 'merchant_id', 'amount_yen', 'ground'],
  'merchant_days.csv': ['merchant_id', 'date', 'log_count', 'log_yen', 'report_count', 'report_yen', 'difference_yen'],
} as const;

function differencesOf(expected: Outcome, actual: RunResult): readonly string[] {
  const oracle: Readonly<Record<keyof typeof FILES, readonly object[]>> = {
    'eligibility.csv': expected.eligibility,
    'review.csv': expected.review,
    'payouts.csv': expected.payouts,
    'extensions.csv': expected.extensions,
    'reinstatements.csv': expected.reinstatements,
    'merchant_days.csv': expected.merchantDays,
  };
  return (Object.keys(FILES) as (keyof typeof FILES)[]).flatMap((file) => {
    const line = (row: Row): string => FILES[file].map((column) => row[column] ?? '').join('|');
    const theirs = (oracle[file] as readonly Row[]).map(line).sort();
    const ours = actual.rows(file).map(line).sort();
    if (theirs.join('\n') === ours.join('\n')) return [];
    return [
      ...theirs.filter((row) => !ours.includes(row)).map((row) => `${file} - ${row}`),
      ...ours.filter((row) => !theirs.includes(row)).map((row) => `${file} + ${row}`),
      ...(theirs.length === ours.length ? [] : [`${file}: ${theirs.length} rows expected, ${ours.length} found`]),
    ];
  });
}
