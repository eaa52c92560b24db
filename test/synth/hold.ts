import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CohortAnswer, CouponAnswer, FileAnswer, PayoutAnswer, TillEvent } from '../../src/synth/answers.ts';
import { readRows } from '../support/program.ts';
import type { Row } from '../support/run-tables.ts';

/** The answers file, as far as it is held against a run. */
export interface AnswersFile {
  readonly policyId?: string;
  readonly asOf: string;
  readonly files: Readonly<Record<string, FileAnswer>>;
  readonly cohort: readonly CohortAnswer[];
  readonly cohortTotals: { readonly coupons: number; readonly withGroundA: number; readonly residualYen: number };
  readonly tillEvents: readonly TillEvent[];
  readonly knownCoupons?: readonly CouponAnswer[];
  readonly knownPayouts?: readonly PayoutAnswer[];
}

export interface InputRecord {
  readonly name: string;
  readonly rowsRead: number;
  readonly dispositions: Readonly<Record<string, { readonly rows: number; readonly yen: number }>>;
}

export const readAnswers = (file: string): AnswersFile => JSON.parse(readFileSync(file, 'utf8'));

/** Where a published run is not what the answers say. */
export function whatDiffers(answers: AnswersFile, run: string): readonly string[] {
  const { inputs } = JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8')) as { inputs: InputRecord[] };
  return whatDiffersIn(answers, inputs, (name) => readRows(join(run, name)));
}

/** The same of a run that was not published: rows by the names of their files. */
export function whatDiffersIn(
  answers: AnswersFile,
  inputs: readonly InputRecord[],
  rowsOf: (name: string) => readonly Row[],
): readonly string[] {
  const rejects = rowsOf('rejects.csv');
  const eligibility = new Map(rowsOf('eligibility.csv').map((row) => [row.coupon_number ?? '', row]));
  const review = rowsOf('review.csv');
  return [
    ...Object.values(answers.files).flatMap((file) => fileDiffers(file, inputs, rejects)),
    ...cohortDiffers(answers, eligibility),
    ...answers.tillEvents.flatMap((event) => eventDiffers(event, eligibility, review)),
    ...knownDiffers(answers, eligibility, rowsOf('payouts.csv')),
  ];
}

/** Coupons and payouts of which everything is known, column by column; and no other payout has one of them. */
function knownDiffers(
  { knownCoupons = [], knownPayouts = [] }: AnswersFile,
  eligibility: ReadonlyMap<string, Row>,
  payouts: readonly Row[],
): string[] {
  const known = new Set(knownCoupons.map(({ couponNumber }) => couponNumber));
  const paid = payouts
    .filter(({ coupons = '' }) => coupons.split(' ').some((number) => known.has(number)))
    .map((row) => [row.route, row.recipient, row.amount_yen, row.coupons, row.not_before, row.receive_by].join(' | '));
  const due = knownPayouts.map(({ route, recipient, amountYen, couponNumbers, notBefore, receiveBy }) =>
    [route, recipient, amountYen, couponNumbers.join(' '), notBefore, receiveBy].join(' | '),
  );
  return [
    ...knownCoupons.flatMap((coupon) => couponDiffers(coupon, eligibility.get(coupon.couponNumber))),
    ...differing('payouts', [['known', paid.sort().join('\n'), due.sort().join('\n')]]),
  ];
}

function couponDiffers(coupon: CouponAnswer, row: Row | undefined): string[] {
  const where = `${coupon.couponNumber} (${coupon.shows})`;
  if (row === undefined || !coupon.listed)
    return differing(where, [['listed', String(row !== undefined), String(coupon.listed)]]);
  return differing(where, [
    ['status', row.status ?? '', coupon.status],
    ['grounds', row.grounds ?? '', coupon.grounds],
    ['valid until', row.valid_until ?? '', coupon.validUntil ?? ''],
    ['residual', row.residual_yen ?? '', String(coupon.residualYen ?? '')],
    ['reinstate', row.reinstate_yen ?? '', String(coupon.reinstateYen ?? '')],
    ['payable', row.payable_yen ?? '', String(coupon.payableYen ?? '')],
    ['route', row.route ?? '', coupon.route],
    ['reasons', row.reasons ?? '', coupon.reasons],
  ]);
}

export function fileDiffers(file: FileAnswer, inputs: readonly InputRecord[], rejects: readonly Row[]): string[] {
  const input = inputs.find((each) => each.name === file.name);
  const rows = (disposition: string): number => input?.dispositions[disposition]?.rows ?? 0;
  const codes: Record<string, number> = {};
  for (const { file: name, code = '' } of rejects) if (name === file.name) codes[code] = (codes[code] ?? 0) + 1;
  const expectedCodes = { ...file.rejects, ...(file.conflicting > 0 ? { CONFLICTING: file.conflicting } : {}) };
  return differing(file.name, [
    ['rows', input?.rowsRead ?? 0, file.rows],
    ['accepted', rows('accepted'), file.accepted],
    ['accepted yen', input?.dispositions.accepted?.yen ?? 0, file.acceptedYen],
    ['duplicate', rows('duplicate'), file.duplicate],
    ['conflicting', rows('conflicting'), file.conflicting],
    ['out of scope', rows('out_of_scope'), file.outOfScope],
    ['rejected', rows('rejected'), file.rejected],
    ['codes', written(codes), written(expectedCodes)],
  ]);
}

const written = (codes: Readonly<Record<string, number>>): string =>
  Object.entries(codes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, count]) => `${code} ${count}`)
    .join(', ');

function differing(where: string, pairs: readonly (readonly [string, string | number, string | number])[]): string[] {
  return pairs
    .filter(([, found, expected]) => found !== expected)
    .map(([what, found, expected]) => `${where}: ${what} ${found}, expected ${expected}`);
}

/** Coupons that the run does not list have no ground; what is left of them stands in no file. */
function cohortDiffers({ cohort, cohortTotals }: AnswersFile, eligibility: ReadonlyMap<string, Row>): string[] {
  let [holding, yen] = [0, 0];
  const each = cohort.flatMap(({ couponNumber, groundA, residualYen }) => {
    const row = eligibility.get(couponNumber);
    const holds = groundsOf(row).includes('A');
    if (holds) {
      holding++;
      yen += Number(row?.residual_yen);
    }
    return differing(couponNumber, [
      ['(A)', String(holds), String(groundA)],
      ['residual', row === undefined ? residualYen : Number(row.residual_yen), residualYen],
    ]);
  });
  return [
    ...each,
    ...differing('cohort', [
      ['coupons', cohort.length, cohortTotals.coupons],
      ['with (A)', holding, cohortTotals.withGroundA],
      ['yen', yen, cohortTotals.residualYen],
    ]),
  ];
}

const groundsOf = (row: Row | undefined): readonly string[] => (row?.grounds ?? '').split('+');

/** What presses are asked about; a call about a shop that reported nothing is asked about by itself, and so is whatever else such a coupon has. */
const OF_PRESSES = new Set(['AMBIGUOUS_SUPPORT', 'REPEAT_UNVERIFIED', 'NO_SALE_RECORDED', 'UNSUPPORTED_PAYMENT']);

function eventDiffers(event: TillEvent, eligibility: ReadonlyMap<string, Row>, review: readonly Row[]): string[] {
  const { couponNumber, transactionIds, expected } = event;
  const asked = review
    .filter(({ evidence = '' }) => transactionIds.some((id) => evidence.split(' ').includes(`tx:${id}`)))
    .map(({ reason }) => reason);
  const found =
    expected === 'nothing'
      ? !asked.some((reason = '') => OF_PRESSES.has(reason))
      : expected === 'REPEAT_UNVERIFIED'
        ? asked.includes(expected)
        : groundsOf(eligibility.get(couponNumber)).includes(expected);
  return found ? [] : [`${couponNumber}: ${event.kind} did not give ${expected}`];
}
