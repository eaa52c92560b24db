import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { drained, mapped } from '../base/steps.ts';
import { csvBytes } from '../publish/csv-bytes.ts';
import { type Lock, takeLock } from '../publish/lock.ts';
import { NotConfirmed } from '../publish/on-disk.ts';
import { type Cells, madeOf, publishedRows } from '../publish/published-rows.ts';
import { stageFile } from './whole-file.ts';

/** That a payout was put into a file that goes out. A row of orders.csv, which holds no personal data. */
export interface Order {
  readonly payoutId: string;
  readonly route: string;
  readonly amountYen: number;
  /** The transfer date, or the as-of of the run that was ordered from: the file knows no clock. */
  readonly orderedAt: string;
  /** The name of the file that holds it, without its folder. */
  readonly file: string;
  readonly fileSha256: string;
}

/** In the series folder: the one that holds the run folders. */
export const ORDERS_FILE = 'orders.csv';
const COLUMNS = ['payout_id', 'route', 'amount_yen', 'ordered_at', 'file', 'file_sha256'] as const;

/** orders.csv cannot be relied on: what was ordered before is not known. */
export class DamagedOrders extends Error {
  readonly path: string;
  /** Of the file, where one can be named. */
  readonly line: number | undefined;
  constructor(path: string, line?: number) {
    super('orders.csv cannot be read');
    this.path = path;
    this.line = line;
  }
}

/**
 * Everything ordered so far, oldest first, in steps; nothing where there is no file yet.
 *
 * @throws DamagedOrders, or the system's own error
 */
export function* readOrders(seriesFolder: string): Generator<undefined, readonly Order[]> {
  const path = join(seriesFolder, ORDERS_FILE);
  if (!existsSync(path)) return [];
  const bytes = readFileSync(path);
  const first = bytes.toString('utf8', 0, Math.max(0, bytes.indexOf('\n')) || bytes.length);
  if (first.replace(/^\ufeff/, '').replace(/\r$/, '') !== COLUMNS.join(',')) throw new DamagedOrders(path, 1);
  const rows = yield* rowsOf(bytes, path);
  let line = 1;
  return yield* mapped(rows, (cells) => orderOf(cells, path, ++line));
}

function* rowsOf(bytes: Uint8Array, path: string): Generator<undefined, readonly Cells[]> {
  try {
    return yield* madeOf(publishedRows([bytes]), (cells) => cells);
  } catch {
    throw new DamagedOrders(path);
  }
}

function orderOf(cells: Cells, path: string, line: number): Order {
  const [payoutId = '', route = '', amount = '', orderedAt = '', file = '', fileSha256 = ''] = COLUMNS.map(
    (name) => cells[name],
  );
  const isWhole = [payoutId, route, orderedAt, file].every((cell) => cell !== '');
  // A spreadsheet that wrote 1,000 or 1E+05 has touched the rest, too.
  if (!isWhole || !/^\d{1,15}$/.test(amount) || !/^[0-9a-f]{64}$/.test(fileSha256)) throw new DamagedOrders(path, line);
  return { payoutId, route, amountYen: Number(amount), orderedAt, file, fileSha256 };
}

/**
 * Notes orders behind those that are there, all of them or none. Whoever reads, decides and notes holds {@link lockOrders}
 * meanwhile.
 *
 * @returns takes the note back: to be called while the lock is still held
 * @throws DamagedOrders, or the system's own error
 */
export function appendOrders(seriesFolder: string, orders: readonly Order[]): () => void {
  const before = drained(readOrders(seriesFolder));
  const takeBack = (): void => {
    if (before.length > 0) writeOrders(seriesFolder, before);
    else rmSync(join(seriesFolder, ORDERS_FILE), { force: true });
  };
  try {
    writeOrders(seriesFolder, [...before, ...orders]);
  } catch (error) {
    // It may stand there nevertheless: the system may have refused only to confirm that it is on disk.
    unlessNotConfirmed(takeBack);
    throw error instanceof NotConfirmed ? error.cause : error;
  }
  return takeBack;
}

/** What stands in its place is so, whether it is known to be on disk or not. */
function unlessNotConfirmed(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!(error instanceof NotConfirmed)) throw error;
  }
}

function writeOrders(seriesFolder: string, orders: readonly Order[]): void {
  const rows = orders.map((order) => [
    order.payoutId,
    order.route,
    String(order.amountYen),
    order.orderedAt,
    order.file,
    order.fileSha256,
  ]);
  const staged = stageFile(join(seriesFolder, ORDERS_FILE), csvBytes(COLUMNS, rows));
  try {
    staged.replace();
  } finally {
    staged.discard();
  }
}

/** One who orders at a time: two could put a payout into two files. @throws Locked, or the system's own error */
export const lockOrders = (seriesFolder: string): Lock => takeLock(join(seriesFolder, `.${ORDERS_FILE}.lock`));
