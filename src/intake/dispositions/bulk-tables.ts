import type { ChunkRows, ISSUANCE_SHAPE, RowsOf, SALE_SHAPE, TRANSACTION_SHAPE } from '../columns/growing-table.ts';
import type { Builder } from '../schema/decoders.ts';

type Chunks<Columns, Name extends keyof Columns> = Iterable<ChunkRows<Pick<Columns, Name>>>;
type Issuance = RowsOf<typeof ISSUANCE_SHAPE>;
type Transactions = RowsOf<typeof TRANSACTION_SHAPE>;
type Sales = RowsOf<typeof SALE_SHAPE>;

/** The rows of the bulk tables wherever they lie, chunk by chunk; a chunk\u2019s columns may hold others when the next is asked for. */
export interface BulkTables {
  issuance<Name extends keyof Issuance & string>(...names: readonly Name[]): Chunks<Issuance, Name>;
  transactions<Name extends keyof Transactions & string>(...names: readonly Name[]): Chunks<Transactions, Name>;
  sales(): Chunks<Sales, keyof Sales>;
}

interface ReadableRows<Columns> {
  read<Name extends keyof Columns & string>(...names: readonly Name[]): Chunks<Columns, Name>;
}

/** Rows that do not lie in memory. */
export interface RowsElsewhere {
  readonly issuance: ReadableRows<Issuance>;
  readonly transactions: ReadableRows<Transactions>;
}

/** @param stored those that lie on disk, if they do not fit */
export const bulkTables = (into: Builder, stored: RowsElsewhere | undefined): BulkTables => ({
  issuance: (...names) =>
    stored?.issuance.read(...names) ?? [{ rows: into.issuance.rows, columns: into.issuance.columns }],
  transactions: (...names) =>
    stored?.transactions.read(...names) ?? [{ rows: into.transactions.rows, columns: into.transactions.columns }],
  sales: () => [{ rows: into.sales.rows, columns: into.sales.columns }],
});
