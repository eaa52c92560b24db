import { join } from 'node:path';
import { eligibility } from '../../publish/eligibility.ts';
import type { ProgramIdentity } from '../../publish/manifest.ts';
import { payouts } from '../../publish/output-files.ts';
import { cellsOf, type Table } from '../../publish/output-table.ts';
import type { Payout } from '../../settlement/payouts.ts';
import type { Settlement } from '../../settlement/settlement.ts';
import { type Cells, rowsAbout } from '../record/records.ts';
import { hashOfFile, type Manifest } from '../record/run-record.ts';
import { couponNumberOf, type Known } from './asked-coupons.ts';
import type { Explanation, Otherwise } from './explanation.ts';

/** What a run has published of some coupons itself. */
export interface OwnRows {
  /** Its rows of eligibility.csv. */
  listedAs(couponNumber: string): readonly Cells[];
  /** Its rows of payouts.csv in which the coupon stands. */
  paidBy(couponNumber: string): readonly Cells[];
}

/** Reads what a run has published of some coupons. @throws DamagedRun, and what the system says where it may not be read */
export async function ownRowsOf(folder: string, coupons: ReadonlySet<string>, signal?: AbortSignal): Promise<OwnRows> {
  const listed = await rowsAbout(join(folder, eligibility.name), coupons, 'coupon_number', signal);
  const paid = await rowsAbout(join(folder, payouts.name), coupons, 'coupons', signal);
  return {
    listedAs: (couponNumber) => listed.filter((row) => row.coupon_number === couponNumber),
    paidBy: (couponNumber) => paid.filter((row) => row.coupons?.split(' ').includes(couponNumber)),
  };
}

/** What the run has published of those that words may name: coupons as they are written, and its payouts. @throws DamagedRun */
export async function namedByRun(
  folder: string,
  words: readonly string[],
  signal?: AbortSignal,
): Promise<Pick<Known, 'payouts' | 'isListed'>> {
  const numbersMeant = new Set(words.map(couponNumberOf));
  const listed = await rowsAbout(join(folder, eligibility.name), numbersMeant, 'coupon_number', signal);
  const numbers = new Set(listed.map((row) => row.coupon_number));
  const ids = new Set(words.map((word) => word.normalize('NFKC').trim()).map((id) => `P${id.slice(1).toLowerCase()}`));
  const rows = await rowsAbout(join(folder, payouts.name), ids, 'payout_id', signal);
  return {
    payouts: new Map(rows.map((row) => [row.payout_id ?? '', (row.coupons ?? '').split(' ')])),
    isListed: (couponNumber) => numbers.has(couponNumber),
  };
}

/** What a coupon comes to, worked out anew: its settlement, if it has one, and the payout that it is part of. */
export interface WorkedOut {
  readonly settlement: Settlement | undefined;
  readonly payout: Payout | undefined;
}

/** The cells of a run\u2019s own rows on a coupon that come out otherwise now; none of columns that the run did not have. */
export function publishedOtherwise(
  couponNumber: string,
  own: OwnRows,
  { settlement, payout }: WorkedOut,
): Explanation['publishedOtherwise'] {
  const listed = settlement === undefined ? [] : eligibility.rowsOf(settlement);
  return [
    ...differences(eligibility, own.listedAs(couponNumber), listed[0], payout?.payoutId ?? ''),
    ...differences(payouts, own.paidBy(couponNumber), payout, ''),
  ];
}

function differences<Thing>(
  { name, columns }: Table<Thing>,
  published: readonly Cells[],
  thing: Thing | undefined,
  payoutId: string,
): Explanation['publishedOtherwise'] {
  const workedOut = cellsOf(columns).map((cellOf) => (thing === undefined ? '' : cellOf(thing, payoutId)));
  const rows = published.length === 0 && thing !== undefined ? [undefined] : published;
  return rows.flatMap((row) =>
    columns
      .map((column, at) => ({
        file: name,
        column: column.name,
        published: row === undefined ? '' : row[column.name],
        workedOut: workedOut[at] ?? '',
      }))
      .filter((cell) => cell.published !== undefined && cell.published !== cell.workedOut)
      .map((cell) => ({ ...cell, published: cell.published ?? '' })),
  );
}

/** Looks for the cause, in steps: what stands in the folder first, for then nothing needs to be said of the program. */
export function* whyOtherwise(
  folder: string,
  manifest: Manifest,
  program: ProgramIdentity,
): Generator<undefined, Otherwise> {
  const { program: madeBy, outputs } = manifest;
  const altered: string[] = [];
  for (const { name, sha256 } of outputs) {
    if (name !== eligibility.name && name !== payouts.name) continue;
    if ((yield* hashOfFile(join(folder, name))) !== sha256) altered.push(name);
  }
  const isOther = madeBy.version !== program.version || madeBy.revision !== program.revision;
  return { because: altered.length > 0 ? 'altered' : isOther ? 'program' : 'unknown', altered, madeBy };
}
