import type { PayoutPart } from '../publish/paid-payouts.ts';
import type { PaidRow, Tables } from '../tables/tables.ts';
import { type EarlierPayouts, paidBefore } from './earlier-payouts.ts';
import { type Resources, type RunInputs, readRunInputs, type Unreadable } from './read-run-inputs.ts';
import { type SettledInputs, settleInputs, type Watch } from './settle-inputs.ts';

/** All that a run comes from. */
export interface RunRequest extends RunInputs, EarlierPayouts {
  readonly countUnclaimed: boolean;
  /** Asks every rule of every case, whatever can be settled from sums. */
  readonly everyRule?: boolean;
}

export interface RunWatch extends Omit<Watch, 'signal'> {
  /**
   * Told of what was read before anything is settled, with the paid rows of payouts that no known run made: throws what
   * refuses the run.
   */
  readonly accept?: (tables: Tables, unknown: readonly PaidRow[]) => void;
}

export interface SettledRun extends SettledInputs {
  /** Where each of the tables' files lies, in their order. */
  readonly paths: readonly string[];
  /** Parts of the payouts that paid rows speak of as a whole. */
  readonly paidPayouts: readonly PayoutPart[];
}

/**
 * Reads a run's inputs and settles them, in as much memory as there may be. What lies on disk meanwhile is gone at the end,
 * however it ends.
 *
 * @throws DiskFailure, what `accept` throws, or what the signal was aborted with
 */
export async function settleRun(
  request: RunRequest,
  resources: Resources,
  { accept, ...watch }: RunWatch = {},
): Promise<SettledRun | Unreadable> {
  const { countUnclaimed, everyRule, made, carried, ...inputs } = request;
  const read = await readRunInputs(inputs, resources);
  if (!('tables' in read)) return read;
  try {
    const { policy, asOf } = inputs;
    const { complete, paidPayouts, unknown } = paidBefore(read.tables, { made, carried }, asOf);
    accept?.(read.tables, unknown);
    const facts = { policy, asOf, countUnclaimed, everyRule: everyRule === true };
    const settled = await settleInputs(read, facts, complete, { ...watch, signal: resources.signal });
    return { ...settled, paths: read.paths, paidPayouts };
  } finally {
    read.partitions?.close();
  }
}
