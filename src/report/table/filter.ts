import type { PackedList } from './packed-coupons.ts';
import { numberIs, typedNumber } from './sought-number.ts';
import type { UnpackedDetails, UnpackedList } from './unpacked-coupons.ts';

/** What is looked for; an empty word is no limit. It stands in the address, so that a drawing can link to it. */
export interface Sought {
  /** Digits of a coupon's number, wherever in it they stand. */
  readonly number: string;
  readonly status: string;
  /** A ground, or `none`. */
  readonly ground: string;
  readonly reason: string;
  readonly route: string;
  readonly shop: string;
}

export const ALL: Sought = { number: '', status: '', ground: '', reason: '', route: '', shop: '' };

type Test = (row: number) => boolean;

/** What is sought in. */
export interface SoughtIn {
  readonly packed: PackedList;
  readonly coupons: UnpackedList;
  /** Shops stand there; until it is read, no coupon has one. */
  readonly details: UnpackedDetails | undefined;
}

/** Rows that are all that is sought, in their order. */
export function rowsSought(table: SoughtIn, sought: Sought): readonly number[] {
  const tests = testsOf(table, sought);
  const rows: number[] = [];
  for (let row = 0; row < table.coupons.count; row++) if (tests.every((test) => test(row))) rows.push(row);
  return rows;
}

function testsOf({ packed, coupons, details }: SoughtIn, sought: Sought): readonly Test[] {
  const tests: Test[] = [];
  // Of each word of a column once whether it is sought: rows then are looked up by number.
  const byWord = (column: 'status' | 'grounds' | 'reasons' | 'route', isSought: (word: string) => boolean): void => {
    const fits = packed[column].words.map(isSought);
    const { at } = packed[column];
    tests.push((row) => fits[at[row] ?? -1] === true);
  };
  if (sought.status !== '') byWord('status', (word) => word === sought.status);
  if (sought.ground === 'none') byWord('grounds', (word) => word === '');
  else if (sought.ground !== '') byWord('grounds', (word) => word.split('+').includes(sought.ground));
  if (sought.reason !== '') byWord('reasons', (word) => word.split(' ').includes(sought.reason));
  if (sought.route !== '') byWord('route', (word) => word === sought.route);
  const shop = sought.shop.trim().toUpperCase();
  if (shop !== '') {
    const fits = details?.shops.map((name) => name.toUpperCase().includes(shop)) ?? [];
    tests.push((row) => details?.hasPaidAt(row, fits) === true);
  }
  const number = typedNumber(sought.number);
  if (number !== '') tests.push(numberTest(coupons, number));
  return tests;
}

/** A part of the number, or the number with more or fewer zeros before it. */
function numberTest(coupons: UnpackedList, number: string): Test {
  const [numbers, isSought] = [coupons.soughtNumbers(), numberIs(number)];
  return (row) => isSought(numbers[row] ?? '');
}
