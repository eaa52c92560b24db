import { join } from 'node:path';
import { grouped } from '../../base/figures.ts';
import { ownOf } from '../../base/own.ts';
import { type Text, text } from '../../base/text.ts';
import { shownName } from '../../base/visible-text.ts';
import { ASKED_FILE } from '../../publish/asked.ts';
import { PAID_TEMPLATE, REVIEW_WORKBOOK, UNMATCHED } from '../../publish/output-files.ts';
import { CARRIED_FILE, isRefusal } from '../../publish/previous.ts';
import { type Cells, publishedRows, type Rows } from '../../publish/published-rows.ts';
import { TO_SEND_FILE } from '../../publish/unsent-payouts.ts';
import { piecesOf } from '../record/files.ts';
import type { Manifest } from '../record/run-record.ts';
import type { RunWithPurged } from './purged-files.ts';

/** What rows come to: NaN of a column in which some cell is no number. */
interface Sums {
  rows: number;
  readonly yen: Map<string, number>;
}

/** The same of a whole table, and of its rows by what they have in one column. */
interface TableSums extends Sums {
  readonly groups: ReadonlyMap<string, Sums>;
}

const noSums = (columns: readonly string[]): Sums => ({
  rows: 0,
  yen: new Map(columns.map((column) => [column, 0])),
});

function add(sums: Sums, row: Cells): void {
  sums.rows++;
  for (const [column, yen] of sums.yen) sums.yen.set(column, yen + Number(row[column] ?? Number.NaN));
}

/** @throws NoTable, and what reading throws */
function* sumsOf(rows: Rows, columns: readonly string[], groupedBy: string): Generator<undefined, TableSums> {
  const whole = noSums(columns);
  const groups = new Map<string, Sums>();
  for (const row of rows) {
    if (row === undefined) {
      yield undefined;
      continue;
    }
    add(whole, row);
    const key = row[groupedBy];
    if (key === undefined) continue;
    const group = groups.get(key) ?? noSums(columns);
    groups.set(key, group);
    add(group, row);
  }
  return { ...whole, groups };
}

/** What tables are held against each other by: a column of yen, and the column by which their rows are told apart. */
const HELD_BY: Readonly<Record<string, { readonly yen: string; readonly groupedBy: string }>> = {
  'eligibility.csv': { yen: 'payable_yen', groupedBy: 'status' },
  'payouts.csv': { yen: 'amount_yen', groupedBy: '' },
  [UNMATCHED]: { yen: 'amount_yen', groupedBy: 'file' },
};

/** @throws NoTable, and what the system says */
function* sumsIn(folder: string, { name, totals }: Manifest['outputs'][number]): Generator<undefined, TableSums> {
  const { yen, groupedBy } = ownOf(HELD_BY, name) ?? { yen: undefined, groupedBy: '' };
  const columns = [...new Set([...Object.keys(totals ?? {}), ...(yen === undefined ? [] : [yen])])];
  return yield* sumsOf(publishedRows(piecesOf(join(folder, name)), [...columns, groupedBy]), columns, groupedBy);
}

/** Tables that runs of every version wrote. */
const ALWAYS_WRITTEN = [
  'eligibility.csv',
  'payouts.csv',
  'extensions.csv',
  'reinstatements.csv',
  'review.csv',
  'merchant_days.csv',
  'rejects.csv',
] as const;

/** Tables that a run of these options must have written, by name. */
function tablesDue({ inputs, options, previous }: Manifest): readonly string[] {
  const countsUnmatched = inputs.some(({ coupons }) => coupons !== undefined && coupons !== null);
  const countsDays = inputs.some(({ firstAt }) => firstAt !== undefined);
  const names = [
    ...ALWAYS_WRITTEN,
    ...(countsUnmatched ? [UNMATCHED] : []),
    ...(options.allowPaidRowsGone === undefined ? [] : [TO_SEND_FILE, PAID_TEMPLATE]),
    ...(countsDays ? [INPUT_DAYS] : []),
    ...(options.report === true ? [OUTAGE_PAYMENTS] : []),
    ...(previous === null ? [] : [CARRIED_FILE]),
    // Since runs say whether an approval needs a second person.
    ...(previous === null || options.requireSecond === undefined ? [] : [ASKED_FILE]),
  ];
  const workbook = options.excelLanguage === undefined || options.excelLanguage === null ? [] : [REVIEW_WORKBOOK];
  return options.excel ? [...names.flatMap((name) => [name, `excel/${name}`]), ...workbook] : names;
}

/**
 * Control totals, added again from the CSV files, and files against each other; in steps. A table that is not there proves
 * none.
 */
export function* checkTotals(
  folder: string,
  manifest: Manifest,
  { names, purged }: Pick<RunWithPurged, 'names' | 'purged'>,
): Generator<undefined, readonly Text[]> {
  const recorded = manifest.outputs.filter(({ name }) => name.endsWith('.csv'));
  const problems = tablesDue(manifest)
    .filter((name) => manifest.outputs.every((output) => output.name !== name))
    .map((name) => text(`manifest.json に ${name} の記録がない`, `manifest.json records nothing of ${name}`));
  const files = new Map<string, TableSums>();
  for (const output of recorded) {
    const { name } = output;
    if (purged.gone.has(name)) continue;
    if (!names.has(name)) {
      problems.push(text(`${name} がないため、合計を確かめられない`, `${name} is missing, so it cannot be added up`));
      continue;
    }
    try {
      files.set(name, yield* sumsIn(folder, output));
    } catch (error) {
      if (isRefusal(error)) throw error;
      problems.push(text(`${name} が CSV として読めない`, `${name} cannot be read as CSV`));
    }
  }
  for (const output of recorded) {
    const sums = files.get(output.name);
    if (sums !== undefined) problems.push(...againstRecord(output, sums));
  }
  return [...problems, ...checkAgainstEachOther(files), ...checkUnmatched(manifest, files.get(UNMATCHED))];
}

/** What the manifest counted and added up of a table, against the table. */
function againstRecord(
  { name, rows: count, totals }: Manifest['outputs'][number],
  { rows, yen }: TableSums,
): readonly Text[] {
  const problems: Text[] = [];
  if (count === undefined)
    problems.push(text(`manifest.json に ${name} の行数の記録がない`, `manifest.json records no rows of ${name}`));
  else if (rows !== count)
    problems.push(
      text(
        `${name}: ${grouped(rows)} 行(記録は ${grouped(count)} 行)`,
        `${name}: ${grouped(rows)} rows, but ${grouped(count)} recorded`,
      ),
    );
  for (const [column, total] of Object.entries(totals ?? {})) {
    const sum = yen.get(column) ?? Number.NaN;
    if (!Number.isSafeInteger(sum))
      problems.push(
        text(
          `${name} ${shownName(column)}: 整数の円でない欄があり、合計できない`,
          `${name} ${shownName(column)}: cannot be added up, for some cell is no whole yen`,
        ),
      );
    else if (sum !== total)
      problems.push(
        text(
          `${name} ${column}: 合計 ${grouped(sum)}(記録は ${grouped(total)})`,
          `${name} ${column}: adds up to ${grouped(sum)}, but ${grouped(total)} recorded`,
        ),
      );
  }
  return problems;
}

function checkAgainstEachOther(files: ReadonlyMap<string, TableSums>): readonly Text[] {
  const [eligibility, payouts] = [files.get('eligibility.csv'), files.get('payouts.csv')];
  if (eligibility === undefined || payouts === undefined) return [];
  const payable = eligibility.groups.get('payable')?.yen.get('payable_yen') ?? 0;
  const sent = payouts.yen.get('amount_yen') ?? 0;
  if (payable === sent) return [];
  return [
    text(
      `payouts.csv の合計 ${grouped(sent)}円が eligibility.csv の支払額 ${grouped(payable)}円と違う`,
      `payouts.csv adds up to ${grouped(sent)} yen, eligibility.csv to ${grouped(payable)}`,
    ),
  ];
}

/** As 2-data.md names them. */
const INPUT_DAYS = 'input_days.csv';
const OUTAGE_PAYMENTS = 'outage_payments.csv';

const NO_ROWS = { rows: 0, yen: 0 };

/** Rows that find no coupon, against what was counted of each input. */
function checkUnmatched({ inputs }: Manifest, sums: TableSums | undefined): readonly Text[] {
  if (sums === undefined) return [];
  const problems: Text[] = [];
  for (const { name, coupons } of inputs) {
    const own = sums.groups.get(name);
    const [payments, others] = [coupons?.unknown ?? NO_ROWS, coupons?.unknownOther ?? NO_ROWS];
    const counted = { rows: payments.rows + others.rows, yen: payments.yen + others.yen };
    const listed = { rows: own?.rows ?? 0, yen: own?.yen.get('amount_yen') ?? 0 };
    if (counted.rows === listed.rows && counted.yen === listed.yen) continue;
    problems.push(
      text(
        `${UNMATCHED} の ${name} は ${grouped(listed.rows)} 行 ${grouped(listed.yen)}円(記録は ${grouped(counted.rows)} 行 ${grouped(counted.yen)}円)`,
        `${UNMATCHED} has ${grouped(listed.rows)} rows of ${name} with ${grouped(listed.yen)} yen, but ${grouped(counted.rows)} with ${grouped(counted.yen)} are recorded`,
      ),
    );
  }
  return problems;
}
