import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CohortAnswer, FileAnswer, TillEvent } from '../../src/synth/answers.ts';
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
}

interface InputRecord {
  readonly name: string;
  readonly rowsRead: number;
  readonly dispositions: Readonly<Record<string, { readonly rows: number; readonly yen: number }>>;
}

export const readAnswers = (file: string): AnswersFile => JSON.parse(readFileSync(file, 'utf8'));

/** Where a published run is not what the answers say. */
export function whatDiffers(answers: AnswersFile, run: string): readonly string[] {
  const { inputs } = JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8')) as { inputs: InputRecord[] };
  const rejects = readRows(join(run, 'rejects.csv'));
  const eligibility = new Map(readRows(join(run, 'eligibility.csv')).map((row) => [row.coupon_number ?? '', row]));
  const review = readRows(join(run, 'review.csv'));
  return [
    ...Object.values(answers.files).flatMap((file) => fileDiffers(file, inputs, rejects)),
    ...cohortDiffers(answers, eligibility),
    ...answers.tillEvents.flatMap((event) => eventDiffers(event, eligibility, review)),
  ];
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

function eventDiffers(event: TillEvent, eligibility: ReadonlyMap<string, Row>, review: readonly Row[]): string[] {
  const { couponNumber, transactionIds, expected } = event;
  const asked = review
    .filter(({ evidence = '' }) => transactionIds.some((id) => evidence.split(' ').includes(`tx:${id}`)))
    .map(({ reason }) => reason);
  const found =
    expected === 'nothing'
      ? asked.length === 0
      : expected === 'REPEAT_UNVERIFIED'
        ? asked.includes(expected)
        : groundsOf(eligibility.get(couponNumber)).includes(expected);
  return found ? [] : [`${couponNumber}: ${event.kind} did not give ${expected}`];
}
