import { compareText } from '../policy/text.ts';
import type { Settlement } from '../settlement/settlement.ts';
import { CountedCsv } from './counted-csv.ts';
import { SETTLEMENT_TABLES } from './output-files.ts';
import { addCounts, type CouponCounts, countCoupon, noCoupons } from './summary.ts';

/** Settlements as a run tells them: their rows in each table that follows them, and what they count up to. */
export interface Told {
  /** In the order of SETTLEMENT_TABLES. */
  readonly tables: readonly ToldTable[];
  readonly counts: CouponCounts;
  /** The coupon of each settlement; empty unless its place was asked for. */
  readonly couponNumbers: readonly string[];
}

/** Rows without a header. Values only, so that another thread can hand them over. */
export interface ToldTable {
  readonly bytes: Uint8Array;
  /** Where the rows of each settlement end; empty unless asked for. */
  readonly ends: readonly number[];
  readonly rows: number;
  /** Of the yen columns. */
  readonly sums: readonly number[];
}

/**
 * Walks over settlements once: they may have to be read from disk.
 *
 * @param keepPlaces so that they can be told together with others
 */
export function tell(
  settlements: Iterable<Settlement>,
  payoutOf: (couponNumber: string) => string | undefined,
  keepPlaces: boolean,
): Told {
  const tables = SETTLEMENT_TABLES.map((table) => ({ table, csv: new CountedCsv(table), ends: [] as number[] }));
  const counts = noCoupons();
  const couponNumbers: string[] = [];
  for (const settlement of settlements) {
    countCoupon(counts, settlement);
    const payoutId = settlement.status === 'payable' ? payoutOf(settlement.couponNumber) : undefined;
    for (const { table, csv, ends } of tables) {
      for (const row of table.rowsFor(settlement, payoutId)) csv.add(row);
      if (keepPlaces) ends.push(csv.written);
    }
    if (keepPlaces) couponNumbers.push(settlement.couponNumber);
  }
  return {
    tables: tables.map(({ csv, ends }) => ({ bytes: csv.finish(), ends, rows: csv.rows, sums: csv.sums })),
    counts,
    couponNumbers,
  };
}

/** Two lists of settlements by coupon number as one, both told with places. */
export function toldTogether(one: Told, other: Told): Told {
  const counts = noCoupons();
  addCounts(counts, one.counts);
  addCounts(counts, other.counts);
  const stretches = stretchesOf(one.couponNumbers, other.couponNumbers);
  const tables = one.tables.map((table, place) => tableTogether(table, other.tables[place] as ToldTable, stretches));
  return { tables, counts, couponNumbers: [] };
}

/** Settlements of one list that follow each other in both lists put together. */
interface Stretch {
  readonly isOther: boolean;
  readonly from: number;
  readonly to: number;
}

function stretchesOf(one: readonly string[], other: readonly string[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let [at, otherAt] = [0, 0];
  const isFirst = (): boolean => compareText(one[at] as string, other[otherAt] as string) < 0;
  while (at < one.length || otherAt < other.length) {
    const from = at;
    while (at < one.length && (otherAt === other.length || isFirst())) at++;
    if (at > from) stretches.push({ isOther: false, from, to: at });
    const otherFrom = otherAt;
    while (otherAt < other.length && (at === one.length || !isFirst())) otherAt++;
    if (otherAt > otherFrom) stretches.push({ isOther: true, from: otherFrom, to: otherAt });
  }
  return stretches;
}

function tableTogether(one: ToldTable, other: ToldTable, stretches: readonly Stretch[]): ToldTable {
  const bytes = new Uint8Array(one.bytes.length + other.bytes.length);
  let written = 0;
  for (const { isOther, from, to } of stretches) {
    const { ends, bytes: source } = isOther ? other : one;
    const part = source.subarray(from === 0 ? 0 : (ends[from - 1] as number), ends[to - 1] as number);
    bytes.set(part, written);
    written += part.length;
  }
  return {
    bytes,
    ends: [],
    rows: one.rows + other.rows,
    sums: one.sums.map((sum, place) => sum + (other.sums[place] as number)),
  };
}
