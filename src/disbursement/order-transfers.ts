import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type CalendarDate, formatDate } from '../base/instants.ts';
import { sha256 } from '../publish/hash.ts';
import { withPresentIds } from './earlier-payout-ids.ts';
import { appendOrders, lockOrders, type Order, readOrders } from './orders.ts';
import type { ToSend } from './to-send.ts';
import { stageFile } from './whole-file.ts';
import type { BankDirectory } from './zengin/bank-directory.ts';
import type { PayingAccount, Transfer } from './zengin/transfer.ts';
import { type PreparedTransfers, prepareTransfers } from './zengin/transfers.ts';
import { fitsOneFile, type LineEnd, writeZengin } from './zengin/write.ts';

export interface TransferRequest {
  /** The run's folder is in the series, where orders are noted. */
  readonly seriesFolder: string;
  readonly rows: readonly ToSend[];
  /** Of the run. */
  readonly policyId: string;
  readonly transferDate: CalendarDate;
  readonly payer: PayingAccount;
  readonly directory: BankDirectory;
  readonly lineEnd: LineEnd;
  /** The file to be written. */
  readonly out: string;
  /** Takes what was ordered before, too. */
  readonly again: boolean;
  /** Leaves out what cannot be written; without it nothing is written then. */
  readonly skipUnusable: boolean;
}

/** What came of it: `unchanged` where this very file was ordered before; the others have written nothing. */
export type TransferOutcome = 'written' | 'unchanged' | 'nothing to send' | 'unusable' | 'file exists' | 'too many';

export interface OrderedTransfers {
  readonly outcome: TransferOutcome;
  readonly prepared: PreparedTransfers;
  readonly fileSha256: string | undefined;
}

/**
 * Writes the transfers of a day into a file and notes them as ordered, both or none; in steps. The same call once more comes to the
 * same file.
 *
 * @throws Locked, DamagedOrders, or the system's own error
 */
export function* orderTransfers(request: TransferRequest): Generator<undefined, OrderedTransfers> {
  const lock = lockOrders(request.seriesFolder);
  try {
    const { again, rows, policyId, seriesFolder } = request;
    const orders = again ? [] : yield* withPresentIds(yield* readOrders(seriesFolder), rows, policyId);
    return (yield* orderedBefore(request, orders)) ?? (yield* orderNow(request, orders));
  } finally {
    lock.release();
  }
}

const byPayout = (orders: readonly Order[]): ReadonlyMap<string, Order> =>
  new Map(orders.map((order) => [order.payoutId, order]));

/** The file that an earlier call of the same words has made, if it comes out the same and nothing else is due. */
function* orderedBefore(
  request: TransferRequest,
  orders: readonly Order[],
): Generator<undefined, OrderedTransfers | undefined> {
  const { rows, transferDate, directory, out } = request;
  const own = orders.filter(({ orderedAt, file }) => orderedAt === formatDate(transferDate) && file === basename(out));
  const fileSha256 = own.at(-1)?.fileSha256;
  if (fileSha256 === undefined) return undefined;
  const inFile = new Set(own.filter((order) => order.fileSha256 === fileSha256).map(({ payoutId }) => payoutId));
  const others = byPayout(orders.filter(({ payoutId }) => !inFile.has(payoutId)));
  const prepared = yield* prepareTransfers(rows, transferDate, others, directory);
  const bytes = fitsOneFile(prepared.transfers) ? bytesOf(request, prepared.transfers) : undefined;
  if (bytes === undefined || sha256(bytes) !== fileSha256) return undefined;
  if (existsSync(out) && sha256(readFileSync(out)) !== fileSha256)
    return { outcome: 'file exists', prepared, fileSha256 };
  // It was noted, and something ended the call before the file was in its place; or somebody has moved it.
  if (!existsSync(out)) put(out, bytes, () => {});
  return { outcome: 'unchanged', prepared, fileSha256 };
}

function* orderNow(request: TransferRequest, orders: readonly Order[]): Generator<undefined, OrderedTransfers> {
  const { rows, transferDate, directory, out, skipUnusable, seriesFolder } = request;
  const prepared = yield* prepareTransfers(rows, transferDate, byPayout(orders), directory);
  const { transfers, unusable } = prepared;
  const nothing = (outcome: TransferOutcome): OrderedTransfers => ({ outcome, prepared, fileSha256: undefined });
  if (unusable.length > 0 && !skipUnusable) return nothing('unusable');
  if (transfers.length === 0) return nothing('nothing to send');
  if (!fitsOneFile(transfers)) return nothing('too many');
  if (existsSync(out)) return nothing('file exists');
  const bytes = bytesOf(request, transfers);
  const fileSha256 = sha256(bytes);
  const route = new Map(rows.map((row) => [row.payoutId, row.route]));
  const noted = transfers.map(({ payoutId, amountYen }) => ({
    payoutId,
    route: route.get(payoutId) ?? '',
    amountYen,
    orderedAt: formatDate(transferDate),
    file: basename(out),
    fileSha256,
  }));
  // Noted first: a file that nobody knows to be ordered would be paid twice, one that is noted and not there is made again.
  put(out, bytes, () => appendOrders(seriesFolder, noted));
  return { outcome: 'written', prepared, fileSha256 };
}

const bytesOf = ({ payer, transferDate, lineEnd }: TransferRequest, transfers: readonly Transfer[]): Uint8Array =>
  writeZengin({ payer, transferDate, transfers }, lineEnd);

function put(out: string, bytes: Uint8Array, note: () => void): void {
  const staged = stageFile(out, bytes);
  try {
    note();
    staged.create();
  } finally {
    staged.discard();
  }
}
