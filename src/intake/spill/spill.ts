import { duringOutage } from '../../policy/policy.ts';
import { cohortOf, type Terms } from '../../policy/terms.ts';
import type { CouponIndex } from '../../tables/pool-index.ts';
import { PAYMENT } from '../../tables/tables.ts';
import {
  bytesOfRow,
  ISSUANCE_SHAPE,
  type NumberedBy,
  SALE_SHAPE,
  TRANSACTION_SHAPE,
} from '../columns/growing-table.ts';
import type { Builder } from '../schema/decoders.ts';
import { CHUNK_ROWS, SpilledRows } from './spilled-rows.ts';

/** How much of the inputs may lie in memory. */
export interface MemoryLimit {
  readonly bytes: number;
  /** Where rows that do not fit are put. */
  readonly folder: string;
  /** Told once, before the first row goes to disk. */
  readonly onSpill?: (() => void) | undefined;
  /** So many partitions, whatever fits. */
  readonly partitions?: number | undefined;
  /** Small in tests, so that borders lie everywhere. */
  readonly chunkRows?: number | undefined;
  readonly mostCases?: number | undefined;
}

const BYTES = {
  issuance: bytesOfRow(ISSUANCE_SHAPE),
  transactions: bytesOfRow(TRANSACTION_SHAPE),
  sales: bytesOfRow(SALE_SHAPE),
} as const;
/** What a coupon takes beside its row: its key, and two to four slots in the table of numbers, both with some room. */
const NUMBER_BYTES = 36;
/** And what each partition works out of every coupon, its own or not: partition, flags, rows, places. */
const MARK_BYTES = 24;
/** Coupons that are judged at a time: a Map or a Set holds so many, and what is worked out of them lies in the heap. */
const MOST_CASES = 1 << 24;

export interface StoredTables {
  readonly issuance: SpilledRows<typeof ISSUANCE_SHAPE, NumberedBy<CouponIndex>>;
  readonly transactions: SpilledRows<typeof TRANSACTION_SHAPE, NumberedBy<CouponIndex>>;
}

/** Coupons and transactions go to disk as soon as the tables are larger than they may be, and all that follow. */
export class Spill {
  stored: StoredTables | undefined;
  private readonly into: Builder;
  private readonly limit: MemoryLimit;
  private readonly terms: Terms;

  constructor(into: Builder, limit: MemoryLimit, terms: Terms) {
    this.into = into;
    this.limit = limit;
    this.terms = terms;
    this.reserveAtMost(limit.bytes / BYTES.issuance, limit.bytes / BYTES.transactions);
  }

  /** To be asked now and then, between rows. @throws DiskFailure */
  check(): void {
    if (this.stored !== undefined || !this.fits()) this.put();
  }

  private put(): void {
    const isFirst = this.stored === undefined;
    const { issuance, transactions } = this.open();
    issuance.takeFrom(this.into.issuance, isFirst ? 0 : undefined);
    transactions.takeFrom(this.into.transactions, isFirst ? 0 : undefined);
  }

  /** What was put on disk, to the last row; undefined where all fits. @throws DiskFailure */
  end(): StoredTables | undefined {
    this.check();
    if (this.stored === undefined && this.areTooMany()) this.put();
    const { stored, into } = this;
    if (stored === undefined) return undefined;
    stored.issuance.takeFrom(into.issuance, 0);
    stored.transactions.takeFrom(into.transactions, 0);
    into.issuance.release();
    into.transactions.release();
    return stored;
  }

  close(): void {
    this.stored?.issuance.close();
    this.stored?.transactions.close();
    this.stored = undefined;
  }

  private fits(): boolean {
    if (this.limit.partitions !== undefined) return false;
    const { issuance, transactions } = this.into;
    const rows = issuance.rows * BYTES.issuance + transactions.rows * BYTES.transactions;
    return rows + bytesForAllPartitions(this.into) <= this.limit.bytes;
  }

  /** Seen once all rows are read: what lies in memory is looked through in a moment. */
  private areTooMany(): boolean {
    const most = this.limit.mostCases ?? MOST_CASES;
    return this.into.coupons.size > most && casesAtMost(this.into, this.terms) > most;
  }

  private open(): StoredTables {
    if (this.stored !== undefined) return this.stored;
    const { folder, chunkRows, onSpill } = this.limit;
    onSpill?.();
    const issuance: StoredTables['issuance'] = new SpilledRows(folder, ISSUANCE_SHAPE, chunkRows);
    const transactions: StoredTables['transactions'] = new SpilledRows(folder, TRANSACTION_SHAPE, chunkRows);
    this.stored = { issuance, transactions };
    this.into.issuance.stored = issuance;
    this.into.transactions.stored = transactions;
    this.reserveAtMost(CHUNK_ROWS, CHUNK_ROWS);
    return this.stored;
  }

  private reserveAtMost(issuance: number, transactions: number): void {
    this.into.issuance.mostLikely = Math.ceil(issuance);
    this.into.transactions.mostLikely = Math.ceil(transactions);
  }
}

/** Coupons that may be judged (3-rules.md §1), some of them counted more than once; those of carried payouts aside. */
function casesAtMost({ issuance, transactions, few }: Builder, terms: Terms): number {
  const { claims, applications, paid } = few;
  let cases = claims.length + applications.length + paid.length;
  const { expiresOn } = issuance.columns;
  for (let row = 0; row < issuance.rows; row++) if (cohortOf(terms, expiresOn[row] as number) !== undefined) cases++;
  const { kind, occurredAt } = transactions.columns;
  for (let row = 0; row < transactions.rows; row++)
    if (kind[row] === PAYMENT && duringOutage(terms, occurredAt[row] as number)) cases++;
  return cases;
}

/** What stays in memory beside any partition. */
const bytesForAllPartitions = ({ sales, coupons }: Builder): number =>
  sales.rows * BYTES.sales + coupons.size * (NUMBER_BYTES + MARK_BYTES);

const MOST_PARTS = 250;

/** @param shared transactions that every partition holds */
export function partitionsFor(
  into: Builder,
  { issuance, transactions }: StoredTables,
  shared: number,
  limit: MemoryLimit,
): number {
  if (limit.partitions !== undefined) return limit.partitions;
  const inPartitions = issuance.rows * BYTES.issuance + transactions.rows * BYTES.transactions;
  const inAll = bytesForAllPartitions(into) + shared * BYTES.transactions;
  // Where what every partition holds leaves hardly any room, more partitions would not help.
  const room = Math.max(limit.bytes - inAll, limit.bytes / 8);
  return Math.min(
    MOST_PARTS,
    Math.ceil(Math.max(inPartitions / room, into.coupons.size / (limit.mostCases ?? MOST_CASES), 1)),
  );
}
