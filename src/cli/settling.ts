import type { Parts } from '../intake/parts.ts';
import type { Tables } from '../intake/tables.ts';
import { sha256 } from '../publish/hash.ts';
import { Settlements, type Told } from '../publish/told.ts';
import type { Outcome } from '../settlement/outcome.ts';
import { type SettleRequest, settleEach } from '../settlement/settle.ts';
import type { Inputs } from './reading.ts';
import { whereSignalsAreSeen } from './turns.ts';

export interface Settled {
  readonly outcome: Outcome;
  readonly told: Told;
  /** Of several parts, no more rows of coupons and transactions than there is something to tell of. */
  readonly tables: Tables;
  /** What lies on disk. */
  readonly bytesOnDisk: number;
}

type Facts = Omit<SettleRequest, 'tables'>;

/** Who may end it, and who is told that a part is done. */
export interface Watch {
  readonly signal: AbortSignal;
  readonly onPart?: (part: number, parts: number) => void;
}

/**
 * Settles what was read, all at once or a part after the other.
 *
 * @param complete adds to tables as they were read
 * @throws DiskFailure
 */
export async function settleInputs(
  { tables, parts }: Inputs,
  request: Omit<Facts, 'digest'>,
  complete: (tables: Tables) => Tables,
  watch: Watch,
): Promise<Settled> {
  const facts = { ...request, digest: sha256 };
  if (parts !== undefined) return settleParts(parts, facts, complete, watch);
  const completed = complete(tables);
  const settlements = new Settlements();
  settlements.take(settleEach({ ...facts, tables: completed }));
  const told = settlements.finish(completed.files, facts.policy, facts.digest);
  return { ...told, tables: completed, bytesOnDisk: 0 };
}

async function settleParts(
  parts: Parts,
  facts: Facts,
  complete: (tables: Tables) => Tables,
  { signal, onPart }: Watch,
): Promise<Settled> {
  const settlements = new Settlements();
  for (let part = 0; part < parts.count; part++) {
    const isOwn = parts.isOwn(part);
    settlements.take(settleEach({ ...facts, tables: complete(parts.load(part)), isOwn }));
    onPart?.(part + 1, parts.count);
    await whereSignalsAreSeen();
    signal.throwIfAborted();
  }
  const { bytesOnDisk } = parts;
  const completed = complete(parts.finish());
  parts.close();
  const told = settlements.finish(completed.files, facts.policy, facts.digest);
  return { ...told, tables: completed, bytesOnDisk };
}
