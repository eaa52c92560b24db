import type { Range } from './blocks.ts';
import { readRange } from './bulk-file.ts';
import type { BulkFile } from './bulk-rows.ts';
import { type BulkKind, TableBuilder } from './decode.ts';
import type { HeaderPlan } from './header.ts';
import type { PackedNumbers } from './key-numbers.ts';
import { LAYOUTS } from './layouts.ts';
import type { InputProfile } from './profile.ts';
import { rejectedRow } from './rejected-row.ts';
import { RowReader } from './row-reader.ts';
import type { Encoding } from './source.ts';
import type { Reject } from './tables.ts';
import type { PackedKeys } from './text-keys.ts';

/** A piece of a bulk file, to be read by itself. */
export interface RangeJob {
  readonly path: string;
  readonly range: Range;
  /** It ends where the file does. */
  readonly isEnd: boolean;
  readonly kind: BulkKind;
  readonly file: number;
  readonly plan: HeaderPlan;
  readonly profile: InputProfile | undefined;
  readonly asked: Encoding | undefined;
}

/** Its rows, with their texts numbered by themselves and their lines counted from 0. */
export interface RangeRows {
  readonly rows: number;
  readonly columns: Readonly<Record<string, Uint8Array | Uint16Array | Int32Array | Float64Array>>;
  readonly keys: Readonly<Record<KeyTable, PackedKeys>>;
  readonly numbers: Readonly<Record<NumberTable, PackedNumbers>>;
  readonly lines: number;
  readonly rowsRead: number;
  readonly yenRead: number;
  readonly rejectedYen: number;
  readonly rejects: readonly Reject[];
  readonly encoding: Encoding | undefined;
}

type KeyTable = 'transactionIds' | 'reports' | 'texts';
type NumberTable = 'coupons' | 'merchants' | 'words';

/** Which table each text column's numbers are those of. */
const TABLE_OF: Readonly<Record<string, KeyTable | NumberTable>> = {
  coupon: 'coupons',
  transaction: 'transactionIds',
  related: 'transactionIds',
  report: 'reports',
  account: 'texts',
  phone: 'texts',
  email: 'texts',
  receipt: 'texts',
  merchant: 'merchants',
  terminal: 'words',
  issuer: 'words',
};

/** Reads a piece of a file; undefined where it is not for the byte reader, or no piece for itself. */
export async function readRangeRows(job: RangeJob): Promise<RangeRows | undefined> {
  const { kind, file, plan, profile } = job;
  const into = new TableBuilder();
  const rejects: Reject[] = [];
  let rejectedYen = 0;
  const row = new RowReader(LAYOUTS[kind], plan, profile);
  const read = await readRange(job.path, job.range, job.isEnd, job.asked, (textOf): BulkFile => {
    const ownDates = (profile?.dateFormats ?? []).length > 0;
    const reject = (line: number, yen: number): void => {
      rejectedYen += yen;
      rejects.push(rejectedRow(kind, file, row, line));
    };
    const likelyBytes = job.range.to - job.range.from;
    return { kind, file, plan, likelyBytes, row, ownDates, into, textOf, reject };
  });
  if (read === undefined) return undefined;
  const { rows, ...columns } = into[kind].finish();
  const { transactionIds, reports, texts, coupons, merchants, words } = into;
  return {
    rows,
    columns,
    keys: {
      transactionIds: transactionIds.pack(),
      reports: reports.pack(),
      texts: texts.pack(),
    },
    numbers: { coupons: coupons.pack(), merchants: merchants.pack(), words: words.pack() },
    lines: read.rows.batch.line - 1,
    rowsRead: read.rows.rowsRead,
    yenRead: read.rows.yenRead,
    rejectedYen,
    rejects,
    encoding: read.encoding,
  };
}

/** Puts a piece's rows behind those that a table has. @param lines of the file before the piece */
export function absorb(into: TableBuilder, kind: BulkKind, piece: RangeRows, lines: number): void {
  const table = into[kind];
  const from = table.rows;
  table.reserve(from + piece.rows);
  const target = table.columns as unknown as Readonly<Record<string, Uint8Array>>;
  for (const [name, column] of Object.entries(piece.columns)) target[name]?.set(column, from);
  table.rows += piece.rows;
  const adopters = adoptersOf(into, piece);
  for (const [name, owner] of Object.entries(TABLE_OF)) {
    const column = target[name]?.subarray(from, table.rows);
    if (column !== undefined) adopters[owner](column);
  }
  const line = table.columns.line;
  for (let row = from; row < table.rows; row++) line[row] = (line[row] ?? 0) + lines;
  for (const reject of piece.rejects) into.rejects.push({ ...reject, line: reject.line + lines });
}

type Adopters = Readonly<Record<KeyTable | NumberTable, (column: Uint8Array) => void>>;

function adoptersOf(into: TableBuilder, { keys, numbers }: RangeRows): Adopters {
  const adopters = {
    transactionIds: into.transactionIds.adopt(keys.transactionIds),
    reports: into.reports.adopt(keys.reports),
    texts: into.texts.adopt(keys.texts),
    coupons: into.coupons.adopt(numbers.coupons),
    merchants: into.merchants.adopt(numbers.merchants),
    words: into.words.adopt(numbers.words),
  };
  // Which column is of which type is said once, in TABLE_OF.
  return adopters as unknown as Adopters;
}
