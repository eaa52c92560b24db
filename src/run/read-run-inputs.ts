import type { Problem } from '../base/problem.ts';
import { type IntakeRequest, type Partitions, readInputs } from '../intake/read-inputs.ts';
import type { Policy } from '../policy/policy.ts';
import type { Tables } from '../tables/tables.ts';

/** What a run is read from, and how. */
export interface RunInputs
  extends Pick<
    IntakeRequest,
    'paths' | 'nameOf' | 'profile' | 'encoding' | 'reader' | 'missing' | 'asOf' | 'understand'
  > {
  readonly policy: Policy;
}

/** By how many threads a run may be read, in how much memory, who may end it, and who is told how far it is. */
export interface Resources extends Pick<IntakeRequest, 'threads' | 'memory' | 'signal' | 'onProgress'> {
  /** Where the key of a run's series lies, if not beside the run: what is executed again is bound to decisions by it. */
  readonly evidenceKeyFile?: string | undefined;
}

/** What was read of a run's inputs. Whoever asked for it closes its parts. */
export interface ReadInputs {
  readonly tables: Tables;
  /** The coupons and transactions, where they did not fit into memory. */
  readonly partitions: Partitions | undefined;
  /** Where each of the tables' files lies, in their order. */
  readonly paths: readonly string[];
}

/** Inputs that cannot be read, with every problem of every file. */
export interface Unreadable {
  readonly problems: readonly Problem[];
}

/** Reads all inputs of a run. @throws DiskFailure, or what the signal was aborted with */
export async function readRunInputs(
  { policy, ...inputs }: RunInputs,
  resources: Resources,
): Promise<ReadInputs | Unreadable> {
  const { evidenceKeyFile: _, ...means } = resources;
  const read = await readInputs({ ...inputs, ...means, terms: policy.terms });
  if (!('tables' in read)) return { problems: read.problems };
  const { tables, partitions, paths } = read;
  return { tables, partitions, paths };
}

/**
 * All that is told of inputs which nobody settles: rows that exceed the memory there may be are counted a partition at a
 * time, and gone afterwards.
 *
 * @throws DiskFailure
 */
export function tablesUnsettled({ tables, partitions }: ReadInputs): Tables {
  try {
    return partitions?.finishUnsettled() ?? tables;
  } finally {
    partitions?.close();
  }
}
