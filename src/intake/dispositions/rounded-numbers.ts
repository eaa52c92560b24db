import { FEW_ROWS } from '../../tables/kinds/index.ts';
import { ABSENT, type ColumnFinding, FEW_KINDS } from '../../tables/tables.ts';
import { isLongNumber, looksRounded } from '../columns/number-shapes.ts';
import { DIGIT, isDigit, type PackedIds } from '../columns/packed-ids.ts';
import type { Builder } from '../schema/decoders.ts';
import { DIGITS_KEPT } from '../values/respellings.ts';
import type { BulkTables } from './bulk-tables.ts';
import { type Column, numbered, rowsOf } from './identifier-column.ts';

/** Zeros that stand there by chance in one of so many columns only, for it takes a factor of ten each. */
const ENOUGH_ZEROS = 6;
/** Rows that one number has on average only where a spreadsheet made one of many. */
const MANY_ROWS = 10;
/** What many rows of one number tell, in zeros. */
const MANY_ROWS_ZEROS = 3;
/** Numbers that all end in a zero more than a spreadsheet makes were counted in tens, or are times. */
const ENOUGH_TENS = 3;

/** Long numbers of a file’s column, as long as all of them end in zeros where a spreadsheet keeps no digits. */
class LongNumbers {
  readonly file: number;
  readonly column: string;
  rows = 0;
  areRounded = true;
  readonly lines: number[] = [];
  private zeros = 0;
  private tens = 0;
  private readonly seen = new Set<number>();

  constructor(file: number, column: string) {
    this.file = file;
    this.column = column;
  }

  /** @param value tells equal numbers */
  add(value: number, line: number, textOf: (value: number) => string): void {
    if (!this.areRounded) return;
    if (this.seen.has(value)) {
      this.rows++;
      return;
    }
    const text = textOf(value);
    if (!isLongNumber(text)) return;
    this.rows++;
    this.areRounded = looksRounded(text);
    if (this.seen.size >= MOST_SEEN) return;
    this.seen.add(value);
    this.zeros += text.length - DIGITS_KEPT;
    if (text[DIGITS_KEPT - 1] === '0') this.tens++;
    if (this.lines.length < MOST_LINES) this.lines.push(line);
  }

  /** Each of them ends in a zero more than a spreadsheet would have made. */
  private get areTens(): boolean {
    return this.tens === this.seen.size && this.tens >= ENOUGH_TENS;
  }

  /** By themselves alone. */
  lookRounded(): boolean {
    const merged = this.rows > this.seen.size * MANY_ROWS ? MANY_ROWS_ZEROS : 0;
    return this.areRounded && !this.areTens && this.zeros + merged >= ENOUGH_ZEROS;
  }

  /** Where it is known that not all numbers of this kind end so. */
  lookUnlikeOthers(): boolean {
    const merged = this.rows > this.seen.size * MANY_ROWS_OF_COUPONS ? 1 : 0;
    return this.areRounded && this.zeros + merged >= ENOUGH_UNLIKE;
  }
}

const MOST_SEEN = 1000;
const MOST_LINES = 5;
const MANY_ROWS_OF_COUPONS = 3;
const ENOUGH_UNLIKE = 3;

/**
 * Files in which all numbers of a column are longer than a spreadsheet can keep, and end in zeros from there on: it has
 * made one of many, and who they were nobody can tell any more.
 */
export function roundedIn(column: Column): readonly ColumnFinding[] {
  if (!mayHoldLongNumbers(column.texts)) return [];
  return findingsOf(longNumbersIn(column), (numbers) => numbers.lookRounded());
}

/**
 * The same of coupon numbers outside the issuance, which itself has numbers that end otherwise: fewer are enough, for what
 * they were made one with is known.
 */
export function couponsRoundedElsewhere(into: Builder, bulk: BulkTables): readonly ColumnFinding[] {
  if (!mayHoldLongNumbers(into.coupons.texts)) return [];
  const coupons = numbered(into.coupons);
  const ofIssuance = () => rowsOf(bulk.issuance('coupon', 'file', 'line'), 'coupon');
  const issued = longNumbersIn({ name: 'coupon_number', ...coupons, chunks: ofIssuance });
  if (issued.every(({ areRounded }) => areRounded)) return [];
  const elsewhere = longNumbersIn({
    name: 'coupon_number',
    ...coupons,
    *chunks() {
      yield* rowsOf(bulk.transactions('coupon', 'file', 'line'), 'coupon');
      yield* rowsOf(bulk.sales(), 'coupon');
    },
  });
  const few = fewLongNumbers(into);
  return findingsOf([...elsewhere, ...few], (numbers) => numbers.lookUnlikeOthers());
}

function longNumbersIn(column: Column): readonly LongNumbers[] {
  const found = new Map<string, LongNumbers>();
  const textOf = (value: number): string => column.texts.textOf(column.keyOf(value));
  for (const { rows, values, file, line, name = column.name } of column.chunks()) {
    let numbers: LongNumbers | undefined;
    for (let row = 0; row < rows; row++) {
      const value = values[row] as number;
      if (value === ABSENT) continue;
      if (numbers?.file !== file[row]) numbers = numbersOf(found, file[row] as number, name);
      numbers?.add(value, line[row] as number, textOf);
    }
  }
  return [...found.values()];
}

function numbersOf(found: Map<string, LongNumbers>, file: number, column: string): LongNumbers {
  const key = `${file} ${column}`;
  const numbers = found.get(key) ?? new LongNumbers(file, column);
  found.set(key, numbers);
  return numbers;
}

/** Those of rows that are few, whose numbers are texts. */
function fewLongNumbers({ few }: Builder): readonly LongNumbers[] {
  const found = new Map<string, LongNumbers>();
  const places = new Map<string, number>();
  for (const kind of FEW_KINDS) {
    const { couponColumn, couponOf } = FEW_ROWS[kind];
    if (couponColumn === undefined) continue;
    for (const row of few[kind]) {
      const couponNumber = couponOf(row);
      const place = places.get(couponNumber) ?? places.size;
      places.set(couponNumber, place);
      numbersOf(found, row.file, couponColumn).add(place, row.line, () => couponNumber);
    }
  }
  return [...found.values()];
}

const findingsOf = (
  found: readonly LongNumbers[],
  isRounded: (numbers: LongNumbers) => boolean,
): readonly ColumnFinding[] =>
  found.filter(isRounded).map(({ file, column, rows, lines }) => ({
    code: 'ROUNDED_NUMBERS',
    file,
    column,
    rows,
    examples: lines.map((line) => ({ line, written: '', other: undefined })),
  }));

function mayHoldLongNumbers(texts: PackedIds): boolean {
  for (const { bytes } of texts.allShapes())
    if (bytes.length > DIGITS_KEPT && bytes.every((byte) => byte === DIGIT || isDigit(byte))) return true;
  return [...texts.wholeTexts(MOST_LOOKED_AT)].some(isLongNumber);
}

const MOST_LOOKED_AT = 1000;
