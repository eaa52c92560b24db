import type { PackedCoupons, PackedPayments, PackedQuestions } from './packed-coupons.ts';
import { type PackedWords, unpackSentence, unpackTexts } from './packed-texts.ts';

/** A question, as the table shows it. */
export interface ShownQuestion {
  readonly reason: string;
  readonly answer: string;
  readonly holds: boolean;
  readonly stakeYen: number;
  readonly detail: string;
}

/** A payment in the outage, as the table shows it. */
export interface ShownPayment {
  readonly occurredAt: string;
  readonly shop: string;
  readonly amountYen: number;
  readonly transactionId: string;
  readonly status: string;
  readonly repeated: string;
  readonly support: string;
}

/** A coupon, as the table shows it. */
export interface ShownCoupon {
  readonly number: string;
  readonly status: string;
  readonly grounds: readonly string[];
  readonly validUntil: string;
  readonly residualYen: number | null;
  readonly reinstateYen: number | null;
  readonly alreadyPaidYen: number | null;
  readonly payableYen: number | null;
  readonly route: string;
  readonly payoutId: string;
  readonly reasons: readonly string[];
  readonly evidence: readonly string[];
  readonly questions: readonly ShownQuestion[];
  readonly payments: readonly ShownPayment[];
}

/** The coupons of a page: their numbers at once, for the search; what else is known of one when it is asked for. */
export interface UnpackedCoupons {
  readonly count: number;
  readonly numbers: readonly string[];
  readonly hasPayments: boolean;
  readonly couponAt: (row: number) => ShownCoupon;
  /** Shops of the payments of a coupon, by their place among all. */
  readonly shops: readonly string[];
  readonly shopsAt: (row: number) => readonly number[];
}

const wordAt = ({ words, at }: PackedWords, row: number): string => words[at[row] ?? -1] ?? '';
const partsOf = (cell: string, separator: string): readonly string[] => (cell === '' ? [] : cell.split(separator));

/** Where the rows of each coupon begin among all, and where those of the last end. */
function beginsOf(perCoupon: readonly number[]): readonly number[] {
  const begins = [0];
  for (const count of perCoupon) begins.push((begins.at(-1) as number) + count);
  return begins;
}

const ofRow = <T>(begins: readonly number[], row: number, of: (at: number) => T): readonly T[] => {
  const [from, to] = [begins[row] ?? 0, begins[row + 1] ?? 0];
  return Array.from({ length: to - from }, (_, at) => of(from + at));
};

export function unpackCoupons(packed: PackedCoupons): UnpackedCoupons {
  const numbers = unpackTexts(packed.numbers, packed.count);
  const [evidenceBegins, questionBegins] = [packed.evidence, packed.questions].map(({ perCoupon }) =>
    beginsOf(perCoupon),
  ) as [readonly number[], readonly number[]];
  const { payments } = packed;
  const paymentBegins = beginsOf(payments?.perCoupon ?? []);
  const ids = onceAsked(() => unpackTexts(packed.evidence.ids, packed.evidence.count));
  const transactionIds = onceAsked(() => (payments === null ? [] : unpackTexts(payments.id, payments.count)));
  return {
    count: packed.count,
    numbers,
    hasPayments: payments !== null,
    shops: payments?.shop.words ?? [],
    shopsAt: (row) => ofRow(paymentBegins, row, (at) => payments?.shop.at[at] ?? -1),
    couponAt: (row) => ({
      ...cellsAt(packed, numbers, row),
      evidence: ofRow(evidenceBegins, row, (at) => ids()[at] ?? ''),
      questions: ofRow(questionBegins, row, (at) => questionAt(packed.questions, at)),
      payments:
        payments === null ? [] : ofRow(paymentBegins, row, (at) => paymentAt(payments, at, transactionIds()[at] ?? '')),
    }),
  };
}

function onceAsked<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const cellsAt = (packed: PackedCoupons, numbers: readonly string[], row: number) => ({
  number: numbers[row] ?? '',
  status: wordAt(packed.status, row),
  grounds: partsOf(wordAt(packed.grounds, row), '+'),
  validUntil: wordAt(packed.validUntil, row),
  residualYen: packed.residualYen[row] ?? null,
  reinstateYen: packed.reinstateYen[row] ?? null,
  alreadyPaidYen: packed.alreadyPaidYen[row] ?? null,
  payableYen: packed.payableYen[row] ?? null,
  route: wordAt(packed.route, row),
  payoutId: wordAt(packed.payout, row),
  reasons: partsOf(wordAt(packed.reasons, row), ' '),
});

const questionAt = (questions: PackedQuestions, at: number): ShownQuestion => ({
  reason: wordAt(questions.reason, at),
  answer: wordAt(questions.answer, at),
  holds: wordAt(questions.holds, at) === 'yes',
  stakeYen: questions.stakeYen[at] ?? 0,
  detail: unpackSentence(questions.detail, at),
});

const paymentAt = (payments: PackedPayments, at: number, transactionId: string): ShownPayment => ({
  occurredAt: wordAt(payments.hour, at) + wordAt(payments.minute, at),
  shop: wordAt(payments.shop, at),
  amountYen: payments.amountYen[at] ?? 0,
  transactionId,
  status: wordAt(payments.status, at),
  repeated: wordAt(payments.repeated, at),
  support: wordAt(payments.support, at),
});
