import type { PackedDetails, PackedList, PackedPayments, PackedQuestions } from './packed-coupons.ts';
import { type PackedTexts, type PackedWords, textsAt, unpackSentence } from './packed-texts.ts';
import { soughtForm } from './sought-number.ts';

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
export interface ListedCoupon {
  readonly number: string;
  readonly status: string;
  readonly grounds: readonly string[];
  readonly residualYen: number | null;
  readonly payableYen: number | null;
  readonly route: string;
  readonly reasons: readonly string[];
}

/** What is known of it besides, shown when its row opens. */
export interface CouponDetails {
  readonly validUntil: string;
  readonly reinstateYen: number | null;
  readonly alreadyPaidYen: number | null;
  readonly payoutId: string;
  readonly evidence: readonly string[];
  readonly questions: readonly ShownQuestion[];
  readonly payments: readonly ShownPayment[];
}

export type ShownCoupon = ListedCoupon & CouponDetails;

/** The coupons of a page. */
export interface UnpackedList {
  readonly count: number;
  /** All numbers as they are sought, made when one first is. */
  readonly soughtNumbers: () => readonly string[];
  readonly couponAt: (row: number) => ListedCoupon;
}

/** What else is known of each of them. */
export interface UnpackedDetails {
  readonly detailsAt: (row: number) => CouponDetails;
  /** Shops of all payments. */
  readonly shops: readonly string[];
  /** Whether a payment of the coupon is at one of them. @param fits whether it is one, by its place among all */
  readonly hasPaidAt: (row: number, fits: readonly boolean[]) => boolean;
}

const wordAt = ({ words, at }: PackedWords, row: number): string => words[at[row] ?? -1] ?? '';
const partsOf = (cell: string, separator: string): readonly string[] => (cell === '' ? [] : cell.split(separator));

type Begins = () => ArrayLike<number>;
const NO_TEXTS: PackedTexts = { shapes: [], more: [] };

/** Where the rows of each coupon begin among all, and where those of the last end. */
function beginsOf(perCoupon: readonly number[]): ArrayLike<number> {
  const begins = new Uint32Array(perCoupon.length + 1);
  let next = 0;
  for (let row = 0; row < perCoupon.length; row++) {
    next += perCoupon[row] as number;
    begins[row + 1] = next;
  }
  return begins;
}

const ofRow = <T>(begins: ArrayLike<number>, row: number, of: (at: number) => T): readonly T[] => {
  const [from, to] = [begins[row] ?? 0, begins[row + 1] ?? 0];
  return Array.from({ length: to - from }, (_, at) => of(from + at));
};

export function unpackList(packed: PackedList): UnpackedList {
  const numberAt = textsAt(packed.numbers, packed.count);
  return {
    count: packed.count,
    soughtNumbers: onceAsked(() => Array.from({ length: packed.count }, (_, row) => soughtForm(numberAt(row)))),
    couponAt: (row) => ({
      number: numberAt(row),
      status: wordAt(packed.status, row),
      grounds: partsOf(wordAt(packed.grounds, row), '+'),
      residualYen: packed.residualYen[row] ?? null,
      payableYen: packed.payableYen[row] ?? null,
      route: wordAt(packed.route, row),
      reasons: partsOf(wordAt(packed.reasons, row), ' '),
    }),
  };
}

export function unpackDetails(packed: PackedDetails): UnpackedDetails {
  const { evidence, questions, payments } = packed;
  const [ofEvidence, ofQuestions, ofPayments] = [evidence, questions, payments].map((each) =>
    onceAsked(() => beginsOf(each?.perCoupon ?? [])),
  ) as [Begins, Begins, Begins];
  const idAt = onceAsked(() => textsAt(evidence.ids, evidence.count));
  const transactionIdAt = onceAsked(() => textsAt(payments?.id ?? NO_TEXTS, payments?.count ?? 0));
  return {
    shops: payments?.shop.words ?? [],
    hasPaidAt: (row, fits) => {
      const [begins, shops] = [ofPayments(), payments?.shop.at ?? []];
      const end = begins[row + 1] ?? 0;
      for (let at = begins[row] ?? 0; at < end; at++) if (fits[shops[at] ?? -1] === true) return true;
      return false;
    },
    detailsAt: (row) => ({
      validUntil: wordAt(packed.validUntil, row),
      reinstateYen: packed.reinstateYen[row] ?? null,
      alreadyPaidYen: packed.alreadyPaidYen[row] ?? null,
      payoutId: wordAt(packed.payout, row),
      evidence: ofRow(ofEvidence(), row, (at) => idAt()(at)),
      questions: ofRow(ofQuestions(), row, (at) => questionAt(questions, at)),
      payments:
        payments === null ? [] : ofRow(ofPayments(), row, (at) => paymentAt(payments, at, transactionIdAt()(at))),
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
