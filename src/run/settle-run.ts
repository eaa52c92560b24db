import type { IdForm } from '../ledger/decisions.ts';
import type { EvidenceKey } from '../publish/evidence-key.ts';
import type { PayoutPart } from '../publish/known-payout.ts';
import type { UnmatchedPaid } from '../publish/paid-matches.ts';
import type { Tables } from '../tables/tables.ts';
import { type EarlierPayouts, type PaidBefore, paidBefore } from './earlier-payouts.ts';
import { type Resources, type RunInputs, readRunInputs, type Unreadable } from './read-run-inputs.ts';
import { type SettledInputs, settleInputs, type Watch } from './settle-inputs.ts';

/** All that a run comes from. */
export interface RunRequest extends RunInputs, EarlierPayouts {
  readonly countUnclaimed: boolean;
  /** An approval counts once another person has confirmed it. */
  readonly requireSecond?: boolean;
  /** What evidence that holds something personal is bound to decisions by. */
  readonly evidenceKey?: EvidenceKey | undefined;
  /** Of a run that is executed again: as its own version made ids. */
  readonly idForm?: IdForm | undefined;
  /** Asks every rule of every case, whatever can be settled from sums. */
  readonly everyRule?: boolean;
}

export interface RunWatch extends Omit<Watch, 'signal'> {
  /**
   * Told of what was read before anything is settled, with the paid rows of payouts that no known run made, and those that
   * match nothing: throws what refuses the run.
   */
  readonly accept?: (tables: Tables, paid: Pick<PaidBefore, 'unknown' | 'unmatchedPaid'>) => void;
}

export interface SettledRun extends SettledInputs {
  /** Where each of the tables' files lies, in their order. */
  readonly paths: readonly string[];
  /** Parts of the payouts that paid rows speak of as a whole. */
  readonly paidPayouts: readonly PayoutPart[];
  /** Paid rows that match nothing. */
  readonly unmatchedPaid: readonly UnmatchedPaid[];
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
  const { countUnclaimed, requireSecond, everyRule, evidenceKey, idForm, made, carried, ...inputs } = request;
  const read = await readRunInputs(inputs, resources);
  if (!('tables' in read)) return read;
  try {
    const { policy, asOf } = inputs;
    const { matched, complete, paidPayouts, ...paid } = paidBefore(read.tables, { made, carried }, asOf);
    accept?.(matched(read.tables), paid);
    const facts = {
      policy,
      asOf,
      countUnclaimed,
      requireSecond: requireSecond === true,
      everyRule: everyRule === true,
      keyedDigest: evidenceKey?.keyedDigest,
      idForm,
    };
    const settled = await settleInputs(read, facts, complete, { ...watch, signal: resources.signal });
    return { ...settled, paths: read.paths, paidPayouts, unmatchedPaid: paid.unmatchedPaid };
  } finally {
    read.partitions?.close();
  }
}
