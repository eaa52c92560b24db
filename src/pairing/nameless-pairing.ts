import { lowerBound } from '../base/lower-bound.ts';

/**
 * The pairing of payments with sales that name no coupon, and what is lost of it without some of the payments, in time that
 * grows with their number and not with all (3-rules.md §3, lo).
 *
 * Each payment in order of time takes the earliest sale that still fits, which is exact where all windows are of one width
 * (Glover 1967). Without some payments the others do the same, only that the next sale to be taken lies so many sales further
 * back: the lag. A payment whose window begins later cuts it; one that had no sale takes one of them, if there is a lag, and
 * shortens it by one. What a stretch of payments does with any lag is two figures, which are kept for stretches of 2, 4, 8…
 */
export class NamelessPairing {
  private readonly isPaired: Uint8Array;
  /** A tree by levels: the payments from `first` on, above them stretches of two. */
  private readonly first: number;
  /** By stretch: a lag of l leaves max(0, min(l − taken, most)). */
  private readonly taken: Int32Array;
  private readonly most: Int32Array;
  /** By stretch: of a lag of l, min(l, gained) payments get a sale that had none. */
  private readonly gained: Int32Array;

  /** @param payments instants, ascending @param sales instants, ascending */
  constructor(payments: ArrayLike<number>, sales: ArrayLike<number>, tolerance: number) {
    const count = payments.length;
    this.isPaired = new Uint8Array(count);
    this.first = 2 ** Math.ceil(Math.log2(Math.max(1, count)));
    const size = 2 * this.first;
    this.taken = new Int32Array(size);
    this.most = new Int32Array(size).fill(count);
    this.gained = new Int32Array(size);
    let next = 0;
    for (let place = 0; place < count; place++) {
      const at = payments[place] as number;
      const earliest = lowerBound(sales.length, at - tolerance, (sale) => sales[sale] as number);
      next = Math.max(next, earliest);
      const paired = next < sales.length && (sales[next] as number) <= at + tolerance;
      this.put(place, next - earliest, paired);
      if (paired) next++;
    }
    for (let stretch = this.first - 1; stretch > 0; stretch--) this.join(stretch);
  }

  /** How many fewer are paired without these. @param leaving places of payments, ascending */
  lostWithout(leaving: readonly number[]): number {
    let [lag, gained, lost] = [0, 0, 0];
    leaving.forEach((place, index) => {
      const at = this.first + place;
      // Its own window begins no later than those behind it, so that it may cut the lag as if it were there.
      lag = Math.min(lag, (this.most[at] as number) + (this.taken[at] as number));
      if (this.isPaired[place] === 1) {
        lag++;
        lost++;
      }
      const passed = this.pass(1, 0, this.first, { from: place + 1, end: leaving[index + 1] ?? this.first, lag });
      lag = passed.lag;
      gained += passed.gained;
    });
    return lost - gained;
  }

  /** @param slack how many sales before the next one its window holds */
  private put(place: number, slack: number, paired: boolean): void {
    const at = this.first + place;
    this.isPaired[place] = paired ? 1 : 0;
    const takes = paired ? 0 : 1;
    this.taken[at] = takes;
    this.most[at] = slack - takes;
    this.gained[at] = slack > 0 ? takes : 0;
  }

  private join(stretch: number): void {
    const [left, right] = [2 * stretch, 2 * stretch + 1];
    const { taken, most, gained } = this;
    taken[stretch] = (taken[left] as number) + (taken[right] as number);
    most[stretch] = Math.max(0, Math.min((most[left] as number) - (taken[right] as number), most[right] as number));
    gained[stretch] = (gained[left] as number) + Math.min(Math.max(0, most[left] as number), gained[right] as number);
  }

  /** What a lag comes to over the payments of a stretch that lie in a range. */
  private pass(stretch: number, begin: number, size: number, range: LagIn): Passed {
    const { from, end, lag } = range;
    if (lag === 0 || from >= begin + size || end <= begin) return { lag, gained: 0 };
    if (from <= begin && begin + size <= end) {
      const left = Math.max(0, Math.min(lag - (this.taken[stretch] as number), this.most[stretch] as number));
      return { lag: left, gained: Math.min(lag, this.gained[stretch] as number) };
    }
    const half = size / 2;
    const before = this.pass(2 * stretch, begin, half, range);
    const after = this.pass(2 * stretch + 1, begin + half, half, { from, end, lag: before.lag });
    return { lag: after.lag, gained: before.gained + after.gained };
  }
}

interface LagIn {
  readonly from: number;
  readonly end: number;
  readonly lag: number;
}

interface Passed {
  readonly lag: number;
  readonly gained: number;
}
