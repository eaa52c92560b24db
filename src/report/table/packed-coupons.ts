import {
  type PackedSentences,
  type PackedTexts,
  type PackedWords,
  packSentences,
  packTexts,
  packWords,
} from './packed-texts.ts';

/** Coupons of the table, by column, as they stand in the page: made when it is written, read by its script. */
export interface PackedCoupons {
  readonly count: number;
  readonly numbers: PackedTexts;
  readonly status: PackedWords;
  readonly grounds: PackedWords;
  readonly validUntil: PackedWords;
  readonly route: PackedWords;
  readonly payout: PackedWords;
  readonly reasons: PackedWords;
  /** Null where the run knows none. */
  readonly residualYen: readonly (number | null)[];
  readonly reinstateYen: readonly (number | null)[];
  readonly alreadyPaidYen: readonly (number | null)[];
  readonly payableYen: readonly (number | null)[];
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

const yenOrNull = (cell: string): number | null => (cell === '' ? null : Number(cell));

export function packCoupons({ coupons, review, payments, rows }: ShownRows): PackedCoupons {
  const column = (name: string): readonly string[] => {
    const cells = coupons(name);
    return rows.map((row) => cells[row] ?? '');
  };
  const numbers = column('coupon_number');
  const ofPayments = payments === undefined ? undefined : rowsOf(payments('coupon_number'), numbers);
  const ids = ofPayments === undefined ? undefined : payments?.('transaction_id');
  const evidence = column('evidence').map((cell, at) => othersThan(cell, ofPayments?.[at], ids));
  const questions = rowsOf(review('coupon_number'), numbers);
  return {
    count: rows.length,
    numbers: packTexts(numbers),
    status: packWords(column('status')),
    grounds: packWords(column('grounds')),
    validUntil: packWords(column('valid_until')),
    route: packWords(column('route')),
    payout: packWords(column('payout_id')),
    reasons: packWords(column('reasons')),
    residualYen: column('residual_yen').map(yenOrNull),
    reinstateYen: column('reinstate_yen').map(yenOrNull),
    alreadyPaidYen: column('already_paid_yen').map(yenOrNull),
    payableYen: column('payable_yen').map(yenOrNull),
    evidence: {
      perCoupon: evidence.map((each) => each.length),
      ids: packTexts(evidence.flat()),
      count: evidence.reduce((sum, each) => sum + each.length, 0),
    },
    questions: packQuestions(review, questions),
    payments: payments === undefined || ofPayments === undefined ? null : packPayments(payments, ofPayments),
  };
}

const NONE: readonly number[] = [];

/** The rows of a table that speak of each of the coupons. */
function rowsOf(numbers: readonly string[], coupons: readonly string[]): readonly (readonly number[])[] {
  const places = new Map<string, number[]>();
  for (let row = 0; row < numbers.length; row++) {
    const number = numbers[row] as string;
    const known = places.get(number);
    if (known === undefined) places.set(number, [row]);
    else known.push(row);
  }
  return coupons.map((number) => places.get(number) ?? NONE);
}

/** Evidence of a coupon but for its payments that are shown anyway. */
function othersThan(
  cell: string,
  shown: readonly number[] | undefined,
  ids: readonly string[] | undefined,
): readonly string[] {
  if (cell === '') return [];
  const evidence = cell.split(' ');
  if (shown === undefined || shown.length === 0 || ids === undefined) return evidence;
  const known = new Set(shown.map((row) => `tx:${ids[row]}`));
  return evidence.filter((each) => !known.has(each));
}

function packQuestions(review: Columns, perCoupon: readonly (readonly number[])[]): PackedQuestions {
  const rows = perCoupon.flat();
  const column = (name: string): readonly string[] => {
    const cells = review(name);
    return rows.map((row) => cells[row] ?? '');
  };
  return {
    perCoupon: perCoupon.map((each) => each.length),
    reason: packWords(column('reason')),
    answer: packWords(column('decision')),
    stakeYen: column('amount_at_stake_yen').map(Number),
    holds: packWords(column('holds')),
    detail: packSentences(column('detail')),
  };
}

const HOUR_LENGTH = 'YYYY-MM-DDThh'.length;

function packPayments(payments: Columns, perCoupon: readonly (readonly number[])[]): PackedPayments {
  const rows = perCoupon.flat();
  const column = (name: string): readonly string[] => {
    const cells = payments(name);
    return rows.map((row) => cells[row] ?? '');
  };
  const times = column('occurred_at');
  return {
    perCoupon: perCoupon.map((each) => each.length),
    count: rows.length,
    hour: packWords(times.map((time) => time.slice(0, HOUR_LENGTH))),
    minute: packWords(times.map((time) => time.slice(HOUR_LENGTH))),
    shop: packWords(column('merchant_id')),
    amountYen: column('amount_yen').map(Number),
    id: packTexts(column('transaction_id')),
    status: packWords(column('status')),
    repeated: packWords(column('repeated')),
    support: packWords(column('support')),
  };
}
