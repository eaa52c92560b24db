import { amountUnsigned } from '../mapping/signed-amounts.ts';
import { PREFECTURE_CODES } from '../schema/layouts.ts';
import { AbsentWords } from '../values/absent-words.ts';
import { readAmount } from '../values/amounts.ts';
import type { Clock } from '../values/dates.ts';
import { guardOf, normalised, readCouponNumber, withoutGuard } from '../values/identifiers.ts';
import { type DateForm, dateFormOf } from './date-forms.ts';

/** What the cells of a column look like. Shares are of the cells that hold a value. */
export interface ColumnFacts {
  /** Cells that hold a value. */
  readonly count: number;
  readonly distinct: number;
  readonly amounts: number;
  /** What stands behind each number of them: `1,000コイン`. Undefined where they are plain, or not all alike. */
  readonly unit: string | undefined;
  /** Cells in which the id of a payout stands. */
  readonly payoutIds: number;
  /** Amounts below nothing. */
  readonly negatives: number;
  /** Digits, 8 to 20 of them, hyphens and blanks aside. */
  readonly longNumbers: number;
  readonly prefectures: number;
  readonly dates: DateForm | undefined;
  /** 18:00 or 18:00:20, without a day. */
  readonly times: number;
  /** Telephone numbers and addresses of e-mail: nothing of such a column is shown. */
  readonly isContact: boolean;
  /** Each value without the hyphens and blanks of a coupon number, and how often: held against numbers of other files, never shown. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Where there are few of them: each, after NFKC and trim, and how often. */
  readonly words: ReadonlyMap<string, number>;
}

/** How the ids of payouts are written. */
export const PAYOUT_ID_PATTERN = 'P[0-9A-Fa-f]{16}';
const MOST_WORDS = 30;
const PREFECTURE_DIGITS: ReadonlySet<string> = new Set(PREFECTURE_CODES.values());
const isContactValue = (value: string): boolean =>
  value.includes('@') || /^(?:\+?81|0)(?:[1-9]\d{8}|[5-9]0\d{8})$/.test(value.replace(/[-() ]/g, ''));
const ABSENT = new AbsentWords();

/** @param cells of one column, as they are written */
export function columnFacts(cells: readonly string[], clock: Clock): ColumnFacts {
  const values = cells.filter((cell) => cell.trim() !== '' && !ABSENT.includes(cell, '', true)).map(normalised);
  const share = (is: (value: string) => boolean): number =>
    values.length === 0 ? 0 : values.filter(is).length / values.length;
  const distinct = new Set(values).size;
  const isContact = share(isContactValue) > 0.2;
  const unit = unitOf(values);
  return {
    count: values.length,
    distinct,
    amounts: share((value) => yenOf(value) !== undefined),
    unit,
    payoutIds: values.filter((value) => PAYOUT_ID.test(value)).length,
    negatives: values.filter((value) => (yenOf(value) ?? 0) < 0).length,
    longNumbers: share(isLongNumber),
    prefectures: share((value) => PREFECTURE_CODES.has(value) || PREFECTURE_DIGITS.has(value)),
    dates: dateFormOf(values, clock),
    times: share((value) => /^\d{1,2}:\d{2}(?::\d{2})?$/.test(value)),
    isContact,
    numbers: isContact ? new Map() : countsOf(values.map(comparedNumber)),
    words: isContact || distinct > MOST_WORDS ? new Map() : countsOf(values),
  };
}

/** The id of a payout within a longer text. */
const PAYOUT_ID = new RegExp(PAYOUT_ID_PATTERN);

/** Of which one may be a yen: only a person knows. */
const UNIT = /^[\d,]+(コイン|ポイント|pt)$/i;

function unitOf([first, ...others]: readonly string[]): string | undefined {
  const unit = first === undefined ? undefined : UNIT.exec(first)?.[1];
  return others.every((value) => UNIT.exec(value)?.[1] === unit) ? unit : undefined;
}

function comparedNumber(value: string): string {
  const read = readCouponNumber(withoutGuard(value, guardOf(value)));
  return 'value' in read ? read.value : value;
}

function isLongNumber(value: string): boolean {
  const read = readCouponNumber(value);
  return 'value' in read && /^\d{8,20}$/.test(read.value);
}

/** Whole yen, below nothing too. Undefined where a cell is no amount. */
export function yenOf(cell: string): number | undefined {
  const { isNegative, unsigned } = amountUnsigned(normalised(cell));
  const read = readAmount(unsigned);
  if ('problem' in read) return undefined;
  return isNegative ? -read.value : read.value;
}

function countsOf(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return new Map([...counts].sort((a, b) => b[1] - a[1]));
}
