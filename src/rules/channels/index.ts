import type { CalendarDate } from '../../base/instants.ts';
import type { Text } from '../../base/text.ts';
import type { Terms } from '../../policy/terms.ts';
import type { RouteId } from '../../policy/vocabulary.ts';
import { appUrl } from './app-url.ts';
import { applicationUrl } from './application-url.ts';
import { bankTransfer } from './bank-transfer.ts';
import type { Channel } from './channel.ts';

/** Every way by which money is paid out, in the order in which they are sought (3-rules.md §8). */
export const CHANNELS: readonly Channel[] = [bankTransfer, appUrl, applicationUrl];

const BY_ID: ReadonlyMap<RouteId, Channel> = new Map(CHANNELS.map((channel) => [channel.id, channel]));

/** @throws if the channel is none of the program's: routes come from the channels themselves */
export function channelOf(route: RouteId): Channel {
  const channel = BY_ID.get(route);
  if (channel === undefined) throw new Error(`no payout channel is named ${route}`);
  return channel;
}

/** Those in which anything is paid under a policy. */
export const channelsOf = (terms: Terms): readonly Channel[] =>
  CHANNELS.filter(({ notBefore }) => notBefore(terms) !== undefined);

/** @throws if nothing is paid in this way: no route leads there */
export function sentFrom({ id, notBefore }: Channel, terms: Terms): CalendarDate {
  const day = notBefore(terms);
  if (day === undefined) throw new Error(`nothing is paid by ${id} under this policy`);
  return day;
}

/** What is counted by route, in the order in which they are sought: a count that was read from a file has another. */
export const byChannel = <Count>(counts: Readonly<Record<RouteId, Count>>): readonly (readonly [Channel, Count])[] =>
  CHANNELS.flatMap((channel) => {
    const count = counts[channel.id];
    return count === undefined ? [] : [[channel, count] as const];
  });

/** What each is called, by the names of outputs. */
export const ROUTES: Readonly<Record<RouteId, Text>> = Object.fromEntries(CHANNELS.map(({ id, name }) => [id, name]));
