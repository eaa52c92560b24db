import type { NightOptions } from './night-options.ts';
import type { FileName } from './rows.ts';

/** What `check` must find in a file. */
export interface FileAnswer {
  readonly name: string;
  readonly rows: number;
  readonly accepted: number;
  readonly acceptedYen: number;
  readonly duplicate: number;
  readonly conflicting: number;
  readonly outOfScope: number;
  readonly rejected: number;
  /** How many of the rejected rows have which code. */
  readonly rejects: Readonly<Record<string, number>>;
}

/** A coupon of the (A) cohort whose issuance row stands. */
export interface CohortAnswer {
  readonly couponNumber: string;
  readonly groundA: boolean;
  readonly residualYen: number;
}

/** What happened at a till where nothing else could be taken for it. */
export interface TillEvent {
  readonly kind: 'double press' | 'cash';
  readonly couponNumber: string;
  readonly merchantId: string;
  readonly amountYen: number;
  readonly transactionIds: readonly string[];
  /** The ground that the coupon must get, the question that must be asked, or `nothing`: the second press was cancelled. */
  readonly expected: 'B1' | 'B2' | 'REPEAT_UNVERIFIED' | 'nothing';
}

/** What must be said of a coupon of which everything is known, by a run as of just {@link Answers.asOf}. */
export interface CouponAnswer {
  readonly couponNumber: string;
  /** What it is made up for. */
  readonly shows: string;
  /** Whether it stands in eligibility.csv: what follows is what it says there, where it does. */
  readonly listed: boolean;
  readonly status: string;
  readonly grounds: string;
  /** This and the yen are absent of a coupon out of scope. */
  readonly validUntil?: string;
  readonly residualYen?: number;
  readonly reinstateYen?: number;
  readonly payableYen?: number;
  readonly route: string;
  readonly reasons: string;
}

/** A payment of that run to somebody of whose coupons everything is known. */
export interface PayoutAnswer {
  readonly route: string;
  readonly recipient: string;
  readonly amountYen: number;
  readonly couponNumbers: readonly string[];
  readonly notBefore: string;
  readonly receiveBy: string;
}

/** What must come out of the files, known because of how they were made. */
export interface Answers {
  readonly options: NightOptions;
  /** Under which policy they are true; absent for the built-in one. */
  readonly policyId?: string;
  /** True of a run as of this instant or later: everything has happened by then. */
  readonly asOf: string;
  readonly files: Readonly<Record<FileName, FileAnswer>>;
  /** As planned, before anything went wrong with rows. */
  readonly outage: { readonly payments: number; readonly paymentYen: number; readonly doublePresses: number };
  readonly cohort: readonly CohortAnswer[];
  readonly tillEvents: readonly TillEvent[];
  /** Of policies that say what version 1 of a policy file cannot. */
  readonly known?: { readonly coupons: readonly CouponAnswer[]; readonly payouts: readonly PayoutAnswer[] };
}

export interface CohortTotals {
  readonly coupons: number;
  readonly withGroundA: number;
  /** Of those with ground (A). */
  readonly residualYen: number;
}

export function cohortTotals(cohort: readonly CohortAnswer[]): CohortTotals {
  const holding = cohort.filter((coupon) => coupon.groundA);
  return {
    coupons: cohort.length,
    withGroundA: holding.length,
    residualYen: holding.reduce((sum, coupon) => sum + coupon.residualYen, 0),
  };
}

const LINES_AT_ONCE = 1000;

/** The answers as JSON, a coupon a line, in parts: with millions of coupons it would be too long for one string. */
export function* answersText({ cohort, tillEvents, known, ...answers }: Answers): Generator<string> {
  const head = { schemaVersion: 1, ...answers, cohortTotals: cohortTotals(cohort) };
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "cohort": [`;
  yield* lines(cohort);
  yield '],\n  "tillEvents": [';
  yield* lines(tillEvents);
  if (known !== undefined) {
    yield '],\n  "knownCoupons": [';
    yield* lines(known.coupons);
    yield '],\n  "knownPayouts": [';
    yield* lines(known.payouts);
  }
  yield ']\n}\n';
}

function* lines(values: readonly unknown[]): Generator<string> {
  for (let from = 0; from < values.length; from += LINES_AT_ONCE) {
    const part = values.slice(from, from + LINES_AT_ONCE).map((value) => `\n    ${JSON.stringify(value)}`);
    yield `${from === 0 ? '' : ','}${part.join(',')}`;
  }
  if (values.length > 0) yield '\n  ';
}
