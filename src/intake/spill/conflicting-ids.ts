import { lowerBound } from '../../base/lower-bound.ts';
import { contentColumns } from '../../tables/kinds/column.ts';
import { BULK_DECLARATIONS } from '../../tables/kinds/index.ts';
import { bytesOfRow, GrowingTable, TRANSACTION_SHAPE } from '../columns/growing-table.ts';
import { spread } from '../columns/spread.ts';
import type { MemoryLimit } from './spill.ts';
import type { SpilledRows } from './spilled-rows.ts';

type Transactions = SpilledRows<typeof TRANSACTION_SHAPE>;

/** What two rows of one id must have in common, not to conflict. */
const CONTENT = contentColumns(BULK_DECLARATIONS.transactions);
/** An id, the first row of it, and where that stands. */
const BYTES_AN_ID = 8 + bytesOfRow(TRANSACTION_SHAPE) + 4;
const MOST_TURNS = 64;

/** Some ids, ascending. */
export class SortedIds {
  readonly ids: Float64Array;

  constructor(ids: Float64Array) {
    this.ids = ids;
  }

  /** An id's first place among them, or -1. */
  placeOf(id: number): number {
    const { ids } = this;
    const place = lowerBound(ids.length, id, (at) => ids[at] as number);
    return ids[place] === id ? place : -1;
  }
}

/**
 * Ids of the log whose rows contradict each other, whatever partitions they come to lie in. Exports mostly come in the
 * order of their ids, and then none repeats. Else as many ids at a time are held against each other as fit.
 *
 * @throws DiskFailure
 */
export function conflictingIds(transactions: Transactions, limit: MemoryLimit): SortedIds {
  if (isAscending(transactions)) return new SortedIds(new Float64Array(0));
  const turns = Math.min(MOST_TURNS, limit.partitions ?? Math.ceil((transactions.rows * BYTES_AN_ID) / limit.bytes));
  let found = new Float64Array(0);
  for (let turn = 0; turn < turns; turn++) {
    const repeated = new SortedIds(repeatedIds(transactions, (id) => spread(id, turns) === turn));
    if (repeated.ids.length > 0) found = joined(found, contradicted(transactions, repeated));
  }
  return new SortedIds(found.sort());
}

function joined(some: Float64Array, others: Float64Array): Float64Array<ArrayBuffer> {
  const all = new Float64Array(some.length + others.length);
  all.set(some);
  all.set(others, some.length);
  return all;
}

function isAscending(transactions: Transactions): boolean {
  let last = Number.NEGATIVE_INFINITY;
  for (const { rows, columns } of transactions.read('transaction')) {
    for (let row = 0; row < rows; row++) {
      const id = columns.transaction[row] as number;
      if (id <= last) return false;
      last = id;
    }
  }
  return true;
}

/** Those of the wanted ids that more than one row has, ascending: once for every row but the first. */
function repeatedIds(transactions: Transactions, isWanted: (id: number) => boolean): Float64Array {
  const sorted = wantedIds(transactions, isWanted).sort();
  let repeated = 0;
  for (let at = 1; at < sorted.length; at++) {
    const id = sorted[at] as number;
    if (id === sorted[at - 1]) sorted[repeated++] = id;
  }
  return sorted.slice(0, repeated);
}

/** Pages of the array that no id comes to lie in are never touched. */
function wantedIds(transactions: Transactions, isWanted: (id: number) => boolean): Float64Array {
  const ids = new Float64Array(transactions.rows);
  let count = 0;
  for (const { rows, columns } of transactions.read('transaction')) {
    for (let row = 0; row < rows; row++) {
      const id = columns.transaction[row] as number;
      if (isWanted(id)) ids[count++] = id;
    }
  }
  return ids.subarray(0, count);
}

/** Of repeated ids those of which some row is not like the first. */
function contradicted(transactions: Transactions, repeated: SortedIds): Float64Array {
  const first = new Int32Array(repeated.ids.length).fill(-1);
  const differs = new Uint8Array(repeated.ids.length);
  const firsts = new GrowingTable(TRANSACTION_SHAPE);
  for (const { rows, columns } of transactions.readAll()) {
    for (let row = 0; row < rows; row++) {
      const place = repeated.placeOf(columns.transaction[row] as number);
      if (place < 0) continue;
      const earlier = first[place] as number;
      if (earlier < 0) {
        first[place] = firsts.rows;
        firsts.takeRows(columns, Int32Array.of(row), 1);
      } else if (CONTENT.some((name) => columns[name][row] !== firsts.columns[name][earlier])) differs[place] = 1;
    }
  }
  return repeated.ids.filter((_, place) => differs[place] === 1);
}
