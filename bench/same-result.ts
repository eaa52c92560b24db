import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

/** What was found to be the same. */
export interface Agreement {
  /** Coupons for which (A) holds, and what is left of them. */
  readonly coupons: number;
  readonly yen: number;
  /** Coupons with a (B) ground that SQL could decide. */
  readonly doublyPaid: number;
  /** Coupons with a group of payments that SQL leaves open. */
  readonly leftOpen: number;
}

type Row = Readonly<Record<string, string>>;
const readRows = (path: string): readonly Row[] => parse(readFileSync(path, 'utf8'), { columns: true });

const SHOWN = 5;

/**
 * Holds `eligibility.csv` of a run against the result of same-work.sql: every coupon that either of them gives a
 * ground, its yen, (A), and (B) where SQL could decide. @throws with the first coupons that differ
 */
export function compareResults(eligibility: string, reduced: string): Agreement {
  const ours = new Map(readRows(eligibility).map((row) => [row.coupon_number ?? '', row]));
  const theirs = readRows(reduced);
  const known = new Set(theirs.map((row) => row.coupon_number));
  const differing = [
    ...theirs.flatMap((row) => differences(row, ours.get(row.coupon_number ?? ''))),
    ...[...ours.values()]
      .filter((row) => row.grounds !== '' && !known.has(row.coupon_number))
      .map((row) => `${row.coupon_number}: the program finds ${row.grounds}, SQL does not know the coupon`),
  ];
  if (differing.length > 0)
    throw new Error([`${differing.length} differences, the first:`, ...differing.slice(0, SHOWN)].join('\n  '));
  const holding = theirs.filter((row) => row.ground_a === 'A');
  return {
    coupons: holding.length,
    yen: holding.reduce((sum, row) => sum + Number(row.residual_yen), 0),
    doublyPaid: theirs.filter((row) => (row.grounds_b ?? '').startsWith('B')).length,
    leftOpen: theirs.filter((row) => row.grounds_b === '?').length,
  };
}

/** A coupon that the program does not list has no ground; its balance is in no file. */
function differences(theirs: Row, ours: Row | undefined): readonly string[] {
  const grounds = (ours?.grounds ?? '').split('+');
  const compared = [
    ['residual_yen', ours?.residual_yen ?? '', ours === undefined ? '' : (theirs.residual_yen ?? '')],
    ['(A)', grounds.includes('A') ? 'A' : '', theirs.ground_a ?? ''],
    ['(B)', grounds.filter((ground) => ground.startsWith('B')).join('+'), theirs.grounds_b ?? ''],
  ] as const;
  return compared
    .filter(([, mine, other]) => mine !== other && other !== '?')
    .map(([what, mine, other]) => `${theirs.coupon_number} ${what}: the program "${mine}", SQL "${other}"`);
}
