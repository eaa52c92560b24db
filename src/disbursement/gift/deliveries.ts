import type { Instant } from '../../base/instants.ts';
import { compareText } from '../../base/text.ts';
import type { DeliveryRow } from './delivery-rows.ts';
import { GIFT_ROUTES } from './gift-order.ts';
import type { DeliveryState } from './provider.ts';

/** A row for `run --paid`: what became of a payout as a whole. */
export interface PaidPayout {
  readonly payoutId: string;
  readonly amountYen: number;
  readonly sentAt: Instant;
  readonly status: Exclude<DeliveryState, 'waiting'>;
}

/** Of a payout that was split: its gifts fared differently, or not all are told of. */
export type DeliveryQuestion = 'gifts differ' | 'gifts missing';

export interface Deliveries {
  /** By payout id, one row each. */
  readonly paid: readonly PaidPayout[];
  /** Not sent yet, by payout id. */
  readonly waiting: readonly string[];
  readonly questions: readonly { readonly payoutId: string; readonly why: DeliveryQuestion; readonly where: string }[];
}

/** What cannot be true of a payout, and the row that says so. */
export type DeliveryFault = { readonly payoutId: string /** `file:line` */; readonly where: string } & (
  | { readonly fault: 'never ordered' | 'went out by bank' | 'no amount' }
  | { readonly fault: 'other number of gifts' | 'other amount' | 'other outcome'; readonly than: string }
  | { readonly fault: 'not what was ordered'; readonly saidYen: number; readonly orderedYen: number }
);

/** What was ordered, as orders.csv has it. */
export interface OrderedPayout {
  readonly payoutId: string;
  readonly route: string;
  readonly amountYen: number;
}

/**
 * What became of each payout. A gift\u2019s latest row stands, as with paid rows (2-data.md), so that a later result may
 * be read after an earlier one.
 *
 * @param orders everything ordered in the series; undefined where nobody knows
 */
export function deliveriesOf(
  rows: readonly DeliveryRow[],
  orders: readonly OrderedPayout[] | undefined,
): { readonly deliveries: Deliveries } | { readonly faults: readonly DeliveryFault[] } {
  const ordered = orders === undefined ? undefined : new Map(orders.map((order) => [order.payoutId, order]));
  const allFaults: DeliveryFault[] = [];
  const [paid, waiting]: [PaidPayout[], string[]] = [[], []];
  const questions: { payoutId: string; why: DeliveryQuestion; where: string }[] = [];
  const byPayout = grouped(rows, ({ payoutId }) => payoutId);
  for (const [payoutId, own] of [...byPayout].sort(([a], [b]) => compareText(a, b))) {
    const order = ordered?.get(payoutId);
    const faults = faultsOf(own, ordered === undefined ? 'not asked' : order);
    allFaults.push(...faults);
    if (faults.length > 0) continue;
    const gifts = giftsIn(own);
    const fate = fateOf(gifts);
    if (typeof fate === 'string') questions.push({ payoutId, why: fate, where: wheresOf(gifts) });
    else if (fate.state === 'waiting') waiting.push(payoutId);
    else paid.push({ payoutId, amountYen: order?.amountYen ?? yenOf(gifts), sentAt: fate.at, status: fate.state });
  }
  return allFaults.length > 0 ? { faults: allFaults } : { deliveries: { paid, waiting, questions } };
}

/** In the order in which each key comes first. */
function grouped<Key>(rows: readonly DeliveryRow[], keyOf: (row: DeliveryRow) => Key): Map<Key, DeliveryRow[]> {
  const groups = new Map<Key, DeliveryRow[]>();
  for (const row of rows) {
    const own = groups.get(keyOf(row));
    if (own === undefined) groups.set(keyOf(row), [row]);
    else own.push(row);
  }
  return groups;
}

const wheresOf = (rows: readonly DeliveryRow[]): string => rows.map(({ where }) => where).join(', ');

// ----- What cannot be true -------------------------------------------------------------------------------------------------

/** @param order undefined where the payout was never ordered */
function faultsOf(
  own: readonly DeliveryRow[],
  order: OrderedPayout | 'not asked' | undefined,
): readonly DeliveryFault[] {
  const [{ payoutId, where }] = own as [DeliveryRow];
  if (order === undefined) return [{ fault: 'never ordered', payoutId, where }];
  if (order !== 'not asked' && !GIFT_ROUTES.includes(order.route))
    return [{ fault: 'went out by bank', payoutId, where }];
  const contradictions = contradictionsOf(own);
  return contradictions.length > 0 ? contradictions : amountFaultsOf(own, order === 'not asked' ? undefined : order);
}

function contradictionsOf(own: readonly DeliveryRow[]): readonly DeliveryFault[] {
  const [first] = own as [DeliveryRow];
  const { payoutId } = first;
  const other = own.find(({ parts }) => parts !== first.parts);
  if (other !== undefined) return [{ fault: 'other number of gifts', payoutId, where: other.where, than: first.where }];
  return [...grouped(own, ({ part }) => part).values()].flatMap((rows): readonly DeliveryFault[] => {
    const stands = latestOf(rows);
    const told = rows.filter(({ amountYen }) => amountYen !== undefined);
    const against = told.find(({ amountYen }) => amountYen !== told[0]?.amountYen);
    if (against !== undefined)
      return [{ fault: 'other amount', payoutId, where: against.where, than: told[0]?.where ?? '' }];
    const rival = rows.find((row) => row.at === stands.at && row.state !== stands.state && isFinal(row));
    if (rival === undefined || !isFinal(stands)) return [];
    return [{ fault: 'other outcome', payoutId, where: rival.where, than: stands.where }];
  });
}

function amountFaultsOf(own: readonly DeliveryRow[], order: OrderedPayout | undefined): readonly DeliveryFault[] {
  const gifts = giftsIn(own);
  const [{ payoutId, where, parts }] = gifts as [DeliveryRow];
  const isTold = gifts.every(({ amountYen }) => amountYen !== undefined);
  if (!isTold) return order !== undefined ? [] : [{ fault: 'no amount', payoutId, where }];
  const saidYen = yenOf(gifts);
  if (order === undefined) return [];
  const orderedYen = order.amountYen;
  const agrees = gifts.length === parts ? saidYen === orderedYen : saidYen < orderedYen;
  return agrees ? [] : [{ fault: 'not what was ordered', payoutId, where: wheresOf(gifts), saidYen, orderedYen }];
}

// ----- What became of it ---------------------------------------------------------------------------------------------------

const isFinal = ({ state }: DeliveryRow): boolean => state !== 'sent' && state !== 'waiting';
const WEIGHTS: Readonly<Record<DeliveryState, number>> = { waiting: 0, sent: 1, received: 2, failed: 2, expired: 2 };

/** The latest of a gift\u2019s rows; at one instant what is final before what is not. */
const latestOf = (rows: readonly DeliveryRow[]): DeliveryRow =>
  rows.reduce((latest, row) => {
    const later = (row.at ?? Number.NEGATIVE_INFINITY) - (latest.at ?? Number.NEGATIVE_INFINITY);
    return later > 0 || (row.at === latest.at && WEIGHTS[row.state] > WEIGHTS[latest.state]) ? row : latest;
  });

/** A row a gift: the one that stands. An amount may be told by an earlier one alone. */
const giftsIn = (own: readonly DeliveryRow[]): readonly DeliveryRow[] =>
  [...grouped(own, ({ part }) => part).values()].map((rows) => ({
    ...latestOf(rows),
    amountYen: rows.find(({ amountYen }) => amountYen !== undefined)?.amountYen,
  }));

const yenOf = (gifts: readonly DeliveryRow[]): number =>
  gifts.reduce((sum, { amountYen }) => sum + (amountYen ?? 0), 0);

type Fate =
  | { readonly state: PaidPayout['status']; readonly at: Instant }
  | { readonly state: 'waiting' }
  | DeliveryQuestion;

/** All must have come as far: sent and received are both sent; what failed or expired in part is nobody\u2019s to guess. */
function fateOf(gifts: readonly DeliveryRow[]): Fate {
  const states = new Set(gifts.map(({ state }) => state));
  if (states.has('waiting')) return { state: 'waiting' };
  if (gifts.length < (gifts[0]?.parts ?? 0)) return 'gifts missing';
  const at = Math.max(...gifts.map((gift) => gift.at ?? 0));
  const [state, ...others] = states;
  if (state === undefined || state === 'waiting') throw new Error('a payout without gifts was delivered');
  if (others.length === 0) return { state, at };
  const areOut = [...states].every((each) => each === 'sent' || each === 'received');
  return areOut ? { state: 'sent', at } : 'gifts differ';
}
