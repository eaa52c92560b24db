import type { Instant } from '../base/instants.ts';
import { lowerBound } from '../base/lower-bound.ts';
import type { Payment } from '../ledger/case.ts';

/** Instants, both ends included. */
interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** All that lies at most T from one of the payments, as spans that do not touch. @param payments by time */
export function spansAround(payments: readonly Pick<Payment, 'occurredAt'>[], tolerance: number): readonly Span[] {
  const spans: { from: Instant; to: Instant }[] = [];
  for (const { occurredAt } of payments) {
    const last = spans.at(-1);
    if (last !== undefined && occurredAt - tolerance <= last.to) last.to = occurredAt + tolerance;
    else spans.push({ from: occurredAt - tolerance, to: occurredAt + tolerance });
  }
  return spans;
}

/** Places in a list, from the first to before the last. */
export interface PlaceRange {
  readonly from: number;
  readonly end: number;
}

/** Where in a list by time the things stand that lie in one of the spans. */
export function placesIn(spans: readonly Span[], things: readonly { readonly at: Instant }[]): readonly PlaceRange[] {
  const atOf = (place: number): Instant => things[place]?.at ?? 0;
  return spans.flatMap(({ from, to }) => {
    const first = lowerBound(things.length, from, atOf);
    // Instants are whole microseconds.
    const end = lowerBound(things.length, to + 1, atOf);
    return first === end ? [] : [{ from: first, end }];
  });
}

/** The things of a list that stand in ranges, in their order. @param most no more than so many */
export function thingsIn<Thing>(
  ranges: readonly PlaceRange[],
  things: readonly Thing[],
  most = Number.POSITIVE_INFINITY,
): readonly Thing[] {
  const found: Thing[] = [];
  for (const { from, end } of ranges)
    for (let place = from; place < end && found.length < most; place++) found.push(things[place] as Thing);
  return found;
}

export const countIn = (ranges: readonly PlaceRange[]): number =>
  ranges.reduce((count, { from, end }) => count + end - from, 0);
