import type { ChunkRows, IssuanceRows, SaleRows, TransactionRows } from '../columns/growing-table.ts';
import type { Builder } from '../schema/decoders.ts';

type Chunks<Columns, Name extends keyof Columns> = Iterable<ChunkRows<Pick<Columns, Name>>>;

/** The rows of the bulk tables wherever they lie, chunk by chunk; a chunk\u2019s columns may hold others when the next is asked for. */
export interface BulkTables {
  issuance<Name extends keyof IssuanceRows & string>(...names: readonly Name[]): Chunks<IssuanceRows, Name>;
  transactions<Name extends keyof TransactionRows & string>(...names: readonly Name[]): Chunks<TransactionRows, Name>;
  sales(): Chunks<SaleRows, keyof SaleRows>;
}

interface ReadableRows<Columns> {
  read<Name extends keyof Columns & string>(...names: readonly Name[]): Chunks<Columns, Name>;
}

/** Rows that do not lie in memory. */
export interface RowsElsewhere {
  readonly issuance: ReadableRows<IssuanceRows>;
  readonly transactions: ReadableRows<TransactionRows>;
}

/** @param stored those that lie on disk, if they do not fit */
export const bulkTables = (into: Builder, stored: RowsElsewhere | undefined): BulkTables => ({
  issuance: (...names) =>
    stored?.issuance.read(...names) ?? [{ rows: into.issuance.rows, columns: into.issuance.columns }],
  transactions: (...names) =>
    stored?.transactions.read(...names) ?? [{ rows: into.transactions.rows, columns: into.transactions.columns }],
  sales: () => [{ rows: into.sales.rows, columns: into.sales.columns }],
});
