import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { REJECT_CODES, type RejectWords } from '../intake/reject-codes.ts';
import { CONFLICTING, type Tables } from '../intake/tables.ts';
import { formatDate } from '../policy/instants.ts';
import { compareText, inBoth } from '../policy/text.ts';
import type { Outcome, WholeOutcome } from '../settlement/outcome.ts';
import type { Payout } from '../settlement/payouts.ts';
import type { Reinstatement, ReviewItem, Settlement } from '../settlement/settlement.ts';
import type { Row } from './csv-bytes.ts';
import { PAID_PAYOUTS_FILE, type PayoutPart } from './paid-payouts.ts';
import { CARRIED_FILE, type Carried } from './previous.ts';

export const ELIGIBILITY = 'eligibility.csv';
export const UNMATCHED = 'unmatched.csv';

/** A table to publish: header, and rows in their order. */
export interface OutputTable {
  readonly name: string;
  readonly header: readonly string[];
  /** Made anew, one at a time, for whoever asks: all rows at once would be most of a run's memory. */
  readonly rows: Iterable<Row>;
  /** Which columns hold yen, for the control totals. */
  readonly yenColumns: readonly string[];
  /** A copy for people may have formulas disarmed; what a machine pays from never. */
  readonly forMachines: boolean;
}

/** Most lists hold one thing or none. */
const joined = (values: readonly string[], separator: string): string =>
  values.length < 2 ? (values[0] ?? '') : values.join(separator);
const list = (values: readonly string[]): string => joined(values, ' ');
const yen = (value: number | undefined): string => (value === undefined ? '' : String(value));

/** A table with rows for each settlement, in the order of settlements. */
export interface SettlementTable extends Omit<OutputTable, 'rows'> {
  /** @param payoutId of the payout that the coupon stands in */
  rowsFor(settlement: Settlement, payoutId: string | undefined): readonly Row[];
}

/** The payout of each coupon that stands in one. */
export function payoutOfCoupons(all: Iterable<Pick<Payout, 'payoutId' | 'coupons'>>): ReadonlyMap<string, string> {
  const payoutOf = new Map<string, string>();
  for (const { payoutId, coupons } of all) for (const coupon of coupons) payoutOf.set(coupon, payoutId);
  return payoutOf;
}

/** Of the CSVs of a run folder those that follow the settlements, and the others, in the manifest's order (2-data.md). */
export const inManifestOrder = <Table>(
  [eligibilityTable, ...following]: readonly Table[],
  [payoutsTable, ...others]: readonly Table[],
): readonly Table[] => [eligibilityTable as Table, payoutsTable as Table, ...following, ...others];

/** Every CSV of a run folder. */
export function outputTables(outcome: WholeOutcome, tables: Tables): readonly OutputTable[] {
  const payoutOf = payoutOfCoupons(outcome.payouts);
  const following = SETTLEMENT_TABLES.map((table) => tableOver(table, outcome.settlements, payoutOf));
  return inManifestOrder(following, otherTables(outcome, tables));
}

/** Those that do not follow the settlements. */
export const otherTables = (outcome: Outcome, tables: Tables): readonly OutputTable[] => [
  payouts(outcome.payouts),
  merchantDays(outcome),
  rejects(tables),
  unmatched(tables),
];

const tableOver = (
  { rowsFor, ...table }: SettlementTable,
  settlements: Iterable<Settlement>,
  payoutOf: ReadonlyMap<string, string>,
): OutputTable => ({
  ...table,
  rows: {
    *[Symbol.iterator]() {
      for (const each of settlements) yield* rowsFor(each, payoutOf.get(each.couponNumber));
    },
  },
});

const NO_ROWS: readonly Row[] = [];

const eligibility: SettlementTable = {
  name: ELIGIBILITY,
  header: [
    'coupon_number',
    'status',
    'grounds',
    'valid_until',
    'residual_yen',
    'reinstate_yen',
    'already_paid_yen',
    'payable_yen',
    'route',
    'payout_id',
    'reasons',
    'evidence',
  ],
  rowsFor: (each, payoutId) => (each.listed ? [eligibilityRow(each, payoutId)] : NO_ROWS),
  yenColumns: ['residual_yen', 'reinstate_yen', 'already_paid_yen', 'payable_yen'],
  forMachines: true,
};

const eligibilityRow = (each: Settlement, payoutId: string | undefined): Row => [
  each.couponNumber,
  each.status,
  joined(each.grounds, '+'),
  each.amounts === undefined ? '' : formatDate(each.amounts.validUntil),
  yen(each.amounts?.residualYen),
  yen(each.amounts?.reinstateYen),
  yen(each.amounts?.alreadyPaidYen),
  yen(each.amounts?.payableYen),
  each.route ?? '',
  payoutId ?? '',
  list(each.reasons),
  list(each.evidence),
];

const payouts = (all: readonly Payout[]): OutputTable => ({
  name: 'payouts.csv',
  header: [
    'payout_id',
    'route',
    'recipient',
    'deliver_to',
    'amount_yen',
    'coupon_count',
    'coupons',
    'not_before',
    'receive_by',
  ],
  rows: {
    *[Symbol.iterator]() {
      for (const payout of all) yield payoutRow(payout);
    },
  },
  yenColumns: ['amount_yen'],
  forMachines: true,
});

const payoutRow = (payout: Payout): Row => [
  payout.payoutId,
  payout.route,
  payout.recipient,
  payout.deliverTo,
  String(payout.amountYen),
  String(payout.coupons.length),
  list(payout.coupons),
  formatDate(payout.notBefore),
  payout.receiveBy === undefined ? '' : formatDate(payout.receiveBy),
];

const extensions: SettlementTable = {
  name: 'extensions.csv',
  header: ['coupon_number', 'from', 'to', 'grounds'],
  rowsFor: ({ extension }) =>
    extension === undefined
      ? NO_ROWS
      : [[extension.couponNumber, formatDate(extension.from), formatDate(extension.to), extension.grounds]],
  yenColumns: [],
  forMachines: true,
};

const reinstatements: SettlementTable = {
  name: 'reinstatements.csv',
  header: ['coupon_number', 'transaction_id', 'merchant_id', 'amount_yen', 'ground', 'evidence'],
  rowsFor: (each) => (each.reinstatements.length === 0 ? NO_ROWS : each.reinstatements.map(reinstatementRow)),
  yenColumns: ['amount_yen'],
  forMachines: true,
};

const reinstatementRow = (due: Reinstatement): Row => [
  due.couponNumber,
  due.transactionId,
  due.merchantId,
  String(due.amountYen),
  due.ground,
  list(due.evidence),
];

const byReasonAndId = (a: ReviewItem, b: ReviewItem): number =>
  compareText(a.reason, b.reason) || compareText(a.reviewId, b.reviewId);

const review: SettlementTable = {
  name: 'review.csv',
  header: [
    'review_id',
    'coupon_number',
    'reason',
    'holds',
    'amount_at_stake_yen',
    'detail',
    'evidence',
    'evidence_hash',
    'decision',
  ],
  rowsFor: ({ items }) => (items.length === 0 ? NO_ROWS : [...items].sort(byReasonAndId).map(reviewRow)),
  yenColumns: ['amount_at_stake_yen'],
  forMachines: false,
};

/** Each settlement's rows in each of these can be told as soon as payouts are known. */
export const SETTLEMENT_TABLES: readonly SettlementTable[] = [eligibility, extensions, reinstatements, review];

const reviewRow = (item: ReviewItem): Row => [
  item.reviewId,
  item.couponNumber,
  item.reason,
  item.holds ? 'yes' : 'no',
  yen(item.stakeYen),
  inBoth(item.detail),
  list(item.evidence),
  item.evidenceHash,
  item.verdict === 'open' ? '' : item.verdict,
];

const merchantDays = ({ merchantDays: days }: Outcome): OutputTable => ({
  name: 'merchant_days.csv',
  header: ['merchant_id', 'date', 'log_count', 'log_yen', 'report_count', 'report_yen', 'difference_yen'],
  get rows() {
    return [...days]
      .sort((a, b) => compareText(a.merchantId, b.merchantId) || a.date - b.date)
      .map((day) => [
        day.merchantId,
        formatDate(day.date),
        String(day.logCount),
        String(day.logYen),
        String(day.reportCount),
        String(day.reportYen),
        String(day.logYen - day.reportYen),
      ]);
  },
  yenColumns: ['log_yen', 'report_yen', 'difference_yen'],
  forMachines: false,
});

const rejectMessage = ({ what, advice }: RejectWords): string =>
  inBoth({ ja: `${what.ja}。${advice.ja}`, en: `${what.en}; ${advice.en}` });

/** Rejected rows, and the rows that were set aside because they conflict. */
function rejects(tables: Tables): OutputTable {
  const rows: { file: number; line: number; cells: readonly string[] }[] = tables.rejects.map((reject) => ({
    file: reject.file,
    line: reject.line,
    cells: [reject.column, reject.code, rejectMessage(reject)],
  }));
  const setAside = (file: number, line: number, code: 'CONFLICTING' | 'TWO_SPELLINGS' | 'OTHER_AMOUNT') => {
    rows.push({ file, line, cells: ['', code, rejectMessage(REJECT_CODES[code])] });
  };
  const { spelledTwice: twice } = tables;
  const bulk = [
    { table: tables.issuance, isTwice: (row: number) => twice.coupons.has(tables.issuance.coupon[row] as number) },
    {
      table: tables.transactions,
      isTwice: (row: number) => twice.transactions.has(tables.transactions.transaction[row] as number),
    },
    {
      table: tables.sales,
      isTwice: (row: number) =>
        twice.reports.has(tables.sales.report[row] as number) ||
        twice.merchants.has(tables.sales.merchant[row] as number),
    },
  ];
  for (const { table, isTwice } of bulk) {
    const { disposition, file, line } = table;
    for (let row = disposition.indexOf(CONFLICTING); row >= 0; row = disposition.indexOf(CONFLICTING, row + 1))
      setAside(file[row] ?? 0, line[row] ?? 0, isTwice(row) ? 'TWO_SPELLINGS' : 'CONFLICTING');
  }
  // A row of a whole payout stands for each of its coupons.
  const paid = new Map(tables.paid.map((row) => [`${row.file} ${row.line} ${row.disposition}`, row])).values();
  for (const row of [...tables.claims, ...tables.applications, ...tables.decisions, ...paid]) {
    // A row that the chain of earlier runs brought has no file.
    if (row.disposition !== 'conflicting' || row.file < 0) continue;
    const isSpelledTwice =
      ('claimId' in row && twice.claims.has(row.claimId)) ||
      ('applicationId' in row && twice.applications.has(row.applicationId));
    const contradictsRun = 'contradictsRun' in row && row.contradictsRun === true;
    setAside(row.file, row.line, contradictsRun ? 'OTHER_AMOUNT' : isSpelledTwice ? 'TWO_SPELLINGS' : 'CONFLICTING');
  }
  const nameOf = (file: number): string => tables.files[file]?.name ?? '';
  return {
    name: 'rejects.csv',
    header: ['file', 'line', 'column', 'code', 'message'],
    get rows() {
      return rows
        .sort((a, b) => compareText(nameOf(a.file), nameOf(b.file)) || a.file - b.file || a.line - b.line)
        .map(({ file, line, cells }) => [nameOf(file), String(line), ...cells]);
    },
    yenColumns: [],
    forMachines: false,
  };
}

/** Rows that name a coupon which the issuance does not know: nobody’s balance is moved by them. */
function unmatched({ unmatched: rows, files }: Tables): OutputTable {
  return {
    name: UNMATCHED,
    header: ['file', 'line', 'input', 'coupon_number', 'amount_yen', 'nearest'],
    rows: {
      *[Symbol.iterator]() {
        for (const { file, line, shownNumber, yen: amountYen, nearest } of rows)
          yield [
            files[file]?.name ?? '',
            String(line),
            files[file]?.kind ?? '',
            shownNumber,
            String(amountYen),
            nearest ?? '',
          ];
      },
    },
    yenColumns: ['amount_yen'],
    forMachines: false,
  };
}

/** Payouts that paid rows speak of as a whole, by their coupons. */
export const paidPayoutsTable = (parts: readonly PayoutPart[]): OutputTable => ({
  name: PAID_PAYOUTS_FILE,
  header: ['payout_id', 'coupon_number', 'amount_yen'],
  get rows() {
    return parts.map((part) => [part.payoutId, part.couponNumber, String(part.amountYen)]);
  },
  yenColumns: ['amount_yen'],
  forMachines: true,
});

/** What earlier runs of the chain paid, and this one counts as paid. */
export const carriedTable = (rows: readonly Carried[]): OutputTable => ({
  name: CARRIED_FILE,
  header: ['payout_id', 'coupon_number', 'amount_yen', 'made_at'],
  get rows() {
    return rows.map((row) => [row.payoutId, row.couponNumber, String(row.amountYen), row.madeAt]);
  },
  yenColumns: ['amount_yen'],
  forMachines: true,
});

/** The copy of a table for Excel: BOM, CRLF, and formulas disarmed where no machine pays from it. */
export const excelText = (csv: string, forMachines: boolean): string =>
  stringify(parse(csv), { bom: true, record_delimiter: '\r\n', escape_formulas: !forMachines });
