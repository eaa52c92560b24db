import { Unvisited } from './unvisited.ts';

/** Whether every maximum pairing of claimants with bills pairs a claimant; `none`: it has no bill (3-rules.md §4.2). */
export type ClaimantPairing = 'none' | 'some' | 'every';

/** Places of bills, from the first to before the last; those of one claimant ascend and do not touch. */
export interface BillRange {
  readonly from: number;
  readonly end: number;
}

/**
 * Which claimants every maximum pairing pairs with a bill: those that no alternating path reaches from one that is left out
 * (Dulmage and Mendelsohn 1958). The bills of a claimant are ranges, so that a search sees each bill once and never lists the
 * pairs: ten thousand claimants in an hour would have millions.
 *
 * @param sides for each claimant the bills it could stand for
 * @param bills how many there are
 */
export function* claimantPairings(
  sides: readonly (readonly BillRange[])[],
  bills: number,
): Generator<undefined, readonly ClaimantPairing[]> {
  const pairing = new ClaimantsWithBills(sides, bills);
  yield undefined;
  yield* pairing.pairAll();
  const left = yield* pairing.reachedFromUnpaired();
  return sides.map((ranges, claimant) => (ranges.length === 0 ? 'none' : left[claimant] === 1 ? 'some' : 'every'));
}

const NONE = -1;
/** So many searches are one step; most are short. */
const SEARCHES_A_STEP = 1 << 12;

class ClaimantsWithBills {
  private readonly sides: readonly (readonly BillRange[])[];
  private readonly billOf: Int32Array;
  private readonly claimantOf: Int32Array;
  /** By bill: from which claimant a search came to it; of no other bill is it asked. */
  private readonly cameFrom: Int32Array;
  private readonly unvisited: Unvisited;

  constructor(sides: readonly (readonly BillRange[])[], bills: number) {
    this.sides = sides;
    this.billOf = new Int32Array(sides.length).fill(NONE);
    this.claimantOf = new Int32Array(bills).fill(NONE);
    this.cameFrom = new Int32Array(bills);
    this.unvisited = new Unvisited(bills);
  }

  *pairAll(): Generator<undefined, void> {
    yield* this.pairInOrder();
    do yield undefined;
    while (yield* this.augmentOnce());
  }

  /** By claimant: 1 for the unpaired ones, and those whose bill one of them could have instead. */
  *reachedFromUnpaired(): Generator<undefined, Uint8Array> {
    const reached = new Uint8Array(this.sides.length);
    const queue = this.unpaired();
    for (const claimant of queue) reached[claimant] = 1;
    this.unvisited.reset();
    for (const [searches, claimant] of queue.entries()) {
      if (searches % SEARCHES_A_STEP === 0) yield undefined;
      this.eachBill(claimant, (bill) => {
        const other = this.claimantOf[bill] as number;
        if (other === NONE) throw new Error('the pairing of claimants is not maximum');
        if (reached[other] === 0) queue.push(other);
        reached[other] = 1;
        return false;
      });
    }
    return reached;
  }

  private unpaired(): number[] {
    return Array.from(this.sides.keys()).filter((claimant) => this.billOf[claimant] === NONE);
  }

  /** Those whose bills end first choose first, each the first that is free: with a range each, none is left out for nothing. */
  private *pairInOrder(): Generator<undefined, void> {
    const ends = Int32Array.from(this.sides, (ranges) => ranges.at(-1)?.end ?? 0);
    const order = Int32Array.from(ends.keys()).sort((a, b) => (ends[a] as number) - (ends[b] as number) || a - b);
    yield undefined;
    for (const [searches, claimant] of order.entries()) {
      if (searches % SEARCHES_A_STEP === 0) yield undefined;
      this.eachBill(claimant, (bill) => this.pair(claimant, bill));
    }
  }

  private pair(claimant: number, bill: number): true {
    this.billOf[claimant] = bill;
    this.claimantOf[bill] = claimant;
    return true;
  }

  /** Calls back with each bill not yet visited; stops at true. */
  private eachBill(claimant: number, visit: (bill: number) => boolean): void {
    for (const { from, end } of this.sides[claimant] ?? []) {
      for (let bill = this.unvisited.from(from); bill < end; bill = this.unvisited.from(bill)) {
        this.unvisited.visit(bill);
        if (visit(bill)) return;
      }
    }
  }

  /** One phase: a search from every unpaired claimant, over bills that no other search of the phase has seen. */
  private *augmentOnce(): Generator<undefined, boolean> {
    this.unvisited.reset();
    let augmented = false;
    for (const [searches, claimant] of this.unpaired().entries()) {
      if (this.augmentFrom(claimant)) augmented = true;
      if (searches % SEARCHES_A_STEP === 0) yield undefined;
    }
    return augmented;
  }

  private augmentFrom(root: number): boolean {
    const queue = [root];
    for (const claimant of queue) {
      let free = NONE;
      this.eachBill(claimant, (bill) => {
        this.cameFrom[bill] = claimant;
        const other = this.claimantOf[bill] as number;
        if (other === NONE) free = bill;
        else queue.push(other);
        return other === NONE;
      });
      for (let bill = free; bill !== NONE; ) {
        const payer = this.cameFrom[bill] as number;
        const before = this.billOf[payer] as number;
        this.pair(payer, bill);
        bill = before;
      }
      if (free !== NONE) return true;
    }
    return false;
  }
}
