import {
  type PackedSentences,
  type PackedTexts,
  type PackedWords,
  packSentences,
  packTexts,
  packWords,
} from './packed-texts.ts';

/** Coupons of the table as they stand in the page: made when it is written, read by its script. */
export interface PackedCoupons {
  readonly list: PackedList;
  readonly details: PackedDetails;
}

/** What the table shows of each coupon, and what it is sought by, by column. */
export interface PackedList {
  readonly count: number;
  readonly numbers: PackedTexts;
  readonly status: PackedWords;
  readonly grounds: PackedWords;
  readonly route: PackedWords;
  readonly reasons: PackedWords;
  /** Null where the run knows none. */
  readonly residualYen: readonly (number | null)[];
  readonly payableYen: readonly (number | null)[];
}

/** What a row shows when it opens, in the order of the list: most of the data, so it stands behind the script that shows the list. */
export interface PackedDetails {
  readonly validUntil: PackedWords;
  readonly payout: PackedWords;
  readonly reinstateYen: readonly (number | null)[];
  readonly alreadyPaidYen: readonly (number | null)[];
  /** Rows that it rests on, but for payments in the outage, which stand there with all that is known of them. */
  readonly evidence: { readonly perCoupon: readonly number[]; readonly ids: PackedTexts; readonly count: number };
  readonly questions: PackedQuestions;
  /** Null where the run has no such file. */
  readonly payments: PackedPayments | null;
}

/** What is asked of people, in the order of the coupons. */
export interface PackedQuestions {
  readonly perCoupon: readonly number[];
  readonly reason: PackedWords;
  readonly answer: PackedWords;
  readonly stakeYen: readonly number[];
  readonly holds: PackedWords;
  /** In both languages, as review.csv has it. */
  readonly detail: PackedSentences;
}

/** Payments in the outage, in the order of the coupons. */
export interface PackedPayments {
  readonly perCoupon: readonly number[];
  readonly count: number;
  /** `YYYY-MM-DDThh`, and what follows it. */
  readonly hour: PackedWords;
  readonly minute: PackedWords;
  readonly shop: PackedWords;
  readonly amountYen: readonly number[];
  readonly id: PackedTexts;
  readonly status: PackedWords;
  readonly repeated: PackedWords;
  readonly support: PackedWords;
}

type Columns = (name: string) => readonly string[];

/** What the table shows; each column is of all its rows. */
export interface ShownRows {
  readonly coupons: Columns;
  readonly review: Columns;
  readonly payments: Columns | undefined;
  /** Rows of the coupons that are shown. */
  readonly rows: readonly number[];
}

/** Cells of some of the rows; where these are all of them, of none besides. */
function of(rows: readonly number[], columns: Columns): Columns {
  return (name) => {
    const cells = columns(name);
    return rows.length === cells.length ? cells : rows.map((row) => cells[row] ?? '');
  };
}

const yenOrNull = (cell: string): number | null => (cell === '' ? null : Number(cell));

/** A column that was made, and a turn before the next. */
function* made<Column>(column: Column): Generator<undefined, Column> {
  yield undefined;
  return column;
}

/** In steps, a column at a time. */
export function* packCoupons({ coupons, review, payments, rows }: ShownRows): Generator<undefined, PackedCoupons> {
  const column = of(rows, coupons);
  const numbers = column('coupon_number');
  yield undefined;
  const ofPayments = payments === undefined ? undefined : rowsOf(payments('coupon_number'), numbers);
  yield undefined;
  const { perCoupon, others } = othersThan(column('evidence'), ofPayments, payments?.('transaction_id') ?? []);
  yield undefined;
  const list: PackedList = {
    count: rows.length,
    numbers: yield* made(packTexts(numbers)),
    status: yield* made(packWords(column('status'))),
    grounds: yield* made(packWords(column('grounds'))),
    route: yield* made(packWords(column('route'))),
    reasons: yield* made(packWords(column('reasons'))),
    residualYen: yield* made(column('residual_yen').map(yenOrNull)),
    payableYen: yield* made(column('payable_yen').map(yenOrNull)),
  };
  const details: PackedDetails = {
    validUntil: yield* made(packWords(column('valid_until'))),
    payout: yield* made(packWords(column('payout_id'))),
    reinstateYen: yield* made(column('reinstate_yen').map(yenOrNull)),
    alreadyPaidYen: yield* made(column('already_paid_yen').map(yenOrNull)),
    evidence: { perCoupon, ids: yield* made(packTexts(others)), count: others.length },
    questions: yield* packQuestions(review, rowsOf(review('coupon_number'), numbers)),
    payments: payments === undefined || ofPayments === undefined ? null : yield* packPayments(payments, ofPayments),
  };
  return { list, details };
}

/** Rows of a table that speak of each of the coupons, one coupon after the other. */
interface RowsOfCoupons {
  readonly perCoupon: readonly number[];
  readonly rows: readonly number[];
}

/** Both lists are in the order of the coupons' numbers, as every run writes them: one walk over each. */
function rowsOf(numbers: readonly string[], coupons: readonly string[]): RowsOfCoupons {
  const rows: number[] = [];
  let row = 0;
  const perCoupon = coupons.map((coupon) => {
    const before = rows.length;
    while (row < numbers.length && (numbers[row] as string) < coupon) row++;
    for (; numbers[row] === coupon; row++) rows.push(row);
    return rows.length - before;
  });
  return { perCoupon, rows };
}

/** Evidence of each coupon but for its payments that are shown anyway. */
function othersThan(
  evidence: readonly string[],
  payments: RowsOfCoupons | undefined,
  ids: readonly string[],
): Pick<PackedDetails['evidence'], 'perCoupon'> & { readonly others: readonly string[] } {
  const others: string[] = [];
  let from = 0;
  const perCoupon = evidence.map((cell, at) => {
    const [before, to] = [others.length, from + (payments?.perCoupon[at] ?? 0)];
    const words = cell === '' ? [] : cell.split(' ');
    const isShown = paymentsAmong(payments?.rows ?? [], from, to, ids);
    for (const each of words) if (!isShown(each)) others.push(each);
    from = to;
    return others.length - before;
  });
  return { perCoupon, others };
}

/** So few payments are looked through quicker than an index of them is made. */
const FEW_PAYMENTS = 8;

/** Whether evidence is one of the payments in a stretch of rows. */
function paymentsAmong(
  rows: readonly number[],
  from: number,
  to: number,
  ids: readonly string[],
): (evidence: string) => boolean {
  const idAt = (place: number): string => ids[rows[place] ?? -1] ?? '';
  if (to - from > FEW_PAYMENTS) {
    const shown = new Set<string>();
    for (let place = from; place < to; place++) shown.add(`${PAYMENT}${idAt(place)}`);
    return (evidence) => shown.has(evidence);
  }
  return (evidence) => {
    for (let place = from; place < to; place++) if (isPayment(evidence, idAt(place))) return true;
    return false;
  };
}

const PAYMENT = 'tx:';
const isPayment = (evidence: string, id: string): boolean =>
  evidence.length === id.length + PAYMENT.length && evidence.startsWith(PAYMENT) && evidence.endsWith(id);

function* packQuestions(review: Columns, { perCoupon, rows }: RowsOfCoupons): Generator<undefined, PackedQuestions> {
  const column = of(rows, review);
  return {
    perCoupon,
    reason: yield* made(packWords(column('reason'))),
    answer: yield* made(packWords(column('decision'))),
    stakeYen: yield* made(column('amount_at_stake_yen').map(Number)),
    holds: yield* made(packWords(column('holds'))),
    detail: yield* made(packSentences(column('detail'))),
  };
}

const HOUR_LENGTH = 'YYYY-MM-DDThh'.length;

function* packPayments(payments: Columns, { perCoupon, rows }: RowsOfCoupons): Generator<undefined, PackedPayments> {
  const column = of(rows, payments);
  const times = column('occurred_at');
  return {
    perCoupon,
    count: rows.length,
    hour: yield* made(packWords(times.map((time) => time.slice(0, HOUR_LENGTH)))),
    minute: yield* made(packWords(times.map((time) => time.slice(HOUR_LENGTH)))),
    shop: yield* made(packWords(column('merchant_id'))),
    amountYen: yield* made(column('amount_yen').map(Number)),
    id: yield* made(packTexts(column('transaction_id'))),
    status: yield* made(packWords(column('status'))),
    repeated: yield* made(packWords(column('repeated'))),
    support: yield* made(packWords(column('support'))),
  };
}
