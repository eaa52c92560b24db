import { dateOf, formatDate, formatInstant, type Instant } from '../base/instants.ts';
import { mapped, sorted } from '../base/steps.ts';
import { compareText } from '../base/text.ts';
import type { Payout } from '../settlement/payouts.ts';
import type { PaidRow } from '../tables/tables.ts';
import { type Carried, isFromChain } from './previous.ts';
import type { UnsentPayout } from './unsent-payouts.ts';

/** A row of to_send.csv. */
export interface ToSend extends UnsentPayout {
  readonly due: 'now' | 'later';
}

/** What a run knows of the payouts of the chain. */
export interface PayoutsOfChain {
  /** Its own. */
  readonly payouts: readonly Payout[];
  /** What earlier runs paid; undefined of the first. */
  readonly carried: readonly Carried[] | undefined;
  /** To whom earlier runs had still to send, by their to_send.csv. What is not carried, too, is nothing. */
  readonly unsent: readonly UnsentPayout[];
  /** All paid rows that the run saw. */
  readonly paid: readonly PaidRow[];
  readonly asOf: Instant;
}

/**
 * In steps, every payout made so far that no paid row speaks of. Of earlier nights the amount, the coupons, the route and the night
 * are what was carried; only whom to send it to, and when, rests on what the run before says.
 */
export function* toSendOf({
  payouts,
  carried,
  unsent,
  paid,
  asOf,
}: PayoutsOfChain): Generator<undefined, readonly ToSend[]> {
  const mentioned = mentionedPayouts(paid);
  const [madeAt, today] = [formatInstant(asOf), formatDate(dateOf(asOf))];
  const waiting: ToSend[] = [];
  const add = (each: UnsentPayout): void => {
    if (mentioned.has(each.payoutId)) return;
    waiting.push({ ...each, due: each.notBefore <= today ? 'now' : 'later' });
  };
  yield* mapped(payouts, (payout) =>
    add({
      ...payout,
      notBefore: formatDate(payout.notBefore),
      receiveBy: payout.receiveBy === undefined ? '' : formatDate(payout.receiveBy),
      madeAt,
    }),
  );
  const partsOf = yield* partsByPayout(carried ?? []);
  yield* mapped(unsent, (each) => {
    const still = stillUnsent(each, partsOf.get(each.payoutId) ?? []);
    if (still !== undefined) add(still);
  });
  return yield* sorted(waiting, byDayAndRoute);
}

const byDayAndRoute = (a: ToSend, b: ToSend): number =>
  compareText(a.notBefore, b.notBefore) || compareText(a.route, b.route) || compareText(a.payoutId, b.payoutId);

function stillUnsent(each: UnsentPayout, parts: readonly Carried[]): UnsentPayout | undefined {
  const [first] = parts;
  if (first === undefined) return undefined;
  return {
    ...each,
    route: first.route,
    amountYen: parts.reduce((sum, { amountYen }) => sum + amountYen, 0),
    coupons: parts.map(({ couponNumber }) => couponNumber).sort(compareText),
    madeAt: first.madeAt,
  };
}

function* partsByPayout(carried: readonly Carried[]): Generator<undefined, ReadonlyMap<string, readonly Carried[]>> {
  const partsOf = new Map<string, Carried[]>();
  yield* mapped(carried, (part) => {
    const parts = partsOf.get(part.payoutId);
    if (parts === undefined) partsOf.set(part.payoutId, [part]);
    else parts.push(part);
  });
  return partsOf;
}

/** Payouts that a paid row of before as-of names, whole or by one of its coupons, whatever it says became of it. */
export function mentionedPayouts(paid: readonly PaidRow[]): ReadonlySet<string> {
  const mentioned = new Set<string>();
  for (const row of paid)
    if (!isFromChain(row) && row.disposition !== 'rejected' && row.disposition !== 'after_as_of')
      mentioned.add(row.payoutId);
  return mentioned;
}

/**
 * Carried payouts of which nobody says any more what became of them: no paid row names them, and the run before had nothing
 * to send. A paid row that an earlier night has read is gone. Of what runs of older versions carried no route is known, and
 * nothing else either.
 */
export function payoutsGone({ carried, unsent, paid }: Omit<PayoutsOfChain, 'payouts' | 'asOf'>): readonly string[] {
  const known = new Set([...mentionedPayouts(paid), ...unsent.map(({ payoutId }) => payoutId)]);
  const gone = (carried ?? []).filter(({ payoutId, route }) => route !== '' && !known.has(payoutId));
  return [...new Set(gone.map(({ payoutId }) => payoutId))];
}
