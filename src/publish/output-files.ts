import { formatDate } from '../base/instants.ts';
import { drained } from '../base/steps.ts';
import { compareText, inBoth } from '../base/text.ts';
import type { MerchantDay } from '../pairing/merchant-record.ts';
import type { WholeOutcome } from '../settlement/outcome.ts';
import type { Payout } from '../settlement/payouts.ts';
import type { Extension, Reinstatement, ReviewItem } from '../settlement/settlement.ts';
import { SHOWN_AS_ANSWERED } from '../tables/kinds/decisions.ts';
import type { InputFile, Tables, UnmatchedRow } from '../tables/tables.ts';
import { ASKED_FILE, type Asked, REVIEW_FILE } from './asked.ts';
import type { Row } from './csv-bytes.ts';
import { eligibility, list } from './eligibility.ts';
import { inputDays } from './input-days.ts';
import type { PayoutPart } from './known-payout.ts';
import { outagePayments } from './outage-payments.ts';
import { cellsOf, headerOf, type RunTable, type SettlementTable, thingsInOrder } from './output-table.ts';
import { PAID_PAYOUTS_FILE } from './paid-payouts.ts';
import { CARRIED_FILE, type Carried } from './previous.ts';
import { type RejectedLine, rejectedLines } from './rejected-lines.ts';
import type { ToSend } from './to-send.ts';
import { TO_SEND_FILE } from './unsent-payouts.ts';

export const PAYOUTS = 'payouts.csv';
export const PAID_TEMPLATE = 'paid_template.csv';
export const UNMATCHED = 'unmatched.csv';
/** Beside the copies for Excel. */
export const REVIEW_WORKBOOK = 'excel/review.xlsx';

const NO_ROWS: readonly never[] = [];

export const payouts: RunTable<Payout> = {
  name: PAYOUTS,
  columns: [
    { name: 'payout_id', of: (each) => each.payoutId },
    { name: 'route', of: (each) => each.route },
    { name: 'recipient', of: (each) => each.recipient },
    { name: 'deliver_to', of: (each) => each.deliverTo },
    { name: 'amount_yen', yenOf: (each) => each.amountYen },
    { name: 'coupon_count', of: (each) => String(each.coupons.length) },
    { name: 'coupons', of: (each) => list(each.coupons) },
    { name: 'not_before', of: (each) => formatDate(each.notBefore) },
    { name: 'receive_by', of: (each) => (each.receiveBy === undefined ? '' : formatDate(each.receiveBy)) },
  ],
  rowsIn: ({ outcome }) => outcome.payouts,
  forMachines: true,
};

/** What is still to be sent, whichever night it was made. */
const toSend: RunTable<ToSend> = {
  name: TO_SEND_FILE,
  columns: [
    { name: 'payout_id', of: (each) => each.payoutId },
    { name: 'route', of: (each) => each.route },
    { name: 'recipient', of: (each) => each.recipient },
    { name: 'deliver_to', of: (each) => each.deliverTo },
    { name: 'amount_yen', yenOf: (each) => each.amountYen },
    { name: 'coupon_count', of: (each) => String(each.coupons.length) },
    { name: 'coupons', of: (each) => list(each.coupons) },
    { name: 'not_before', of: (each) => each.notBefore },
    { name: 'receive_by', of: (each) => each.receiveBy },
    { name: 'made_at', of: (each) => each.madeAt },
    { name: 'due', of: (each) => each.due },
  ],
  rowsIn: (contents) => contents.toSend,
  forMachines: true,
};

/** The same without anybody’s contacts, for whoever notes what became of each: filled in, it is a file of paid rows. */
const paidTemplate: RunTable<ToSend> = {
  name: PAID_TEMPLATE,
  columns: [
    { name: 'payout_id', of: (each) => each.payoutId },
    { name: 'route', of: (each) => each.route },
    { name: 'amount_yen', yenOf: (each) => each.amountYen },
    { name: 'coupons', of: (each) => list(each.coupons) },
    { name: 'not_before', of: (each) => each.notBefore },
    { name: 'status', of: () => '' },
    { name: 'sent_at', of: () => '' },
  ],
  rowsIn: (contents) => contents.toSend,
  forMachines: true,
};

const extensions: SettlementTable<Extension> = {
  name: 'extensions.csv',
  columns: [
    { name: 'coupon_number', of: (each) => each.couponNumber },
    { name: 'from', of: (each) => formatDate(each.from) },
    { name: 'to', of: (each) => formatDate(each.to) },
    { name: 'grounds', of: (each) => each.grounds },
  ],
  rowsOf: ({ extension }) => (extension === undefined ? NO_ROWS : [extension]),
  forMachines: true,
};

const reinstatements: SettlementTable<Reinstatement> = {
  name: 'reinstatements.csv',
  columns: [
    { name: 'coupon_number', of: (due) => due.couponNumber },
    { name: 'transaction_id', of: (due) => due.transactionId },
    { name: 'merchant_id', of: (due) => due.merchantId },
    { name: 'amount_yen', yenOf: (due) => due.amountYen },
    { name: 'ground', of: (due) => due.ground },
    { name: 'evidence', of: (due) => list(due.evidence) },
  ],
  rowsOf: (each) => each.reinstatements,
  forMachines: true,
};

const byReasonAndId = (a: ReviewItem, b: ReviewItem): number =>
  compareText(a.reason, b.reason) || compareText(a.reviewId, b.reviewId);

/** What is answered is shown so that it is no order to answer it: nobody has signed it there. */
const DECISION_SHOWN = { ...SHOWN_AS_ANSWERED, open: '', stale: 'stale', needs_second: 'needs_second' } as const;

const review: SettlementTable<ReviewItem> = {
  name: REVIEW_FILE,
  columns: [
    { name: 'review_id', of: (item) => item.reviewId },
    { name: 'coupon_number', of: (item) => item.couponNumber },
    { name: 'reason', of: (item) => item.reason },
    { name: 'holds', of: (item) => (item.holds ? 'yes' : 'no') },
    { name: 'amount_at_stake_yen', yenOf: (item) => item.stakeYen },
    { name: 'detail', of: (item) => inBoth(item.detail) },
    { name: 'evidence', of: (item) => list(item.evidence) },
    { name: 'evidence_hash', of: (item) => item.evidenceHash },
    { name: 'decision', of: (item) => DECISION_SHOWN[item.verdict] },
    // For whoever answers: a review.csv that was filled in is a file of decisions.
    { name: 'decided_by', of: () => '' },
    { name: 'decided_at', of: () => '' },
    { name: 'note', of: () => '' },
  ],
  rowsOf: ({ items }) => items,
  order: byReasonAndId,
  forMachines: false,
};

const byMerchantAndDate = (a: MerchantDay, b: MerchantDay): number =>
  compareText(a.merchantId, b.merchantId) || a.date - b.date;

const merchantDays: RunTable<MerchantDay> = {
  name: 'merchant_days.csv',
  columns: [
    { name: 'merchant_id', of: (day) => day.merchantId },
    { name: 'date', of: (day) => formatDate(day.date) },
    { name: 'log_count', of: (day) => String(day.logCount) },
    { name: 'log_yen', yenOf: (day) => day.logYen },
    { name: 'report_count', of: (day) => String(day.reportCount) },
    { name: 'report_yen', yenOf: (day) => day.reportYen },
    { name: 'difference_yen', yenOf: (day) => day.logYen - day.reportYen },
  ],
  rowsIn: ({ outcome }) => [...outcome.merchantDays].sort(byMerchantAndDate),
  forMachines: false,
};

/** Rejected rows, and the rows that were set aside because they conflict. */
const rejects: RunTable<RejectedLine> = {
  name: 'rejects.csv',
  columns: [
    { name: 'file', of: (each) => each.file },
    { name: 'line', of: (each) => String(each.line) },
    { name: 'column', of: (each) => each.column },
    { name: 'code', of: (each) => each.code },
    { name: 'message', of: (each) => each.message },
  ],
  rowsIn: ({ tables }) => rejectedLines(tables),
  forMachines: false,
};

/** Rows that name a coupon which the issuance does not know: nobody’s balance is moved by them. */
const unmatched: RunTable<{ readonly row: UnmatchedRow; readonly file: InputFile | undefined }> = {
  name: UNMATCHED,
  columns: [
    { name: 'file', of: ({ file }) => file?.name ?? '' },
    { name: 'line', of: ({ row }) => String(row.line) },
    { name: 'input', of: ({ file }) => file?.kind ?? '' },
    { name: 'coupon_number', of: ({ row }) => row.shownNumber },
    { name: 'amount_yen', yenOf: ({ row }) => row.yen },
    { name: 'nearest', of: ({ row }) => row.nearest ?? '' },
  ],
  *rowsIn({ tables }) {
    for (const row of tables.unmatched) yield { row, file: tables.files[row.file] };
  },
  forMachines: false,
};

/** What earlier runs of the chain paid, and this one counts as paid. */
const carried: RunTable<Carried> = {
  name: CARRIED_FILE,
  columns: [
    { name: 'payout_id', of: (row) => row.payoutId },
    { name: 'coupon_number', of: (row) => row.couponNumber },
    { name: 'amount_yen', yenOf: (row) => row.amountYen },
    { name: 'made_at', of: (row) => row.madeAt },
    { name: 'route', of: (row) => row.route },
  ],
  rowsIn: (contents) => contents.carried,
  forMachines: true,
};

/** What earlier runs of the chain asked. */
const asked: RunTable<Asked> = {
  name: ASKED_FILE,
  columns: [
    { name: 'review_id', of: (row) => row.reviewId },
    { name: 'asked_at', of: (row) => row.askedAt },
  ],
  rowsIn: (contents) => contents.asked,
  forMachines: true,
};

/** Payouts that paid rows speak of as a whole, by their coupons. */
const paidPayouts: RunTable<PayoutPart> = {
  name: PAID_PAYOUTS_FILE,
  columns: [
    { name: 'payout_id', of: (part) => part.payoutId },
    { name: 'coupon_number', of: (part) => part.couponNumber },
    { name: 'amount_yen', yenOf: (part) => part.amountYen },
  ],
  rowsIn: (contents) => (contents.paidPayouts.length === 0 ? undefined : contents.paidPayouts),
  forMachines: true,
};

/** Every CSV of a run folder, in the manifest’s order (docs/contract/2-data.md). */
export const OUTPUTS: readonly (SettlementTable | RunTable)[] = [
  eligibility,
  payouts,
  toSend,
  paidTemplate,
  extensions,
  reinstatements,
  review,
  outagePayments,
  merchantDays,
  rejects,
  unmatched,
  inputDays,
  carried,
  paidPayouts,
  asked,
];

/** Each settlement’s rows in each of these can be told as soon as payouts are known. */
export const SETTLEMENT_TABLES: readonly SettlementTable[] = OUTPUTS.filter((table) => 'rowsOf' in table);

/** So many coupons are looked at at a time. */
const COUPONS_A_STEP = 1 << 13;

/** In steps, the payout of each coupon that stands in one. */
export function* payoutOfCoupons(
  all: Iterable<Pick<Payout, 'payoutId' | 'coupons'>>,
): Generator<undefined, ReadonlyMap<string, string>> {
  const payoutOf = new Map<string, string>();
  for (const { payoutId, coupons } of all)
    for (const coupon of coupons) {
      payoutOf.set(coupon, payoutId);
      if (payoutOf.size % COUPONS_A_STEP === 0) yield undefined;
    }
  return payoutOf;
}

/** A table to publish: header, and rows in their order. */
export interface OutputTable {
  readonly name: string;
  readonly header: Row;
  /** Made anew, one at a time, for whoever asks. */
  readonly rows: Iterable<Row>;
}

/** Every CSV of a run folder whose settlements all lie in memory. */
export function outputTables(outcome: WholeOutcome, tables: Tables): readonly OutputTable[] {
  const payoutOf = drained(payoutOfCoupons(outcome.payouts));
  const contents = { outcome, tables, carried: undefined, toSend: [], asked: undefined, paidPayouts: [] };
  return OUTPUTS.flatMap((table) => {
    const cells = cellsOf<unknown>(table.columns);
    const rowOf = (thing: unknown, payoutId: string): Row => cells.map((cellOf) => cellOf(thing, payoutId));
    function* ofRun(things: Iterable<unknown>): Iterator<Row> {
      for (const thing of things) yield rowOf(thing, '');
    }
    function* ofSettlements(ofEach: SettlementTable): Iterator<Row> {
      for (const each of outcome.settlements)
        for (const thing of thingsInOrder(ofEach, each)) yield rowOf(thing, payoutOf.get(each.couponNumber) ?? '');
    }
    const things = 'rowsIn' in table ? table.rowsIn(contents) : [];
    if (things === undefined) return [];
    const rows = { [Symbol.iterator]: () => ('rowsIn' in table ? ofRun(things) : ofSettlements(table)) };
    return [{ name: table.name, header: headerOf(table), rows }];
  });
}
