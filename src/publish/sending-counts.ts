import { type CalendarDate, dateOf, formatDate, type Instant } from '../base/instants.ts';
import { mapped } from '../base/steps.ts';
import { compareText } from '../base/text.ts';
import { readInstant } from '../intake/values/dates.ts';
import type { RouteId } from '../policy/vocabulary.ts';
import { CHANNELS } from '../rules/channels/index.ts';
import type { PaidRow } from '../tables/tables.ts';
import { type Carried, isFromChain } from './previous.ts';
import type { SendingCounts, Sum } from './summary.ts';
import { mentionedPayouts, type PayoutsOfChain, type ToSend } from './to-send.ts';

/** So many days before the day by which something must be received, the summary begins to say so. */
const WATCHED_DAYS = 7;

/** What became of a payout for one of its coupons. */
interface Part {
  readonly payoutId: string;
  readonly couponNumber: string;
  readonly yen: number;
  /** When it was made, or (of none of the chain) what became of it: which of two payouts on a coupon was first. */
  readonly at: Instant;
  /** Empty where nobody said it. */
  readonly route: RouteId;
  readonly became: PaidRow['status'] | 'conflicting' | 'to be sent' | 'gone' | 'of an older version';
}

/**
 * In steps, what became of all payouts that this run knows: those of the chain, and those that paid rows name.
 *
 * @param toSend the rows of to_send.csv
 * @param receiveBy the day by which the notice wants it received
 */
export function* countSending(
  chain: PayoutsOfChain,
  toSend: readonly ToSend[],
  receiveBy: CalendarDate | undefined,
): Generator<undefined, SendingCounts> {
  const parts = yield* partsOf(chain);
  const partsThat = function* (became: Part['became']): Generator<undefined, readonly Part[]> {
    yield undefined;
    return parts.filter((part) => part.became === became);
  };
  const sumOf = function* (became: Part['became']): Generator<undefined, Sum> {
    return yield* sumOfParts(yield* partsThat(became));
  };
  const failed = yield* partsThat('failed');
  const isResent = yield* laterPayouts(failed, parts, chain);
  const known = yield* partsThat('sent');
  return {
    toSend: {
      now: yield* sumByRoute(toSend.filter(({ due }) => due === 'now')),
      later: yield* sumByRoute(toSend.filter(({ due }) => due === 'later')),
    },
    sent: yield* sumOfParts(known),
    received: yield* sumOf('received'),
    expired: yield* sumOf('expired'),
    failed: yield* sumOfParts(failed),
    resent: yield* sumOfParts(failed.filter(isResent)),
    notResent: yield* sumOfParts(failed.filter((part) => !isResent(part))),
    conflicting: yield* sumOf('conflicting'),
    ofOlderVersions: yield* sumOf('of an older version'),
    gone: yield* sumOf('gone'),
    deadline: {
      days: WATCHED_DAYS,
      ...(yield* deadlineCounts(toSend, known, receiveBy, dateOf(chain.asOf))),
    },
  };
}

// ----- What became of each -----------------------------------------------------------------------------------------------------

function* partsOf(chain: PayoutsOfChain): Generator<undefined, readonly Part[]> {
  const parts = new Map<string, Part>();
  const becameOf = carriedBecame(chain);
  yield* mapped(chain.carried ?? [], (each) => {
    parts.set(keyOf(each), carriedPart(each, becameOf(each)));
  });
  yield* mapped(chain.paid, (row) => {
    if (isFromChain(row) || (row.disposition !== 'accepted' && row.disposition !== 'conflicting')) return;
    const key = keyOf(row);
    parts.set(key, toldPart(row, parts.get(key)));
  });
  return [...parts.values()];
}

const keyOf = ({ payoutId, couponNumber }: Pick<Part, 'payoutId' | 'couponNumber'>): string =>
  `${payoutId} ${couponNumber}`;

/** What became of one without the paid rows on its own coupon. */
function carriedBecame({ unsent, paid }: PayoutsOfChain): (carried: Carried) => Part['became'] {
  const mentioned = mentionedPayouts(paid);
  const waiting = new Set(unsent.map(({ payoutId }) => payoutId));
  return ({ payoutId, route }) => {
    if (mentioned.has(payoutId)) return 'sent';
    if (waiting.has(payoutId)) return 'to be sent';
    return route === '' ? 'of an older version' : 'gone';
  };
}

function carriedPart({ payoutId, couponNumber, amountYen, route, madeAt }: Carried, became: Part['became']): Part {
  const made = readInstant(madeAt);
  return { payoutId, couponNumber, yen: amountYen, route, at: 'problem' in made ? 0 : made.value, became };
}

/** As its paid row tells it. */
function toldPart(row: PaidRow, made: Part | undefined): Part {
  const { payoutId, couponNumber, amountYen, sentAt, status, disposition } = row;
  const [at, route] = made === undefined ? [sentAt, ''] : [made.at, made.route];
  if (disposition === 'accepted') return { payoutId, couponNumber, yen: amountYen, at, route, became: status };
  // Of two amounts the larger counts as paid, as elsewhere.
  return { payoutId, couponNumber, yen: Math.max(amountYen, made?.yen ?? 0), at, route, became: 'conflicting' };
}

/** Whether a payout that was made later pays the same coupon: whichever it is, and whatever became of it. */
function* laterPayouts(
  failed: readonly Part[],
  parts: readonly Part[],
  { payouts, asOf }: PayoutsOfChain,
): Generator<undefined, (part: Part) => boolean> {
  const latest = new Map<string, Instant>();
  yield* mapped(failed, ({ couponNumber }) => {
    latest.set(couponNumber, Number.NEGATIVE_INFINITY);
  });
  const see = (couponNumber: string, at: Instant): void => {
    const before = latest.get(couponNumber);
    if (before !== undefined && at > before) latest.set(couponNumber, at);
  };
  yield* mapped(parts, ({ couponNumber, at }) => see(couponNumber, at));
  yield* mapped(payouts, ({ coupons }) => {
    for (const couponNumber of coupons) see(couponNumber, asOf);
  });
  return ({ couponNumber, at }) => (latest.get(couponNumber) as Instant) > at;
}

// ----- Until when it must be received ------------------------------------------------------------------------------------------

/** What was made after that day was approved by a person, and has none (3-rules.md §8). */
function mustBeReceived({ route, at }: Part, receiveBy: CalendarDate | undefined): boolean {
  const hasDeadline = CHANNELS.some((channel) => channel.id === route && channel.hasDeadline);
  return hasDeadline && receiveBy !== undefined && dateOf(at) <= receiveBy;
}

function* deadlineCounts(
  toSend: readonly ToSend[],
  sent: readonly Part[],
  receiveBy: CalendarDate | undefined,
  today: CalendarDate,
): Generator<undefined, Omit<SendingCounts['deadline'], 'days'>> {
  const [from, until] = [formatDate(today), formatDate(today + WATCHED_DAYS)];
  const lapses = (day: string): boolean => day >= from && day <= until;
  const hasLapsed = (day: string): boolean => day !== '' && day < from;
  const day = receiveBy === undefined ? '' : formatDate(receiveBy);
  const countsOf = function* (isOn: (day: string) => boolean) {
    const bound = isOn(day) ? sent.filter((part) => mustBeReceived(part, receiveBy)) : [];
    yield undefined;
    return { toSend: sumOfRows(toSend.filter((row) => isOn(row.receiveBy))), sent: yield* sumOfParts(bound) };
  };
  return { lapsing: yield* countsOf(lapses), lapsed: yield* countsOf(hasLapsed) };
}

// ----- Sums --------------------------------------------------------------------------------------------------------------------

/** A payout whose coupons became different things counts in each of them. */
function* sumOfParts(parts: readonly Part[]): Generator<undefined, Sum> {
  const payouts = new Set<string>();
  let yen = 0;
  yield* mapped(parts, (part) => {
    payouts.add(part.payoutId);
    yen += part.yen;
  });
  return { count: payouts.size, yen };
}

const sumOfRows = (rows: readonly ToSend[]): Sum => ({
  count: rows.length,
  yen: rows.reduce((sum, { amountYen }) => sum + amountYen, 0),
});

function* sumByRoute(rows: readonly ToSend[]): Generator<undefined, SendingCounts['toSend']['now']> {
  const ids = [...new Set(rows.map(({ route }) => route))].sort(compareText);
  const routes: Record<RouteId, Sum> = {};
  for (const id of ids) {
    yield undefined;
    routes[id] = sumOfRows(rows.filter(({ route }) => route === id));
  }
  return { ...sumOfRows(rows), routes };
}
