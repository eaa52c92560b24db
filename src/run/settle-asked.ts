import type { Instant } from '../base/instants.ts';
import type { Book } from '../ledger/book.ts';
import type { IdForm } from '../ledger/decisions.ts';
import type { MerchantRecord } from '../pairing/merchant-record.ts';
import type { Policy } from '../policy/policy.ts';
import type { EvidenceKey } from '../publish/evidence-key.ts';
import { sha256 } from '../publish/hash.ts';
import { dueOfEach, nothingDue } from '../settlement/outcome.ts';
import { type Payout, payoutsOf } from '../settlement/payouts.ts';
import { PersonCap } from '../settlement/person-cap.ts';
import {
  claimedCases,
  openSettleContext,
  type SettleContext,
  settleAll,
  settlingCasesOf,
} from '../settlement/settle.ts';
import type { Settlement } from '../settlement/settlement.ts';
import type { CouponIndex } from '../tables/pool-index.ts';
import type { Tables } from '../tables/tables.ts';
import { inTurns, mayEnd, wholeInTurns } from './turns.ts';

/** What a run is settled from, all of it in memory. */
export interface AskedRequest {
  readonly tables: Tables;
  readonly policy: Policy;
  readonly asOf: Instant;
  readonly countUnclaimed: boolean;
  readonly requireSecond: boolean;
  readonly evidenceKey?: EvidenceKey | undefined;
  /** As the run's own version made ids. */
  readonly idForm?: IdForm | undefined;
}

/** A run whose coupons are asked about one by one. */
export interface AskedRun {
  readonly book: Book;
  readonly record: MerchantRecord;
  /** Some cases, each once and listed or not, with what every rule found; by their numbers in the pool. */
  readonly casesOf: (
    coupons: readonly CouponIndex[],
    signal: AbortSignal | undefined,
  ) => Promise<ReadonlyMap<CouponIndex, Settlement>>;
  /** The same of every case with a claim that stands. */
  readonly claimed: (signal: AbortSignal | undefined) => Promise<ReadonlyMap<CouponIndex, Settlement>>;
  /** Settles all once, as the run did: for what stands in one payout, and for coupons that are no case. */
  readonly settleOnce: (wanted: ReadonlySet<string>, signal: AbortSignal | undefined) => Promise<SettledOnce>;
}

export interface SettledOnce {
  readonly payouts: readonly Payout[];
  /** The listed ones among the coupons asked for, by number. */
  readonly listed: ReadonlyMap<string, Settlement>;
}

/** @throws what the signal was aborted with */
export async function openAskedRun(request: AskedRequest, signal: AbortSignal | undefined): Promise<AskedRun> {
  const { evidenceKey, ...facts } = request;
  const keyedDigest = evidenceKey?.keyedDigest;
  const steps = openSettleContext({ ...facts, digest: sha256, keyedDigest });
  const settleContext = await wholeInTurns(steps, () => mayEnd(signal));
  const { book, record } = settleContext;
  return {
    book,
    record,
    casesOf: (coupons, signal) => settleCases(settleContext, coupons, signal),
    claimed: (signal) => settleCases(settleContext, claimedCases(book), signal),
    settleOnce: (wanted, signal) => settleOnce(settleContext, wanted, signal),
  };
}

async function settleCases(
  settleContext: SettleContext,
  coupons: readonly CouponIndex[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<CouponIndex, Settlement>> {
  const settled = new Map<CouponIndex, Settlement>();
  const take = ([coupon, settlement]: readonly [CouponIndex, Settlement]): void => {
    settled.set(coupon, settlement);
  };
  await inTurns(settlingCasesOf(settleContext, coupons), take, () => mayEnd(signal));
  return settled;
}

async function settleOnce(
  settleContext: SettleContext,
  wanted: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<SettledOnce> {
  const { policy } = settleContext.request;
  const due = nothingDue();
  const listed = new Map<string, Settlement>();
  const cap = new PersonCap(policy.terms);
  const take = (settlement: Settlement): void => {
    dueOfEach(due, settlement);
    if (wanted.has(settlement.couponNumber)) listed.set(settlement.couponNumber, settlement);
  };
  const pass = (settlement: Settlement): void => {
    const told = cap.pass(settlement);
    if (told !== undefined) take(told);
  };
  await inTurns(settleAll(settleContext).settlements, pass, () => mayEnd(signal));
  for (const settlement of cap.waited()) take(settlement);
  return { payouts: payoutsOf(due.payables, policy, settleContext.request), listed };
}
