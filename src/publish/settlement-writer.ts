import { sorted } from '../base/steps.ts';
import { compareText } from '../base/text.ts';
import type { Hashing } from '../ledger/decisions.ts';
import type { Policy } from '../policy/policy.ts';
import { dueOfEach, nothingDue, type Outcome, outcomeOf, type PartitionFacts } from '../settlement/outcome.ts';
import { PAYOUT_ID_LENGTH } from '../settlement/payouts.ts';
import type { Settlement } from '../settlement/settlement.ts';
import type { InputFile } from '../tables/tables.ts';
import { putInSteps } from './bytes-in-steps.ts';
import { CountedCsv } from './counted-csv.ts';
import { AskedQuestions } from './decision-counts.ts';
import { payoutOfCoupons, SETTLEMENT_TABLES } from './output-files.ts';
import { type SettlementTable, thingsInOrder } from './output-table.ts';
import type { Previous } from './previous.ts';
import { type ChangedCoupons, SincePrevious } from './since-previous.ts';
import { type CouponCounts, countCoupon, noCoupons } from './summary.ts';

/** Settlements as a run tells them: their rows in each table that follows them, and what they count up to. */
export interface WrittenSettlements {
  /** In the order of SETTLEMENT_TABLES; behind them the sheet, where one was asked for. */
  readonly tables: readonly WrittenTable[];
  readonly counts: CouponCounts;
  /** Against the run before, where there is one. */
  readonly changed: ChangedCoupons | undefined;
}

/** Rows without a header, by coupon number. */
export interface WrittenTable {
  readonly bytes: Uint8Array;
  readonly rows: number;
  /** Of the yen columns. */
  readonly sums: readonly number[];
}

/** Takes settlements by partitions and keeps none: each is told as it comes, and is garbage when the next one does. */
export class SettlementWriter {
  private readonly tables: TablesWriter;
  private readonly due = nothingDue();
  private readonly partitions: PartitionFacts[] = [];
  private readonly since: SincePrevious | undefined;

  /**
   * @param before the coupons of the run before this one, where there is one
   * @param asked the questions of which decisions speak, where there are any
   * @param sheet told behind the tables of every run, where it is asked for
   */
  constructor(before?: Previous['coupons'], asked = new AskedQuestions([], 0), sheet?: SettlementTable) {
    this.tables = new TablesWriter(asked, sheet === undefined ? SETTLEMENT_TABLES : [...SETTLEMENT_TABLES, sheet]);
    this.since = before === undefined ? undefined : new SincePrevious(before);
  }

  /** Takes a settlement of a partition, in any order. */
  add(settlement: Settlement): void {
    this.tables.add(settlement);
    this.since?.add(settlement);
    dueOfEach(this.due, settlement);
  }

  /** The same of one with so many rows that something else may want a turn meanwhile; whole once it is walked through. */
  *addInSteps(settlement: Settlement): Iterable<undefined> {
    yield* this.tables.addInSteps(settlement);
    this.since?.add(settlement);
    dueOfEach(this.due, settlement);
  }

  /** Once all settlements of a partition were added. */
  addFacts(facts: PartitionFacts): void {
    // Each partition holds all that shops' days are counted from, and counts the same.
    this.partitions.push(this.partitions.length === 0 ? facts : { ...facts, merchantDays: [] });
  }

  /** In steps, once all partitions were taken. */
  *finish(
    files: readonly InputFile[],
    policy: Policy,
    hashing: Hashing,
  ): Generator<undefined, { readonly outcome: Outcome; readonly written: WrittenSettlements }> {
    const outcome = outcomeOf(this.due, this.partitions, files, policy, hashing);
    yield undefined;
    const written = yield* this.tables.finish(yield* payoutOfCoupons(outcome.payouts));
    return { outcome, written: { ...written, changed: this.since?.finish() } };
  }
}

/** Stands for the id of a payout, which is as long, until all payouts are known. */
const AWAITED = 'P'.padEnd(PAYOUT_ID_LENGTH, '-');

interface TableWriter {
  readonly table: SettlementTable;
  readonly csv: CountedCsv<unknown>;
  /** Where the rows of each settlement end, after a 0 for the first. */
  readonly ends: number[];
  /** Where the id of a payout stands, or -1. */
  readonly idColumn: number;
}

/** So many rows of one settlement are written at a time. */
const ROWS_A_STEP = 1 << 11;

class TablesWriter {
  private readonly tables: readonly TableWriter[];
  private readonly counts: CouponCounts;
  private readonly couponNumbers: string[] = [];
  /** Where the id of a payout is awaited, in the one table that tells it, and whose. */
  private readonly awaitedAt: number[] = [];
  private readonly awaitedFor: string[] = [];

  constructor(asked: AskedQuestions, tables: readonly SettlementTable[]) {
    this.counts = noCoupons(asked);
    this.tables = tables.map((table) => ({
      table,
      csv: new CountedCsv(table.columns),
      ends: [0],
      idColumn: table.columns.findIndex(({ name }) => name === 'payout_id'),
    }));
  }

  add(settlement: Settlement): void {
    countCoupon(this.counts, settlement);
    for (const writer of this.tables) {
      for (const thing of thingsInOrder(writer.table, settlement)) this.addRow(writer, thing, settlement);
      writer.ends.push(writer.csv.written);
    }
    this.couponNumbers.push(settlement.couponNumber);
  }

  *addInSteps(settlement: Settlement): Iterable<undefined> {
    countCoupon(this.counts, settlement);
    for (const writer of this.tables) {
      yield undefined;
      let rows = 0;
      const { table } = writer;
      const things = table.rowsOf(settlement);
      for (const thing of table.order === undefined ? things : yield* sorted(things, table.order)) {
        this.addRow(writer, thing, settlement);
        rows++;
        if (rows % ROWS_A_STEP === 0) yield undefined;
      }
      writer.ends.push(writer.csv.written);
    }
    this.couponNumbers.push(settlement.couponNumber);
  }

  private addRow({ csv, idColumn }: TableWriter, thing: unknown, { status, couponNumber }: Settlement): void {
    if (status !== 'payable' || idColumn < 0) csv.add(thing, '');
    else {
      this.awaitedAt.push(csv.addAndFind(thing, AWAITED, idColumn));
      this.awaitedFor.push(couponNumber);
    }
  }

  /** @param payoutOf the payout of each payable coupon; where one has none, an invariant is broken, and nothing published */
  *finish(payoutOf: ReadonlyMap<string, string>): Generator<undefined, Omit<WrittenSettlements, 'changed'>> {
    const order = yield* inOrder(this.couponNumbers);
    const tables: WrittenTable[] = [];
    for (const { csv, ends, idColumn } of this.tables) {
      const bytes = csv.finish();
      if (idColumn >= 0) yield* this.fill(bytes, payoutOf);
      tables.push({ bytes: yield* rowsInOrder(bytes, ends, order), rows: csv.rows, sums: csv.sums });
    }
    return { tables, counts: this.counts };
  }

  private *fill(bytes: Buffer, payoutOf: ReadonlyMap<string, string>): Generator<undefined, void> {
    for (const [place, at] of this.awaitedAt.entries()) {
      const payoutId = payoutOf.get(this.awaitedFor[place] as string) ?? AWAITED;
      if (payoutId.length !== AWAITED.length) throw new Error('the id of a payout has another length than all others');
      bytes.write(payoutId, at, 'latin1');
      if (place % COUPONS_A_STEP === 0) yield undefined;
    }
  }
}

/** So many coupons are looked at at a time. */
const COUPONS_A_STEP = 1 << 13;

function* inOrder(couponNumbers: readonly string[]): Generator<undefined, Int32Array> {
  const places = Array.from(couponNumbers, (_, place) => place);
  yield undefined;
  return Int32Array.from(
    yield* sorted(places, (a, b) => compareText(couponNumbers[a] as string, couponNumbers[b] as string)),
  );
}

/**
 * Settlements come nearly in their order: what lies side by side and is to stay so is copied at once, and where all of it
 * does, nothing is.
 *
 * @param ends where the rows of each settlement end, after a 0 for the first
 */
function* rowsInOrder(bytes: Buffer, ends: readonly number[], order: Int32Array): Generator<undefined, Uint8Array> {
  if (order.every((place, at) => place === at)) return bytes;
  const ordered = new Uint8Array(bytes.length);
  let written = 0;
  let [from, to] = [0, 0];
  for (const [at, place] of order.entries()) {
    const begin = ends[place] as number;
    if (begin !== to) {
      yield* putInSteps(ordered, bytes.subarray(from, to), written);
      written += to - from;
      from = begin;
    }
    to = ends[place + 1] as number;
    if (at % COUPONS_A_STEP === 0) yield undefined;
  }
  yield* putInSteps(ordered, bytes.subarray(from, to), written);
  return ordered;
}
