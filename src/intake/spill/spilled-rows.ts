import {
  type ChunkRows,
  COMMON,
  type GrowingTable,
  newColumn,
  type RowPlace,
  type RowsOf,
  type Shape,
  type StoredRows,
  TYPES,
} from '../columns/growing-table.ts';
import { UnlinkedFile } from './unlinked-file.ts';

/** Rows that are written and read together. */
export const CHUNK_ROWS = 1 << 18;

interface SpilledChunk {
  readonly offset: number;
  /** How many rows each of its columns holds. */
  readonly length: number;
  /** How many of them count. */
  readonly rows: number;
}

/** Rows of a bulk table as they lay in its columns, chunk behind chunk. */
export class SpilledRows<S extends Shape, Known = unknown> implements StoredRows {
  rows = 0;
  last: RowPlace | undefined;
  private readonly file: UnlinkedFile;
  private readonly shape: Shape;
  private readonly names: readonly string[];
  private readonly chunkRows: number;
  private chunks: SpilledChunk[] = [];

  /** @throws DiskFailure */
  constructor(folder: string, shape: S, chunkRows = CHUNK_ROWS) {
    this.shape = { ...shape, ...COMMON };
    this.names = Object.keys(this.shape);
    this.chunkRows = chunkRows;
    this.file = new UnlinkedFile(folder);
  }

  /** Bytes on disk. */
  get bytes(): number {
    return this.file.size;
  }

  /** Takes over a table's rows, once they are at least so many. @throws DiskFailure */
  takeFrom(table: GrowingTable<S, Known>, least = this.chunkRows): void {
    if (table.rows < least) return;
    this.last = table.last ?? this.last;
    const { rows, ...columns } = table.finish();
    for (let from = 0; from < rows; from += this.chunkRows)
      this.write(columns as unknown as RowsOf<S>, from, Math.min(rows, from + this.chunkRows));
    // What was reserved for a whole file is not needed again.
    if (table.capacity > 4 * this.chunkRows) table.release();
    else table.rows = 0;
  }

  /** Rows in their order, by chunks; a chunk's columns hold other rows when the next is read. @throws DiskFailure */
  *read<Name extends keyof RowsOf<S> & string>(
    ...names: readonly Name[]
  ): Generator<ChunkRows<Pick<RowsOf<S> & Known, Name>>, void, undefined> {
    const wanted: ReadonlySet<string> = new Set(names);
    const longest = this.chunks.reduce((most, { length }) => Math.max(most, length), 0);
    const room = Object.fromEntries(names.map((name) => [name, newColumn(this.typeOf(name), longest, false)]));
    for (const { offset, length, rows } of this.chunks) {
      let at = offset;
      for (const name of this.names) {
        const bytes = length * this.widthOf(name);
        const column = room[name];
        if (wanted.has(name) && column !== undefined) this.file.read(new Uint8Array(column.buffer, 0, bytes), at);
        at += bytes;
      }
      yield { rows, columns: room as unknown as Pick<RowsOf<S> & Known, Name> };
    }
  }

  readAll(): Generator<ChunkRows<RowsOf<S> & Known>, void, undefined> {
    return this.read(...(this.names as readonly (keyof RowsOf<S> & string)[])) as never;
  }

  /** Back to an earlier state. */
  cutTo(rows: number): void {
    let before = 0;
    const kept: SpilledChunk[] = [];
    for (const chunk of this.chunks) {
      if (before < rows) kept.push({ ...chunk, rows: Math.min(chunk.rows, rows - before) });
      before += chunk.rows;
    }
    this.chunks = kept;
    if (rows < this.rows) this.last = undefined;
    this.rows = Math.min(this.rows, rows);
  }

  close(): void {
    this.file.close();
  }

  private write(columns: RowsOf<S>, from: number, to: number): void {
    this.chunks.push({ offset: this.file.size, length: to - from, rows: to - from });
    for (const name of this.names) {
      const rows = (columns as unknown as Readonly<Record<string, Uint8Array>>)[name]?.subarray(from, to);
      if (rows !== undefined) this.file.append(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength));
    }
    this.rows += to - from;
  }

  private typeOf(name: string): keyof typeof TYPES {
    return this.shape[name] ?? 'u8';
  }

  private widthOf(name: string): number {
    return TYPES[this.typeOf(name)].BYTES_PER_ELEMENT;
  }
}
