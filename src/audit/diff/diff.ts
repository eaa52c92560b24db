import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Text, text } from '../../base/text.ts';
import { ELIGIBILITY } from '../../publish/eligibility.ts';
import type { ProgramIdentity } from '../../publish/manifest.ts';
import { CARRIED_FILE } from '../../publish/previous.ts';
import type { Resources } from '../../run/read-run-inputs.ts';
import { mayEnd, wholeInTurns } from '../../run/turns.ts';
import { removeFolder, scratchFolder } from '../record/files.ts';
import { gather, keeperOf, NotExecutable, partsOf, type RecordedRun } from '../record/re-execute.ts';
import { DamagedRun, rowsAbout } from '../record/records.ts';
import { type Passage, type Plan, passageBetween, planOf } from './attribution.ts';
import { comparePassage, type Tally } from './compare-passage.ts';
import { compareTables } from './compare-tables.ts';
import type { Attribution, Cause, CouponDifference, RunComparison, Step } from './difference.ts';
import { differingRows, rowsAround } from './differing-rows.ts';
import { runDifferences } from './run-differences.ts';

export interface CompareOptions {
  /** How many coupons are shown. */
  readonly limit: number;
  /** The program at hand, which executes the runs in between. */
  readonly program: ProgramIdentity;
  readonly resources?: Resources;
}

/**
 * Compares two runs coupon by coupon, and every other file that says what they came to row by row. What they differ in is told apart by executing runs in between, where the inputs
 * are kept; the comparison itself reads files side by side and does not grow with them.
 *
 * @throws DamagedRun, DiskFailure
 */
export async function compareRuns(
  before: RecordedRun,
  after: RecordedRun,
  options: CompareOptions,
): Promise<RunComparison> {
  const runs = runDifferences(before.manifest, after.manifest);
  const plan = planOf(before, after, runs);
  const place = options.resources?.memory?.folder ?? tmpdir();
  const folder = scratchFolder(place, 'regionpay-diff-');
  try {
    const { attribution, tally } = await attribute(before, after, plan, folder, options);
    // The program at hand executes the runs in between; it is named where it differs from theirs, or judges otherwise.
    const steps = attribution.steps.filter(
      (step) => step.coupons > 0 || runs.some((difference) => difference.cause === step.cause),
    );
    const { coupons, ...totals } = tally;
    const named = await withDetails(coupons, before, after, options.resources ?? {});
    const tables = await compareTables(before, after, options.limit, options.resources?.signal);
    const run = ({ manifest: { fingerprint, asOf } }: RecordedRun) => ({ fingerprint, asOf });
    return {
      before: run(before),
      after: run(after),
      runs,
      attribution: { ...attribution, steps },
      ...totals,
      money: totals.money || tables.some(({ money }) => money),
      coupons: named,
      tables: tables.map(({ table }) => table),
    };
  } finally {
    removeFolder(folder);
  }
}

interface Attributed {
  readonly attribution: Attribution;
  readonly tally: Omit<Tally, 'steps'>;
}

async function attribute(
  before: RecordedRun,
  after: RecordedRun,
  plan: Plan,
  folder: string,
  options: CompareOptions,
): Promise<Attributed> {
  const steps = [...plan.steps, ...(plan.rest === undefined ? [] : [plan.rest])];
  const causes = [...new Set(steps.map(({ cause }) => cause))];
  const files = [before.folder, after.folder].map((run) => join(run, ELIGIBILITY));
  const signal = options.resources?.signal;
  const [only] = steps;
  if (steps.length === 1 && only !== undefined) {
    const passage: Passage = { files, steps: [{ cause: only.cause, what: only.what }] };
    return written('one cause', await comparePassage(passage, [], options.limit, signal));
  }
  const whole = await comparePassage({ files, steps: [] }, causes, options.limit, signal);
  if (whole.couponsDiffering === 0) return written('nothing differs', whole);
  if (steps.length === 0) return notTold(whole, UNRECORDED);
  const passage = await executed(before, after, plan, folder, options);
  if ('why' in passage) return notTold(whole, passage.why);
  return written('executed', await comparePassage(passage, [], options.limit, signal));
}

const UNRECORDED = text(
  '記録された条件に違いはない。フォルダーの中身か、版の分からないプログラムが変えられた(verify で確かめる)',
  'nothing that the runs record differs: a folder was altered, or a program whose revision is not certain (see verify)',
);

const written = (how: Attribution['how'], { steps, ...tally }: Tally): Attributed => ({
  attribution: { how, why: null, steps },
  tally,
});
const notTold = ({ steps, ...tally }: Tally, why: Text): Attributed => ({
  attribution: { how: 'not told apart', why, steps },
  tally,
});

async function executed(
  before: RecordedRun,
  after: RecordedRun,
  plan: Plan,
  folder: string,
  { program, resources = {} }: CompareOptions,
): Promise<Passage | { readonly why: Text }> {
  const kept = await keeperOf([before, after], resources);
  if ('missing' in kept) {
    const names = kept.missing.join(', ');
    return {
      why: text(
        `入力が実行結果に残っていない(${names})。次からは run --archive`,
        `the runs do not keep these inputs: ${names} (use run --archive next time)`,
      ),
    };
  }
  return passageBetween({ before, after, plan }, { keeper: kept.keeper, program, folder, resources });
}

/** Names the particular rows, decisions and payouts for the coupons that are shown. */
async function withDetails(
  coupons: readonly CouponDifference[],
  before: RecordedRun,
  after: RecordedRun,
  resources: Resources,
): Promise<readonly CouponDifference[]> {
  const having = (cause: Cause): ReadonlySet<string> =>
    new Set(
      coupons
        .filter(({ because }) => because.some((step) => step.cause === cause))
        .map(({ couponNumber }) => couponNumber),
    );
  const rows = await rowsOf(having('input'), before, after, resources);
  const decisions = await decisionsOf(having('decision'), before, after, resources.signal);
  const payouts = await payoutsOf(having('previous'), before, after, resources.signal);
  const detailed = (step: Step, coupon: string): Step => {
    if (step.cause === 'input') return { ...step, rows: rows(coupon) };
    const what = step.cause === 'decision' ? decisions(coupon) : step.cause === 'previous' ? payouts(coupon) : [];
    return what.length === 0 ? step : { ...step, what };
  };
  return coupons.map((each) => ({ ...each, because: each.because.map((step) => detailed(step, each.couponNumber)) }));
}

type RowsOf = (coupon: string) => Step['rows'];

/** Both runs' inputs are read as of the later as-of, and under its policy, as where the inputs are exchanged. */
async function rowsOf(
  coupons: ReadonlySet<string>,
  before: RecordedRun,
  after: RecordedRun,
  resources: Resources,
): Promise<RowsOf> {
  if (coupons.size === 0) return () => [];
  const kept = await keeperOf([before, after], resources);
  if ('missing' in kept) return () => [];
  const later = partsOf(before.manifest.asOf > after.manifest.asOf ? before : after);
  const turn = (): Promise<void> => mayEnd(resources.signal);
  const around = async (run: RecordedRun) => {
    const gathered = await gather({ ...later, inputs: run, previous: before }, kept.keeper, resources);
    return wholeInTurns(rowsAround(gathered, coupons), turn);
  };
  try {
    const [was, is] = [await around(before), await around(after)];
    const differing = await wholeInTurns(differingRows(was, is, coupons), turn);
    return (coupon) => differing.get(coupon) ?? [];
  } catch (error) {
    if (!(error instanceof NotExecutable || error instanceof DamagedRun)) throw error;
    // Inputs that cannot be read at another as-of or policy: the cause stands, only its rows cannot be named.
    return () => [];
  }
}

type WhatOf = (coupon: string) => readonly string[];

async function decisionsOf(
  coupons: ReadonlySet<string>,
  before: RecordedRun,
  after: RecordedRun,
  signal: AbortSignal | undefined,
): Promise<WhatOf> {
  if (coupons.size === 0) return () => [];
  const [was, is] = await inBoth('review.csv', coupons, [before, after], signal);
  return (coupon) => {
    const items = [...was, ...is].filter((row) => row.coupon_number === coupon);
    const decisionIn = (rows: typeof was, id: string | undefined): string =>
      rows.find((row) => row.review_id === id)?.decision || '–';
    const ids = [...new Set(items.map((row) => row.review_id))];
    return ids
      .filter((id) => decisionIn(was, id) !== decisionIn(is, id))
      .map((id) => {
        const reason = items.find((row) => row.review_id === id)?.reason;
        return `${reason} ${id}: ${decisionIn(was, id)} → ${decisionIn(is, id)}`;
      });
  };
}

async function payoutsOf(
  coupons: ReadonlySet<string>,
  before: RecordedRun,
  after: RecordedRun,
  signal: AbortSignal | undefined,
): Promise<WhatOf> {
  if (coupons.size === 0) return () => [];
  const [was, is] = await inBoth(CARRIED_FILE, coupons, [before, after], signal);
  const shown = (rows: typeof was, coupon: string): readonly string[] =>
    rows.filter((row) => row.coupon_number === coupon).map((row) => `${row.payout_id} amount_yen ${row.amount_yen}`);
  return (coupon) => {
    const [old, now] = [shown(was, coupon), shown(is, coupon)];
    return [
      ...now.filter((each) => !old.includes(each)).map((each) => `+ ${each}`),
      ...old.filter((each) => !now.includes(each)).map((each) => `- ${each}`),
    ];
  };
}

const inBoth = (
  file: string,
  coupons: ReadonlySet<string>,
  runs: readonly [RecordedRun, RecordedRun],
  signal: AbortSignal | undefined,
) =>
  Promise.all(
    runs.map(({ folder, manifest }) =>
      manifest.outputs.some(({ name }) => name === file)
        ? rowsAbout(join(folder, file), coupons, 'coupon_number', signal)
        : [],
    ),
  ).then(([was = [], is = []]) => [was, is] as const);
