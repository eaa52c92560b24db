import type { Parts } from '../intake/parts.ts';
import type { Tables } from '../intake/tables.ts';
import { sha256 } from '../publish/hash.ts';
import { SettlementsOnDisk } from '../publish/settlements-on-disk.ts';
import { type Told, tellAll } from '../publish/told.ts';
import type { Outcome, PartFacts } from '../settlement/outcome.ts';
import { type SettleRequest, settleEach, settlePart } from '../settlement/settle.ts';
import type { Inputs } from './reading.ts';
import { whereSignalsAreSeen } from './turns.ts';

export interface Settled {
  readonly outcome: Outcome;
  readonly told: Told;
  /** Of several parts, no more rows of coupons and transactions than there is something to tell of. */
  readonly tables: Tables;
  /** What lies on disk, settlements among it. */
  readonly bytesOnDisk: number;
}

type Facts = Omit<SettleRequest, 'tables'>;

/** Where to put what parts come to, and who is told that one is done. */
export interface Workplace {
  readonly folder: string;
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
  place: Workplace,
): Promise<Settled> {
  const facts = { ...request, digest: sha256 };
  if (parts !== undefined) return settleParts(parts, facts, complete, place);
  const completed = complete(tables);
  const { settlements, ...part } = settleEach({ ...facts, tables: completed });
  const told = tellAll(settlements, 'any', [part], completed.files, facts.policy, facts.digest);
  return { ...told, tables: completed, bytesOnDisk: 0 };
}

async function settleParts(
  parts: Parts,
  facts: Facts,
  complete: (tables: Tables) => Tables,
  { folder, signal, onPart }: Workplace,
): Promise<Settled> {
  const settlements = new SettlementsOnDisk(folder);
  try {
    const outcomes: PartFacts[] = [];
    for (let part = 0; part < parts.count; part++) {
      const isOwn = parts.isOwn(part);
      const { settlements: settled, ...outcome } = settlePart({ ...facts, tables: complete(parts.load(part)), isOwn });
      settlements.add(settled);
      // The same of every part: it holds all that shops' days are counted from.
      outcomes.push(part === 0 ? outcome : { ...outcome, merchantDays: [] });
      onPart?.(part + 1, parts.count);
      await whereSignalsAreSeen();
      signal.throwIfAborted();
    }
    const bytesOnDisk = parts.bytesOnDisk + settlements.bytes;
    const completed = complete(parts.finish());
    parts.close();
    const told = tellAll(settlements, 'by coupon', outcomes, completed.files, facts.policy, facts.digest);
    return { ...told, tables: completed, bytesOnDisk };
  } finally {
    settlements.close();
  }
}
