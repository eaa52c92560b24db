import { dateOf, type Instant } from '../../base/instants.ts';
import type { Terms } from '../../policy/terms.ts';
import type { Absent, ByCoupon, CouponIndex } from '../../tables/pool-index.ts';
import {
  ABSENT,
  CANCEL,
  COMPLETED,
  CONFLICTING,
  DISPOSITIONS,
  OWN,
  PAYMENT,
  type SaleTable,
  type SpelledTwice,
  type Tables,
} from '../../tables/tables.ts';
import type { RowsOf, TRANSACTION_SHAPE } from '../columns/growing-table.ts';
import { type Counts, DispositionSums } from '../dispositions/disposition-sums.ts';
import { disposeCoupons } from '../dispositions/dispositions.ts';
import { DayCounts } from '../dispositions/rows-by-day.ts';
import { type Builder, TableBuilder } from '../schema/decoders.ts';
import { conflictingIds, type SortedIds } from './conflicting-ids.ts';
import { partitionOfCoupons } from './partition-of-coupons.ts';
import { type MemoryLimit, partitionsFor, type StoredTables } from './spill.ts';

export interface PartitionsRequest {
  readonly into: Builder;
  readonly rest: Tables;
  readonly stored: StoredTables;
  readonly limit: MemoryLimit;
  readonly terms: Terms;
  readonly asOf: Instant;
  readonly twice: SpelledTwice;
}

/**
 * Tables that are too large to lie in memory, a partition of the coupons at a time. A partition holds its coupons' rows,
 * and of other coupons the transactions that these are judged by: payments that may be of E, and cancels, which undo
 * them (3-rules.md §3). Repeated ids are looked for beforehand, over all partitions.
 */
export class Partitions {
  readonly count: number;
  private readonly giveUp: () => void;
  private readonly request: PartitionsRequest;
  /** By coupon. */
  private readonly partitionOf: ByCoupon;
  private readonly isShared: (columns: SharingColumns, row: number) => boolean;
  private readonly conflicting: SortedIds;
  /** The partition that was loaded last. */
  private readonly partition: Builder;
  private readonly setAside: Builder;
  private readonly sums: DispositionSums;
  private readonly days: DayCounts;

  /** @param giveUp closes what lies on disk */
  constructor(request: PartitionsRequest, giveUp: () => void) {
    const { into, rest, stored, limit, terms, asOf } = request;
    this.request = request;
    this.giveUp = giveUp;
    this.conflicting = conflictingIds(stored.transactions, limit);
    this.isShared = sharedRows(rest.sales, into.texts.merchants.size);
    this.count = partitionsFor(into, stored, this.countShared(), limit);
    this.partitionOf = partitionOfCoupons(rest, stored.issuance, this.count);
    this.partition = new TableBuilder(into.coupons, into.texts);
    this.reserve();
    this.setAside = new TableBuilder(into.coupons, into.texts);
    this.sums = new DispositionSums(rest.files.length);
    this.days = new DayCounts(rest.files.length, terms, asOf);
    this.days.addSales(rest.sales);
  }

  /** The tables without what lies on disk. */
  get rest(): Tables {
    return this.request.rest;
  }

  /** Coupons that no row but a claim, an application or a paid row names belong to the first partition. */
  isOwn(partition: number): (coupon: CouponIndex | Absent) => boolean {
    const { partitionOf } = this;
    return (coupon) => (coupon === ABSENT ? partition === 0 : partitionOf[coupon] === partition);
  }

  /** Bytes that lie on disk. */
  get bytesOnDisk(): number {
    const { issuance, transactions } = this.request.stored;
    return issuance.bytes + transactions.bytes;
  }

  /** Each partition is to be loaded once. Its tables stand until the next is. @throws DiskFailure */
  load(partition: number): Tables {
    const { rest, terms, asOf, twice } = this.request;
    this.partition.issuance.cutTo(0);
    this.partition.transactions.cutTo(0);
    this.loadIssuance(partition);
    this.loadTransactions(partition);
    disposeCoupons(this.partition, terms, asOf, twice);
    this.markConflicting();
    this.countRows(partition);
    return { ...rest, issuance: this.partition.issuance.finish(), transactions: this.partition.transactions.finish() };
  }

  /** What is left to tell once every partition was loaded: the rows that conflict, and how all were disposed of. */
  finish(): Tables {
    const { rest } = this.request;
    return {
      ...rest,
      issuance: this.setAside.issuance.finish(),
      transactions: this.setAside.transactions.finish(),
      byDay: this.days.finish(),
      files: rest.files.map((file, index) => ({
        ...file,
        ...(file.kind === 'issuance' || file.kind === 'transactions' ? this.days.spanOf(index) : {}),
        dispositions: addedUp(file.dispositions, this.sums.of(index)),
      })),
    };
  }

  /** The same where nothing is to be settled. @throws DiskFailure */
  finishUnsettled(): Tables {
    for (let partition = 0; partition < this.count; partition++) this.load(partition);
    return this.finish();
  }

  /** Gives up the partition that was loaded, and all that lies on disk. */
  close(): void {
    this.partition.issuance.release();
    this.partition.transactions.release();
    this.giveUp();
  }

  private countShared(): number {
    let count = 0;
    for (const { rows, columns } of this.request.stored.transactions.read(...SHARING))
      for (let row = 0; row < rows; row++) if (this.isShared(columns, row)) count++;
    return count;
  }

  /** Room for the largest partition, so that nothing is copied while partitions are loaded. */
  private reserve(): void {
    const { issuance, transactions } = this.request.stored;
    const { partitionOf, count } = this;
    const [issued, own, ownShared] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
    const addOne = (to: Float64Array, coupon: CouponIndex): void => {
      const partition = partitionOf[coupon] as number;
      to[partition] = (to[partition] as number) + 1;
    };
    for (const { rows, columns } of issuance.read('coupon'))
      for (let row = 0; row < rows; row++) addOne(issued, columns.coupon[row] as CouponIndex);
    let shared = 0;
    for (const { rows, columns } of transactions.read('coupon', ...SHARING)) {
      for (let row = 0; row < rows; row++) {
        addOne(own, columns.coupon[row] as CouponIndex);
        if (!this.isShared(columns, row)) continue;
        addOne(ownShared, columns.coupon[row] as CouponIndex);
        shared++;
      }
    }
    this.partition.issuance.reserve(Math.max(...issued));
    this.partition.transactions.reserve(
      Math.max(...own.map((rows, partition) => rows + shared - (ownShared[partition] as number))),
    );
  }

  private loadIssuance(partition: number): void {
    const { issuance } = this.request.stored;
    for (const { rows, columns } of issuance.readAll()) {
      const named = new Int32Array(rows);
      let count = 0;
      for (let row = 0; row < rows; row++)
        if (this.partitionOf[columns.coupon[row] as CouponIndex] === partition) named[count++] = row;
      this.partition.issuance.takeRows(columns, named, count);
    }
  }

  private loadTransactions(partition: number): void {
    const { transactions } = this.request.stored;
    for (const { rows, columns } of transactions.readAll()) {
      const named = new Int32Array(rows);
      let count = 0;
      for (let row = 0; row < rows; row++) {
        const isOwn = this.partitionOf[columns.coupon[row] as CouponIndex] === partition;
        if (isOwn || this.isShared(columns, row)) named[count++] = row;
      }
      this.partition.transactions.takeRows(columns, named, count);
    }
  }

  /** A row's counterpart may lie in another partition. */
  private markConflicting(): void {
    if (this.conflicting.ids.length === 0) return;
    const { rows, columns } = this.partition.transactions;
    const { transaction, disposition } = columns;
    for (let row = 0; row < rows; row++)
      if (this.conflicting.placeOf(transaction[row] as number) >= 0) disposition[row] = CONFLICTING;
  }

  private countRows(partition: number): void {
    const isOwn = this.isOwn(partition);
    const { issuance, transactions } = this.partition;
    const issued = { ...issuance.columns, rows: issuance.rows };
    this.sums.addTable(issued, issued.faceYen);
    this.days.addIssuance(issued);
    const logged = { ...transactions.columns, rows: transactions.rows };
    const isCounted = (row: number): boolean => isOwn(logged.coupon[row] as CouponIndex);
    this.sums.addTable(logged, logged.amountYen, isCounted);
    this.days.addTransactions(logged, isCounted);
    this.keepConflicting(isCounted);
  }

  private keepConflicting(isCounted: (row: number) => boolean): void {
    const { issuance, transactions } = this.partition;
    const coupons = rowsSetAside(issuance.rows, issuance.columns.disposition, () => true);
    this.setAside.issuance.takeRows(issuance.columns, coupons, coupons.length);
    const payments = rowsSetAside(transactions.rows, transactions.columns.disposition, isCounted);
    this.setAside.transactions.takeRows(transactions.columns, payments, payments.length);
  }
}

/** What tells whether a transaction is one that all partitions hold. */
const SHARING = ['kind', 'status', 'funding', 'merchant', 'occurredAt'] as const;
type SharingColumns = Pick<RowsOf<typeof TRANSACTION_SHAPE>, (typeof SHARING)[number]>;

const rowsSetAside = (rows: number, disposition: Uint8Array, isCounted: (row: number) => boolean): Int32Array => {
  const found: number[] = [];
  for (let row = 0; row < rows; row++) if (disposition[row] === CONFLICTING && isCounted(row)) found.push(row);
  return Int32Array.from(found);
};

/** Which transactions tell something of other coupons: completed cancels, and payments where and when a shop reported. */
function sharedRows(sales: SaleTable, merchants: number): (columns: SharingColumns, row: number) => boolean {
  const reports = new Uint8Array(merchants);
  const dates = new Set<number>();
  for (let row = 0; row < sales.rows; row++) {
    reports[sales.merchant[row] as number] = 1;
    dates.add(dateOf(sales.soldAt[row] as number));
  }
  return ({ kind, status, funding, merchant, occurredAt }, row) => {
    if (status[row] !== COMPLETED || funding[row] === OWN) return false;
    if (kind[row] === CANCEL) return true;
    return (
      kind[row] === PAYMENT && reports[merchant[row] as number] === 1 && dates.has(dateOf(occurredAt[row] as number))
    );
  };
}

const addedUp = (some: Readonly<Counts>, others: Readonly<Counts>): Counts =>
  Object.fromEntries(
    DISPOSITIONS.flatMap((name) => {
      const [a, b] = [some[name], others[name]];
      if (a === undefined || b === undefined) return a === b ? [] : [[name, a ?? b]];
      return [[name, { rows: a.rows + b.rows, yen: a.yen + b.yen }]];
    }),
  ) as Counts;
