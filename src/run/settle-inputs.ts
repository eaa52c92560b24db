import type { Language } from '../base/text.ts';
import type { Partitions } from '../intake/read-inputs.ts';
import type { Policy } from '../policy/policy.ts';
import { AskedQuestions } from '../publish/decision-counts.ts';
import { sha256 } from '../publish/hash.ts';
import type { Previous } from '../publish/previous.ts';
import { reviewSheetIn } from '../publish/review-sheet.ts';
import { SettlementWriter, type WrittenSettlements } from '../publish/settlement-writer.ts';
import type { Outcome } from '../settlement/outcome.ts';
import { PersonCap } from '../settlement/person-cap.ts';
import {
  openSettleContext,
  type SettleContext,
  type SettleRequest,
  type Settling,
  settleAll,
} from '../settlement/settle.ts';
import type { Settlement } from '../settlement/settlement.ts';
import type { Tables } from '../tables/tables.ts';
import type { ReadInputs } from './read-run-inputs.ts';
import { inTurns, mayEnd, wholeInTurns } from './turns.ts';

/** What a run's inputs come to. */
export interface SettledInputs {
  readonly outcome: Outcome;
  readonly written: WrittenSettlements;
  /** Of several partitions, no more rows of coupons and transactions than there is something to tell of. */
  readonly tables: Tables;
  /** What lies on disk. */
  readonly bytesOnDisk: number;
}

type Facts = Omit<SettleRequest, 'tables'>;

/** Who may end it, who is told how far it is, and what it is held against. */
export interface Watch {
  readonly signal?: AbortSignal | undefined;
  readonly onPartition?: (partition: number, partitions: number) => void;
  readonly onProgress?: (settled: number) => void;
  /** In milliseconds: by it signals are looked at, and progress is told. */
  readonly now?: () => number;
  /** The coupons of the run before, to be held against what is settled. */
  readonly before?: Previous['coupons'] | undefined;
  /** The language of the questions as a spreadsheet, where one is asked for. */
  readonly reviewSheet?: Language | undefined;
}

/**
 * Settles what was read, all at once or a partition after the other.
 *
 * @param complete adds to tables as they were read
 * @throws DiskFailure, or what the signal was aborted with
 */
export async function settleInputs(
  { tables, partitions }: Pick<ReadInputs, 'tables' | 'partitions'>,
  request: Omit<Facts, 'digest'>,
  complete: (tables: Tables) => Tables,
  watch: Watch,
): Promise<SettledInputs> {
  const facts = { ...request, digest: sha256 };
  const taking = new Taking(facts.policy, new AskedQuestions(tables.decisions, request.asOf), watch);
  if (partitions !== undefined) return settlePartitions(partitions, facts, complete, taking, watch);
  performance.mark('open the book');
  const completed = complete(tables);
  await mayEnd(watch.signal);
  const settleContext = await opened({ ...facts, tables: completed }, watch);
  performance.mark('settle');
  await taking.takeAll(settleAll(settleContext));
  performance.mark('finish tables');
  return { ...(await taking.finish(completed.files, facts)), tables: completed, bytesOnDisk: 0 };
}

async function settlePartitions(
  partitions: Partitions,
  facts: Facts,
  complete: (tables: Tables) => Tables,
  taking: Taking,
  watch: Watch,
): Promise<SettledInputs> {
  performance.mark('settle');
  for (let partition = 0; partition < partitions.count; partition++) {
    const isOwn = partitions.isOwn(partition);
    const settleContext = await opened({ ...facts, tables: complete(partitions.load(partition)), isOwn }, watch);
    await taking.takeAll(settleAll(settleContext));
    watch.onPartition?.(partition + 1, partitions.count);
  }
  performance.mark('finish tables');
  const { bytesOnDisk } = partitions;
  const completed = complete(partitions.finish());
  partitions.close();
  return { ...(await taking.finish(completed.files, facts)), tables: completed, bytesOnDisk };
}

const opened = (request: SettleRequest, { signal, now }: Watch): Promise<SettleContext> =>
  wholeInTurns(openSettleContext(request), () => mayEnd(signal), now);

/** Takes settlements as they come, and lets itself be ended between them. */
class Taking {
  private readonly settlements: SettlementWriter;
  private readonly cap: PersonCap;
  private readonly watch: Watch;
  private count = 0;

  constructor({ terms }: Policy, asked: AskedQuestions, watch: Watch) {
    this.cap = new PersonCap(terms);
    this.watch = watch;
    const { before, reviewSheet } = watch;
    const sheet = reviewSheet === undefined ? undefined : reviewSheetIn(reviewSheet);
    this.settlements = new SettlementWriter(before, asked, sheet);
  }

  async takeAll({ settlements, ...facts }: Settling): Promise<void> {
    const { signal, onProgress, now } = this.watch;
    const take = (): void => {
      this.count++;
    };
    const turn = (): Promise<void> => {
      onProgress?.(this.count);
      return mayEnd(signal);
    };
    // What all coupons are settled with has been worked out at once.
    await mayEnd(signal);
    await inTurns(this.written(settlements), take, turn, now);
    this.settlements.addFacts(facts);
  }

  /** Each once it is written, or waits for all others; undefined while none is. */
  private *written(settlements: Settling['settlements']): Iterable<Settlement | undefined> {
    for (const settlement of settlements) {
      const told = settlement === undefined ? undefined : this.cap.pass(settlement);
      if (told !== undefined && hasManyRows(told)) yield* this.settlements.addInSteps(told);
      else if (told !== undefined) this.settlements.add(told);
      yield settlement;
    }
  }

  /** Once all partitions were taken. */
  finish(files: Tables['files'], facts: Facts): Promise<Pick<SettledInputs, 'outcome' | 'written'>> {
    return wholeInTurns(this.finished(files, facts), () => mayEnd(this.watch.signal), this.watch.now);
  }

  private *finished(files: Tables['files'], facts: Facts): ReturnType<SettlementWriter['finish']> {
    for (const settlement of this.cap.waited()) {
      this.settlements.add(settlement);
      yield undefined;
    }
    return yield* this.settlements.finish(files, facts.policy, facts);
  }
}

/** So many rows take no time to write. */
const FEW_ROWS = 1 << 10;

const hasManyRows = ({ items, reinstatements, outagePayments }: Settlement): boolean =>
  items.length + reinstatements.length + outagePayments.length > FEW_ROWS;
