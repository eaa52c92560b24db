import type { InputKind } from '../../tables/tables.ts';
import { type ColumnLayout, LAYOUTS } from '../schema/layouts.ts';
import type { ColumnFacts } from './column-facts.ts';
import type { FoundColumn, FoundTable } from './found-table.ts';
import { headerWeight } from './header-weights.ts';

/** Numbers that other files name: what a column holds is told by them where its header does not tell it. */
export interface KnownNumbers {
  /** Whether a number is a coupon\u2019s, or written as those are; undefined where no coupon is known. */
  readonly isCoupon: ((number: string) => boolean) | undefined;
  readonly merchants: ReadonlySet<string>;
}

const PREFIX = 2;
const LEAST_COUPON_DIGITS = 8;

/** @param numbers of the issuance: all are written alike, or only they themselves are known */
export function couponTest(numbers: readonly string[]): KnownNumbers['isCoupon'] {
  const [first] = numbers;
  if (first === undefined) return undefined;
  const known = new Set(numbers);
  const isAlike = (number: string): boolean =>
    number.length === first.length && number.startsWith(first.slice(0, PREFIX)) && /^\d+$/.test(number);
  const areAlike = first.length >= LEAST_COUPON_DIGITS && numbers.every(isAlike);
  return (number) => known.has(number) || (areAlike && isAlike(number));
}

/** A column of a file that is likely one of ours. */
export interface ColumnMatch {
  readonly column: FoundColumn;
  /** From 0 to 1. */
  readonly weight: number;
  /** What tells it, if not its header. */
  readonly by: 'known header' | 'header' | 'coupons' | 'merchants' | 'said';
}

export type ColumnMatches = ReadonlyMap<string, ColumnMatch>;

/** Each of our columns of a kind with the column of the file that it most likely is; none is two of ours. */
export function columnMatches(kind: InputKind, { columns }: FoundTable, known: KnownNumbers): ColumnMatches {
  const likely = LAYOUTS[kind].columns.flatMap((layout) =>
    columns.flatMap((column) => {
      const match = matchOf(kind, layout, column, known);
      return match.weight < LEAST_WEIGHT ? [] : [{ name: layout.name, match }];
    }),
  );
  const matches = new Map<string, ColumnMatch>();
  const taken = new Set<FoundColumn>();
  for (const { name, match } of likely.sort((a, b) => b.match.weight - a.match.weight)) {
    if (matches.has(name) || taken.has(match.column)) continue;
    matches.set(name, match);
    taken.add(match.column);
  }
  return matches;
}

/** All columns that may be one of ours, the likeliest first. */
export const rivalsFor = (
  kind: InputKind,
  name: string,
  { columns }: FoundTable,
  known: KnownNumbers,
): readonly ColumnMatch[] => {
  const layout = LAYOUTS[kind].columns.find((column) => column.name === name);
  if (layout === undefined) return [];
  return columns
    .map((column) => matchOf(kind, layout, column, known))
    .filter(({ weight }) => weight >= LEAST_WEIGHT)
    .sort((a, b) => b.weight - a.weight);
};

const LEAST_WEIGHT = 0.35;

function matchOf(kind: InputKind, layout: ColumnLayout, column: FoundColumn, known: KnownNumbers): ColumnMatch {
  if (!column.isOpen) return { column, weight: 0, by: 'header' };
  const weight = headerWeight(kind, layout.name, column.header);
  // A chain has one id for all of its shops: the shop\u2019s own comes first.
  const own = layout.name === 'merchant_id' && OWN_SHOP.test(column.header) ? A_LITTLE : 0;
  // What a town\u2019s coin is worth is asked; of a sale it tells nothing.
  const isCounted = kind === 'transactions' && layout.type === 'amount' && column.facts.unit !== undefined;
  const byHeader = {
    column,
    weight: (weight + own) * (isCounted ? 1 : fitOf(layout, column.facts)),
    by: weight === 1 ? 'known header' : 'header',
  } as const;
  const { isCoupon, merchants } = known;
  if (layout.type === 'coupon' && isCoupon !== undefined && shareOf(column.facts, isCoupon) >= MOST_OF_ALL)
    return weight > 0
      ? { ...byHeader, weight: Math.max(byHeader.weight, SURE) }
      : { column, weight: SURE, by: 'coupons' };
  // A log is where shops are known from.
  if (layout.name !== 'merchant_id' || kind === 'transactions' || merchants.size === 0) return byHeader;
  if (shareOf(column.facts, (number) => merchants.has(number)) < MOST_OF_ALL)
    return { ...byHeader, weight: byHeader.weight * NOT_AMONG_THEM };
  return { column, weight: Math.max(byHeader.weight, SURE) + (weight > 0 ? BOTH : 0), by: 'merchants' };
}

const A_LITTLE = 0.01;
export const OWN_SHOP = /^(?:店舗|店|お店|store|shop|location)/i;
const MOST_OF_ALL = 0.5;
const SURE = 0.95;
/** Header and numbers say the same. */
const BOTH = 0.1;
const NOT_AMONG_THEM = 0.8;

function shareOf({ numbers, count }: ColumnFacts, isKnown: (number: string) => boolean): number {
  if (count === 0) return 0;
  let found = 0;
  for (const [number, times] of numbers) if (isKnown(number)) found += times;
  return found / count;
}

/** How well what a column holds fits a type of ours; less than 1 where it holds nothing. */
const fitOf = (layout: ColumnLayout, facts: ColumnFacts): number =>
  facts.count === 0 ? EMPTY : (FITS[layout.type]?.(facts, layout) ?? 1);

const number = ({ isContact }: ColumnFacts): number => (isContact ? 0 : 1);
const FITS: Readonly<Partial<Record<ColumnLayout['type'], (facts: ColumnFacts, layout: ColumnLayout) => number>>> = {
  amount: ({ amounts }) => (amounts >= NEARLY_ALL ? 1 : 0),
  instant: ({ dates }) => (dates === undefined ? 0 : dates.type === 'instant' ? 1 : DATE_ALONE),
  date: ({ dates }) => (dates === undefined ? 0 : 1),
  prefecture: ({ prefectures }) => (prefectures >= MOST_OF_ALL ? 1 : 0.2),
  choice: (facts, layout) => (facts.words.size === 0 ? 0 : 0.5 + 0.5 * shareOfWords(layout, facts)),
  coupon: number,
  identifier: number,
  // A form that is signed in to has its accounts in such a column, or `anonymous`.
  verbatim: ({ isContact }, { name }) => (name === 'email' && !isContact ? 0 : 1),
};
const EMPTY = 0.6;
const NEARLY_ALL = 0.9;
const DATE_ALONE = 0.8;

function shareOfWords({ values }: ColumnLayout, { words, count }: ColumnFacts): number {
  let known = 0;
  for (const [word, times] of words) if (values?.[word] !== undefined) known += times;
  return known / count;
}
