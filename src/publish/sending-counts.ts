import { type CalendarDate, dateOf, formatDate, type Instant } from '../base/instants.ts';
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
 * What became of all payouts that this run knows: those of the chain, and those that paid rows name.
 *
 * @param toSend the rows of to_send.csv
 * @param receiveBy the day by which the notice wants it received
 */
export function countSending(
  chain: PayoutsOfChain,
  toSend: readonly ToSend[],
  receiveBy: CalendarDate | undefined,
): SendingCounts {
  const parts = partsOf(chain);
  const sumOf = (became: Part['became']): Sum => sumOfParts(parts.filter((part) => part.became === became));
  const failed = parts.filter(({ became }) => became === 'failed');
  const isResent = laterPayouts(failed, parts, chain);
  const known = parts.filter(({ became }) => became === 'sent');
  const today = dateOf(chain.asOf);
  return {
    toSend: {
      now: sumByRoute(toSend.filter(({ due }) => due === 'now')),
      later: sumByRoute(toSend.filter(({ due }) => due === 'later')),
    },
    sent: sumOfParts(known),
    received: sumOf('received'),
    expired: sumOf('expired'),
    failed: sumOfParts(failed),
    resent: sumOfParts(failed.filter(isResent)),
    notResent: sumOfParts(failed.filter((part) => !isResent(part))),
    conflicting: sumOf('conflicting'),
    ofOlderVersions: sumOf('of an older version'),
    gone: sumOf('gone'),
    deadline: {
      days: WATCHED_DAYS,
      ...deadlineCounts(
        toSend,
        known.filter((part) => mustBeReceived(part, receiveBy)),
        receiveBy,
        today,
      ),
    },
  };
}

// ----- What became of each -----------------------------------------------------------------------------------------------------

function partsOf(chain: PayoutsOfChain): readonly Part[] {
  const parts = new Map(carriedParts(chain).map((part) => [keyOf(part), part]));
  for (const row of chain.paid) {
    if (isFromChain(row) || (row.disposition !== 'accepted' && row.disposition !== 'conflicting')) continue;
    const made = parts.get(keyOf(row));
    parts.set(keyOf(row), toldPart(row, made));
  }
  return [...parts.values()];
}

const keyOf = ({ payoutId, couponNumber }: Pick<Part, 'payoutId' | 'couponNumber'>): string =>
  `${payoutId} ${couponNumber}`;

/** As they are without the paid rows on their own coupons. */
function carriedParts({ carried, unsent, paid }: PayoutsOfChain): readonly Part[] {
  const mentioned = mentionedPayouts(paid);
  const waiting = new Set(unsent.map(({ payoutId }) => payoutId));
  const becameOf = ({ payoutId, route }: Carried): Part['became'] => {
    if (mentioned.has(payoutId)) return 'sent';
    if (waiting.has(payoutId)) return 'to be sent';
    return route === '' ? 'of an older version' : 'gone';
  };
  return (carried ?? []).map((each) => {
    const madeAt = readInstant(each.madeAt);
    const { payoutId, couponNumber, amountYen: yen, route } = each;
    const at = 'problem' in madeAt ? 0 : madeAt.value;
    return { payoutId, couponNumber, yen, route, at, became: becameOf(each) };
  });
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
function laterPayouts(
  failed: readonly Part[],
  parts: readonly Part[],
  { payouts, asOf }: PayoutsOfChain,
): (part: Part) => boolean {
  const latest = new Map<string, Instant>(failed.map(({ couponNumber }) => [couponNumber, Number.NEGATIVE_INFINITY]));
  const see = (couponNumber: string, at: Instant): void => {
    const before = latest.get(couponNumber);
    if (before !== undefined && at > before) latest.set(couponNumber, at);
  };
  for (const { couponNumber, at } of parts) see(couponNumber, at);
  for (const { coupons } of payouts) for (const couponNumber of coupons) see(couponNumber, asOf);
  return ({ couponNumber, at }) => (latest.get(couponNumber) as Instant) > at;
}

// ----- Until when it must be received ------------------------------------------------------------------------------------------

/** What was made after that day was approved by a person, and has none (3-rules.md §8). */
function mustBeReceived({ route, at }: Part, receiveBy: CalendarDate | undefined): boolean {
  const hasDeadline = CHANNELS.some((channel) => channel.id === route && channel.hasDeadline);
  return hasDeadline && receiveBy !== undefined && dateOf(at) <= receiveBy;
}

function deadlineCounts(
  toSend: readonly ToSend[],
  sent: readonly Part[],
  receiveBy: CalendarDate | undefined,
  today: CalendarDate,
): Omit<SendingCounts['deadline'], 'days'> {
  const [from, until] = [formatDate(today), formatDate(today + WATCHED_DAYS)];
  const lapses = (day: string): boolean => day >= from && day <= until;
  const hasLapsed = (day: string): boolean => day !== '' && day < from;
  const day = receiveBy === undefined ? '' : formatDate(receiveBy);
  const countsOf = (isOn: (day: string) => boolean) => ({
    toSend: sumOfRows(toSend.filter((row) => isOn(row.receiveBy))),
    sent: sumOfParts(isOn(day) ? sent : []),
  });
  return { lapsing: countsOf(lapses), lapsed: countsOf(hasLapsed) };
}

// ----- Sums --------------------------------------------------------------------------------------------------------------------

/** A payout whose coupons became different things counts in each of them. */
const sumOfParts = (parts: readonly Part[]): Sum => ({
  count: new Set(parts.map(({ payoutId }) => payoutId)).size,
  yen: parts.reduce((sum, { yen }) => sum + yen, 0),
});

const sumOfRows = (rows: readonly ToSend[]): Sum => ({
  count: rows.length,
  yen: rows.reduce((sum, { amountYen }) => sum + amountYen, 0),
});

function sumByRoute(rows: readonly ToSend[]): SendingCounts['toSend']['now'] {
  const ids = [...new Set(rows.map(({ route }) => route))].sort(compareText);
  const routes = Object.fromEntries(ids.map((id) => [id, sumOfRows(rows.filter(({ route }) => route === id))]));
  return { ...sumOfRows(rows), routes };
}
