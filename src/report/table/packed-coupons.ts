import { mapped } from '../../base/steps.ts';
import { sentencesInSteps, textsInSteps, wordsInSteps } from './packed-in-steps.ts';
import type { PackedSentences, PackedTexts, PackedWords } from './packed-texts.ts';

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

/** In steps, the cells of a column. */
type Columns = (name: string) => Generator<undefined, readonly string[]>;

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
  return function* (name) {
    const cells = yield* columns(name);
    return rows.length === cells.length ? cells : yield* mapped(rows, (row) => cells[row] ?? '');
  };
}

const yenOrNull = (cell: string): number | null => (cell === '' ? null : Number(cell));

/** In steps, a column after the other, and of each some of its cells at a time. */
export function* packCoupons({ coupons, review, payments, rows }: ShownRows): Generator<undefined, PackedCoupons> {
  const column = of(rows, coupons);
  const numbers = yield* column('coupon_number');
  const ofPayments = payments === undefined ? undefined : yield* rowsOf(yield* payments('coupon_number'), numbers);
  const ids = payments === undefined ? [] : yield* payments('transaction_id');
  const { perCoupon, others } = yield* othersThan(yield* column('evidence'), ofPayments, ids);
  const list: PackedList = {
    count: rows.length,
    numbers: yield* textsInSteps(numbers),
    status: yield* wordsInSteps(yield* column('status')),
    grounds: yield* wordsInSteps(yield* column('grounds')),
    route: yield* wordsInSteps(yield* column('route')),
    reasons: yield* wordsInSteps(yield* column('reasons')),
    residualYen: yield* mapped(yield* column('residual_yen'), yenOrNull),
    payableYen: yield* mapped(yield* column('payable_yen'), yenOrNull),
  };
  const details: PackedDetails = {
    validUntil: yield* wordsInSteps(yield* column('valid_until')),
    payout: yield* wordsInSteps(yield* column('payout_id')),
    reinstateYen: yield* mapped(yield* column('reinstate_yen'), yenOrNull),
    alreadyPaidYen: yield* mapped(yield* column('already_paid_yen'), yenOrNull),
    evidence: { perCoupon, ids: yield* textsInSteps(others), count: others.length },
    questions: yield* packQuestions(review, yield* rowsOf(yield* review('coupon_number'), numbers)),
    payments: payments === undefined || ofPayments === undefined ? null : yield* packPayments(payments, ofPayments),
  };
  return { list, details };
}

/** So many rows or coupons are looked at at a time. */
const A_STEP = 1 << 12;

/** Rows of a table that speak of each of the coupons, one coupon after the other. */
interface RowsOfCoupons {
  readonly perCoupon: readonly number[];
  readonly rows: readonly number[];
}

/** Both lists are in the order of the coupons' numbers, as every run writes them: one walk over each. */
function* rowsOf(numbers: readonly string[], coupons: readonly string[]): Generator<undefined, RowsOfCoupons> {
  const rows: number[] = [];
  const perCoupon: number[] = [];
  let row = 0;
  for (const coupon of coupons) {
    const before = rows.length;
    while (row < numbers.length && (numbers[row] as string) < coupon) row++;
    for (; numbers[row] === coupon; row++) {
      rows.push(row);
      if (rows.length % A_STEP === 0) yield undefined;
    }
    perCoupon.push(rows.length - before);
    if (perCoupon.length % A_STEP === 0) yield undefined;
  }
  return { perCoupon, rows };
}

/** Evidence of each coupon but for its payments that are shown anyway. */
function* othersThan(
  evidence: readonly string[],
  payments: RowsOfCoupons | undefined,
  ids: readonly string[],
): Generator<undefined, Pick<PackedDetails['evidence'], 'perCoupon'> & { readonly others: readonly string[] }> {
  const { rows, perCoupon: paymentsOf } = payments ?? { rows: [], perCoupon: [] };
  const others: string[] = [];
  const perCoupon: number[] = [];
  let from = 0;
  for (const cell of evidence) {
    const before = others.length;
    const to = from + (paymentsOf[perCoupon.length] ?? 0);
    if (cell !== '') yield* putOthers(others, cell.split(' '), { rows, from, to, ids });
    from = to;
    perCoupon.push(others.length - before);
    if (perCoupon.length % A_STEP === 0) yield undefined;
  }
  return { perCoupon, others };
}

function* putOthers(others: string[], evidence: readonly string[], shown: Stretch): Generator<undefined, void> {
  const isShown = shown.to - shown.from > FEW_PAYMENTS ? yield* paymentsAmongMany(shown) : paymentsAmong(shown);
  let looked = 0;
  for (const each of evidence) {
    if (!isShown(each)) others.push(each);
    looked++;
    if (looked % A_STEP === 0) yield undefined;
  }
}

/** So few payments are looked through quicker than an index of them is made. */
const FEW_PAYMENTS = 8;

/** Payments in a stretch of rows. */
interface Stretch {
  readonly rows: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly ids: readonly string[];
}

const idAt = ({ rows, ids }: Stretch, place: number): string => ids[rows[place] ?? -1] ?? '';

type IsShown = (evidence: string) => boolean;

/** Whether evidence is one of them. */
const paymentsAmong =
  (stretch: Stretch): IsShown =>
  (evidence) => {
    for (let place = stretch.from; place < stretch.to; place++)
      if (isPayment(evidence, idAt(stretch, place))) return true;
    return false;
  };

/** The same by an index. */
function* paymentsAmongMany(stretch: Stretch): Generator<undefined, IsShown> {
  const shown = new Set<string>();
  for (let place = stretch.from; place < stretch.to; place++) {
    shown.add(`${PAYMENT}${idAt(stretch, place)}`);
    if (shown.size % A_STEP === 0) yield undefined;
  }
  return (evidence) => shown.has(evidence);
}

const PAYMENT = 'tx:';
const isPayment = (evidence: string, id: string): boolean =>
  evidence.length === id.length + PAYMENT.length && evidence.startsWith(PAYMENT) && evidence.endsWith(id);

function* packQuestions(review: Columns, { perCoupon, rows }: RowsOfCoupons): Generator<undefined, PackedQuestions> {
  const column = of(rows, review);
  return {
    perCoupon,
    reason: yield* wordsInSteps(yield* column('reason')),
    answer: yield* wordsInSteps(yield* column('decision')),
    stakeYen: yield* mapped(yield* column('amount_at_stake_yen'), Number),
    holds: yield* wordsInSteps(yield* column('holds')),
    detail: yield* sentencesInSteps(yield* column('detail')),
  };
}

const HOUR_LENGTH = 'YYYY-MM-DDThh'.length;

function* packPayments(payments: Columns, { perCoupon, rows }: RowsOfCoupons): Generator<undefined, PackedPayments> {
  const column = of(rows, payments);
  const times = yield* column('occurred_at');
  return {
    perCoupon,
    count: rows.length,
    hour: yield* wordsInSteps(yield* mapped(times, (time) => time.slice(0, HOUR_LENGTH))),
    minute: yield* wordsInSteps(yield* mapped(times, (time) => time.slice(HOUR_LENGTH))),
    shop: yield* wordsInSteps(yield* column('merchant_id')),
    amountYen: yield* mapped(yield* column('amount_yen'), Number),
    id: yield* textsInSteps(yield* column('transaction_id')),
    status: yield* wordsInSteps(yield* column('status')),
    repeated: yield* wordsInSteps(yield* column('repeated')),
    support: yield* wordsInSteps(yield* column('support')),
  };
}
